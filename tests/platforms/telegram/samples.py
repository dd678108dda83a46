"""Messages for Telegram chats, and what is asked of the bot there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.conversation import Answer, Answerer, Part, Request
from bot.ports.messenger import Destination, Message
from tests.fakes.alerts import alert
from tests.fakes.telegram.world import Chat


def destination(address: str, *, lang: str = "de") -> Destination:
    """A Telegram destination."""
    return Destination(
        id=f"telegram:{address}", kind="telegram", address=address, lang=lang, zone="Europe/Berlin"
    )


def message(
    chat: Chat | str,
    *,
    topic: int | None = None,
    lang: str = "de",
    repeat: bool = False,
    reply_to: str | None = None,
    **changes: Any,
) -> Message:
    """An alert for a chat, or for an address written by hand."""
    address = chat if isinstance(chat, str) else f"{chat.id}" + (f"/{topic}" if topic else "")
    return Message(
        key=f"alert-1:telegram:{address}",
        alert=alert(**changes),
        destination=destination(address, lang=lang),
        repeat=repeat,
        reply_to=reply_to,
    )


class Asked:
    """An Answerer that remembers what it was asked and answers the same each time."""

    def __init__(self, *parts: Part) -> None:
        self.requests: list[Request] = []
        self.parts = parts or (Part(text="Alles läuft."),)

    async def answer(self, request: Request) -> Answer:
        """Remember and answer."""
        self.requests.append(request)
        return Answer(parts=self.parts)


class Held:
    """An Answerer that begins and does not end."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def answer(self, request: Request) -> Answer:  # noqa: ARG002  (the port's signature)
        """Wait for ever."""
        self.begun.set()
        await asyncio.sleep(3600)
        return Answer()


@asynccontextmanager
async def running(platform: TelegramPlatform, answerer: Answerer) -> AsyncIterator[asyncio.Task[None]]:
    """Answer in the background."""
    task = asyncio.create_task(platform.run(answerer))
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def until(holds: Callable[[], object], *, seconds: float = 5.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.005)
