"""What a person wrote as `store`: a path, or the URL of a database."""

from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError

MEMORY = ":memory:"
SQLITE = "sqlite+aiosqlite"
POSTGRES = "postgresql+asyncpg"
_POSTGRES_NAMES = frozenset({"postgres", "postgresql", POSTGRES})
_SHOWN = frozenset({"host", "port", "dbname", "search_path"})  # parts of a query that say where, not who


def address_of(store: str) -> URL:
    """The URL of a store; its driver is one of the two that are used here.

    Raises:
        StoreError: It is no such thing; nothing of it is repeated, for it may hold a password.
    """
    try:
        address = make_url(store) if "://" in store else URL.create(SQLITE, database=store)
    except (ArgumentError, ValueError):
        raise _unreadable() from None
    if address.get_backend_name() == "sqlite":
        path = address.database or MEMORY
        return URL.create(SQLITE, database=path if path == MEMORY else str(Path(path).expanduser()))
    if address.drivername not in _POSTGRES_NAMES:
        raise StoreError(
            f"`store`: a database of the kind `{address.drivername}` is not known here: "
            "name a file, or `postgresql://user@host/database`"
        )
    if "@" in (address.host or ""):
        raise _unreadable()
    database = unquote(address.database) if address.database else None
    return address.set(drivername=POSTGRES, database=database)


def name_of(store: str) -> str:
    """What people are told: the file, or the URL without its password."""
    return display_name(address_of(store))


def display_name(address: URL) -> str:
    """The same for an address."""
    if address.drivername == SQLITE:
        return address.database or MEMORY
    query = {key: value for key, value in address.query.items() if key in _SHOWN}
    return address.set(drivername="postgresql", query=query).render_as_string(hide_password=True)


def file_of(store: str) -> Path | None:
    """The file of a store, or None for a database that is elsewhere or in memory."""
    address = address_of(store)
    if address.drivername != SQLITE or not address.database or address.database == MEMORY:
        return None
    return Path(address.database)


def is_server(store: str) -> bool:
    """Whether the store is a database on a server, perhaps on another machine."""
    return address_of(store).drivername == POSTGRES


def _unreadable() -> StoreError:
    return StoreError(
        "`store`: neither a path nor the URL of a database: "
        "write `postgresql://user:password@host/database`, and in a password %40 for @, %3A for :, %2F for /"
    )
