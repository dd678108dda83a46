"""A feed that names a hub, the hub, and the bot between them, on loopback."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.pipeline.intervals import Bounds
from bot.pipeline.poll import Poller
from bot.pipeline.push import Pusher
from bot.ports.hubs import HubState, HubSubscription
from bot.ports.polling import Why
from bot.ports.sources import SourceSettings
from bot.sources.fetchers import Fetchers
from bot.sources.limits import Limits
from bot.web.server import WebServer
from bot.web.websub import websub_routes
from tests.fakes.clock import FakeClock
from tests.fakes.feed_server import FeedServer, Reply
from tests.fakes.hub import FakeHub
from tests.fakes.store import FakeStore

LOOPBACK = ["127.0.0.0/8"]
TEXT = "Die Ministerin kündigte an, dass die Gespräche am Donnerstag beginnen. " * 8


def feed(hub: str, *names: str) -> bytes:
    """A feed that names a hub and has these items."""
    items = "".join(
        f"<item><guid>{name}</guid><title>{name}</title><content:encoded>{TEXT}</content:encoded></item>"
        for name in names
    )
    return (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A</title>'
        f'<atom:link rel="hub" href="{hub}"/><atom:link rel="self" href="https://a.example/feed"/>'
        f"{items}</channel></rss>"
    ).encode()


@dataclass(kw_only=True)
class Desk:
    """Everything on one table."""

    store: FakeStore
    clock: FakeClock
    hub: FakeHub
    server: FeedServer
    poller: Poller
    pusher: Pusher

    async def subscribed(self, *names: str) -> HubSubscription:
        """Poll the feed, and ask its hub."""
        self.server.script("/feed", Reply(body=feed(self.hub.url, *names)))
        await self.poller.poll_due()
        await self.pusher.ask_due()
        await self.hub.settled()
        return self.store.hubs["a"]

    @property
    def titles(self) -> list[str | None]:
        """What the store has."""
        return [item.article.title for item in self.store.articles.values()]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """A bot whose web edge and feeds are on loopback."""
    async with AsyncExitStack() as ends:
        hub, server = await ends.enter_async_context(FakeHub()), await ends.enter_async_context(FeedServer())
        store, clock = FakeStore(), FakeClock()
        source = SourceSettings(id="a", kind="feed", url=server.url("/feed"), name="A")
        await store.put_sources([source], clock.now())
        fetchers = Fetchers(now=clock.now, limits=Limits(robots=False), allow=LOOPBACK)
        ends.push_async_callback(fetchers.close)
        bases: list[str] = []
        numbers = iter(range(100))
        pusher = Pusher(
            store=store,
            asker=fetchers.hubs,
            reader=fetchers.hubs,
            clock=clock,
            callback=lambda token: f"{bases[0]}/websub/{token}",
            randomness=lambda size: bytes([next(numbers)]) * size,
        )
        edge = WebServer(websub_routes(pusher))
        bases.append(f"http://127.0.0.1:{await edge.start('127.0.0.1', 0)}")
        ends.push_async_callback(edge.stop)
        bounds = Bounds(shortest=timedelta(minutes=1), longest=timedelta(minutes=10))
        poller = Poller(
            store=store, fetcher=fetchers, clock=clock, bounds=bounds, jitter=lambda: 0.0, hubs=pusher
        )
        yield Desk(store=store, clock=clock, hub=hub, server=server, poller=poller, pusher=pusher)


async def test_a_feed_that_names_a_hub_is_subscribed_and_confirmed(desk: Desk) -> None:
    """The hub is asked for the feed's own topic, asks back, and the lease is renewed before it ends."""
    hub = await desk.subscribed("1")
    now = desk.clock.now()
    assert (hub.state, hub.topic) == (HubState.ACTIVE, "https://a.example/feed")
    assert hub.lease_until == now + timedelta(days=10)
    assert now < hub.next_at < hub.lease_until


async def test_what_a_hub_pushes_is_taken_in_as_if_polled(desk: Desk) -> None:
    """A push brings new articles at once, and one that was polled already is not doubled."""
    await desk.subscribed("1")
    assert await desk.hub.publish("https://a.example/feed", feed(desk.hub.url, "2", "1")) == [202]
    assert desk.titles == ["1", "2"]


async def test_while_a_hub_pushes_its_feed_is_polled_seldom(desk: Desk) -> None:
    """After a push the next poll is an hour away, until a poll finds what no push brought."""
    await desk.subscribed("1")
    desk.clock.advance(60)
    await desk.hub.publish("https://a.example/feed", feed(desk.hub.url, "2", "1"))
    (status,) = await desk.store.sources()
    assert (status.why, status.next_poll) == (Why.PUSHED, desk.clock.now() + timedelta(hours=1))
    desk.clock.advance(3600)
    desk.server.script("/feed", Reply(body=feed(desk.hub.url, "3", "2", "1")))
    await desk.poller.poll_due()
    (status,) = await desk.store.sources()
    assert status.why is not Why.PUSHED


@pytest.mark.parametrize(("method", "secret"), [("sha256", "guessed"), ("sha1", None), ("md5", None)])
async def test_a_push_that_is_not_rightly_signed_is_dropped(
    desk: Desk, method: str, secret: str | None
) -> None:
    """A wrong secret, or a method that can be forged, brings nothing and tells the sender nothing."""
    await desk.subscribed("1")
    body = feed(desk.hub.url, "forged")
    assert await desk.hub.publish("https://a.example/feed", body, method=method, secret=secret) == [202]
    assert desk.titles == ["1"]


async def test_a_hub_that_refuses_leaves_the_feed_polled(desk: Desk) -> None:
    """Its answer is kept as the reason, and it is asked again later and later."""
    desk.hub.status = 503
    hub = await desk.subscribed("1")
    assert (hub.state, hub.failures) == (HubState.REFUSED, 1)
    assert "503" in (hub.reason or "")
    assert hub.next_at == desk.clock.now() + timedelta(hours=1)
    (status,) = await desk.store.sources()
    assert status.why is Why.FIRST


async def test_a_hub_that_denies_is_believed(desk: Desk) -> None:
    """A denial comes to the address of the subscription, with its reason."""
    desk.hub.deny = True
    hub = await desk.subscribed("1")
    assert (hub.state, hub.reason) == (HubState.REFUSED, "the hub denies it: members only")


async def test_a_hub_that_is_named_no_more_is_let_go(desk: Desk) -> None:
    """What it pushes then is unknown, and it is not asked again."""
    await desk.subscribed("1")
    desk.clock.advance(600)
    desk.server.script("/feed", Reply(body=feed("", "2", "1").replace(b'rel="hub"', b'rel="x"')))
    await desk.poller.poll_due()
    assert desk.store.hubs["a"].state is HubState.ENDED
    assert await desk.hub.publish("https://a.example/feed", feed(desk.hub.url, "3")) == [404]
    desk.clock.advance(30 * 86_400)
    assert await desk.store.hubs_due(desk.clock.now(), 10) == []


async def test_nobody_subscribes_us_to_what_we_did_not_ask_for(desk: Desk) -> None:
    """A confirmation of another topic, or of another address, is not found."""
    hub = await desk.subscribed("1")
    desk.hub.subscribers.clear()
    callback = desk.pusher.callback
    for address, topic in ((hub.token, "https://evil.example/"), ("f" * 64, hub.topic)):
        query = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x"}
        async with desk.hub._session.get(callback(address), params=query) as answer:
            assert answer.status == 404
