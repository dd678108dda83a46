"""Words that must stand in a text for a regular expression (RE2) to be found in it.

A careful reading of the pattern, not a parser: what it does not understand asks nothing of the text.
"""

import re
from collections.abc import Iterator

from bot.rules.index.keys import FRAGMENT, cost

SHORTEST = 3  # characters; shorter ones stand in every text
UNREAD = ("\\Q", "[:", "\\x{")  # spellings of RE2 that would need more than this to read
# In this order: an escape, a class of characters, the head of a group, an end, how often, a bar, a character.
TOKEN = re.compile(
    r"(?P<escape>\\(?:[pP](?:\{[^}]*\}|.)|.))|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|"
    r"(?P<open>\((?:\?[^:)]*?[:>)])?)|(?P<close>\))|(?P<often>[*+?]\??|\{\d+(?:,\d*)?\}\??)|(?P<bar>\|)|(?P<other>.)",
    re.DOTALL,
)
ANYTHING: frozenset[str] = frozenset()


def literals(pattern: str) -> frozenset[str]:
    """Case-folded ASCII literals of which one must stand in the case-folded text; empty if there are none."""
    if any(spelling in pattern for spelling in UNREAD):
        return ANYTHING
    tokens = [(str(found.lastgroup), found.group()) for found in TOKEN.finditer(pattern)]
    return _Reading(tokens).alternatives()


class _Reading:
    """Reads tokens from left to right, a group inside a group by itself."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def alternatives(self) -> frozenset[str]:
        """One literal of each alternative up to the end of the group; nothing if one has none."""
        found = [self._branch()]
        while self._is("bar"):
            self.at += 1
            found.append(self._branch())
        return frozenset().union(*found) if all(found) else ANYTHING

    def _branch(self) -> frozenset[str]:
        """The rarest thing that one alternative must have."""
        return min(filter(None, self._required()), key=_cost, default=ANYTHING)

    def _required(self) -> Iterator[frozenset[str]]:
        run = ""
        while self.at < len(self.tokens) and not self._is("bar") and not self._is("close"):
            kind, text = self.tokens[self.at]
            self.at += 1
            inner = self._group(text) if kind == "open" else ANYTHING
            sure, single = self._often()
            if kind == "other" and sure and text.isascii() and text not in ".^$":
                run += text.casefold()
                if single:
                    continue
            elif inner and sure:
                yield inner
            yield _literal(run)
            run = ""
        yield _literal(run)

    def _group(self, head: str) -> frozenset[str]:
        if head.startswith("(?") and head.endswith(")"):  # flags alone: no group begins
            return ANYTHING
        inner = self.alternatives()
        self.at += self._is("close")
        return inner

    def _often(self) -> tuple[bool, bool]:
        """Whether what was read must stand at least once, and stands just once."""
        if not self._is("often"):
            return True, True
        text = self.tokens[self.at][1]
        self.at += 1
        return text[0] == "+" or (text[0] == "{" and not text.startswith("{0")), False

    def _is(self, kind: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][0] == kind


def _literal(run: str) -> frozenset[str]:
    return frozenset({run}) if len(run) >= SHORTEST else ANYTHING


def _cost(texts: frozenset[str]) -> float:
    return cost(FRAGMENT + text for text in texts)
