"""Transactions."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, select

from bot.errors import StoreError
from bot.ports.pauses import Pause
from bot.ports.sources import Fetched
from bot.ports.store import ArticleState
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from bot.storage.tables import deliveries
from tests.storage.samples import FULL, LATER, NOW, article, entry, poll, source, tell


@contextmanager
def statements(store: SqlStore) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    sent: list[str] = []

    def note(_tx: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


async def test_an_error_undoes_all(store_url: str) -> None:
    """A transaction that raises leaves nothing behind."""
    store = await open_store(store_url)

    def half(tx: Connection) -> None:
        tx.exec_driver_sql("INSERT INTO stories VALUES ('s', '2026-03-02', '2026-03-02')")
        raise StoreError("no")

    with pytest.raises(StoreError, match="no"):
        await store.database.write(half)
    assert (await store.counts(NOW)).stories == 0
    await store.close()


async def cancelled_often(url: str) -> set[str]:
    """Cancel calls at every step of theirs; what the store holds of them then."""
    store = await open_store(url)
    await store.put_article(article("first"), now=NOW)
    for steps in range(24):
        call = asyncio.create_task(store.put_article(article(f"a{steps}"), now=NOW))
        for _ in range(steps):
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
    names = {item.article.id for item in await store.waiting(ArticleState.FETCHED, 99)}
    assert await store.put_article(article("last"), now=NOW)
    await store.close()
    return names


async def test_cancelled_calls(store_url: str) -> None:
    """A call that is cancelled has happened or not; the store holds what it had and goes on."""
    assert "first" in await cancelled_often(store_url)


async def test_cancelled_calls_in_memory() -> None:
    """The same for a store that lives as long as its only connection."""
    assert "first" in await cancelled_often(":memory:")


async def test_begun_transaction_ends_before_cancellation(store_url: str) -> None:
    """Whoever is cancelled while a transaction runs hears of it when the transaction has ended."""
    store = await open_store(store_url)
    begun = asyncio.Event()

    def slow(tx: Connection) -> None:
        begun.set()
        tx.exec_driver_sql("INSERT INTO stories VALUES ('s', '2026-03-02', '2026-03-02')")

    call = asyncio.create_task(store.database.write(slow))
    await begun.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (await store.counts(NOW)).stories == 1
    await store.close()


async def test_two_programs_on_one_store(store_url: str) -> None:
    """Two programs that write to one store at the same time take turns and lose nothing."""
    stores = [await open_store(store_url) for _ in range(2)]
    calls = [store.put_article(article(f"{number}"), now=NOW) for store in stores for number in range(40)]
    assert sum(await asyncio.gather(*calls)) == 40
    for name in range(40):
        await tell(stores[0], f"{name:02}")
    taken = await asyncio.gather(*(stores[number % 2].take_pending(NOW, 5) for number in range(10)))
    keys = [one.message.key for some in taken for one in some]
    assert (len(keys), len(set(keys))) == (40, 40)
    for store in stores:
        await store.close()


async def test_readers_do_not_wait_for_a_writer(store_url: str) -> None:
    """While one program writes, another reads the state before."""
    writer, reader = await open_store(store_url), await open_store(store_url)

    async def ask() -> int:
        return len(await reader.waiting(ArticleState.FETCHED, 10))

    def write(tx: Connection) -> None:
        tx.exec_driver_sql("DELETE FROM articles")
        loop.call_soon_threadsafe(deleted.set)

    loop, deleted = asyncio.get_running_loop(), asyncio.Event()
    await writer.put_article(article(), now=NOW)
    call = asyncio.create_task(writer.database.write(write))
    await deleted.wait()
    assert await ask() in (0, 1)
    await call
    assert await ask() == 0
    await writer.close()
    await reader.close()


async def test_each_attempt_has_its_row(store_url: str) -> None:
    """The history of deliveries has each attempt with its times and outcome; a running one has no outcome."""
    store = await open_store(store_url)
    await tell(store, "1")
    await store.take_pending(NOW, 1)
    await store.record_not_sent("1:console", "HTTP 500", now=NOW, retry_at=NOW)
    await store.take_pending(NOW, 1)
    await store.repeat("1:console", "timeout", now=NOW, retry_at=NOW)
    await store.take_pending(NOW, 1)
    await store.record_unconfirmed("1:console", "timeout", now=LATER)
    await store.record_sent("1:console", "17", now=LATER)
    await tell(store, "2")
    await store.take_pending(LATER, 1)
    columns = deliveries.c.key, deliveries.c.attempt, deliveries.c.outcome, deliveries.c.ended_at
    found = await store.database.read(lambda tx: tx.execute(select(*columns)).all())
    assert [tuple(row) for row in found] == [
        ("1:console", 1, "failed", NOW),
        ("1:console", 2, "repeated", NOW),
        ("1:console", 3, "sent", LATER),
        ("2:console", 1, None, None),
    ]
    await store.close()


async def test_number_of_statements_is_fixed(store_url: str) -> None:
    """No method asks once for each row."""
    store = await open_store(store_url)
    await store.put_sources([source(name) for name in "abcde"], NOW)
    for name in "abcde":
        await poll(store, *(entry(f"{name}{number}") for number in range(20)), source_id=name)
    for number in range(30):
        await tell(store, f"{number:02}")
    calls = {
        "take_pending": store.take_pending(NOW, 30),
        "left_sending": store.left_sending(),
        "waiting": store.waiting(ArticleState.LISTED, 99),
        "sources": store.sources(),
        "counts": store.counts(NOW),
        "troubles": store.troubles(10),
        "latest": store.latest(30),
        "put_sources": store.put_sources([source(name) for name in "abcde"], NOW),
    }
    numbers = {}
    for name, call in calls.items():
        with statements(store) as sent:
            await call
        numbers[name] = sum(not statement.startswith("BEGIN") for statement in sent)
    assert numbers == {
        "take_pending": 4,
        "left_sending": 1,
        "waiting": 1,
        "sources": 1,
        "counts": 5,
        "troubles": 2,
        "latest": 1,
        "put_sources": 3,
    }
    await store.close()


async def test_a_large_poll_is_quick(store_url: str) -> None:
    """Five hundred new entries are stored in well under a second, and known ones in a twentieth."""
    store = await open_store(store_url)
    await store.put_sources([source()], NOW)
    entries = tuple(entry(str(number), content=FULL) for number in range(500))
    for new, seconds in ((500, 1.0), (0, 0.5)):
        start = time.perf_counter()
        fetched = Fetched(changed=True, entries=entries)
        assert await store.record_poll("a", fetched, now=NOW, next_poll=NOW, oldest_pushed=None) == new
        assert time.perf_counter() - start < seconds
    await store.close()


async def test_pauses_that_come_together(store_url: str) -> None:
    """Of pauses of one scope that are put at the same time the longest lasts."""
    store = await open_store(store_url)
    for number in range(12):
        await tell(store, f"{number:02}")
    keys = [one.message.key for one in await store.take_pending(NOW, 99)]
    calls = []
    for number, key in enumerate(keys):
        until = NOW + timedelta(minutes=1 + number * 5 % 12)
        pause = Pause(scope="console", reason="HTTP 429", since=NOW, until=until)
        calls.append(store.record_not_sent(key, "HTTP 429", now=NOW, retry_at=until, pause=pause))
    await asyncio.gather(*calls)
    assert [one.until for one in await store.pauses(NOW)] == [NOW + timedelta(minutes=12)]
    await store.close()
