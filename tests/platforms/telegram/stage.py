"""Telegram on the stage of the messengers' contract."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.messenger import Messenger
from tests.fakes.telegram.faults import ErrorAfterProcess, Fault, ProcessThenDrop, TooMany
from tests.fakes.telegram.fixtures import checked_server
from tests.fakes.telegram.server import TelegramServer
from tests.fakes.telegram.world import State

METHODS = ("sendMessage", "editMessageText")


class TelegramStage:
    """Fulfils `tests.platforms.stage.Stage`."""

    kind = "telegram"
    unknown = "-100999"

    def __init__(self, server: TelegramServer, messenger: Messenger) -> None:
        self.messenger = messenger
        self.secret = server.token
        self._server = server
        self._chat = server.supergroup()
        self.address = str(self._chat.id)

    def shown(self) -> list[str]:
        """Texts of the chat."""
        return [message.text for message in self._server.sent(self._chat)]

    def calls(self) -> int:
        """All calls."""
        return len(self._server.calls)

    def flood(self, seconds: int) -> None:
        """429."""
        self._fault(TooMany(retry_after=seconds))

    def lose_answer(self) -> None:
        """Done, then the connection is cut."""
        self._fault(ProcessThenDrop())

    def fail_after(self) -> None:
        """Done, then 502."""
        self._fault(ErrorAfterProcess())

    def shut_out(self) -> None:
        """Kicked."""
        self._chat.state = State.KICKED

    def down(self) -> AbstractAsyncContextManager[None]:
        """Nobody listens."""
        return self._server.down()

    def _fault(self, fault: Fault) -> None:
        for method in METHODS:
            self._server.fault(method, fault)


@asynccontextmanager
async def telegram_stage() -> AsyncIterator[TelegramStage]:
    """Telegram's server and messenger; broken rules fail the test."""
    async with (
        checked_server() as server,
        TelegramPlatform(server.token, server.base_url, read_timeout=0.3) as platform,
    ):
        yield TelegramStage(server, platform.messenger)
