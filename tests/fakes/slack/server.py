"""A Slack on this machine: the Web API, Socket Mode and response URLs, with faults by script.

    async with SlackServer() as server:
        channel = server.workspace.channel("alerts")
        server.script("chat.postMessage", Drop(), RateLimited(seconds=2))
        ... let a client talk to server.base_url with server.workspace.bot_token ...
        assert channel.by_bot[0].text.startswith("🟠")
        assert not server.violations

It answers as the real one would, and writes down in `violations` whatever a client did that the
specifications do not allow. Where those are absent it checks what it knows by itself: Block Kit, markup,
tokens, acknowledgements.
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.slack import arguments as wire
from tests.fakes.slack import specs
from tests.fakes.slack.blocks import message_problems
from tests.fakes.slack.faults import Answer, Drop, Fault, Hang, RateLimited, Raw, ServerError, SocketFault
from tests.fakes.slack.methods import Methods, SlackError
from tests.fakes.slack.rates import Rates
from tests.fakes.slack.responses import ResponseUrls
from tests.fakes.slack.sockets import Asked, Sockets
from tests.fakes.slack.workspace import Channel, Person, Post, Workspace

APP_ONLY = frozenset({"apps.connections.open"})
NO_TOKEN = frozenset({"api.test"})
UNUSABLE = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
MESSAGES = frozenset({"chat.postMessage", "chat.update", "chat.postEphemeral"})


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of the Web API; `error` is what Slack answered, None where it worked."""

    method: str
    arguments: Mapping[str, Any]
    error: str | None


