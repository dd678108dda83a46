"""German names for described speakers in the nominative: "eines Beamten" is called "ein Beamter"."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from bot.extraction.lexicon import lexicon

INDEFINITE = "ein"
ENDINGS = ("es", "en", "s", "n", "")  # what an oblique case can add to a noun
FEMININE = ("in", "ung", "heit", "keit", "schaft", "ion", "tät", "ei")


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = lexicon("de", "declensions")
    return table


def nominative(words: Sequence[str]) -> list[str]:
    """Article, adjectives and noun of a phrase, as they are in the nominative; unchanged where unsure."""
    low = words[0].lower()
    article = _table()["oblique_articles"].get(low)
    if article is None:
        return _plural(list(words)) if len(words) == 1 else list(words)
    if low == "der" or low.endswith("er"):
        return [article, *_feminine(words[1:])] if _is_feminine(words[-1]) else list(words)
    if low == "den":  # a dative plural
        return [*(_adjective(word, "e") for word in words[1:-1]), *_plural([words[-1]])]
    noun = _singular(words[-1])
    adjectives = [_adjective(word, "er") for word in words[1:-1]]
    if _substantive(noun):
        noun += "r"
    return [*([article] if article else []), *adjectives, noun]


def _is_feminine(noun: str) -> bool:
    return noun.endswith(FEMININE)


def _feminine(words: Sequence[str]) -> list[str]:
    return [*(_adjective(word, "e") for word in words[:-1]), words[-1]]


def _adjective(word: str, ending: str) -> str:
    return word[:-2] + ending if word.endswith("en") and word[:1].islower() else word


def _singular(noun: str) -> str:
    """The noun without the ending of an oblique case, where its declension has that ending."""
    for ending in ENDINGS:
        base = noun.removesuffix(ending) if ending else noun
        declension = _declension(base) if noun.endswith(ending) and len(base) > 2 else None
        if declension and ending in declension["singular"]:
            return base
    return noun


def _declension(noun: str) -> dict[str, Any] | None:
    table = _table()
    low = noun.lower()
    name = next((name for ending, name in table["by_ending"] if low.endswith(ending)), None)
    return table["declensions"][name] if name else None


def _substantive(noun: str) -> bool:
    """Whether a noun is an adjective: der Beamte, ein Beamter."""
    declension = _declension(noun)
    return declension is not None and declension is _table()["declensions"]["adjective"]


def _plural(words: list[str]) -> list[str]:
    """Several without an article: "laut Beamten" are Beamte."""
    noun = words[-1]
    if noun.endswith("ern") or (noun.endswith("en") and _substantive(noun[:-1])):
        return [*words[:-1], noun[:-1]]
    return words
