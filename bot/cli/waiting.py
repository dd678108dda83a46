"""A word to whoever waits longer than two seconds for something that cannot be counted."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TextIO

from bot.cli.progress import PATIENCE


@asynccontextmanager
async def waiting(text: str, stream: TextIO | None = None, patience: float = PATIENCE) -> AsyncIterator[None]:
    """Say `text` on a terminal if what is done inside takes long, and take it off again at the end.

    What blocks the event loop has to be done in a thread.
    """
    stream = stream or sys.stderr
    if stream is None or not stream.isatty():
        yield
        return
    teller = asyncio.create_task(_told(text, stream, patience))
    try:
        yield
    finally:
        teller.cancel()
        (ended,) = await asyncio.gather(teller, return_exceptions=True)
        if ended is None:  # it was not cancelled: the word stands there
            _write(stream, "\r\x1b[K")


async def _told(text: str, stream: TextIO, patience: float) -> None:
    await asyncio.sleep(patience)
    _write(stream, text)


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
