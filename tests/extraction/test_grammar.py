"""Patterns over kinds of words."""

import pytest

from bot.extraction.grammar import Found, Grammar, spellings
from bot.extraction.words import split

WORDS = {"day": {"monday(|s)": 1, "Sun": 7}, "number": ["two", "ten"], "unit": ["hour(|s)"], "dash": ["-"]}


def grammar(**patterns: list[str]) -> Grammar:
    """A grammar of a few words; figures are numbers by their shape."""
    spec = {"words": WORDS, "parts": {"count": "number{1,2}+"}, "patterns": patterns}
    return Grammar(spec, {"figure": ["number"]}, lambda word: "figure" if word.isdigit() else None)


def finds(one: Grammar, text: str) -> list[str]:
    """The stretches that fit."""
    words = split(text)

    def read(found: Found) -> str:
        return words.between(found.start, found.end)

    return one.scan(words, one.spell(words), read)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("<day>", "on Monday, not on the sun, on Sun or SUN", ["Monday", "Sun", "SUN"]),
        ("<count> <unit>", "two hours, 5 hours, 5hours, two", ["two hours", "5 hours", "5hours"]),
        ("<count> ~ unit", "5 hours or 5hours", ["5hours"]),
        ("<count> dash? unit", "two-hour and two hour", ["two-hour", "two hour"]),
        ('"every" (day | unit)', "Every Monday, every hour, every day", ["Every Monday", "every hour"]),
        (
            "<count> unit",
            "two\nhours, ten\u00a0hours, ho\u00adurs ten ho\u00adurs",
            ["ten\u00a0hours", "ten ho\u00adurs"],
        ),
    ],
)
def test_notation(pattern: str, text: str, found: list[str]) -> None:
    """A pattern fits words of its kinds, in one line, whatever the white space or case."""
    assert finds(grammar(one=[pattern]), text) == found


def test_the_furthest_fit_that_makes_sense_wins() -> None:
    """A longer fit that its reader refuses gives way to a shorter one."""
    one = grammar(short=["<day>"], long=["<day> <unit>"])
    words = split("Monday hour")
    names: list[str] = []

    def read(found: Found) -> str | None:
        names.append(found.name)
        return found.name if found.name == "short" else None

    assert one.scan(words, one.spell(words), read) == ["short"]
    assert names == ["long", "short"]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("<day> nosuch", "no word, shape or part is called nosuch"),
        ("(day", "missing"),
        ("day )", "ends early"),
        ("day?", "fits nothing at all"),
        ("<day> <day>", "cannot be used"),
    ],
)
def test_wrong_pattern(pattern: str, message: str) -> None:
    """A mistake in a pattern is told when the grammar is built."""
    with pytest.raises(ValueError, match=message):
        grammar(one=[pattern])


def test_spellings() -> None:
    """Alternatives in brackets are spelled out."""
    assert spellings("(ge|be)ring(|e)") == ["gering", "geringe", "bering", "beringe"]
