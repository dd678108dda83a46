"""Column types."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from bot.article.model import Published
from bot.storage.columns import Moment, PublishedText, storable

DIALECTS: list[Dialect] = [sqlite.dialect(), postgresql.dialect()]  # type: ignore[no-untyped-call]
MOMENTS = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2200, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(moment=MOMENTS)
def test_moments_come_back_in_utc(dialect: Dialect, moment: datetime) -> None:
    """A moment is the same after the round through either database, and in UTC."""
    again = Moment().process_result_value(Moment().process_bind_param(moment, dialect), dialect)
    assert again == moment
    assert again is not None
    assert again.tzinfo is UTC


def test_moment_without_zone() -> None:
    """A moment without a zone is refused, not guessed at."""
    with pytest.raises(ValueError, match="needs a zone"):
        Moment().process_bind_param(datetime(2026, 3, 2), DIALECTS[0])  # noqa: DTZ001 - the point


@pytest.mark.parametrize(
    "text", ["2026-03-02", "2026-03-02T14:30:00+01:00", "2026-03-02T00:00:00.500000-09:30"]
)
def test_published_keeps_its_form(text: str) -> None:
    """A published time is stored as the text it is known by."""
    stored = PublishedText().process_bind_param(Published.parse(text), DIALECTS[0])
    assert stored == text
    assert str(PublishedText().process_result_value(stored, DIALECTS[0])) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [("", ""), ("Käse 😀", "Käse 😀"), ("a\x00b\ud83d", "a\ufffdb\ufffd"), ("\ufffd\n\x1b", "\ufffd\n\x1b")],
)
def test_storable(text: str, stored: str) -> None:
    """Only what no database holds is replaced, character by character."""
    assert storable(text) == stored
