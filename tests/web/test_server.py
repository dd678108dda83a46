import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession

from bot.ports.web import NOT_FOUND, Call, Reply, Route
from bot.web.server import WebError, WebLimits, WebServer

LIMITS = WebLimits(body_bytes=1000, seconds=0.3, at_once=2)


async def _echo(call: Call) -> Reply:
    """What came in, as text."""
    body = f"{call.method} {call.parts.get('name')} {call.query.get('q')} {call.body.decode()}"
    return Reply(body=body.encode(), headers={"X-Own": "yes"})


async def _nothing(call: Call) -> Reply:
    return NOT_FOUND


async def _slow(call: Call) -> Reply:
    await asyncio.sleep(60)
    return Reply()


async def _broken(call: Call) -> Reply:
    raise ValueError(f"secret {call.parts}")


ROUTES = [
    Route(method="GET", path="/echo/{name}.ics", handle=_echo),
    Route(method="POST", path="/echo/{name}", handle=_echo),
    Route(method="GET", path="/nothing", handle=_nothing),
    Route(method="GET", path="/slow", handle=_slow),
    Route(method="GET", path="/broken", handle=_broken),
]
Address = Callable[[str], str]


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """The port of a running server."""
    server = WebServer(ROUTES, LIMITS)
    yield await server.start("127.0.0.1", 0)
    await server.stop()


@pytest.fixture
async def client(port: int) -> AsyncIterator[ClientSession]:
    """A client of it."""
    async with ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session


@pytest.mark.parametrize(
    ("method", "address", "status", "body"),
    [
        ("GET", "/echo/a%20b.ics?q=1", 200, "GET a b 1 "),
        ("HEAD", "/echo/a.ics", 200, ""),
        ("POST", "/echo/a?q=x", 200, "POST a x hello"),
        ("GET", "/", 404, ""),
        ("GET", "/echo/a/b.ics", 404, ""),
        ("GET", "/nothing", 404, ""),
        ("DELETE", "/echo/a", 404, ""),
        ("GET", "/broken", 500, ""),
        ("GET", "/slow", 503, ""),
    ],
)
async def test_answers(client: ClientSession, method: str, address: str, status: int, body: str) -> None:
    """A route answers with what its handler says; everything else is a number without a word or a banner."""
    data = b"hello" if method == "POST" else None
    async with client.request(method, address, data=data) as answer:
        assert (answer.status, await answer.text()) == (status, body)
        assert "Server" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers.get("X-Own") == ("yes" if status == 200 else None)


async def test_large_body(client: ClientSession) -> None:
    """A body above the limit is refused before any handler sees it."""
    async with client.post("/echo/a", data=b"x" * 1001) as answer:
        assert (answer.status, await answer.text()) == (413, "")


async def test_body_that_never_ends(port: int) -> None:
    """Who sends half a body and waits gets 503 when the time is over."""
    status = await _raw(port, b"POST /echo/a HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nhalf")
    assert status.startswith(b"HTTP/1.1 503")


async def test_a_request_that_never_ends(port: int) -> None:
    """Who sends half a line and waits is hung up on."""
    assert await _raw(port, b"GET /echo/a.ics HTTP/1.1\r\nHost: ") == b""


async def test_too_many_connections() -> None:
    """Above the limit a connection is closed at once; the others go on."""
    server = WebServer(ROUTES, WebLimits(seconds=2, connections=1))
    port = await server.start("127.0.0.1", 0)
    async with ClientSession(f"http://127.0.0.1:{port}") as client:
        async with client.get("/echo/a.ics") as answer:
            assert answer.status == 200
        assert await _raw(port, b"") == b""
        async with client.get("/echo/a.ics") as answer:
            assert answer.status == 200
    await server.stop()


async def test_no_http(port: int) -> None:
    """What is no HTTP gets 400 without an explanation and without naming the software."""
    answer = await _raw(port, b"\x16\x03\x01 nonsense\r\n\r\n")
    assert answer.startswith(b"HTTP/1.")
    assert b" 400 " in answer
    assert b"aiohttp" not in answer.lower()
    assert b"python" not in answer.lower()


async def test_long_line(port: int) -> None:
    """An address of endless length is refused."""
    answer = await _raw(port, b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert b" 400 " in answer.splitlines()[0]


async def test_too_many_at_once(client: ClientSession) -> None:
    """Above the limit of requests at once, others are sent away at once."""

    async def status(address: str) -> int:
        async with client.get(address) as answer:
            return answer.status

    slow = [asyncio.create_task(status("/slow")) for _ in range(2)]
    await _until(lambda: _is(status("/echo/a.ics"), 503))
    assert await asyncio.gather(*slow) == [503, 503]
    assert await status("/echo/a.ics") == 200


async def test_taken_port(port: int) -> None:
    """A taken port is one clear error that names the key."""
    with pytest.raises(WebError, match=rf"`web.listen`: cannot listen on 127.0.0.1:{port}"):
        await WebServer([]).start("127.0.0.1", port)


async def _raw(port: int, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await writer.wait_closed()
    return answer


async def _is(status: Awaitable[int], wanted: int) -> bool:
    return await status == wanted


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(5):
        while not await holds():
            await asyncio.sleep(0)
