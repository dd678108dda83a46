"""Numbers: figures with either separator, words, multipliers, ordinals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.numbers import numbers


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("de", "30.000", 30_000),
        ("en", "30,000", 30_000),
        ("de", "2,5", 2.5),
        ("en", "2.5", 2.5),
        ("de", "1.250,50", 1250.5),
        ("en", "1,250.50", 1250.5),
        ("de", "228.5", 228.5),
        ("de", "12 500", 12_500),
        ("de", "zweihundertfünfzig", 250),
        ("de", "dreihundertfünfundzwanzigtausend", 325_000),
        ("en", "three hundred and twenty thousand", 320_000),
        ("en", "twenty-four", 24),
        ("de", "anderthalb", 1.5),
        ("de", "zweieinhalb", 2.5),
        ("en", "one and a half", 1.5),
        ("de", "eine halbe Million", 500_000),
        ("en", "half a million", 500_000),
        ("de", "ein Dutzend", 12),
        ("en", "two dozen", 24),
        ("de", "2,5 Mio.", 2_500_000),
        ("en", "40bn", 40_000_000_000),
        ("de", "2 Billionen", 2_000_000_000_000),
        ("en", "2 trillion", 2_000_000_000_000),
        ("en", "16.4 million", 16_400_000),
    ],
)
def test_number(lang: str, text: str, value: float) -> None:
    """A number expression has one value; a German Billion is an English trillion."""
    assert numbers(lang).number(text) == value


@pytest.mark.parametrize("text", ["1.2.3", "17.03.2025", "1.000,5,5", "12,34.5.6", "9" * 40])
def test_no_number(text: str) -> None:
    """A figure whose separators make no sense is no number."""
    assert numbers("de").number(text) is None


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [("de", "zweiten", 2), ("de", "neunundzwanzigste", 29), ("de", "achter", 8), ("en", "twenty-first", 21)],
)
def test_ordinal(lang: str, text: str, value: int) -> None:
    """An ordinal has a value whatever its ending."""
    assert numbers(lang).ordinal(text) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_figures_are_read_as_written(value: int) -> None:
    """A whole number written with its language's groups is read back."""
    assert numbers("en").number(f"{value:,}") == value
    assert numbers("de").number(f"{value:,}".replace(",", ".")) == value
