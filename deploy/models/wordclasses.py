"""Classes of words by the lists of names they stand in.

A model of a few thousand sentences cannot know many names. With these classes beside the word it learns what
a name of a kind looks like in its sentence, and weighs the lists against it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bot.extraction.trained.word_classes import WordClass

Kind = tuple[WordClass, WordClass]  # of the first word of a name, and of its others
Lists = Mapping[Kind, Iterable[str]]
Tokens = Callable[[str], list[str]]

NOUN_KINDS: Mapping[str, Kind] = {
    "Vorname": (WordClass.GIVEN, WordClass.GIVEN),
    "Nachname": (WordClass.FAMILY, WordClass.FAMILY),
    "Toponym": (WordClass.PLACE, WordClass.PLACE_INSIDE),
}
PLAIN_NOUN: Kind = (WordClass.NOUN, WordClass.NOUN)
LONGEST_NOUN = 14  # letters; longer ones are seldom met twice


def classes(tokens: Tokens, lists: Lists) -> dict[str, frozenset[WordClass]]:
    """The classes of each word of the lists; inside a name only words with a capital count.

    Args:
        tokens: Splits a name into words.
        lists: Names by the classes of first and other words.
    """
    found: defaultdict[str, set[WordClass]] = defaultdict(set)
    for (first, inside), names in lists.items():
        for name in names:
            for at, word in enumerate(tokens(name)):
                if at == 0 or word[0].isupper():
                    found[word].add(inside if at else first)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def noun_kinds(pos: str) -> list[Kind]:
    """What a noun of Wiktionary names, by its parts of speech such as `Substantiv,Toponym`."""
    return [NOUN_KINDS[name] for name in pos.split(",") if name in NOUN_KINDS] or [PLAIN_NOUN]


def noun_forms(row: Mapping[str, str], kind: Kind) -> set[str]:
    """All forms of a noun that have a capital; very long plain nouns are left out."""
    forms = {
        form
        for column, form in row.items()
        if column == "lemma" or " singular" in column or " plural" in column
    }
    longest = LONGEST_NOUN if kind == PLAIN_NOUN else None
    return {form for form in forms if form[:1].isupper() and (longest is None or len(form) <= longest)}


def latin(names: Iterable[str]) -> set[str]:
    """Those that begin with a capital letter of the Latin script."""
    return {name for name in names if name[:1].isupper() and ord(name[0]) < 0x250}


def between_commas(text: str) -> list[str]:
    """The entries of a list of our own: between commas, `#` begins a comment line."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return [name.strip() for line in lines for name in line.split(",") if name.strip()]
