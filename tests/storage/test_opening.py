"""Opening a store, and what stands in the way."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text

from bot.errors import StoreError
from bot.ports.store import ArticleState
from bot.storage.opening import open_store
from bot.storage.schema import HEAD, MIGRATIONS
from bot.storage.tables import metadata
from tests.storage.samples import NOW, article

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the file past the store."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


async def test_folder_is_made(tmp_path: Path) -> None:
    """A missing folder is made, and what is stored is there when the file is opened again."""
    path = tmp_path / "var" / "deep" / "näme %20.sqlite"
    for new in (True, False):
        store = await open_store(str(path))
        assert await store.put_article(article(), now=NOW) is new
        await store.close()


async def test_url_of_a_file(tmp_path: Path) -> None:
    """A URL names a file as well as a path does, with or without the driver."""
    for scheme in ("sqlite", "sqlite+aiosqlite"):
        store = await open_store(f"{scheme}:///{tmp_path}/{scheme}.sqlite")
        await store.close()
        assert (tmp_path / f"{scheme}.sqlite").exists()


async def test_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`~` is the user's folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    await (await open_store("~/store.sqlite")).close()
    assert (tmp_path / "store.sqlite").exists()


@pytest.mark.parametrize("url", [":memory:", "sqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_memory(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store in memory leaves no file and knows nothing of another one."""
    monkeypatch.chdir(tmp_path)
    one, other = await open_store(url), await open_store(url)
    await one.put_article(article(), now=NOW)
    assert len(await one.waiting(ArticleState.FETCHED, 10)) == 1
    assert await other.waiting(ArticleState.FETCHED, 10) == []
    await one.close()
    await other.close()
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - as the async rules want it


async def test_memory_takes_many_at_once() -> None:
    """A store in memory serves any number of callers, though it has one connection only."""
    store = await open_store(":memory:")
    many = [article(str(number)) for number in range(50)]
    assert all(await asyncio.gather(*(store.put_article(one, now=NOW) for one in many)))
    waiting = await asyncio.gather(*(store.waiting(ArticleState.FETCHED, 99) for _ in range(20)))
    assert {len(some) for some in waiting} == {50}
    await store.close()


async def test_what_a_file_is_opened_with(store_path: Path) -> None:
    """Readers do not wait for the writer, a commit is on the disk, and keys are held to."""
    store = await open_store(str(store_path))
    pragmas = ("journal_mode", "synchronous", "foreign_keys")

    def ask(tx: Connection) -> list[object]:
        return [tx.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]

    assert await store.database.read(ask) == ["wal", 2, 1]
    await store.close()


async def test_tables_and_migrations_agree(store_url: str) -> None:
    """The migrations make exactly the tables that the code speaks of."""
    store = await open_store(store_url)

    def differences(tx: Connection) -> list[object]:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    assert await store.database.read(differences) == []
    await store.close()


def test_head_is_the_newest_migration() -> None:
    """The head known to the program is that of the migrations, and they form one line."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]
    names = {Path(script.path).name.partition("_")[0] for script in scripts.walk_revisions()}
    assert names == {f"v{script.revision}" for script in scripts.walk_revisions()}


async def test_open_store_needs_no_migration(store_path: Path) -> None:
    """A store that is up to date is opened without loading Alembic."""
    program = (
        "import asyncio, sys; from bot.storage.opening import open_store\n"
        f"async def main(): await (await open_store({str(store_path)!r})).close()\n"
        "asyncio.run(main()); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0  # noqa: ASYNC221, S603


async def test_two_open_a_new_store_at_once(tmp_path: Path) -> None:
    """Two that open a new store at the same time both get it, with its tables made once."""
    path = str(tmp_path / "store.sqlite")
    for store in await asyncio.gather(*(open_store(path) for _ in range(3))):
        await store.close()
    assert rows(tmp_path / "store.sqlite", "SELECT version_num FROM alembic_version") == [(HEAD,)]


def content(path: Path) -> bytes | None:
    """What a file holds; None for a folder."""
    return path.read_bytes() if path.is_file() else None


def newer(path: Path) -> None:
    """As a later version leaves it."""
    rows(path, "UPDATE alembic_version SET version_num = '9999'")


def foreign(path: Path) -> None:
    """As another program makes it."""
    path.unlink()
    rows(path, "CREATE TABLE bookmarks (url TEXT)")


def foreign_with_alembic(path: Path) -> None:
    """As another program with migrations makes it."""
    foreign(path)
    rows(path, "CREATE TABLE alembic_version (version_num TEXT)")
    rows(path, "INSERT INTO alembic_version VALUES ('ae1027a6acf')")


def no_database(path: Path) -> None:
    """Some other file."""
    path.write_bytes(b"%PDF-1.7\n" * 1000)


def damaged(path: Path) -> None:
    """A hole in the middle."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * (size - 100))


