"""Polling and pages: what is new is stored, what fails waits."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.article.model import Entry, Published
from bot.errors import SourceError
from bot.pipeline.intervals import Bounds
from bot.pipeline.pages import PageReader
from bot.pipeline.poll import Poller
from bot.ports.sources import Fetched, Page, SourceSettings, Validators
from bot.ports.store import ArticleState
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeeds
from tests.fakes.store import FakeStore

LONG = "Die Ministerin kündigte an, dass die Gespräche am Donnerstag beginnen. " * 8
FIVE = Bounds(shortest=timedelta(minutes=5), longest=timedelta(minutes=5))
A = SourceSettings(id="a", kind="feed", url="https://a.example/feed", name="A")
B = SourceSettings(id="b", kind="feed", url="https://b.example/feed", name="B")


def entry(key: str, clock: FakeClock, *, hours: float = 0, content: str | None = LONG) -> Entry:
    """An entry published some hours ago."""
    published = Published(at=clock.now() - timedelta(hours=hours))
    return Entry(key=key, title=key, link=f"https://a.example/{key}", published=published, content=content)


async def newsroom(*sources: SourceSettings) -> tuple[FakeStore, FakeClock, FakeFeeds, Poller]:
    """A poller over some sources, with no jitter."""
    store, clock, feeds = FakeStore(), FakeClock(), FakeFeeds()
    await store.put_sources(sources, clock.now())
    poller = Poller(store=store, fetcher=feeds, clock=clock, bounds=FIVE, jitter=lambda: 0.0)
    return store, clock, feeds, poller


async def test_a_new_entry_is_stored_once() -> None:
    """The same entry in the next poll is not new."""
    _, clock, feeds, poller = await newsroom(A)
    feeds.push("a", entry("1", clock))
    assert [polled.new for polled in await poller.poll_due()] == [1]
    clock.advance(300)
    feeds.push("a", entry("2", clock))
    assert [polled.new for polled in await poller.poll_due()] == [1]


async def test_a_source_is_asked_once_an_interval() -> None:
    """Before its interval is over a source is not due."""
    _, clock, _, poller = await newsroom(A)
    await poller.poll_due()
    clock.advance(299)
    assert await poller.poll_due() == []
    clock.advance(1)
    assert len(await poller.poll_due()) == 1


async def test_at_the_first_fetch_old_entries_are_read_but_not_pushed() -> None:
    """Entries older than 24 hours at a source's first fetch are marked; later ones are not."""
    store, clock, feeds, poller = await newsroom(A)
    feeds.push("a", entry("old", clock, hours=25), entry("fresh", clock, hours=1))
    await poller.poll_due()
    clock.advance(300)
    feeds.push("a", entry("late", clock, hours=30))
    await poller.poll_due()
    waiting = await store.waiting(ArticleState.FETCHED, 10)
    assert {item.article.title: item.push for item in waiting} == {"old": False, "fresh": True, "late": True}


async def test_a_failing_source_does_not_stop_the_others() -> None:
    """The failure is stored with its reason; the other source brings its news."""
    store, clock, feeds, poller = await newsroom(A, B)
    feeds.errors["a"] = SourceError("HTTP 503", retry_after=1200)
    feeds.push("b", entry("1", clock))
    polled = await poller.poll_due()
    assert sorted((one.source.id, one.new, str(one.error)) for one in polled) == [
        ("a", 0, "HTTP 503"),
        ("b", 1, "None"),
    ]
    failing = next(source for source in await store.sources() if source.id == "a")
    assert failing.last_error == "HTTP 503"
    assert failing.next_poll == clock.now() + timedelta(seconds=1200)


class SlowFeeds(FakeFeeds):
    """One source never answers until it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = asyncio.Event()

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Wait, if it is the slow one."""
        if source.id == "a":
            await self.answer.wait()
        return await super().fetch(source, known)


async def test_a_slow_source_is_not_asked_twice_and_holds_up_nobody() -> None:
    """While one source keeps silent, the next round asks the others and leaves it alone."""
    store, clock, feeds = FakeStore(), FakeClock(), SlowFeeds()
    await store.put_sources([A, B], clock.now())
    poller = Poller(store=store, fetcher=feeds, clock=clock, bounds=FIVE, jitter=lambda: 0.0)
    first = asyncio.create_task(poller.poll_due())
    await asyncio.sleep(0)
    clock.advance(300)
    for _ in range(3):
        await asyncio.sleep(0)
    second = await poller.poll_due()
    assert "a" not in {polled.source.id for polled in second}
    feeds.answer.set()
    assert {polled.source.id for polled in await first} == {"a", "b"}


