"""What polling teaches of a source: its rhythm, its wishes, how it is. The store keeps it as it is given."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.ports.hubs import HubSubscription
from bot.ports.sources import SourceSettings, Validators


class SourceState(StrEnum):
    """How a source is; shown to people."""

    NEW = "new"  # never asked
    WELL = "well"
    SILENT = "silent"  # it answers, but brings nothing new for far longer than it used to
    FAILING = "failing"  # it is asked less and less often
    BROKEN = "broken"  # failing for so long that a person should look
    DISALLOWED = "disallowed"  # its robots.txt asks us not to
    GONE = "gone"  # 410: it rests


class Why(StrEnum):
    """Why a source is asked again just then; the words are with the words of the commands."""

    FIRST = "first"  # too little is known of its rhythm
    SET = "set"  # its configuration says so
    RHYTHM = "rhythm"  # how often it brings something
    SHORTEST = "shortest"  # its rhythm asks for more; the bound holds
    LONGEST = "longest"  # it brings little; the bound holds
    WISH = "wish"  # the feed asks for it: ttl, syndication
    CACHE = "cache"  # the server says that its answer holds so long: Cache-Control
    PUSHED = "pushed"  # a hub brings its news; it is asked to be sure
    RETRY_AFTER = "retry_after"  # the server says when it may be asked again
    FAILING = "failing"  # it failed; each time it is left alone longer
    OFFLINE = "offline"  # no network, or its host cannot be found
    DISALLOWED = "disallowed"  # its robots.txt asks us not to
    GONE = "gone"  # it says that it is gone for good


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What is known of a source from asking it.

    Attributes:
        arrivals: When its last entries were published, or came where they have no date; oldest first.
        items_per_day: How many it brings a day; None while too little is known.
        wish: How long the feed itself asks to be left alone, or None.
        interval: Between the last poll and the next, without jitter; None before the first.
        why: What decided the interval.
        state: How it is.
        since: Since when it is so; None before the first poll.
        failing_since: When the failures in a row began; None where the last poll succeeded.
        last_new: When it last brought something that was not there before.
        polled_new: The same, but only where a poll found it before a hub brought it.
        moved_to: Where its server last said that it moved for good.
        moves: How many polls in a row said so.
        follows: The address that is asked in place of the configured one, or None.
    """

    arrivals: tuple[datetime, ...] = ()
    items_per_day: float | None = None
    wish: timedelta | None = None
    interval: timedelta | None = None
    why: Why = Why.FIRST
    state: SourceState = SourceState.NEW
    since: datetime | None = None
    failing_since: datetime | None = None
    last_new: datetime | None = None
    polled_new: datetime | None = None
    moved_to: str | None = None
    moves: int = 0
    follows: str | None = None


@dataclass(frozen=True, kw_only=True)
class SourceDue:
    """A source whose time has come."""

    settings: SourceSettings
    validators: Validators
    failures: int
    first_fetch: bool
    last_success: datetime | None = None
    learnt: Learnt = field(default_factory=Learnt)
    hub: HubSubscription | None = None
