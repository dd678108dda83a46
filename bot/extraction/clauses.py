"""What a clause is: its words, its verbs, how it hangs on another; and the words that show it.

Events read these (`clause_pieces.py` cuts them, `clause_tree.py` hangs them up): tokens of one sentence in
German and English, quotation marks ignored. Quotes have a reader of their own, `quotes/clauses.py`, for
which a quotation is a single word and only mood and verbs of saying count.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from bot.extraction.lexicon import lexicon
from bot.extraction.verbs import Shape, VerbForm

Forms = tuple[VerbForm, ...]
SEPARATORS = frozenset(",;:–—()[]!?…")
MARKS = frozenset("\"'„“”«»‚‘’›‹")


class Link(StrEnum):
    """How a clause hangs on its parent."""

    MAIN = "main"
    COMPLEMENT = "complement"
    INFINITIVE = "infinitive"
    RELATIVE = "relative"
    CONDITION = "condition"
    ADVERBIAL = "adverbial"


VERB_LAST = frozenset({Link.COMPLEMENT, Link.RELATIVE, Link.CONDITION, Link.ADVERBIAL})


@dataclass(kw_only=True)
class Clause:
    """One clause; its tokens need not be neighbours.

    Attributes:
        index: Its place in the list of the sentence's clauses.
        opener: The conjunction or relative pronoun, lower case; empty if none.
        tokens: Token indices of the doc, punctuation left out.
        verbs: Token index -> the forms it can have here.
        parent: Index of the clause it hangs on, or None.
        twin: Index of the clause it is coordinated with, whose subject it may share, or None.
    """

    index: int
    link: Link
    opener: str = ""
    tokens: list[int] = field(default_factory=list)
    verbs: dict[int, Forms] = field(default_factory=dict)
    parent: int | None = None
    twin: int | None = None

    @property
    def finite(self) -> bool:
        """Whether one of its words can be a finite verb."""
        return any(is_finite(forms) for forms in self.verbs.values())


@dataclass(frozen=True, kw_only=True)
class ClauseWords:
    """The closed word classes of a language."""

    conjunctions: dict[str, Link]
    before: frozenset[str]
    relatives: frozenset[str]
    coordinators: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    possessives: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    first_person: frozenset[str]
    third_person: frozenset[str]
    doubtful: frozenset[str]
    after_doubtful: frozenset[str]
    saying: frozenset[str]
    times: frozenset[str]
    noun_first: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]

    @property
    def helping(self) -> frozenset[str]:
        """Auxiliaries and modals."""
        return self.auxiliaries | self.modals


@cache
def clause_words(lang: str) -> ClauseWords:
    """The closed word classes of `de` or `en`."""
    raw: dict[str, Any] = lexicon(lang, "clauses")
    links = {word: Link(link) for link, words in raw["conjunctions"].items() for word in words}
    sets = {
        name: frozenset(map(str, words))
        for name, words in raw.items()
        if name not in ("conjunctions", "before_conjunctions")
    }
    return ClauseWords(conjunctions=links, before=frozenset(raw["before_conjunctions"]), **sets)


def is_finite(forms: Forms) -> bool:
    """Whether one of the forms is finite."""
    return any(form.shape is Shape.FINITE for form in forms)


def only_finite(forms: Forms) -> bool:
    """Whether all forms are finite."""
    return all(form.shape is Shape.FINITE for form in forms)


def has_shape(forms: Forms, *shapes: Shape) -> bool:
    """Whether one of the forms has one of the shapes."""
    return any(form.shape in shapes for form in forms)


@dataclass(frozen=True, kw_only=True)
class Line:
    """The words of a text as clause cutting needs them.

    Attributes:
        words: Each token in lower case.
        capital: Whether it begins with a capital.
        spaced: Whether white space stands before it.
        verbs: Token index -> the forms it can have in its surroundings.
    """

    words: list[str]
    capital: list[bool]
    spaced: list[bool]
    verbs: dict[int, Forms]
