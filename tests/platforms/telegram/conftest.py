"""What the tests of Telegram share."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
import structlog
from structlog.testing import LogCapture

from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.updates import Pauses
from tests.fakes.telegram.fixtures import telegram_server, telegram_specification
from tests.fakes.telegram.server import TelegramServer

__all__ = ["logged", "platform", "telegram_server", "telegram_specification"]
QUICK = Pauses(first=0.02, longest=0.1, settled=0.3, answer=0.3, poll=1)


@pytest_asyncio.fixture
async def platform(telegram_server: TelegramServer) -> AsyncIterator[TelegramPlatform]:
    """A bot of the server's that waits but shortly."""
    async with TelegramPlatform(
        telegram_server.token, telegram_server.base_url, pauses=QUICK, read_timeout=0.3
    ) as found:
        yield found


@pytest.fixture(autouse=True)
def logged() -> Iterator[LogCapture]:
    """What is logged."""
    capture = LogCapture()
    before = structlog.get_config()
    structlog.configure(processors=[capture])
    yield capture
    structlog.configure(**before)
