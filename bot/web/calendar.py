"""The calendar at its secret addresses."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.commands.calendar_link import PATH, link_of
from bot.ports.calendar import CalendarStore
from bot.ports.web import NOT_FOUND, Call, Reply, Route
from bot.web.ical import MEDIA_TYPE, to_ical

BEFORE = timedelta(days=60)
AHEAD = timedelta(days=730)
LONGEST_SECRET = 100  # characters looked at
_PRIVATE = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}


def calendar_route(store: CalendarStore, now: Callable[[], datetime]) -> Route:
    """Serves the calendar to whoever knows a secret that holds; to others there is nothing at all."""

    async def handle(call: Call) -> Reply:
        secret = call.parts.get("secret", "")
        link = link_of(secret, await store.calendar_links()) if len(secret) <= LONGEST_SECRET else None
        if link is None:
            return NOT_FOUND
        today = now().date()
        entries = await store.calendar(first=today - BEFORE, last=today + AHEAD)
        return Reply(body=to_ical(entries, link.lang), kind=MEDIA_TYPE, headers=_PRIVATE)

    return Route(method="GET", path=PATH, handle=handle)