class SlackServer:
    """The server.

    Args:
        rates: Slack's rate limits, or None for none.
        ack_seconds: How long an envelope may stay unacknowledged.
    """

    def __init__(self, *, rates: Rates | None = None, ack_seconds: float = 3.0) -> None:
        self.workspace = Workspace()
        self.violations: list[str] = []
        self.calls: list[Call] = []
        self.scopes_used: set[str] = set()
        self.sockets = Sockets(
            address=lambda: f"ws://127.0.0.1:{self._port}/link/",
            complain=self.violations.append,
            ack_seconds=ack_seconds,
            app_id=self.workspace.app_id,
        )
        self.responses = ResponseUrls(lambda: f"http://127.0.0.1:{self._port}", self.violations.append)
        self._methods = Methods(self.workspace, self.sockets.ticket)
        self._rates = rates
        self._scripts: dict[str, list[Fault]] = {}
        self._port = 0
        self._stop = asyncio.Event()

    @property
    def base_url(self) -> str:
        """The address of the Web API."""
        return f"http://127.0.0.1:{self._port}/api/"

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        app = web.Application(client_max_size=4 * 2**20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self.sockets.serve)
        app.router.add_post("/{kind:commands|actions}/{secret}", self.responses.take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        await self._listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        self._stop.set()
        await self.sockets.close()
        await self._runner.cleanup()

    def script(self, method: str, *faults: Fault) -> None:
        """What goes wrong with the next calls of a method, in order; after them all is well again."""
        self._scripts.setdefault(method, []).extend(faults)

    def script_socket(self, *faults: SocketFault) -> None:
        """What goes wrong with the next WebSockets."""
        self.sockets.faults.extend(faults)

    @contextlib.asynccontextmanager
    async def refusing(self) -> AsyncIterator[None]:
        """Meanwhile nobody listens at the port: connections are refused; open ones stay."""
        await self._site.stop()
        try:
            yield
        finally:
            await self._listen()

    async def command(
        self, text: str, *, channel: Channel, person: Person, command: str = "/depesche"
    ) -> Asked:
        """Somebody types a slash command."""
        space = self.workspace
        secret, url = self.responses.make("commands")
        payload = {
            "token": "legacy-verification-token",
            "team_id": space.team_id,
            "team_domain": "newsroom",
            "channel_id": channel.id,
            "channel_name": "privategroup" if channel.kind == "groups" else channel.name,
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "api_app_id": space.app_id,
            "is_enterprise_install": "false",
            "response_url": url,
            "trigger_id": f"{secrets.token_hex(6)}.trigger",
        }
        return await self.sockets.send("slash_commands", self.responses.tie(secret, Asked(payload=payload)))

    async def tap(self, post: Post, action_id: str, *, channel: Channel, person: Person) -> Asked:
        """Somebody taps a button below a message."""
        secret, url = self.responses.make("actions")
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": person.id, "username": person.name, "name": person.name,
                     "team_id": self.workspace.team_id},
            "api_app_id": self.workspace.app_id,
            "token": "legacy-verification-token",
            "container": {"type": "message", "message_ts": post.ts, "channel_id": channel.id,
                          "is_ephemeral": False},
            "trigger_id": f"{secrets.token_hex(6)}.trigger",
            "team": {"id": self.workspace.team_id, "domain": "newsroom"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": channel.id, "name": channel.name},
            "message": post.shown(metadata=False),
            "state": {"values": {}},
            "response_url": url,
            "actions": [_tapped(post, action_id)],
        }  # fmt: skip
        return await self.sockets.send("interactive", self.responses.tie(secret, Asked(payload=payload)))

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await self._site.start()
        if not self._port:
            server = self._site._server
            self._port = server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given, token, how = await _read(request)
        channel = str(given.get("channel", ""))
        if self._rates and (seconds := self._rates.too_many(method, channel)):
            return self._limited(method, given, seconds)
        script = self._scripts.get(method)
        return await self._with_fault(request, script.pop(0) if script else None, given, token, how)

    async def _with_fault(
        self, request: web.Request, fault: Fault | None, given: dict[str, Any], token: str, how: wire.Wire
    ) -> web.StreamResponse:
        method = request.match_info["method"]
        if isinstance(fault, RateLimited):
            return self._limited(method, given, fault.seconds)
        processed = getattr(fault, "processed", True)
        answer = self._answered(method, given, token, how) if processed else {}
        match fault:
            case Drop():
                if request.transport:
                    request.transport.abort()
            case Hang():
                await self._stop.wait()
            case ServerError(status=status):
                return web.Response(status=status, text="<html>upstream</html>", content_type="text/html")
            case Answer(error=error):
                self.calls.append(Call(method=method, arguments=given, error=error))
                return web.json_response({"ok": False, "error": error})
            case Raw(body=body, content_type=content_type):
                return web.Response(text=body, content_type=content_type)
        return web.json_response(answer, headers=self._headers(token))

    def _limited(self, method: str, given: dict[str, Any], seconds: int | None) -> web.Response:
        self.calls.append(Call(method=method, arguments=given, error="ratelimited"))
        headers = {} if seconds is None else {"Retry-After": str(seconds)}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)

    def _headers(self, token: str) -> dict[str, str]:
        if token != self.workspace.bot_token:
            return {}
        return {"X-OAuth-Scopes": ",".join(sorted(self.workspace.scopes))}

    def _answered(self, method: str, given: dict[str, Any], token: str, how: wire.Wire) -> dict[str, Any]:
        """Check the call and do it."""
        try:
            ready = self._checked(method, given, token, how)
            answer = self._methods.call(method, ready)
        except SlackError as error:
            self.calls.append(Call(method=method, arguments=given, error=error.error))
            return {"ok": False, "error": error.error, **error.more}
        self.calls.append(Call(method=method, arguments=ready, error=None))
        return answer

    def _checked(self, method: str, given: dict[str, Any], token: str, how: wire.Wire) -> dict[str, Any]:
        spec = (specs.methods() or {}).get(method)
        if method not in self._methods.known:
            self.violations.append(f"{method}: no such method, or this server does not know it")
            raise SlackError("unknown_method", req_method=method)
        self._check_token(method, token)
        if spec:
            self.violations += wire.problems(method, spec, how, given)
            self._check_scopes(method, given, spec)
        ready, unusable = wire.structured(given)
        if unusable:
            self.violations.append(f"{method}: `{unusable}` cannot be read")
            raise SlackError(UNUSABLE.get(unusable, "invalid_arguments"))
        if method in MESSAGES:
            problems = message_problems(ready.get("text"), ready.get("blocks"))
            self.violations += [f"{method}: {problem}" for problem in problems]
        return ready

    def _check_token(self, method: str, token: str) -> None:
        space = self.workspace
        if method in NO_TOKEN:
            return
        if not token:
            self.violations.append(f"{method}: without a token")
            raise SlackError("not_authed")
        if error := space.token_error.get(token):
            raise SlackError(error)
        if token not in (space.bot_token, space.app_token):
            raise SlackError("invalid_auth")
        if (token == space.app_token) != (method in APP_ONLY):
            self.violations.append(f"{method}: the wrong kind of token, {token[:4]}")
            raise SlackError("not_allowed_token_type")

    def _check_scopes(self, method: str, given: dict[str, Any], spec: Mapping[str, Any]) -> None:
        listed = list(spec.get("scope", {}).get("bot", ()))
        if not listed:
            return
        needed = self._methods.scopes_for(method, given, listed)
        self.scopes_used |= needed & self.workspace.scopes
        if not needed & self.workspace.scopes:
            if not needed & self.workspace.withheld:
                self.violations.append(f"{method}: the app has none of the scopes {sorted(needed)}")
            provided = ",".join(sorted(self.workspace.scopes))
            raise SlackError("missing_scope", needed=",".join(sorted(needed)), provided=provided)


async def _read(request: web.Request) -> tuple[dict[str, Any], str, wire.Wire]:
    """Arguments, token and how they came."""
    given: dict[str, Any] = dict(request.query)
    kind, where = (request.content_type if request.body_exists else ""), "query" if "token" in given else ""
    if kind == wire.JSON:
        body = json.loads(await request.text() or "{}")
        given |= body if isinstance(body, dict) else {}
    elif request.body_exists:
        given |= dict(await request.post())
    if "token" in given and not where:
        where = "body"
    token = str(given.pop("token", ""))
    if (header := request.headers.get("Authorization", "")).startswith("Bearer "):
        token, where = header.removeprefix("Bearer "), where or "header"
    return given, token, wire.Wire(verb=request.method, content_type=kind, token_in=where)


def _tapped(post: Post, action_id: str) -> dict[str, Any]:
    """The button as Slack hands it back."""
    for number, block in enumerate(post.blocks or ()):
        for element in block.get("elements", ()):
            if element.get("action_id") == action_id:
                told = {key: value for key, value in element.items() if key != "style"}
                return told | {"block_id": block.get("block_id", f"b{number}"), "action_ts": post.ts}
    raise LookupError(f"there is no button {action_id} below the message")
