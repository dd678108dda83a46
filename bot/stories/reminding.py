"""When people are reminded of what is coming: a while before it begins, by the clock of their place."""

from datetime import datetime, time, timedelta, tzinfo

from bot.stories.calendar_model import CalendarEntry, Precision, Status, hour_of

DAY_BEGINS = time(9)  # of an event of which only the day is known
_EXACT = (Precision.TIME, Precision.DAY)


def begins(entry: CalendarEntry, zone: tzinfo) -> datetime | None:
    """When an event begins; None where no more than its week or month is known."""
    if entry.precision not in _EXACT:
        return None
    hour = hour_of(entry.now.date) or DAY_BEGINS
    return datetime.combine(entry.days[0], hour, zone)


def is_due(entry: CalendarEntry, before: timedelta, zone: tzinfo, now: datetime) -> bool:
    """Whether people are to be reminded now.

    Not of what was called off or has begun, and not of what became known later than the reminder would have
    come: the alert itself said it then.
    """
    start = begins(entry, zone)
    if start is None or entry.now.status is not Status.AHEAD:
        return False
    return start - before <= now < start and _known_since(entry) <= start - before


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
