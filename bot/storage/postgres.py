"""A store in a PostgreSQL database: connections, their settings, and the lock of the one running bot."""

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import urlencode

import asyncpg
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StoreError
from bot.storage.address import POSTGRES, display_name
from bot.storage.faults import fault
from bot.storage.lock import taken

Link: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

CONNECTIONS = 5  # kept open; the bot's loops and the readers of its status rarely need more at once
WAIT = 10  # seconds for a connection to be made, or to be free
ANSWER = 30  # seconds for the answer to one statement, a dead network included
FRESH = 1800  # seconds after which a connection is made anew: firewalls forget silent ones
PING = 15  # seconds for which the lock's connection is believed without asking
GOING = 3  # seconds a bot that was just killed may take to be gone from the server

# One state for all statements of a read, which may not write.
READING: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

_ALWAYS = {
    "application_name": "depesche",
    "timezone": "UTC",
    "jit": "off",  # it costs more than it gives on short statements
    # The server lets go of a client that vanished, and of its locks, within a minute.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_IN_TIME = {
    "statement_timeout": "20s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
_LOCK = 0x6465_7065  # "depe": the class of the advisory lock of a running bot; its object is the schema
_TRY = f"SELECT pg_try_advisory_lock({_LOCK}, hashtext(current_schema()))"
_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


class Connector:
    """Makes connections to one database; what is wrong is told in one line.

    Args:
        address: Where to. Parts that libpq knows, such as `sslmode`, and settings of the server, such as
            `search_path`, may stand in its query; what is missing comes from PGPASSWORD and its kin.
        patient: Without time limits, for migrations.
    """

    def __init__(self, address: URL, *, patient: bool = False) -> None:
        self.name = display_name(address)
        self.patient = patient
        settings = _ALWAYS if patient else _ALWAYS | _IN_TIME
        self._arguments: dict[str, Any] = {
            "dsn": f"postgresql:///?{urlencode(address.query, doseq=True)}",
            "host": address.host,
            "port": address.port,
            "user": address.username,
            "password": address.password,
            "database": address.database,
            "timeout": WAIT,
            "command_timeout": None if patient else ANSWER,
            "server_settings": {key: value for key, value in settings.items() if key not in address.query},
        }

    async def __call__(self, **_: Any) -> Link:
        """A new connection.

        Raises:
            StoreError: None can be had.
        """
        try:
            link: Link = await asyncpg.connect(**self._arguments)
        except _ERRORS as error:
            raise fault(self.name, error) from None
        encoding = link.get_settings().server_encoding
        if encoding != "UTF8":
            await link.close()
            raise StoreError(
                f"{self.name}: it holds text as {encoding}: make a database with the encoding UTF8, "
                "and name that as `store`"
            )
        return link


def postgres_engine(connect: Connector) -> AsyncEngine:
    """An engine whose connections are asked, before each use, whether they still live."""
    if connect.patient:
        return create_async_engine(f"{POSTGRES}://", async_creator=connect, poolclass=NullPool)
    return create_async_engine(
        f"{POSTGRES}://",
        async_creator=connect,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_timeout=ANSWER,
        pool_recycle=FRESH,
        pool_pre_ping=True,
    )


class DatabaseLock:
    """A lock on a schema, held by a connection of its own; the server frees it when that ends."""

    def __init__(self, connect: Connector, name: str) -> None:
        self.name = name
        self._connect = connect
        self._link: Link | None = None
        self._seen = 0.0
        self._turn = asyncio.Lock()

    async def acquire(self) -> None:
        """Take the lock."""
        link = await self._connect()
        try:
            mine = await _try(link)
        except _ERRORS as error:
            link.terminate()
            raise fault(self.name, error) from None
        if not mine:
            await link.close()
            raise taken(self.name)
        self._link, self._seen = link, time.monotonic()

    async def hold(self) -> None:
        """Be sure that it is still held, and take it again where the connection was lost."""
        async with self._turn:
            if not await self._lives():
                self._drop()
                await self.acquire()

    async def release(self) -> None:
        """Give the lock back."""
        if self._link and not self._link.is_closed():
            # Unlocked before closed: who starts next need not wait until the server has seen the end.
            with contextlib.suppress(*_ERRORS):
                await self._link.execute("SELECT pg_advisory_unlock_all()", timeout=WAIT)
                await self._link.close(timeout=WAIT)
        self._drop()

    def _drop(self) -> None:
        if self._link:
            self._link.terminate()
            self._link = None

    async def _lives(self) -> bool:
        if self._link is None or self._link.is_closed():
            return False
        if time.monotonic() - self._seen > PING:
            try:
                await self._link.fetchval("SELECT 1", timeout=WAIT)
            except _ERRORS:
                return False
            self._seen = time.monotonic()
        return True


async def _try(link: Link) -> bool:
    """Whether the lock could be had."""
    patience = time.monotonic() + GOING
    while await link.fetchval(_TRY) is False:  # None: there is no schema; the first statement will say so
        if time.monotonic() > patience:
            return False
        await asyncio.sleep(0.1)
    return True
