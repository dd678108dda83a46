"""The web edge of a running bot: which routes it serves, and its start and end."""

import contextlib
from collections.abc import AsyncIterator

import structlog

from bot.app.wiring import House
from bot.ports.web import Route
from bot.web.calendar import calendar_route
from bot.web.server import WebServer
from bot.web.websub import websub_routes

log = structlog.get_logger()


def routes_of(house: House) -> list[Route]:
    """All that is served; each part of the bot adds its own."""
    pushed = websub_routes(house.pusher) if house.pusher else []
    return [calendar_route(house.store, house.clock.now), *pushed]


@contextlib.asynccontextmanager
async def serving(house: House) -> AsyncIterator[None]:
    """Serve while the block lasts; nothing at all while the web edge is off.

    Raises:
        WebError: It cannot listen where it is told to.
    """
    listen = house.config.web.listen
    if listen is None:
        yield
        return
    server = WebServer(routes_of(house))
    port = await server.start(listen.host, listen.port)
    log.info("web edge listens", host=listen.host, port=port)
    try:
        yield
    finally:
        await server.stop()