async def test_a_listed_article_gets_the_text_of_its_page() -> None:
    """An entry with a teaser only is completed from its page."""
    store, clock, feeds, poller = await newsroom(A)
    feeds.push("a", entry("1", clock, content=None))
    feeds.pages["https://a.example/1"] = Page(url="https://a.example/1", text=LONG)
    await poller.poll_due()
    await PageReader(store=store, fetcher=feeds, clock=clock).fetch_waiting()
    assert [item.article.text for item in await store.waiting(ArticleState.FETCHED, 5)] == [LONG]


async def test_an_article_whose_page_is_gone_keeps_its_summary() -> None:
    """A page that cannot be fetched costs the page, not the article."""
    store, clock, feeds, poller = await newsroom(A)
    feeds.push("a", Entry(key="1", title="T", link="https://a.example/1", summary="Kurz, aber wichtig."))
    await poller.poll_due()
    await PageReader(store=store, fetcher=feeds, clock=clock).fetch_waiting()
    assert [item.article.text for item in await store.waiting(ArticleState.FETCHED, 5)] == [
        "Kurz, aber wichtig."
    ]


class MovingFeeds(FakeFeeds):
    """Every feed says that it moved for good; notes which addresses are asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Answer from the new address."""
        self.asked.append(source.url)
        fetched = await super().fetch(source, known)
        moved = None if source.url.endswith("/new") else f"{source.url}/new"
        return replace(fetched, moved_to=moved)


async def test_a_feed_that_moved_for_good_is_asked_where_it_is_now() -> None:
    """After three polls in a row that say so; its entries stay known, and the status shows where it is."""
    store, clock, feeds = FakeStore(), FakeClock(), MovingFeeds()
    await store.put_sources([A], clock.now())
    poller = Poller(store=store, fetcher=feeds, clock=clock, bounds=FIVE, jitter=lambda: 0.0)
    feeds.push("a", entry("1", clock))
    found = []
    for _ in range(5):
        found += [polled.new for polled in await poller.poll_due()]
        clock.advance(300)
    assert feeds.asked == [A.url] * 3 + [f"{A.url}/new"] * 2
    assert found == [1, 0, 0, 0, 0]
    assert [(source.url, source.follows) for source in await store.sources()] == [(A.url, f"{A.url}/new")]


async def test_after_a_night_away_everything_in_the_feeds_is_pushed() -> None:
    """Eight hours are caught up with; after a week what is older than three days is only read."""
    store, clock, feeds, poller = await newsroom(A)
    await poller.poll_due()
    clock.advance(8 * 3600)
    feeds.push("a", entry("7 hours", clock, hours=7), entry("40 hours", clock, hours=40))
    await poller.poll_due()
    clock.advance(7 * 86_400)
    feeds.push("a", entry("2 days", clock, hours=48), entry("5 days", clock, hours=120))
    await poller.poll_due()
    waiting = await store.waiting(ArticleState.FETCHED, 10)
    pushed = {item.article.title: item.push for item in waiting}
    assert pushed == {"7 hours": True, "40 hours": True, "2 days": True, "5 days": False}


async def test_the_next_look_comes_when_the_next_source_is_due() -> None:
    """Not later than asked for, not at once over and over; without sources as late as may be."""
    _, clock, _, poller = await newsroom(A, B)
    await poller.poll_due()
    assert await poller.until_due(1.0) == 1.0
    clock.advance(299.5)
    assert await poller.until_due(1.0) == 0.5
    clock.advance(10)
    assert 0 < await poller.until_due(1.0) < 0.1
    _, _, _, idle = await newsroom()
    assert await idle.until_due(1.0) == 1.0


class TiredFeeds(FakeFeeds):
    """Takes its time to answer."""

    def __init__(self, clock: FakeClock, seconds: float) -> None:
        super().__init__()
        self.clock, self.seconds = clock, seconds

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Answer after a while."""
        self.clock.advance(self.seconds)
        return await super().fetch(source, known)


@pytest.mark.parametrize(("took", "rest"), [(0, 300), (100, 200), (250, 150), (900, 150)])
async def test_an_interval_goes_from_poll_to_poll(took: float, rest: float) -> None:
    """What a server took counts, but half an interval is always left to it."""
    store, clock = FakeStore(), FakeClock()
    await store.put_sources([A], clock.now())
    poller = Poller(
        store=store, fetcher=TiredFeeds(clock, took), clock=clock, bounds=FIVE, jitter=lambda: 0.0
    )
    await poller.poll_due()
    assert await store.next_poll_at() == clock.now() + timedelta(seconds=rest)
