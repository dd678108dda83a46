"""Thousands of feeds in a process of their own: each has a host of its own, 127.0.x.y, one server behind all.

    python -m tests.bench.feed_farm      prints its port, serves until its input ends

Feeds of an even number answer a conditional request with 304; the others have one more entry each time they
are asked after the first. Every feed has twenty entries of some eight hundred characters, which is usual.
"""

import asyncio
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from os import _exit

from aiohttp import web

ENTRIES = 20
START = datetime(2026, 3, 2, 4, tzinfo=UTC)
GAP = timedelta(minutes=20)  # between two entries of one feed
TEXT = (
    "The harbour office said that two ferries will stay in port until the storm has passed. "
    "Travellers were told to ask for their money at the counter, and most of them did so calmly. "
    "A spokeswoman expects the first boats to leave again in the morning. "
) * 3
ITEM = (
    "<item><guid>{feed}-{n}</guid><title>Ferries stay in port, report {n} of station {feed}</title>"
    "<link>https://station.example/{feed}/{n}</link><pubDate>{date}</pubDate>"
    "<content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded></item>"
)
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Station {feed}</title>'
    "<link>https://station.example/{feed}</link>"
)


def host(feed: int) -> str:
    """The address of a feed's own host."""
    return f"127.0.{1 + feed // 250}.{1 + feed % 250}"


def item(feed: int, number: int) -> str:
    """One entry."""
    date = format_datetime(START + GAP * number)
    return ITEM.format(feed=feed, n=number, date=date, text=TEXT)


class Farm:
    """All feeds; how often each was asked."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request."""
        if request.path != "/feed":
            return web.Response(status=404)
        name = request.host.partition(":")[0]
        third, fourth = (int(part) for part in name.split(".")[2:])
        feed = (third - 1) * 250 + fourth - 1
        etag = f'"{feed}"'
        if feed % 2 == 0 and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        asked = self._asked[name] = self._asked.get(name, -1) + 1
        newest = ENTRIES + (asked if feed % 2 else 0)
        items = "".join(item(feed, number) for number in range(newest, newest - ENTRIES, -1))
        body = f"{HEAD.format(feed=feed)}{items}</channel></rss>"
        headers = {"ETag": etag} if feed % 2 == 0 else {}
        return web.Response(text=body, content_type="application/rss+xml", headers=headers)


def main() -> None:
    """Serve until whoever started this closes its input."""
    threading.Thread(target=lambda: (sys.stdin.read(), _exit(0)), daemon=True).start()
    asyncio.run(serve())


async def serve() -> None:
    """Print the port, then answer."""
    runner = web.ServerRunner(web.Server(Farm().handle))
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", 0, backlog=1_024).start()  # noqa: S104 - all of 127.0.0.0/8
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    main()
