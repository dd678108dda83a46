"""From publication to the message call: a running bot between feeds, a hub and Telegram, all on loopback.

Facts that differ in who, where and how many are published one after the other; of each the moment is known
at which the feed has it (or the hub pushes it) and at which the fake Telegram gets the call. So many a second
are published as one chat may be sent: more would measure Telegram's limits.
"""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.acceptance.chats import eventually
from tests.acceptance.process import Bot
from tests.fakes.feed_server import FeedServer, Reply
from tests.fakes.hub import FakeHub
from tests.fakes.telegram.fixtures import checked_server
from tests.fakes.telegram.server import TelegramServer
from tests.fakes.telegram.world import Chat

INTERVAL = 5.0  # seconds between two polls of the feed
NUMBER = 40
TOPIC = "https://wire.example/feed"
FLOOR = (
    10.0  # seconds beyond the interval; far above the figure, for a machine that is busy with other things
)
WHO = ("Norwegen", "Schweden", "Dänemark", "Finnland", "Spanien", "Portugal", "Italien", "Kanada", "Belgien")
WHERE = ("Litauen", "Lettland", "Estland", "Polen", "Rumänien", "Bulgarien", "Ungarn", "Griechenland")


class Wire:
    """A feed that grows."""

    def __init__(self, hub: str = "") -> None:
        self.items: list[str] = []
        self.published: dict[str, float] = {}
        self._link = (
            f'<atom:link rel="hub" href="{hub}"/><atom:link rel="self" href="{TOPIC}"/>' if hub else ""
        )

    def add(self, who: str, where: str, number: int) -> None:
        """One more fact."""
        self.published[f"{who} → {where}"] = time.monotonic()
        self.items.insert(
            0,
            f"<item><guid>{who}{where}</guid><title>{who} und {where}</title>"
            f"<pubDate>{format_datetime(datetime.now(UTC))}</pubDate>"
            f"<description>{who} entsendet {number} Soldaten nach {where}.</description></item>",
        )

    @property
    def body(self) -> bytes:
        """The feed as it is now, its last thirty items."""
        return (
            '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
            f"<title>Draht</title>{self._link}{''.join(self.items[:30])}</channel></rss>"
        ).encode()


@dataclass(kw_only=True)
class Place:
    """A feed server, a Telegram with one chat, and the configuration of a bot between them."""

    folder: Path
    feed: FeedServer
    telegram: TelegramServer
    chat: Chat

    async def start(self, source: str, more: str = "") -> Bot:
        """Start the bot on one source, and let it read what there is."""
        path = self.folder / "config.yml"
        path.write_text(
            f"language: de\nstore: {self.folder / 'store.sqlite'}\ndemo: false\nsources: [{source}]\n"
            "polling: {allow_networks: [127.0.0.0/8]}\nmodels: {de: none, en: none}\nrules: {cap: off}\n"
            f"telegram: {{base_url: '{self.telegram.base_url}'}}\n"
            f"destinations: [{{kind: telegram, address: '{self.chat.id}'}}]\n{more}",
            encoding="utf-8",
        )
        bot = await Bot.start(path, env={"DEPESCHE_TELEGRAM_TOKEN": self.telegram.token})
        await eventually(lambda: self.telegram.updates.polled)
        await eventually(lambda: self.feed.requests)
        return bot


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """The servers; the bot is not started yet."""
    async with FeedServer() as feed, checked_server() as telegram:
        yield Place(folder=tmp_path, feed=feed, telegram=telegram, chat=telegram.private(id=5))


async def measured(
    place: Place, wire: Wire, publish: Callable[[], Awaitable[object]], pause: Callable[[], float]
) -> list[float]:
    """Seconds from publication to the call, of all facts."""
    called: dict[str, float] = {}
    facts = list(itertools.product(WHO, WHERE))[:NUMBER]

    async def watch() -> None:
        while len(called) < NUMBER:
            texts = [message.text for message in place.telegram.sent(place.chat)]
            for fact in wire.published:
                if fact not in called and any(fact in text for text in texts):
                    called[fact] = time.monotonic()
            await asyncio.sleep(0.01)

    watching = asyncio.create_task(watch())
    for number, (who, where) in enumerate(facts):
        wire.add(who, where, 100 + 10 * number)
        await publish()
        await asyncio.sleep(pause())
    await asyncio.wait_for(watching, 120)
    return sorted(called[fact] - wire.published[fact] for fact in called)


def p99(seconds: list[float]) -> float:
    """The greatest but one of a hundred; of fewer the greatest."""
    return seconds[min(len(seconds) - 1, int(0.99 * len(seconds)))]


def show(what: str, found: list[float]) -> None:
    """Print a line."""
    print(f"\n{what}, {len(found)} facts: median {found[len(found) // 2]:.2f} s, p99 {p99(found):.2f} s")


async def test_a_polled_feed(place: Place) -> None:
    """At its set interval: the wait for the poll, and what the bot takes."""
    wire, chance = Wire(), random.Random(1)  # noqa: S311 - moments of publication
    place.feed.script("/wire", Reply(body=wire.body))
    url = place.feed.url("/wire")
    bot = await place.start(f"{{name: Draht, url: '{url}', interval: {INTERVAL:.0f}s}}")

    async def publish() -> None:
        place.feed.script("/wire", Reply(body=wire.body))

    found = await measured(place, wire, publish, lambda: chance.uniform(3.0, 7.0))
    await bot.stop()
    show(f"polled each {INTERVAL:.0f} s", found)
    assert p99(found) < INTERVAL + FLOOR


async def test_a_pushed_feed(place: Place) -> None:
    """From the push of its hub: only what the bot takes."""
    async with FakeHub() as hub:
        wire, port = Wire(hub.url), 18_000 + random.randrange(2_000)  # noqa: S311 - a free port
        place.feed.script("/wire", Reply(body=wire.body))
        source = f"{{name: Draht, url: '{place.feed.url('/wire')}', interval: 10m}}"
        address = f"127.0.0.1:{port}"
        bot = await place.start(source, f"web: {{listen: '{address}', public_url: 'http://{address}'}}\n")
        await eventually(lambda: any(one.confirmed for one in hub.subscribers.values()))
        found = await measured(place, wire, lambda: hub.publish(TOPIC, wire.body), lambda: 1.5)
        await bot.stop()
        show("pushed by a hub", found)
        assert p99(found) < FLOOR
