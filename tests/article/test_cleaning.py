import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.cleaning import clean_text, one_line

CLEANED = [
    ("\x1b[31mEilmeldung\x1b[0m", "Eilmeldung"),
    ("\x1b[2J\x1b[HKanzler tritt zurück", "Kanzler tritt zurück"),
    ("\x1b]0;gekapert\x07Rat tagt", "Rat tagt"),
    ("\x1b]8;;https://boese.example\x1b\\Hier\x1b]8;;\x1b\\", "Hier"),
    ("\x1bPq#0\x1b\\Bild", "Bild"),
    ("\x1bcNeustart", "Neustart"),
    ("\x9b31mRot", "Rot"),
    ("halb\x1b[", "halb"),
    ("a\x00b\x08c\x7fd", "abcd"),
    ("Er sagte: \x84Nein\x93", "Er sagte: „Nein“"),
    ("\u202eslatot\u202c Ende", "slatot Ende"),
    ("Bundes\u00adkanzler", "Bundeskanzler"),
    ("NA\u200bTO", "NATO"),
    ("\ufeffText", "Text"),
    ("P\u200dutin", "Putin"),
    ("500\u00a0Soldaten", "500 Soldaten"),
    ("30\u202f000\u2009Euro", "30 000 Euro"),
    ("Gro\u0308ße", "Größe"),
    ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
    ("a  \n\n\n\n  b", "a\n\nb"),
    ("kaputt \ud83d", "kaputt \ufffd"),
    ("Z" + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307", "\u0179\u0302\u0303\u0304"),
    ("klar\U000e0041\U000e0042", "klar"),
]
KEPT = [
    "Der Präsident sagte: „Wir gehen – vielleicht.“",
    "Family \U0001f468\u200d\U0001f469\u200d\U0001f467 here",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "می\u200cخواهم",
    "Heart \u2764\ufe0f",
    "a < b & c > d",
]


@pytest.mark.parametrize(("dirty", "clean"), CLEANED)
def test_cleaned(dirty: str, clean: str) -> None:
    """What does not print, hides or steers a terminal is gone; the words stay."""
    assert clean_text(dirty) == clean


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    """Ordinary text, emoji and scripts that need joiners are left as they are."""
    assert clean_text(text) == text


def test_one_line() -> None:
    """A title of several lines becomes one, cut at a word with an ellipsis."""
    assert one_line("Der\n  Rat\ttagt", 50) == "Der Rat tagt"
    assert one_line("The council meets in Brussels", 20) == "The council meets…"
    assert one_line("x" * 50, 10) == "x" * 9 + "…"


def test_limit() -> None:
    """A long text is cut at the end of a word."""
    text = clean_text("Wort " * 100, limit=52)
    assert text.endswith("Wort…")
    assert len(text) <= 52


@given(st.text(alphabet=st.characters(codec=None), max_size=200), st.integers(0, 60))
def test_any_text(text: str, limit: int) -> None:
    """Whatever comes in, nothing but printable characters and newlines within the limit comes out."""
    clean = clean_text(text, limit)
    assert len(clean) <= limit
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", clean)
    assert "\n" not in one_line(text, limit)


@given(st.text(max_size=200))
def test_idempotent(text: str) -> None:
    """Cleaning what is clean changes nothing."""
    assert clean_text(clean_text(text)) == clean_text(text)
