"""A web server on loopback that serves what a test tells it to, faults included.

    async with FeedServer() as server:
        server.script("/feed.xml", Reply(body=RSS, etag='"1"'), Reply(fault=Stall()))
        ... fetch server.url("/feed.xml") twice ...
        assert server.requests[1].headers["If-None-Match"] == '"1"'

Each request to a path takes the next reply of its script; the last one stays. A reply with an `etag` or
`last_modified` answers a matching conditional request with 304 by itself.
"""

import asyncio
import gzip
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from aiohttp import web

RSS_TYPE = "application/rss+xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Stall:
    """Send `after` bytes of the body and then nothing for `seconds`; None is slow to answer at all."""

    after: int | None = None
    seconds: float = 3_600.0


@dataclass(frozen=True, kw_only=True)
class Drip:
    """Send the body `size` bytes at a time with `pause` seconds between."""

    size: int = 1
    pause: float = 0.05


@dataclass(frozen=True, kw_only=True)
class Reset:
    """Send `after` bytes of the body and reset the connection; None resets before the headers."""

    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class WrongLength:
    """Say that the body is `length` bytes long, whatever it is, send it and close."""

    length: int


@dataclass(frozen=True, kw_only=True)
class Raw:
    """Send these bytes in place of an HTTP answer and close."""

    bytes: bytes


Fault = Stall | Drip | Reset | WrongLength | Raw


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer.

    Attributes:
        zipped: Compress the body with gzip and say so.
        location: Target of a redirect; `status` must be one of its kinds.
    """

    body: bytes | str = b""
    status: int = 200
    content_type: str | None = RSS_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    zipped: bool = False
    fault: Fault | None = None

    @property
    def payload(self) -> bytes:
        """The body as it goes over the wire."""
        plain = self.body.encode() if isinstance(self.body, str) else self.body
        return gzip.compress(plain) if self.zipped else plain

    def all_headers(self) -> dict[str, str]:
        """Headers as they go over the wire, without the length."""
        found = {
            "Content-Type": self.content_type,
            "ETag": self.etag,
            "Last-Modified": self.last_modified,
            "Location": self.location,
            "Content-Encoding": "gzip" if self.zipped else None,
        }
        return {name: value for name, value in found.items() if value is not None} | dict(self.headers)

    def is_known(self, headers: Mapping[str, str]) -> bool:
        """Whether a request says that it has this already."""
        if self.etag is not None:
            return headers.get("If-None-Match") == self.etag
        return self.last_modified is not None and headers.get("If-Modified-Since") == self.last_modified


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request that came."""

    path: str
    headers: Mapping[str, str]
    query: str = ""


class FeedServer:
    """Serves scripts of replies on a free port of 127.0.0.1; use as an async context manager.

    Attributes:
        requests: All that came, in order.
        busiest: The greatest number of requests that were open at once.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.busiest = 0
        self._scripts: dict[str, list[Reply]] = {}
        self._open = 0
        self._runner: web.ServerRunner | None = None
        self._port = 0

    def script(self, path: str, *replies: Reply) -> str:
        """Set what a path answers from now on; return its address."""
        self._scripts[path] = list(replies)
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path, under a name that must resolve to loopback."""
        return f"http://{host}:{self._port}{path}"

    async def __aenter__(self) -> Self:
        """Start to listen."""
        self._runner = web.ServerRunner(web.Server(self._handle), shutdown_timeout=0.1)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", 0))
        self._port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, stalled answers included."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(
            Request(path=request.path, headers=dict(request.headers), query=request.query_string)
        )
        self._open += 1
        self.busiest = max(self.busiest, self._open)
        try:
            return await self._answer(request, self._next(request.path))
        finally:
            self._open -= 1

    def _next(self, path: str) -> Reply:
        replies = self._scripts.get(path)
        if not replies:
            return Reply(status=404, body="nothing here", content_type="text/plain")
        return replies.pop(0) if len(replies) > 1 else replies[0]

    async def _answer(self, request: web.BaseRequest, reply: Reply) -> web.StreamResponse:
        if reply.is_known(request.headers):
            return web.Response(status=304, headers=reply.all_headers())
        match reply.fault:
            case None:
                return web.Response(status=reply.status, headers=reply.all_headers(), body=reply.payload)
            case Stall(after=None, seconds=seconds):
                await asyncio.sleep(seconds)
                return await self._answer(request, replace(reply, fault=None))
            case Stall(after=int(after), seconds=seconds):
                await self._send(request, reply, reply.payload[:after])
                await asyncio.sleep(seconds)
            case Drip(size=size, pause=pause):
                await self._drip(request, reply, size, pause)
            case Reset(after=after):
                if after is not None:
                    await self._send(request, reply, reply.payload[:after])
                _reset(request)
            case WrongLength(length=length):
                await self._send(request, reply, reply.payload, length)
            case Raw(bytes=raw):
                await self._write(request, raw)
        return _closed(request)

    async def _drip(self, request: web.BaseRequest, reply: Reply, size: int, pause: float) -> None:
        await self._send(request, reply, b"")
        for start in range(0, len(reply.payload), size):
            if request.transport is None:
                return
            await self._write(request, reply.payload[start : start + size])
            await asyncio.sleep(pause)

    async def _send(
        self, request: web.BaseRequest, reply: Reply, body: bytes, length: int | None = None
    ) -> None:
        """Write status line, headers and (part of) the body past aiohttp, which would not lie."""
        promised = len(reply.payload) if length is None else length
        headers = reply.all_headers() | {"Content-Length": str(promised)}
        lines = [
            f"HTTP/1.1 {reply.status} Whatever",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        await self._write(request, "\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    async def _write(self, request: web.BaseRequest, data: bytes) -> None:
        if isinstance(request.transport, asyncio.Transport):
            request.transport.write(data)
        await asyncio.sleep(0.02)  # let it go out before what follows


def _reset(request: web.BaseRequest) -> None:
    """Close with RST, as a crashed server does."""
    if request.transport is None:
        return
    handle = request.transport.get_extra_info("socket")
    handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()


def _closed(request: web.BaseRequest) -> web.StreamResponse:
    """Close the connection; the response only satisfies aiohttp and reaches nobody."""
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=204)
