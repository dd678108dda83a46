"""Quiet hours, digests and caps: when an alert is told, across midnight and the changes of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.hours import (
    HOUR,
    DigestTimes,
    Hours,
    QuietHours,
    Timing,
    When,
    digest_after,
    is_missed,
    next_digest,
    overridden,
    parse_digest,
    parse_quiet,
    quiet_until,
    when,
)
from bot.rules.model import Severity

BERLIN, KATHMANDU, NEW_YORK = (
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("America/New_York"),
)
ZONES = st.sampled_from([BERLIN, KATHMANDU, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
NIGHT = QuietHours(start=time(22), end=time(7))
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """A local time."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-03-02T21:59", None),
        ("2026-03-02T22:00", "2026-03-03T07:00"),
        ("2026-03-03T00:00", "2026-03-03T07:00"),
        ("2026-03-03T06:59", "2026-03-03T07:00"),
        ("2026-03-03T07:00", None),
        ("2026-03-28T23:00", "2026-03-29T07:00"),  # an hour shorter
        ("2026-10-24T23:00", "2026-10-25T07:00"),  # an hour longer
    ],
)
def test_a_night(now: str, end: str | None) -> None:
    """From ten in the evening to seven, also in the two nights in which Berlin changes its clocks."""
    assert quiet_until(NIGHT, at(now), BERLIN) == (at(end) if end else None)


def test_the_nights_of_the_changes_have_their_lengths() -> None:
    """Eight hours in spring, ten in autumn; nine always where no clock is changed."""
    for day, zone, hours in (
        ("2026-03-28", BERLIN, 8),
        ("2026-10-24", BERLIN, 10),
        ("2026-03-28", KATHMANDU, 9),
    ):
        start = at(f"{day}T22:00", zone)
        assert quiet_until(NIGHT, start, zone) == start + hours * HOUR


def test_a_day_off() -> None:
    """Quiet hours need not cross midnight."""
    lunch = QuietHours(start=time(12), end=time(14))
    assert quiet_until(lunch, at("2026-03-02T13:00"), BERLIN) == at("2026-03-02T14:00")
    assert quiet_until(lunch, at("2026-03-02T23:00"), BERLIN) is None


@given(start=TIMES, end=TIMES, now=MOMENTS, zone=ZONES)
def test_quiet_hours_end(start: time, end: time, now: datetime, zone: ZoneInfo) -> None:
    """The end lies ahead, at most a day and an hour, and nothing is held by them then."""
    quiet = QuietHours(start=start, end=end)
    found = quiet_until(quiet, now, zone)
    if start != end and found is not None:
        assert now < found <= now + 25 * HOUR
        assert quiet_until(quiet, found, zone) is None
        assert quiet_until(quiet, found - timedelta(microseconds=1), zone) == found


@given(
    start=TIMES,
    end=TIMES,
    now=MOMENTS,
    severity=st.sampled_from(Severity),
    cap=st.none() | st.just(1),
    zone=ZONES,
)
def test_a_reason_always(
    start: time, end: time, now: datetime, severity: Severity, cap: int | None, zone: ZoneInfo
) -> None:
    """Critical ones pass; what is held is held until later, and everything else goes now."""
    hours = Hours(quiet=QuietHours(start=start, end=end), hourly=cap)
    found = when(hours, severity, now=now, zone=zone, recent=[now - HOUR / 2])
    if severity is Severity.CRITICAL:
        assert found == When(timing=Timing.CRITICAL)
    assert (found.until is None) == (found.timing in (Timing.CRITICAL, Timing.OPEN))
    assert found.until is None or found.until > now


@pytest.mark.parametrize(
    ("times", "now", "due"),
    [
        ("daily 07:30", "2026-03-02T07:29", "2026-03-02T07:30"),
        ("daily 07:30", "2026-03-02T07:30", "2026-03-03T07:30"),
        ("mon 07:30", "2026-03-02T08:00", "2026-03-09T07:30"),
        ("daily 07:30", "2026-03-28T12:00", "2026-03-29T07:30"),
        ("daily 07:30", "2026-10-24T12:00", "2026-10-25T07:30"),
        ("daily 02:30", "2026-03-28T12:00", "2026-03-29T03:30"),  # half past two is skipped
        ("daily 02:30", "2026-03-29T03:10", "2026-03-29T03:30"),
        ("mon 00:00", "2026-03-23T01:00", "2026-03-30T00:00"),  # the night after the change
        ("daily 02:30", "2026-10-24T12:00", "2026-10-25T02:30"),  # comes twice: the first
    ],
)
def test_digests(times: str, now: str, due: str) -> None:
    """At its local time, on both sides of both changes of Berlin's clocks."""
    found = parse_digest(times)
    assert found
    assert next_digest(found, at(now), BERLIN) == at(due)


