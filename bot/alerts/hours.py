"""When an alert may be told at a place: quiet hours, digests and hourly caps. Pure; all moments are aware.

Wall-clock times are turned into moments by the zone's own rules: a time that a spring change skips lies just
after the change, of one that an autumn change brings twice the first counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from apscheduler.triggers.cron import CronTrigger

from bot.rules.model import Severity

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
AHEAD = timedelta(minutes=30)  # so long before quiet hours comes what cannot wait for their end
MISSED = timedelta(hours=6)  # a digest that is later than this is told with the next one
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = r"([01]?\d|2[0-3]):([0-5]\d)"
_QUIET = re.compile(rf"{_TIME}\s*[-–]\s*{_TIME}")
_DIGEST = re.compile(rf"(?:daily|(?:weekly\s+)?({'|'.join(WEEKDAYS)}))\s+{_TIME}")


class Timing(StrEnum):
    """Why an alert is told now, or held; the first that holds, in this order."""

    CRITICAL = "critical"  # now: it passes everything
    DIGEST = "digest"  # with the next digest
    QUIET = "quiet"  # when the quiet hours end
    CAP = "cap"  # when the hour has room again
    OPEN = "open"  # now


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """From one time of the day to another, on the next day where that is not later."""

    start: time
    end: time

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, kw_only=True)
class DigestTimes:
    """Once a day, or once a week on `weekday` (0: Monday)."""

    at: time
    weekday: int | None = None

    def __str__(self) -> str:
        """As people write it."""
        return f"{'daily' if self.weekday is None else WEEKDAYS[self.weekday]} {self.at:%H:%M}"


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When a channel may be told at a place.

    Attributes:
        critical_at_once: Critical alerts pass a digest; quiet hours and caps they always pass.
        hourly: The most messages in any hour; what is above comes as one summary.
    """

    quiet: QuietHours | None = None
    digest: DigestTimes | None = None
    critical_at_once: bool = True
    hourly: int | None = None


@dataclass(frozen=True, kw_only=True)
class When:
    """The reason, and until when an alert is held; `until` None: it is told now."""

    timing: Timing
    until: datetime | None = None


def when(
    hours: Hours, severity: Severity, *, now: datetime, zone: tzinfo, recent: Sequence[datetime] = ()
) -> When:
    """Whether an alert is told now or held, and why.

    Args:
        hours: What holds for its channel at its place.
        severity: Of the alert.
        now: The moment.
        zone: Whose clock the hours speak of.
        recent: When the channel told something there within the last hour, oldest first.
    """
    critical = severity is Severity.CRITICAL
    if critical and (hours.critical_at_once or hours.digest is None):
        return When(timing=Timing.CRITICAL)
    if hours.digest:
        return When(timing=Timing.DIGEST, until=digest_after(hours, now, zone))
    end = quiet_until(hours.quiet, now, zone) if hours.quiet else None
    if end:
        return When(timing=Timing.QUIET, until=end)
    free = _room(hours.hourly, recent, now) if hours.hourly else None
    return When(timing=Timing.CAP, until=free) if free else When(timing=Timing.OPEN)


def quiet_until(quiet: QuietHours, now: datetime, zone: tzinfo) -> datetime | None:
    """The end of the quiet hours that the moment lies in, or None."""
    around = _quiet_around(quiet, now, zone)
    return around[1] if around else None


def reminded_at(quiet: QuietHours | None, due: datetime, begins: datetime, zone: tzinfo) -> datetime:
    """When a reminder is told: not in quiet hours.

    What begins in them, or before the first hour after them has passed, is told before they begin; all else
    when they end.

    Args:
        quiet: The quiet hours of the place, if it has any.
        due: When the reminder would come without them.
        begins: When what it reminds of begins.
        zone: Whose clock the hours speak of.
    """
    around = _quiet_around(quiet, due, zone) if quiet else None
    if around is None:
        return due
    start, end = around
    return start - AHEAD if begins < end + HOUR else end


def _quiet_around(quiet: QuietHours, now: datetime, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Beginning and end of the quiet hours that the moment lies in, or None."""
    today = now.astimezone(zone).date()
    for day in (today - DAY, today):
        start = _moment(day, quiet.start, zone)
        end = _moment(day if quiet.end > quiet.start else day + DAY, quiet.end, zone)
        if start <= now < end:
            return start, end
    return None


def next_digest(times: DigestTimes, now: datetime, zone: tzinfo) -> datetime:
    """The first moment after `now` at which a digest is due."""
    fields = {} if times.weekday is None else {"day_of_week": WEEKDAYS[times.weekday]}
    # Asked on a clock without changes: on one with them the trigger leaves out weeks around a change.
    trigger = CronTrigger(hour=times.at.hour, minute=times.at.minute, timezone=UTC, **fields)
    wall = now.astimezone(zone).replace(tzinfo=UTC) - DAY
    while True:
        wall = trigger.get_next_fire_time(None, wall + timedelta(microseconds=1))
        due = _moment(wall.date(), times.at, zone)
        if due > now:
            return due


def digest_after(hours: Hours, now: datetime, zone: tzinfo) -> datetime:
    """When the next digest is told: at its time, or when the quiet hours around that end."""
    if hours.digest is None:
        raise ValueError("these hours have no digest")
    due = next_digest(hours.digest, now, zone)
    return (quiet_until(hours.quiet, due, zone) if hours.quiet else None) or due


def is_missed(due: datetime, now: datetime) -> bool:
    """Whether a digest that was due while the bot was down is too late: it is told with the next one."""
    return now - due > MISSED


def overridden(hours: Hours, quiet: str | None, digest: str | None) -> Hours:
    """The hours with what a chat chose in their place, as it is written: `off`, or None for as they are."""
    if quiet is not None:
        hours = replace(hours, quiet=parse_quiet(quiet))
    return hours if digest is None else replace(hours, digest=parse_digest(digest))


def parse_quiet(text: str) -> QuietHours | None:
    """`22:00-07:00`; None where it is no such thing."""
    found = _QUIET.fullmatch(text.strip())
    if not found:
        return None
    start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    return QuietHours(start=start, end=end) if start != end else None


def parse_digest(text: str) -> DigestTimes | None:
    """`daily 07:30`, `mon 07:30` or `weekly mon 07:30`; None where it is no such thing."""
    found = _DIGEST.fullmatch(" ".join(text.lower().split()))
    if not found:
        return None
    weekday = WEEKDAYS.index(found[1]) if found[1] else None
    return DigestTimes(at=time(int(found[2]), int(found[3])), weekday=weekday)


def _moment(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _room(hourly: int, recent: Sequence[datetime], now: datetime) -> datetime | None:
    """When an hour that is full has room again; None: it has now."""
    lately = sorted(moment for moment in recent if now - moment < HOUR)
    return lately[-hourly] + HOUR if len(lately) >= hourly else None
