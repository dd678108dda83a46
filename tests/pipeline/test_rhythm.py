"""What polls teach of a source."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.model import Entry, Published
from bot.errors import DisallowedError, GoneError, OfflineError, SourceError
from bot.pipeline.rhythm import (
    LOOK_BACK,
    MOST_ARRIVALS,
    after_failure,
    after_success,
    gap,
    oldest_pushed,
)
from bot.ports.polling import Learnt, SourceState
from bot.ports.sources import Fetched

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SAME = Fetched(changed=False)
MOVED = Fetched(changed=False, moved_to="https://b.example/feed")
TROUBLE = SourceError("HTTP 503")


def entries(*hours_ago: float | None) -> Fetched:
    """A changed feed with entries of these ages; None has no date."""
    dates = [None if hours is None else Published(at=NOW - hours * HOUR) for hours in hours_ago]
    made = tuple(Entry(key=str(number), published=date) for number, date in enumerate(dates))
    return Fetched(changed=True, entries=made)


def regular(every: timedelta, number: int = 20) -> Learnt:
    """What is known of a source that brought something so often until now."""
    arrivals = tuple(NOW - every * back for back in range(number - 1, -1, -1))
    return Learnt(arrivals=arrivals, last_new=NOW, state=SourceState.WELL, since=NOW - DAY)


def polled(known: Learnt, *fetched: Fetched) -> Learnt:
    """What is known after these polls, a minute apart."""
    for number, one in enumerate(fetched):
        known = after_success(known, one, NOW + timedelta(minutes=number))
    return known


def failed(
    known: Learnt, error: SourceError, hours: float, failures: int = 9, *, alone: bool = True
) -> Learnt:
    """What is known when it still fails after so many hours."""
    known = after_failure(known, error, NOW, failures=1, alone=alone)
    return after_failure(known, error, NOW + hours * HOUR, failures=failures, alone=alone)


def test_the_first_feed_teaches_its_rhythm() -> None:
    """Four dated entries of the last eight hours are twelve a day, two hours apart."""
    learnt = after_success(Learnt(), entries(2, 4, 6, 8), NOW)
    assert (learnt.items_per_day, gap(learnt, NOW)) == (12.0, 2 * HOUR)


def test_what_a_feed_repeats_counts_once() -> None:
    """The same entries in the next poll change nothing; two of one moment are two."""
    once = polled(Learnt(), entries(2, 2, 4))
    assert polled(once, entries(2, 2, 4)).arrivals == once.arrivals
    assert len(once.arrivals) == 3


def test_a_feed_without_dates_is_known_by_its_changes() -> None:
    """Each changed poll is one arrival."""
    learnt = polled(Learnt(), entries(None), SAME, entries(None, None), entries(None))
    assert learnt.arrivals == tuple(NOW + timedelta(minutes=number) for number in (0, 2, 3))


def test_dates_from_the_future_and_of_long_ago_teach_nothing() -> None:
    """A clock that is ahead and an archive are no rhythm."""
    far = (LOOK_BACK + DAY) / HOUR
    assert after_success(Learnt(), entries(-5, far, 1), NOW).arrivals == (NOW - HOUR,)


def test_too_little_is_known_of_two_entries() -> None:
    """There is no rhythm in them."""
    learnt = after_success(Learnt(), entries(1, 2), NOW)
    assert (gap(learnt, NOW), learnt.items_per_day) == (None, None)


@given(st.lists(st.floats(-100, 5000), max_size=120))
def test_what_is_kept_is_bounded_and_in_order(ages: list[float]) -> None:
    """However much a feed brings."""
    arrivals = after_success(Learnt(), entries(*ages), NOW).arrivals
    assert list(arrivals) == sorted(arrivals)
    assert len(arrivals) <= MOST_ARRIVALS
    assert all(NOW - LOOK_BACK < moment <= NOW for moment in arrivals)


@pytest.mark.parametrize(
    ("every", "number", "hours", "state"),
    [
        (HOUR, 20, 11, SourceState.WELL),
        (HOUR, 20, 13, SourceState.SILENT),
        (timedelta(minutes=5), 40, 11, SourceState.WELL),
        (timedelta(minutes=5), 40, 13, SourceState.SILENT),
        (DAY, 20, 10 * 24, SourceState.WELL),
        (DAY, 20, 13 * 24, SourceState.SILENT),
        (HOUR, 5, 1000, SourceState.WELL),
    ],
)
def test_a_source_goes_silent_by_its_own_measure(
    every: timedelta, number: int, hours: float, state: SourceState
) -> None:
    """Twelve usual gaps, half a day at least; never while too little is known of it."""
    assert after_success(regular(every, number), SAME, NOW + hours * HOUR).state is state


def test_a_press_room_is_not_silent_at_a_weekend() -> None:
    """Its longest gap so far counts three times."""
    working = [
        NOW - 7 * DAY * week - day * DAY - hour * HOUR
        for week in (1, 0)
        for day in (4, 3)
        for hour in (5, 3, 1)
    ]
    learnt = replace(regular(DAY), arrivals=tuple(sorted(working)), last_new=working[-1])
    assert after_success(learnt, SAME, max(working) + 3 * DAY).state is SourceState.WELL


def test_something_new_ends_the_silence() -> None:
    """It is well again since then."""
    silent = after_success(regular(HOUR), SAME, NOW + 20 * HOUR)
    back = after_success(silent, entries(-20), NOW + 20 * HOUR)
    assert (back.state, back.since) == (SourceState.WELL, NOW + 20 * HOUR)


@pytest.mark.parametrize(
    ("error", "hours", "failures", "alone", "state"),
    [
        (TROUBLE, 23, 9, True, SourceState.FAILING),
        (TROUBLE, 25, 9, True, SourceState.BROKEN),
        (TROUBLE, 25, 2, True, SourceState.FAILING),
        (OfflineError("no way"), 25, 9, True, SourceState.BROKEN),
        (OfflineError("no way"), 25, 9, False, SourceState.FAILING),
        (TROUBLE, 25, 9, False, SourceState.BROKEN),
        (GoneError("HTTP 410"), 0, 1, True, SourceState.GONE),
        (DisallowedError("robots"), 0, 1, True, SourceState.DISALLOWED),
    ],
)
def test_a_source_breaks_after_a_day_of_failures(
    error: SourceError, hours: float, failures: int, state: SourceState, *, alone: bool
) -> None:
    """Not after a few, and not while nothing at all can be reached: that is our own network."""
    assert failed(regular(HOUR), error, hours, failures, alone=alone).state is state


def test_what_is_broken_stays_so_until_it_succeeds() -> None:
    """Another failure changes nothing; a success makes it well and forgets since when it failed."""
    broken = failed(regular(HOUR), TROUBLE, 25)
    later = after_failure(broken, TROUBLE, NOW + 30 * HOUR, failures=2, alone=True)
    assert (later.state, later.since) == (SourceState.BROKEN, broken.since)
    well = after_success(later, entries(-30), NOW + 31 * HOUR)
    assert (well.state, well.failing_since) == (SourceState.WELL, None)


def test_a_move_is_followed_after_three_polls_in_a_row() -> None:
    """Two are not enough, nor are three with another answer between them."""
    assert polled(Learnt(), MOVED, MOVED).follows is None
    assert polled(Learnt(), MOVED, MOVED, SAME, MOVED).follows is None
    assert polled(Learnt(), MOVED, MOVED, MOVED).follows == "https://b.example/feed"


def test_who_names_another_address_each_time_is_not_followed() -> None:
    """A server that sends every poll elsewhere did not move."""
    elsewhere = [replace(MOVED, moved_to=f"https://b.example/{number}") for number in range(9)]
    assert polled(Learnt(), *elsewhere).follows is None


def test_a_followed_address_that_fails_is_left_for_the_configured_one() -> None:
    """After five failures; before that it may be a bad hour."""
    followed = polled(Learnt(), MOVED, MOVED, MOVED)
    assert failed(followed, TROUBLE, 1, failures=4).follows == "https://b.example/feed"
    assert failed(followed, TROUBLE, 1, failures=5).follows is None


def test_a_failure_between_breaks_the_row_of_moves() -> None:
    """In a row means in a row."""
    known = after_failure(polled(Learnt(), MOVED, MOVED), TROUBLE, NOW, failures=1, alone=True)
    assert polled(known, MOVED).follows is None


@pytest.mark.parametrize(
    ("hours_away", "oldest"), [(None, 24), (1, None), (8, None), (71, None), (73, 72), (1000, 72)]
)
def test_what_is_too_old_to_be_pushed(hours_away: float | None, oldest: float | None) -> None:
    """A day at the first fetch, everything after a night away, three days after a long absence."""
    last = None if hours_away is None else NOW - hours_away * HOUR
    assert oldest_pushed(NOW, last) == (None if oldest is None else NOW - oldest * HOUR)
