import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.dates import parse_date

READ = [
    ("Mon, 02 Mar 2026 14:30:00 +0100", "2026-03-02T14:30:00+01:00"),
    ("Mon, 2 Mar 2026 14:30 GMT", "2026-03-02T14:30:00+00:00"),
    ("Mo, 02 Mär 2026 14:30:00 MESZ", "2026-03-02T14:30:00+02:00"),
    ("Mon, 02 Mar 2026 14:30:00 CET", "2026-03-02T14:30:00+01:00"),
    ("02 Mar 26 14:30 EST", "2026-03-02T14:30:00-05:00"),
    ("Monday, 02-Mar-26 14:30:00 GMT", "2026-03-02T14:30:00+00:00"),
    ("Mon, 02 Mar 2026 14:30:00 GMT (Coordinated Universal Time)", "2026-03-02T14:30:00+00:00"),
    ("2026-03-02T14:30:00.123Z", "2026-03-02T14:30:00+00:00"),
    ("2026-03-02T14:30+01:00", "2026-03-02T14:30:00+01:00"),
    ("2026-03-02T14:30:00+0530", "2026-03-02T14:30:00+05:30"),
    ("2026-03-02 14:30:00", "2026-03-02T14:30:00+00:00"),
    ("20260302T143000Z", "2026-03-02T14:30:00+00:00"),
    ("02.03.2026 14:30", "2026-03-02T14:30:00+00:00"),
    ("2. März 2026, 14:30 Uhr", "2026-03-02T14:30:00+00:00"),
    ("March 2, 2026", "2026-03-02"),
    ("2026-03-02", "2026-03-02"),
    ("Mon, 02 Mar 2026 24:00:00 GMT", "2026-03-03T00:00:00+00:00"),
    ("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00+00:00"),
]
UNREAD = [
    "",
    "yesterday",
    "03/02/2026",
    "2026-02-31",
    "Mon, 02 Mar 2026 25:00:00 GMT",
    "Mon, 02 Mar 2026 14:75:00 GMT",
    "Mon, 02 Mar 2026 14:30:00 XYZ",
    "Mon, 02 Foo 2026 14:30:00 GMT",
    "0000-01-01",
    "9999-12-31T24:00:00Z",
    "2026-03-02T14:30:00+99:00",
    "1" * 100,
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(text: str, expected: str) -> None:
    """A date keeps the offset it was written with; a day alone is not exact."""
    assert str(parse_date(text)) == expected


@pytest.mark.parametrize("text", UNREAD)
def test_not_guessed(text: str) -> None:
    """What is ambiguous, relative or impossible is no date."""
    assert parse_date(text) is None


@given(st.text(alphabet="0123456789-:.T +Zabceghijlmnoprtuvyä,()", max_size=40))
def test_any_text(text: str) -> None:
    """No text is an error."""
    parse_date(text)


@given(st.datetimes(timezones=st.timezones()))
def test_iso(at: object) -> None:
    """What Python writes as ISO 8601 is read as the same moment, to the second."""
    text = at.replace(microsecond=0).isoformat(timespec="seconds")  # type: ignore[attr-defined]
    read = parse_date(text)
    if read is not None:  # offsets of seconds, before 1900, are not read
        assert read.at.isoformat() == text.replace("Z", "+00:00")
