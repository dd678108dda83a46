"""Socket Mode from Slack's side: tickets, greeting, envelopes and their acknowledgement."""

import asyncio
import json
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.faults import HalfOpen, NeverOpen, SocketFault, UpgradeRefused

LIFE_OF_TICKET = 30.0


class NotConnectedError(Exception):
    """Nobody listens: a person reads that the app did not respond."""


@dataclass(kw_only=True)
class Asked:
    """A command or tap on its way: what the bot said to it.

    Attributes:
        acknowledged: Seconds until it was, or None.
        answers: What came to the response URL, in order.
    """

    payload: dict[str, Any]
    sent: float = field(default_factory=time.monotonic)
    acknowledged: float | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    taken: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, seconds: float = 5.0) -> dict[str, Any]:
        """The first answer; waits for it."""
        async with asyncio.timeout(seconds):
            await self.answered.wait()
        return self.answers[0]

    async def acked(self, seconds: float = 5.0) -> float:
        """Wait for the acknowledgement; how long it took, in seconds."""
        async with asyncio.timeout(seconds):
            await self.taken.wait()
        return self.acknowledged or 0.0

    def acknowledge(self) -> None:
        """It was, just now."""
        self.acknowledged = time.monotonic() - self.sent
        self.taken.set()

    def say(self, answer: dict[str, Any]) -> None:
        """The bot answered."""
        self.answers.append(answer)
        self.answered.set()


@dataclass(kw_only=True)
class Sockets:
    """All WebSockets of the app.

    Attributes:
        address: Where WebSockets are opened.
        complain: Takes violations.
        ack_seconds: How long an envelope may stay unacknowledged.
        opened: How many WebSockets were opened so far, dead ones not counted.
    """

    address: Callable[[], str]
    complain: Callable[[str], None]
    ack_seconds: float = 3.0
    app_id: str = "A0DEPESCHE"
    opened: int = 0
    faults: list[SocketFault] = field(default_factory=list)
    alive: list[web.WebSocketResponse] = field(default_factory=list)
    _tickets: dict[str, float] = field(default_factory=dict)
    _waiting: dict[str, Asked] = field(default_factory=dict)
    _acked: set[str] = field(default_factory=set)
    _timers: dict[str, asyncio.TimerHandle] = field(default_factory=dict)
    _opening: asyncio.Event = field(default_factory=asyncio.Event)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    def ticket(self) -> str:
        """An address that is good for one WebSocket."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = time.monotonic()
        return f"{self.address()}?ticket={ticket}&app_id={self.app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Open a WebSocket and stay with it."""
        given = self._tickets.pop(request.query.get("ticket", ""), None)
        if given is None or time.monotonic() - given > LIFE_OF_TICKET:
            return web.Response(status=401, text="invalid ticket")
        match self.faults.pop(0) if self.faults else None:
            case UpgradeRefused(status=status):
                return web.Response(status=status)
            case NeverOpen():
                await self._stop.wait()
                return web.Response(status=503)
            case HalfOpen(greets=greets):
                return await self._dead(request, greets=greets)
        return await self._live(request)

    async def send(self, kind: str, asked: Asked) -> Asked:
        """Send an envelope over the newest WebSocket.

        Raises:
            NotConnectedError: There is none.
        """
        if not self.alive:
            raise NotConnectedError
        envelope = str(uuid.uuid4())
        self._waiting[envelope] = asked
        loop = asyncio.get_running_loop()
        self._timers[envelope] = loop.call_later(self.ack_seconds, self._unacknowledged, envelope, kind)
        whole = {"envelope_id": envelope, "type": kind, "accepts_response_payload": True,
                 "payload": asked.payload}  # fmt: skip
        await self.alive[-1].send_str(json.dumps(whole))
        return asked

    async def disconnect(self, reason: str, *, grace: float = 0.0) -> None:
        """Say that the oldest WebSocket ends, and end it after `grace` seconds; the client may come first."""
        socket = self.alive[0]
        debug = {"host": "applink-fake", "build_number": 1}
        await socket.send_str(json.dumps({"type": "disconnect", "reason": reason, "debug_info": debug}))
        await asyncio.sleep(grace)
        await socket.close()

    async def cut(self) -> None:
        """Break all WebSockets without a word."""
        for socket in list(self.alive):
            if socket._req and socket._req.transport:
                socket._req.transport.abort()
        self.alive.clear()

    async def connected(self, number: int = 1, seconds: float = 10.0) -> None:
        """Wait until that many WebSockets have been opened in all."""
        async with asyncio.timeout(seconds):
            while self.opened < number or not self.alive:
                self._opening.clear()
                await self._opening.wait()

    async def close(self) -> None:
        """End everything; what is unacknowledged by now does not count."""
        self._stop.set()
        for timer in self._timers.values():
            timer.cancel()
        for socket in list(self.alive):
            await socket.close()

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=5.0)
        await socket.prepare(request)
        self.alive.append(socket)
        self.opened += 1
        self._opening.set()
        try:
            await socket.send_str(json.dumps(self._hello()))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
                else:
                    self.complain(f"socket: a frame of the type {message.type.name}")
        finally:
            if socket in self.alive:
                self.alive.remove(socket)
        return socket

    async def _dead(self, request: web.Request, *, greets: bool) -> web.WebSocketResponse:
        """Open, and neither read nor write any more."""
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if greets:
            await socket.send_str(json.dumps(self._hello()))
        await self._stop.wait()
        return socket

    def _hello(self) -> dict[str, Any]:
        debug = {"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18_060}
        return {
            "type": "hello",
            "num_connections": len(self.alive),
            "debug_info": debug,
            "connection_info": {"app_id": self.app_id},
        }

    def _take(self, text: str) -> None:
        """An acknowledgement: nothing else comes from an app."""
        try:
            message = json.loads(text)
            envelope = message["envelope_id"]
        except (ValueError, TypeError, KeyError):
            self.complain(f"socket: this is no acknowledgement: {text!r:.80}")
            return
        for name in message.keys() - {"envelope_id", "payload", "retry_attempt", "retry_reason"}:
            self.complain(f"socket: an acknowledgement has no `{name}`")
        asked = self._waiting.pop(envelope, None)
        if asked is None:
            again = "acknowledged twice" if envelope in self._acked else "of an unknown envelope"
            self.complain(f"socket: {again}: {envelope}")
            return
        self._acked.add(envelope)
        self._timers.pop(envelope).cancel()
        asked.acknowledge()
        if payload := message.get("payload"):
            asked.say(payload)

    def _unacknowledged(self, envelope: str, kind: str) -> None:
        if self._waiting.pop(envelope, None):
            self.complain(f"socket: {kind} was not acknowledged within {self.ack_seconds:g} s")
