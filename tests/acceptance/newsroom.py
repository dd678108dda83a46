"""A harness: real store, real reading, real rules and console; fake clock and fake feed.

`push` publishes an article at a second of the test's time; `want` and `silent` say what must be on
the console between two seconds. Time moves in steps of one second, each doing what the running bot's
loops would do.
"""

import io
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.alerts.routing import Channel
from bot.app.replaying import ReaderHere
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.article.model import Entry, Published
from bot.pipeline.deliver import Deliverer
from bot.pipeline.intervals import Bounds
from bot.pipeline.judge import Judge
from bot.pipeline.pages import PageReader
from bot.pipeline.poll import Poller
from bot.platforms.console.journal import Journal
from bot.platforms.console.messenger import ConsoleMessenger
from bot.ports.messenger import Destination
from bot.ports.sources import SourceSettings
from bot.ports.store import Subscription
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from bot.stories.similarity import StoryIndex
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeeds

INTERVAL = 60  # seconds between polls
SOURCE = SourceSettings(id="wire", kind="feed", url="https://wire.example/feed", name="Drahtfunk")
CONSOLE = Destination(id="console:-", kind="console", address="-", lang="de", zone="Europe/Berlin")


@dataclass(kw_only=True)
class Newsroom:
    """A bot whose time a test holds in its hand; `shown` is what stood on the console at which second."""

    store: SqlStore
    clock: FakeClock
    feeds: FakeFeeds
    poller: Poller
    pages: PageReader
    judge: Judge
    deliverer: Deliverer
    console: io.StringIO
    second: int = 0
    busy: bool = True
    shown: list[tuple[int, str]] = field(default_factory=list)
    planned: list[tuple[int, Entry]] = field(default_factory=list)
    edits: list[tuple[int, Entry]] = field(default_factory=list)

    @classmethod
    async def open(cls) -> "Newsroom":
        """Set up the bot at second 0: Monday, 2 March 2026, noon UTC."""
        store, clock, feeds, console = await open_store(":memory:"), FakeClock(), FakeFeeds(), io.StringIO()
        rules = load_folders([standard_rules()])[0]
        await store.put_sources([SOURCE], clock.now())
        await store.put_subscriptions([Subscription(channel="all", destination=CONSOLE)], clock.now())
        bounds = Bounds(shortest=timedelta(seconds=INTERVAL), longest=timedelta(seconds=INTERVAL))
        return cls(
            store=store,
            clock=clock,
            feeds=feeds,
            console=console,
            poller=Poller(store=store, fetcher=feeds, clock=clock, bounds=bounds, jitter=lambda: 0.0),
            pages=PageReader(store=store, fetcher=feeds, clock=clock),
            judge=Judge(
                store=store,
                reader=ReaderHere(),
                clock=clock,
                rules=rules,
                channels={"all": Channel(name="all")},
                stories=StoryIndex(),
            ),
            deliverer=Deliverer(
                store=store,
                messengers={"console": ConsoleMessenger(console, Journal(None))},
                clock=clock,
            ),
        )

    async def close(self) -> None:
        """Let go of the store."""
        await self.store.close()

    def push(self, at: int, text: str, *, title: str = "Meldung", hours_old: float = 0) -> None:
        """Publish an article at a second."""
        published = Published(at=self.clock.now() + timedelta(seconds=at, hours=-hours_old))
        number = len(self.planned)
        entry = Entry(
            key=f"e{number}",
            title=title,
            link=f"https://wire.example/{number}",
            published=published,
            content="".join(f"<p>{line}</p>" for line in text.split("\n")),
        )
        self.planned.append((at, entry))

    def edit(self, at: int, text: str, *, number: int = 0, title: str = "Meldung") -> None:
        """Let the outlet change an article at a second."""
        old = self.planned[number][1]
        content = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        self.edits.append((at, replace(old, title=title, content=content)))

    async def run_until(self, second: int) -> None:
        """Let the bot work up to and including a second."""
        while self.second <= second:
            for at, entry in self.planned:
                if at == self.second:
                    self.feeds.push(SOURCE.id, entry)
            for at, entry in self.edits:
                if at == self.second:
                    self.feeds.edit(SOURCE.id, entry)
            await self._step()
            self.clock.advance(1)
            self.second += 1

    async def _step(self) -> None:
        polled = await self.poller.poll_due()
        if not polled and not self.busy:
            return  # nothing came and nothing was left: the other loops would only look
        handled = await self.pages.fetch_waiting() + await self.judge.judge_waiting()
        self.busy = bool(handled + await self.deliverer.deliver_pending())
        text = self.console.getvalue()
        self.console.seek(0)
        self.console.truncate()
        self.shown += [(self.second, alert) for alert in text.split("\n\n") if alert.strip()]

    async def want(self, between: tuple[int, int], *words: str) -> str:
        """Exactly one alert with all these words in the interval; returns it."""
        await self.run_until(between[1])
        found = [alert for alert in self._in(between) if all(word in alert for word in words)]
        assert len(found) == 1, f"wanted one alert with {words} in {between}, shown: {self.shown}"
        return found[0]

    async def silent(self, between: tuple[int, int]) -> bool:
        """Whether no alert at all was shown in the interval."""
        await self.run_until(between[1])
        return self._in(between) == []

    def _in(self, between: tuple[int, int]) -> list[str]:
        return [alert for second, alert in self.shown if between[0] <= second <= between[1]]
