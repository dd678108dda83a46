"""PostgreSQL: what stands in the way, what is lost and found again."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Connection, text

from bot.errors import StoreError
from bot.ports.store import ArticleState
from bot.storage.opening import open_store
from bot.storage.schema import HEAD
from bot.storage.store import SqlStore
from tests.fakes.postgres import refusing, silent
from tests.storage.samples import NOW, article
from tests.storage.server import ServerSchema

FETCHED = ArticleState.FETCHED


@pytest.fixture
async def opened(postgres_url: str) -> AsyncIterator[SqlStore]:
    """A fresh PostgreSQL store."""
    store = await open_store(postgres_url)
    yield store
    await store.close()


@pytest.fixture
def bare(server: ServerSchema) -> Iterator[str]:
    """Name of a schema without tables."""
    name = f"depesche_test_{secrets.token_hex(6)}"
    server.ask(f"CREATE SCHEMA {name}")
    yield name
    server.ask(f"DROP SCHEMA {name} CASCADE")


def ask(tx: Connection, statement: str) -> object:
    """The first value of the first row."""
    return tx.execute(text(statement)).scalar()


async def refused(url: str) -> str:
    """What is said of a store that cannot be opened."""
    with pytest.raises(StoreError) as caught:
        await open_store(url)
    line = str(caught.value)
    assert "hunter2" not in line
    assert "\n" not in line
    return line


@pytest.mark.parametrize(
    ("state", "message", "says"),
    [
        ("28P01", "password authentication failed", "user or password is wrong: mend them in `store`"),
        (
            "28000",
            "no pg_hba.conf entry",
            "the server does not let this user in (no pg_hba.conf entry): mend",
        ),
        ("3D000", 'database "news" does not exist', "there is no such database: make it with `createdb`"),
        ("53300", "too many clients", "the server has no connection left: stop another program, or"),
        ("57P03", "the database system is starting up", "the server is starting or stopping: try again in a"),
        (
            "42704",
            'unknown parameter "x"',
            'the server does not know a setting (unknown parameter "x"): leave',
        ),
        ("XX000", "first line\nsecond line", "the database refuses: first line"),
    ],
)
async def test_server_refuses(state: str, message: str, says: str) -> None:
    """A server that lets nobody in is told in one line with the store's name and the mend."""
    async with refusing(state, message) as port:
        line = await refused(f"postgresql://bot:hunter2@127.0.0.1:{port}/news")
    assert line.startswith(f"postgresql://bot:***@127.0.0.1:{port}/news: {says}")


async def test_no_server() -> None:
    """Where no server listens, the line says so, not the password."""
    async with silent() as port:
        pass
    line = await refused(f"postgresql://bot:hunter2@127.0.0.1:{port}/news")
    assert "the server cannot be reached (" in line
    assert line.endswith("start it, or mend host and port in `store`")


async def test_unknown_host() -> None:
    """A host that does not exist is told as such."""
    assert "its host is not known: " in await refused("postgresql://bot:hunter2@db.invalid/news")


