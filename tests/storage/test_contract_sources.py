"""What `SourceStore` promises, on the fake and the real store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.article.identity import article_id
from bot.article.model import Published
from bot.errors import StoreError
from bot.ports.sources import Fetched, Validators
from bot.ports.store import ArticleState, Store
from tests.storage.samples import FULL, LATER, NOW, entry, poll, source

LISTED, FETCHED, EMPTY = ArticleState.LISTED, ArticleState.FETCHED, ArticleState.EMPTY


async def put(store: Store, *names: str) -> None:
    """Poll these sources."""
    await store.put_sources([source(name) for name in names], NOW)


async def due(store: Store, limit: int = 10) -> list[str]:
    """The sources due five minutes later."""
    return [one.settings.id for one in await store.due_sources(LATER, limit)]


async def test_new_sources_are_due_now(store: Store) -> None:
    """A new source is due at once, with nothing known and its first fetch ahead."""
    await put(store, "a")
    (one,) = await store.due_sources(NOW, 10)
    assert (one.settings, one.validators, one.failures, one.first_fetch) == (
        source("a"),
        Validators(),
        0,
        True,
    )
    assert await store.next_poll_at() == NOW


async def test_no_sources(store: Store) -> None:
    """Without sources nothing is ever due."""
    assert await store.next_poll_at() is None
    assert await due(store) == []


async def test_sources_left_out_rest(store: Store) -> None:
    """A source that is not put again rests, and comes back with the state it had."""
    await put(store, "a", "b")
    await store.record_failure("b", "HTTP 503", now=NOW, next_poll=LATER)
    await put(store, "a")
    assert await due(store) == ["a"]
    await put(store, "a", "b")
    (_, back) = await store.due_sources(LATER, 10)
    assert (back.settings.id, back.failures) == ("b", 1)


async def test_renamed_source_keeps_state(store: Store) -> None:
    """A known source takes its new name and keeps its validators and its time."""
    await put(store, "a")
    known = Validators(etag='"1"', last_modified="Mon, 02 Mar 2026 11:00:00 GMT", body_hash="ff")
    await store.record_poll(
        "a", Fetched(changed=True, validators=known), now=NOW, next_poll=LATER, oldest_pushed=None
    )
    await store.put_sources([source("a", name="Anzeiger")], NOW)
    (one,) = await store.due_sources(LATER, 10)
    assert (one.settings.name, one.validators, one.first_fetch) == ("Anzeiger", known, False)
    assert await store.next_poll_at() == LATER


@pytest.mark.parametrize("change", [{"url": "https://b.example/feed"}, {"kind": "demo"}])
async def test_moved_source_is_as_new(store: Store, change: dict[str, str]) -> None:
    """A source at another address is due at once, with nothing known of the old one."""
    await put(store, "a")
    await poll(store, entry("1"))
    await store.put_sources([source("a", **change)], NOW)
    (one,) = await store.due_sources(NOW, 10)
    assert (one.first_fetch, one.validators) == (True, Validators())
    assert await poll(store, entry("1")) == 0


async def test_longest_due_first(store: Store) -> None:
    """Sources come longest due first, as many as asked for, and none whose time lies ahead."""
    await put(store, "a", "b", "c", "d")
    for name, minutes in {"a": 3, "b": 1, "c": 2, "d": 9}.items():
        when = NOW + timedelta(minutes=minutes)
        await store.record_failure(name, "timeout", now=NOW, next_poll=when)
    assert await due(store) == ["b", "c", "a"]
    assert await due(store, limit=2) == ["b", "c"]
    assert await store.next_poll_at() == NOW + timedelta(minutes=1)


async def test_failures_add_up_and_keep_validators(store: Store) -> None:
    """Each failure counts, validators stay, and a success counts from zero again."""
    await put(store, "a")
    known = Validators(etag='"1"')
    fetched = Fetched(changed=True, validators=known)
    await store.record_poll("a", fetched, now=NOW, next_poll=NOW, oldest_pushed=None)
    await store.record_failure("a", "HTTP 503", now=NOW, next_poll=NOW)
    await store.record_failure("a", "HTTP 503", now=NOW, next_poll=NOW)
    (one,) = await store.due_sources(NOW, 10)
    assert (one.failures, one.validators, one.first_fetch) == (2, known, False)
    await poll(store)
    assert [one.failures for one in await store.due_sources(LATER, 10)] == [0]


async def test_unchanged_feed_keeps_unnamed_validators(store: Store) -> None:
    """An unchanged feed replaces only the validators it names."""
    await put(store, "a")
    first = Fetched(changed=True, validators=Validators(etag='"1"', body_hash="ff"))
    again = Fetched(changed=False, validators=Validators(etag='"2"'))
    for fetched in (first, again):
        await store.record_poll("a", fetched, now=NOW, next_poll=NOW, oldest_pushed=None)
    (one,) = await store.due_sources(NOW, 10)
    assert one.validators == Validators(etag='"2"', body_hash="ff")


async def test_changed_feed_replaces_all_validators(store: Store) -> None:
    """A changed feed without validators leaves none behind."""
    await put(store, "a")
    first = Fetched(changed=True, validators=Validators(etag='"1"', body_hash="ff"))
    await store.record_poll("a", first, now=NOW, next_poll=NOW, oldest_pushed=None)
    await poll(store)
    assert [one.validators for one in await store.due_sources(LATER, 10)] == [Validators()]


async def test_unknown_source(store: Store) -> None:
    """A poll of a source that the store does not know is an error, not lost silently."""
    with pytest.raises(StoreError, match="no source `a`"):
        await poll(store, entry("1"))
    with pytest.raises(StoreError, match="no source `a`"):
        await store.record_failure("a", "timeout", now=NOW, next_poll=LATER)


async def test_entry_is_new_once(store: Store) -> None:
    """An entry whose key the source had is not new, even with another title and link."""
    await put(store, "a")
    assert await poll(store, entry("1"), entry("2")) == 2
    assert await poll(store, entry("1", title="Other", link="https://a.example/other"), entry("3")) == 1


async def test_entry_known_by_link(store: Store) -> None:
    """An entry with another key but the canonical link of a known one is not new."""
    await put(store, "a")
    await poll(store, entry("1"))
    assert await poll(store, entry("9", link="HTTPS://A.example:443/1?utm_source=feed#top")) == 0


async def test_sources_do_not_share_entries(store: Store) -> None:
    """The same key and link at two sources are two articles."""
    await put(store, "a", "b")
    assert await poll(store, entry("1")) == 1
    assert await poll(store, entry("1"), source_id="b") == 1


async def test_doubled_entry_in_one_poll(store: Store) -> None:
    """Of two entries with one key, or one link and title, in one feed the first stays."""
    await put(store, "a")
    same_key = entry("1"), entry("1", title="Second", link="https://a.example/x")
    same_link = entry("2"), entry("3", title="Title 2", link="https://a.example/2")
    assert await poll(store, *same_key, *same_link) == 2
    titles = {item.article.title for item in await store.waiting(LISTED, 10)}
    assert titles == {"Title 1", "Title 2"}


async def test_link_of_a_live_page(store: Store) -> None:
    """Entries of different titles under one link are told apart by key; their page is not fetched."""
    await put(store, "a")
    live = "https://a.example/live"
    assert await poll(store, entry("1", link=f"{live}#1"), entry("2", link=f"{live}#2")) == 2
    assert await poll(store, entry("2", link=f"{live}#2"), entry("3", link=f"{live}#3")) == 1
    waiting = await store.waiting(FETCHED, 10)
    assert [(item.article.title, item.article.url) for item in waiting] == [
        (f"Title {key}", live) for key in "123"
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "state", "text"),
    [
        ("feed", {"content": FULL}, FETCHED, "Das Kabinett"),
        ("feed", {"content": "<p>Nur ein <b>Anriss</b>.</p>"}, LISTED, "Nur ein Anriss."),
        ("feed", {}, LISTED, "Ein Satz."),
        ("feed", {"summary": None}, LISTED, ""),
        ("feed", {"link": None}, FETCHED, "Ein Satz."),
        ("feed", {"link": None, "content": "<p>A full &amp; short one.</p>"}, FETCHED, "A full & short one."),
        ("feed", {"link": None, "summary": None}, EMPTY, ""),
        ("feed", {"link": "mailto:desk@a.example"}, FETCHED, "Ein Satz."),
        ("demo", {"content": "<p>Short, and all there is.</p>"}, FETCHED, "Short, and all there is."),
        ("demo", {}, FETCHED, "Ein Satz."),
    ],
)
async def test_state_of_a_new_article(
    store: Store, kind: str, changes: dict[str, str | None], state: ArticleState, text: str
) -> None:
    """A full text is fetched, a teaser with a page is listed, nothing at all is empty."""
    await store.put_sources([source("a", kind=kind)], NOW)
    await poll(store, entry("1", None, **changes))
    assert (await store.counts(NOW)).articles == {state: 1}
    for item in await store.waiting(state, 10):
        assert item.article.text.startswith(text)
        assert item.article.demo == (kind == "demo")


async def test_article_of_an_entry(store: Store) -> None:
    """An article has its source's name, canonical address, the published time with its offset, its entry."""
    await put(store, "a")
    published = Published.parse("2026-03-02T01:30:00+05:30")
    one = replace(entry("1", link="https://A.example/1?utm_medium=rss"), published=published)
    await poll(store, one)
    (item,) = await store.waiting(LISTED, 10)
    told = item.article
    assert (told.source_id, told.source_name, told.url) == ("a", "A", "https://a.example/1")
    assert (str(told.published), told.lang, item.entry) == ("2026-03-02T01:30:00+05:30", None, one)


