"""Servers that stall, drip, reset, lie and send in circles: none of them slows the others."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.pipeline.intervals import Bounds
from bot.pipeline.poll import Polled, Poller
from bot.ports.clock import Clock
from bot.ports.sources import SourceSettings
from bot.sources.fetchers import Fetchers
from bot.sources.limits import Limits
from tests.fakes.clock import FakeClock
from tests.fakes.feed_server import Drip, FeedServer, Raw, Reply, Reset, Stall, WrongLength
from tests.fakes.store import FakeStore

LIMITS = Limits(total=3, connect=2, silence=2, feed_bytes=3_000_000, redirects=3, per_host=100, robots=False)
ITEM = "<item><guid>{n}</guid><title>News {n}</title><description>Text {n}.</description></item>"
GOOD = "good"


def rss(count: int) -> str:
    """A feed of so many entries."""
    items = "".join(ITEM.format(n=number) for number in range(count))
    return f'<rss version="2.0"><channel><title>A</title>{items}</channel></rss>'


FEED = rss(3)
BOMB = gzip.compress(b" " * 50_000_000)
BAD = {
    "stalls before the answer": (Reply(body=FEED, fault=Stall()), "sent nothing"),
    "stalls in the body": (Reply(body=FEED, fault=Stall(after=40)), "sent nothing"),
    "drips": (Reply(body=FEED, fault=Drip(size=1, pause=0.1)), "did not finish"),
    "resets": (Reply(body=FEED, fault=Reset()), "closed the connection"),
    "resets in the body": (Reply(body=FEED, fault=Reset(after=30)), "cut off"),
    "goes in circles": (Reply(status=302, location="/circle"), "in circles"),
    "promises more than it sends": (Reply(body=FEED, fault=WrongLength(length=9_999)), None),
    "says gzip and lies": (Reply(body=FEED, headers={"Content-Encoding": "gzip"}), "broken compressed"),
    "is a bomb": (Reply(body=BOMB, headers={"Content-Encoding": "gzip"}), "larger than"),
    "promises too much": (Reply(body=FEED, fault=WrongLength(length=99_000_000)), "larger than"),
    "speaks no HTTP": (Reply(fault=Raw(bytes=b"\x00\xff no http at all\r\n\r\n")), "broken HTTP answer"),
    "sends endless headers": (
        Reply(fault=Raw(bytes=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 99_000)),
        "broken HTTP",
    ),
    "leads into our network": (Reply(status=302, location="http://10.0.0.1/"), "not public"),
    "leads to a metadata service": (Reply(status=301, location="http://169.254.169.254/"), "not public"),
    "leads to a file": (Reply(status=302, location="file:///etc/passwd"), "no web address"),
    "has ten thousand entries": (Reply(body=rss(10_000)), None),
}


@dataclass(kw_only=True)
class Noting(FakeStore):
    """A store that notes which sources are done, in their order."""

    done: list[str] = field(default_factory=list)

    async def record_poll(self, source_id: str, *args: object, **named: object) -> int:
        """Note that it is done."""
        self.done.append(source_id)
        return await super().record_poll(source_id, *args, **named)  # type: ignore[arg-type]

    async def record_failure(self, source_id: str, *args: object, **named: object) -> None:
        """Note that it is done."""
        self.done.append(source_id)
        await super().record_failure(source_id, *args, **named)  # type: ignore[arg-type]


@pytest.fixture
async def poller(server: FeedServer) -> AsyncIterator[Poller]:
    """A poller with real fetchers."""
    clock: Clock = FakeClock(datetime.now(UTC))
    fetchers = Fetchers(now=clock.now, limits=LIMITS, allow=["127.0.0.0/8"])
    bounds = Bounds(shortest=timedelta(minutes=5), longest=timedelta(minutes=5))
    yield Poller(store=Noting(), fetcher=fetchers, clock=clock, bounds=bounds, jitter=lambda: 0.0)
    await fetchers.close()


async def polled(poller: Poller, *sources: tuple[str, str]) -> dict[str, Polled]:
    """One round over sources of these ids and addresses."""
    assert isinstance(poller.store, Noting)
    settings = [SourceSettings(id=name, kind="feed", url=url, name=name) for name, url in sources]
    await poller.store.put_sources(settings, poller.clock.now())
    poller.store.done.clear()
    return {one.source.id: one for one in await poller.poll_due()}


async def test_no_bad_server_slows_a_good_one(server: FeedServer, poller: Poller) -> None:
    """All at once: each bad one costs itself alone, with one line; the good one is there at once."""
    server.script("/circle", Reply(status=302, location="/round"))
    server.script("/round", Reply(status=302, location="/circle"))
    replies = [(name, reply) for name, (reply, _) in BAD.items()]
    sources = [(name, server.script(f"/{number}", reply)) for number, (name, reply) in enumerate(replies)]
    sources.append((GOOD, server.script("/good", Reply(body=FEED))))
    found = await polled(poller, *sources)
    assert isinstance(poller.store, Noting)
    slow = [poller.store.done.index(name) for name in BAD if "stalls" in name or "drips" in name]
    assert poller.store.done.index(GOOD) < min(slow)
    lines = {name: str(found[name].error) for name in BAD}
    assert {name: line for name, line in lines.items() if (BAD[name][1] or "None") not in line} == {}
    assert (found[GOOD].new, found["has ten thousand entries"].new) == (3, LIMITS.entries)


async def test_many_that_stall_leave_room_for_the_others(server: FeedServer, poller: Poller) -> None:
    """Those that failed last time wait for one another, not the others for them."""
    url = server.script("/stalls", Reply(body=FEED, fault=Stall()))
    stalling = [(f"stalls {number}", f"{url}?{number}") for number in range(60)]
    await polled(poller, *stalling)
    assert isinstance(poller.clock, FakeClock)
    poller.clock.advance(600)
    assert isinstance(poller.store, Noting)
    good = (GOOD, server.script("/good", Reply(body=FEED)))
    poller.store.done.clear()
    round_ = asyncio.create_task(polled(poller, *stalling, good))
    while not poller.store.done:
        await asyncio.sleep(0.01)
    assert poller.store.done == [GOOD]
    round_.cancel()
    await asyncio.gather(round_, return_exceptions=True)
