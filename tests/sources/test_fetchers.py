import asyncio
import threading
import time

import pytest

from bot.errors import SourceError
from bot.ports.sources import FeedFetcher, PageFetcher, SourceSettings, Validators
from bot.sources.fetchers import Fetchers
from bot.sources.threads import in_thread
from tests.fakes.feed_server import FeedServer, Reply
from tests.sources.samples import LOOPBACK, RSS, noon


def source(kind: str, url: str = "") -> SourceSettings:
    """A source of a kind."""
    return SourceSettings(id=kind, kind=kind, url=url, name=kind)


async def test_contract(server: FeedServer) -> None:
    """Whatever the kind: entries at first, then unchanged while nothing changes, with the same validators."""
    fetchers = Fetchers(now=noon, allow=LOOPBACK)
    for polled in (source("demo", "demo:"), source("feed", server.script("/feed", Reply(body=RSS)))):
        feed: FeedFetcher = fetchers
        first = await feed.fetch(polled, Validators())
        second = await feed.fetch(polled, first.validators)
        assert first.changed
        assert len({entry.key for entry in first.entries}) == len(first.entries) > 1
        assert (second.changed, second.entries, second.validators) == (False, (), first.validators)
    await fetchers.close()


async def test_pages(server: FeedServer) -> None:
    """Pages are fetched by the same client."""
    fetchers = Fetchers(now=noon, allow=LOOPBACK)
    pages: PageFetcher = fetchers
    reply = Reply(body="Rat tagt.", content_type="text/plain")
    assert (await pages.page(server.script("/a", reply))).text == "Rat tagt."
    await fetchers.close()


async def test_guarded_by_default(server: FeedServer) -> None:
    """Without a word from the owner nothing of the own network is asked."""
    fetchers = Fetchers(now=noon)
    with pytest.raises(SourceError, match="not public"):
        await fetchers.fetch(source("feed", server.script("/feed", Reply(body=RSS))), Validators())
    assert server.requests == []
    await fetchers.close()


async def test_unknown_kind() -> None:
    """A kind that nobody knows is one line with the mend."""
    with pytest.raises(SourceError, match="kind `mail` is not known: use feed, page, "):
        await Fetchers(now=noon).fetch(source("mail"), Validators())


async def test_close_twice() -> None:
    """Closing may be repeated, and the demo can be had after it."""
    fetchers = Fetchers(now=noon)
    await fetchers.close()
    await fetchers.close()
    assert (await fetchers.fetch(source("demo"), Validators())).entries


async def test_threads_do_not_block() -> None:
    """Work in a thread gives its result or its error, and a cancelled wait leaves it behind."""
    assert await in_thread(max, 1, 2) == 2
    with pytest.raises(ZeroDivisionError):
        await in_thread(divmod, 1, 0)
    release = threading.Event()
    started = time.perf_counter()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await in_thread(release.wait, 10)
    assert time.perf_counter() - started < 1
    release.set()
