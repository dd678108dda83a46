"""The way out to the Bot API: python-telegram-bot's `Bot`, with own timeouts and nothing retried.

The token is part of every address the library calls, so its HTTP client may not log them.
"""

import asyncio
import json
import logging
import os
import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.request import HTTPXRequest

from bot.errors import ConfigError
from bot.platforms.telegram.addresses import Address
from bot.platforms.telegram.failures import StatusError
from bot.platforms.telegram.rendering import Button, Rendered

API = "https://api.telegram.org"
WHOLE_CALL = 30.0  # seconds for one call, however its parts are timed
POLL = 25  # seconds the server may keep a poll waiting
WANTED = ("message", "channel_post", "callback_query")
SPEAKS = frozenset({400, 401, 403, 404, 409, 429})  # refusals of the Bot API come with these
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{1,200}")

# The library's future default; without it every flood pause would raise a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
for noisy in ("telegram", "httpx", "httpcore"):
    logging.getLogger(noisy).setLevel(logging.WARNING)


class Request(HTTPXRequest):
    """The library's HTTP client; what is not an answer of the Bot API becomes a StatusError."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One HTTP request."""
        status, body = await super().do_request(*args, **kwargs)
        if not _is_answer(status, body):
            raise StatusError(status)
        return status, body


class Client:
    """One bot's Bot API; use as an async context manager. Methods raise the library's TelegramError.

    Args:
        token: As @BotFather gives it.
        base_url: Of the Bot API; plain http only on this machine.
        read_timeout: Seconds to wait for an answer.

    Raises:
        ConfigError: The token or the address cannot be one.
    """

    def __init__(self, token: str, base_url: str = API, *, read_timeout: float = 15.0) -> None:
        if not _TOKEN.fullmatch(token):
            raise ConfigError(
                "DEPESCHE_TELEGRAM_TOKEN is no bot token; @BotFather gives one such as 123456789:AAH…"
            )
        base = checked_base_url(base_url)
        self.token = token
        self._requests = tuple(_request(base, read_timeout, size) for size in (1, 8))
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )

    async def __aenter__(self) -> Self:
        """Open connections only when they are needed: nothing is called yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        for request in self._requests:
            await request.shutdown()

    async def name(self) -> str:
        """The bot's user name, without `@`."""
        async with asyncio.timeout(WHOLE_CALL):
            return (await self._bot.get_me()).username or ""

    async def send(self, address: Address, message: Rendered, *, reply_to: int | None = None) -> int:
        """Send a message; return its id in its chat."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        async with asyncio.timeout(WHOLE_CALL):
            sent = await self._bot.send_message(
                chat_id=address.chat,
                message_thread_id=address.topic,
                text=message.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=_keyboard(message.buttons),
                reply_parameters=reply,
            )
        return sent.message_id

    async def edit(self, address: Address, message_id: int, message: Rendered) -> None:
        """Give a message of the bot's new text and buttons."""
        async with asyncio.timeout(WHOLE_CALL):
            await self._bot.edit_message_text(
                chat_id=address.chat,
                message_id=message_id,
                text=message.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=_keyboard(message.buttons),
            )

    async def acknowledge(self, query: str, text: str | None = None) -> None:
        """Take the waiting sign off a tapped button; show a text in passing, 200 characters at most."""
        async with asyncio.timeout(WHOLE_CALL):
            await self._bot.answer_callback_query(query, text=text)

    async def set_commands(self, commands: Mapping[str, str], lang: str | None) -> None:
        """Publish the list of commands; `lang` None is for everybody who has no list of their own."""
        listed = [BotCommand(name, text) for name, text in commands.items()]
        async with asyncio.timeout(WHOLE_CALL):
            await self._bot.set_my_commands(listed, language_code=lang)

    async def updates(self, offset: int | None, *, wait: int = POLL) -> Sequence[Update]:
        """Updates from `offset` on, which forgets earlier ones; waits up to `wait` seconds for the first."""
        async with asyncio.timeout(WHOLE_CALL + wait):
            return await self._bot.get_updates(offset=offset, timeout=wait, allowed_updates=list(WANTED))


def checked_base_url(text: str) -> str:
    """The address of a Bot API server, without a slash at its end.

    Raises:
        ConfigError: It is none, or it would carry the token over the network unencrypted.
    """
    base = text.strip().rstrip("/")
    try:
        parts = urlsplit(base)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s{}?#@]", base):
        raise ConfigError("telegram.base_url is no address; write one such as `https://api.telegram.org`")
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigError(
            f"telegram.base_url: plain http would show the token to the network; write `https://{host}`"
            " (http is for this machine only, such as `http://127.0.0.1:8081`)"
        )
    return base


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _request(base: str, read_timeout: float, size: int) -> Request:
    return Request(
        connection_pool_size=size,
        connect_timeout=10.0,
        read_timeout=read_timeout,
        write_timeout=10.0,
        pool_timeout=10.0,
        # A proxy of the environment must not get the token of a plain connection.
        httpx_kwargs={"trust_env": base.startswith("https:")},
    )


def _is_answer(status: int, body: bytes) -> bool:
    try:
        found = json.loads(body)
    except ValueError:
        return False
    if not isinstance(found, dict):
        return False
    return "result" in found if 200 <= status < 300 else status in SPEAKS and "description" in found


def _keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    rows: dict[int, list[InlineKeyboardButton]] = {}
    for item in buttons:
        button = InlineKeyboardButton(item.label, url=item.url, callback_data=item.data)
        rows.setdefault(item.row, []).append(button)
    return InlineKeyboardMarkup([rows[number] for number in sorted(rows)])
