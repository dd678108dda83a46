"""When to ask a source again, and why just then: pure functions of what is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import DisallowedError, GoneError, OfflineError, SourceError
from bot.pipeline.rhythm import gap
from bot.ports.polling import Learnt, Why

SHARE = 0.25  # of the time between two entries: what is new is at most that old on the average feed
FIRST = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
LONGEST_ASKED = timedelta(days=1)  # a server that asks for more is asked again after a day
PUSHED = timedelta(hours=1)  # between polls of a feed whose hub brings its news
REST = timedelta(days=7)  # of what is gone: somebody may have said so by mistake
SPREAD = 0.1  # of an interval, over which polls are spread


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The least and the greatest time between two polls of one source that does well.

    Raises:
        ValueError: They are the wrong way round.
    """

    shortest: timedelta = timedelta(minutes=2)
    longest: timedelta = timedelta(minutes=15)

    def __post_init__(self) -> None:
        """Refuse bounds that hold nothing."""
        if not timedelta() < self.shortest <= self.longest:
            raise ValueError("the shortest interval must be above zero and not above the longest")

    @property
    def fixed(self) -> bool:
        """Whether they leave no choice."""
        return self.shortest == self.longest

    def kept(self, interval: timedelta) -> timedelta:
        """The nearest interval within the bounds."""
        return min(max(interval, self.shortest), self.longest)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What is asked for, beside the rhythm.

    Attributes:
        set_to: The interval that the configuration sets for this source.
        max_age: How long the server says that its answer holds.
        pushed: A hub brings the news.
    """

    set_to: timedelta | None = None
    max_age: timedelta | None = None
    pushed: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When to ask again, and why.

    Attributes:
        interval: Before it is spread.
    """

    at: datetime
    interval: timedelta
    why: Why


def after_success(
    now: datetime, learnt: Learnt, bounds: Bounds, wishes: Wishes, *, jitter: float = 0.0
) -> Plan:
    """After a poll that succeeded.

    A set interval wins over everything. Else it is the rhythm of the source, a hub's word that it brings the
    news, and at least as long as feed and server ask for, within the bounds. The poll comes up to a tenth
    earlier, so that sources do not march in step and no one is late; never earlier than was asked for.

    Args:
        now: When it was asked.
        learnt: What is known of it.
        bounds: The interval is within them.
        wishes: What is asked for.
        jitter: In 0..1.
    """
    if wishes.set_to is not None or bounds.fixed:
        return _early(now, wishes.set_to or bounds.shortest, Why.SET, jitter)
    if wishes.pushed:
        return _early(now, max(PUSHED, bounds.longest), Why.PUSHED, jitter)
    interval, why = _by_rhythm(gap(learnt, now), bounds)
    for asked, reason in ((learnt.wish, Why.WISH), (wishes.max_age, Why.CACHE)):
        if asked is not None and bounds.kept(asked) > interval:
            interval, why = bounds.kept(asked), reason
    if why in (Why.WISH, Why.CACHE):
        return Plan(at=now + interval * (1 + SPREAD * jitter), interval=interval, why=why)
    return _early(now, interval, why, jitter)


def after_failure(
    now: datetime, error: SourceError, usual: timedelta, *, failures: int, jitter: float = 0.0
) -> Plan:
    """After the `failures`-th failed poll in a row: doubling, never before the server allows it.

    Where our own network may be the trouble nothing is doubled: when it is back, nothing shall wait.

    Args:
        now: When it failed.
        error: Why.
        usual: The interval of the source when it does well.
        failures: Failed polls in a row, this one included, from 1.
        jitter: In 0..1.
    """
    pause, why = _pause(error, usual, failures)
    if error.retry_after is not None:
        asked = min(timedelta(seconds=error.retry_after), LONGEST_ASKED)
        if asked > pause:
            pause, why = asked, Why.RETRY_AFTER
    return Plan(at=now + pause * (1 + SPREAD * jitter), interval=pause, why=why)


def usual(learnt: Learnt, bounds: Bounds, now: datetime, set_to: timedelta | None) -> timedelta:
    """The interval of a source when it does well."""
    if set_to is not None:
        return set_to
    return _by_rhythm(gap(learnt, now), bounds)[0]


def _pause(error: SourceError, usual: timedelta, failures: int) -> tuple[timedelta, Why]:
    if isinstance(error, GoneError):
        return REST, Why.GONE
    if isinstance(error, DisallowedError):
        return max(LONGEST_ASKED, usual), Why.DISALLOWED
    if isinstance(error, OfflineError):
        return usual, Why.OFFLINE
    pause: timedelta = min(usual * 2 ** min(failures - 1, 10), max(LONGEST_PAUSE, usual))
    return pause, Why.FAILING


def _by_rhythm(mean: timedelta | None, bounds: Bounds) -> tuple[timedelta, Why]:
    if mean is None:
        return bounds.kept(FIRST), Why.FIRST
    wanted = mean * SHARE
    if wanted < bounds.shortest:
        return bounds.shortest, Why.SHORTEST
    if wanted > bounds.longest:
        return bounds.longest, Why.LONGEST
    return wanted, Why.RHYTHM


def _early(now: datetime, interval: timedelta, why: Why, jitter: float) -> Plan:
    return Plan(at=now + interval * (1 - SPREAD * jitter), interval=interval, why=why)
