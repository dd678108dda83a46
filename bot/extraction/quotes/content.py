"""Where the reported words behind an English verb of saying begin and end."""

from collections.abc import Sequence
from itertools import pairwise

from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.nominals import Nominals
from bot.extraction.quotes.predicates import Predicates
from bot.extraction.quotes.units import Atom, Unit
from bot.extraction.verbs import Shape

ADVERBIALS = 14  # atoms of adverbials between a verb and what is said


class Content:
    """Finds what is said behind a verb: with or without "that", "to …", "…ing", in quotation marks."""

    def __init__(self, lexis: Lexis, nominals: Nominals, predicates: Predicates) -> None:
        self.lexis = lexis
        self.nominals = nominals
        self.predicates = predicates

    def start(self, i: int, k: int, lemma: str, unit: Unit) -> int:
        """Where the reported words begin behind the verb, or 0."""
        atoms = unit.parts[i].atoms
        rest = list(enumerate(atoms))[k + 1 :]
        if lemma == "ask" and rest and rest[0][1].low in ("not", "to"):
            return 0  # "asked not to be named"
        if lemma in self.lexis["relaying"]:
            return self._as_saying(rest)
        clause = bool(self.lexis.kinds[lemma] & {"say", "hold"})
        opened = self._opened(rest, k, lemma, atoms, clause=clause)
        if opened or not clause:
            return opened
        return self._bare_clause(i, k, lemma, unit) or self._behind_border(i, unit)

    def _as_saying(self, rest: Sequence[tuple[int, Atom]]) -> int:
        """Behind "quoted X as saying"."""
        nouns = self.lexis["report_nouns"]
        return next((after.start for (_, atom), (_, after) in pairwise(rest) if atom.low in nouns), 0)

    def _opened(
        self, rest: Sequence[tuple[int, Atom]], k: int, lemma: str, atoms: Sequence[Atom], *, clause: bool
    ) -> int:
        """Where words begin that show it: by "that", a mark, "to" or a gerund."""
        for j, atom in rest:
            if clause and atom.low in self.lexis["contents"] and j < k + 12:
                return atom.start
            if atom.quote and clause and j <= k + 1 + self._addressee(atoms, k, lemma):
                return atom.start
            if atom.low == "to" and lemma in self.lexis["infinitive"] and self._bare(atoms, j + 1):
                return atoms[j - 1].start if atoms[j - 1].low == "not" else atom.start
            if j == k + 1 and lemma in self.lexis["with_gerund"] and self.gerund(atom):
                return atom.start
        return 0

    def _bare_clause(self, i: int, k: int, lemma: str, unit: Unit) -> int:
        """Where a clause without "that" begins, or 0."""
        atoms = unit.parts[i].atoms
        quoted = next((atom for atom in atoms[k + 1 :] if atom.quote), None)
        if self.predicates.behind(atoms, k) or quoted:
            start = self._clause_start(atoms, k, lemma)
            led = any(atom.start == start and atom.low in self.lexis["prepositions"] for atom in atoms)
            return quoted.start if quoted and led else start
        cut = len(atoms) > k + 2 and self._cut_subject(i, unit)
        return self._clause_start(atoms, k, lemma) if cut else 0

    def _cut_subject(self, i: int, unit: Unit) -> bool:
        """Whether a clause without "that" was cut inside its subject: "said men and women were hurt"."""
        following = unit.parts[i + 1] if i + 1 < len(unit.parts) else None
        if following is None or following.border not in self.lexis["coordinators"]:
            return False
        verb = self.predicates.first(following)
        return verb is not None and verb > 0 and not self.predicates.saying(following.atoms, verb)

    def _behind_border(self, i: int, unit: Unit) -> int:
        for part in unit.parts[i + 1 : i + 3]:
            if part.border == ":" or part.atoms[0].quote:
                return part.start
            if part.atoms[0].low in self.lexis["that"]:
                return part.start
        return 0

    def _bare(self, atoms: Sequence[Atom], k: int) -> bool:
        if k >= len(atoms):
            return False
        return bool(atoms[k].quote) or any(form.shape is Shape.INFINITIVE for form in atoms[k].forms)

    def gerund(self, atom: Atom) -> bool:
        """Whether a word is a form in -ing."""
        return atom.low == "having" or any(form.shape is Shape.GERUND for form in atom.forms)

    def _addressee(self, atoms: Sequence[Atom], k: int, lemma: str) -> int:
        """How many atoms behind the verb name whom it is said to, and when."""
        at = k + 1
        if lemma in self.lexis["addressed"] and at < len(atoms):
            mention = self.nominals.at(atoms, at)
            objects = atoms[at].low in self.lexis["objects"]
            at += len(mention.atoms) if mention else int(objects)
            if mention and at < len(atoms) and self.nominals.finite(atoms, at):
                return 0  # `warned prices were rising`
        while at < len(atoms) and atoms[at].low in self.lexis["times"]:
            at += 1
        return at - k - 1

    def _clause_start(self, atoms: Sequence[Atom], k: int, lemma: str) -> int:
        start = self._past_adverbials(atoms, k + 1 + self._addressee(atoms, k, lemma))
        return atoms[start].start if start < len(atoms) else 0

    def _past_adverbials(self, atoms: Sequence[Atom], start: int) -> int:
        """Past "on Monday" and "in Berlin" before a clause without "that"."""
        end = min(len(atoms), start + ADVERBIALS)
        at = start
        while at + 1 < end and atoms[at + 1].low not in self.lexis["degrees"]:
            after = self.nominals.past_adverbial(atoms, at, end)
            if after in (at, end):
                break
            at = after
        return at

    def quote_end(self, content: int, unit: Unit) -> int:
        """Where words in quotation marks end that begin at `content`; 0 if they do not begin so."""
        atoms = (atom for part in unit.parts for atom in part.atoms)
        return next((atom.end for atom in atoms if atom.start == content and atom.quote), 0)

    def phrase_end(self, i: int, content: int, unit: Unit) -> int:
        """Where words end before the article goes on: at a semicolon, and "to …" where the subject acts."""
        first = next((atom for atom in unit.parts[i].atoms if atom.start == content), None)
        phrase = first is not None and (first.low == "to" or self.gerund(first))
        for before, part in pairwise(unit.parts[i:] if content else ()):
            if part.border == ";" and before.end > content:
                return before.end
            if phrase and self.predicates.joined(part) and self.predicates.first(part) in (0, 1):
                return before.end
        return 0
