"""A store after its program was killed."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.extraction.findings import Findings
from bot.ports.store import ArticleState, DeliveryState
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from tests.storage.samples import CONSOLE, DESK, NOW, alert, article, judged, update
from tests.storage.server import ServerSchema

ROOT = Path(__file__).parents[2]
STATEMENTS = 7  # a judgement writes to so many tables
NEVER = 999

Kill = Callable[[str, int], str]  # act and point -> the fresh store that it was done to


@pytest.fixture(scope="module")
def victim() -> Iterator[subprocess.Popen[str]]:
    """A program whose forks kill themselves."""
    command = [sys.executable, "-m", "tests.storage.victim"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as running:  # noqa: S603
        yield running
        assert running.stdin
        running.stdin.close()


@pytest.fixture(params=["sqlite", "postgres"])
def kill(
    request: pytest.FixtureRequest, victim: subprocess.Popen[str], fresh_file: Path, tmp_path: Path
) -> Kill:
    """Lets a program work on a fresh store and kills it at a point."""
    server: ServerSchema | None = request.getfixturevalue("server") if request.param == "postgres" else None

    def act(name: str, point: int) -> str:
        if server:
            server.empty()
            url = server.url
        else:
            url = str(shutil.copy(fresh_file, tmp_path / f"{name}-{point}.sqlite"))
        assert victim.stdin
        assert victim.stdout
        victim.stdin.write(f"{name} {point} {url}\n")
        victim.stdin.flush()
        assert victim.stdout.readline() == "killed\n"
        return url

    return act


async def whole(store: SqlStore) -> bool:
    """Whether the judgement is there; fails if a part of it is."""
    counts = await store.counts(NOW)
    found = (counts.articles, counts.alerts, counts.stories, counts.deliveries)
    if found == ({}, 0, 0, {}):
        return False
    assert found == ({ArticleState.READ: 1}, 1, 1, {DeliveryState.PENDING: 2})
    return True


async def test_killed_inside_a_judgement(kill: Kill) -> None:
    """A judgement cut off at any point is there as a whole or not at all, and can be repeated."""
    point, there = 0, False
    while not there:  # the first point at which it is there lies behind its commit
        point += 1
        store = await open_store(kill("judge", point))
        there = await whole(store)
        await store.record_judgement(
            article(), Findings(lang="de"), [judged(alert("1"), CONSOLE, DESK)], story="s", now=NOW
        )
        assert await whole(store)
        await store.close()
    assert point > STATEMENTS


async def changed(store: SqlStore) -> bool:
    """Whether the update is there with its edit and its answer; fails if a part of it is."""
    found = (await store.counts(NOW)).deliveries
    if found == {DeliveryState.SENT: 1, DeliveryState.SENDING: 1}:
        assert len(await store.latest(9)) == len(await store.alerts_by_id("", 9)) == 1
        return False
    assert found == {DeliveryState.PENDING: 2, DeliveryState.SENDING: 1}
    assert [one.id for one in await store.latest(9)] == ["2"]
    return True


async def test_killed_inside_an_update(kill: Kill) -> None:
    """The update, the edit and the answer are there together or not at all, and can be repeated."""
    point, there = 0, False
    while not there:
        point += 1
        store = await open_store(kill("change", point))
        there = await changed(store)
        await update(store, "2", alert("1"), CONSOLE)
        assert await changed(store)
        await store.close()
    assert point > STATEMENTS


async def test_killed_between_taking_and_recording(kill: Kill) -> None:
    """Rows taken by a killed program are found as left, and none is pending."""
    store = await open_store(kill("take", NEVER))
    left = [one.message.key for one in await store.left_sending()]
    assert (left, list(await store.take_pending(NOW, 10))) == (["1:console", "1:desk"], [])
    await store.close()


async def test_killed_after_recording(kill: Kill) -> None:
    """What was recorded as sent before the kill stays so, and only the rest is left."""
    store = await open_store(kill("take_and_record", NEVER))
    assert [one.message.key for one in await store.left_sending()] == ["1:desk"]
    assert (await store.counts(NOW)).deliveries == {DeliveryState.SENT: 1, DeliveryState.SENDING: 1}
    await store.close()
