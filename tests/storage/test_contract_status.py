"""What `StatusStore` promises, on the fake and the real store."""

from datetime import timedelta

from bot.ports.sources import Fetched
from bot.ports.store import ArticleState, Counts, SourceStatus, Store
from tests.storage.samples import LATER, NOW, article, entry, poll, source, tell


async def test_nothing_to_tell(store: Store) -> None:
    """A fresh store has nothing in any state, no lag and no troubles."""
    nothing = Counts(articles={}, deliveries={}, alerts=0, stories=0, lag=None)
    assert await store.counts(NOW) == nothing
    assert (await store.sources(), await store.troubles(10)) == ([], [])


async def test_source_line(store: Store) -> None:
    """A source tells when it was asked, what it gave and what went wrong last."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"), entry("2"))
    await store.record_failure("a", "HTTP 503", now=LATER, next_poll=LATER + timedelta(minutes=10))
    assert await store.sources() == [
        SourceStatus(
            id="a",
            name="A",
            kind="feed",
            url="https://a.example/feed",
            verified=True,
            last_success=NOW,
            last_attempt=LATER,
            next_poll=LATER + timedelta(minutes=10),
            failures=1,
            last_error="HTTP 503",
            articles=2,
        )
    ]


async def test_unverified_until_first_success(store: Store) -> None:
    """A source that has never succeeded is not verified; one that has stays so."""
    await store.put_sources([source()], NOW)
    await store.record_failure("a", "no address", now=NOW, next_poll=LATER)
    assert [(one.verified, one.last_success) for one in await store.sources()] == [(False, None)]
    await poll(store)
    assert [(one.verified, one.last_error) for one in await store.sources()] == [(True, None)]


async def test_active_sources_by_name(store: Store) -> None:
    """Only polled sources are listed, by name."""
    some = [source("a", name="Zeitung"), source("b", name="Amt"), source("c")]
    await store.put_sources(some, NOW)
    await store.put_sources(some[:2], NOW)
    assert [one.name for one in await store.sources()] == ["Amt", "Zeitung"]


async def test_odd_feed_is_told(store: Store) -> None:
    """What was odd about a feed stays on its line while the feed is unchanged."""
    await store.put_sources([source()], NOW)
    odd = Fetched(changed=True, note="read as Latin-1", skipped=3)
    for fetched in (odd, Fetched(changed=False)):
        await store.record_poll("a", fetched, now=NOW, next_poll=LATER, oldest_pushed=None)
    assert [(one.note, one.skipped) for one in await store.sources()] == [("read as Latin-1", 3)]
    await poll(store)
    assert [(one.note, one.skipped) for one in await store.sources()] == [(None, 0)]


async def test_lag_is_of_the_oldest_unread(store: Store) -> None:
    """The lag is that of the article that has waited longest, listed or fetched."""
    await store.put_article(article("a"), now=NOW)
    await store.put_article(article("b"), now=LATER)
    assert (await store.counts(LATER)).lag == 300
    await store.set_aside("a", "why", now=LATER)
    assert (await store.counts(LATER)).lag == 0


async def test_states_are_counted(store: Store) -> None:
    """Articles are counted by state."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"), entry("2"))
    await store.put_article(article(), now=NOW)
    await tell(store, "1")
    assert (await store.counts(NOW)).articles == {
        ArticleState.LISTED: 2,
        ArticleState.FETCHED: 1,
        ArticleState.READ: 1,
    }


async def test_newest_troubles_first(store: Store) -> None:
    """Troubles of every kind come newest first, as many as asked for."""
    await tell(store, "1")
    await tell(store, "2")
    await store.put_article(article(), now=NOW)
    await store.take_pending(NOW, 10)
    await store.record_unconfirmed("1:console", "timeout", now=NOW)
    await store.set_aside("x", "too long", now=NOW + timedelta(minutes=1))
    await store.record_not_sent("2:console", "gone", now=NOW + timedelta(minutes=2), retry_at=None)
    assert [one.kind for one in await store.troubles(10)] == ["failed", "set_aside", "unconfirmed"]
    assert [one.kind for one in await store.troubles(1)] == ["failed"]
