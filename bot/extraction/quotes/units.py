"""A text as units: sentences made of atoms, cut at commas into parts.

An atom is a word, or a whole stretch in quotation marks with its marks. A unit is a sentence; a
quotation of several sentences is one atom, so that it and its attribution are one unit. Brackets are
left out. A part is what stands between commas, colons, semicolons and dashes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from bot.extraction.findings import Entity
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.marks import Stretch
from bot.extraction.reading import Reading
from bot.extraction.verbs import Shape, VerbForm

BORDERS = frozenset((",", ";", ":", "–", "—", "-", "--", ",-", ".", "!", "?", "…", "..."))
HYPHENS = frozenset(("-", "–"))
OPEN, CLOSE = frozenset("(["), frozenset(")]")
LONGEST = 300  # atoms in one unit; a longer row is no sentence, and all that follows stays linear
ASIDE = 60  # atoms in brackets at most; more is a missing bracket


@dataclass(frozen=True, slots=True)
class Atom:
    """A word or a quotation.

    Attributes:
        start: First character; `end` is the one after the last.
        low: The word in lower case; empty for a quotation.
        forms: What it can be as a verb.
        quote: The stretch, if it is a quotation.
        name: The name that it belongs to, or that the quotation is.
    """

    start: int
    end: int
    text: str
    low: str
    forms: tuple[VerbForm, ...] = ()
    quote: Stretch | None = None
    name: Entity | None = None

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital or a figure."""
        return self.text[:1].isupper() or self.text[:1].isdigit()


@dataclass(frozen=True, slots=True)
class Part:
    """Atoms between two borders, and the border before them."""

    atoms: tuple[Atom, ...]
    border: str = ""

    @property
    def start(self) -> int:
        """First character."""
        return self.atoms[0].start

    @property
    def end(self) -> int:
        """Character after the last."""
        return self.atoms[-1].end

    @property
    def opener(self) -> str:
        """The first word in lower case."""
        return self.atoms[0].low

    @property
    def only_quotes(self) -> bool:
        """Whether nothing but quotations stands here."""
        return all(atom.quote for atom in self.atoms)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as parts.

    Attributes:
        paragraph: Number of its line.
        colon: It ends with a colon.
    """

    parts: tuple[Part, ...]
    paragraph: int = 0
    colon: bool = False

    @property
    def start(self) -> int:
        """First character."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Character after the last word."""
        return self.parts[-1].end


def units(doc: Doc, marks: list[Stretch], reading: Reading, lexis: Lexis) -> list[Unit]:
    """All units of a doc in their order."""
    found, line, paragraph = [], list[Atom](), 0
    for atom, fresh, breaks in _atoms(doc, [one for one in marks if not one.depth], reading):
        if line and (fresh or breaks or len(line) >= LONGEST):
            found += _unit(line, paragraph, lexis)
            line = []
        paragraph += breaks
        line.append(atom)
    return found + _unit(line, paragraph, lexis)


def _atoms(doc: Doc, marks: list[Stretch], reading: Reading) -> Iterator[tuple[Atom, bool, bool]]:
    """Each atom, whether a sentence begins with it, and whether a line does."""
    text, at, breaks, until = reading.text, 0, False, 0
    names = _Names(reading.entities)
    for token in doc:
        word = token.text
        if token.idx < until:
            continue
        if word.isspace():
            breaks = breaks or "\n" in word
            continue
        fresh = bool(token.is_sent_start)
        if at < len(marks) and marks[at].outer_start <= token.idx:
            mark = marks[at]
            at, until = at + 1, mark.outer_end
            words = text[mark.outer_start : until]
            yield Atom(mark.outer_start, until, words, "", (), mark, names.filling(mark)), fresh, breaks
        else:
            forms, name = reading.verbs.get(token.i, ()), names.at(token.idx)
            yield Atom(token.idx, token.idx + len(word), word, word.lower(), forms, None, name), fresh, breaks
        breaks = False


