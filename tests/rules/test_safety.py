"""A rule file from a stranger costs neither data nor more than bounded time."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app.rulebook import LARGEST, load_folders, text_of
from bot.errors import Issue
from bot.rules.blocks import CONDITION_KEYS
from bot.rules.fields import MOST_ISSUES
from bot.rules.limits import MOST_CONDITIONS, MOST_PATTERNS
from bot.rules.loader import KEYS, load_rule
from bot.rules.matcher import match
from tests.rules.test_matching import commitment

HEAD = "id: r\ntitle: t\nstatus: shadow\n"
SOON = 3.0  # seconds of this process; what is quadratic would take minutes
TOLD = commitment()


def messages(text: str) -> list[str]:
    """What is wrong with a rule file, and that it is told soon."""
    began = time.process_time()
    rule, issues = load_rule(text, "r.yml")
    assert time.process_time() - began < SOON
    assert rule is None or not any(issue.severity == "error" for issue in issues)
    return [issue.message for issue in issues]


def bomb() -> str:
    """Nine levels of aliases: a thousand million words, were they written out."""
    rows = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(rows) + "\n"


MANY = 40_000
HOSTILE = [
    (bomb(), "anchors and aliases"),
    ("id: r\n<<: *a\n", "anchors and aliases"),
    ("a: b\n" * (10_000_000 // 5), "may have 200,000 characters"),
    ("[" * 100_000, "nested deeper"),
    ("{a: " * 40_000, "nested deeper"),
    ("- " * 50_000 + "a", "nested deeper"),
    (HEAD + "when: " + "{not: " * 20_000, "nested deeper"),
    (HEAD + "when: {text: a}\nwhen: {text: b}\n", "stands twice"),
    (HEAD + "when:\n\ttext: a\n", "not valid YAML"),
    ("\ufeff" + HEAD + "when: {evnt: attack}\n", "did you mean “event”?"),
    (HEAD + "when: {quantity: {at_least: 5, if_given: no}}\n", "must be true or false, not “no”"),
    ("id: !!python/object/apply:os.system ['true']\n", "tags"),
    ("id: ${HOME}\ntitle: t\nstatus: shadow\nwhen: {text: a}\n", "small letters, digits and hyphens"),
    (HEAD + "when: {text: a}\ninclude: /etc/passwd\n", "unknown key “include”"),
    (HEAD + "when: {text: [" + "a, " * MANY + "]}\n", "10,000 values"),
    (HEAD + "when: {modality: [" + "x, " * 3_000 + "]}\n", f"more than {MOST_ISSUES} mistakes"),
    (HEAD + "".join(f"key{n}: 1\n" for n in range(3_000)), f"more than {MOST_ISSUES} mistakes"),
    (HEAD + "when: {any: [" + "{text: ab}, " * (MOST_CONDITIONS + 1) + "]}\n", "500 conditions"),
    (HEAD + "when: {any: [" + "{pattern: 'ab+c'}, " * (MOST_PATTERNS + 1) + "]}\n", "30 patterns"),
    (HEAD + f"when: {{pattern: '{'(a|b)' * 300}'}}\n", "longer than 1000 characters"),
    (HEAD + "when: {pattern: '(((a{1,100}){1,100}){1,100}){1,100}'}\n", "regular expression"),
    (HEAD + f"when: {{actor: {'x' * 100_000}}}\ntitle2: {'y' * 50_000}\n", "unknown key “title2”"),
    (HEAD + f"when: {{text: a}}\nheadline: '{'[' * 5_000}'\n", "may have 200 characters"),
    ("\x00" * 1_000, "not valid YAML"),
    ("a: \ud800\n", "half a character"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), HOSTILE, ids=[f"{row[1]} {n}" for n, row in enumerate(HOSTILE)])
def test_hostile_files(text: str, words: str) -> None:
    """Bombs, depth, size, tags and endless mistakes are refused soon, with a clear reason."""
    found = messages(text)
    assert any(words in message for message in found), found[:3]
    assert len(found) <= MOST_ISSUES + 1
    assert all(len(message) < 400 for message in found)


def test_the_costliest_rule_that_is_taken() -> None:
    """A rule as large as the limits allow is judged on an article in bounded time."""
    parts = ", ".join(f"{{text: ['*wort{n}*', 'satz{n}*']}}" for n in range(MOST_CONDITIONS // 2 - 1))
    patterns = ", ".join(f"{{pattern: '(x+x+)+y{n}'}}" for n in range(MOST_PATTERNS))
    rule, issues = load_rule(HEAD + f"when: {{any: [{parts}, {patterns}]}}\n", "r.yml")
    assert rule is not None, issues[:3]
    article = commitment()
    article.text += "\n" + "x" * 20_000
    began = time.process_time()
    assert match(rule, article.article, article.findings) == []
    assert time.process_time() - began < SOON


def test_files_that_are_none(tmp_path: Path) -> None:
    """Too large a file, a pipe, a folder and a broken link are told; no other file is the worse for it."""
    (tmp_path / "good.yml").write_text("id: good\ntitle: t\nstatus: shadow\nwhen: {text: Hafen}\n")
    (tmp_path / "large.yml").write_bytes(b"#" * (LARGEST + 1))
    (tmp_path / "latin.yml").write_bytes("title: Übung".encode("latin-1"))
    (tmp_path / "folder.yml").mkdir()
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "gone.yml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "zero.yml").symlink_to("/dev/zero")
    book, issues = load_folders([tmp_path])
    assert [rule.id for rule in book.rules] == ["good"]
    told = {Path(issue.place).name: issue.message for issue in issues}
    assert told["large.yml"].startswith("is larger than 1 MB")
    assert told["pipe.yml"] == told["folder.yml"] == told["zero.yml"] == "is no file"
    assert told["latin.yml"] == "cannot be read: not UTF-8 text"
    assert "No such file" in told["gone.yml"]


def test_ends_of_lines_and_marks_do_not_matter(tmp_path: Path) -> None:
    """A file saved on Windows, with a mark at its start, is the same rule."""
    text = "id: r\ntitle: t\nstatus: shadow\nwhen:\n  text: Hafen\n"
    for name, body in (("unix.yml", text), ("windows.yml", "\ufeff" + text.replace("\n", "\r\n"))):
        (tmp_path / name).write_bytes(body.encode())
    unix, windows = (text_of(tmp_path / name) for name in ("unix.yml", "windows.yml"))
    assert not isinstance(unix, Issue)
    assert not isinstance(windows, Issue)
    assert load_rule(unix, "r.yml") == load_rule(windows, "r.yml")


WORDS = st.sampled_from(
    [*KEYS, *CONDITION_KEYS, "attack", "decided", "DE", "NATO", "soldier", "at_least", "*", "(", "{x}"]
)
NUMBERS = st.integers(-3, 10**6) | st.floats(allow_nan=False)
SCALARS = st.none() | st.booleans() | NUMBERS | WORDS | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8))
def test_any_rule_is_read_or_refused(given_keys: dict[str, object]) -> None:
    """Whatever the values of known keys: a rule that can be judged, or issues with places."""
    text = json.dumps({"id": "r", "title": "t", "status": "shadow", "when": {"text": "Hafen"}} | given_keys)
    rule, issues = load_rule(text, "r.yml")
    assert rule is not None or any(issue.severity == "error" for issue in issues)
    assert all(issue.line >= 0 and issue.column >= 0 and issue.message for issue in issues)
    if rule is not None:
        match(rule, TOLD.article, TOLD.findings)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(CONDITION_KEYS), VALUES, min_size=1, max_size=4),
    st.none() | st.dictionaries(st.sampled_from(CONDITION_KEYS), VALUES, min_size=1, max_size=3),
)
def test_any_conditions_are_read_or_refused(when: dict[str, object], unless: object) -> None:
    """The same of conditions, nested as deep as they come."""
    made: dict[str, object] = {"id": "r", "title": "t", "status": "shadow", "when": when}
    rule, issues = load_rule(json.dumps(made | ({"unless": unless} if unless else {})), "r.yml")
    assert rule is not None or issues
    if rule is not None:
        match(rule, TOLD.article, TOLD.findings)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any text at all gives issues or a rule."""
    rule, issues = load_rule(text, "r.yml")
    assert rule is not None or issues
