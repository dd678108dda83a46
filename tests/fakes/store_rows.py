"""What the store in memory is made of."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.alerts.collapse import Head
from bot.alerts.model import Alert
from bot.article.model import Article, Entry
from bot.extraction.findings import Findings
from bot.ports.editions import Edition
from bot.ports.holding import HeldFor
from bot.ports.polling import Learnt
from bot.ports.sources import SourceSettings, Validators
from bot.ports.store import ArticleState, DeliveryState, SourceStatus, Trouble


@dataclass(kw_only=True)
class FakeSource:
    """A source with its state."""

    settings: SourceSettings
    next_poll: datetime
    active: bool = True
    validators: Validators = field(default_factory=Validators)
    failures: int = 0
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    last_error: str | None = None
    note: str | None = None
    skipped: int = 0
    learnt: Learnt = field(default_factory=Learnt)


@dataclass(kw_only=True)
class FakeArticle:
    """An article with its state."""

    article: Article
    state: ArticleState
    created: datetime
    changed: datetime
    entry: Entry | None = None
    link: str | None = None
    push: bool = True
    attempts: int = 0
    reason: str = ""
    findings: Findings | None = None
    story: str | None = None
    read_at: datetime | None = None
    face: str | None = None
    twin: str | None = None
    history: list[Edition] = field(default_factory=list)
    check_at: datetime | None = None
    checks: int = 0

    @property
    def edition(self) -> int:
        """The number of the present one."""
        return len(self.history) + 1


@dataclass(kw_only=True)
class FakeAlert:
    """An alert with what was decided about it."""

    alert: Alert
    reason: str
    push: bool
    at: datetime


@dataclass(kw_only=True)
class FakeSubscription:
    """A channel shown at a destination; it lasts while one of the two wants it."""

    channel: str
    destination_id: str
    configured: bool = False
    asked: bool = False


@dataclass(kw_only=True)
class FakeDelivery:
    """An outbox row; `history` has the outcome of each attempt, None while it runs."""

    key: str
    alert: Alert
    destination_id: str
    due: datetime
    made: datetime
    changed: datetime
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    repeat: bool = False
    reason: str = ""
    message_id: str | None = None
    told_at: datetime | None = None
    shows: str = ""
    history: list[str | None] = field(default_factory=list)
    channel: str | None = None
    held: HeldFor | None = None
    editors_id: str | None = None
    told_in: str | None = None
    bundle: Head | None = None
    asks: bool = False


def place(settings: SourceSettings) -> tuple[str, str]:
    """What makes a source another one."""
    return settings.kind, settings.url


def merged(known: Validators, given: Validators) -> Validators:
    """The known validators with those that an unchanged feed names."""
    named = {name: value for name, value in vars(given).items() if value is not None}
    return replace(known, **named)


def final_state(article: Article) -> ArticleState:
    """Where an article begins whose text is final."""
    return ArticleState.FETCHED if article.text.strip() else ArticleState.EMPTY


def is_aside(item: FakeArticle) -> bool:
    """Whether it was set aside."""
    return item.state is ArticleState.SET_ASIDE


def article_trouble(item: FakeArticle) -> Trouble:
    """The line about an article set aside."""
    what = item.article.title or item.article.url or item.article.id
    return Trouble(kind="set_aside", what=what, why=item.reason, at=item.changed)


def delivery_trouble(row: FakeDelivery) -> Trouble:
    """The line about a delivery failed or unconfirmed."""
    more = f" +{row.bundle.total - 1}" if row.bundle else ""
    what = f"{row.alert.article.title or row.alert.rule_id}{more} → {row.destination_id}"
    return Trouble(kind=row.state, what=what, why=row.reason, at=row.changed)


def status(source: FakeSource, articles: int) -> SourceStatus:
    """The line about a source."""
    return SourceStatus(
        id=source.settings.id,
        name=source.settings.name,
        kind=source.settings.kind,
        url=source.settings.url,
        verified=source.last_success is not None,
        last_success=source.last_success,
        last_attempt=source.last_attempt,
        next_poll=source.next_poll,
        failures=source.failures,
        last_error=source.last_error,
        articles=articles,
        note=source.note,
        skipped=source.skipped,
        state=source.learnt.state,
        since=source.learnt.since,
        interval=source.learnt.interval,
        why=source.learnt.why,
        items_per_day=source.learnt.items_per_day,
        follows=source.learnt.follows,
        last_new=source.learnt.last_new,
    )
