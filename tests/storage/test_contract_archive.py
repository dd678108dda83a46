"""What `ArchiveStore` and `FirstStore` promise, on the fake and the real store."""

from dataclasses import replace
from datetime import timedelta

from bot.article.model import Tier
from bot.extraction.findings import Findings
from bot.ports.store import ArticleState, Store
from tests.storage.samples import FULL, LATER, NOW, alert, article, entry, judged, poll, source

DAY = timedelta(days=1)


async def told(store: Store, name: str, *, key: str = "k", pushed: bool = True, days: int = 0) -> None:
    """Judge an article of which a rule says something under a key."""
    item = article(name)
    found = replace(alert(name), key=key, article=replace(alert(name).article, id=name))
    one = replace(judged(found), push=pushed)
    await store.record_judgement(item, Findings(lang="de"), [one], story=None, now=NOW + days * DAY)


async def test_archive_gives_what_was_read(store: Store) -> None:
    """The archive has articles with their findings in the order of coming, from a moment on, page by page."""
    for number, name in enumerate("abc"):
        await told(store, name, days=number)
    everything = await store.archived(since=NOW, limit=10)
    assert [one.article.id for one in everything] == ["a", "b", "c"]
    assert [one.findings for one in everything] == [Findings(lang="de")] * 3
    assert [one.read_at for one in everything] == [NOW, NOW + DAY, NOW + 2 * DAY]
    assert await store.archive_size(since=NOW + DAY) == 2
    second = await store.archived(since=NOW, after=everything[0].number, limit=1)
    assert [one.article.id for one in second] == ["b"]


async def test_archive_leaves_out_demo_and_unread(store: Store) -> None:
    """Demo articles and those that wait to be read are not in the archive."""
    await store.put_article(article("waits"), now=NOW)
    demo = article("demo", demo=True)
    await store.record_judgement(demo, Findings(lang="de"), [], story=None, now=NOW)
    assert await store.archive_size(since=NOW) == 0
    assert await store.archived(since=NOW, limit=10) == []


async def test_told_by_a_rule(store: Store) -> None:
    """What a rule told is known by article and moment; not what it kept back or told before."""
    await told(store, "a")
    await told(store, "b", pushed=False)
    await told(store, "c", days=3)
    rule = alert("a").rule_id
    assert [(one.article_id, one.at) for one in await store.told_by(rule, since=NOW)] == [
        ("a", NOW),
        ("c", NOW + 3 * DAY),
    ]
    assert [one.article_id for one in await store.told_by(rule, since=NOW + DAY)] == ["c"]
    assert await store.told_by("another", since=NOW) == []


async def test_seen_keys(store: Store) -> None:
    """All keys of a rule within the window are known, told or not, and when it matched first ever."""
    await told(store, "a", key="r · actor=NO")
    await told(store, "b", key="r · actor=DK", pushed=False, days=2)
    await told(store, "c", key="r · actor=DK", days=3)
    rule = alert("a").rule_id
    seen = await store.seen(rule, since=NOW + DAY, demo=False)
    assert seen.keys == ("r · actor=DK",)
    assert seen.since == NOW
    assert (await store.seen("another", since=NOW, demo=False)).since is None
    assert (await store.seen(rule, since=NOW, demo=True)).keys == ()


async def test_tier_is_that_of_today(store: Store) -> None:
    """An article has the tier that its source has in the configuration now, whatever it was before."""
    agency = replace(source(), options={"tier": "agency"})
    await store.put_sources([agency], NOW)
    await poll(store, entry("new", content=FULL))
    (item,) = await store.waiting(ArticleState.FETCHED, 10)
    assert item.article.source_tier is Tier.AGENCY
    await store.put_sources([source()], LATER)
    (item,) = await store.waiting(ArticleState.FETCHED, 10)
    assert item.article.source_tier is None
