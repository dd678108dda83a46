"""The contract of `bot.ports.messenger.Messenger`, held by every platform before its own test server."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
import pytest_asyncio

from bot.alerts.model import KeyQuote
from bot.extraction.findings import QuoteKind
from bot.ports.messenger import Ambiguous, Destination, Message, NotSent, Sent
from tests.fakes.alerts import alert, article_ref
from tests.platforms.stage import Stage
from tests.platforms.telegram.stage import telegram_stage

STAGES: dict[str, Callable[[], AbstractAsyncContextManager[Stage]]] = {"telegram": telegram_stage}
EVIL = (
    "<!channel> </b><a href='https://evil.example'>x</a> & < > \" <https://x.example|y> \u202e @all `*_~ "
    * 100
)


@pytest_asyncio.fixture(params=sorted(STAGES))
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Each platform in turn."""
    async with STAGES[request.param]() as found:
        yield found


def to(stage: Stage, address: str | None = None, **changes: Any) -> Message:
    """An alert for the stage's destination, or for another address."""
    address = address or stage.address
    destination = Destination(
        id=f"{stage.kind}:{address}", kind=stage.kind, address=address, lang="de", zone="Europe/Berlin"
    )
    return Message(key=f"alert-1:{destination.id}", alert=alert(**changes), destination=destination)


async def test_an_alert_arrives_once(stage: Stage) -> None:
    """Sent, one message, complete."""
    outcome = await stage.messenger.send(to(stage))
    (text,) = stage.shown()
    assert isinstance(outcome, Sent)
    assert outcome.id
    for part in (
        "Norwegen → Litauen",
        "150 Ausbilder",
        "Wir bleiben, solange man uns braucht.",
        "Tagesblatt",
    ):
        assert part in text


async def test_an_edit_changes_what_is_shown(stage: Stage) -> None:
    """The same message says the new thing; the id stays."""
    sent = await stage.messenger.send(to(stage))
    assert isinstance(sent, Sent)
    assert await stage.messenger.edit(to(stage, sources=3), sent.id) == sent
    (text,) = stage.shown()
    assert "+2 Quellen" in text


async def test_an_edit_to_the_same_is_sent(stage: Stage) -> None:
    """Nothing to change is no failure."""
    sent = await stage.messenger.send(to(stage))
    assert isinstance(sent, Sent)
    assert await stage.messenger.edit(to(stage), sent.id) == sent


async def test_a_flood_pause_is_kept_to_the_second(stage: Stage) -> None:
    """Not sent, not permanent, and after how long to try again; the adapter itself does not."""
    stage.flood(7)
    outcome = await stage.messenger.send(to(stage))
    assert isinstance(outcome, NotSent)
    assert (outcome.retry_after, outcome.permanent) == (7, False)
    assert (stage.shown(), stage.calls()) == ([], 1)


@pytest.mark.parametrize("lose", ["lose_answer", "fail_after"])
async def test_without_an_answer_nobody_knows(stage: Stage, lose: str) -> None:
    """Ambiguous, and sent no second time."""
    getattr(stage, lose)()
    assert isinstance(await stage.messenger.send(to(stage)), Ambiguous)
    assert len(stage.shown()) == 1


async def test_without_a_server_nothing_is_sent(stage: Stage) -> None:
    """Surely not delivered; a later try makes sense, and works."""
    async with stage.down():
        outcome = await stage.messenger.send(to(stage))
    assert isinstance(outcome, NotSent)
    assert not outcome.permanent
    assert isinstance(await stage.messenger.send(to(stage)), Sent)


async def test_an_unknown_destination_needs_a_person(stage: Stage) -> None:
    """Permanent, in one line."""
    _check_permanent(await stage.messenger.send(to(stage, stage.unknown)), stage)


async def test_where_the_bot_was_shut_out_a_person_is_needed(stage: Stage) -> None:
    """Permanent, in one line, for sending and editing alike."""
    sent = await stage.messenger.send(to(stage))
    assert isinstance(sent, Sent)
    stage.shut_out()
    _check_permanent(await stage.messenger.send(to(stage)), stage)
    _check_permanent(await stage.messenger.edit(to(stage, sources=2), sent.id), stage)


async def test_reconciling_sends_nothing(stage: Stage) -> None:
    """Whatever it finds out, no message comes of it."""
    outcome = await stage.messenger.reconcile(to(stage))
    assert isinstance(outcome, Sent | NotSent | Ambiguous)
    assert stage.shown() == []


async def test_evil_text_is_only_text(stage: Stage) -> None:
    """Markup of any platform in an article's words is shown, not obeyed, and never costs the alert."""
    evil = to(
        stage,
        article=article_ref(source_name=EVIL, title=EVIL),
        quote=KeyQuote(start=0, end=1, text=EVIL, kind=QuoteKind.DIRECT, speaker=EVIL, via=EVIL),
    )
    assert isinstance(await stage.messenger.send(evil), Sent)
    (text,) = stage.shown()
    assert "\u202e" not in text


def _check_permanent(outcome: Sent | NotSent | Ambiguous, stage: Stage) -> None:
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert outcome.reason
    assert "\n" not in outcome.reason
    assert stage.secret not in outcome.reason
