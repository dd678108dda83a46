"""What stories are known by: the store keeps it with the judgement and gives the latest back in order."""

from datetime import timedelta

from bot.extraction.findings import Findings
from bot.ports.store import Store
from bot.ports.stories import Kept
from bot.stories.profile import profile_of
from tests.storage.samples import NOW, article

FINDINGS = Findings(lang="de")


async def keep(store: Store, name: str, story: str, *, origin: str | None = None) -> Kept:
    """Judge an article that belongs to a story."""
    given = article(name)
    kept = Kept(profile=profile_of(given, FINDINGS), story=story, origin=origin or given.id)
    await store.record_judgement(given, FINDINGS, [], story=story, now=NOW, kept=kept)
    return kept


async def test_the_latest_articles_of_the_latest_stories(store: Store) -> None:
    """In the order of judging: of each story the last ones, of stories those that grew last."""
    a1, a2, b1, c1 = [await keep(store, *one) for one in (("1", "a"), ("2", "a"), ("3", "b"), ("4", "c"))]
    a3 = await keep(store, "5", "a", origin=a1.profile.id)
    assert await store.kept(stories=9, articles=9) == [a1, a2, b1, c1, a3]
    assert await store.kept(stories=9, articles=2) == [a2, b1, c1, a3]
    assert await store.kept(stories=2, articles=1) == [c1, a3]


async def test_judged_again_it_stays_as_it_was(store: Store) -> None:
    """An article that is judged twice is kept once."""
    first = await keep(store, "1", "a")
    await keep(store, "1", "b")
    assert await store.kept(stories=9, articles=9) == [first]


async def test_without_a_story_nothing_is_kept(store: Store) -> None:
    """Demo articles have none."""
    given = article("1", demo=True)
    await store.record_judgement(given, FINDINGS, [], story=None, now=NOW + timedelta(hours=1))
    assert await store.kept(stories=9, articles=9) == []
