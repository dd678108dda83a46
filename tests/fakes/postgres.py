"""A PostgreSQL server that lets nobody in, each time for a reason of its own; or that never answers.

Speaks the beginning of the protocol: postgresql.org/docs/current/protocol-message-formats.html.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from struct import pack, unpack

SSL_REQUEST = 80877103


@contextlib.asynccontextmanager
async def refusing(state: str, message: str) -> AsyncIterator[int]:
    """Answer every start with an error of this SQLSTATE; yields the port."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while await _start(reader) == SSL_REQUEST:
                writer.write(b"N")
            writer.write(_error(state, message))
            await writer.drain()
        writer.close()

    async with _served(refuse) as port:
        yield port


@contextlib.asynccontextmanager
async def silent() -> AsyncIterator[int]:
    """Take every connection and say nothing; yields the port."""
    ended = asyncio.Event()

    async def wait(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    async with _served(wait) as port:
        try:
            yield port
        finally:
            ended.set()


@contextlib.asynccontextmanager
async def _served(
    answer: "asyncio.streams._ClientConnectedCallback",
) -> AsyncIterator[int]:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _start(reader: asyncio.StreamReader) -> int:
    """Read the first message of a client; give its version or request code."""
    length, code = unpack("!II", await reader.readexactly(8))
    await reader.readexactly(length - 8)
    return int(code)


def _error(state: str, message: str) -> bytes:
    fields = {"S": "FATAL", "V": "FATAL", "C": state, "M": message}
    body = b"".join(f"{kind}{value}\0".encode() for kind, value in fields.items()) + b"\0"
    return b"E" + pack("!I", len(body) + 4) + body
