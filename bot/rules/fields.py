"""Read single fields of a rule file: the value in its type, or an issue with line and column.

Every reader returns None (or an empty value) after it noted what is wrong, and never raises.
"""

import difflib
import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from bot.errors import Issue
from bot.located import Node

DURATION = re.compile(r"(\d{1,5}) ?(min|h|d|w|minutes?|hours?|days?|weeks?)")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LISTED = 12  # so many choices are listed in a message
MOST_ISSUES = 50  # of one file; whoever made more begins anew, and finding the meant words costs time


class TooManyIssuesError(Exception):
    """There is more wrong with a file than anybody mends in one go; the notes hold what was found so far."""


class Notes:
    """The issues of one file, as they are found.

    Noting the last one there is room for raises `TooManyIssuesError`, so that a bad file costs bounded time.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.issues: list[Issue] = []

    def error(self, where: Node | tuple[int, int], message: str) -> None:
        """Note a mistake that keeps the file out."""
        self._add(where, message, "error")

    def warn(self, where: Node | tuple[int, int], message: str) -> None:
        """Note what is probably not meant."""
        self._add(where, message, "warning")

    @property
    def fatal(self) -> bool:
        """Whether a mistake keeps the file out."""
        return any(issue.severity == "error" for issue in self.issues)

    def _add(self, where: Node | tuple[int, int], message: str, severity: str) -> None:
        line, column = (where.line, where.column) if isinstance(where, Node) else where
        issue = Issue(place=self.place, line=line, column=column, message=message, severity=severity)
        self.issues.append(issue)
        if len(self.issues) == MOST_ISSUES:
            raise TooManyIssuesError


def meant(word: str, known: Iterable[str]) -> str:
    """`: did you mean “x”?`, or which words there are."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, 1, 0.6) if len(word) <= 60 else []
    if close:
        return f": did you mean “{close[0]}”?"
    listed = ", ".join(words[:LISTED]) + (", …" if len(words) > LISTED else "")
    return f"; known: {listed}"


def shown(value: object) -> str:
    """A value as a message shows it: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def mapping(node: Node, known: Collection[str], notes: Notes, what: str) -> dict[str, Node]:
    """The known keys of a block; each unknown one is an issue at its place."""
    if not isinstance(node.value, dict):
        notes.error(node, f"{what} must be a block of keys; known: {', '.join(known)}")
        return {}
    for key in node.value:
        if key not in known:
            notes.error(node.keys[key], f"unknown key “{shown(key)}” in {what}{meant(key, known)}")
    return {key: value for key, value in node.value.items() if key in known}


def some(node: Node, given: dict[str, Node], keys: Collection[str], notes: Notes, mend: str) -> bool:
    """Whether a block has one of these keys; an issue if not, unless another one explains it already."""
    if any(key in given for key in keys):
        return True
    if isinstance(node.value, dict) and len(given) == len(node.value):
        notes.error(node, mend)
    return False


def items(node: Node) -> list[Node]:
    """The members of a list, or the single value as a list of one."""
    return node.value if isinstance(node.value, list) else [node]


def line(node: Node, notes: Notes, what: str) -> str | None:
    """One text that is not blank; a whole number is taken as text."""
    value = node.value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and value.strip():
        return value
    notes.error(node, f"{what} must be text{_instead(node)}")
    return None


def lines(node: Node, notes: Notes, what: str) -> list[tuple[str, Node]]:
    """One text or a list of texts, each with its node."""
    members = items(node)
    if not members:
        notes.error(node, f"{what}: the list is empty")
    texts = [(line(member, notes, what), member) for member in members]
    return [(text, member) for text, member in texts if text is not None]


def choice(node: Node, known: Collection[str], notes: Notes, what: str) -> str | None:
    """One of the known words."""
    if isinstance(node.value, str) and node.value in known:
        return node.value
    if isinstance(node.value, (list, dict)):
        notes.error(node, f"{what} must be one word{meant('', known)}")
    else:
        notes.error(node, f"unknown {what} “{shown(node.plain())}”{meant(str(node.value), known)}")
    return None


def choices(node: Node, known: Collection[str], notes: Notes, what: str) -> tuple[str, ...]:
    """One or several of the known words, each once."""
    members = items(node)
    if not members:
        notes.error(node, f"{what}: the list is empty")
    found: dict[str, None] = {}
    for member in members:
        word = choice(member, known, notes, what)
        if word in found:
            notes.warn(member, f"{what} “{word}” stands twice")
        if word is not None:
            found[word] = None
    return tuple(found)


def number(node: Node, notes: Notes, what: str) -> float | None:
    """A number that is not negative."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        notes.error(node, f"{what} must be a number such as 500{_instead(node)}")
        return None
    if value < 0:
        notes.error(node, f"{what} must not be negative")
        return None
    if isinstance(value, float) and value.is_integer():
        notes.warn(node, f"{what} is read as {value:g}: a point parts decimals, write thousands without it")
    return float(value)


def flag(node: Node, notes: Notes, what: str) -> bool:
    """True or false."""
    if not isinstance(node.value, bool):
        notes.error(node, f"{what} must be true or false{_instead(node)}")
        return False
    return node.value


def duration(node: Node, notes: Notes, what: str) -> timedelta | None:
    """A length of time such as 36h, 14d or 2w."""
    found = DURATION.fullmatch(node.value) if isinstance(node.value, str) else None
    if not found:
        notes.error(node, f"{what} must be a length of time such as 36h, 14d or 2w{_instead(node)}")
        return None
    return timedelta(**{UNITS[found[2][0]]: int(found[1])})


def day(node: Node, notes: Notes, what: str) -> date | None:
    """A day, YYYY-MM-DD."""
    try:
        return date.fromisoformat(str(node.value))
    except ValueError:
        notes.error(node, f"{what} must be a day such as 2026-03-02{_instead(node)}")
        return None


def _instead(node: Node) -> str:
    if node.value is None:
        return ", it is empty"
    if isinstance(node.value, dict):
        return ", not a block"
    return ", not a list" if isinstance(node.value, list) else f", not “{shown(node.value)}”"
