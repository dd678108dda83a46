"""What was told, why, by which rules."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.routing import Channel
from bot.commands.answerer import CommandAnswerer
from bot.commands.fitting import LIMIT
from bot.extraction.findings import Span
from bot.ports.access import Member, Role
from bot.rules.model import Severity, Status
from tests.fakes.chat import OWNER, Chat
from tests.fakes.rules import rule


async def test_latest(chat: Chat) -> None:
    """The newest first, as many as asked for, with the quote, the link and how to ask why; no demo."""
    for number in range(7):
        chat.clock.advance(1)
        await chat.tell(f"{number}a12cd34ef")
    await chat.tell("dead", demo=True)
    five = (await chat.answer("latest")).parts
    assert [part.text.splitlines()[-1] for part in five] == [f"/why_A{number}" for number in (7, 6, 5, 4, 3)]
    assert five[0].text.splitlines() == [
        "🟠 New troop commitment: Norway → Lithuania",
        "150 soldiers · decided · May 2026",
        "„Wir bleiben, solange man uns braucht.“ — die Verteidigungsministerin, via Sender Nord",
        "Tagesblatt · 2 Mar 2026 14:30 · #security",
        "https://example.org/a1",
        "/why_A7",
    ]
    assert len((await chat.answer("latest 2")).parts) == 2
    for wrong in ("0", "11", "-1", "x", "²", "9" * 30):
        assert await chat.ask(f"latest {wrong}") == "A number from 1 to 10, please: /latest 5"


async def test_why(chat: Chat) -> None:
    """The conditions that held, the sentence and the article, by the whole id or its beginning."""
    await chat.tell(because=("event: troops.commit", "quantity: 150 \x1b[31mAusbilder"))
    for wanted in ("ab12", "AB12CD34", "ab12cd34ef"):
        said = await chat.ask(f"why {wanted}")
        assert "Rule troop-commitment. These conditions held:" in said
        assert "• event: troops.commit\n• quantity: 150 Ausbilder" in said
        assert "Evidence: Norwegen schickt 150 Ausbilder nach Litauen" in said
        assert "https://example.org/a1" in said


async def test_why_by_number(chat: Chat) -> None:
    """`A2` is the second alert, as it stands now, however it is written; ids that look alike are ids."""
    for name in ("ab12cd34ef", "a1234567ff"):
        await chat.tell(name)
    for wanted in ("A2", "a2", "a1234567"):
        assert "Rule troop-commitment" in await chat.ask(f"why {wanted}")
    assert await chat.ask("why A99") == "There is no alert “A99”."
    assert await chat.ask("why A0") == "There is no alert “A0”."


async def test_why_not(chat: Chat) -> None:
    """An id that is none, unknown or of several alerts is told."""
    await chat.tell("ab12cd34ef")
    await chat.tell("ab12ffffff")
    assert "The id of an alert" in await chat.ask("why")
    assert "The id of an alert" in await chat.ask("why %%%%")
    assert await chat.ask("why ffff") == "There is no alert “ffff”."
    assert "Several alerts begin" in await chat.ask("why ab12")


async def test_rules(chat: Chat) -> None:
    """Title, id, severity, status and how often it fired in a week; chosen by a word."""
    chat.rules["aid"] = rule(
        id="aid",
        title={"de": "Hilfe", "en": "Aid"},
        status=Status.SHADOW,
        severity=Severity.LOW,
        tags=("money",),
    )
    await chat.tell("old")
    chat.clock.advance(timedelta(days=8).total_seconds())
    await chat.tell("new")
    said = await chat.ask("rules")
    assert "New troop commitment\ntroop-commitment · high · live · 1 alert in 7 days" in said
    assert "Aid\naid · low · in shadow · 0 counted in 7 days" in said
    assert (await chat.ask("rules Money")).startswith("1 rule:")
    assert await chat.ask("rules xyz") == "No rule with “xyz”."


@pytest.mark.parametrize(
    "text", ["latest 10", "rules", "why ab12", "subscribe", "status", "allow", "help", "start"]
)
async def test_answers_fit_a_phone(text: str) -> None:
    """However much there is to say: at most 3,000 characters, and what is left out is told."""
    chat = await Chat().settle()
    long = "Wort " * 500
    for number in range(10):
        await chat.tell(
            f"{number}b12cd34ef" if number else "ab12cd34ef",
            because=(long,) * 30,
            evidence=Span(start=0, end=2500, text=long),
        )
        await chat.store.put_member(
            Member(kind="telegram", id=f"5{number}" * 30, role=Role.MEMBER, name=long), now=chat.clock.now()
        )
    chat.rules = {f"rule-{number}": rule(id=f"rule-{number}") for number in range(500)}
    chat.answerer = CommandAnswerer(
        desk=replace(
            chat.answerer.desk,
            channels={f"channel-{number}": Channel(name=str(number)) for number in range(1000)},
        )
    )
    answer = await chat.answer(text, OWNER)
    assert 0 < sum(len(part.text) + 2 for part in answer.parts) <= LIMIT
