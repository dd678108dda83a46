"""What `EditionStore` and `HubStore` promise, on the fake and the real stores."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.article.model import Published
from bot.errors import StoreError
from bot.extraction.findings import Findings
from bot.ports.hubs import HubState, HubSubscription
from bot.ports.polling import Learnt, SourceState, Why
from bot.ports.sources import Fetched, Validators
from bot.ports.store import ArticleState, Store, Waiting
from bot.storage.revising import MOST_CHECKS, MOST_EDITIONS
from tests.storage.samples import CONSOLE, FULL, LATER, NOW, alert, entry, judged, poll, source

LISTED, FETCHED, READ = ArticleState.LISTED, ArticleState.FETCHED, ArticleState.READ
OTHER = FULL.replace("Kabinett", "Parlament")
HOUR = timedelta(hours=1)


async def one(store: Store, state: ArticleState = FETCHED) -> Waiting:
    """The article that waits."""
    (item,) = await store.waiting(state, 9)
    return item


async def read(store: Store, *, told: bool = False) -> str:
    """Read the article that waits; its id."""
    item = await one(store)
    found = judged(alert("x1", about=item.article.id), CONSOLE)
    await store.record_judgement(
        item.article, Findings(lang="de"), [found] if told else [], story=None, now=NOW
    )
    return item.article.id


async def test_changed_words_are_read_again(store: Store) -> None:
    """The old ones become an edition, the new ones wait to be read, marked as an edit."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1", content=FULL))
    article_id = await read(store)
    assert await poll(store, entry("1", content=OTHER)) == 0
    item = await one(store)
    assert (item.article.id, "Parlament" in item.article.text) == (article_id, True)
    assert item.article.edited == Published(at=NOW)
    (old,) = await store.editions(article_id)
    assert (old.number, "Kabinett" in old.text, old.edited, old.replaced) == (1, True, None, NOW)


async def test_the_same_words_are_not_read_again(store: Store) -> None:
    """Other mark-up, spaces and case are no edit, and a poll of the same entry is none."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1", content=FULL))
    article_id = await read(store)
    await poll(store, entry("1", content=FULL.replace("<p>", "<p class='x'> ").upper()))
    await poll(store, entry("1", content=FULL))
    assert await store.waiting(FETCHED, 9) == []
    assert await store.editions(article_id) == []


async def test_when_an_entry_says_that_it_was_changed(store: Store) -> None:
    """That moment counts, if it is news and does not lie ahead."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1", 2, content=FULL))
    await read(store)
    changed = Published(at=NOW - HOUR)
    await poll(store, replace(entry("1", 2, content=OTHER), updated=changed))
    assert (await one(store)).article.edited == changed


async def test_a_new_title_sends_us_to_the_page_again(store: Store) -> None:
    """The text stays until the page is fetched; where that says the same under another title it is read."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"))
    listed = await one(store, LISTED)
    await store.page_fetched(replace(listed.article, text="Der ganze Text der Seite."), now=NOW)
    await read(store)
    await poll(store, entry("1", title="Anders"))
    again = await one(store, LISTED)
    assert (again.article.title, again.article.text) == ("Anders", "Der ganze Text der Seite.")
    await store.page_fetched(again.article, now=NOW)
    assert (await one(store)).article.title == "Anders"


async def test_a_page_asked_for_before_an_edit_waits(store: Store) -> None:
    """What comes of it then has the old title: the page is asked for again."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"))
    stale = (await one(store, LISTED)).article
    await poll(store, entry("1", title="Anders"))
    await store.page_fetched(replace(stale, text="Der ganze Text der Seite."), now=NOW)
    assert (await one(store, LISTED)).article.title == "Anders"


async def test_a_page_that_says_the_same_is_read_as_it_was(store: Store) -> None:
    """Only the teaser changed: nothing is read twice."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"))
    listed = await one(store, LISTED)
    await store.page_fetched(replace(listed.article, text="Der ganze Text der Seite."), now=NOW)
    await read(store)
    await poll(store, entry("1", summary="Ein anderer Satz."))
    again = await one(store, LISTED)
    await store.page_fetched(replace(again.article, text="Der ganze Text der Seite!"), now=NOW)
    assert (await store.counts(NOW)).articles == {READ: 1}


async def test_a_judgement_of_words_that_were_replaced_is_dropped(store: Store) -> None:
    """The article was changed while it was read: it is read again, nothing of the old words is told."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1", content=FULL))
    stale = (await one(store)).article
    await poll(store, entry("1", content=OTHER))
    found = judged(alert("x1", about=stale.id), CONSOLE)
    await store.record_judgement(stale, Findings(lang="de"), [found], story=None, now=NOW)
    assert "Parlament" in (await one(store)).article.text
    assert await store.take_pending(NOW, 9) == []


async def test_an_article_that_changes_for_ever_is_left_alone(store: Store) -> None:
    """A feed that writes the time into its texts is not read for ever."""
    await store.put_sources([source()], NOW)
    for number in range(MOST_EDITIONS + 5):
        await poll(store, entry("1", content=FULL.replace("lange", f"{number} Stunden")))
    article_id = (await one(store)).article.id
    assert len(await store.editions(article_id)) == MOST_EDITIONS - 1


