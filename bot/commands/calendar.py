"""`/upcoming` and `/calendar`: what is coming, and an address for a calendar app."""

import re
from datetime import date, datetime, timedelta

from bot.alerts.wording import day_in
from bot.commands.asking import Asked, Level
from bot.commands.calendar_lines import calendar_lines
from bot.commands.calendar_link import PATH, digest_of, new_secret
from bot.commands.fitting import answer, fitted
from bot.ports.calendar import CalendarLink
from bot.ports.conversation import Answer, Part

USUAL = timedelta(days=7)
MOST = timedelta(days=730)
_SPAN = re.compile(r"(\d{1,3})\s*([dwtDWT]?)")  # t: `Tage`
_DAYS = {"": 1, "d": 1, "t": 1, "w": 7}


def span_of(typed: str) -> timedelta | None:
    """`7d`, `2w`, `10`; nothing is a week; None where it cannot be read."""
    if not typed.strip():
        return USUAL
    found = _SPAN.fullmatch(typed.strip())
    if not found or not int(found[1]):
        return None
    return min(timedelta(days=int(found[1]) * _DAYS[found[2].lower()]), MOST)


async def upcoming(ask: Asked) -> Answer:
    """What is coming within some days, in the order of days; what was called off shows as such."""
    span = span_of(ask.request.arguments)
    if span is None:
        return answer(ask.say("calendar_how"))
    today = today_of(ask.desk.clock.now(), ask)
    last = today + span
    entries = await ask.desk.store.calendar(first=today, last=last)
    day = day_in(last.isoformat(), ask.lang)
    if not entries:
        return answer(ask.say("calendar_nothing", day=day))
    told = ("\n".join(calendar_lines(entry, ask.lang)) for entry in entries)
    return fitted(ask, told, ask.say("calendar_found", n=len(entries), day=day))


def today_of(now: datetime, ask: Asked) -> date:
    """The day it is where the reader is."""
    return now.astimezone(ask.zone).date()


async def calendar(ask: Asked) -> Answer:
    """Make or void secret addresses."""
    match ask.request.arguments.strip().lower():
        case "link":
            return await _link(ask)
        case "revoke":
            return await _revoke(ask, everybody=False)
        case "revoke all" if ask.level >= Level.OWNER:
            return await _revoke(ask, everybody=True)
    return answer(ask.say("calendar_link_how"))


async def _link(ask: Asked) -> Answer:
    desk, request = ask.desk, ask.request
    if desk.public_url is None:
        return answer(ask.say("calendar_off"))
    if not request.private:
        return answer(ask.say("calendar_private"))
    secret = new_secret(desk.randomness)
    link = CalendarLink(
        digest=digest_of(secret),
        kind=request.kind,
        user=request.user,
        lang=ask.lang,
        created=desk.clock.now(),
    )
    await desk.store.put_calendar_link(link)
    address = desk.public_url + PATH.format(secret=secret)
    return answer(ask.say("calendar_link"), Part(text=address, code=True))


async def _revoke(ask: Asked, *, everybody: bool) -> Answer:
    request = ask.request
    whose = (None, None) if everybody else (request.kind, request.user)
    return answer(ask.say("calendar_revoked", n=await ask.desk.store.revoke_calendar_links(*whose)))