def test_an_hour_that_comes_twice_has_one_digest() -> None:
    """Between the two times half past two the next digest is tomorrow's."""
    found = parse_digest("daily 02:30")
    assert found
    first = next_digest(found, at("2026-10-24T12:00"), BERLIN)
    assert next_digest(found, first, BERLIN) == at("2026-10-26T02:30")


def test_a_zone_without_summer_time() -> None:
    """Kathmandu's digest comes every 24 hours."""
    found = parse_digest("daily 07:30")
    assert found
    due = next_digest(found, at("2026-03-28T12:00", KATHMANDU), KATHMANDU)
    assert due == at("2026-03-29T07:30", KATHMANDU)
    assert next_digest(found, due, KATHMANDU) == due + 24 * HOUR


@given(moment=TIMES, weekday=st.none() | st.integers(0, 6), now=MOMENTS, zone=ZONES)
def test_every_digest_comes(moment: time, weekday: int | None, now: datetime, zone: ZoneInfo) -> None:
    """One a day or a week, an hour early or late at most when clocks change, on its day."""
    times = DigestTimes(at=moment, weekday=weekday)
    first = next_digest(times, now, zone)
    second = next_digest(times, first, zone)
    period = timedelta(days=1 if weekday is None else 7)
    assert now < first <= now + period + HOUR
    assert period - HOUR <= second - first <= period + HOUR
    assert weekday in (None, first.astimezone(zone).weekday())


def test_a_digest_in_the_quiet_hours_waits_for_their_end() -> None:
    """Both hold: the later moment."""
    hours = Hours(quiet=NIGHT, digest=DigestTimes(at=time(6)))
    assert digest_after(hours, at("2026-03-02T12:00"), BERLIN) == at("2026-03-03T07:00")


@pytest.mark.parametrize(("hours", "missed"), [(0, False), (6, False), (6.1, True), (48, True)])
def test_a_digest_that_was_missed(hours: float, missed: bool) -> None:  # noqa: FBT001 - a column of the table
    """Some hours late it is still told, later with the next one."""
    assert is_missed(NOON, NOON + hours * HOUR) is missed


@pytest.mark.parametrize(
    ("severity", "at_once", "wanted"),
    [
        (Severity.CRITICAL, True, Timing.CRITICAL),
        (Severity.CRITICAL, False, Timing.DIGEST),
        (Severity.HIGH, True, Timing.DIGEST),
    ],
)
def test_critical_passes_a_digest(severity: Severity, at_once: bool, wanted: Timing) -> None:  # noqa: FBT001 - as above
    """Unless the channel wants it in the digest too."""
    hours = Hours(digest=DigestTimes(at=time(7)), critical_at_once=at_once)
    assert when(hours, severity, now=NOON, zone=BERLIN).timing is wanted


@pytest.mark.parametrize(
    ("minutes", "until"),
    [([], None), ([10], None), ([50, 10], 10), ([70, 50], None), ([59, 50, 10], 10), ([50, 40, 30], 20)],
)
def test_caps(minutes: list[int], until: int | None) -> None:
    """Two an hour: with two in the last sixty minutes there is room when the second last is an hour old."""
    recent = [NOON - timedelta(minutes=ago) for ago in minutes]
    found = when(Hours(hourly=2), Severity.HIGH, now=NOON, zone=BERLIN, recent=recent)
    assert found.until == (NOON + timedelta(minutes=until) if until else None)


def test_what_a_chat_chose() -> None:
    """Its own words win; `off` takes away, None leaves."""
    hours = Hours(quiet=NIGHT, digest=DigestTimes(at=time(7)))
    assert overridden(hours, None, None) == hours
    assert overridden(hours, "off", "mon 08:00") == Hours(digest=DigestTimes(at=time(8), weekday=0))


@pytest.mark.parametrize("text", ["22:00-07:00", "9:05 - 17:00", "22:00–7:00"])
def test_quiet_hours_are_read_back(text: str) -> None:
    """What is printed is read as the same."""
    found = parse_quiet(text)
    assert found
    assert parse_quiet(str(found)) == found


@pytest.mark.parametrize("text", ["", "22-7", "24:00-07:00", "22:00", "07:00-07:00", "22:60-07:00"])
def test_what_is_no_quiet_hours(text: str) -> None:
    """Nor are hours that begin when they end."""
    assert parse_quiet(text) is None


@pytest.mark.parametrize("text", ["daily 07:30", "mon 7:30", "weekly sun 23:59", "DAILY  07:30"])
def test_digests_are_read_back(text: str) -> None:
    """What is printed is read as the same."""
    found = parse_digest(text)
    assert found
    assert parse_digest(str(found)) == found


@pytest.mark.parametrize("text", ["", "07:30", "weekly 07:30", "monthly 07:30", "mon", "daily 25:00"])
def test_what_is_no_digest(text: str) -> None:
    """A week needs its day."""
    assert parse_digest(text) is None
