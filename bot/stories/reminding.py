"""When people are reminded of what is coming: a while before it begins, by the clock of their place."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.stories.calendar_model import CalendarEntry, Precision, Status, hour_of

DAY_BEGINS = time(9)  # of an event of which only the day is known
_EXACT = (Precision.TIME, Precision.DAY)

# When a reminder is told that is due at the one moment, of what begins at the other.
Told = Callable[[datetime, datetime], datetime]


def begins(entry: CalendarEntry, zone: tzinfo) -> datetime | None:
    """When an event begins; None where no more than its week or month is known."""
    if entry.precision not in _EXACT:
        return None
    hour = hour_of(entry.now.date) or DAY_BEGINS
    return datetime.combine(entry.days[0], hour, zone)


def is_due(
    entry: CalendarEntry,
    before: timedelta,
    zone: tzinfo,
    now: datetime,
    *,
    told: Told = lambda due, begins: due,  # noqa: ARG005 - the names say which is which
) -> bool:
    """Whether people are to be reminded now.

    Not of what was called off or has begun, and not of what became known later than the reminder would have
    come: the alert itself said it then.

    Args:
        entry: The event.
        before: How long before it.
        zone: Whose clock it goes by.
        now: The moment.
        told: Puts a reminder off, or brings it forward.
    """
    start = begins(entry, zone)
    if start is None or entry.now.status is not Status.AHEAD:
        return False
    due = _earlier(start, before)
    at = told(due, start)
    return at <= now < start and _known_since(entry) <= min(due, at)


def _earlier(start: datetime, before: timedelta) -> datetime:
    """Whole days before by the clock of the place, also where clocks change; hours as they pass."""
    days = timedelta(days=before.days)
    return (start - days).astimezone(UTC) - (before - days)


def _known_since(entry: CalendarEntry) -> datetime:
    """Since when its present day is known; an hour that became known later changes nothing."""
    since = entry.now.at
    for version in reversed(entry.versions):
        if version.date[:10] != entry.now.date[:10] or version.status is not Status.AHEAD:
            break
        since = version.at
    return since


def reminder_key(entry: CalendarEntry, before: timedelta) -> str:
    """Names a reminder for ever: of a moved event another one comes."""
    return f"reminder {entry.id} {entry.now.date[:10]} {int(before.total_seconds())}"
