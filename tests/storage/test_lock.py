"""One running bot per store."""

import asyncio

import pytest

from bot.errors import StoreError
from bot.ports.store import ArticleState
from bot.storage.opening import open_store
from tests.storage.samples import NOW, article
from tests.storage.server import ServerSchema

TAKEN = r"another Depesche runs on this store; stop it, or set another `store`$"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another bot to be gone."""
    monkeypatch.setattr("bot.storage.postgres.GOING", 0)


async def test_second_bot_is_refused(store_url: str) -> None:
    """A second bot is refused until the first has ended; the first notices nothing."""
    first = await open_store(store_url, alone=True)
    with pytest.raises(StoreError, match=TAKEN):
        await open_store(store_url, alone=True)
    assert await first.put_article(article(), now=NOW)
    await first.close()
    await (await open_store(store_url, alone=True)).close()


async def test_others_may_look(store_url: str) -> None:
    """Who does not ask to be alone gets in beside a running bot."""
    first, second = await open_store(store_url, alone=True), await open_store(store_url)
    await first.put_article(article(), now=NOW)
    assert len(await second.waiting(ArticleState.FETCHED, 10)) == 1
    await second.close()
    await first.close()


async def test_memory_is_always_alone() -> None:
    """Stores in memory do not keep each other out."""
    stores = [await open_store(":memory:", alone=True) for _ in range(2)]
    assert [await store.latest(1) for store in stores] == [[], []]
    for store in stores:
        await store.close()


async def test_lock_lost_with_the_connection(server: ServerSchema, postgres_url: str) -> None:
    """A lock that was lost with its connection is taken again before the next write."""
    name = f"{server.name}_first"
    first = await open_store(f"{postgres_url}&application_name={name}", alone=True)
    assert server.end(name) == 2
    await asyncio.sleep(0.1)
    assert await first.put_article(article(), now=NOW)
    with pytest.raises(StoreError, match=TAKEN):
        await open_store(postgres_url, alone=True)
    await first.close()


async def test_lock_taken_by_another(server: ServerSchema, postgres_url: str) -> None:
    """A bot that lost its lock to another one writes no more, until that one has ended."""
    name = f"{server.name}_first"
    first = await open_store(f"{postgres_url}&application_name={name}", alone=True)
    server.end(name)
    await asyncio.sleep(0.1)
    second = await open_store(postgres_url, alone=True)
    with pytest.raises(StoreError, match=TAKEN):
        await first.put_article(article(), now=NOW)
    assert list(await first.waiting(ArticleState.FETCHED, 10)) == []
    await second.close()
    assert await first.put_article(article(), now=NOW)
    await first.close()


async def test_half_open_connection_of_the_lock(
    server: ServerSchema, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock's connection is asked now and then, for a dead one may look alive."""
    monkeypatch.setattr("bot.storage.postgres.PING", 0)
    name = f"{server.name}_first"
    first = await open_store(f"{postgres_url}&application_name={name}", alone=True)
    server.end(name)  # and not waited for: the client has not heard of it
    assert await first.put_article(article(), now=NOW)
    await first.close()
