"""German frames without a verb: "laut X", "nach Angaben von X", "X zufolge", "so X", "demnach", "X: „…“"."""

from collections.abc import Sequence

from bot.extraction.quotes.clauses import Clause
from bot.extraction.quotes.frames import Frame, Place, Range
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.phrases import SHORT_NAME, Mention, Phrases
from bot.extraction.quotes.subjects import Subjects
from bot.extraction.quotes.units import Atom

EARLY = 8  # atoms before "demnach" at most
OWN = "eigenen"  # in "nach eigenen Angaben": whoever the clause is about
BEFORE = 12  # atoms of a phrase before "zufolge" at most


class Sources:
    """Finds frames that name a source with a preposition or a particle."""

    def __init__(self, lexis: Lexis, phrases: Phrases, subjects: Subjects) -> None:
        self.lexis = lexis
        self.phrases = phrases
        self.subjects = subjects

    def so(self, i: int, clause: Clause, *, resumes: bool) -> Frame | None:
        """The frame "…, so X", without a verb."""
        marked = next((k for k, atom in enumerate(clause.atoms) if not atom.quote), 0)
        atoms = clause.atoms[marked:]
        if atoms[0].low not in self.lexis["so"] or clause.finites or len(atoms) < 2:
            return None
        start = 2 if atoms[1].low in self.lexis["loose"] and len(atoms) > 2 else 1
        speaker = self.phrases.subject_at(atoms, start)
        if speaker is None:
            return None
        own = (atoms[0].start, clause.part.end)
        cue = (atoms[0].start, atoms[0].end)
        inside = i > 0 or marked > 0
        place = Place.AHEAD if inside else Place.THIS
        return Frame(part=i, place=place, cue=cue, own=own, speaker=speaker, resumes=inside and resumes)

    def thus(self, i: int, clause: Clause) -> Frame | None:
        """The frame "Demnach …": the word means whoever spoke last."""
        if i or clause.verb:
            return None
        for atom in clause.atoms[:EARLY]:
            doubtful = atom.low in self.lexis["thus_doubtful"] and not clause.reported
            if atom.low in self.lexis["thus"] and not doubtful:
                own = (atom.start, atom.end)
                speaker = Mention((atom,), 1, atom.low)
                return Frame(part=i, place=Place.WHOLE, cue=own, own=own, speaker=speaker, further=True)
        return None

    def whereby(self, i: int, clauses: Sequence[Clause]) -> Frame | None:
        """The frames "…, wonach …" and "…, laut denen …": their own clause is what is said."""
        clause, lexis = clauses[i], self.lexis
        atoms = clause.atoms
        long = (
            len(atoms) > 2
            and atoms[0].low in lexis["before"] | lexis["around"]
            and atoms[1].low in lexis["whom"]
        )
        short = len(atoms) > 1 and atoms[0].low in lexis["whereby"]
        if not clause.final or not (long or short):
            return None
        pronoun = atoms[1] if long else atoms[0]
        cue = (atoms[0].start, atoms[0].end)
        return Frame(
            part=i,
            place=Place.BEHIND,
            cue=cue,
            own=(cue[0], pronoun.end),
            speaker=self._spoken_of(clauses[:i]) or Mention((pronoun,), 1, pronoun.low),
            content=atoms[2 if long else 1].start,
            content_end=clause.part.end,
            subordinate=True,
        )

    def _spoken_of(self, clauses: Sequence[Clause]) -> Mention | None:
        """What "wonach" is about: the last phrase before it that is somebody's word."""
        for clause in reversed(clauses[-2:]):
            for k in range(len(clause.atoms) - 1, -1, -1):
                mention = self.phrases.at(clause.atoms, k)
                head = mention.atoms[mention.head - 1] if mention else None
                if head and mention and (self.subjects.source_noun(head.low) or self._reports(head.low)):
                    return self._with_article(clause.atoms, k, mention)
        return None

    def _with_article(self, atoms: Sequence[Atom], k: int, mention: Mention) -> Mention:
        """The phrase from its article or adjective on."""
        for start in range(max(0, k - 3), k):
            whole = self.phrases.at(atoms, start)
            if whole and whole.end >= mention.end:
                return whole
        return mention

    def _reports(self, low: str) -> bool:
        return low in self.lexis["reports"] or low.endswith(tuple(self.lexis["nouns"]))

    def _main_start(self, i: int, clauses: Sequence[Clause]) -> int:
        """Where the main clause begins that a source stands in, behind another one; 0 if there is none."""
        main = [k for k in range(i) if clauses[k].finites and not clauses[k].subordinate]
        own = clauses[i].finites and not clauses[i].subordinate and clauses[i].finites[0] > 0
        return clauses[i].part.start if main and own else 0

    def in_words(self, i: int, clause: Clause) -> list[Frame]:
        """The frame "Mit den Worten „…“ trat X vor die Presse"."""
        atoms = clause.atoms
        for k in range(1, len(atoms)):
            if atoms[k].quote and atoms[k - 1].low in self.lexis["words_of"] and not clause.verb:
                word = atoms[k - 1]
                frame = Frame(
                    part=i,
                    place=Place.BEHIND,
                    cue=(word.start, word.end),
                    own=(word.start, word.end),
                    speaker=self.subjects.of_clause(clause),
                    content=atoms[k].start,
                    content_end=atoms[k].end,
                )
                return [frame]
        return []

    def prepositions(self, i: int, clauses: Sequence[Clause]) -> list[Frame]:
        """The frames with a preposition before or after the source."""
        found = []
        clause = clauses[i]
        for k, atom in enumerate(clause.atoms):
            mention = self._at(clause.atoms, k)
            if mention:
                speaker = self._whose(mention)
                frame = Frame(
                    part=i,
                    place=Place.WHOLE,
                    cue=(atom.start, atom.end),
                    own=_hull((atom.start, atom.end), mention),
                    speaker=speaker,
                    antecedent=self.subjects.of_clause(clause) if speaker.pronoun == OWN else None,
                    content=clause.part.start if clause.relative else self._main_start(i, clauses),
                    content_end=clause.part.end if clause.relative else 0,
                    subordinate=clause.subordinate,
                )
                found.append(frame)
        return found

    def _at(self, atoms: Sequence[Atom], k: int) -> Mention | None:
        low, lexis = atoms[k].low, self.lexis
        if low in lexis["before"]:
            return self.phrases.at(atoms, k + 1) or self._in_marks(atoms, k + 1)
        if low in lexis["around"]:
            return self._of_word(atoms, k) or self._ending_at(atoms, k, source=True)
        if low in lexis["from_view"] and k + 1 < len(atoms) and atoms[k + 1].low in lexis["views"]:
            return self._of_word(atoms, k)
        if low in lexis["after"]:
            return self._ending_at(atoms, k, source=False)
        return None

    def _in_marks(self, atoms: Sequence[Atom], k: int) -> Mention | None:
        """A name in quotation marks."""
        if k < len(atoms) and atoms[k].quote and len(atoms[k].text) <= SHORT_NAME:
            return Mention((atoms[k],))
        return None

    def _of_word(self, atoms: Sequence[Atom], k: int) -> Mention | None:
        """Somebody's word behind "nach", with whose it is."""
        mention = self.phrases.at(atoms, k + 1)
        if mention is None or not any(
            self.subjects.source_noun(a.low) for a in mention.atoms[: mention.head]
        ):
            return None
        end = k + 1 + len(mention.atoms)
        if end < len(atoms) and atoms[end].low in self.lexis["where"]:
            more = self.phrases.at(atoms, end + 1)
            if more:
                return Mention(tuple(atoms[k + 1 : end + 1 + len(more.atoms)]), mention.head)
        return mention

    def _ending_at(self, atoms: Sequence[Atom], k: int, *, source: bool) -> Mention | None:
        """The phrase that ends right before atom `k`."""
        window = atoms[max(0, k - BEFORE) : k]
        for start in range(len(window)):
            mention = self.phrases.at(window, start)
            if mention and start + len(mention.atoms) == len(window):
                return mention if not source or self.subjects.is_source(mention) else None
        return None

    def _whose(self, mention: Mention) -> Mention:
        """Of "Angaben der Polizei" the police; "eigenen Angaben" and "seiner Meinung" stand for a person."""
        head, rest = mention.atoms[: mention.head], mention.atoms[mention.head :]
        if not self.subjects.source_noun(head[-1].low):
            return mention
        if len(rest) > 1 and rest[0].low in self.lexis["attaching"]:
            return Mention(rest[1:], len(rest) - 1)
        if rest:
            inner = self.phrases.at(rest, 0)
            return Mention(rest, inner.head if inner else len(rest))
        if any(atom.low in self.lexis["own"] for atom in head):
            return Mention(mention.atoms, mention.head, OWN)
        owner = self.lexis.owners.get(head[0].low)
        return Mention(mention.atoms, mention.head, owner) if owner else mention


def _hull(cue: Range, mention: Mention) -> Range:
    return min(cue[0], mention.start), max(cue[1], mention.end)
