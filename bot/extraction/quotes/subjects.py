"""Who the subject of a German verb of saying is, or whoever else speaks."""

from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.quotes.clauses import Clause, Verb
from bot.extraction.quotes.frames import Frame
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.phrases import Mention, Phrases
from bot.extraction.quotes.units import Atom

BACK = 12  # clauses between a subject and its verb at most


class Subjects:
    """Finds speakers among the clauses of a unit."""

    def __init__(self, lexis: Lexis, phrases: Phrases) -> None:
        self.lexis = lexis
        self.phrases = phrases

    def of_clause(self, clause: Clause | None) -> Mention | None:
        """The subject of a main clause."""
        if clause is None or not clause.finites:
            return None
        verb = clause.finites[0]
        front = self.phrases.subject_at(clause.atoms[:verb], 0)
        behind = self.phrases.subject_after(clause.atoms, verb + 1)
        if front is None or (behind is not None and self._object_first(front, behind)):
            return behind
        return front

    def of_main_clause(self, clauses: list[Clause]) -> Mention | None:
        """The subject of the first main clause, be it parted from its verb by an apposition."""
        for i, clause in enumerate(clauses):
            if clause.finites and not clause.subordinate:
                return self.of_noun(i, clauses)
        return None

    def of_noun(self, i: int, clauses: list[Clause]) -> Mention | None:
        """The subject of a clause, in it or before an insertion."""
        behind = self.of_clause(clauses[i])
        if not i or clauses[i].finites[:1] != [0]:
            return behind
        front = self._nearest(clauses[max(0, i - BACK) : i])
        if front is not None and (behind is None or self._aside(front, behind)):
            return front[0]
        return behind

    def speaking(self, frame: Frame, i: int, clauses: list[Clause], verb: Verb, *, content: bool) -> Frame:
        """The frame with its speaker; `content`: reported words follow."""
        clause, lexis = clauses[i], self.lexis
        if verb.lemma in lexis["relaying"] and verb.passive:
            return replace(frame, speaker=self._of_main(i, clauses, verb, content=content))
        if verb.passive or verb.lemma in lexis["nobody"]:
            return replace(frame, speaker=self._agents(i, clauses, anywhere=verb.lemma in lexis["nobody"]))
        if clause.subordinate:
            found = self._of_subordinate(frame, i, clauses)
        else:
            found = replace(frame, speaker=self._of_main(i, clauses, verb, content=content))
        return self._relayed(found, clause, verb)

    def _of_main(self, i: int, clauses: list[Clause], verb: Verb, *, content: bool) -> Mention | None:
        clause = clauses[i]
        atoms, at = clause.atoms, verb.at
        if all(atom.quote or atom.low in self.lexis["before_verb"] for atom in atoms[:at]):
            return self._after_verb(i, clauses, verb, content=content)
        front = self.phrases.subject_at(atoms[:at], 0)
        behind = self.phrases.subject_after(atoms, at + 1)
        if front is None and behind is None:
            return self.before(clauses[max(0, i - BACK) : i])
        return behind if front is None or (behind and self._object_first(front, behind)) else front

    def _object_first(self, front: Mention, behind: Mention) -> bool:
        """Whether of two phrases around the verb the second is the subject."""
        if front.pronoun:
            return False
        first, second = front.atoms[0].low, behind.atoms[0].low
        if first in self.lexis["masculine"]:
            return not self.phrases.nominative(front)
        der = second in self.lexis["masculine"] and self.phrases.nominative(behind)
        sure = der or behind.pronoun in self.lexis["sure_subjects"]
        return sure and first in self.lexis["either_case"]

    def _after_verb(self, i: int, clauses: list[Clause], verb: Verb, *, content: bool) -> Mention | None:
        """The subject behind the verb, or before it: with an insertion between them, or shared."""
        clause = clauses[i]
        behind = self.phrases.subject_after(clause.atoms, verb.at + 1)
        if not i or (behind is not None and behind.pronoun in self.lexis["subjects"]):
            return behind
        joined = self.lexis["coordinators"]
        shared = clause.part.border in joined or clause.opener in joined
        front = self._nearest(clauses[max(0, i - BACK) : i])
        if front is None or (
            behind is not None and not shared and not content and not self._aside(front, behind)
        ):
            return behind
        subject, inserted = front
        return subject if behind is None or shared or inserted else behind

    def _aside(self, front: tuple[Mention, bool], behind: Mention) -> bool:
        """Whether the subject stands before an insertion: "Die Sprecherin, Anja Hof, rügte die Pläne"."""
        subject, inserted = front
        return inserted and not subject.pronoun and not self._object_first(subject, behind)

    def before(self, clauses: list[Clause]) -> Mention | None:
        """The subject of the clauses before one that has none of its own."""
        found = self._nearest(clauses)
        return found[0] if found else None

    def _nearest(self, clauses: list[Clause]) -> tuple[Mention, bool] | None:
        """The subject in the clauses before a verb; True if only an insertion parts it from the verb."""
        found: tuple[Mention, bool] | None = None
        for clause in reversed(clauses):
            front = None if clause.reported else self._front(clause)
            if front is not None and not (found and clause.finites):
                found = (front, not clause.finites)
            if clause.finites and not clause.subordinate:
                break
        return found

    def _front(self, clause: Clause) -> Mention | None:
        if clause.subordinate or (clause.infinitive and not clause.finites):
            return None
        return self.phrases.subject_at(clause.atoms, 0) or self.of_clause(clause)

    def _of_subordinate(self, frame: Frame, i: int, clauses: list[Clause]) -> Frame:
        clause = clauses[i]
        pronoun = clause.atoms[0]
        if clause.relative and pronoun.low in self.lexis["relative_subjects"]:
            antecedent = self._last_phrase(clauses[i - 1]) if i else None
            return replace(frame, speaker=Mention((pronoun,), 1, pronoun.low), antecedent=antecedent)
        return replace(frame, speaker=self.phrases.subject_after(clause.atoms, 1))

    def _last_phrase(self, clause: Clause) -> Mention | None:
        for k in range(len(clause.atoms)):
            mention = self.phrases.at(clause.atoms, k)
            if mention and mention.atoms[-1] is clause.atoms[-1]:
                return mention
        return None

    def _agents(self, i: int, clauses: list[Clause], *, anywhere: bool) -> Mention | None:
        """As `_agent`, also before an insertion: "In dem Bericht, der heute erschien, heißt es"."""
        found = self._agent(clauses[i], anywhere=anywhere)
        for clause in reversed(clauses[:i] if clauses[i].finites[:1] == [0] else []):
            if found is not None or (clause.finites and not clause.subordinate):
                break
            found = None if clause.finites else self._agent(clause, anywhere=anywhere)
        return found

    def _agent(self, clause: Clause, *, anywhere: bool) -> Mention | None:
        """Who is behind a passive or "es hieß": von X, aus X, in einer Mitteilung von X."""
        for k, atom in enumerate(clause.atoms[:-1]):
            if atom.low in self.lexis["agents"]:
                mention = self.phrases.at(clause.atoms, k + 1)
                if mention:
                    return mention
        for k, atom in enumerate(clause.atoms[:-1]):
            if atom.low in self.lexis["places"]:
                mention = self.phrases.at(clause.atoms, k + 1)
                if mention and (anywhere or self.is_source(mention)):
                    return mention
        return None

    def is_source(self, mention: Mention) -> bool:
        """Whether a phrase is somebody's word: Angaben, Bericht, Ansicht."""
        return any(self.source_noun(atom.low) for atom in mention.atoms)

    def source_noun(self, low: str) -> bool:
        """Whether a noun means somebody's word."""
        return low in self.lexis["sources"] or low.endswith(tuple(self.lexis["source_endings"]))

    # Those who relay others.

    def _relayed(self, frame: Frame, clause: Clause, verb: Verb) -> Frame:
        """With "zitiert X Y" Y speaks, through X; with "unter Berufung auf Y" likewise."""
        atoms = clause.atoms
        for k in range(1, len(atoms) - 2):
            if atoms[k].low in self.lexis["reference"]:
                source = self.phrases.at(atoms, k + 2)
                return replace(frame, speaker=source, via=frame.speaker) if source else frame
        if verb.lemma not in self.lexis["relaying"] or frame.speaker is None:
            return frame
        after = next((k for k, atom in enumerate(atoms) if atom.start >= frame.speaker.end), len(atoms))
        quoted = self._next_phrase(atoms, max(after, verb.at + 1))
        return replace(frame, speaker=quoted, via=frame.speaker) if quoted else frame

    def _next_phrase(self, atoms: Sequence[Atom], i: int) -> Mention | None:
        """The first phrase from `i` on, unless it hangs on a preposition."""
        for k in range(i, len(atoms)):
            if atoms[k].low in self.lexis["prepositions"]:
                return None
            mention = self.phrases.at(atoms, k)
            if mention:
                return mention
        return None
