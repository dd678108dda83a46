"""Words in quotation marks that are a name, a title or a saying, and no quote."""

from collections.abc import Sequence

from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.units import Atom

NAME_WORDS = 4  # in quotation marks; more are no name
POSSESSIVE = ("'s", "’s")
MARKS = "\"'„“”«»‹›‚‘’`"


def words_inside(quote: Atom) -> list[str]:
    """The words of a quotation without its marks."""
    return quote.text.strip(MARKS).split()


def is_label(before: Sequence[Atom], quote: Atom, lexis: Lexis) -> bool:
    """Whether a quotation behind the atoms `before` in its part is a label."""
    words = words_inside(quote)
    if quote.name is not None:
        return True
    near = [atom.low for atom in before[-3:]]
    if near and near[-1] in POSSESSIVE:
        return False
    if not words or (near and near[-1] in lexis["labels"]):
        return True
    if len(words) > NAME_WORDS:
        return False
    if near and (near[-1] in lexis["labels"] or (len(words) <= 2 and not lexis["labels"].isdisjoint(near))):
        return True
    capitals = all(word[:1].isupper() or word[:1].isdigit() for word in words)
    if capitals and (len(words) > 1 or (near and near[-1] not in lexis["judging"])):
        return True
    last = before[-1] if before else None
    return capitals and last is not None and last.capital and last.low not in lexis["nominative"]
