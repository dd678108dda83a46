"""English noun phrases: before a verb, after it, after "by"."""

from collections.abc import Sequence

from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.phrases import Mention
from bot.extraction.quotes.units import Atom
from bot.extraction.verbs import Shape, Tense

LONGEST = 24  # atoms of a noun phrase


class Nominals:
    """Finds noun phrases; nouns are known only by not being anything else."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis

    def at(self, atoms: Sequence[Atom], i: int) -> Mention | None:
        """The phrase that begins at `i`, with its attributes."""
        end, head = i, 0
        while end < len(atoms) and end - i < LONGEST and not self._stops(atoms, end, start=i):
            end += 1
            if not head and end < len(atoms) and atoms[end].low in self.lexis["attaching"]:
                head = end - i
        return self._mention(atoms[i:end], head)

    def before(self, atoms: Sequence[Atom], k: int) -> Mention | None:
        """The phrase that ends at the verb group of which `k` is the last atom."""
        end = k
        while end and (atoms[end - 1].low in self.verbal or atoms[end - 1].low.endswith("ly")):
            end -= 1
        start = max(0, end - LONGEST)
        for j in range(end - 1, start - 1, -1):
            if self._breaks(atoms, j):
                start = j + 1
                break
        while start < end and self._leads(atoms[start]):
            start += 1
        start = self.past_adverbial(atoms, start, end)
        mention = self._mention(atoms[start:end], 0, subject=True)
        if mention is None:
            return None
        head = next((n for n, a in enumerate(mention.atoms) if n and a.low in self.lexis["attaching"]), 0)
        return Mention(mention.atoms, head or len(mention.atoms), mention.pronoun)

    def by(self, atoms: Sequence[Atom], k: int) -> Mention | None:
        """The phrase behind "by" somewhere from `k` on."""
        for j in range(k, len(atoms) - 1):
            if atoms[j].low == "by":
                return self.at(atoms, j + 1)
        return None

    @property
    def verbal(self) -> frozenset[str]:
        """Words that stand between a subject and its verb."""
        return self.lexis["auxiliaries"] | self.lexis["loose"]

    def _mention(self, atoms: Sequence[Atom], head: int, *, subject: bool = False) -> Mention | None:
        row = list(atoms)
        while row and (row[-1].low in self.lexis["loose"] or row[-1].low in self.lexis["times"]):
            row.pop()
        while row and row[-1].low in self.lexis["attaching"]:
            row.pop()
        if not row or row[0].quote:
            return None
        shouted = len(row[0].text) > 1 and row[0].text.isupper()  # `US`
        if not subject and not shouted and row[0].low in self.lexis["objects"] - self.lexis["media"]:
            return None
        if len(row) == 1 and row[0].low in self.lexis["subjects"] | self.lexis["lone_subjects"]:
            return Mention(tuple(row), 1, row[0].low)
        if row[0].low in self.lexis["prepositions"] or not any(self._nominal(atom) for atom in row):
            return None
        return Mention(tuple(row), min(head or len(row), len(row)))

    def _nominal(self, atom: Atom) -> bool:
        lexis = self.lexis
        small = lexis["prepositions"] | lexis["nominative"] | lexis["loose"] | lexis["subordinators"]
        return atom.text[:1].isalnum() and atom.low not in small and not atom.quote

    def _stops(self, atoms: Sequence[Atom], k: int, *, start: int) -> bool:
        atom = atoms[k]
        if atom.low in self.lexis["subjects"] and k > start:
            return True
        if atom.quote or atom.low in self.lexis["subordinators"] or atom.low in self.lexis["auxiliaries"]:
            return True
        if k > start and (atom.low in self.lexis["ending"] or self._second(atoms, k)):
            return True
        return k > start and not atom.capital and self.finite(atoms, k)

    def _second(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether a second phrase begins behind a name: "Reuters the ships"."""
        return atoms[k - 1].name is not None and atoms[k].low in self.lexis["nominative"]

    def finite(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether an atom is an inflected verb: an auxiliary, a past form, a present behind its subject."""
        atom, lexis = atoms[k], self.lexis
        if atom.low in lexis["auxiliaries"]:
            return True
        before = atoms[k - 1] if k else None
        if before is not None and before.low in lexis["nominative"] | lexis["prepositions"]:
            return False
        if self._reduced(atoms, k):
            return False
        for form in atom.forms:
            if form.shape is Shape.FINITE and form.tense is Tense.PAST:
                return True
            if form.shape is Shape.FINITE and before is not None and not self._told_next(atoms, k):
                named = before.capital and not atom.capital
                return before.low in lexis["subjects"] or named or before.quote is not None
        return False

    def _reduced(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether it is no predicate: "a man reached by phone", "sources close to the talks"."""
        following = atoms[k + 1].low if k + 1 < len(atoms) else ""
        if atoms[k].low in self.lexis["also_adjectives"]:
            return following == "to"
        return following == "by" and any(form.shape is Shape.PARTICIPLE for form in atoms[k].forms)

    def _told_next(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether a past form follows, so that what may be a present is a noun: "media reports said"."""
        forms = atoms[k + 1].forms if k + 1 < len(atoms) else ()
        return any(form.shape is Shape.FINITE and form.tense is Tense.PAST for form in forms)

    def _breaks(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether no phrase reaches back past this atom."""
        atom = atoms[k]
        if atom.quote or atom.low in self.lexis["subordinators"]:
            return True
        return not atom.capital and self.finite(atoms, k)

    def _leads(self, atom: Atom) -> bool:
        return atom.low in self.lexis["coordinators"] or atom.low in self.lexis["loose"]

    def past_adverbial(self, atoms: Sequence[Atom], start: int, end: int) -> int:
        """Past "In London" or "On Monday" before a subject without a comma."""
        if start >= end or atoms[start].low not in self.lexis["fronting"]:
            return start
        for j in range(start + 1, end):
            begins = atoms[j].low in self.lexis["nominative"] or atoms[j].low in self.lexis["subjects"]
            named = atoms[j].name is not None and atoms[j].name is not atoms[j - 1].name and j > start + 1
            if (begins and j > start + 1) or named or atoms[j - 1].low in self.lexis["times"]:
                return j
        return end
