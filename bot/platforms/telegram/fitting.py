"""Lengths as Telegram counts them, and text made to fit before it gets any markup."""

import re
import unicodedata
from collections.abc import Iterator
from html import escape

ELLIPSIS = " …"
JOINER = "\u2060"  # has no width; keeps `@name` from becoming a mention that rings
_MENTION = re.compile(r"(?<!\w)@(?=\w)")


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def fitted(text: str, limit: int) -> str:
    """The text, or as much of it as fits into `limit` units, cut at a word's end and marked with `…`."""
    if units(text) <= limit:
        return text
    head = _head(text, limit - len(ELLIPSIS))
    border = max(head.rfind(" "), head.rfind("\n"))
    return (head[:border] if border * 2 > len(head) else head).rstrip() + ELLIPSIS


def pieces(text: str, limit: int) -> Iterator[str]:
    """The whole text in pieces of at most `limit` units, cut between lines, else words, else inside one."""
    while units(text) > limit:
        head = _head(text, limit)
        border = max(head.rfind("\n"), 0)
        if border * 2 <= len(head):
            border = max(border, head.rfind(" "))
        cut = border if border * 2 > len(head) else len(head)
        yield text[:cut].rstrip("\n ")
        text = text[cut:].lstrip("\n") if text[cut : cut + 1] == "\n" else text[cut:].removeprefix(" ")
    yield text


def unmentioned(text: str) -> str:
    """The text with mentions kept from ringing; it looks the same."""
    return _MENTION.sub("@" + JOINER, text)


def escaped(text: str) -> str:
    """Plain text as HTML, fit for attributes too."""
    return escape(text)


def _head(text: str, limit: int) -> str:
    """The longest beginning within `limit` units that does not tear a character from its marks."""
    end = room = 0
    for character in text:
        room += 1 + (character > "\uffff")
        if room > limit:
            break
        end += 1
    whole = end
    while 0 < end < len(text) and _clings(text[end]):
        end -= 1
    # What is nothing but marks is cut anywhere: it must end somewhere.
    return text[: end or whole]


def _clings(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Mc") or character in "\u200d\ufe0e\ufe0f"
