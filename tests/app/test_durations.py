"""Durations as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.durations import duration, spell


@given(st.integers(min_value=1, max_value=10**7))
def test_what_is_spelt_can_be_read(seconds: int) -> None:
    """Spelling and reading are inverse."""
    value = timedelta(seconds=seconds)
    assert duration(spell(value)) == value


@pytest.mark.parametrize("text", ["", "5", "m", "-5m", "0s", "5 minutes", "1.5h", "5mm"])
def test_other_spellings_are_refused(text: str) -> None:
    """What is no number with a unit, or zero, is refused with the form to write."""
    with pytest.raises(ValueError, match="such as `5m`"):
        duration(text)