@pytest.mark.parametrize("told", [True, False])
async def test_the_page_of_a_told_article_is_looked_at_again(store: Store, *, told: bool) -> None:
    """After an hour, longest due first; that of one that was not told never is."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"))
    await store.page_fetched(replace((await one(store, LISTED)).article, text="Seite."), now=NOW)
    article_id = await read(store, told=told)
    assert await store.pages_to_check(NOW + HOUR / 2, 9) == []
    due = await store.pages_to_check(NOW + HOUR, 9)
    assert [(check.article.id, check.checks) for check in due] == ([(article_id, 0)] if told else [])


async def test_a_feed_with_full_texts_needs_no_page(store: Store) -> None:
    """What changes there comes with the feed."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1", content=FULL))
    await read(store, told=True)
    assert await store.pages_to_check(NOW + 9 * HOUR, 9) == []


async def told_page(store: Store, text: str) -> str:
    """An article that was read from its page and told."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1"))
    await store.page_fetched(replace((await one(store, LISTED)).article, text=text), now=NOW)
    return await read(store, told=True)


@pytest.mark.parametrize(
    ("text", "is_another"),
    [
        ("Zwei Sätze stehen hier. Es sind 300 Soldaten.", True),
        ("Zwei Sätze stehen hier.  Es sind 150 Soldaten!", False),
        ("Bitte anmelden", False),
        (None, False),
    ],
)
async def test_what_a_second_look_at_a_page_gives(
    store: Store, text: str | None, *, is_another: bool
) -> None:
    """Other words are read again; the same, a wall or an error are not. The next look is as it is told."""
    article_id = await told_page(store, "Zwei Sätze stehen hier. Es sind 150 Soldaten.")
    (check,) = await store.pages_to_check(NOW + HOUR, 9)
    page = None if text is None else replace(check.article, text=text)
    again = NOW + 12 * HOUR
    assert await store.page_checked(article_id, page, now=NOW + HOUR, again=again) is is_another
    assert len(await store.editions(article_id)) == is_another
    assert len(await store.waiting(FETCHED, 9)) == is_another
    later = await store.pages_to_check(again, 9)
    assert [check.checks for check in later] == ([] if is_another else [1])


async def test_a_later_date_of_change_alone_asks_for_a_look(store: Store) -> None:
    """The teaser says the same, the page may not; a feed that always says so is not believed for ever."""
    article_id = await told_page(store, "Seite.")
    for number in range(MOST_CHECKS + 2):
        at = NOW + number * HOUR
        fetched = Fetched(changed=True, entries=(replace(entry("1"), updated=Published(at=at)),))
        await store.record_poll("a", fetched, now=at, next_poll=at, oldest_pushed=None)
        due = await store.pages_to_check(at, 9)
        assert len(due) == (number < MOST_CHECKS)
        if due:
            await store.page_checked(article_id, None, now=at, again=None)


async def test_what_was_decided_on_all_editions(store: Store) -> None:
    """Oldest first, pushed or not, of this article alone."""
    article_id = await told_page(store, "Seite.")
    (before,) = await store.judged_of(article_id)
    assert (before.alert.id, before.push, before.reason) == ("x1", True, "new")
    assert await store.judged_of("unknown") == []


async def test_unknown_articles(store: Store) -> None:
    """They have no history, and cannot be looked at."""
    assert await store.editions("unknown") == []
    with pytest.raises(StoreError, match="unknown"):
        await store.page_checked("unknown", None, now=NOW, again=None)


async def test_a_changed_id_and_link_is_known_by_title_and_moment(store: Store) -> None:
    """A feed that names everything anew brings nothing twice; another title or moment is new."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1", 2))
    renamed = replace(entry("1", 2), key="9", link="https://a.example/new/1")
    assert await poll(store, renamed) == 0
    assert await poll(store, replace(renamed, key="10", link="https://a.example/new/2", title="Neu")) == 1
    undated = replace(renamed, key="11", link="https://a.example/new/3", published=None)
    assert await poll(store, undated) == 1


async def test_two_entries_of_one_title_and_moment_are_two(store: Store) -> None:
    """In one feed they tell nothing apart."""
    await store.put_sources([source()], NOW)
    one, other = (replace(entry(key, 2), title="Eil") for key in "12")
    assert await poll(store, one, other) == 2


async def test_what_is_dated_ahead_counts_as_come_now(store: Store) -> None:
    """An outlet whose clock is wrong does not make all others look late; its entry keeps what it said."""
    await store.put_sources([source()], NOW)
    await poll(store, entry("1", -5, content=FULL), entry("2", 1, content=FULL))
    early, ahead = await store.waiting(FETCHED, 9)
    assert early.article.published == Published(at=NOW - HOUR)
    assert ahead.article.published == Published(at=NOW)
    assert ahead.entry
    assert ahead.entry.published == Published(at=NOW + 5 * HOUR)


