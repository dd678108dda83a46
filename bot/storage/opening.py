"""Opening a store: from what a person wrote to a store that is ready."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from bot.storage.address import MEMORY, SQLITE, address_of, display_name
from bot.storage.database import Database
from bot.storage.lock import FileLock, StoreLock
from bot.storage.schema import is_current, migrate
from bot.storage.sqlite import make_folder, sqlite_engine
from bot.storage.store import SqlStore


@dataclass(frozen=True, kw_only=True)
class _Doors:
    """A store that nobody has entered yet.

    Attributes:
        migrator: The same database, with the patience that a migration needs.
    """

    database: Database
    migrator: Database
    lock: StoreLock | None


async def open_store(url: str, *, alone: bool = False) -> SqlStore:
    """Open a store, make its folder and tables where they are missing, bring older tables up to date.

    Args:
        url: A path; `:memory:` for a store that is gone when it is closed; or a URL such as
            `postgresql://user:password@host/database` or `sqlite:///var/depesche.sqlite`.
        alone: Keep out every other program that asks for the same, until the store is closed.

    Raises:
        StoreError: One line with the store's name, no password in it, and the mend.
    """
    doors = _doors(address_of(url), alone=alone)
    try:
        if doors.lock:
            await doors.lock.acquire()
        await _bring_up_to_date(doors)
    except BaseException:
        await doors.database.close()
        raise
    return SqlStore(doors.database)


def _doors(address: URL, *, alone: bool) -> _Doors:
    return _sqlite(address, alone=alone) if address.drivername == SQLITE else _postgres(address, alone=alone)


def _sqlite(address: URL, *, alone: bool) -> _Doors:
    name, lock = display_name(address), None
    if name != MEMORY:
        make_folder(Path(name))
        lock = FileLock(Path(name).with_suffix(".lock")) if alone else None
    database = Database(sqlite_engine(address), name=name, one_writer=True, lock=lock)
    return _Doors(database=database, migrator=database, lock=lock)


def _postgres(address: URL, *, alone: bool) -> _Doors:
    # Loaded only where it is wanted: the driver takes a tenth of a second.
    from bot.storage.postgres import (  # noqa: PLC0415
        READING,
        Connector,
        DatabaseLock,
        postgres_engine,
    )

    name = display_name(address)
    lock = DatabaseLock(Connector(address), name) if alone else None
    engine = postgres_engine(Connector(address))
    patient = postgres_engine(Connector(address, patient=True))
    return _Doors(
        database=Database(engine, name=name, one_writer=False, reading=READING, lock=lock),
        migrator=Database(patient, name=name, one_writer=False),
        lock=lock,
    )


async def _bring_up_to_date(doors: _Doors) -> None:
    if await doors.database.read(is_current):
        return
    try:
        await doors.migrator.write(lambda tx: migrate(tx, doors.database.name))
    finally:
        if doors.migrator is not doors.database:
            await doors.migrator.close()
