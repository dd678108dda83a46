"""Pages of told articles are looked at again, seldom."""

from datetime import timedelta

import pytest

from bot.article.model import Entry, Published
from bot.extraction.findings import Findings
from bot.pipeline.page_checks import PageChecker
from bot.pipeline.pages import PageReader
from bot.pipeline.poll import Poller
from bot.ports.alerts import Judged
from bot.ports.sources import Page, SourceSettings
from bot.ports.store import ArticleState
from tests.fakes.alerts import CONSOLE, alert, article_ref
from tests.fakes.clock import START, FakeClock
from tests.fakes.feeds import FakeFeeds
from tests.fakes.store import FakeStore

URL = "https://a.example/1"
TEXT = "Norwegen entsendet 150 Ausbilder nach Litauen. Das beschloss die Regierung am Montag."
HOUR = 3600


async def told() -> tuple[FakeStore, FakeClock, FakeFeeds, PageChecker]:
    """A store with one told article that was read from its page."""
    store, clock, feeds = FakeStore(), FakeClock(), FakeFeeds()
    source = SourceSettings(id="a", kind="feed", url="https://a.example/feed", name="A")
    await store.put_sources([source], clock.now())
    feeds.push("a", Entry(key="1", title="Ausbilder", link=URL, published=Published(at=START)))
    feeds.pages[URL] = Page(url=URL, text=TEXT)
    await Poller(store=store, fetcher=feeds, clock=clock).poll_due()
    await PageReader(store=store, fetcher=feeds, clock=clock).fetch_waiting()
    await read(store, clock)
    return store, clock, feeds, PageChecker(store=store, fetcher=feeds, clock=clock)


async def read(store: FakeStore, clock: FakeClock) -> None:
    """Read what waits, and tell it."""
    (item,) = await store.waiting(ArticleState.FETCHED, 9)
    found = alert(id=str(item.article.edited), article=article_ref(id=item.article.id))
    judged = Judged(alert=found, reason="new", push=True, destinations=(CONSOLE,))
    await store.record_judgement(item.article, Findings(lang="de"), [judged], story=None, now=clock.now())


async def test_a_page_is_looked_at_after_an_hour_and_after_twelve() -> None:
    """And not any more, whether it answers or not."""
    _, clock, feeds, checker = await told()
    looks = []
    feeds.page = noted = Noted(feeds)  # type: ignore[method-assign]
    for hour in range(48):
        await checker.check_due()
        looks += [hour] * len(noted.asked)
        noted.asked.clear()
        clock.advance(HOUR)
    assert looks == [1, 12]


class Noted:
    """Notes which pages are asked for."""

    def __init__(self, feeds: FakeFeeds) -> None:
        self.feeds, self.asked = feeds, list[str]()

    async def __call__(self, url: str) -> Page:
        """The page."""
        self.asked.append(url)
        return self.feeds.pages[url]


@pytest.mark.parametrize("modified", [None, START + timedelta(minutes=30), START - timedelta(hours=1)])
async def test_a_page_that_says_something_else_is_read_again(modified: object) -> None:
    """With the moment of change that it names, if that can be, else with the moment of the look."""
    store, clock, feeds, checker = await told()
    clock.advance(HOUR)
    changed = Published(at=modified) if modified else None  # type: ignore[arg-type]
    feeds.pages[URL] = Page(url=URL, text=TEXT.replace("150", "300"), modified=changed)
    assert await checker.check_due() == 1
    (item,) = await store.waiting(ArticleState.FETCHED, 9)
    right = changed if changed and changed.at > START else Published(at=clock.now())
    assert ("300" in item.article.text, item.article.edited) == (True, right)


async def test_two_changes_have_two_moments() -> None:
    """So that what is found in each can be told apart."""
    store, clock, feeds, checker = await told()
    for figure, wait in (("300", HOUR), ("500", 11 * HOUR)):
        clock.advance(wait)
        feeds.pages[URL] = Page(url=URL, text=TEXT.replace("150", figure))
        assert await checker.check_due() == 1
        await read(store, clock)
    (item,) = store.articles.values()
    first, second = item.history
    assert (first.edited, second.edited) == (None, Published(at=START + timedelta(hours=1)))
    assert item.article.edited == Published(at=START + timedelta(hours=12))


async def test_a_page_that_is_gone_changes_nothing() -> None:
    """What was read stays."""
    store, clock, feeds, checker = await told()
    feeds.pages.clear()
    clock.advance(HOUR)
    assert await checker.check_due() == 0
    assert [item.article.text for item in store.articles.values()] == [TEXT]