class _Names:
    """The names of a text, asked for from left to right."""

    def __init__(self, entities: list[Entity]) -> None:
        self.entities = entities
        self.next = 0

    def at(self, start: int) -> Entity | None:
        """The name that covers a character."""
        while self.next < len(self.entities) and self.entities[self.next].end <= start:
            self.next += 1
        if self.next < len(self.entities) and self.entities[self.next].start <= start:
            return self.entities[self.next]
        return None

    def filling(self, mark: Stretch) -> Entity | None:
        """The name that fills a quotation."""
        name = self.at(mark.start)
        return name if name and name.end >= mark.end else None


def _unit(line: list[Atom], paragraph: int, lexis: Lexis) -> list[Unit]:
    atoms = _without_asides(line)
    parts, current, border = [], list[Atom](), ""
    for atom, before in zip(atoms, [None, *atoms], strict=False):
        glued = before is not None and before.end == atom.start and atom.text in HYPHENS
        if atom.text in BORDERS and not glued:
            parts += _coordinated(current, border, lexis)
            current, border = [], atom.text
        else:
            current.append(atom)
    parts += _coordinated(current, border, lexis)
    return [Unit(tuple(parts), paragraph, atoms[-1].text == ":")] if parts else []


def _coordinated(atoms: list[Atom], border: str, lexis: Lexis) -> list[Part]:
    """The parts of a stretch without commas: cut at an "und" between two inflected verbs."""
    if not atoms:
        return []
    finite = _inflected(atoms, lexis)
    joints = [k for k, atom in enumerate(atoms) if atom.low in lexis["joining_clauses"]]
    cuts = []
    for k, following in pairwise([*joints, len(atoms)]):
        if any(j < k for j in finite) and any(k < j < following for j in finite):
            cuts.append(k)
    edges = [0, *cuts, len(atoms)]
    pairs = [(a, b) for a, b in pairwise(edges) if a < b]
    return [Part(tuple(atoms[a:b]), border if not a else atoms[a].low) for a, b in pairs]


def _inflected(atoms: list[Atom], lexis: Lexis) -> list[int]:
    """The inflected verbs beyond doubt, and one at the end that may be an infinitive where none is wanted."""
    finite = [k for k in range(len(atoms)) if _sure(atoms, k, lexis)]
    last = len(atoms) - 1
    if len(finite) == 2 and finite[1] == last and _completes(atoms, finite[0], last, lexis):
        return finite[:1]
    if finite and last not in finite and _has(atoms[last], Shape.FINITE):
        wanting = (form.lemma for k in finite for form in atoms[k].forms)
        if lexis["modals"].isdisjoint(wanting):
            finite.append(last)
    return finite


def _completes(atoms: list[Atom], auxiliary: int, last: int, lexis: Lexis) -> bool:
    """Whether a last word may be the participle an auxiliary waits for: "hatte A und B betont"."""
    helps = any(form.lemma in lexis["perfect"] for form in atoms[auxiliary].forms)
    waits = not any(_has(atom, Shape.PARTICIPLE) for atom in atoms[auxiliary + 1 : last])
    return helps and waits and _has(atoms[last], Shape.PARTICIPLE)


def _sure(atoms: list[Atom], k: int, lexis: Lexis) -> bool:
    atom = atoms[k]
    if not atom.forms or (k and atoms[k - 1].low in lexis["infinitive_marks"]):
        return False
    return _has(atom, Shape.FINITE) and (not _has(atom, Shape.INFINITIVE) or atom.low in lexis["sure_verbs"])


def _has(atom: Atom, shape: Shape) -> bool:
    return any(form.shape is shape for form in atom.forms)


def _without_asides(line: list[Atom]) -> list[Atom]:
    kept, at = [], 0
    while at < len(line):
        if line[at].text in OPEN:
            closing = next((k for k in range(at, min(at + ASIDE, len(line))) if line[k].text in CLOSE), None)
            if closing is not None:
                at = closing + 1
                continue
        kept.append(line[at])
        at += 1
    return kept
