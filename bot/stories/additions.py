"""Whether an amount comes on top of what was committed before: `another 500 soldiers`, `weitere 400 Euro`."""

import re
from functools import cache
from importlib.resources import files

from bot.extraction.findings import Bound, Quantity
from bot.located import plain_yaml

NEAR = 2  # words before the amount that are looked at
_WORD = re.compile(r"[^\W\d_]+")


def is_additional(quantity: Quantity, sentence: str, start: int, lang: str | None) -> bool:
    """Whether the words around an amount say so.

    Args:
        quantity: The amount, with its place in the article.
        sentence: Where it stands.
        start: Place of the sentence in the article.
        lang: Of the article.
    """
    at = quantity.start - start
    if lang is None or not 0 <= at < len(sentence):
        return False
    before = _WORD.findall(sentence[:at].casefold())[-NEAR:]
    inside = _WORD.findall(quantity.text.casefold())
    # `More than 500` is a bound, no addition.
    more = quantity.bound is not Bound.MORE_THAN and _words("inside", lang) & set(inside)
    return bool(more or _words("before", lang) & set(before))


@cache
def _words(where: str, lang: str) -> frozenset[str]:
    text = files("bot.stories").joinpath("additions.yml").read_text(encoding="utf-8")
    found = plain_yaml(text, "bot/stories/additions.yml")
    listed = found[where] if isinstance(found, dict) else {}
    return frozenset(str(word) for word in listed.get(lang, ()))
