"""How large a rule file may be: whoever wrote it, reading and judging it costs bounded time and memory."""

from collections.abc import Iterator

from bot.located import Node
from bot.rules.fields import Notes

LONGEST_FILE = 200_000  # characters
MOST_VALUES = 10_000  # words, numbers, lists and blocks
MOST_CONDITIONS = 500  # blocks beneath `when` and `unless`
MOST_PATTERNS = 30  # regular expressions; each may take a megabyte


def is_small(root: Node, notes: Notes) -> bool:
    """Whether a file is no larger than rules need; an issue if it is."""
    values = sum(1 for _ in _below(root))
    if values > MOST_VALUES:
        notes.error(root, f"a rule may have {MOST_VALUES:,} values, this one has {values:,}: make several")
        return False
    return _is_cheap(root, notes)


def _is_cheap(root: Node, notes: Notes) -> bool:
    if not isinstance(root.value, dict):
        return True
    asked = [
        (key, node) for part in ("when", "unless") if part in root.value
        for key, node in _keyed(root.value[part])
    ]  # fmt: skip
    patterns = [node for key, node in asked if key == "pattern"]
    if len(patterns) > MOST_PATTERNS:
        notes.error(patterns[MOST_PATTERNS], f"a rule may have {MOST_PATTERNS} patterns: join them with |")
        return False
    if len(asked) > MOST_CONDITIONS:
        notes.error(asked[MOST_CONDITIONS][1], f"a rule may have {MOST_CONDITIONS} conditions: make several")
        return False
    return True


def _below(node: Node) -> Iterator[Node]:
    """A value and all inside it; YAML is no deeper than `located` allows."""
    yield node
    for member in _members(node):
        yield from _below(member)


def _keyed(node: Node) -> Iterator[tuple[str, Node]]:
    for inner in _below(node):
        if isinstance(inner.value, dict):
            yield from inner.value.items()


def _members(node: Node) -> list[Node]:
    if isinstance(node.value, dict):
        return list(node.value.values())
    return node.value if isinstance(node.value, list) else []
