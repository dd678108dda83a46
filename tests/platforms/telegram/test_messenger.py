"""Sending and editing through the real library: what arrives, and what is known when something goes wrong."""

import asyncio
import logging
from typing import Any

import pytest

from bot.platforms.telegram.failures import MENDS
from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.messenger import Ambiguous, NotSent, Reach, Sent
from tests.fakes.telegram.faults import (
    Drop,
    ErrorAfterProcess,
    Fault,
    Garbage,
    Page,
    ProcessThenDrop,
    ProcessThenHang,
    TooMany,
)
from tests.fakes.telegram.server import TelegramServer
from tests.fakes.telegram.world import Chat, State
from tests.platforms.telegram.samples import message

MAKERS = ("private", "group", "supergroup", "channel")


@pytest.mark.parametrize("kind", MAKERS)
async def test_an_alert_arrives(
    kind: str, telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """In every kind of chat, with linked headline, quote, buttons and without a link preview."""
    chat: Chat = getattr(telegram_server, kind)()
    outcome = await platform.messenger.send(message(chat))
    (arrived,) = telegram_server.sent(chat)
    assert outcome == Sent(id=str(arrived.id))
    assert arrived.links == {"Neue Truppenzusage: Norwegen → Litauen": "https://example.org/a1"}
    assert "„Wir bleiben, solange man uns braucht.“" in arrived.text
    assert arrived.buttons == {
        "Lesen": "https://example.org/a1",
        "Warum?": "why:alert-1",
        "Stumm 24 h": "mute:alert-1",
        "Nützlich": "useful:alert-1",
        "Falsch": "wrong:alert-1",
    }
    assert not arrived.preview


async def test_an_alert_goes_to_its_topic(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """The topic of an address is the topic of the message."""
    chat = telegram_server.supergroup(topics=(17,))
    assert isinstance(await platform.messenger.send(message(chat, topic=17)), Sent)
    assert telegram_server.sent(chat)[0].topic == 17


async def test_the_general_topic_is_written_to_without_its_number(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Telegram knows no thread 1, though the general topic is shown with that number."""
    chat = telegram_server.supergroup(topics=(17,))
    assert isinstance(await platform.messenger.send(message(chat, topic=1)), Sent)
    assert telegram_server.sent(chat)[0].topic is None


@pytest.mark.parametrize(
    ("fault", "wanted", "arrived"),
    [
        (ProcessThenDrop(), Ambiguous(reason="no answer from Telegram (RemoteProtocolError)"), 1),
        (ProcessThenHang(), Ambiguous(reason="no answer from Telegram (ReadTimeout)"), 1),
        (Drop(), Ambiguous(reason="no answer from Telegram (RemoteProtocolError)"), 0),
        (ErrorAfterProcess(status=502), Ambiguous(reason="Telegram answered HTTP 502"), 1),
        (ErrorAfterProcess(status=500, html=False), Ambiguous(reason="Telegram answered HTTP 500"), 1),
        (Garbage(), Ambiguous(reason="Telegram answered HTTP 200"), 1),
        (Garbage(body="not JSON"), Ambiguous(reason="Telegram answered HTTP 200"), 1),
        (TooMany(retry_after=17), NotSent(reason="Telegram asks to wait 17 s", retry_after=17), 0),
        (
            TooMany(retry_after=None),
            NotSent(reason="not Telegram but something on the way answered HTTP 429"),
            0,
        ),
        (Page(status=302), NotSent(reason="not Telegram but something on the way answered HTTP 302"), 0),
        (Page(status=403), NotSent(reason="not Telegram but something on the way answered HTTP 403"), 0),
    ],
    ids=str,
)
async def test_what_is_known_after_a_fault(
    fault: Fault,
    wanted: NotSent | Ambiguous,
    arrived: int,
    telegram_server: TelegramServer,
    platform: TelegramPlatform,
) -> None:
    """Ambiguous wherever it may have arrived; not sent only where nothing can have; and one call only."""
    chat = telegram_server.private()
    telegram_server.fault("sendMessage", fault)
    assert await platform.messenger.send(message(chat)) == wanted
    assert len(telegram_server.sent(chat)) == arrived
    assert len(telegram_server.calls) == 1


async def test_an_answer_of_another_shape_is_ambiguous(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """A result that the library cannot read raises nothing: it may have arrived."""
    telegram_server.fault("sendMessage", Garbage(body='{"ok": true, "result": 7}'))
    outcome = await platform.messenger.send(message(telegram_server.private()))
    assert isinstance(outcome, Ambiguous)
    assert "no usable answer" in outcome.reason


async def test_refused_connections_are_not_sent(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Nobody listens: surely not delivered, and worth a later try; also on a connection kept open before."""
    chat = telegram_server.private()
    assert isinstance(await platform.messenger.send(message(chat)), Sent)
    async with telegram_server.down():
        outcome = await platform.messenger.send(message(chat))
    assert outcome == NotSent(reason="Telegram is not reachable (ConnectError)", reach=Reach.PLATFORM)
    assert isinstance(await platform.messenger.send(message(chat)), Sent)


@pytest.mark.parametrize(
    ("kind", "state", "wanted"),
    [
        ("private", State.BLOCKED, "bot was blocked by the user"),
        ("private", State.DEACTIVATED, "user is deactivated"),
        ("private", State.NOT_STARTED, "bot can't initiate conversation with a user"),
        ("group", State.KICKED, "bot was kicked from the group chat"),
        ("group", State.DELETED, "the group chat was deleted"),
        ("supergroup", State.KICKED, "bot was kicked from the supergroup chat"),
        ("supergroup", State.NO_RIGHTS, "not enough rights to send text messages to the chat"),
        ("channel", State.NO_RIGHTS, "need administrator rights in the channel chat"),
        ("channel", State.KICKED, "bot was kicked from the channel chat"),
    ],
)
async def test_where_the_bot_may_not_write(
    kind: str, state: State, wanted: str, telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """What only a person can mend is permanent, in one clear line that names the mend."""
    chat: Chat = getattr(telegram_server, kind)()
    chat.state = state
    outcome = await platform.messenger.send(message(chat))
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    said, _, mend = outcome.reason.removeprefix("Telegram: ").partition(": ")
    assert said.lower() == wanted.lower()
    assert mend in MENDS.values()


async def test_an_unknown_chat_is_permanent(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """A chat that Telegram does not know needs a person."""
    outcome = await platform.messenger.send(message("-100777"))
    mend = MENDS["chat not found"]
    assert outcome == NotSent(reason=f"Telegram: Chat not found: {mend}", permanent=True)


@pytest.mark.parametrize("address", ["C0123456", "", "12/x", "-", "12/13/14", "@x"])
async def test_what_is_no_address_is_never_called(
    address: str, telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """An address that cannot be Telegram's is permanent, and nothing is sent anywhere."""
    outcome = await platform.messenger.send(message(address))
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert telegram_server.calls == []


@pytest.mark.parametrize("closed", [True, False])
async def test_a_topic_that_is_closed_or_gone_is_permanent(
    closed: bool,  # noqa: FBT001  (a column of the table)
    telegram_server: TelegramServer,
    platform: TelegramPlatform,
) -> None:
    """A closed topic and one that was deleted need a person."""
    chat = telegram_server.supergroup(topics=(17,) if closed else ())
    assert chat.topics is not None
    if closed:
        chat.topics[17] = True
    outcome = await platform.messenger.send(message(chat, topic=17))
    assert isinstance(outcome, NotSent)
    assert outcome.permanent


async def test_a_group_that_became_a_supergroup_names_its_new_address(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Migrated: not sent, and where to send from now on."""
    group = telegram_server.group()
    new = telegram_server.migrate(group)
    outcome = await platform.messenger.send(message(group))
    assert isinstance(outcome, NotSent)
    assert outcome.moved_to == str(new.id)
    assert not outcome.permanent
    assert isinstance(await platform.messenger.send(message(outcome.moved_to)), Sent)


@pytest.mark.parametrize("token", ["123456789:wrongWRONGwrongWRONGwrongWRONGwrong", "7:x"])
async def test_a_wrong_token_is_permanent_and_never_shown(
    token: str, telegram_server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Wrong or revoked: one clear line for each send, without the token, in no log either."""
    caplog.set_level(logging.DEBUG)
    chat = telegram_server.private()
    async with TelegramPlatform(token, telegram_server.base_url) as platform:
        outcome = await platform.messenger.send(message(chat))
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert "DEPESCHE_TELEGRAM_TOKEN" in outcome.reason
    assert token not in outcome.reason + caplog.text


@pytest.mark.parametrize("fault", [None, ProcessThenDrop(), ErrorAfterProcess(), TooMany(retry_after=3)])
async def test_the_token_is_in_no_log(
    fault: Fault | None,
    telegram_server: TelegramServer,
    platform: TelegramPlatform,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The token is part of every address, and yet no logger of any level shows it."""
    caplog.set_level(logging.DEBUG)
    if fault:
        telegram_server.fault("sendMessage", fault)
    outcome = await platform.messenger.send(message(telegram_server.private()))
    assert telegram_server.token not in caplog.text + repr(outcome)


async def test_an_edit_changes_the_message(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """The message that was sent says what the alert says now."""
    chat = telegram_server.private()
    sent = await platform.messenger.send(message(chat))
    assert isinstance(sent, Sent)
    assert await platform.messenger.edit(message(chat, sources=12), sent.id) == sent
    (arrived,) = telegram_server.sent(chat)
    assert "+11 Quellen" in arrived.text
    assert len(arrived.versions) == 2


async def test_an_edit_without_a_change_is_sent(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Telegram calls the same text an error; here it is as good as done."""
    chat = telegram_server.private()
    sent = await platform.messenger.send(message(chat))
    assert isinstance(sent, Sent)
    assert await platform.messenger.edit(message(chat), sent.id) == sent
    assert [call.status for call in telegram_server.calls] == [200, 400]


@pytest.mark.parametrize(
    ("message_id", "fault", "wanted"),
    [
        ("99", None, {"permanent": True, "reach": Reach.MESSAGE}),
        ("x", None, {"permanent": True, "reach": Reach.MESSAGE}),
        ("1", TooMany(retry_after=4), {"retry_after": 4.0}),
    ],
)
async def test_edits_that_fail(
    message_id: str,
    fault: Fault | None,
    wanted: dict[str, Any],
    telegram_server: TelegramServer,
    platform: TelegramPlatform,
) -> None:
    """A message that is gone, an id that is none, a flood: not sent, each with what follows from it."""
    chat = telegram_server.private()
    await platform.messenger.send(message(chat))
    if fault:
        telegram_server.fault("editMessageText", fault)
    outcome = await platform.messenger.edit(message(chat, sources=2), message_id)
    assert isinstance(outcome, NotSent)
    assert {name: getattr(outcome, name) for name in wanted} == wanted


async def test_an_edit_without_an_answer_is_ambiguous(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """It may have been done; doing it again does no harm."""
    chat = telegram_server.private()
    await platform.messenger.send(message(chat))
    telegram_server.fault("editMessageText", ProcessThenHang())
    assert isinstance(await platform.messenger.edit(message(chat, sources=2), "1"), Ambiguous)
    assert await platform.messenger.edit(message(chat, sources=2), "1") == Sent(id="1")


async def test_nothing_can_be_asked_afterwards(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """After a crash a send stays ambiguous, and nothing is called to find out."""
    outcome = await platform.messenger.reconcile(message(telegram_server.private()))
    assert isinstance(outcome, Ambiguous)
    assert telegram_server.calls == []


async def test_a_cancelled_send_is_cancelled(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Shutting down in the middle of a call is no outcome."""
    telegram_server.fault("sendMessage", ProcessThenHang())
    sending = asyncio.create_task(platform.messenger.send(message(telegram_server.private())))
    await asyncio.sleep(0.05)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