async def test_article_ids_are_stable(store: Store) -> None:
    """An article's id follows from source and key alone."""
    await put(store, "a", "b")
    await poll(store, entry("1"), source_id="a")
    await poll(store, entry("1"), source_id="b")
    ids = [item.article.id for item in await store.waiting(LISTED, 10)]
    assert ids == [article_id("a", "1"), article_id("b", "1")]


@pytest.mark.parametrize(
    ("hours_old", "push"), [(None, True), (1, True), (24, True), (24.1, False), (500, False)]
)
async def test_old_entries_are_not_pushed(store: Store, hours_old: float | None, *, push: bool) -> None:
    """What was surely published before the limit is marked as not to be pushed."""
    await put(store, "a")
    await poll(store, entry("1", hours_old), oldest_pushed=NOW - timedelta(hours=24))
    assert [item.push for item in await store.waiting(LISTED, 10)] == [push]


async def test_without_limit_all_is_pushed(store: Store) -> None:
    """After the first fetch the age of an entry does not matter."""
    await put(store, "a")
    await poll(store, entry("1", 500))
    assert [item.push for item in await store.waiting(LISTED, 10)] == [True]


async def test_unstorable_characters(store: Store) -> None:
    """Characters that no database holds spoil no entry and no poll; in keys they are one."""
    await put(store, "a")
    assert await poll(store, entry("1", title="a\ud800b"), entry("2\x00"), entry("2\ud800")) == 2
