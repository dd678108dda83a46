"""Telegram as one piece, for wiring."""

from types import TracebackType
from typing import Self

from telegram.error import InvalidToken, TelegramError

from bot.errors import ConfigError, DepescheError
from bot.platforms.telegram.client import API, Client
from bot.platforms.telegram.failures import REJECTED, outcome_of
from bot.platforms.telegram.messenger import TelegramMessenger
from bot.platforms.telegram.teller import TelegramTeller
from bot.platforms.telegram.updates import Pauses, UpdateLoop
from bot.ports.conversation import Answerer, Hearing, unwatched


class TelegramPlatform:
    """A bot on Telegram; use as an async context manager. Calls nothing until it is asked to.

    Args:
        token: As @BotFather gives it.
        base_url: Of the Bot API, or of a server of one's own that speaks it.
        pauses: How patiently updates are fetched.
        read_timeout: Seconds to wait for an answer of the server.

    Attributes:
        messenger: Sends alerts.
        teller: Sends notices.

    Raises:
        ConfigError: The token or the address cannot be one.
    """

    def __init__(
        self,
        token: str,
        base_url: str = API,
        *,
        pauses: Pauses | None = None,
        read_timeout: float = 15.0,
    ) -> None:
        self._client = Client(token, base_url, read_timeout=read_timeout)
        self._pauses = pauses or Pauses()
        self.messenger = TelegramMessenger(self._client)
        self.teller = TelegramTeller(self._client)

    async def __aenter__(self) -> Self:
        """Ready to send."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        await self._client.__aexit__(kind, error, trace)

    async def me(self) -> str:
        """The bot's name with `@`: the token works.

        Raises:
            ConfigError: Telegram rejects the token.
            DepescheError: Telegram could not be asked.
        """
        try:
            return f"@{await self._client.name()}"
        except InvalidToken:
            raise ConfigError(REJECTED) from None
        except (TelegramError, TimeoutError) as error:
            raise DepescheError(outcome_of(error, self._client.token).reason) from None

    async def run(self, answerer: Answerer, hearing: Hearing = unwatched) -> None:
        """Answer questions until cancelled; return only when Telegram rejects the token, with one line.

        Args:
            answerer: Who knows the answers.
            hearing: Told when people are not heard, and when they are again.
        """
        await UpdateLoop(self._client, answerer, self._pauses, hearing).run()
