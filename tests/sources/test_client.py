import asyncio
import gzip
import zlib

import pytest

from bot.errors import SourceError
from bot.sources.client import HttpClient
from bot.sources.guard import AddressGuard
from bot.sources.limits import Limits
from tests.fakes.feed_server import Drip, FeedServer, Raw, Reply, Reset, Stall, WrongLength
from tests.sources.samples import LOOPBACK, RSS, noon

BODY = RSS.encode()


async def get(client: HttpClient, url: str, max_bytes: int = 200_000) -> bytes:
    """The body at an address."""
    return (await client.get(url, headers={}, max_bytes=max_bytes)).body


async def test_plain(server: FeedServer, client: HttpClient) -> None:
    """A document comes with its validators; the request says who asks."""
    url = server.script("/feed", Reply(body=RSS, etag='"1"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT"))
    response = await client.get(url, headers={"Accept": "text/xml"}, max_bytes=200_000)
    assert (response.status, response.body, response.complete) == (200, BODY, True)
    assert (response.etag, response.last_modified) == ('"1"', "Mon, 02 Mar 2026 00:00:00 GMT")
    assert server.requests[0].headers["User-Agent"].startswith("Depesche/")
    assert server.requests[0].headers["Accept"] == "text/xml"


FAULTS = [
    (Reply(fault=Stall()), "127.0.0.1 sent nothing for 0.8 s"),
    (Reply(body=RSS, fault=Stall(after=100)), "127.0.0.1 sent nothing for 0.8 s"),
    (Reply(body=RSS, fault=Drip(size=1, pause=0.05)), "127.0.0.1 did not finish within 2.5 s"),
    (Reply(body=RSS, fault=Reset()), "127.0.0.1 closed the connection without a whole answer"),
    (Reply(fault=Raw(bytes=b"")), "127.0.0.1 closed the connection without a whole answer"),
    (Reply(fault=Raw(bytes=b"220 smtp ready\r\n")), "127.0.0.1 gave a broken HTTP answer"),
    (
        Reply(fault=Raw(bytes=b"HTTP/1.1 200 OK\r\nA: " + b"x" * 99_999)),
        "127.0.0.1 gave a broken HTTP answer",
    ),
    (
        Reply(fault=Raw(bytes=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")),
        "127.0.0.1 gave a broken HTTP answer",
    ),
    (Reply(body=RSS, fault=WrongLength(length=100)), "127.0.0.1 gave a broken HTTP answer"),
    (Reply(body=b"x" * 300_000), "larger than 0.2 MB: refused"),
    (Reply(body=b"x" * 300_000, fault=WrongLength(length=100_000_000)), "larger than 0.2 MB: refused"),
    (Reply(body=b"\0" * 50_000_000, zipped=True), "larger than 0.2 MB: refused"),
    (Reply(body=b"no gzip", headers={"Content-Encoding": "gzip"}), "127.0.0.1 sent broken compressed data"),
    (Reply(body=b"x", headers={"Content-Encoding": "br"}), "encoding `br` was not asked for"),
    (Reply(status=404), "HTTP 404: there is nothing at this address"),
    (Reply(status=410), "HTTP 410: gone for good; take this address out"),
    (Reply(status=403), "HTTP 403: the server does not let us in"),
    (Reply(status=500), "HTTP 500: the server has a problem"),
    (Reply(status=204), "HTTP 204: not the document"),
    (Reply(status=418), "HTTP 418: not the document"),
    (Reply(status=302), "HTTP 302: not the document"),
    (Reply(status=302, location="ftp://a.example/"), "redirects to something that is no web address"),
    (Reply(status=302, location="file:///etc/passwd"), "redirects to something that is no web address"),
    (Reply(status=302, location="/feed"), "redirects in circles"),
]


@pytest.mark.parametrize(("reply", "reason"), FAULTS)
async def test_faults(server: FeedServer, client: HttpClient, reply: Reply, reason: str) -> None:
    """Each fault of a server is one line that names it, and none takes longer than the limit."""
    url = server.script("/feed", reply)
    with pytest.raises(SourceError) as caught:
        async with asyncio.timeout(10):
            await get(client, url)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://feeds.example/", "not a web address: it must begin with https:// or http://"),
        ("", "not a web address: it must begin with https:// or http://"),
        ("http://127.0.0.1:1/", "127.0.0.1 refuses the connection"),
    ],
)
async def test_addresses(client: HttpClient, url: str, reason: str) -> None:
    """An address that leads nowhere is one line."""
    with pytest.raises(SourceError) as caught:
        await get(client, url)
    assert str(caught.value) == reason


async def test_no_certificate(server: FeedServer, client: HttpClient) -> None:
    """A server without TLS behind an https address is one line."""
    url = server.script("/feed", Reply(body=RSS)).replace("http:", "https:")
    with pytest.raises(SourceError, match=r"^127\.0\.0\.1: no secure connection \("):
        await get(client, url)


async def test_secrets_stay(server: FeedServer, client: HttpClient) -> None:
    """Neither password nor token of an address stands in the error."""
    url = server.script("/feed", Reply(status=401)).replace("http://", "http://user:secret@")
    with pytest.raises(SourceError) as caught:
        await get(client, url + "?token=hidden")
    assert "secret" not in str(caught.value)
    assert "hidden" not in str(caught.value)
    assert server.requests[0].headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "fault", [Reset(after=100), WrongLength(length=len(BODY) + 50)], ids=["reset", "too long"]
)
async def test_broken_off(server: FeedServer, client: HttpClient, fault: Reset | WrongLength) -> None:
    """A body that breaks off is given as far as it came, marked as not complete."""
    url = server.script("/feed", Reply(body=RSS, fault=fault))
    response = await client.get(url, headers={}, max_bytes=200_000)
    assert response.body
    assert BODY.startswith(response.body)
    assert not response.complete


async def test_broken_off_gzip(server: FeedServer, client: HttpClient) -> None:
    """A compressed body that ends early is given as far as it can be unpacked."""
    half = gzip.compress(BODY)[:-40]
    url = server.script("/feed", Reply(body=half, headers={"Content-Encoding": "gzip"}))
    response = await client.get(url, headers={}, max_bytes=200_000)
    assert not response.complete
    assert BODY.startswith(response.body)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("GZIP", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])),
        ("gzip", gzip.compress(BODY) + b"\0\0\0"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY, wbits=-15)),
        ("identity", BODY),
    ],
)
async def test_encodings(server: FeedServer, client: HttpClient, coding: str, body: bytes) -> None:
    """Compressed bodies are unpacked."""
    url = server.script("/feed", Reply(body=body, headers={"Content-Encoding": coding}))
    assert await get(client, url) == BODY


