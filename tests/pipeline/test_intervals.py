"""When a source is asked again, and why just then."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DisallowedError, GoneError, OfflineError, SourceError
from bot.pipeline.intervals import LONGEST_ASKED, Bounds, Plan, Wishes, after_failure, after_success, usual
from bot.ports.polling import Learnt, Why

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOUNDS = Bounds(shortest=timedelta(minutes=2), longest=timedelta(minutes=15))
FIVE = timedelta(minutes=5)
TIMES = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))


def every(gap: timedelta, number: int = 20, *, wish: timedelta | None = None) -> Learnt:
    """A source that brings something so often, the last time just now."""
    return Learnt(arrivals=tuple(NOW - gap * back for back in range(number, 0, -1)), wish=wish)


@pytest.mark.parametrize(
    ("learnt", "wishes", "interval", "why"),
    [
        (Learnt(), Wishes(), 5, Why.FIRST),
        (every(timedelta(minutes=20)), Wishes(), 5, Why.RHYTHM),
        (every(timedelta(minutes=1)), Wishes(), 2, Why.SHORTEST),
        (every(timedelta(hours=8)), Wishes(), 15, Why.LONGEST),
        (every(timedelta(minutes=20), wish=timedelta(minutes=10)), Wishes(), 10, Why.WISH),
        (every(timedelta(minutes=20), wish=timedelta(minutes=1)), Wishes(), 5, Why.RHYTHM),
        (every(timedelta(minutes=20), wish=timedelta(days=1)), Wishes(), 15, Why.WISH),
        (every(timedelta(minutes=20)), Wishes(max_age=timedelta(minutes=8)), 8, Why.CACHE),
        (every(timedelta(minutes=20)), Wishes(max_age=timedelta(seconds=30)), 5, Why.RHYTHM),
        (every(timedelta(minutes=20)), Wishes(pushed=True), 60, Why.PUSHED),
        (every(timedelta(minutes=20)), Wishes(set_to=timedelta(minutes=1)), 1, Why.SET),
        (every(timedelta(minutes=20)), Wishes(set_to=timedelta(hours=2), pushed=True), 120, Why.SET),
        (every(timedelta(minutes=1), wish=timedelta(hours=1)), Wishes(set_to=FIVE), 5, Why.SET),
    ],
)
def test_the_interval_and_its_reason(learnt: Learnt, wishes: Wishes, interval: float, why: Why) -> None:
    """What decides: a set interval, a hub, the rhythm, what feed and server ask for, the bounds."""
    plan = after_success(NOW, learnt, BOUNDS, wishes)
    assert plan == Plan(at=NOW + plan.interval, interval=timedelta(minutes=interval), why=why)


def test_a_source_that_rests_is_asked_less_often_by_itself() -> None:
    """The time since the last entry counts: what was news every ten minutes slows down over a night."""
    learnt = every(timedelta(minutes=10))
    day, night = (
        after_success(at, learnt, BOUNDS, Wishes()).interval for at in (NOW, NOW + timedelta(hours=8))
    )
    assert day == timedelta(minutes=2.5)
    assert day < night <= BOUNDS.longest


def test_bounds_that_leave_no_choice_set_the_interval() -> None:
    """One duration for all sources is asked for whatever a feed wishes."""
    fixed = Bounds(shortest=FIVE, longest=FIVE)
    plan = after_success(NOW, every(FIVE, wish=timedelta(hours=1)), fixed, Wishes())
    assert (plan.interval, plan.why) == (FIVE, Why.SET)


@pytest.mark.parametrize(("shortest", "longest"), [(10, 5), (0, 5)])
def test_bounds_the_wrong_way_round_are_refused(shortest: int, longest: int) -> None:
    """Nothing lies between them."""
    with pytest.raises(ValueError, match="shortest interval"):
        Bounds(shortest=timedelta(minutes=shortest), longest=timedelta(minutes=longest))


@pytest.mark.parametrize(
    ("error", "failures", "pause", "why"),
    [
        (SourceError("x"), 1, 5, Why.FAILING),
        (SourceError("x"), 2, 10, Why.FAILING),
        (SourceError("x"), 4, 40, Why.FAILING),
        (SourceError("x"), 20, 360, Why.FAILING),
        (SourceError("x", retry_after=1800), 1, 30, Why.RETRY_AFTER),
        (SourceError("x", retry_after=60), 5, 80, Why.FAILING),
        (SourceError("x", retry_after=10**9), 1, 1440, Why.RETRY_AFTER),
        (OfflineError("x"), 9, 5, Why.OFFLINE),
        (DisallowedError("x"), 1, 1440, Why.DISALLOWED),
        (GoneError("x"), 1, 7 * 1440, Why.GONE),
    ],
)
def test_failures_wait_longer_and_longer(error: SourceError, failures: int, pause: float, why: Why) -> None:
    """Doubling up to six hours; a server's wish up to a day; no doubling while we may be offline."""
    plan = after_failure(NOW, error, FIVE, failures=failures)
    assert (plan.at - NOW, plan.why) == (timedelta(minutes=pause), why)


@given(gap=TIMES, wish=TIMES, max_age=TIMES, jitter=st.floats(0, 1), number=st.integers(0, 40))
def test_the_interval_keeps_its_bounds_and_is_never_late(
    gap: timedelta, wish: timedelta, max_age: timedelta, jitter: float, number: int
) -> None:
    """Whatever is learnt and asked: within the bounds, and the rhythm's poll comes a tenth early at most."""
    plan = after_success(NOW, every(gap, number, wish=wish), BOUNDS, Wishes(max_age=max_age), jitter=jitter)
    assert BOUNDS.shortest <= plan.interval <= BOUNDS.longest
    if plan.why in (Why.WISH, Why.CACHE):
        assert plan.interval <= plan.at - NOW <= 1.1 * plan.interval
    else:
        assert 0.9 * plan.interval - timedelta(seconds=1) <= plan.at - NOW <= plan.interval


@given(asked=st.floats(0, 10**7), failures=st.integers(1, 10**6), jitter=st.floats(0, 1))
def test_no_failure_is_retried_before_the_server_allows_it(
    asked: float, failures: int, jitter: float
) -> None:
    """Retry-After is kept, up to a day."""
    plan = after_failure(NOW, SourceError("x", retry_after=asked), FIVE, failures=failures, jitter=jitter)
    assert plan.at - NOW >= min(timedelta(seconds=asked), LONGEST_ASKED)


@given(gap=TIMES, set_to=st.none() | st.just(timedelta(hours=3)))
def test_the_usual_interval_is_that_of_a_source_that_does_well(
    gap: timedelta, set_to: timedelta | None
) -> None:
    """Set where it is set, else by rhythm within the bounds."""
    found = usual(every(gap), BOUNDS, NOW, set_to)
    assert found == set_to or (set_to is None and BOUNDS.shortest <= found <= BOUNDS.longest)
