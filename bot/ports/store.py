"""The store: what survives. Every method is one transaction; a failed one leaves nothing behind.

All moments are timezone-aware UTC, but `Published`, which keeps its offset.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.article.model import Article, Entry
from bot.ports.access import AccessStore
from bot.ports.alerts import AlertStore
from bot.ports.archive import ArchiveStore
from bot.ports.calendar import CalendarStore
from bot.ports.channels import ChannelStore
from bot.ports.editions import EditionStore
from bot.ports.firsts import FirstStore
from bot.ports.hubs import HubStore
from bot.ports.ledger import LedgerStore
from bot.ports.messenger import Destination, Message
from bot.ports.notices import NoticeStore
from bot.ports.pauses import Pause, PauseStore
from bot.ports.polling import Learnt, SourceDue, SourceState, Why
from bot.ports.rules import RuleStore
from bot.ports.sources import Fetched, SourceSettings
from bot.ports.stories import StoryStore


class ArticleState(StrEnum):
    """Where an article is on its way."""

    LISTED = "listed"  # its entry is known; its page is still to be fetched
    FETCHED = "fetched"  # its text is in the store; still to be read
    READ = "read"  # read and judged; its alerts, if any, are in the outbox
    EMPTY = "empty"  # it has no text to read
    SET_ASIDE = "set_aside"  # the reader could not; listed in the status, not tried again


class DeliveryState(StrEnum):
    """Where one alert for one destination is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # permanently; listed
    UNCONFIRMED = "unconfirmed"  # perhaps sent; listed
    HELD = "held"  # waits for its hour
    AWAITING = "awaiting"  # waits for an editor
    GATHERED = "gathered"  # the message of a summary tells it
    SUPERSEDED = "superseded"  # a newer state was told in its place
    DROPPED = "dropped"  # an editor kept it back, or it was taken back before it left


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An article that waits for its next step.

    Attributes:
        push: False for what was old at the first fetch of its source: read, not pushed.
        attempts: Tries of this step so far, the current one not counted.
    """

    article: Article
    entry: Entry | None
    push: bool
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """Ties a channel to a destination."""

    channel: str
    destination: Destination


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One outbox row that the worker took.

    Attributes:
        edits: `Sent.id` of the message that is out and has to say what the alert says now; None: nothing is
            out yet, send it.
        due: Since when it waited; given back as `retry_at` it keeps its place before later ones.
        attempts: Tries since the last one that got through, the current one not counted.
        repeats: How many of them may have got through.
        reason: Why the last try failed, or None.
    """

    message: Message
    state: DeliveryState
    due: datetime
    attempts: int
    repeats: int = 0
    reason: str | None = None
    edits: str | None = None


@dataclass(frozen=True, kw_only=True)
class SourceStatus:
    """One line of `depesche status`.

    Attributes:
        verified: A poll of it has ever succeeded.
        articles: How many of its articles the store holds.
        note: Where the feed was odd but usable at its last change, or None.
        skipped: Broken entries left out at its last change.
        state: How it is, since `since`.
        interval: Between its last poll and the next; None before the first.
        why: What decided the interval.
        items_per_day: How many entries it brings a day; None while too little is known.
        follows: The address that is asked in place of `url`, because the feed moved for good.
        last_new: When it last brought something.
    """

    id: str
    name: str
    kind: str
    url: str
    verified: bool
    last_success: datetime | None
    last_attempt: datetime | None
    next_poll: datetime
    failures: int
    last_error: str | None
    articles: int
    note: str | None = None
    skipped: int = 0
    state: SourceState = SourceState.NEW
    since: datetime | None = None
    interval: timedelta | None = None
    why: Why = Why.FIRST
    items_per_day: float | None = None
    follows: str | None = None
    last_new: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The numbers of `depesche status`.

    Attributes:
        articles: By state; a state without articles is left out, as below.
        alerts: How many alerts were pushed, updates not counted.
        lag: Seconds the oldest article has waited to be read; None if none waits.
    """

    articles: dict[ArticleState, int]
    deliveries: dict[DeliveryState, int]
    alerts: int
    stories: int
    lag: float | None


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Something listed for a person.

    Attributes:
        kind: `set_aside` (an article), `failed` or `unconfirmed` (a delivery).
    """

    kind: str
    what: str
    why: str
    at: datetime


class SourceStore(Protocol):
    """Sources and their polling."""

    async def put_sources(self, sources: Sequence[SourceSettings], now: datetime) -> None:
        """Make these the polled sources: new ones are due now, known ones keep their state, others rest.

        A known one that moved to another URL or kind is as new; its articles stay known.
        """
        ...

    async def due_sources(self, now: datetime, limit: int) -> Sequence[SourceDue]:
        """Sources with `next_poll_at <= now`, longest due first."""
        ...

    async def source_with_token(self, token: str) -> SourceDue | None:
        """The polled source whose subscription at a hub has this token, due or not."""
        ...

    async def next_poll_at(self) -> datetime | None:
        """When the next source is due; None without sources."""
        ...

    async def record_poll(
        self,
        source_id: str,
        fetched: Fetched,
        *,
        now: datetime,
        next_poll: datetime,
        oldest_pushed: datetime | None,
        learnt: Learnt | None = None,
    ) -> int:
        """Store new entries and the validators in one transaction; return how many were new.

        An entry whose key, canonical link, or title and moment of publication the source already had is not
        new. Where such an entry says other words than before, what the article said becomes an edition and
        the article is read again; where only its date of change moved on, its page is looked at again.
        A link that one feed
        gives to entries of different titles tells nothing apart and has no page of its own. New ones become
        articles: `fetched` where the entry brings its full text, `listed` where a page is to be fetched,
        `empty` without text and page. Entries published before `oldest_pushed` are marked as not to be
        pushed. The validators of a changed feed replace the known ones; an unchanged one replaces only
        those it names. What was learnt stays unless more is given.

        Raises:
            StoreError: The source is unknown.
        """
        ...

    async def record_failure(
        self,
        source_id: str,
        reason: str,
        *,
        now: datetime,
        next_poll: datetime,
        learnt: Learnt | None = None,
    ) -> None:
        """Count a failed poll; its validators stay, and what was learnt unless more is given."""
        ...


