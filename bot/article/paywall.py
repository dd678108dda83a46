"""Whether a page shows its whole text to everybody, or a teaser and a wall."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from bot.located import plain_yaml

_WORDS = Path(__file__).with_name("paywall.yml")
_TEASER = 2_500  # characters; a text that goes on longer was not cut off by a wall
_LAST = 6  # paragraphs in which the words of a wall may stand
_OFFER = 400  # characters of such a paragraph; more is part of the text
_BOXES = 20  # boxes of a page that are looked at


class Wall(Enum):
    """How it is known that a page is not for everybody."""

    DECLARED = "declared"  # the page says so to machines
    WORDED = "worded"  # it says so to people, below or beside a short text


@dataclass(frozen=True, kw_only=True)
class Access:
    """What is to be had of a page.

    Attributes:
        wall: How it is known that the whole is for subscribers only; None where everybody may read it.
        text: The text without the words of the wall at its end.
    """

    wall: Wall | None
    text: str


def access(text: str, *, declared_free: bool | None, offer: bool) -> Access:
    """Judge by what a page declares, by the end of its text, and by the boxes in its way.

    Args:
        text: Main text, a paragraph a line.
        declared_free: What the page declares (schema.org, Open Graph); None where it declares nothing.
        offer: Whether a box on the page offers a subscription for reading on (`has_offer`).
    """
    if declared_free:
        return Access(wall=None, text=text)
    kept = _without_offer(text)
    short = len(kept) < _TEASER
    if declared_free is False:
        return Access(wall=Wall.DECLARED, text=kept if short else text)
    is_walled = short and (kept != text or offer)
    return Access(wall=Wall.WORDED if is_walled else None, text=kept if is_walled else text)


def has_offer(tree: Any) -> bool:
    """Whether a box of the page (an lxml tree) says that one must subscribe to read on."""
    query = " or ".join(f"contains(@class, '{name}') or contains(@id, '{name}')" for name in _boxes())
    boxes = tree.xpath(f"//*[{query}]")[:_BOXES]
    return any(_phrases().search(_flowing("".join(box.itertext())[: 10 * _OFFER])) for box in boxes)


def tier(name: str) -> bool | None:
    """Whether a content tier of Open Graph is free; None for an unknown one."""
    locked = _known()["tiers"].get(name.strip().lower())
    return None if locked is None else not locked


def _without_offer(text: str) -> str:
    """The text up to the first of its last paragraphs that offers a subscription."""
    lines = text.split("\n")
    for index in _last(lines):
        if len(lines[index]) <= _OFFER and _phrases().search(_flowing(lines[index])):
            return "\n".join(lines[:index]).rstrip()
    return text


def _last(lines: list[str]) -> Iterator[int]:
    """The places of the last paragraphs, in the order of the text."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    yield from filled[-_LAST:]


def _flowing(text: str) -> str:
    return " ".join(text.lower().split())


@cache
def _phrases() -> re.Pattern[str]:
    said = [phrase for phrases in _known()["phrases"].values() for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, said))})\b")


@cache
def _boxes() -> tuple[str, ...]:
    return tuple(_known()["boxes"])


@cache
def _known() -> dict[str, Any]:
    known = plain_yaml(_WORDS.read_text(encoding="utf-8"), _WORDS.name)
    if not isinstance(known, dict):
        raise TypeError(f"{_WORDS.name} must hold `phrases`, `boxes` and `tiers`")
    return known