async def test_the_earliest_published_come_first_whatever_the_poll(store: Store) -> None:
    """After a downtime the oldest news of all sources is read first."""
    await store.put_sources([source("a"), source("b")], NOW)
    await poll(store, entry("1", 1, content=FULL), source_id="a")
    await poll(store, entry("2", 5, content=FULL), entry("3", content=FULL), source_id="b")
    waiting = await store.waiting(FETCHED, 9)
    assert [item.article.title for item in waiting] == ["Title 2", "Title 1", "Title 3"]


LEARNT = Learnt(
    arrivals=(NOW - HOUR, NOW),
    items_per_day=12.5,
    wish=HOUR,
    interval=timedelta(minutes=7),
    why=Why.RHYTHM,
    state=SourceState.WELL,
    since=NOW,
    last_new=NOW,
    moved_to="https://b.example/",
    moves=2,
    follows="https://c.example/",
)


async def test_what_was_learnt_is_kept(store: Store) -> None:
    """As it was given, until more is given; a source that moved starts anew."""
    await store.put_sources([source()], NOW)
    nothing = Fetched(changed=False)
    await store.record_poll("a", nothing, now=NOW, next_poll=NOW, oldest_pushed=None, learnt=LEARNT)
    await store.record_poll("a", nothing, now=NOW, next_poll=NOW, oldest_pushed=None)
    await store.record_failure("a", "HTTP 503", now=NOW, next_poll=NOW)
    (due,) = await store.due_sources(NOW, 9)
    assert (due.learnt, due.last_success) == (LEARNT, NOW)
    (status,) = await store.sources()
    assert (status.why, status.interval, status.items_per_day) == (Why.RHYTHM, timedelta(minutes=7), 12.5)
    assert (status.state, status.follows) == (SourceState.WELL, "https://c.example/")
    failing = replace(LEARNT, state=SourceState.FAILING)
    await store.record_failure("a", "HTTP 503", now=NOW, next_poll=NOW, learnt=failing)
    assert [one.state for one in await store.sources()] == [SourceState.FAILING]
    await store.put_sources([source(url="https://z.example/feed")], NOW)
    (due,) = await store.due_sources(NOW, 9)
    assert due.learnt == Learnt()


async def test_a_shorter_set_interval_holds_at_once(store: Store) -> None:
    """A source that was to be asked tomorrow is asked within its new interval."""
    await store.put_sources([source()], NOW)
    nothing = Fetched(changed=False, validators=Validators())
    await store.record_poll("a", nothing, now=NOW, next_poll=NOW + 24 * HOUR, oldest_pushed=None)
    await store.put_sources([replace(source(), interval=timedelta(minutes=5))], NOW)
    assert await store.next_poll_at() == LATER
    (due,) = await store.due_sources(LATER, 9)
    assert due.settings.interval == timedelta(minutes=5)


def hub(source_id: str = "a", **changes: object) -> HubSubscription:
    """A subscription, but for the changes."""
    values: dict[str, object] = {
        "hub": "https://hub.example/",
        "topic": f"https://{source_id}.example/feed",
        "token": f"token-{source_id}",
        "secret": "s3cret",
        "state": HubState.ACTIVE,
        "next_at": NOW,
        "lease_until": LATER,
    }
    return HubSubscription(source_id=source_id, **(values | changes))  # type: ignore[arg-type]


async def test_hubs_are_due_in_their_order(store: Store) -> None:
    """Longest due first; neither what lies ahead, nor what ended, nor what is not polled any more."""
    names = "abcde"
    await store.put_sources([source(name) for name in names], NOW)
    await store.put_hub(hub("a", next_at=NOW - HOUR))
    await store.put_hub(hub("b", next_at=NOW - 2 * HOUR, state=HubState.REFUSED))
    await store.put_hub(hub("c", next_at=NOW + HOUR))
    await store.put_hub(hub("d", state=HubState.ENDED))
    await store.put_hub(hub("e"))
    await store.put_sources([source(name) for name in "abcd"], NOW)
    assert [one.source_id for one in await store.hubs_due(NOW, 9)] == ["b", "a"]
    assert [one.source_id for one in await store.hubs_due(NOW, 1)] == ["b"]


async def test_a_source_by_the_token_of_its_hub(store: Store) -> None:
    """With all that is known of it; a token that was replaced or that nobody knows names nothing."""
    await store.put_sources([source("a"), source("b")], NOW)
    await store.put_hub(hub("a"))
    found = await store.source_with_token("token-a")
    assert found
    assert (found.settings, found.hub) == (source("a"), hub("a"))
    await store.put_hub(hub("a", token="new"))
    assert await store.source_with_token("token-a") is None
    assert (await store.hub_of("a"), await store.hub_of("b")) == (hub("a", token="new"), None)


def test_a_secret_is_not_shown() -> None:
    """Not in a log that prints the subscription."""
    assert "s3cret" not in repr(hub())
