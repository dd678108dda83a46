"""`/quiet`, `/digest`, `/mute`: a chat chooses when it is told, and of what it is not."""

from dataclasses import replace
from datetime import time

import pytest

from bot.alerts.hours import DigestTimes, Hours, QuietHours
from bot.ports.holding import ChatHours, Manner
from tests.fakes.chat import MEMBER, Chat

HOURS = Hours(quiet=QuietHours(start=time(22), end=time(7)), digest=DigestTimes(at=time(7, 30)), hourly=5)


@pytest.fixture
async def subscribed(chat: Chat) -> Chat:
    """A member who gets a channel with hours of its own."""
    chat.answerer.desk = replace(chat.answerer.desk, manners={"all": Manner(hours=HOURS)})
    await chat.ask("subscribe all")
    return chat


async def test_what_holds_here(subscribed: Chat) -> None:
    """Each channel with its hours, and how to change them, in both languages."""
    said = await subscribed.ask("quiet")
    assert said.splitlines()[0] == "all: digest daily 07:30 · quiet 22:00-07:00 · at most 5 an hour"
    german = await subscribed.ask("digest", lang="de")
    assert german.startswith("all: Überblick täglich 07:30 · Ruhezeit 22:00-07:00 · höchstens 5 je Stunde")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("quiet 23:00-6:00", "quiet 23:00-06:00"),
        ("quiet off", "all: digest daily 07:30 · at most 5 an hour"),
        ("digest mo 8:00", "digest Mondays 08:00"),
        ("digest täglich 18:00", "digest daily 18:00"),
        ("digest aus", "all: quiet 22:00-07:00 · at most 5 an hour"),
    ],
)
async def test_what_a_chat_chooses(subscribed: Chat, asked: str, shown: str) -> None:
    """It is kept and shown; `default` takes it back."""
    assert shown in await subscribed.ask(asked)
    assert len(await subscribed.store.chat_hours()) == 1
    assert "digest daily 07:30 · quiet 22:00-07:00" in await subscribed.ask(
        f"{asked.split(maxsplit=1)[0]} default"
    )


async def test_both_choices_stand_side_by_side(subscribed: Chat) -> None:
    """The one does not forget the other."""
    await subscribed.ask("quiet off")
    await subscribed.ask("digest sun 9:00")
    wanted = ChatHours(kind="telegram", address=MEMBER, quiet="off", digest="sun 09:00")
    assert await subscribed.store.chat_hours() == [wanted]


@pytest.mark.parametrize("asked", ["quiet 22", "quiet 7:00-7:00", "digest 07:30", "digest hourly"])
async def test_what_is_no_time(subscribed: Chat, asked: str) -> None:
    """The form to write is told; nothing changes."""
    assert "please, such as" in await subscribed.ask(asked)
    assert await subscribed.store.chat_hours() == []


async def test_nothing_comes_here(chat: Chat) -> None:
    """Hours of a chat without channels are none."""
    assert await chat.ask("quiet 22:00-07:00") == "No channel comes here."
    assert await chat.store.chat_hours() == []


async def test_mute_a_rule(chat: Chat) -> None:
    """For a day, or as long as said; listed, and taken back."""
    assert "silent here until 03 Mar 13:00" in await chat.ask("mute troop-commitment")
    assert "until 02 Mar 21:00" in await chat.ask("mute troop-commitment 8h")
    assert "· troop-commitment, until 02 Mar 21:00" in await chat.ask("mute")
    assert await chat.ask("unmute troop-commitment") == "Heard again."
    assert "Nothing is muted here." in await chat.ask("mute")


async def test_mute_a_story(chat: Chat) -> None:
    """By the id of an alert: the alert with its updates and the story of its article."""
    await chat.tell("ab12cd34ef")
    chat.store.articles["ab12cd34ef"].story = "s1"
    said = await chat.ask("mute ab12cd34ef")
    assert said.startswith("Silent here until 03 Mar 13:00: New troop commitment: Norway → Lithuania.")
    subjects = {one.subject for one in await chat.store.mutes(chat.clock.now())}
    assert subjects == {"alert:ab12cd34ef", "story:s1"}
    assert "· A1, until" in await chat.ask("mute")
    assert await chat.ask("unmute A1") == "Heard again."
    assert await chat.store.mutes(chat.clock.now()) == []


async def test_mute_what(chat: Chat) -> None:
    """What is neither a rule nor an alert is told, with what was probably meant."""
    assert "Did you mean “troop-commitment”?" in await chat.ask("mute troop-comitment")
    assert "Mute: /mute ID" in await chat.ask("mute troop-commitment forever")
    assert await chat.ask("unmute") == "Nothing is muted here."
