"""When people are reminded."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.stories.calendar_model import Status
from bot.stories.reminding import is_due, reminder_key
from tests.fakes.meetings import entry, version

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DUE = [
    # date, how long before, moment in Berlin, due
    ("2026-03-05T14:00", HOUR, (5, 12, 59), False),
    ("2026-03-05T14:00", HOUR, (5, 13, 0), True),
    ("2026-03-05T14:00", HOUR, (5, 13, 59), True),
    ("2026-03-05T14:00", HOUR, (5, 14, 0), False),
    ("2026-03-05T14:00", DAY, (4, 13, 59), False),
    ("2026-03-05T14:00", DAY, (4, 14, 0), True),
    ("2026-03-05", DAY, (4, 8, 59), False),
    ("2026-03-05", DAY, (4, 9, 0), True),
    ("2026-03-05", HOUR, (5, 8, 0), True),
    ("2026-03-05", HOUR, (5, 9, 0), False),
    ("2026-W11", DAY, (8, 9, 0), False),
    ("2026-03", DAY, (4, 9, 0), False),
]


@pytest.mark.parametrize(("date", "before", "moment", "due"), DUE)
def test_due(date: str, before: timedelta, moment: tuple[int, int, int], *, due: bool) -> None:
    """From so long before an event until it begins, by the clock of the place; a mere day begins at nine."""
    now = datetime(2026, 3, *moment, tzinfo=BERLIN)
    assert is_due(entry(version(date=date)), before, BERLIN, now) is due


def test_the_clock_of_the_place_counts() -> None:
    """An hour is that hour wherever the reader is, also on the day when clocks change."""
    meeting = entry(version(date="2026-03-29T09:00"))
    assert is_due(meeting, DAY, BERLIN, datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN))
    assert not is_due(meeting, HOUR, BERLIN, datetime(2026, 3, 29, 5, 59, tzinfo=UTC))
    assert is_due(meeting, HOUR, BERLIN, datetime(2026, 3, 29, 6, 0, tzinfo=UTC))
    assert is_due(meeting, HOUR, ZoneInfo("Asia/Tokyo"), datetime(2026, 3, 28, 23, 0, tzinfo=UTC))


def test_hours_pass_where_clocks_change() -> None:
    """Two hours before half past three are two though clocks leave one out; a day before is its hour."""
    meeting = entry(version(date="2026-03-29T03:30"))
    assert not is_due(meeting, 2 * HOUR, BERLIN, datetime(2026, 3, 28, 23, 29, tzinfo=UTC))
    assert is_due(meeting, 2 * HOUR, BERLIN, datetime(2026, 3, 28, 23, 30, tzinfo=UTC))
    assert not is_due(meeting, DAY, BERLIN, datetime(2026, 3, 28, 3, 29, tzinfo=BERLIN))
    assert is_due(meeting, DAY, BERLIN, datetime(2026, 3, 28, 3, 30, tzinfo=BERLIN))


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.PUT_OFF, Status.TOOK_PLACE])
def test_what_is_not_ahead_reminds_nobody(status: Status) -> None:
    """Called off, put off or over."""
    now = datetime(2026, 3, 5, 8, 30, tzinfo=BERLIN)
    assert not is_due(entry(version(), version(status=status)), HOUR, BERLIN, now)


def test_what_became_known_too_late_reminds_nobody() -> None:
    """The alert itself said so then; that its hour or place became known later is no matter."""
    now = datetime(2026, 3, 5, 8, 30, tzinfo=BERLIN)
    late = version(at=datetime(2026, 3, 5, 8, 10, tzinfo=BERLIN))
    assert not is_due(entry(late), HOUR, BERLIN, now)
    assert is_due(entry(version(), late), HOUR, BERLIN, now)
    moved = entry(version(date="2026-03-04"), late)
    assert not is_due(moved, HOUR, BERLIN, now)


def test_a_reminder_that_is_brought_forward() -> None:
    """It comes at that moment, unless the event became known only later."""
    night = entry(version(date="2026-03-05T05:00"))
    evening = datetime(2026, 3, 4, 21, 30, tzinfo=BERLIN)
    assert is_due(night, HOUR, BERLIN, evening, told=lambda _due, _begins: evening)
    late = entry(version(date="2026-03-05T05:00", at=evening + HOUR))
    assert not is_due(late, HOUR, BERLIN, evening + 2 * HOUR, told=lambda _due, _begins: evening)


def test_keys() -> None:
    """A moved event has another reminder, one whose hour became known has not; a day ahead is another one."""
    day, hour = entry(version()), entry(version(), version(date="2026-03-05T14:00"))
    moved = entry(version(), version(date="2026-03-06"))
    assert reminder_key(day, DAY) == reminder_key(hour, DAY)
    assert len({reminder_key(day, DAY), reminder_key(moved, DAY), reminder_key(day, HOUR)}) == 3
