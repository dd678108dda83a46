"""The calendar as RFC 5545 text, for calendar apps."""

import datetime as dt
from collections.abc import Sequence

from icalendar import Calendar, Event, vDuration

from bot import __version__
from bot.alerts.wording import name_in
from bot.article.cleaning import one_line
from bot.commands.calendar_lines import is_sure, standing, what, when
from bot.commands.wording import say
from bot.stories.calendar_model import CalendarEntry, Precision, Status, hour_of

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = dt.timedelta(hours=1)  # how often an app should look again
LENGTH = dt.timedelta(hours=1)  # of an event whose hour is known; how long it lasts nobody says
DETAILS_LIMIT = 1000  # characters


def to_ical(entries: Sequence[CalendarEntry], lang: str) -> bytes:
    """A calendar of these entries; each keeps its identity and counts its changes.

    An event whose hour is known is at that hour wherever the reader is, because articles name the hour of
    the place. What is known by week or month only fills it, without making anybody busy.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Depesche//Depesche {__version__}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what apps read that are older
        calendar.add(name, "Depesche")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(_event(entry, lang))
    text: bytes = calendar.to_ical()
    return text


def _event(entry: CalendarEntry, lang: str) -> Event:
    now, event = entry.now, Event()
    event.add("uid", f"{entry.id}@depesche")
    event.add("sequence", len(entry.versions) - 1)
    event.add("dtstamp", now.at.astimezone(dt.UTC))
    event.add("created", entry.versions[0].at.astimezone(dt.UTC))
    event.add("last-modified", now.at.astimezone(dt.UTC))
    _add_days(event, entry)
    event.add("summary", _summary(entry, lang))
    event.add("status", _status(entry))
    event.add("description", _description(entry, lang))
    if now.place:
        event.add("location", one_line(name_in(now.place, lang), 120))
    if now.evidence.url and now.evidence.url.startswith(("http://", "https://")):
        event.add("url", now.evidence.url)
    return event


def _add_days(event: Event, entry: CalendarEntry) -> None:
    """Begin and end; the end of whole days is the day after the last one."""
    first, last = entry.days
    hour = hour_of(entry.now.date)
    if hour is not None:
        begin = dt.datetime.combine(first, hour)
        event.add("dtstart", begin)
        event.add("dtend", begin + LENGTH)
        return
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))
    event.add("transp", "OPAQUE" if entry.precision is Precision.DAY else "TRANSPARENT")


def _summary(entry: CalendarEntry, lang: str) -> str:
    """What it is; what stands otherwise than planned, or on no known day, says so."""
    told = what(entry, lang)
    if entry.now.status in (Status.CANCELLED, Status.PUT_OFF):
        word = say(lang, f"calendar_title_{entry.now.status}")
        return f"{word}: {told}"
    exact = entry.precision in (Precision.TIME, Precision.DAY)
    return told if exact else f"{told} ({when(entry.now.date, lang)})"


def _status(entry: CalendarEntry) -> str:
    if entry.now.status in (Status.CANCELLED, Status.PUT_OFF):
        return "CANCELLED"
    return "CONFIRMED" if is_sure(entry) or entry.now.status is Status.TOOK_PLACE else "TENTATIVE"


def _description(entry: CalendarEntry, lang: str) -> str:
    """How it stands, the sentence it rests on, and who reported it."""
    evidence = entry.now.evidence
    other_words = evidence.quote and evidence.quote not in evidence.sentence
    said = f"{evidence.quote} — {evidence.said_by}" if other_words and evidence.said_by else ""
    parts = (standing(entry, lang), evidence.sentence, said, ", ".join(entry.outlets[:5]), evidence.url or "")
    return "\n".join(one_line(part, DETAILS_LIMIT) for part in parts if part)
