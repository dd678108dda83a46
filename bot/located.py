"""YAML text to values that remember their line and column; used for rules, configuration and lexicons.

YAML 1.2 core scalars only: `no` and `2026-03-02` are strings. Anchors, aliases and tags are refused,
so a file costs time and memory in proportion to its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.errors import Issue

MAX_DEPTH = 32
MAX_CHARACTERS = 1_000_000
_INTEGER = re.compile(r"[-+]?\d{1,18}")
_FLOAT = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

Scalar = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Node:
    """A value with the place it stands at.

    Attributes:
        value: A scalar, a list of nodes, or a dict of nodes by key.
        keys: For a dict: where each key stands, as (line, column).
        quoted: A scalar written in quotation marks; its first character stands one column further on.
    """

    value: "Scalar | list[Node] | dict[str, Node]"
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    quoted: bool = False

    def plain(self) -> object:
        """The value without places: str, int, float, bool, None, list, dict."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def at(self, *path: str | int) -> tuple[int, int]:
        """Line and column of what lies at `path`, or of the nearest thing above it that exists.

        The last step of a path into a dict gives the place of the key.
        """
        node, place = self, (self.line, self.column)
        for step in path:
            if isinstance(node.value, dict) and isinstance(step, str) and step in node.value:
                place, node = node.keys[step], node.value[step]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                place = (node.line, node.column)
            else:
                break
        return place


class _RefusedError(Exception):
    """A text that this reader does not take."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read_yaml(text: str, place: str) -> tuple[Node | None, list[Issue]]:
    """Read one YAML document.

    Returns:
        The root, or None for an empty or unusable text, and what is wrong, if anything.
    """
    if len(text) > MAX_CHARACTERS:
        return None, [_issue(place, _RefusedError(f"file is longer than {MAX_CHARACTERS:,} characters"))]
    try:
        return _build(text.removeprefix("\ufeff")), []
    except yaml.MarkedYAMLError as error:
        problem = f"not valid YAML: {error.problem or error.context or 'unreadable'}"
        mark = error.problem_mark or error.context_mark
        return None, [
            _issue(
                place,
                _RefusedError(problem, mark.line + 1, mark.column + 1) if mark else _RefusedError(problem),
            )
        ]
    except yaml.YAMLError as error:
        return None, [_issue(place, _RefusedError(f"not valid YAML: {error}".split("\n")[0]))]
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        column = error.start - text.rfind("\n", 0, error.start)
        return None, [_issue(place, _RefusedError("holds half a character (a lone surrogate)", line, column))]
    except _RefusedError as error:
        return None, [_issue(place, error)]


def plain_yaml(text: str, place: str) -> object:
    """Read a YAML file that ships with the program.

    Raises:
        ValueError: It is not valid; a mistake of ours, told with file and line.
    """
    root, issues = read_yaml(text, place)
    if issues:
        raise ValueError("; ".join(map(str, issues)))
    return root.plain() if root else None


def _issue(place: str, error: _RefusedError) -> Issue:
    return Issue(place=place, line=error.line, column=error.column, message=str(error))


def _build(text: str) -> Node | None:
    """Build nodes from the event stream; no recursion, so depth costs nothing but the limit."""
    builder = _Builder()
    for event in _events(text):
        builder.take(event)
    return builder.root


def _events(text: str) -> Iterator[yaml.Event]:
    documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _RefusedError("more than one document in the file: remove the line ---", *_place(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(
                "anchors and aliases (& and *) are not allowed: write the value out", *_place(event)
            )
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) not in (None, "!"):
            raise _RefusedError("tags (!…) are not allowed", *_place(event))
        yield event


class _Builder:
    """Collects events into nodes on a stack of open lists and dicts."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[tuple[Node, list[Node]]] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        if isinstance(event, yaml.ScalarEvent):
            self._add(_node(event, _scalar(event)))
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if len(self.open) >= MAX_DEPTH:
                raise _RefusedError(f"nested deeper than {MAX_DEPTH} levels", *_place(event))
            self.open.append((_node(event, {} if isinstance(event, yaml.MappingStartEvent) else []), []))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            node, parts = self.open.pop()
            _fill(node, parts)
            self._add(node)

    def _add(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node


def _node(event: yaml.Event, value: "Scalar | list[Node] | dict[str, Node]") -> Node:
    line, column = _place(event)
    quoted = isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"')
    return Node(value=value, line=line, column=column, quoted=quoted)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _fill(node: Node, parts: list[Node]) -> None:
    if isinstance(node.value, list):
        node.value.extend(parts)
    elif isinstance(node.value, dict):
        for key, value in zip(parts[::2], parts[1::2], strict=True):
            name = _key(key)
            if name in node.value:
                raise _RefusedError(f"the key `{name}` stands twice: keep one", key.line, key.column)
            node.value[name] = value
            node.keys[name] = (key.line, key.column)


def _key(node: Node) -> str:
    if isinstance(node.value, (list, dict)) or node.value is None:
        raise _RefusedError("a key must be a word", node.line, node.column)
    return str(node.value)


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    """Resolve a scalar by the YAML 1.2 core schema; quoted ones are strings."""
    text = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
