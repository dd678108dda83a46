"""The polling of Telegram: answers confirmed only when given; troubles told once and waited out."""

import asyncio

import pytest
from structlog.testing import LogCapture

from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.conversation import Answer, Part, Request
from tests.fakes.telegram.faults import ErrorAfterProcess, Fault, Garbage, ProcessThenDrop, TooMany
from tests.fakes.telegram.server import TOKEN, TelegramServer
from tests.fakes.telegram.world import State
from tests.platforms.telegram.conftest import QUICK
from tests.platforms.telegram.samples import Asked, Held, running, until


async def test_the_lists_of_commands_are_published(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """In English for everybody, in German for those who use Telegram in German."""
    async with running(platform, Asked()):
        await until(lambda: ("default", "de") in telegram_server.world.commands)
    lists = telegram_server.world.commands
    names = ["start", "help", "status", "latest"]
    names += ["ledger", "upcoming", "calendar", "rules", "subscribe", "unsubscribe"]
    names += ["quiet", "digest", "mute", "retract"]
    assert [entry["command"] for entry in lists["default", ""]] == names
    assert [entry["command"] for entry in lists["default", "de"]] == names
    assert lists["default", ""] != lists["default", "de"]


async def test_updates_are_confirmed_only_after_their_answer(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Stopped in the middle of an answer, the question is still there for the next start."""
    chat, held = telegram_server.private(), Held()
    telegram_server.receive_text(chat, "/status")
    async with running(platform, held):
        await held.begun.wait()
    assert len(telegram_server.updates.pending) == 1
    async with running(platform, Asked()):
        await until(lambda: not telegram_server.updates.pending)
    assert len(telegram_server.sent(chat)) == 1


async def test_what_was_answered_is_confirmed_when_the_bot_stops(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """Stopped after an answer and before the next poll, the bot does not answer again at its next start."""
    chat = telegram_server.private()
    telegram_server.receive_text(chat, "/status")
    telegram_server.fault("getUpdates", None, TooMany(retry_after=30))
    async with running(platform, Asked()):
        await until(lambda: logged.entries)
        assert len(telegram_server.updates.pending) == 1
    assert telegram_server.updates.pending == []


async def test_numbers_of_updates_may_start_lower_again(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """After a quiet week Telegram numbers updates anew; they are heard all the same."""
    chat, asked = telegram_server.private(), Asked()
    async with running(platform, asked):
        telegram_server.receive_text(chat, "/status")
        await until(lambda: asked.requests)
        await until(lambda: sum(call.method == "getUpdates" for call in telegram_server.calls) >= 3)
        telegram_server.updates.renumber(5)
        telegram_server.receive_text(chat, "/rules")
        await until(lambda: len(asked.requests) == 2)
    assert [request.command for request in asked.requests] == ["status", "rules"]


async def test_a_question_that_fails_or_hangs_stops_no_other(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """One error line each, and the next question is answered."""

    class Broken:
        async def answer(self, request: Request) -> Answer:
            if request.command == "status":
                raise RuntimeError("a bug")
            if request.command == "rules":
                await asyncio.sleep(3600)
            return Answer(parts=(Part(text="ok"),))

    chat = telegram_server.private()
    for text in ("/status", "/rules", "/help"):
        telegram_server.receive_text(chat, text)
    async with running(platform, Broken()):
        await until(lambda: telegram_server.sent(chat))
    told = [entry["event"] for entry in logged.entries]
    assert told == ["a question could not be answered", "a question took too long to answer"]


async def test_an_answer_that_cannot_be_delivered_is_one_line(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """Blocked between question and answer: said once, and all goes on."""
    chat, other = telegram_server.private(), telegram_server.private(id=43)
    telegram_server.receive_text(chat, "/status")
    telegram_server.receive_text(other, "/status")
    chat.state = State.BLOCKED
    async with running(platform, Asked(Part(text="x" * 9000))):
        await until(lambda: len(telegram_server.sent(other)) == 3)
    (entry,) = logged.entries
    assert (entry["event"], entry["chat"]) == ("an answer was not delivered", "42")
    assert "bot was blocked" in entry["why"]


@pytest.mark.parametrize(
    ("faults", "line"),
    [
        ((ErrorAfterProcess(),) * 3, "HTTP 502"),
        ((ProcessThenDrop(),) * 3, "RemoteProtocolError"),
        ((TooMany(retry_after=1),), "fetch more slowly"),
        ((Garbage(body='{"ok": true, "result": [{}]}'),) * 3, "KeyError"),
    ],
)
async def test_troubles_are_told_once_and_waited_out(
    faults: tuple[Fault, ...],
    line: str,
    telegram_server: TelegramServer,
    platform: TelegramPlatform,
    logged: LogCapture,
) -> None:
    """One line when it begins, one when it ends, and the question is answered in the end."""
    chat = telegram_server.private()
    telegram_server.fault("getUpdates", *faults)
    telegram_server.receive_text(chat, "/status")
    async with running(platform, Asked()):
        await until(lambda: telegram_server.sent(chat))
    told = [entry["event"] for entry in logged.entries]
    assert len(told) == 2
    assert line in told[0]
    assert told[1] == "Telegram commands are heard again"


async def test_a_server_that_is_away(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """Not reachable at the start or later: told once, and waited out."""
    chat = telegram_server.private()
    async with telegram_server.down(), running(platform, Asked()) as task:
        await until(lambda: logged.entries)
        await asyncio.sleep(0.2)
        assert not task.done()
    telegram_server.receive_text(chat, "/status")
    async with running(platform, Asked()):
        await until(lambda: telegram_server.sent(chat))
    assert [entry["event"] for entry in logged.entries] == [
        "Telegram commands are not heard: Telegram is not reachable (ConnectError)"
    ]


async def test_two_pollers_are_told_once(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """Two programs with one token cut each other off by turns; that is one line, until it has settled."""
    async with (
        TelegramPlatform(
            telegram_server.token, telegram_server.base_url, pauses=QUICK, read_timeout=0.3
        ) as other,
        running(platform, Asked()),
        running(other, Asked()),
    ):
        await until(lambda: sum(call.status == 409 for call in telegram_server.calls) >= 6)
    conflicts = [entry for entry in logged.entries if "another program" in entry["event"]]
    assert len(conflicts) <= 2  # one for each of the two
    assert "run only one with this token" in conflicts[0]["event"]


async def test_a_conflict_that_has_settled_is_over(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """After a while without a conflict the bot says that it hears again."""
    async with running(platform, Asked()):
        await until(lambda: telegram_server.updates.polled)
        telegram_server.updates.end_poll("Conflict: terminated by other getUpdates request")
        await until(lambda: len(logged.entries) == 2)
    assert logged.entries[1]["event"] == "Telegram commands are heard again"


async def test_a_webhook_of_another_program(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """It is not ours to delete: one line says what to do, and when it is gone the bot hears."""
    chat = telegram_server.private()
    telegram_server.updates.webhook = "https://example.org/hook"
    telegram_server.receive_text(chat, "/status")
    async with running(platform, Asked()):
        await until(lambda: logged.entries)
        await asyncio.sleep(0.2)
        telegram_server.updates.webhook = ""
        await until(lambda: telegram_server.sent(chat))
    assert "deleteWebhook" in logged.entries[0]["event"]


async def test_a_rejected_token_ends_it_with_one_line(
    telegram_server: TelegramServer, platform: TelegramPlatform, logged: LogCapture
) -> None:
    """Revoked while running: one error line without the token, and the loop returns."""
    async with running(platform, Asked()) as task:
        await until(lambda: telegram_server.updates.polled)
        telegram_server.token = TOKEN[:-3] + "new"
        telegram_server.receive_text(telegram_server.private(), "hello")
        async with asyncio.timeout(5):
            await task
    (entry,) = logged.entries
    assert entry["log_level"] == "error"
    assert "rejects the bot's token" in entry["event"]
    assert TOKEN not in str(logged.entries)


async def test_waiting_costs_few_calls(telegram_server: TelegramServer, platform: TelegramPlatform) -> None:
    """The server keeps polls waiting: an idle bot calls about once a poll."""
    async with running(platform, Asked()):
        await until(lambda: telegram_server.updates.polled)
        before = len(telegram_server.calls)
        await asyncio.sleep(0.3)
    assert len(telegram_server.calls) - before <= 2
