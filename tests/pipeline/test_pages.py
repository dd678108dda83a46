"""What the page of an entry adds to its article, and what a second look at it gives."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.article.model import Article, Entry, Published
from bot.pipeline.page_checks import PageChecker
from bot.pipeline.pages import PageReader
from bot.ports.editions import PageCheck
from bot.ports.sources import Fetched, Page, SourceSettings
from bot.ports.store import ArticleState
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeeds
from tests.fakes.store import FakeStore

URL = "https://a.example/1"
SOURCE = SourceSettings(id="a", kind="feed", url="https://a.example/feed", name="A")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def fetched(entry: Entry, page: Page) -> Article:
    """The article of an entry after its page was fetched."""
    store, clock, feeds = FakeStore(), FakeClock(), FakeFeeds()
    feeds.pages[URL] = page
    await store.put_sources([SOURCE], clock.now())
    found = Fetched(changed=True, entries=(entry,))
    await store.record_poll("a", found, now=clock.now(), next_poll=clock.now(), oldest_pushed=None)
    await PageReader(store=store, fetcher=feeds, clock=clock).fetch_waiting()
    (waiting,) = await store.waiting(ArticleState.FETCHED, 9)
    return waiting.article


@pytest.mark.parametrize(("own", "expected"), [(None, "Bo Page"), ("Ann Feed", "Ann Feed")])
async def test_author(own: str | None, expected: str) -> None:
    """The feed names the author, else the page does."""
    entry = Entry(key="1", title="T", link=URL, summary="Kurz.", author=own)
    assert (await fetched(entry, Page(url=URL, text="Lang genug.", author="Bo Page"))).author == expected


@pytest.mark.parametrize("text", ["Ein Anfang, länger als die Zusammenfassung.", "Nur"])
async def test_teaser(text: str) -> None:
    """An article behind a wall says so, whether its text is that of the page or of the feed."""
    entry = Entry(key="1", title="T", link=URL, summary="Kurz, aber wichtig.")
    article = await fetched(entry, Page(url=URL, text=text, paywalled=True))
    assert article.paywalled
    assert article.text in ("Kurz, aber wichtig.", "Ein Anfang, länger als die Zusammenfassung.")


class Looks(FakeStore):
    """A store that keeps what a second look gave."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self._article_told = article
        self.looked: list[Article | None] = []

    async def pages_to_check(self, now: datetime, limit: int) -> list[PageCheck]:  # noqa: ARG002
        """The one article."""
        return [PageCheck(article=self._article_told, checks=0)]

    async def page_checked(self, article_id: str, page: Article | None, **moments: datetime | None) -> bool:
        """Keep it."""
        self.looked.append(page)
        return bool(article_id and moments)


@pytest.mark.parametrize(
    ("hours", "edited"), [(2, Published(at=NOON + timedelta(hours=2))), (-2, None), (None, None)]
)
async def test_moment_of_a_change(hours: int | None, edited: Published | None) -> None:
    """A page that was changed after it was published says when; else nobody does."""
    store, feeds = Looks(Article(id="1", text="Alt.", url=URL, published=Published(at=NOON))), FakeFeeds()
    modified = None if hours is None else Published(at=NOON + timedelta(hours=hours))
    feeds.pages[URL] = Page(url=URL, text="Neu.", modified=modified)
    await PageChecker(store=store, fetcher=feeds, clock=FakeClock()).check_due()
    assert [page.edited if page else "" for page in store.looked] == [edited]
