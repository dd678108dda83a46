"""The HTTP server: routes, limits of size and time, and answers that tell strangers nothing.

No access log: addresses hold secrets. Faults are logged by their place in the code alone.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from traceback import extract_tb
from typing import Any

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.errors import DepescheError
from bot.ports.web import Call, Reply, Route

log = structlog.get_logger()

# What strangers send to an open port is no news; aiohttp would log it with the address they asked for.
_SILENT = logging.getLogger(f"{__name__}.silent")
_SILENT.disabled = True
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_TARGET_LIMIT = 4096  # characters of the request line, and of one header


class WebError(DepescheError):
    """The web edge cannot listen where it is told to."""


@dataclass(frozen=True, kw_only=True)
class WebLimits:
    """What one request may cost.

    Attributes:
        body_bytes: Of a request; a larger one is refused with 413.
        seconds: For reading the body and answering, 503 after that; also how long an idle connection stays.
        at_once: Requests answered side by side; others get 503.
        connections: Open ones; others are closed at once, and so is one that asks nothing for `seconds`.
    """

    body_bytes: int = 2_000_000
    seconds: float = 10.0
    at_once: int = 64
    connections: int = 256


class WebServer:
    """Serves routes until it is stopped.

    Args:
        routes: What is served; everything else is 404 without a word.
        limits: What one request may cost.
    """

    def __init__(self, routes: Sequence[Route], limits: WebLimits | None = None) -> None:
        self._limits = limits or WebLimits()
        self._app = web.Application(middlewares=[self._guarded], client_max_size=self._limits.body_bytes)
        self._app.on_response_prepare.append(_without_banner)
        for route in routes:
            self._add(route)
        self._runner = web.AppRunner(self._app, access_log=None, logger=_SILENT)
        self._server: asyncio.Server | None = None
        self._running = 0

    async def start(self, host: str, port: int) -> int:
        """Listen; return the port, which is the given one unless that was 0.

        Raises:
            WebError: The address is taken or is none of this machine.
        """
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(self._protocol, host, port)
        except OSError as error:
            await self._runner.cleanup()
            why = error.strerror or type(error).__name__
            raise WebError(
                f"`web.listen`: cannot listen on {host}:{port} ({why}): choose another port"
            ) from None
        bound: int = self._server.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        """Listen no more; what is being answered is ended first."""
        if self._server:
            self._server.close()
        await self._runner.cleanup()

    def _protocol(self) -> web.RequestHandler:
        server = self._runner.server
        assert server is not None  # noqa: S101  (set by `setup`, before anything listens)
        return _Connection(
            server,
            limits=self._limits,
            loop=asyncio.get_running_loop(),
            logger=_SILENT,
            access_log=None,
            keepalive_timeout=self._limits.seconds,
            lingering_time=1.0,
            max_line_size=_TARGET_LIMIT,
            max_field_size=_TARGET_LIMIT,
        )

    def _add(self, route: Route) -> None:
        async def handle(request: web.Request) -> web.StreamResponse:
            return _response(await route.handle(await _call(request)))

        if route.method == hdrs.METH_GET:
            self._app.router.add_get(route.path, handle)
        else:
            self._app.router.add_route(route.method, route.path, handle)

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Hold the limits, and answer whatever goes wrong with a number alone."""
        if isinstance(request.protocol, _Connection):
            request.protocol.asked = True
        if self._running >= self._limits.at_once:
            return _response(Reply(status=503))
        self._running += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await handler(request)
        except web.HTTPException as refused:
            # A method that is not served is as unknown as an address: strangers learn no routes.
            return _response(Reply(status=404 if refused.status == 405 else refused.status))
        except TimeoutError:
            return _response(Reply(status=503))
        except Exception as error:  # noqa: BLE001 - one bad answer must not stop the server
            _tell(error)
            return _response(Reply(status=500))
        finally:
            self._running -= 1


class _Connection(web.RequestHandler):
    """One connection; what is no HTTP gets a number without an explanation.

    Attributes:
        asked: A whole request came; from then on the server's own limit for idle connections holds.
    """

    def __init__(self, server: web.Server, *, limits: WebLimits, **options: Any) -> None:
        super().__init__(server, **options)
        self._server, self._limits = server, limits
        self.asked = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless there are too many."""
        super().connection_made(transport)
        if len(self._server.connections) > self._limits.connections:
            self.force_close()
        else:
            asyncio.get_running_loop().call_later(self._limits.seconds, self._hang_up)

    def _hang_up(self) -> None:
        """End a connection that never asked anything: a line a minute would keep it for ever."""
        if not self.asked:
            self.force_close()

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002
        status: int = 500,
        exc: BaseException | None = None,  # noqa: ARG002
        message: str | None = None,  # noqa: ARG002
    ) -> web.StreamResponse:
        """A bare answer; the signal that takes the banner off does not see it, so it is blank here."""
        refusal = web.Response(status=status, headers={hdrs.SERVER: ""})
        refusal.force_close()
        return refusal


async def _call(request: web.Request) -> Call:
    return Call(
        method=request.method,
        parts=dict(request.match_info),
        query=dict(request.query),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.read(),
    )


def _response(reply: Reply) -> web.Response:
    headers = {**_SAFE, **reply.headers}
    if reply.body:
        headers["Content-Type"] = reply.kind
    return web.Response(status=reply.status, body=reply.body, headers=headers)


async def _without_banner(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001
    response.headers.pop(hdrs.SERVER, None)


def _tell(error: Exception) -> None:
    """Log a mistake of ours by its place: its text may hold what a stranger sent."""
    frames = extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    log.error("web answer failed", error=type(error).__name__, place=place)
