"""Stretches in quotation marks, of every style, nested or badly paired.

One pass over the marks of a text with a small stack. A mark that can open or close is judged by its
neighbours; an apostrophe is none. A mark that never closes is dropped, unless the next paragraph
opens again (a quotation over several paragraphs) or simply closes it there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MARK = re.compile("``|''|[\"„“”«»‹›‚‘’']")
BREAK = re.compile(r"\n\s*")
DEPTH = 3
REACH = 4000  # characters of later paragraphs in which a missing closing mark is looked for

# Opening mark -> marks that close it.
PAIRS = {
    "„": "“”\"‟''",
    "“": "”\"“''",
    "”": "”",
    '"': '"“”',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‚": "‘’'",
    "‘": "’'",
    "'": "'’",
    "``": "''",
    "''": "''",
}
SINGLE = frozenset("‚‘'‹›")
DIRECTED = re.compile("[„“”«»]")


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """What stands inside quotation marks.

    Attributes:
        start: First character inside the marks; `end` is the one after the last.
        outer_start: Where the opening mark begins.
        outer_end: After the closing mark; equal to `end` where the next paragraph goes on.
        depth: 0, or how many other stretches it lies in.
        goes_on: The quotation continues in the next paragraph.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int = 0
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True)
class _Open:
    mark: str
    at: int

    @property
    def inside(self) -> int:
        return self.at + len(self.mark)


def stretches(text: str) -> list[Stretch]:
    """All stretches in quotation marks, by their start, the outer before the inner."""
    pairing = _Pairing(text=text)
    for start, end in _lines(text):
        pairing.read(start, end)
    return sorted(pairing.found, key=lambda one: (one.start, -one.end))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in BREAK.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


@dataclass
class _Pairing:
    text: str
    found: list[Stretch] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def read(self, start: int, end: int) -> None:
        """Pair the marks of one paragraph."""
        last_single = self.text.rfind("'", start, end)
        for match in MARK.finditer(self.text, start, end):
            self._take(match.group(), match.start(), last_single)
        self._settle(end)

    def _take(self, mark: str, at: int, last_single: int) -> None:
        before, after = self._around(mark, at)
        opener = self._closes(mark, before, after)
        if opener is not None and not self._possessive(mark, at, last_single):
            self._close(opener, mark, at)
        elif self._opens(mark, before, after) and (mark != "'" or at < last_single):
            if mark == '"' and self.stack and self.stack[-1].mark == '"':
                self.stack.pop()
            if len(self.stack) < DEPTH:
                self.stack.append(_Open(mark=mark, at=at))

    def _around(self, mark: str, at: int) -> tuple[str, str]:
        before = self.text[at - 1] if at else " "
        behind = at + len(mark)
        return before, self.text[behind] if behind < len(self.text) else " "

    def _closes(self, mark: str, before: str, after: str) -> int | None:
        """The index in the stack of the opening mark that this one closes, or None."""
        if mark in "'’‘" and (after.isalnum() or before.isspace()):
            return None
        if mark in '"“' and _looks_opening(before, after):
            return None
        for index in range(len(self.stack) - 1, -1, -1):
            if mark in PAIRS[self.stack[index].mark]:
                return index
        return None

    def _possessive(self, mark: str, at: int, last_single: int) -> bool:
        """A mark as in `Holms' Wagen`, with the real closing mark still to come."""
        if mark not in "'’" or at >= last_single:
            return False
        return self.text[at - 1] in "sxz" and self.text[at + 1 : at + 2] == " "

    def _close(self, index: int, mark: str, at: int) -> None:
        opened = self.stack[index]
        del self.stack[index:]
        self._add(opened, end=at, outer_end=at + len(mark), goes_on=False)

    def _add(self, opened: _Open, *, end: int, outer_end: int, goes_on: bool) -> None:
        inside = self.text[opened.inside : end]
        start = opened.inside + len(inside) - len(inside.lstrip())
        end = opened.inside + len(inside.rstrip())
        if start < end:
            self.found.append(
                Stretch(
                    start=start,
                    end=end,
                    outer_start=opened.at,
                    outer_end=outer_end,
                    depth=len(self.stack),
                    goes_on=goes_on,
                )
            )

    def _opens(self, mark: str, before: str, after: str) -> bool:
        if mark == "„":
            return True
        if mark not in PAIRS or mark == "''":
            return False
        if mark in "«»":
            return _free(before) or not after.isspace()
        if mark == "‘" or mark in SINGLE or mark in '"”':
            return _looks_opening(before, after)
        return _free(before) and not after.isspace()

    def _settle(self, end: int) -> None:
        """At the end of a paragraph keep only what later paragraphs close or continue."""
        if not self.stack:
            return
        opened = self.stack[0]
        self.stack = []
        following = BREAK.match(self.text, end)
        if not following:
            return
        if self.text.startswith(opened.mark, following.end()):
            self._add(opened, end=end, outer_end=end, goes_on=True)
            return
        first = DIRECTED.search(self.text, end, end + REACH)
        if opened.mark in "„“«»" and first and first.group() in PAIRS[opened.mark]:
            before, after = self._around(first.group(), first.start())
            if not _looks_opening(before, after):
                self.stack = [opened]


def _free(before: str) -> bool:
    """Whether nothing of a word stands directly before a mark."""
    return before.isspace() or before in "([{-–—/\"'„“‚‘»«›‹:;,"


def _looks_opening(before: str, after: str) -> bool:
    return _free(before) and not after.isspace() and after not in ".,;:!?)]}"