class ArticleStore(Protocol):
    """Articles on their way to being read."""

    async def waiting(self, state: ArticleState, limit: int) -> Sequence[Waiting]:
        """Articles in `listed` or `fetched`: those to be pushed first, the earliest published first.

        Undated ones, and what is dated ahead, count as published when they came.
        """
        ...

    async def put_article(self, article: Article, *, now: datetime) -> bool:
        """Store an article that came whole (replay, check); False if its id is known."""
        ...

    async def page_fetched(self, article: Article, *, now: datetime) -> None:
        """Replace a listed article's text by what its page gave; it is `fetched`, or `empty` without text.

        Changes nothing in any other state, or where the article was changed since it was given out.
        Attempts are counted anew for the next step. One that was read before and says the same words on its
        page is `read` as it was. An undated one of the first fetch of its source that turns out to have been
        a day old when it came is not pushed.
        """
        ...

    async def count_attempt(self, article_id: str, *, now: datetime) -> int:
        """Note that a step begins; return its number from 1. Lets a killer article be found after a crash.

        Raises:
            StoreError: The article is unknown; as in the other methods that name one.
        """
        ...

    async def set_aside(self, article_id: str, reason: str, *, now: datetime) -> None:
        """The article is not tried again; it is listed with the reason. One already read stays read."""
        ...


class OutboxStore(Protocol):
    """Deliveries. What was recorded as sent stays so, whatever is recorded later, until an update.

    A row whose message is out and that is pending again is an edit: its message gets the newest state of its
    alert. A row of an update waits until the row of the alert that it updates, if its destination has one, is
    neither pending nor being sent; it then answers the message of that row, if it is out.

    The methods that take a key raise StoreError where it is unknown.
    """

    async def put_subscriptions(self, subscriptions: Sequence[Subscription], now: datetime) -> None:
        """Make these the subscriptions that come from the configuration; known destinations are updated.

        What chats subscribed to stays.
        """
        ...

    async def subscriptions(self) -> Sequence[Subscription]:
        """All subscriptions."""
        ...

    async def take_pending(
        self, now: datetime, limit: int, *, destination: str | None = None
    ) -> Sequence[Delivery]:
        """Mark due pending rows as `sending`, commit, and return them, longest due first.

        Those of the destination with this id, or of all. Rows of paused destinations wait. A row is handed
        to one caller only. Each take is one attempt in the history of deliveries.
        """
        ...

    async def waiting_destinations(self, now: datetime) -> Sequence[Destination]:
        """Destinations that have due rows and no pause, the longest due first."""
        ...

    async def left_sending(self) -> Sequence[Delivery]:
        """Rows found in `sending` at the start: a crash lies between call and record.

        Their messages say that they may be repeats; those that are edited do not.
        """
        ...

    async def record_sent(self, key: str, message_id: str, *, now: datetime) -> None:
        """The message is out; pauses of its destination that are over are forgotten.

        Where the alert was updated meanwhile, the row is pending again at once.
        """
        ...

    async def record_not_sent(
        self,
        key: str,
        reason: str,
        *,
        now: datetime,
        retry_at: datetime | None,
        pause: Pause | None = None,
    ) -> None:
        """Back to pending until `retry_at`, or `failed` where it is None; put the pause, if one is given.

        A message whose edit failed is left alone from then on: updates of it come by themselves.

        A pause replaces the one its scope has, but never ends before it.
        """
        ...

    async def move_destination(self, destination_id: str, address: str) -> None:
        """The platform named a new address. It stays though the configuration names the old one again."""
        ...

    async def give_up(self, scope: str, reason: str, *, before: datetime, now: datetime) -> int:
        """Fail the pending rows in the scope of a pause that were made before then; return how many."""
        ...

    async def repeat(self, key: str, reason: str, *, now: datetime, retry_at: datetime) -> None:
        """Nobody knows whether it is out: pending again until then; its message says it may be a repeat."""
        ...

    async def record_unconfirmed(self, key: str, reason: str, *, now: datetime) -> None:
        """Nobody knows; it is listed."""
        ...


class StatusStore(Protocol):
    """What `depesche status` shows."""

    async def sources(self) -> Sequence[SourceStatus]:
        """All active sources by name."""
        ...

    async def counts(self, now: datetime) -> Counts:
        """The numbers."""
        ...

    async def troubles(self, limit: int) -> Sequence[Trouble]:
        """What a person should look at, newest first."""
        ...


class Store(
    SourceStore,
    ArticleStore,
    AlertStore,
    OutboxStore,
    PauseStore,
    AccessStore,
    StatusStore,
    ChannelStore,
    FirstStore,
    ArchiveStore,
    NoticeStore,
    RuleStore,
    EditionStore,
    HubStore,
    LedgerStore,
    CalendarStore,
    StoryStore,
    Protocol,
):
    """All of it, as one database gives it."""

    async def upkeep(self) -> None:
        """Tidy up what may be tidied while the bot runs; called once a night."""
        ...

    async def close(self) -> None:
        """Let go of the database."""
        ...