async def test_redirects(server: FeedServer, client: HttpClient) -> None:
    """Redirects are followed; a move for good is told as far as every hop was one."""
    server.script("/new", Reply(status=307, location="newest"))
    server.script("/newest", Reply(body=RSS))
    url = server.script("/feed", Reply(status=301, location="/new"))
    response = await client.get(url, headers={}, max_bytes=200_000)
    assert response.url == server.url("/newest")
    assert response.moved_to == server.url("/new")
    response = await client.get(server.url("/new"), headers={}, max_bytes=200_000)
    assert response.moved_to is None


async def test_too_many_redirects(server: FeedServer, client: HttpClient) -> None:
    """A chain of redirects ends at the limit."""
    for number in range(10):
        server.script(f"/{number}", Reply(status=302, location=f"/{number + 1}"))
    with pytest.raises(SourceError, match="redirects more than 3 times"):
        await get(client, server.url("/0"))
    assert len(server.requests) == 4


async def test_redirects_share_the_time(server: FeedServer) -> None:
    """A chain of slow redirects gets no more time than one answer."""
    limits = Limits(total=0.5, silence=5, redirects=10, robots=False)
    client = HttpClient(now=noon, limits=limits, guard=AddressGuard(LOOPBACK))
    for number in range(10):
        slow = Stall(seconds=0.2)
        server.script(f"/{number}", Reply(status=302, location=f"/{number + 1}", fault=slow))
    async with asyncio.timeout(5):
        with pytest.raises(SourceError, match=r"did not finish within 0\.5 s"):
            await get(client, server.url("/0"))
    await client.close()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 02 Mar 2026 12:05:00 GMT", 300.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("99999999999", 86_400.0),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
async def test_retry_after(
    server: FeedServer, client: HttpClient, header: str, seconds: float | None
) -> None:
    """Retry-After is read as seconds or date and kept within reason."""
    latin = header.encode().decode("latin-1")
    url = server.script("/feed", Reply(status=503, fault=Raw(bytes=_unavailable(latin))))
    with pytest.raises(SourceError) as caught:
        await get(client, url)
    assert caught.value.retry_after == seconds


def _unavailable(retry_after: str) -> bytes:
    lines = ("HTTP/1.1 503 Busy", f"Retry-After: {retry_after}", "Content-Length: 0", "", "")
    return "\r\n".join(lines).encode("latin-1")


async def test_per_host(server: FeedServer) -> None:
    """One host is asked by few at once, and waiting does not use up the time."""
    limits = Limits(per_host=2, total=1.5, robots=False)
    client = HttpClient(now=noon, limits=limits, guard=AddressGuard(LOOPBACK))
    url = server.script("/feed", Reply(body=b"x" * 4, fault=Drip(size=1, pause=0.05)))
    bodies = await asyncio.gather(*(get(client, url) for _ in range(12)))
    assert bodies == [b"xxxx"] * 12
    assert server.busiest == 2
    await client.close()


async def test_other_hosts_go_on(server: FeedServer) -> None:
    """A host that stalls does not hold up another."""
    client = HttpClient(now=noon, limits=Limits(per_host=2, robots=False), guard=AddressGuard(LOOPBACK))
    stalled = server.script("/stall", Reply(fault=Stall()))
    quick = server.script("/feed", Reply(body=RSS)).replace("127.0.0.1", "localhost")
    waiting = [asyncio.create_task(get(client, stalled)) for _ in range(20)]
    await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        assert await get(client, quick) == BODY
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await client.close()


async def test_cancel(server: FeedServer, client: HttpClient) -> None:
    """A fetch that is cancelled ends at once."""
    task = asyncio.create_task(get(client, server.script("/feed", Reply(fault=Stall()))))
    await asyncio.sleep(0.05)
    task.cancel()
    async with asyncio.timeout(3):
        with pytest.raises(asyncio.CancelledError):
            await task
