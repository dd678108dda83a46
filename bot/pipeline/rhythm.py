"""What a poll teaches of a source: pure functions from what was known and what came to what is known now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.errors import DisallowedError, GoneError, OfflineError, SourceError
from bot.ports.polling import Learnt, SourceState
from bot.ports.sources import Fetched

MOST_ARRIVALS = 40
LOOK_BACK = timedelta(days=60)
ENOUGH = 3  # arrivals that make a rhythm
ENOUGH_FOR_SILENCE = 10  # before it may be called broken
SILENT_AT_LEAST = timedelta(hours=12)
SILENT_GAPS = 12  # mean gaps without anything
SILENT_LONGEST = 3  # times the longest gap: a press room rests at weekends, a broadcaster at night
BROKEN_AFTER = timedelta(hours=24)
BROKEN_FAILURES = 4
MOVES = 3  # polls in a row that must name the same new address
FAILURES_BACK = 5  # failures at an address that was followed, before the configured one is asked again
FIRST_PUSH = timedelta(hours=24)
LONG_AWAY = timedelta(days=3)


def gap(learnt: Learnt, now: datetime) -> timedelta | None:
    """The mean time between two entries up to now; None while too little is known.

    The time since the last one counts, so a source that rests is asked less often by itself.
    """
    if len(learnt.arrivals) < ENOUGH:
        return None
    return (now - learnt.arrivals[0]) / len(learnt.arrivals)


def after_success(known: Learnt, fetched: Fetched, now: datetime, *, pushed: bool = False) -> Learnt:
    """What is known after a poll that succeeded, or after a hub brought something.

    Args:
        known: What was known before.
        fetched: What came.
        now: When it came.
        pushed: A hub brought it: that says nothing of the address that is polled.
    """
    arrivals = _arrivals(known, fetched, now)
    came = arrivals != known.arrivals
    learnt = replace(
        known,
        arrivals=arrivals,
        items_per_day=_per_day(arrivals, now),
        wish=fetched.wish if fetched.changed else known.wish,
        failing_since=None,
        last_new=now if came else known.last_new or now,
        polled_new=now if came and not pushed else known.polled_new,
    )
    state = SourceState.SILENT if _is_silent(learnt, now) else SourceState.WELL
    return _in_state(learnt if pushed else _moved(learnt, fetched.moved_to), state, now)


def after_failure(known: Learnt, error: SourceError, now: datetime, *, failures: int, alone: bool) -> Learnt:
    """What is known after a poll that failed.

    Args:
        known: What was known before.
        error: Why it failed.
        now: The moment of the failure.
        failures: Failed polls in a row, this one included.
        alone: Other sources can be reached: it is not our own network.
    """
    since = known.failing_since or now
    learnt = replace(known, failing_since=since, moves=0, moved_to=None)
    if failures >= FAILURES_BACK:
        learnt = replace(learnt, follows=None)
    return _in_state(learnt, _failed_state(error, now - since, failures, alone=alone), now)


def oldest_pushed(now: datetime, last_success: datetime | None) -> datetime | None:
    """What was published before it is read, not pushed; None: everything is pushed.

    At the first fetch of a source that is news of more than a day. Who was away for longer than three days
    is told what is not older than that.
    """
    if last_success is None:
        return now - FIRST_PUSH
    return now - LONG_AWAY if now - last_success > LONG_AWAY else None


def _arrivals(known: Learnt, fetched: Fetched, now: datetime) -> tuple[datetime, ...]:
    """The last moments at which entries were published; of a feed without dates, when it changed."""
    if not fetched.changed or not fetched.entries:
        return known.arrivals
    dates = [entry.published or entry.updated for entry in fetched.entries]
    dated = [date.at for date in dates if date and date.exact and now - LOOK_BACK < date.at <= now]
    found = dated or [now]
    # A feed repeats what it said before; of one moment it may tell several things.
    return tuple(sorted((Counter(known.arrivals) | Counter(found)).elements())[-MOST_ARRIVALS:])


def _per_day(arrivals: Sequence[datetime], now: datetime) -> float | None:
    if len(arrivals) < ENOUGH:
        return None
    span = max(now - arrivals[0], timedelta(minutes=1))
    return round(len(arrivals) / (span / timedelta(days=1)), 2)


def _is_silent(learnt: Learnt, now: datetime) -> bool:
    """Whether it brings nothing for far longer than it used to."""
    if len(learnt.arrivals) < ENOUGH_FOR_SILENCE:
        return False
    gaps = [later - earlier for earlier, later in pairwise(learnt.arrivals)]
    mean = (learnt.arrivals[-1] - learnt.arrivals[0]) / len(gaps)
    usual = max(SILENT_AT_LEAST, SILENT_GAPS * mean, SILENT_LONGEST * max(gaps))
    return now - max(learnt.arrivals[-1], learnt.last_new or learnt.arrivals[-1]) > usual


def _moved(learnt: Learnt, moved_to: str | None) -> Learnt:
    """Follow a move that was named often enough in a row."""
    if moved_to is None:
        return replace(learnt, moved_to=None, moves=0)
    moves = learnt.moves + 1 if moved_to == learnt.moved_to else 1
    if moves < MOVES:
        return replace(learnt, moved_to=moved_to, moves=moves)
    return replace(learnt, moved_to=None, moves=0, follows=moved_to)


def _failed_state(error: SourceError, lasting: timedelta, failures: int, *, alone: bool) -> SourceState:
    if isinstance(error, GoneError):
        return SourceState.GONE
    if isinstance(error, DisallowedError):
        return SourceState.DISALLOWED
    ours = isinstance(error, OfflineError) and not alone
    if lasting >= BROKEN_AFTER and failures >= BROKEN_FAILURES and not ours:
        return SourceState.BROKEN
    return SourceState.FAILING


def _in_state(learnt: Learnt, state: SourceState, now: datetime) -> Learnt:
    """In a state since it is in it; what is broken stays so until it succeeds."""
    if learnt.state is SourceState.BROKEN and state is SourceState.FAILING:
        return learnt
    return learnt if learnt.state is state else replace(learnt, state=state, since=now)
