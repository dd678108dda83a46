"""A store in one SQLite file, or in memory."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import StoreError
from bot.storage.address import MEMORY
from bot.storage.database import WRITES

WAIT = 10  # seconds to wait for another program that writes
CONNECTIONS = 4  # threads: one writer, the rest read beside it
PRAGMAS = (
    "synchronous=FULL",  # what was acknowledged survives a power cut too; about a millisecond a commit
    "foreign_keys=ON",
)


def make_folder(file: Path) -> None:
    """Make the folder of a store.

    Raises:
        StoreError: One line with the mend.
    """
    if file.is_dir():
        raise StoreError(f"{file}: it is a folder: name a file in it as `store`")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or "not possible"
        raise StoreError(f"{file}: its folder cannot be made ({why}): name another file as `store`") from None


def sqlite_engine(address: URL) -> AsyncEngine:
    """An engine for a file, or for memory: that one lives as long as its only connection."""
    engine = create_async_engine(
        address,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if address.database == MEMORY else CONNECTIONS,
        max_overflow=0,
        # Without the driver's own transactions: `_begin` says how one begins.
        connect_args={"timeout": WAIT, "isolation_level": None},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    # Readers do not wait for the writer. This is written into the file, so only into one of ours.
    cursor.execute("SELECT count(*) = 0 OR sum(name = 'outbox') > 0 FROM sqlite_master WHERE type = 'table'")
    if cursor.fetchone()[0]:
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the right to write at once: two that read first and write then would deadlock."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
