"""An alert as lines for a terminal, 80 columns wide, readable without colour."""

import unicodedata
from collections.abc import Iterator

from bot.alerts.brief import Brief
from bot.alerts.digest import Line, Summary

WIDTH = 80
INDENT = "   "


def layout(brief: Brief, *, repeat: str | None = None, colour: bool = False) -> list[str]:
    """The lines of an alert, the last one empty.

    Args:
        brief: The alert in words.
        repeat: The words that say it may have been shown before, or None.
        colour: Whether the terminal takes ANSI colours.
    """
    title = f"{brief.mark} {brief.headline}"
    lines = list(wrapped(title, first="", rest=INDENT))
    if colour:
        lines = [f"\x1b[1m{line}\x1b[0m" for line in lines]
    facts = (brief.demo, brief.facts, brief.severity, repeat)
    lines += wrapped(" · ".join(filter(None, facts)), first=INDENT, rest=INDENT)
    lines += wrapped(brief.update or "", first=INDENT, rest=INDENT)
    lines += wrapped(brief.notice or "", first=INDENT, rest=INDENT)
    if brief.quote:
        marked = not brief.quote[0].isalnum()  # lines go on below the words, not below the mark
        lines += wrapped(brief.quote, first=INDENT, rest=INDENT + " " * marked)
    if brief.said:
        lines += wrapped(f"— {brief.said}", first=INDENT, rest=INDENT + "  ")
    if brief.evidence:
        lines += wrapped(brief.evidence, first=INDENT, rest=INDENT)
    lines += wrapped(brief.origin, first=INDENT, rest=INDENT)
    if brief.link:
        # A link is never broken: a broken one cannot be clicked.
        lines.append(INDENT + brief.link)
    return [*lines, ""]


def layout_summary(summary: Summary, *, repeat: str | None = None, colour: bool = False) -> list[str]:
    """The lines of a summary, the last one empty."""
    title = " · ".join(filter(None, (summary.title, repeat)))
    lines = list(wrapped(title, first="", rest=INDENT))
    if colour:
        lines = [f"\x1b[1m{line}\x1b[0m" for line in lines]
    for heading, listed in summary.groups:
        lines += wrapped(heading, first=INDENT, rest=INDENT)
        for line in listed:
            lines += _summarised(line)
    return [*lines, ""]


def _summarised(line: Line) -> Iterator[str]:
    told = " · ".join(filter(None, (f"{line.mark} {line.text}", line.retracted)))
    yield from wrapped(told, first=INDENT, rest=INDENT * 2)
    below = " · ".join(filter(None, (line.facts, line.name)))
    yield from wrapped(below, first=INDENT * 2, rest=INDENT * 2)
    if line.link:
        yield INDENT * 2 + line.link


def columns(text: str) -> int:
    """How many terminal columns a text takes: two for wide signs, none for joined ones."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, *, first: str, rest: str) -> Iterator[str]:
    """Break a text at spaces into lines of at most WIDTH columns; a longer word is cut."""
    line, room = first, columns(first)
    empty = True
    for word in _fitting(text.split(" "), WIDTH - max(columns(first), columns(rest))):
        width = columns(word)
        if not empty and room + 1 + width > WIDTH:
            yield line
            line, room, empty = rest, columns(rest), True
        if not empty:
            line, room = line + " ", room + 1
        line, room, empty = line + word, room + width, False
    if not empty:
        yield line


def _fitting(words: list[str], most: int) -> Iterator[str]:
    """The words, those wider than a line cut into pieces."""
    for word in words:
        piece, width = "", 0
        for character in word:
            if width + _columns(character) > most:
                yield piece
                piece, width = "", 0
            piece, width = piece + character, width + _columns(character)
        if piece:
            yield piece
