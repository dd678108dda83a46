"""The forms of nouns and adjectives for people and countries.

The endings stand in `lexicons/<lang>/declensions.yml`.
"""

from collections.abc import Iterator
from typing import Any

from bot.extraction.lexicon import lexicon
from bot.extraction.roles import Number

LONGEST_NOUN = 60  # letters: no last part of a compound is longer, whatever stands before it
APOSTROPHE_AFTER = ("s", "x", "z", "ß")


def forms(noun: str, lang: str) -> dict[str, Number]:
    """All forms of a noun for a person, masculine and feminine, with their number.

    A German noun may name its declension after a bar (`Papst|fixed`).
    """
    found: dict[str, Number] = {}
    for form, number in _german(noun) if lang == "de" else _english(noun):
        found[form] = number if found.get(form, number) == number else Number.EITHER
    return found


def adjective_forms(stem: str) -> tuple[str, ...]:
    """A German adjective of nationality: without ending, with endings, and capitalised (`Britische`)."""
    endings = lexicon("de", "declensions")["adjective_endings"]
    lower = [stem] + [stem + ending for ending in endings]
    return (*lower, *(form[0].upper() + form[1:] for form in lower[1:]))


def genitive(name: str) -> str | None:
    """The German genitive with -s, or None where it is written with an apostrophe."""
    return None if name.endswith(APOSTROPHE_AFTER) or not name[-1].isalpha() else name + "s"


def _german(noun: str) -> Iterator[tuple[str, Number]]:
    noun, _, named = noun.partition("|")
    table = lexicon("de", "declensions")
    declension = table["declensions"][named or _declension(noun, table)]
    stem = noun.removesuffix(declension.get("drop", ""))
    yield from ((noun + ending, Number.SINGULAR) for ending in declension["singular"])
    yield from ((noun + ending, Number.PLURAL) for ending in declension["plural"])
    if "feminine" in declension:
        woman = stem + declension["feminine"]
        yield from ((woman + ending, Number.SINGULAR) for ending in table["feminine_endings"]["singular"])
        yield from ((woman + ending, Number.PLURAL) for ending in table["feminine_endings"]["plural"])


def _declension(noun: str, table: Any) -> str:
    lower = noun.lower()
    fitting = (name for ending, name in table["by_ending"] if lower.endswith(ending))
    return str(next(fitting, table["default"]))


def _english(noun: str) -> Iterator[tuple[str, Number]]:
    yield noun, Number.SINGULAR
    plural = english_plural(noun)
    yield plural, Number.EITHER if plural == noun else Number.PLURAL


def english_plural(noun: str) -> str:
    """`prime ministers`, `secretaries of state`, `attorneys general`, `spokesmen`."""
    table = lexicon("en", "declensions")
    first, space, rest = noun.partition(" ")
    if space and (rest.split()[0] in table["follow_the_noun"]):
        return f"{english_plural(first)} {rest}"
    for ending, plural in table["plural_endings"]:
        if noun.endswith(ending):
            return noun.removesuffix(ending) + str(plural)
    return noun + "s"
