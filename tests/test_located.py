import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.located import MAX_CHARACTERS, MAX_DEPTH, plain_yaml, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", {"a": "no"}),
        ("a: on", {"a": "on"}),
        ("a: 2026-03-02", {"a": "2026-03-02"}),
        ("a: true", {"a": True}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: '5'", {"a": "5"}),
        ("a: 5", {"a": 5}),
        ("a: -5", {"a": -5}),
        ("a: 1.5", {"a": 1.5}),
        ("a: 1e3", {"a": 1000.0}),
        ("a: 0x10", {"a": "0x10"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: .inf", {"a": ".inf"}),
        ("1: x", {"1": "x"}),
        ("- [a, {b: c}]", [["a", {"b": "c"}]]),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
    ],
)
def test_values(text: str, value: object) -> None:
    """Scalars follow the YAML 1.2 core schema: `no`, days and times stay text."""
    assert plain_yaml(text, "t") == value


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: 1\na: 2", 2, 1, "stands twice"),
        ("a: &x 1", 1, 4, "anchors"),
        ("a: !t 1", 1, 4, "tags"),
        ("a: 1\n---\nb: 2", 2, 1, "more than one document"),
        ("[" * (MAX_DEPTH + 1), 1, MAX_DEPTH + 1, "nested deeper"),
        ("? [a]\n: b", 1, 3, "a key must be a word"),
        ("a: [1, 2", 2, 1, "not valid YAML"),
        ("ä: 'x", 1, 6, "not valid YAML"),
        ("a: 1\nb: \ud800", 2, 4, "half a character"),
        ("x" * (MAX_CHARACTERS + 1), 0, 0, "longer than"),
    ],
)
def test_refused(text: str, line: int, column: int, words: str) -> None:
    """What is not taken is named with its place, in code points."""
    root, (issue,) = read_yaml(text, "t")
    assert root is None
    assert words in issue.message
    if "valid" not in words:
        assert (issue.line, issue.column) == (line, column)


def test_places() -> None:
    """Every value and key knows its place, also behind umlauts."""
    root, _ = read_yaml("ä: {ö: 'x', ü: [1, 2]}\nb: c\n", "t")
    assert root is not None
    assert root.at("ä", "ü") == (1, 13)
    assert root.at("ä", "ü", 1) == (1, 20)
    assert root.at("b") == (2, 1)
    assert root.at("ä", "missing") == (1, 1)
    assert isinstance(root.value, dict)
    inner = root.value["ä"].value
    assert isinstance(inner, dict)
    assert (inner["ö"].column, inner["ö"].quoted) == (8, True)
    assert not root.value["b"].quoted


def test_byte_order_mark() -> None:
    """A byte order mark is not part of the first key."""
    assert plain_yaml("\ufeffa: 1", "t") == {"a": 1}


def test_empty() -> None:
    """An empty text has no root and no issue."""
    assert read_yaml("", "t") == (None, [])


def test_own_files_must_be_right() -> None:
    """A mistake in a file of ours is an exception with its place."""
    with pytest.raises(ValueError, match="t:2:1"):
        plain_yaml("a: 1\na: 2", "t")


@given(st.text(max_size=60))
def test_never_raises(text: str) -> None:
    """Any text gives a value or an issue."""
    root, issues = read_yaml(text, "t")
    assert root is None or not issues
