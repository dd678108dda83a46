"""`/upcoming` and `/calendar`."""

from dataclasses import replace
from typing import Any

import pytest

from bot.commands.answerer import CommandAnswerer
from bot.commands.calendar import span_of
from bot.commands.calendar_link import digest_of
from bot.extraction.findings import Actor, Medium, Modality
from tests.fakes.alerts import alert
from tests.fakes.chat import GROUP, OWNER, Chat, counting

MERZ = Actor(name="Friedrich Merz", id="Q566257", kind="person", country="DE")
MACRON = Actor(name="Emmanuel Macron", id="Q3052772", kind="person", country="FR")


def meeting(**changes: Any) -> dict[str, Any]:
    """What makes an alert one of a meeting on 5 March in Berlin."""
    values: dict[str, Any] = {
        "event_type": "consult.meeting", "medium": Medium.MEETING, "modality": Modality.SCHEDULED,
        "participants": (MERZ, MACRON), "actors": (), "place": Actor(name="Berlin", country="DE"),
        "date": "2026-03-05", "quantity": None,
    }  # fmt: skip
    return {**values, **changes}


@pytest.fixture
async def served(chat: Chat) -> Chat:
    """The same bot with a web edge."""
    desk = replace(chat.answerer.desk, public_url="https://news.example/d", randomness=counting)
    chat.answerer = CommandAnswerer(desk=desk)
    return chat


@pytest.mark.parametrize(
    ("typed", "days"), [("", 7), ("7d", 7), ("2w", 14), ("10", 10), ("3 T", 3), ("999w", 730)]
)
def test_spans(typed: str, days: int) -> None:
    """Days and weeks, a week where nothing is said, two years at most."""
    found = span_of(typed)
    assert found is not None
    assert found.days == days


@pytest.mark.parametrize("typed", ["0", "-1", "7m", "soon", "7dd"])
async def test_no_span(chat: Chat, typed: str) -> None:
    """Anything else is answered with how to write it."""
    assert await chat.ask(f"upcoming {typed}") == "How far ahead, please: /upcoming 7d (d days, w weeks)"


async def test_upcoming(chat: Chat) -> None:
    """What lies within the days asked for, with who, where, how it stands and where it was read."""
    await chat.tell(**meeting())
    await chat.tell("second", **meeting(date="2026-03-12", participants=(MERZ,), place=None))
    assert await chat.ask("upcoming 2d") == "No dates known until Wed, 4 March 2026."
    assert (await chat.ask("upcoming")).split("\n\n") == [
        "1 date until Mon, 9 March 2026",
        (
            "▸ Thu, 5 March 2026\nMeeting: Friedrich Merz – Emmanuel Macron, Berlin\n"
            "scheduled · 1 source\nhttps://example.org/a1"
        ),
    ]
    assert "▸ Do., 5. März 2026\nTreffen: Friedrich Merz" in await chat.ask("upcoming 14d", lang="de")


async def test_what_changed_shows(chat: Chat) -> None:
    """A moved meeting says where it comes from, one that was called off says so."""
    await chat.tell(**meeting())
    moved = replace(alert().evidence, text="Sie treffen sich erst am Freitag statt am Donnerstag.")
    await chat.tell("second", evidence=moved, **meeting(date="2026-03-06"))
    assert "▸ Fri, 6 March 2026" in await chat.ask("upcoming")
    assert "scheduled · moved, before: Thu, 5 March 2026" in await chat.ask("upcoming")
    await chat.tell("third", **meeting(date="2026-03-06", modality=Modality.CANCELLED))
    assert "✗ Fri, 6 March 2026" in await chat.ask("upcoming")


async def test_a_link_is_shown_once_and_kept_as_a_digest(served: Chat) -> None:
    """The address goes to whoever asked, in private; the store knows a digest only."""
    said = await served.answer("calendar link")
    address = said.parts[-1]
    assert address.code
    assert address.text.startswith("https://news.example/d/calendar/")
    secret = address.text.removeprefix("https://news.example/d/calendar/").removesuffix(".ics")
    (link,) = await served.store.calendar_links()
    assert (link.digest, link.user, link.lang) == (digest_of(secret), "18", "en")
    assert secret not in repr(served.store)


async def test_no_link_in_a_group(served: Chat) -> None:
    """A secret is not told where others read it."""
    assert "secret" in await served.ask("calendar link", address=GROUP, user=OWNER)
    assert await served.store.calendar_links() == []


async def test_no_link_without_a_web_edge(chat: Chat) -> None:
    """Then it is said which key turns it on."""
    assert "`web.listen`" in await chat.ask("calendar link")


async def test_revoke(served: Chat) -> None:
    """Everybody voids their own addresses, the owner all of them."""
    await served.ask("calendar link")
    assert await served.ask("calendar revoke", user=OWNER) == "0 addresses are void now."
    assert "/calendar revoke" in await served.ask("calendar revoke all")
    assert await served.ask("calendar revoke") == "1 address is void now."
    await served.ask("calendar link")
    assert await served.ask("calendar revoke all", user=OWNER) == "1 address is void now."
    assert await served.store.calendar_links() == []
