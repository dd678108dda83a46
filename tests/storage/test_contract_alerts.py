"""What `AlertStore` promises, on the fake and the real store."""

from datetime import timedelta

from bot.extraction.findings import Findings
from bot.ports.store import ArticleState, DeliveryState, Store
from tests.storage.samples import CONSOLE, DESK, LATER, NOW, alert, article, judged, tell

FINDINGS = Findings(lang="de", sentences=((0, 7), (9, 36)))
HOUR = timedelta(hours=1)


async def known(store: Store, *keys: str, rule: str = "troop-commitment", demo: bool = False) -> set[str]:
    """Which of these keys were pushed in the last hour."""
    found = [await store.told(rule, key, since=NOW - HOUR, demo=demo) for key in keys]
    return {alert.key for some in found for alert in some}


async def test_judgement_is_stored_whole(store: Store) -> None:
    """A judgement marks its article read and puts one row per pushed alert and destination out."""
    await store.put_article(article(), now=NOW)
    outcome = [judged(alert("1"), CONSOLE, DESK), judged(alert("2"), CONSOLE, push=False)]
    await store.record_judgement(article(), FINDINGS, outcome, story="s1", now=NOW)
    counts = await store.counts(NOW)
    assert counts.articles == {ArticleState.READ: 1}
    assert counts.deliveries == {DeliveryState.PENDING: 2}
    assert (counts.alerts, counts.stories) == (1, 1)
    taken = await store.take_pending(NOW, 10)
    assert {one.message.key for one in taken} == {"1:console", "1:desk"}
    assert [one.message.destination for one in taken] == [CONSOLE, DESK]


async def test_article_without_alerts(store: Store) -> None:
    """An article that gave no alert is read all the same."""
    await store.put_article(article(), now=NOW)
    await store.record_judgement(article(), FINDINGS, [], story=None, now=NOW)
    counts = await store.counts(NOW)
    assert (counts.articles, counts.alerts, counts.stories) == ({ArticleState.READ: 1}, 0, 0)


async def test_judgement_of_an_unknown_article(store: Store) -> None:
    """The judgement of an article that was never put brings the article along."""
    await store.record_judgement(article(), FINDINGS, [judged(alert(), CONSOLE)], story=None, now=NOW)
    assert (await store.counts(NOW)).articles == {ArticleState.READ: 1}
    assert not await store.put_article(article(), now=NOW)


async def test_repeated_judgement_changes_nothing(store: Store) -> None:
    """The same judgement again adds no row, and a delivery under way stays under way."""
    for _ in range(2):
        await store.record_judgement(article(), FINDINGS, [judged(alert(), CONSOLE)], story="s1", now=NOW)
        await store.take_pending(NOW, 10)
    assert (await store.counts(NOW)).deliveries == {DeliveryState.SENDING: 1}
    other = [judged(alert("other"), CONSOLE)]
    await store.record_judgement(article(), FINDINGS, other, story="s2", now=LATER)
    counts = await store.counts(NOW)
    assert (counts.alerts, counts.stories, counts.deliveries) == (1, 1, {DeliveryState.SENDING: 1})


async def test_one_destination_twice(store: Store) -> None:
    """An alert that two channels bring to one destination goes there once."""
    await tell(store, "1", CONSOLE, CONSOLE)
    assert len(await store.take_pending(NOW, 10)) == 1


async def test_known_keys(store: Store) -> None:
    """A key is known once its rule has pushed it, and other keys and rules are not."""
    await tell(store, "NO")
    assert await known(store, "NO", "SE") == {"NO"}
    assert await known(store) == set()
    assert await known(store, "NO", rule="sanctions") == set()


async def test_what_was_not_pushed_is_not_known(store: Store) -> None:
    """A key that was only found, not pushed, stays new."""
    await tell(store, "NO", push=False)
    assert await known(store, "NO") == set()


async def test_keys_are_forgotten(store: Store) -> None:
    """A key pushed before the window is new again; the border of the window belongs to it."""
    await tell(store, "NO", at=NOW - HOUR)
    await tell(store, "SE", at=NOW - HOUR - timedelta(seconds=1))
    assert await known(store, "NO", "SE") == {"NO"}


async def test_demo_and_real_keys_are_apart(store: Store) -> None:
    """A demo alert makes no fact known but to the demo, and a real one none to the demo."""
    told = judged(alert(key="NO", demo=True), CONSOLE)
    await store.record_judgement(article(demo=True), FINDINGS, [told], story=None, now=NOW)
    await tell(store, "SE")
    assert await known(store, "NO", "SE") == {"SE"}
    assert await known(store, "NO", "SE", demo=True) == {"NO"}


async def test_latest(store: Store) -> None:
    """The newest pushed alerts come back whole, newest first, and none that was held back."""
    first, second = await tell(store, "1"), await tell(store, "2", at=LATER)
    await tell(store, "3", push=False)
    assert await store.latest(10) == [second, first]
    assert await store.latest(1) == [second]
    assert str(first.article.published) == str((await store.latest(10))[1].article.published)


async def test_articles_share_a_story(store: Store) -> None:
    """Several articles may tell one story, which counts once."""
    for name in "ab":
        await store.record_judgement(article(name), FINDINGS, [], story="s", now=NOW)
    assert (await store.counts(NOW)).stories == 1
