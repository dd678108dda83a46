"""The calendar as apps get it: read back with a parser, at addresses that only some know."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.commands.calendar_link import PATH, digest_of, new_secret
from bot.extraction.findings import Actor, Modality
from bot.ports.calendar import CalendarLink
from bot.stories.calendar_model import Status
from bot.web.calendar import calendar_route
from bot.web.ical import to_ical
from bot.web.server import WebServer
from tests.fakes.meetings import NOON as NOW
from tests.fakes.meetings import entry, version
from tests.fakes.store import FakeStore


def event_in(body: bytes) -> Any:
    """The one event of a calendar, read back."""
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    return event


DATES = [
    # TIMEX3 date, begin, end, whether it makes busy
    ("2026-03-05", date(2026, 3, 5), date(2026, 3, 6), "OPAQUE"),
    ("2026-03-05T14:00", datetime(2026, 3, 5, 14), datetime(2026, 3, 5, 15), None),  # noqa: DTZ001 - floating
    ("2026-W11", date(2026, 3, 9), date(2026, 3, 16), "TRANSPARENT"),
    ("2026-06", date(2026, 6, 1), date(2026, 7, 1), "TRANSPARENT"),
    ("2026", date(2026, 1, 1), date(2027, 1, 1), "TRANSPARENT"),
]


@pytest.mark.parametrize(("written", "begin", "end", "busy"), DATES)
def test_dates(written: str, begin: date, end: date, busy: str | None) -> None:
    """A date is as long as it is exact; only a known day or hour makes busy."""
    event = event_in(to_ical([entry(version(date=written))], "de"))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (begin, end)
    assert event.get("TRANSP") == busy


def test_the_calendar_itself() -> None:
    """Its name and how often to look again, for newer and older apps; nobody is invited."""
    calendar: Any = Calendar.from_ical(to_ical([], "de"))
    assert (calendar["VERSION"], calendar["NAME"], calendar["X-WR-CALNAME"]) == (
        "2.0",
        "Depesche",
        "Depesche",
    )
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert "METHOD" not in calendar


def test_what_an_event_says() -> None:
    """Who, where, how sure, on which sentence, by whom; commas and semicolons survive."""
    event = event_in(to_ical([entry(version())], "de"))
    assert event["SUMMARY"] == "Treffen: Friedrich Merz – Emmanuel Macron, Berlin"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("ab12@depesche", 0, "CONFIRMED")
    assert (event["LOCATION"], event["URL"]) == ("Berlin", "https://example.org/a")
    assert event["DESCRIPTION"].split("\n") == [
        "angesetzt",
        "Merz und Macron treffen sich; in Berlin, am Donnerstag.",
        "Wir haben viel zu tun — ein Sprecher",
        "Tagesblatt",
        "https://example.org/a",
    ]


STANDINGS = [
    (Status.AHEAD, Modality.EXPECTED, "TENTATIVE", "Meeting: "),
    (Status.CANCELLED, Modality.SCHEDULED, "CANCELLED", "Cancelled: Meeting: "),
    (Status.PUT_OFF, Modality.SCHEDULED, "CANCELLED", "Put off: Meeting: "),
    (Status.TOOK_PLACE, Modality.EXPECTED, "CONFIRMED", "Meeting: "),
]


@pytest.mark.parametrize(("status", "modality", "shown", "begins"), STANDINGS)
def test_how_it_stands(status: Status, modality: Modality, shown: str, begins: str) -> None:
    """What was called off is cancelled in the app; each change counts up the sequence."""
    changed = version(status=status, modality=modality)
    event = event_in(to_ical([entry(version(), changed)], "en"))
    assert (event["STATUS"], event["SEQUENCE"]) == (shown, 1)
    assert event["SUMMARY"].startswith(begins)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_words(words: str) -> None:
    """Whatever an article says, the calendar reads back, no line is longer than 75 bytes, none is forged."""
    hostile = f"{words}\r\nEND:VEVENT\nBEGIN:VEVENT"
    told = version(evidence=replace(version().evidence, sentence=hostile, said_by=hostile))
    told = replace(told, place=Actor(name=hostile), participants=(Actor(name=hostile),))
    body = to_ical([entry(told)], "de")
    assert event_in(body)["UID"] == "ab12@depesche"
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


@pytest.fixture
async def feed() -> AsyncIterator[tuple[FakeStore, ClientSession]]:
    """A store with one meeting, and a client of the server over it."""
    store = FakeStore()
    store.meetings["ab12"] = entry(version())
    server = WebServer([calendar_route(store, lambda: NOW)])
    port = await server.start("127.0.0.1", 0)
    async with ClientSession(f"http://127.0.0.1:{port}") as client:
        yield store, client
    await server.stop()


async def test_only_a_secret_that_holds_opens(feed: tuple[FakeStore, ClientSession]) -> None:
    """The right secret gives the calendar, anything else and a revoked one nothing at all."""
    store, client = feed
    secret = new_secret(lambda size: b"\x07" * size)
    link = CalendarLink(digest=digest_of(secret), kind="slack", user="u", lang="en", created=NOW)
    await store.put_calendar_link(link)
    async with client.get(PATH.format(secret=secret)) as answer:
        assert (answer.status, answer.content_type) == (200, "text/calendar")
        assert event_in(await answer.read())["SUMMARY"].startswith("Meeting: ")
    for wrong in (secret[:-1], secret + "A", digest_of(secret), "%00", "ü" * 40, "a" * 2000):
        async with client.get(PATH.format(secret=wrong)) as answer:
            assert (answer.status, await answer.read()) == (404, b"")
    assert await store.revoke_calendar_links("slack", "u") == 1
    async with client.get(PATH.format(secret=secret)) as answer:
        assert answer.status == 404


async def test_what_is_long_past_or_far_off_is_left_out(feed: tuple[FakeStore, ClientSession]) -> None:
    """A feed holds two months back and two years ahead."""
    store, client = feed
    secret = new_secret(lambda size: b"\x01" * size)
    link = CalendarLink(digest=digest_of(secret), kind="slack", user="u", lang="de", created=NOW)
    await store.put_calendar_link(link)
    for number, days in enumerate((-90, -30, 30, 1000)):
        day = (NOW + timedelta(days=days)).date().isoformat()
        store.meetings[f"m{number}"] = replace(entry(version(date=day)), id=f"m{number}")
    async with client.get(PATH.format(secret=secret)) as answer:
        events = Calendar.from_ical(await answer.read()).walk("VEVENT")
    assert sorted(str(event["UID"]) for event in events) == ["ab12@depesche", "m1@depesche", "m2@depesche"]


def test_a_secret_is_256_random_bits() -> None:
    """All of the 32 bytes are in the address, and only a digest of it is kept."""
    secret = new_secret(lambda size: bytes(range(size)))
    assert len(secret) == 43
    assert secret not in digest_of(secret)
    assert new_secret(lambda size: bytes(range(1, size + 1))) != secret
