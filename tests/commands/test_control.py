"""What people decide about alerts from a chat: taking back, approving, judging, sending again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.control import Approval
from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.ports.alerts import Judged
from bot.ports.approvals import Ask
from bot.ports.conversation import Choice
from bot.ports.holding import HeldFor, Hold, Manner
from bot.ports.messenger import Destination
from bot.ports.store import DeliveryState
from bot.ports.voices import Tally
from tests.fakes.alerts import alert, article_ref
from tests.fakes.chat import GROUP, MEMBER, OWNER, Chat

EDITORS = Destination(id="editors", kind="telegram", address="-100777")
DESK = Destination(id="telegram:18", kind="telegram", address="18")
ID = "ab12cd34ef"


async def test_retract(chat: Chat) -> None:
    """An editor takes an alert back with a note; a second time it says so; the history says by whom."""
    await chat.tell(ID)
    said = await chat.ask(f"retract {ID[:4]} Wrong   figure.", OWNER)
    assert said == "Retracted: New troop commitment: Norway → Lithuania. Its messages are being corrected."
    assert (await chat.ask("retract A1", OWNER)).startswith("Retracted before")
    assert "Retracted 2026-03-02 13:00 by Anna (telegram:17). Wrong figure." in await chat.ask(f"why {ID}")
    assert "Correction: retracted, 2 Mar 2026 13:00. Wrong figure." in await chat.ask("latest")


async def test_retract_what(chat: Chat) -> None:
    """An id that is missing, none or unknown is told."""
    await chat.tell(ID)
    assert "Which alert?" in await chat.ask("retract", OWNER)
    assert "The id of an alert" in await chat.ask("retract xyz", OWNER)
    assert "There is no alert" in await chat.ask("retract ffff", OWNER)


async def put(chat: Chat, judged: Judged) -> None:
    """Record a judgement."""
    article, found = Article(id="a", text="Text."), Findings(lang="de")
    await chat.store.record_judgement(article, found, [judged], story=None, now=chat.clock.now())


async def asked(chat: Chat) -> None:
    """An alert waits for the editors."""
    manners = {"all": Manner(editors=EDITORS)}
    chat.answerer.desk = replace(chat.answerer.desk, manners=manners)
    until = chat.clock.now() + timedelta(hours=4)
    hold = Hold(why=HeldFor.APPROVAL, until=until, channel="all", editors=EDITORS)
    judged = Judged(
        alert=alert(id=ID, article=article_ref(id="a")), reason="new", push=True, destinations=(DESK,),
        holds={DESK.id: hold}, asks=(Ask(editors=EDITORS, until=until),),
    )  # fmt: skip
    await put(chat, judged)


async def test_editors_decide(chat: Chat) -> None:
    """Whoever is in their chat may; the second learns who was first; others were not asked."""
    await asked(chat)
    assert await chat.ask(f"send {ID}", MEMBER) == "Nobody here was asked about this alert."
    assert await chat.ask(f"send {ID}", "501", EDITORS.address) == "Approved by Anna"
    assert await chat.ask(f"drop {ID}", "502", EDITORS.address) == "Decided already: Approved by Anna"
    assert [one.why for one in await chat.store.held()] == [HeldFor.REVIEW]


async def test_editors_drop(chat: Chat) -> None:
    """It is never sent."""
    await asked(chat)
    assert await chat.ask(f"drop {ID}", "501", EDITORS.address) == "Dropped by Anna"
    assert chat.store.outbox[f"{ID}:{DESK.id}"].state is DeliveryState.DROPPED
    assert chat.store.asked[ID, "editors"].state is Approval.DROPPED


async def test_the_status_says_what_waits(chat: Chat) -> None:
    """For editors, and until when."""
    await asked(chat)
    assert "⏳ telegram:18: 1 wait for editors, until 17:00" in await chat.ask("status")


async def test_voices(chat: Chat) -> None:
    """One a person, changed at will; /rules shows the share and how many there are."""
    await chat.tell(ID)
    assert await chat.ask(f"useful {ID}") == "Noted: useful (1 useful, 0 wrong)"
    assert await chat.ask(f"wrong {ID}") == "Noted: wrong (0 useful, 1 wrong)"
    for _ in range(2):
        await chat.ask(f"useful {ID}", OWNER)
    assert (await chat.store.tallies())["troop-commitment"] == Tally(useful=1, wrong=1)
    assert "50 % useful (n = 2)" in await chat.ask("rules")


@pytest.mark.parametrize("command", ["useful", "wrong", "send", "drop"])
async def test_taps_on_nothing(chat: Chat, command: str) -> None:
    """A button of an alert that the store does not know changes nothing."""
    assert "There is no alert" in await chat.ask(f"{command} ffff")


async def lost(chat: Chat) -> None:
    """A delivery of which nobody knows."""
    told = alert(id=ID, article=article_ref(id="a"))
    judged = Judged(alert=told, reason="new", push=True, destinations=(DESK,))
    await put(chat, judged)
    await chat.store.take_pending(chat.clock.now(), 1)
    await chat.store.record_unconfirmed(f"{ID}:{DESK.id}", "timeout", now=chat.clock.now())


async def test_resending_at_one_tap(chat: Chat) -> None:
    """The status has the button; a tap sends again, and there is none any more."""
    await lost(chat)
    assert (await chat.answer("status")).choices == (Choice(label="Send 1 again", command="resend"),)
    assert await chat.ask("resend") == "1 delivery goes out again, marked as a possible repeat."
    assert await chat.ask("resend") == "Nothing is unconfirmed."
    assert (await chat.answer("status")).choices == ()


async def test_a_group_sends_again_what_is_its_own(chat: Chat) -> None:
    """Not what another chat did not get; only an editor alone sends all of it again."""
    await lost(chat)
    assert await chat.ask("resend", OWNER, GROUP) == "Nothing is unconfirmed."
    chat.store.let_in["telegram", "21"] = replace(chat.store.let_in["telegram", MEMBER], id="21")
    assert await chat.ask("resend", "21") == "Nothing is unconfirmed."
    assert (await chat.answer("status", "21")).choices == ()
    assert (await chat.ask("resend", OWNER)).startswith("1 delivery goes out again")
