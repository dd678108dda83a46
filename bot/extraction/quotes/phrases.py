"""German noun phrases: how far they reach, and which one is the subject of a verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.extraction.findings import EntityKind
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.units import Atom
from bot.extraction.verbs import Shape

ADJECTIVE = ("e", "en", "er", "es", "em")
DOMAINS = (".de", ".com", ".net", ".org")
LONGEST = 40  # atoms in one noun phrase at most
SHORT_NAME = 40  # characters of a name in quotation marks


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who may be a speaker.

    Attributes:
        atoms: All atoms of the phrase.
        head: How many of the first atoms are article, adjectives and head; the rest is attribute.
        pronoun: It is a pronoun, in lower case; empty otherwise.
    """

    atoms: tuple[Atom, ...]
    head: int = 1
    pronoun: str = ""

    @property
    def start(self) -> int:
        """First character."""
        return self.atoms[0].start

    @property
    def end(self) -> int:
        """Character after the last."""
        return self.atoms[-1].end


class Phrases:
    """Finds noun phrases among the atoms of a part."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis
        self.determiners = lexis["nominative"] | lexis["oblique"] | lexis["genitive"]
        self.small = (
            self.determiners
            | lexis["prepositions"]
            | lexis["loose"]
            | lexis["subordinators"]
            | lexis["coordinators"]
            | lexis["subjects"]
            | lexis["reflexive"]
        )

    def at(self, atoms: Sequence[Atom], i: int) -> Mention | None:
        """The noun phrase that begins at `i`, with its attributes, or None."""
        core = self._core(atoms, i)
        if core is None:
            return None
        end = head = core
        while end < len(atoms) and end - i < LONGEST:
            more = self._attribute(atoms, end)
            if more is None:
                break
            end = more
        return Mention(tuple(atoms[i:end]), head - i)

    def subject_after(self, atoms: Sequence[Atom], i: int) -> Mention | None:
        """The first phrase from `i` on that can be a subject."""
        doubtful = None
        while i < len(atoms):
            atom = atoms[i]
            if atom.low in self.lexis["prepositions"]:
                i = self._past_phrase(atoms, i + 1)
                continue
            mention = self._candidate(atoms, i)
            if mention is None:
                i += 1
                continue
            if mention.pronoun or self.nominative(mention):
                return mention
            if doubtful is None and mention.atoms[0].low in self.lexis["masculine"]:
                doubtful = mention
            i += len(mention.atoms)
        return doubtful or self._in_marks(atoms)

    def _in_marks(self, atoms: Sequence[Atom]) -> Mention | None:
        """A short name in quotation marks at the end of the part, where nothing else can be the subject."""
        last = atoms[-1] if len(atoms) > 1 else None
        if last is None or not last.quote or last.end - last.start > SHORT_NAME or not atoms[-2].forms:
            return None
        return Mention((last,))

    def subject_at(self, atoms: Sequence[Atom], i: int) -> Mention | None:
        """The phrase at `i`, past loose words, if it can be a subject."""
        while i < len(atoms) and self._skippable(atoms[i]):
            i += 1
        if i >= len(atoms) or atoms[i].low in self.lexis["prepositions"]:
            return None
        mention = self._candidate(atoms, i)
        if mention and (mention.pronoun or self.nominative(mention, first=True)):
            return mention
        return None

    def _skippable(self, atom: Atom) -> bool:
        low, lexis = atom.low, self.lexis
        if low in lexis["subjects"] or low in self.determiners or low in lexis["prepositions"]:
            return False
        return low in lexis["loose"] or low in lexis["coordinators"]

    def _candidate(self, atoms: Sequence[Atom], i: int) -> Mention | None:
        atom = atoms[i]
        mention = self.at(atoms, i)
        if mention is None and atom.low in self.lexis["subjects"]:
            return Mention((atom,), 1, atom.low)
        return mention

    def nominative(self, mention: Mention, *, first: bool = False) -> bool:
        """Whether the article allows a subject; "der" before a feminine noun is a dative."""
        low = mention.atoms[0].low
        if low in self.lexis["masculine"] and not first:
            noun = next((a.low for a in mention.atoms if a.capital and a.low != low), "")
            return not noun.endswith(tuple(self.lexis["feminine"]))
        if low in self.lexis["pronoun_heads"]:
            return len(mention.atoms) > 1 and mention.atoms[1].low in self.lexis["genitive"]
        return low in self.lexis["nominative"] | self.lexis["whose"] or low not in self.determiners

    def _past_phrase(self, atoms: Sequence[Atom], i: int) -> int:
        mention = self.at(atoms, i)
        return i + len(mention.atoms) if mention else i

    def _core(self, atoms: Sequence[Atom], i: int) -> int | None:
        """Where article, adjectives and nouns from `i` on end; None if no phrase begins here."""
        j = i
        while j < len(atoms) and j - i < 3 and atoms[j].low in self.determiners:
            j += 1
        article = j > i
        while j < len(atoms) and self._adjective(atoms, j, inside=j > i):
            j += 1
        nouns = self._nouns(atoms, j, first=j == i)
        if nouns > j:
            return nouns
        return j if article and j > i + 1 and not atoms[j - 1].forms else None

    def _adjective(self, atoms: Sequence[Atom], j: int, *, inside: bool) -> bool:
        atom = atoms[j]
        if atom.quote or atom.low in self.small or atom.low.endswith(DOMAINS):
            return False
        if atom.text[0].isdigit():
            return not atom.text.endswith(".") or inside
        if atom.text[0].isupper() or not atom.low.endswith(ADJECTIVE):
            return atom.low.endswith("jährige")
        if not atom.forms:
            return True
        following = atoms[j + 1] if j + 1 < len(atoms) else None
        if any(form.lemma in self.lexis["modals"] | self.lexis["perfect"] for form in atom.forms):
            return False
        finite = any(form.shape is Shape.FINITE for form in atom.forms)
        return inside and following is not None and (following.capital or not following.forms) and finite

    def _nouns(self, atoms: Sequence[Atom], j: int, *, first: bool) -> int:
        """Where the row of nouns and names from `j` on ends."""
        i = j
        while j < len(atoms) and j - i < LONGEST:
            if j > i and _two_names(atoms[j - 1], atoms[j]):
                break
            if self._noun(atoms[j], first=first and j == i):
                j += 1
            elif j > i and self._joins(atoms, j):
                j += 2
            else:
                break
        return j

    def _joins(self, atoms: Sequence[Atom], j: int) -> bool:
        """A small word inside a name: `van`, `al`, `&`."""
        if j + 1 >= len(atoms) or not atoms[j + 1].text[:1].isupper():
            return False
        low = atoms[j].low
        return low in ("&", "/", "+", "'s") or low in self.lexis["joining"]

    def _noun(self, atom: Atom, *, first: bool) -> bool:
        if atom.quote:
            return not first and atom.end - atom.start <= SHORT_NAME
        written = any(letter.isupper() for letter in atom.text) or atom.low.endswith(DOMAINS)
        if not written and (atom.name is None or atom.name.kind is EntityKind.NATIONALITY):
            return False
        if first and atom.name is None and atom.low.endswith(tuple(self.lexis["adverb_endings"])):
            return False
        if first and atom.name is None and any(form.shape is Shape.PARTICIPLE for form in atom.forms):
            return False  # "Besorgt äußerte sich …"
        if atom.low in self.lexis["months"]:
            return False
        return atom.low not in self.small

    def _attribute(self, atoms: Sequence[Atom], j: int) -> int | None:
        """Where an attribute at `j` ends: a genitive, `von …`, a second head after `und`."""
        low = atoms[j].low
        if low in self.lexis["genitive"] or self._many(atoms, j):
            return self._core(atoms, j)
        if low in self.lexis["attaching"] and self._marked(atoms, j + 1):
            return j + 2
        if low in self.lexis["attaching"] or low in ("und", "sowie", "oder"):
            core = self._core(atoms, j + 1)
            if core is None or (low == "und" and core < len(atoms) and self._finite(atoms[core])):
                return None
            return core
        return None

    def _many(self, atoms: Sequence[Atom], j: int) -> bool:
        """Whether a genitive without an article begins: "Angaben amerikanischer Behörden"."""
        atom = atoms[j]
        plain = not (atom.forms or atom.quote or atom.capital) and atom.low not in self.small
        return plain and atom.low.endswith("er") and j + 1 < len(atoms) and atoms[j + 1].capital

    def _marked(self, atoms: Sequence[Atom], j: int) -> bool:
        return j < len(atoms) and bool(atoms[j].quote) and atoms[j].end - atoms[j].start <= SHORT_NAME

    def _finite(self, atom: Atom) -> bool:
        return any(form.shape is Shape.FINITE for form in atom.forms)


def _two_names(left: Atom, right: Atom) -> bool:
    """Whether a person's name meets that of an organisation: they are two phrases."""
    if left.name is None or right.name is None or left.name is right.name:
        return False
    kinds = {left.name.kind, right.name.kind}
    return kinds == {EntityKind.PERSON, EntityKind.ORGANISATION}
