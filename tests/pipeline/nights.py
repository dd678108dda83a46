"""A chat with hours of its own, in simulated time: alerts come in, and what it is sent when is noted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.alerts.model import Alert
from bot.alerts.routing import Channel
from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.pipeline.deliver import Deliverer
from bot.pipeline.dispatch import Dispatch
from bot.pipeline.release import Releaser
from bot.ports.alerts import Judged
from bot.ports.holding import Manner
from bot.ports.messenger import Destination, Message, Outcome, Sent
from bot.ports.store import Subscription
from bot.rules.model import Severity
from tests.fakes.alerts import alert, article_ref
from tests.fakes.clock import FakeClock
from tests.fakes.store import FakeStore

BERLIN = ZoneInfo("Europe/Berlin")
DESK = Destination(id="desk", kind="chat", address="1", lang="en", zone="Europe/Berlin")
EDITORS = Destination(id="editors", kind="chat", address="2", lang="en", zone="Europe/Berlin")


def at(text: str) -> datetime:
    """A local time in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@dataclass(kw_only=True)
class Chat:
    """Takes everything; `got` is what came when, edits left out."""

    clock: FakeClock
    got: list[tuple[str, Message]] = field(default_factory=list)
    edited: list[Message] = field(default_factory=list)

    async def send(self, message: Message) -> Outcome:
        """Take a message."""
        self.got.append((f"{self.clock.now().astimezone(BERLIN):%d %H:%M}", message))
        return Sent(id=f"m{len(self.got)}")

    async def edit(self, message: Message, message_id: str) -> Outcome:
        """Take an edit."""
        self.edited.append(message)
        return Sent(id=message_id)

    async def reconcile(self, message: Message) -> Outcome:
        """Nothing is ever cut off here."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Night:
    """A desk that gets channels in these manners, from this moment on."""

    manners: Mapping[str, Manner]
    start: str = "2026-03-02T20:00"
    store: FakeStore = field(default_factory=FakeStore)

    def __post_init__(self) -> None:
        """Set the clock."""
        self.clock = FakeClock(at(self.start))
        self.chat = Chat(clock=self.clock)

    async def open(self) -> "Night":
        """Subscribe the desk to all channels."""
        pairs = [Subscription(channel=name, destination=DESK) for name in self.manners]
        await self.store.put_subscriptions(pairs, self.clock.now())
        return self

    async def tell(self, name: str, severity: Severity = Severity.HIGH, **changes: object) -> Alert:
        """An alert comes in now."""
        about = article_ref(id=f"about-{name}")
        told = alert(id=name, severity=severity, article=about, key=name, **changes)
        dispatch = Dispatch(
            store=self.store,
            clock=self.clock,
            channels={one: Channel(name=one) for one in self.manners},
            manners=self.manners,
            zone=BERLIN,
        )
        judged = Judged(alert=told, reason="new", push=True, destinations=(DESK,))
        placed = await dispatch.placed([judged], "s1")
        article = Article(id=about.id, text="Text.")
        await self.store.record_judgement(
            article, Findings(lang="de"), placed, story="s1", now=self.clock.now()
        )
        await self.step()
        return told

    async def step(self) -> None:
        """What the loops do, by a bot that was started this very moment."""
        releaser = Releaser(store=self.store, clock=self.clock, manners=self.manners, zone=BERLIN)
        while await releaser.release_due():
            pass
        deliverer = Deliverer(store=self.store, messengers={"chat": self.chat}, clock=self.clock)
        while await deliverer.deliver_pending():
            pass

    async def until(
        self, moment: str, *, step: timedelta = timedelta(minutes=15), down: bool = False
    ) -> None:
        """Let time pass up to a moment; `down`: the bot only runs again then."""
        while self.clock.now() < at(moment):
            left = at(moment) - self.clock.now()
            self.clock.advance(min(step, left).total_seconds())
            if not down or self.clock.now() >= at(moment):
                await self.step()

    @property
    def said(self) -> list[tuple[str, str]]:
        """When what came: ids of alerts, those of a summary joined by `+`."""
        return [(moment, _said(message)) for moment, message in self.chat.got]


def _said(message: Message) -> str:
    if message.bundle is None:
        return message.alert.id
    return "+".join(told.id for told in message.bundle.alerts)
