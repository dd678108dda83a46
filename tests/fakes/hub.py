"""A WebSub hub on loopback: takes subscriptions, asks back, pushes what a test publishes.

async with FakeHub() as hub:
... a subscriber posts to hub.url ...
await hub.settled()
await hub.publish("https://a.example/feed", FEED)
"""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

CHALLENGE = "let-me-see-2718"


@dataclass(kw_only=True)
class Subscriber:
    """Who asked for a topic."""

    topic: str
    callback: str
    secret: str
    lease: str
    confirmed: bool = False


@dataclass(kw_only=True)
class FakeHub:
    """Serves one path on a free port; use as an async context manager.

    Attributes:
        status: What it answers to requests to subscribe.
        deny: Whether it denies what it is asked for.
        lease: Seconds that it promises.
        subscribers: Everybody who asked, by callback.
    """

    status: int = 202
    deny: bool = False
    lease: int = 864_000
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    url: str = ""
    _asking: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        """Start to listen."""
        self._session = aiohttp.ClientSession()
        self._runner = web.ServerRunner(web.Server(self._handle), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hub"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        await self.settled()
        await self._session.close()
        await self._runner.cleanup()

    async def settled(self) -> None:
        """Wait until everybody was asked back."""
        await asyncio.gather(*self._asking)

    async def publish(
        self, topic: str, body: bytes, *, method: str = "sha256", secret: str | None = None
    ) -> list[int]:
        """Push a body to all confirmed subscribers of a topic; return what they answered."""
        wanted = [one for one in self.subscribers.values() if one.confirmed and one.topic == topic]
        return [await self._push(one, body, method, secret or one.secret) for one in wanted]

    async def _push(self, one: Subscriber, body: bytes, method: str, secret: str) -> int:
        signed = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
        headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"{method}={signed}"}
        async with self._session.post(one.callback, data=body, headers=headers) as answer:
            return answer.status

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        form = await request.post()
        if self.status == 202:
            one = Subscriber(
                topic=str(form["hub.topic"]),
                callback=str(form["hub.callback"]),
                secret=str(form["hub.secret"]),
                lease=str(form["hub.lease_seconds"]),
            )
            self.subscribers[one.callback] = one
            task = asyncio.create_task(self._ask_back(one))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        return web.Response(status=self.status)

    async def _ask_back(self, one: Subscriber) -> None:
        query = {"hub.mode": "denied", "hub.topic": one.topic, "hub.reason": "members only"}
        if not self.deny:
            query = {
                "hub.mode": "subscribe",
                "hub.topic": one.topic,
                "hub.challenge": CHALLENGE,
                "hub.lease_seconds": str(self.lease),
            }
        async with self._session.get(one.callback, params=query) as answer:
            one.confirmed = answer.status == 200 and await answer.text() == CHALLENGE
