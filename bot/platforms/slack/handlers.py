"""What people ask on Slack: `/depesche <command> args` and taps on buttons become requests.

Every command and every tap is acknowledged at once, known or not; the answer comes after it, seen only
by who asked.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.article.cleaning import one_line
from bot.platforms.buttons import TAPPED
from bot.platforms.slack.client import is_loopback, is_safe, library_logger
from bot.platforms.slack.mrkdwn import unescaped
from bot.platforms.slack.rendering import render_answer
from bot.ports.conversation import Answerer, Request

log = structlog.get_logger()

KIND = "slack"
DEFAULT_COMMAND = "help"
ARGUMENTS = 2_000  # characters
ANYTHING = re.compile(r".*", re.DOTALL)

Ack = Callable[[], Awaitable[Any]]
Body = Mapping[str, Any]


class Handlers:
    """Answers commands and taps.

    Args:
        answerer: Who knows the answers.
        session: For answers to response URLs.
        base_url: The Web API; tells whether plain http is allowed.
    """

    def __init__(self, answerer: Answerer, *, session: aiohttp.ClientSession, base_url: str) -> None:
        self._answerer = answerer
        self._session = session
        self._base_url = base_url
        self._tasks: set[asyncio.Task[None]] = set()

    def attach(self, app: AsyncApp) -> None:
        """Register for every command, whatever it was named in Slack, and for every button."""
        app.command(ANYTHING)(self._command)
        app.action(ANYTHING)(self._action)

    async def close(self) -> None:
        """Let go of answers under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # Bolt hands arguments over by their names: `ack`, `body`.
    async def _command(self, ack: Ack, body: Body) -> None:
        await ack()
        self._start(self._answer(request_of_command(body), body))

    async def _action(self, ack: Ack, body: Body) -> None:
        await ack()
        if request := request_of_action(body):
            self._start(self._answer(request, body))

    def _start(self, answering: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(answering)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, request: Request, body: Body) -> None:
        try:
            laid_out = render_answer(await self._answerer.answer(request))
            if laid_out:
                await self._respond(str(body.get("response_url", "")), laid_out.text, laid_out.blocks)
        except Exception as error:  # noqa: BLE001  (an answer that fails must not stop the others)
            log.warning(
                "Slack: a request was not answered", command=request.command, why=type(error).__name__
            )

    async def _respond(self, url: str, text: str, blocks: list[dict[str, Any]]) -> None:
        if not is_safe(url, self._base_url):
            log.warning("Slack: an answer has no address it may go to")
            return
        client = AsyncWebhookClient(url, session=self._session, retry_handlers=[], logger=library_logger())
        if is_loopback(urlsplit(url).hostname or ""):
            client.proxy = None
        response = await client.send(
            text=text, blocks=blocks, response_type="ephemeral", replace_original=False, unfurl_links=False
        )
        if response.status_code != 200:
            log.warning("Slack: an answer was refused", status=response.status_code)


def request_of_command(body: Body) -> Request:
    """A slash command as a request: the first word of its text is the command, the rest its arguments."""
    name, _, arguments = one_line(unescaped(_text(body, "text")), ARGUMENTS).partition(" ")
    channel, user = _text(body, "channel_id"), _text(body, "user_id")
    return _request(
        channel,
        user,
        name=_text(body, "user_name"),
        command=name.lower().lstrip("/") or DEFAULT_COMMAND,
        arguments=arguments.strip(),
    )


def request_of_action(body: Body) -> Request | None:
    """A tap as a request, or None where the button asks nothing."""
    action: Body = next(iter(body.get("actions") or ()), {})
    if action.get("action_id") not in TAPPED:
        return None
    channel, user = body.get("channel") or {}, body.get("user") or {}
    return _request(
        _text(channel, "id") or _text(body.get("container") or {}, "channel_id"),
        _text(user, "id"),
        name=_text(user, "username") or _text(user, "name"),
        command=str(action["action_id"]),
        arguments=one_line(_text(action, "value"), ARGUMENTS),
    )


def _request(channel: str, user: str, *, name: str, command: str, arguments: str) -> Request:
    """A direct message is addressed by the person: the bot may not be a member of the one it was asked in."""
    private = channel.startswith("D")
    return Request(
        kind=KIND,
        address=user if private else channel,
        user=user,
        user_name=one_line(name, 100),
        command=one_line(command, 50),
        arguments=arguments,
        private=private,
    )


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""
