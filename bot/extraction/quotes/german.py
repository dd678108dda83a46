"""Who says something in a German sentence, and where what is said stands."""

from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.quotes.assembly import Analysed
from bot.extraction.quotes.clauses import Clause, Verb
from bot.extraction.quotes.frames import Frame, Place
from bot.extraction.quotes.labels import is_label
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.media import Media
from bot.extraction.quotes.phrases import Mention, Phrases
from bot.extraction.quotes.sources import Sources
from bot.extraction.quotes.subjects import Subjects
from bot.extraction.quotes.units import Atom, Unit
from bot.extraction.verbs import Mood

LOOKAHEAD = 4  # parts between a verb of saying and what is said
BACK = 12  # parts before a verb in which the words it attributes can begin
FAR_FROM_END = 9  # … and one with somebody whose word it is
NEAR_END = 4  # atoms at the end of a clause among which a noun of saying stands
COMPACT = 4  # atoms from the inflected verb to its particle, within which both are the cue
AFTER_VERB = 6  # atoms of a clause behind its verb, with which a plain main clause can still be its content


class GermanFrames:
    """Finds the frames of a unit."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis
        self.phrases = Phrases(lexis)
        self.subjects = Subjects(lexis, self.phrases)
        self.sources = Sources(lexis, self.phrases, self.subjects)
        self.media = Media(lexis, self.phrases.at)

    def analyse(self, unit: Unit) -> Analysed:
        """The frames of a unit that are no reported words themselves, and its mood."""
        clauses = self._clauses(unit)
        main = next((one for one in clauses if one.finites and not one.subordinate), None)
        frames = self._outer(self._frames(clauses), clauses)
        framed = any(frame.place in (Place.AHEAD, Place.WHOLE) for frame in frames)
        mood = main.mood if main is not None and not framed else None
        return Analysed(
            unit=unit,
            frames=tuple(self.media.relay(frame, unit) for frame in frames),
            free=mood is Mood.SUBJUNCTIVE_1,
            doubtful=mood is Mood.SUBJUNCTIVE_2,
            subject=self.subjects.of_main_clause(clauses),
        )

    def _clauses(self, unit: Unit) -> list[Clause]:
        clauses: list[Clause] = []
        for i, part in enumerate(unit.parts):
            tails = frozenset(
                one.opener for one in unit.parts[i + 1 : i + 1 + LOOKAHEAD] if len(one.atoms) == 1
            )
            before = clauses[-1] if clauses else None
            clauses.append(Clause(part, self.lexis, before=before, tails=tails))
        return clauses

    def label(self, before: Sequence[Atom], quote: Atom) -> bool:
        """Whether words in quotation marks are a name, title or saying."""
        return is_label(before, quote, self.lexis)

    def _outer(self, frames: list[Frame], clauses: list[Clause]) -> list[Frame]:
        """Frames that do not lie in the reported words of another."""
        kept: list[Frame] = []
        relayed = any(frame.place is Place.WHOLE for frame in frames)
        for frame in frames:
            clause = clauses[frame.part]
            if relayed and frame.place in (Place.BEHIND, Place.OWN) and clause.reported:
                continue
            behind = next((one for one in kept if one.place is Place.BEHIND), None)
            if behind is None or not self._nested(clause, behind):
                kept.append(frame)
        return kept

    def _nested(self, clause: Clause, behind: Frame) -> bool:
        """Whether a clause belongs to the words that a frame before it reports."""
        start = clause.part.start
        if start < behind.content or 0 < behind.content_end <= start:
            return False
        if clause.opener in self.lexis["like"] and not clause.reported:
            return False
        return clause.reported or clause.subordinate or start == behind.content

    def _frames(self, clauses: list[Clause]) -> list[Frame]:
        found: list[Frame] = []
        for i, clause in enumerate(clauses):
            found += self.sources.prepositions(i, clauses)
            found += self.sources.in_words(i, clause)
            frame = self.sources.whereby(i, clauses) or self.sources.thus(i, clause)
            frame = frame or self.sources.so(i, clause, resumes=self.goes_on(i, clauses))
            frame = frame or self._verbal(i, clauses)
            if frame:
                found.append(frame)
        return found

    # Verbs.

    def _verbal(self, i: int, clauses: list[Clause]) -> Frame | None:
        clause = clauses[i]
        verb = clause.verb
        if verb is None:
            return self._colon(i, clauses) or self._noun(i, clauses)
        first, last = clause.atoms[verb.at], clause.atoms[verb.last]
        frame = Frame(
            part=i,
            place=Place.OWN,
            cue=(first.start, last.end if verb.last - verb.at < COMPACT else first.end),
            own=(clause.part.start, clause.part.end),
            lemma=verb.lemma,
            further=verb.lemma in self.lexis["further"],
            summing=self._sums(clause, verb),
            subordinate=clause.subordinate,
        )
        content = self._content_after(i, clauses) if self._takes_clause(verb) else self._announced(i, clauses)
        frame = self.subjects.speaking(frame, i, clauses, verb, content=bool(content))
        return self._placed(frame, i, clauses, verb, content)

    def _announced(self, i: int, clauses: list[Clause]) -> int:
        """The number of the next part, if a colon leads to words in quotation marks there, or 0."""
        following = clauses[i + 1].part if i + 1 < len(clauses) else None
        return i + 1 if following and following.border == ":" and following.only_quotes else 0

    def _sums(self, clause: Clause, verb: Verb) -> bool:
        """Whether the verb sums up what is said now, and not what had been said before."""
        earlier = clause.lows[verb.at] in self.lexis["pluperfect"]
        return verb.lemma in self.lexis["summing"] and not (verb.passive or clause.subordinate or earlier)

    def _placed(self, frame: Frame, i: int, clauses: list[Clause], verb: Verb, content: int) -> Frame:
        clause = clauses[i]
        if clause.opener in self.lexis["like"] and clause.subordinate and clause.finites:
            nobody = frame.speaker is not None and frame.speaker.pronoun in self.lexis["nobodies"]
            named = (frame.speaker is not None and not nobody) or verb.lemma in self.lexis["nobody"]
            return replace(frame, place=Place.WHOLE if named else Place.OWN)
        ahead = self._ahead(i, clauses, verb)
        if content and not (ahead and self._resumed(content, i, clauses)):
            end = self._quotes_end(content, clauses) or self._words_end(content, clauses, frame)
            return replace(frame, place=Place.BEHIND, content=clauses[content].part.start, content_end=end)
        if ahead:
            start = clause.atoms[verb.at].start
            resumes = bool(content) or (clause.opener in self.lexis["so"] and self.goes_on(i, clauses))
            start = clause.atoms[0].start if clause.opener in self.lexis["so"] else start
            return replace(frame, place=Place.AHEAD, own=(start, clause.part.end), resumes=resumes)
        told = "say" in self.lexis.kinds[verb.lemma]  # "das beschloss X" says what X did, not what X said
        if told and clause.opener in self.lexis["this"] and verb.at == 1 and not frame.subordinate:
            return replace(frame, place=Place.THIS, own=(clause.atoms[1].start, clause.part.end))
        return frame

    def _takes_clause(self, verb: Verb) -> bool:
        return bool(self.lexis.kinds[verb.lemma] & {"say", "hold"})

    def _ahead(self, i: int, clauses: list[Clause], verb: Verb) -> bool:
        """Whether the words stand before the verb: "…, sagte X"."""
        before = clauses[i].atoms[: verb.at]
        if not self._takes_clause(verb):
            return False
        if any(atom.quote for atom in before):
            return all(atom.quote or atom.low in self.lexis["loose"] for atom in before)
        if i == 0 or any(atom.low not in self.lexis["with_words"] for atom in before):
            return False
        if clauses[i].opener in self.lexis["so"] and self.goes_on(i, clauses):
            return True
        return any(one.part.only_quotes or self._stands(one) for one in clauses[max(0, i - BACK) : i])

    def goes_on(self, i: int, clauses: Sequence[Clause]) -> bool:
        """Whether a clause stands inside another: "Das Gesetz, so Holm, sei falsch"."""
        following = clauses[i + 1] if i + 1 < len(clauses) else None
        if following is None or following.part.border not in (",", "–", "-", "—"):
            return False
        begun = bool(clauses[i - 1].finites)
        return following.finites[:1] == [0] or (begun and not following.finites)

    def _stands(self, clause: Clause) -> bool:
        """Whether a clause can be somebody's whole words."""
        return bool(clause.finites) and (not clause.subordinate or clause.reported)

    def _resumed(self, content: int, i: int, clauses: list[Clause]) -> bool:
        """Whether words already stand before the verb, in quotation marks or the Konjunktiv."""
        first, last = clauses[0], clauses[i - 1]
        if not i or clauses[content].part.border == ":":
            return False
        return last.reported or last.part.only_quotes or (first.reported and not first.verb)

    def _quotes_end(self, content: int, clauses: list[Clause]) -> int:
        """Where a quotation in marks behind a verb ends; 0 if what follows belongs to it."""
        if not clauses[content].part.only_quotes:
            return 0
        last = content
        while last + 1 < len(clauses) and clauses[last + 1].part.only_quotes:
            last += 1
        return clauses[last].part.end

    def _words_end(self, content: int, clauses: list[Clause], frame: Frame) -> int:
        """Where the article speaks on by itself behind reported words; 0 if it does not."""
        for k in range(content + 1, len(clauses)):
            clause = clauses[k]
            apart = clause.part.border == ";" and not clause.reported and not clause.subordinate
            apart = apart or (clause.part.border == ":" and clause.part.only_quotes)
            resumed = frame.subordinate and clause.part.border == "," and clause.finites[:1] == [0]
            if apart or resumed or self._resumes(clauses[content], clause, clauses[k - 1]):
                return clauses[k - 1].part.end
        return 0

    def _resumes(self, content: Clause, clause: Clause, before: Clause) -> bool:
        """Whether the sentence around goes on: "Hieß es noch, dass es brennt, wird nun gelöscht"."""
        closed = content.opener in self.lexis["that"] or (content.infinitive and not content.finites)
        inside = before is not content and before.subordinate
        first = clause.finites[:1] == [0] and clause.part.border == ","
        return closed and first and not (clause.reported or inside)

    # Reported words behind a verb.

    def _content_after(self, i: int, clauses: list[Clause]) -> int:
        """The number of the part where the reported words begin, or 0."""
        for j in range(i + 1, min(i + 1 + LOOKAHEAD, len(clauses))):
            kind = self._content(clauses[j], clauses[i])
            if kind:
                return self._led(i, j, clauses)
            if kind is None:
                return 0
        return 0

    def _led(self, i: int, j: int, clauses: list[Clause]) -> int:
        """Where words begin whose verb stands first: with what fills the place before it."""
        if clauses[j].finites[:1] != [0] or not clauses[j].reported or clauses[j].part.border != ",":
            return j
        return i + 1

    def _content(self, clause: Clause, saying: Clause) -> bool | None:
        """True: reported words. False: look further. None: the sentence goes on otherwise."""
        lexis, opener = self.lexis, clause.opener
        if clause.part.border == ":" or clause.atoms[0].quote:
            return True
        if opener in lexis["contents"] and not (opener in lexis["like"] and clause.verb):
            return not clause.relative or opener not in lexis["relatives"] or clause.reported
        if clause.relative:
            return clause.reported
        if clause.reported and not clause.subordinate:
            return True
        if clause.infinitive and opener not in lexis["no_content"] | lexis["subordinators"]:
            return True
        if clause.subordinate or not clause.finites:
            return False
        if opener in lexis["coordinators"] or clause.verb:
            return None
        return self._plain(clause, saying)

    def _plain(self, clause: Clause, saying: Clause) -> bool | None:
        """A main clause in the indicative is reported after a verb that has no object yet."""
        verb = saying.verb
        if clause.finites[0] == 0:
            return False
        if verb is None or "say" not in self.lexis.kinds[verb.lemma]:
            return None
        return True if verb.last >= len(saying.atoms) - AFTER_VERB else None

    def _colon(self, i: int, clauses: list[Clause]) -> Frame | None:
        """A phrase before a colon with words in quotation marks behind it."""
        clause = clauses[i]
        if i + 1 >= len(clauses) or clauses[i + 1].part.border != ":" or not clauses[i + 1].atoms[0].quote:
            return None
        return Frame(
            part=i,
            place=Place.BEHIND,
            cue=None,
            own=(clause.part.start, clause.part.end),
            speaker=self._before_colon(i, clauses),
            content=clauses[i + 1].part.start,
            content_end=self._quotes_end(i + 1, clauses),
        )

    def _before_colon(self, i: int, clauses: list[Clause]) -> Mention | None:
        clause = clauses[i]
        if i and not clause.finites:
            return self.subjects.before(clauses[max(0, i - BACK) : i])
        return self.subjects.of_noun(i, clauses) or self.phrases.subject_at(clause.atoms, 0)

    def _noun(self, i: int, clauses: list[Clause]) -> Frame | None:
        """A noun of saying with its clause: "X ist der Ansicht, dass …"."""
        clause = clauses[i]
        nouns = [atom for atom in clause.atoms[-FAR_FROM_END:] if self._says(atom)]
        owner = self._owner(clause, nouns[-1]) if nouns else None
        nouns = nouns if owner else [atom for atom in nouns if atom in clause.atoms[-NEAR_END:]]
        nouns = nouns or [atom for atom in clause.atoms[-1:] if self._believes(clause, atom)]
        if not nouns or not (clause.finites or owner) or i + 1 >= len(clauses):
            return None
        following = clauses[i + 1]
        content = following.opener in self.lexis["contents"] and not following.relative
        if not (content or following.infinitive or (following.reported and not following.subordinate)):
            return None
        if following.part.border != "," or following.opener in self.lexis["no_content"]:
            return None
        return Frame(
            part=i,
            place=Place.BEHIND,
            cue=(nouns[-1].start, nouns[-1].end),
            own=(clause.part.start, clause.part.end),
            speaker=owner or self.subjects.of_noun(i, clauses),
            content=following.part.start,
            subordinate=clause.subordinate,
        )

    def _owner(self, clause: Clause, noun: Atom) -> Mention | None:
        """Whose word it is, at the end of the clause: of "die Forderung der Länder" the Länder."""
        at = clause.atoms.index(noun)
        mention = self.phrases.at(clause.atoms, at)
        rest = mention.atoms[mention.head :] if mention and mention.end == clause.part.end else ()
        if rest and rest[0].low in self.lexis["attaching"] - self.lexis["purposes"]:
            rest = rest[1:]
        inner = self.phrases.at(rest, 0) if rest and rest[0].low not in self.lexis["attaching"] else None
        return Mention(rest, inner.head) if inner else None

    def _believes(self, clause: Clause, atom: Atom) -> bool:
        """Whether the clause says what somebody is sure of: "zeigte sich zuversichtlich, dass …"."""
        linked = any(
            form.lemma in self.lexis["linking"] for k in clause.finites for form in clause.atoms[k].forms
        )
        return linked and atom.low in self.lexis["sure_of"]

    def _says(self, atom: Atom) -> bool:
        return atom.capital and atom.low.endswith(tuple(self.lexis["nouns"]))
