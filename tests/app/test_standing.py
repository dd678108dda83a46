"""How the chat platforms stand: what is told is in the store, and taken back when it is over."""

import asyncio
from contextlib import suppress

import pytest

from bot.app.config import Config
from bot.app.platforms import Chat, converse, open_chats
from bot.app.secrets import Secrets
from bot.app.standing import Standing
from bot.errors import ConfigError, DepescheError, StoreError
from bot.ports.conversation import Answer, Answerer, Hearing, Request
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.store import FakeStore
from tests.fakes.teller import FakeTeller


async def reasons(standing: Standing, store: FakeStore | None = None) -> dict[str, str]:
    """Scope -> why, as written into a store."""
    store = store or FakeStore()
    await standing.write(store, FakeClock())
    return {pause.scope: pause.reason for pause in await store.pauses(FakeClock().now())}


async def test_a_refused_platform_is_paused_and_the_rest_is_not() -> None:
    """A refusal holds up the platform's alerts; missing rights and unheard questions hold up nothing."""
    standing, store, clock = Standing(), FakeStore(), FakeClock()
    standing.refused("telegram", "no token")
    standing.lacking("slack", "no scopes")
    standing.hearing("slack")("no socket")
    await standing.write(store, clock)
    held = {pause.scope for pause in await store.pauses(clock.now()) if pause.until > clock.now()}
    assert held == {"telegram"}
    assert await reasons(standing, store) == {
        "telegram": "no token",
        "slack scopes": "no scopes",
        "slack commands": "no socket",
    }


async def test_what_is_over_is_taken_back() -> None:
    """Heard again, also when the trouble was over before it was written down."""
    standing, store = Standing(), FakeStore()
    hearing = standing.hearing("slack")
    hearing("no socket")
    assert await reasons(standing, store) == {"slack commands": "no socket"}
    hearing(None)
    assert await reasons(standing, store) == {}
    hearing("again")
    hearing(None)
    assert await reasons(standing, store) == {}


async def test_a_store_that_fails_is_asked_again() -> None:
    """What could not be written is written later."""

    class Flaky(FakeStore):
        puts = 0

        async def put_pause(self, pause: object) -> None:
            self.puts += 1
            if self.puts == 1:
                raise StoreError("the disk is full")
            await super().put_pause(pause)  # type: ignore[arg-type]

    standing, store, clock = Standing(), Flaky(), FakeClock()
    keeping = asyncio.create_task(standing.keep(store, clock))
    standing.refused("slack", "no token")
    async with asyncio.timeout(20):
        while not store.paused:
            clock.advance(1)
            await asyncio.sleep(0)
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
    assert store.puts == 2


class Silent:
    """Answers nothing."""

    async def answer(self, request: Request) -> Answer:  # noqa: ARG002  (the port's signature)
        """Silence."""
        return Answer()


@pytest.mark.parametrize(
    ("error", "apart", "ran", "told"),
    [
        (None, False, True, {}),
        (ConfigError("bad token"), False, False, {"chat": "bad token"}),
        (ConfigError("bad token"), True, True, {"chat": "bad token"}),
        (DepescheError("away"), False, True, {}),
    ],
)
async def test_a_platform_that_refuses_its_token(
    error: DepescheError | None,
    apart: bool,  # noqa: FBT001  (a column of the table)
    ran: bool,  # noqa: FBT001  (as above)
    told: dict[str, str],
) -> None:
    """Its alerts wait; people are heard only where that needs another token. One that is away is tried."""
    runs: list[Hearing] = []

    async def who() -> str:
        if error:
            raise error
        return "bot"

    async def run(_answerer: Answerer, hearing: Hearing) -> None:
        runs.append(hearing)

    standing = Standing()
    chat = Chat(
        kind="chat", messenger=FakeMessenger(), teller=FakeTeller(), who=who, run=run, hears_apart=apart
    )
    await converse(chat, Silent(), standing)
    assert bool(runs) is ran
    assert await reasons(standing) == told


@pytest.mark.parametrize(
    ("secrets", "opened", "told"),
    [
        (Secrets(), [], {}),
        (Secrets(telegram="123:AAHx", slack_bot="xoxb-1", slack_app="xapp-1"), ["slack", "telegram"], {}),
        (Secrets(telegram="secret", slack_bot="xoxb-1"), ["slack"], {"telegram": "DEPESCHE_TELEGRAM_TOKEN"}),
        (Secrets(slack_bot="secret"), [], {"slack": "DEPESCHE_SLACK_BOT_TOKEN"}),
        (
            Secrets(slack_bot="xoxb-1", slack_app="secret"),
            ["slack"],
            {"slack commands": "Slack commands are not heard: DEPESCHE_SLACK_APP_TOKEN"},
        ),
    ],
)
async def test_tokens_that_cannot_be_right(secrets: Secrets, opened: list[str], told: dict[str, str]) -> None:
    """One line names the variable and not its value; the other token and the other platform are used."""
    standing = Standing()
    async with open_chats(Config(), secrets, standing) as chats:
        assert sorted(chats) == opened
    found = await reasons(standing)
    assert found.keys() == told.keys()
    assert all(found[scope].startswith(start) for scope, start in told.items())
    assert "secret" not in str(found)
