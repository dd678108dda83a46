"""What `ArticleStore` promises, on the fake and the real store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.article.model import Published
from bot.errors import StoreError
from bot.extraction.findings import Findings
from bot.ports.sources import Fetched
from bot.ports.store import ArticleState, Store
from tests.storage.samples import FULL, LATER, NOW, article, entry, poll, source

LISTED, FETCHED, READ, EMPTY = (
    ArticleState.LISTED,
    ArticleState.FETCHED,
    ArticleState.READ,
    ArticleState.EMPTY,
)


async def titles(store: Store, state: ArticleState, limit: int = 10) -> list[str | None]:
    """Titles of the waiting articles."""
    return [item.article.title for item in await store.waiting(state, limit)]


async def read(store: Store, name: str) -> None:
    """Mark a stored article as read."""
    await store.record_judgement(article(name), Findings(lang="de"), [], story=None, now=NOW)


async def test_articles_wait_in_order_of_coming(store: Store) -> None:
    """Articles wait in the order of their coming, as many as asked for, each in its own state."""
    for name in "cab":
        await store.put_article(article(name), now=NOW)
    assert await titles(store, FETCHED) == ["Title c", "Title a", "Title b"]
    assert await titles(store, FETCHED, limit=2) == ["Title c", "Title a"]
    assert await titles(store, LISTED) == []


async def test_oldest_of_a_poll_first(store: Store) -> None:
    """Of one poll the earliest published come first, undated ones last."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("new", 1), entry("undated"), entry("old", 5))
    assert await titles(store, LISTED) == ["Title old", "Title new", "Title undated"]


async def test_what_is_to_be_pushed_goes_first(store: Store) -> None:
    """A backlog that nobody will be told of does not hold up what will be pushed."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("old", 99, content=FULL), oldest_pushed=NOW)
    await store.put_article(article("fresh"), now=LATER)
    assert await titles(store, FETCHED) == ["Title fresh", "Title old"]


async def test_whole_article_comes_back_as_it_was(store: Store) -> None:
    """An article that came whole waits to be read, unchanged to the offset of its time, without an entry."""
    whole = article(text="Erster Absatz.\n\nZweiter: „Nein“ 😀.", demo=True)
    assert await store.put_article(whole, now=NOW)
    (item,) = await store.waiting(FETCHED, 10)
    assert (item.article, item.entry, item.push, item.attempts) == (whole, None, True, 0)
    assert str(item.article.published) == "2026-03-02T14:30:00+01:00"


@pytest.mark.parametrize("published", [None, "2026-03-02", "2026-03-02T00:00:00.5-09:30"])
async def test_published_keeps_its_exactness(store: Store, published: str | None) -> None:
    """A bare day stays a bare day, and an unknown time unknown."""
    when = Published.parse(published) if published else None
    await store.put_article(replace(article(), published=when), now=NOW)
    (item,) = await store.waiting(FETCHED, 10)
    assert item.article.published == when
    assert str(item.article.published) == str(when)


async def test_article_is_put_once(store: Store) -> None:
    """A known id is not stored again, whatever else is new."""
    assert await store.put_article(article(), now=NOW)
    assert not await store.put_article(article(text="Anderes."), now=LATER)
    (item,) = await store.waiting(FETCHED, 10)
    assert item.article == article()


@pytest.mark.parametrize("text", ["", " \n"])
async def test_whole_article_without_text(store: Store, text: str) -> None:
    """An article without text is stored as empty and waits for nothing."""
    assert await store.put_article(article(text=text), now=NOW)
    assert (await store.counts(NOW)).articles == {EMPTY: 1}
    assert (await store.counts(NOW)).lag is None


async def test_page_replaces_text(store: Store) -> None:
    """What the page gave takes the place of the teaser, and attempts begin anew."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"))
    (item,) = await store.waiting(LISTED, 10)
    await store.count_attempt(item.article.id, now=NOW)
    whole = replace(item.article, text="Die ganze Seite.", lang="de", published=Published.parse("2026-03-01"))
    await store.page_fetched(whole, now=NOW)
    (fetched,) = await store.waiting(FETCHED, 10)
    assert (fetched.article, fetched.attempts, fetched.entry) == (whole, 0, entry("1"))
    assert await titles(store, LISTED) == []


