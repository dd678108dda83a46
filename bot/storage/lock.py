"""One running bot per store: two would each take the other's sends for crashed ones."""

import fcntl
import os
from pathlib import Path
from typing import Protocol

from bot.errors import StoreError


class StoreLock(Protocol):
    """Held from `acquire` until `release` or the end of the program, however it ends."""

    async def acquire(self) -> None:
        """Take the lock.

        Raises:
            StoreError: Another bot runs on this store.
        """
        ...

    async def hold(self) -> None:
        """Be sure that it is still held, and take it again where it was lost.

        Raises:
            StoreError: Another bot has taken it meanwhile, or the database is not reachable.
        """
        ...

    async def release(self) -> None:
        """Give the lock back."""
        ...


def taken(name: str) -> StoreError:
    """The error of whoever comes second."""
    return StoreError(f"{name}: another Depesche runs on this store; stop it, or set another `store`")


class FileLock:
    """A lock on a file; the kernel gives it back when the program ends. The file stays, empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    async def acquire(self) -> None:
        """Take the lock."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise taken(str(self.path)) from None
        self._handle = handle

    async def hold(self) -> None:
        """Nobody can take it away."""

    async def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
