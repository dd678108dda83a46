"""The HTTP client: one document, within the limits, through the guard, redirects followed by hand."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import aiohttp
from aiohttp import hdrs

from bot import __version__
from bot.article.url import absolute_url, host_of
from bot.errors import SourceError
from bot.sources.caching import max_age
from bot.sources.decompression import Inflater, TooLargeError
from bot.sources.failures import RefusedError, failed_connection, failed_status
from bot.sources.guard import AddressGuard, GuardedResolver
from bot.sources.limits import Limits
from bot.sources.robots import LIMIT as ROBOTS_LIMIT
from bot.sources.robots import RobotsGate

USER_AGENT = f"Depesche/{__version__} (news alerts; reads feeds)"
_MOVED = {301, 302, 303, 307, 308}
_MOVED_FOR_GOOD = {301, 308}
_KEEPS_FORM = {307, 308}
_DOCUMENT = {200, 203}
_UNCHANGED = 304
_PIECE = 65_536  # bytes read at a time
_HEADER_LIMIT = 1_000  # characters of a validator; longer ones are not sent back


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a server gave.

    Attributes:
        status: 200, 203 or 304.
        url: Where the document was found in the end.
        body: Decompressed; empty for 304.
        moved_to: The new address where the server says that the old one moved for good.
        complete: False where the connection broke off in the middle.
        max_age: How long the server says that the answer holds, or None.
        hub: The WebSub hub that its headers name, or None.
        topic: The name that they give the document itself, or None.
    """

    status: int
    url: str
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    complete: bool = True
    max_age: timedelta | None = None
    hub: str | None = None
    topic: str | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing changed."""
        return self.status == _UNCHANGED


@dataclass(frozen=True, kw_only=True)
class _Hop:
    """One answer: a document, or the way to the next."""

    response: Response
    location: str | None = None


class HttpClient:
    """Gets documents; a bounded number at once, few from one host.

    Args:
        now: The current moment, timezone-aware, for Retry-After dates.
        limits: Bytes and seconds.
        guard: Which addresses may be connected to.
        resolver: Looks up names; the guarded system resolver unless given.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        limits: Limits,
        guard: AddressGuard,
        resolver: aiohttp.abc.AbstractResolver | None = None,
    ) -> None:
        self._now = now
        self._limits = limits
        self._guard = guard
        self._resolver = resolver or GuardedResolver(guard)
        self._session: aiohttp.ClientSession | None = None
        self._overall = asyncio.Semaphore(limits.overall)
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._robots = RobotsGate(self._robots_file, now) if limits.robots else None

    async def get(self, url: str, *, headers: Mapping[str, str], max_bytes: int) -> Response:
        """Get one document.

        Args:
            url: Absolute http(s) address.
            headers: Sent at each hop; validators and what is accepted.
            max_bytes: Greatest body, compressed or not.

        Raises:
            SourceError: One line why not.
        """
        if absolute_url(url, None) is None:
            raise SourceError("not a web address: it must begin with https:// or http://")
        if self._robots:
            await self._robots.check(url)
        return await self._followed(url, headers, max_bytes)

    async def _robots_file(self, url: str) -> bytes | None:
        try:
            response = await self._followed(url, {"Accept": "text/plain, */*;q=0.1"}, ROBOTS_LIMIT)
        except RefusedError:
            return None
        return response.body

    async def _followed(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Response:
        """The document at the end of all redirects."""
        seen: list[str] = []
        moved_to, is_permanent, left = None, True, self._limits.total
        while len(seen) <= self._limits.redirects:
            hop, left = await self._timed_hop(url, headers, max_bytes, left)
            if hop.location is None:
                return _with_move(hop.response, moved_to)
            seen.append(url)
            url = _next_address(hop.location, url, seen)
            is_permanent = is_permanent and hop.response.status in _MOVED_FOR_GOOD
            moved_to = url if is_permanent else moved_to
        raise SourceError(f"redirects more than {self._limits.redirects} times")

    async def post(self, url: str, form: Mapping[str, str]) -> None:
        """Send a form; what comes back is not read. Redirects that keep the form are followed.

        Raises:
            SourceError: Not taken; one line why not.
        """
        if absolute_url(url, None) is None:
            raise SourceError("not a web address: it must begin with https:// or http://")
        seen: list[str] = []
        while len(seen) <= self._limits.redirects:
            location = await self._posted(url, form)
            if location is None:
                return
            seen.append(url)
            url = _next_address(location, url, seen)
        raise SourceError(f"redirects more than {self._limits.redirects} times")

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _timed_hop(
        self, url: str, headers: Mapping[str, str], max_bytes: int, left: float
    ) -> tuple[_Hop, float]:
        """One hop, and how many seconds are left; waiting for a turn does not count."""
        loop = asyncio.get_running_loop()
        host = host_of(url)
        async with self._turn(host):
            started = loop.time()
            with _in_one_line(host, max_bytes, self._limits):
                async with asyncio.timeout(left):
                    hop = await self._hop(url, headers, max_bytes)
        return hop, max(left - (loop.time() - started), 0.0)

    async def _posted(self, url: str, form: Mapping[str, str]) -> str | None:
        """Send a form once; where it is to be sent instead, if anywhere."""
        host = host_of(url)
        async with self._turn(host):
            with _in_one_line(host, 0, self._limits):
                async with (
                    asyncio.timeout(self._limits.total),
                    self._opened().post(url, data=dict(form), allow_redirects=False) as answer,
                ):
                    if answer.status in _KEEPS_FORM and answer.headers.get("Location"):
                        return answer.headers["Location"]
                    if not 200 <= answer.status < 300:
                        raise failed_status(answer.status, answer.headers, self._now(), self._limits)
        return None

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until it is this fetch's turn at the host and over all."""
        slot = self._hosts.setdefault(host, asyncio.Semaphore(self._limits.per_host))
        async with slot, self._overall:
            yield

    async def _hop(self, url: str, headers: Mapping[str, str], max_bytes: int) -> _Hop:
        sent = {key: value for key, value in headers.items() if len(value) <= _HEADER_LIMIT}
        async with self._opened().get(url, headers=sent, allow_redirects=False) as answer:
            status, location = answer.status, answer.headers.get("Location")
            if status in _MOVED and location:
                return _Hop(response=Response(status=status, url=url), location=location)
            if status not in _DOCUMENT and status != _UNCHANGED:
                raise failed_status(status, answer.headers, self._now(), self._limits)
            body, complete = (b"", True) if status == _UNCHANGED else await self._body(answer, max_bytes)
            return _Hop(
                response=Response(
                    status=status,
                    url=url,
                    body=body,
                    content_type=answer.headers.get("Content-Type"),
                    etag=answer.headers.get("ETag"),
                    last_modified=answer.headers.get("Last-Modified"),
                    complete=complete,
                    max_age=max_age(answer.headers.get("Cache-Control"), answer.headers.get("Age")),
                    hub=_link(answer, "hub"),
                    topic=_link(answer, "self"),
                )
            )

    async def _body(self, answer: aiohttp.ClientResponse, max_bytes: int) -> tuple[bytes, bool]:
        """The decompressed body, and whether it is whole."""
        if (answer.content_length or 0) > max_bytes:
            raise TooLargeError
        try:
            inflater = Inflater(answer.headers.get("Content-Encoding", ""), max_bytes)
        except ValueError as error:
            raise SourceError(str(error)) from error
        body, received = bytearray(), 0
        try:
            async for piece in answer.content.iter_chunked(_PIECE):
                received += len(piece)
                if received > max_bytes:
                    raise TooLargeError
                body += inflater.feed(piece)
        except TimeoutError:
            raise
        except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, ConnectionError):
            if not body:
                raise
            return bytes(body), False
        return bytes(body), inflater.complete

    def _opened(self) -> aiohttp.ClientSession:
        """The session, opened at the first fetch, because it belongs to the running loop."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=0,  # `_turn` limits
                use_dns_cache=False,
                resolver=self._resolver,
                socket_factory=self._guard.open_socket,
            )
            limits = self._limits
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(
                    total=None,
                    connect=limits.connect,
                    sock_connect=limits.connect,
                    sock_read=limits.silence,
                ),
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # the library's has no limit
                trust_env=False,  # a proxy would connect past the guard
            )
        return self._session


@contextmanager
def _in_one_line(host: str, max_bytes: int, limits: Limits) -> Iterator[None]:
    """Turn what goes wrong on the network into one calm line."""
    try:
        yield
    except TooLargeError as error:
        raise SourceError(f"larger than {_size(max_bytes)}: refused") from error
    except zlib.error as error:
        raise SourceError(f"{host} sent broken compressed data") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise failed_connection(error, host, limits) from error


def _link(answer: aiohttp.ClientResponse, relation: str) -> str | None:
    """An address that a Link header names for a relation."""
    if hdrs.LINK not in answer.headers:
        return None
    named = answer.links.get(relation)
    return absolute_url(str(named["url"]), None) if named else None


def _with_move(response: Response, moved_to: str | None) -> Response:
    return replace(response, moved_to=moved_to) if moved_to else response


def _next_address(location: str, url: str, seen: list[str]) -> str:
    """Where a redirect leads.

    Raises:
        SourceError: To no web address, or to where we have been.
    """
    following = absolute_url(location, url)
    if following is None:
        raise SourceError("redirects to something that is no web address")
    if following in seen:
        raise SourceError("redirects in circles")
    return following


def _size(count: int) -> str:
    return f"{count / 1_000_000:g} MB" if count >= 100_000 else f"{count:,} bytes"