async def test_page_without_text(store: Store) -> None:
    """A page without text leaves an empty article."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"))
    (item,) = await store.waiting(LISTED, 10)
    await store.page_fetched(replace(item.article, text=""), now=NOW)
    assert (await store.counts(NOW)).articles == {EMPTY: 1}


async def test_late_page_changes_nothing(store: Store) -> None:
    """A page that comes twice, or after the reading, changes nothing."""
    await store.put_article(article(), now=NOW)
    await store.page_fetched(article(text="Später."), now=LATER)
    (item,) = await store.waiting(FETCHED, 10)
    assert item.article == article()
    await read(store, "x")
    await store.page_fetched(article(text="Später."), now=LATER)
    assert (await store.counts(NOW)).articles == {READ: 1}


async def test_two_pages_may_be_one(store: Store) -> None:
    """Two links of one source may lead to the same canonical page."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"), entry("2"))
    for item in await store.waiting(LISTED, 10):
        await store.page_fetched(replace(item.article, url="https://a.example/same", text="T"), now=NOW)
    assert (await store.counts(NOW)).articles == {FETCHED: 2}


async def test_attempts_count_from_one(store: Store) -> None:
    """Each attempt gets its number, and a waiting article tells how many there were."""
    await store.put_article(article(), now=NOW)
    assert [await store.count_attempt("x", now=NOW) for _ in range(3)] == [1, 2, 3]
    assert [item.attempts for item in await store.waiting(FETCHED, 10)] == [3]


async def test_set_aside(store: Store) -> None:
    """An article set aside waits no more and is listed with the reason."""
    await store.put_article(article(), now=NOW)
    await store.set_aside("x", "took longer than 30 s", now=LATER)
    assert await titles(store, FETCHED) == []
    (trouble,) = await store.troubles(10)
    assert (trouble.kind, trouble.what, trouble.why) == ("set_aside", "Title x", "took longer than 30 s")
    assert trouble.at == LATER


async def test_read_stays_read(store: Store) -> None:
    """An article that was read cannot be set aside afterwards."""
    await read(store, "x")
    await store.set_aside("x", "killed the reader", now=NOW)
    assert (await store.counts(NOW)).articles == {READ: 1}
    assert await store.troubles(10) == []


async def test_unknown_article(store: Store) -> None:
    """Steps of an article that the store does not know are errors."""
    with pytest.raises(StoreError, match="no article `x`"):
        await store.page_fetched(article(), now=NOW)
    with pytest.raises(StoreError, match="no article `x`"):
        await store.count_attempt("x", now=NOW)
    with pytest.raises(StoreError, match="no article `x`"):
        await store.set_aside("x", "why", now=NOW)


@pytest.mark.parametrize(("hours_old", "push"), [(23, True), (25, False), (None, True)])
async def test_undated_but_old(store: Store, hours_old: float | None, *, push: bool) -> None:
    """An undated article of a first fetch whose page is more than a day old is not pushed."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("a"), oldest_pushed=NOW - timedelta(days=1))
    (item,) = await store.waiting(LISTED, 1)
    published = None if hours_old is None else Published(at=NOW - timedelta(hours=hours_old))
    await store.page_fetched(replace(item.article, published=published), now=LATER)
    (item,) = await store.waiting(FETCHED, 1)
    assert item.push == push


async def test_undated_later(store: Store) -> None:
    """After the first fetch of a source an old page is pushed all the same: a guess must not hide news."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("a", 1))
    fetched = Fetched(changed=True, entries=(entry("b"),))
    await store.record_poll("a", fetched, now=LATER, next_poll=LATER, oldest_pushed=None)
    late = next(one for one in await store.waiting(LISTED, 2) if one.article.title == "Title b")
    await store.page_fetched(
        replace(late.article, published=Published(at=NOW - timedelta(days=9))), now=LATER
    )
    (item,) = await store.waiting(FETCHED, 1)
    assert item.push
