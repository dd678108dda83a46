"""The connection: engine, transactions, and the two decorators that make a method one transaction."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import wraps
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.faults import fault
from bot.storage.lock import StoreLock

T = TypeVar("T")
P = ParamSpec("P")
WRITES = "depesche_writes"  # execution option: this transaction is going to write


class Database:
    """An engine whose transactions end whole, and whose errors are lines for a person.

    Args:
        engine: Where to.
        name: What errors call it; no password in it.
        one_writer: Writers wait for each other here, in their order, instead of in the database.
        reading: Execution options of a transaction that only reads.
        lock: What keeps others out, if anything does; no write without it.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        name: str,
        one_writer: bool,
        reading: Mapping[str, Any] = MappingProxyType({}),
        lock: StoreLock | None = None,
    ) -> None:
        self.engine = engine
        self.name = name
        self._reader = engine.execution_options(**reading)
        self._writer = engine.execution_options(**{WRITES: True})
        self._lock = lock
        self._turn: AbstractAsyncContextManager[object] = asyncio.Lock() if one_writer else nullcontext()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on one consistent state."""
        return await _whole(self._transaction(self._reader, work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` and commit it; if it raises, nothing of it stays."""
        async with self._turn:
            if self._lock:
                await self._lock.hold()
            return await _whole(self._transaction(self._writer, work))

    async def close(self) -> None:
        """Close all connections, and let others in."""
        await self.engine.dispose()
        if self._lock:
            await self._lock.release()

    async def _transaction(self, engine: AsyncEngine, work: Callable[[Connection], T]) -> T:
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(work)
        except (SQLAlchemyError, OSError) as error:
            raise fault(self.name, error) from error


class Part:
    """One part of the store: methods over a database."""

    def __init__(self, database: Database) -> None:
        self.database = database


S = TypeVar("S", bound=Part)
Method = Callable[Concatenate[S, P], Coroutine[Any, Any, T]]


def reads(method: Callable[Concatenate[S, Connection, P], T]) -> Method[S, P, T]:
    """An async method out of one that reads with the connection it is given."""

    @wraps(method)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.database.read(lambda tx: method(self, tx, *args, **kwargs))

    return call


def writes(method: Callable[Concatenate[S, Connection, P], T]) -> Method[S, P, T]:
    """An async method out of one that writes; the method is the transaction and awaits nothing else."""

    @wraps(method)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.database.write(lambda tx: method(self, tx, *args, **kwargs))

    return call


async def _whole(transaction: Coroutine[Any, Any, T]) -> T:
    """Let a transaction that has begun end before a cancellation goes through."""
    task = asyncio.create_task(transaction)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # nobody is left to hear of it
        raise
