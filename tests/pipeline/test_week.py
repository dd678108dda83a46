"""A week of eighty articles on twenty stories: alerts, updates and silences are exactly the wanted ones."""

from collections import Counter
from collections.abc import AsyncIterator, Collection
from pathlib import Path

import pytest

from bot.ports.store import Store
from bot.storage.opening import open_store
from tests.fakes.store import FakeStore
from tests.pipeline.newsweek import ReadOnce, Replay, Wanted, week

RESTARTS = {
    "trainers-2",
    "estonia-1",
    "summit-3",
    "trainers-6",
    "aid-3",
    "belarus-3",
    "call-2",
    "italy-2",
    "visit-2",
}


@pytest.fixture(scope="module")
def reader() -> ReadOnce:
    """Reads each article once for all replays."""
    return ReadOnce()


@pytest.fixture(params=["fake", "sqlite"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """An empty store in memory, and a real one."""
    opened: Store = await open_store(":memory:") if request.param == "sqlite" else FakeStore()
    yield opened
    await opened.close()


async def heard(replay: Replay, articles: Collection[Wanted]) -> list[tuple[str, str]]:
    """What becomes of the articles: id, and the words of the table."""
    return [(one.article.id, await replay.hear(one.article)) for one in articles]


def wanted() -> list[tuple[str, str]]:
    """The table."""
    return [(one.article.id, one.want) for one in week()]


async def test_the_week(store: Store, reader: ReadOnce) -> None:
    """Each article becomes what the table says, and so many messages are sent and edited for it."""
    replay = Replay(store=store, reader=reader)
    await replay.begin()
    assert await heard(replay, week()) == wanted()


async def test_a_week_of_restarts(tmp_path: Path, reader: ReadOnce) -> None:
    """A bot that is started anew from its store, again and again, decides as one that ran through."""
    path = str(tmp_path / "week.sqlite")
    replay = Replay(store=await open_store(path), reader=reader)
    await replay.begin()
    found = []
    for one in week():
        found += await heard(replay, [one])
        if one.article.id in RESTARTS:
            await replay.store.close()
            replay.store = await open_store(path)
            await replay.restart()
    await replay.store.close()
    assert found == wanted()


COPIES = {"trainers-2": "trainers-1", "aid-4": "aid-3", "denmark-4": "denmark-3"}


async def test_copies_are_in_the_story_of_their_original(store: Store, reader: ReadOnce) -> None:
    """A copy of a text joins its story and is kept as that text's."""
    replay = Replay(store=store, reader=reader)
    await replay.begin()
    await heard(replay, [one for one in week() if one.article.id in {*COPIES, *COPIES.values()}])
    kept = {one.profile.id: one for one in await store.kept(stories=99, articles=99)}
    for copy, origin in COPIES.items():
        assert (kept[copy].origin, kept[copy].story) == (origin, kept[origin].story)


# The opposition asks for something of its own; Italy refuses one country soldiers and sends them to another.
APART, TOGETHER = {"latvia-3"}, {"italy-1"}


async def test_the_stories_of_the_week(store: Store, reader: ReadOnce) -> None:
    """Reports of one event are one story, whoever tells it in whichever language."""
    replay = Replay(store=store, reader=reader)
    await replay.begin()
    await heard(replay, list(week()))
    kept = {one.profile.id: one.story for one in await store.kept(stories=99, articles=99)}
    told = [one for one in week() if one.story != "noise" and one.article.id not in APART | TOGETHER]
    homes = {(one.story, kept[one.article.id]) for one in told}
    assert len(homes) == len({story for story, _ in homes}) == len({home for _, home in homes})


def test_what_the_week_holds() -> None:
    """Enough articles on enough stories, in both languages and in order, with enough of every kind."""
    articles = [one.article for one in week()]
    assert len(articles) >= 80
    assert len({one.id for one in articles}) == len(articles)
    assert len({one.story for one in week()} - {"noise"}) >= 20
    assert min(Counter(one.lang for one in articles).values()) >= 30
    hours = [str(one.published) for one in articles]
    assert hours == sorted(hours)
    kinds = Counter(one.want.partition(" ")[0] for one in week())
    assert kinds["contradiction"] >= 2
    assert min(kinds[kind] for kind in ("new", "update", "silent", "confirmed")) >= 12
