"""Socket Mode: the WebSocket over which Slack hands in commands and taps, and the watch over it.

The library's client never recovers from a WebSocket that was refused: it goes on with an address that is
used up. So it does not reconnect by itself here; the watch does, with a fresh address each time.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.client import Patience, is_safe, library_logger
from bot.platforms.slack.faults import app_failure
from bot.ports.conversation import Hearing, unwatched
from bot.ports.messenger import NotSent

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why there is no WebSocket.

    Attributes:
        wait: Seconds that Slack asked us to wait, or that make sense, or None.
        lasting: Only a person can mend it.
    """

    why: str
    wait: float | None = None
    lasting: bool = False


class WatchedClient(SocketModeClient):
    """The library's client, which says that it wants a new connection and leaves it to the watch."""

    def __init__(self, app_token: str, web_client: AsyncWebClient, patience: Patience) -> None:
        super().__init__(
            app_token, logger=library_logger(), web_client=web_client, ping_interval=patience.ping
        )
        self.proxy = web_client.proxy
        self.lost = asyncio.Event()
        self.greeted = asyncio.Event()
        self.message_listeners.append(self._greeting)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  (the library's signature)
        """Every way of the library to reconnect comes through here."""
        self.lost.set()

    async def _greeting(
        self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None
    ) -> None:
        if message.get("type") == "hello":
            self.greeted.set()


class SocketModeHandler(AsyncBaseSocketModeHandler):
    """Runs a bolt app behind a WebSocket.

    Args:
        app: What handles the requests.
        client: The WebSocket.
        patience: Waits and time limits.
        hearing: Told when people are not heard, and when they are again.
    """

    app: AsyncApp
    client: WatchedClient

    def __init__(
        self, app: AsyncApp, client: WatchedClient, patience: Patience, hearing: Hearing = unwatched
    ) -> None:
        self.app = app
        self.client = client
        self._patience = patience
        self._hearing = hearing
        self._told: Trouble | None = None
        self._failures = 0
        self._steady = False
        client.socket_mode_request_listeners.append(self.handle)

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Hand a request to the app; what the app does not know is acknowledged too, or Slack complains."""
        response: BoltResponse = await run_async_bolt_app(self.app, req)
        if response.status != 200:
            log.warning("Slack sent something unknown; ignored", kind=req.type)
            response = BoltResponse(status=200, body="")
        await send_async_response(client, req, response, time.time())

    async def keep_connected(self) -> None:
        """Connect, and again whenever the connection ends; runs until it is cancelled."""
        try:
            while True:
                trouble = await self._connect() or await self._stay()
                if trouble:
                    await asyncio.sleep(self._wait(trouble))
        finally:
            await self._close()

    async def _connect(self) -> Trouble | None:
        """One try, with a fresh address."""
        client = self.client
        client.lost.clear()
        client.greeted.clear()
        try:
            response = await client.web_client.apps_connections_open(app_token=client.app_token)
            address = str(response["url"])
        except Exception as error:  # noqa: BLE001  (whatever the library raises is a reason)
            return _no_address(error, self._patience)
        client.wss_uri = address
        if not is_safe(address, client.web_client.base_url):
            why = "Slack named a WebSocket without encryption: check slack.base_url"
            return Trouble(why=why, wait=self._patience.refused_wait, lasting=True)
        return await self._open()

    async def _open(self) -> Trouble | None:
        """Open the WebSocket and wait for the greeting; answers under way wait at the lock."""
        client = self.client
        try:
            async with client.connect_operation_lock, asyncio.timeout(self._patience.connect):
                await client.connect()  # type: ignore[no-untyped-call]
                await client.greeted.wait()
        except TimeoutError:
            return Trouble(why="Slack did not open the WebSocket")
        return None

    async def _stay(self) -> Trouble | None:
        """Return when the connection has ended; one that was short-lived is trouble."""
        self._steady = False
        settling = asyncio.get_running_loop().call_later(self._patience.steady, self._settled)
        try:
            await self._ended()
        finally:
            settling.cancel()
        return None if self._steady else Trouble(why="the WebSocket ended at once")

    async def _ended(self) -> None:
        while await self.client.is_connected():
            try:
                async with asyncio.timeout(self._patience.ping):
                    await self.client.lost.wait()
            except TimeoutError:
                continue
            return

    def _settled(self) -> None:
        if self._failures:
            log.info("Slack: commands work again")
            self._hearing(None)
        self._failures, self._steady, self._told = 0, True, None

    async def _close(self) -> None:
        """Say goodbye, but do not wait long for a peer that may be dead."""
        client = self.client
        try:
            async with asyncio.timeout(self._patience.ping):
                await client.close()  # type: ignore[no-untyped-call]
        except TimeoutError:
            for task in (client.message_processor, client.current_session_monitor, client.message_receiver):
                if task:
                    task.cancel()
            await client.aiohttp_client_session.close()

    def _wait(self, trouble: Trouble) -> float:
        """How long to wait; a row of failures is one line, and one more where a person must act."""
        known = self._told
        if known is None or (trouble.lasting and trouble.why != known.why):
            log.warning("Slack: no commands at the moment; trying again", why=trouble.why)
            self._hearing(f"Slack commands are not heard: {trouble.why.removeprefix('Slack: ')}")
            self._told = trouble
        self._failures += 1
        usual = min(self._patience.first_wait * 2.0 ** (self._failures - 1), self._patience.longest_wait)
        return max(trouble.wait or 0.0, usual)


def _no_address(error: Exception, patience: Patience) -> Trouble:
    outcome = app_failure(error)
    if isinstance(outcome, NotSent):
        wait = patience.refused_wait if outcome.permanent else outcome.retry_after
        return Trouble(why=outcome.reason, wait=wait, lasting=outcome.permanent)
    return Trouble(why=outcome.reason)