async def test_silent_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes the connection and never answers is given up after a while."""
    monkeypatch.setattr("bot.storage.postgres.WAIT", 0.2)
    async with silent() as port:
        line = await refused(f"postgresql://bot:hunter2@127.0.0.1:{port}/news?sslmode=disable")
    assert "the server does not answer in time: " in line


@pytest.mark.parametrize("query", ["sslmode=perhaps&password=hunter2", "nosuch=1&password=hunter2"])
async def test_wrong_options(server: ServerSchema, query: str) -> None:
    """A mistake in the query of the URL is told with the server's or driver's word for it."""
    assert query.partition("=")[0] in await refused(f"{server.outside}?{query}")


async def test_schema_that_is_missing(server: ServerSchema) -> None:
    """A schema that is not there is told, not another one taken."""
    assert "no schema of `search_path` is there for this user: make it" in await refused(
        server.beside("nowhere")
    )


async def test_user_without_rights(server: ServerSchema, bare: str) -> None:
    """A user who may not make tables there is told which right is lacking."""
    if not server.ask("SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper"):
        pytest.skip("only a superuser can take on another role without preparation")
    assert "grant USAGE on it" in await refused(server.beside(bare) + "&role=pg_monitor")
    server.ask(f"GRANT USAGE ON SCHEMA {bare} TO pg_monitor")
    line = await refused(server.beside(bare) + "&role=pg_monitor")
    assert f"this user lacks a right there (permission denied for schema {bare}): make it" in line


async def test_newer_store(server: ServerSchema, bare: str) -> None:
    """A store that a later version wrote is refused and left as it was."""
    url = server.beside(bare)
    await (await open_store(url)).close()
    server.ask("UPDATE alembic_version SET version_num = '9999'", url)
    line = await refused(url)
    assert f": a newer Depesche wrote it (tables 9999, known here up to {HEAD}): update Depesche, or " in line
    assert line.endswith("name another database as `store`")
    assert server.ask("SELECT version_num FROM alembic_version", url) == [("9999",)]


async def test_database_of_another_program(server: ServerSchema, bare: str) -> None:
    """Tables of another program are not built upon."""
    server.ask(f"CREATE TABLE {bare}.bookmarks (url TEXT)")
    assert "it is the database of another program: name another database" in await refused(
        server.beside(bare)
    )


async def test_machines_that_start_together(server: ServerSchema, bare: str) -> None:
    """Several that open a new store at the same time all get it, with its tables made once."""
    url = server.beside(bare)
    for store in await asyncio.gather(*(open_store(url) for _ in range(4))):
        await store.close()
    assert server.ask("SELECT version_num FROM alembic_version", url) == [(HEAD,)]


async def test_reads_cannot_write(opened: SqlStore) -> None:
    """What is said to read only cannot write."""
    with pytest.raises(StoreError, match="it can only be read"):
        await opened.database.read(lambda tx: tx.execute(text("DELETE FROM articles")))


async def test_a_read_sees_one_state(opened: SqlStore) -> None:
    """All statements of a read see the state of its beginning, whatever is written meanwhile."""
    loop = asyncio.get_running_loop()

    def read(tx: Connection) -> tuple[object, object]:
        first = ask(tx, "SELECT count(*) FROM articles")
        asyncio.run_coroutine_threadsafe(write(), loop)
        ask(tx, "SELECT pg_sleep(0.3)")
        return first, ask(tx, "SELECT count(*) FROM articles")

    async def write() -> None:
        await opened.put_article(article(), now=NOW)

    assert await opened.database.read(read) == (0, 0)
    assert len(await opened.waiting(FETCHED, 10)) == 1


async def test_slow_statement(postgres_url: str) -> None:
    """A statement that takes longer than it may is ended and told; the store goes on."""
    store = await open_store(f"{postgres_url}&statement_timeout=100")
    with pytest.raises(StoreError, match="a statement took longer than it may"):
        await store.database.write(lambda tx: ask(tx, "SELECT pg_sleep(5)"))
    assert await store.put_article(article(), now=NOW)
    await store.close()


async def test_row_that_another_program_holds(server: ServerSchema, postgres_url: str) -> None:
    """A row that another program does not let go of is told; the store goes on."""
    holder, store = await open_store(postgres_url), await open_store(f"{postgres_url}&lock_timeout=100")
    await store.put_article(article(), now=NOW)
    held = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(tx: Connection) -> None:
        ask(tx, "SELECT 1 FROM articles FOR UPDATE")
        loop.call_soon_threadsafe(held.set)
        ask(tx, "SELECT pg_sleep(0.6)")

    holding = asyncio.create_task(holder.database.write(hold))
    await held.wait()
    with pytest.raises(StoreError, match="another program keeps it busy"):
        await store.set_aside("x", "why", now=NOW)
    await holding
    await store.set_aside("x", "why", now=NOW)
    await store.close()
    await holder.close()


async def test_connection_lost_in_the_middle(opened: SqlStore) -> None:
    """A connection lost in a transaction is told; nothing of it stays, and the next call connects anew."""

    def cut(tx: Connection) -> None:
        tx.execute(text("INSERT INTO stories VALUES ('s', now(), now())"))
        ask(tx, "SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StoreError, match="the connection was lost; nothing half done stays"):
        await opened.database.write(cut)
    assert (await opened.counts(NOW)).stories == 0
    assert await opened.put_article(article(), now=NOW)


async def test_connection_lost_while_idle(server: ServerSchema, postgres_url: str) -> None:
    """Connections that a restart of the server has ended are replaced without a word."""
    store = await open_store(f"{postgres_url}&application_name={server.name}")
    await store.counts(NOW)
    assert server.end(server.name) == 1
    assert await store.put_article(article(), now=NOW)
    await store.close()