def folder(path: Path) -> None:
    """Not even a file."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (newer, "a newer Depesche wrote it (tables 9999, known here up to 0008): update Depesche, or name"),
        (foreign, "it is the database of another program: name another file as `store`"),
        (foreign_with_alembic, "it is the database of another program: name another file as `store`"),
        (no_database, "it is no Depesche store but some other file: name another file as `store`"),
        (damaged, "it is damaged: put a backup in its place, or move it away and start afresh"),
        (folder, "it is a folder: name a file in it as `store`"),
    ],
)
async def test_unusable_files(store_path: Path, spoil: Callable[[Path], None], says: str) -> None:
    """A file that cannot be used is told in one line with its name and the mend, and left as it was."""
    spoil(store_path)
    before = content(store_path)
    with pytest.raises(StoreError) as caught:
        await open_store(str(store_path))
    assert str(caught.value).startswith(f"{store_path}: {says}")
    assert "\n" not in str(caught.value)
    assert content(store_path) == before


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nosuch://bot:hunter2@db.example/news", "a database of the kind `nosuch` is not known here: name a"),
        ("postgresql+psycopg2://bot:hunter2@x/news", "a database of the kind `postgresql+psycopg2` is not"),
        ("://hunter2", "neither a path nor the URL of a database"),
        ("postgresql://bot:first@hunter2@db.example/news", "in a password %40 for @"),
        ("postgresql://bot:pass@db.example:hunter2/news", "neither a path nor the URL of a database"),
    ],
)
async def test_unusable_urls(url: str, says: str) -> None:
    """A URL that cannot be used is told in one line without its password."""
    with pytest.raises(StoreError) as caught:
        await open_store(url)
    assert says in str(caught.value)
    assert "hunter2" not in str(caught.value)


async def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the place of the folder is told in one line."""
    (tmp_path / "var").write_text("")
    with pytest.raises(StoreError, match=r"its folder cannot be made \(File exists\)"):
        await open_store(str(tmp_path / "var" / "store.sqlite"))


@pytest.mark.parametrize("locked", ["file", "folder"])
def test_read_only(fresh_file: Path, locked: str) -> None:
    """A file or folder that this user may not write to is told in one line with the mend."""
    here = Path("/tmp") / f"depesche-read-only-{os.getpid()}-{locked}"  # noqa: S108 - others may enter it
    here.mkdir()
    try:
        path = Path(shutil.copy(fresh_file, here / "store.sqlite"))
        path.chmod(0o444)
        here.chmod(0o777 if locked == "file" else 0o555)
        program = (
            "import asyncio, os, sys; from datetime import UTC, datetime\n"
            "from bot.errors import StoreError\n"
            "from bot.storage.opening import open_store\n"
            "async def warm(): await (await open_store(':memory:')).close()\n"
            "asyncio.run(warm())  # all is imported while this user may still read it\n"
            f"os.getuid() or os.setuid({NOBODY})\n"
            "async def use(): await (await open_store(sys.argv[1])).put_sources([], datetime.now(UTC))\n"
            "try: asyncio.run(use())\n"
            "except StoreError as error: print(error)"
        )
        command = [sys.executable, "-c", program, str(path)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
        assert done.stdout.startswith(f"{path}: it cannot be ")
        assert len(done.stdout.splitlines()) == 1, done.stdout
    finally:
        here.chmod(0o700)
        shutil.rmtree(here)


async def test_full_disk(store_path: Path) -> None:
    """A full disk is told in one line; the method leaves nothing behind, and the store goes on."""
    store = await open_store(str(store_path))
    engine = store.database.engine.sync_engine
    event.listen(engine, "begin", lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 1"))
    with pytest.raises(StoreError, match=r"store.sqlite: the disk is full: make room"):
        await store.put_article(article(text="Wort " * 200_000), now=NOW)
    assert await store.waiting(ArticleState.FETCHED, 10) == []
    event.listen(engine, "begin", lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 99999"))
    assert await store.put_article(article(text="Wort " * 200_000), now=NOW)
    await store.close()


async def test_busy_store(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that another program keeps for itself is told in one line, and is usable afterwards."""
    monkeypatch.setattr("bot.storage.sqlite.WAIT", 0.05)
    store = await open_store(str(store_path))
    other = sqlite3.connect(store_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"another program keeps it busy"):
        await store.put_article(article(), now=NOW)
    assert await store.waiting(ArticleState.FETCHED, 10) == []
    other.execute("COMMIT")
    other.close()
    assert await store.put_article(article(), now=NOW)
    await store.close()


async def test_errors_hide_what_was_stored(store_path: Path) -> None:
    """An error of the database names neither statement nor values."""
    store = await open_store(str(store_path))
    with pytest.raises(StoreError) as caught:
        await store.database.write(lambda tx: tx.execute(text("INSERT INTO stories VALUES (:a)"), {"a": "s"}))
    assert str(caught.value).startswith(f"{store_path}: the database refuses: table stories has 3 columns")
    assert "INSERT" not in str(caught.value)
    await store.close()
