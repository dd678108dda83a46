"""A schema of its own in a PostgreSQL database, for one worker of a test run."""

import asyncio
import secrets
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import make_url

from bot.storage.address import address_of
from bot.storage.opening import open_store
from bot.storage.postgres import Connector
from bot.storage.tables import metadata

Rows = list[tuple[Any, ...]]


class ServerSchema:
    """Made at the first test that wants it, emptied before each, dropped at the end.

    Its methods wait on a thread, so that they serve fixtures with and without a loop.

    Attributes:
        outside: URL of the database, without the schema.
        url: URL of a store in the schema; its commits do not wait for the disk.
    """

    def __init__(self, outside: str) -> None:
        self.name = f"depesche_test_{secrets.token_hex(6)}"
        self.outside = outside
        self.url = self.beside(self.name)

    def beside(self, name: str) -> str:
        """URL of a store in another schema of the database."""
        here = make_url(self.outside).update_query_dict({"search_path": name, "synchronous_commit": "off"})
        return here.render_as_string(hide_password=False)

    def make(self) -> None:
        """Make it, with its tables.

        Raises:
            StoreError: The database cannot be used.
        """
        self.ask(f"CREATE SCHEMA {self.name}", self.outside)
        _waited(_opened(self.url))

    def empty(self) -> None:
        """Empty all tables, when whoever still writes to them is gone; quicker than TRUNCATE for few rows."""
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        rows = "; ".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))  # noqa: S608 - ours
        self.ask(f"DO $$ BEGIN LOCK TABLE {tables}; {rows}; END $$")

    def drop(self) -> None:
        """Remove it with all that is in it."""
        self.ask(f"DROP SCHEMA {self.name} CASCADE", self.outside)

    def end(self, program: str) -> int:
        """End the connections of a program, as a restart of the server does; say how many there were."""
        programs = f"SELECT pid FROM pg_stat_activity WHERE application_name = '{program}'"  # noqa: S608 - ours
        return len(self.ask(f"SELECT pg_terminate_backend(pid) FROM ({programs}) AS found"))  # noqa: S608 - ours

    def ask(self, statement: str, url: str | None = None) -> Rows:
        """Run a statement past the store; give its rows."""
        return _waited(_asked(url or self.url, statement))


def _waited(work: Coroutine[Any, Any, Rows]) -> Rows:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _opened(url: str) -> Rows:
    await (await open_store(url)).close()
    return []


async def _asked(url: str, statement: str) -> Rows:
    link = await Connector(address_of(url), patient=True)()
    try:
        return [tuple(row.values()) for row in await link.fetch(statement)]
    finally:
        await link.close()
