"""The chat platforms whose tokens are set: opened together, asked who they are, closed together."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

import structlog

from bot.app.config import Config, Slack
from bot.app.secrets import SLACK_APP, Secrets
from bot.app.standing import Standing
from bot.errors import ConfigError, DepescheError
from bot.platforms.slack.client import APP_TOKEN, Patience, checked_token
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.conversation import Answerer, Hearing
from bot.ports.messenger import Messenger
from bot.ports.notices import Teller

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Chat:
    """One chat platform.

    Attributes:
        kind: As in `Destination.kind`.
        messenger: Sends alerts.
        teller: Sends notices.
        who: Asks the platform what it calls the bot; raises a DepescheError where it does not say.
        run: Answers people until cancelled; tells whether they are heard.
        hears_apart: People are heard by another token than alerts are sent by.
    """

    kind: str
    messenger: Messenger
    teller: Teller
    who: Callable[[], Awaitable[str]]
    run: Callable[[Answerer, Hearing], Awaitable[None]]
    hears_apart: bool = False


MANIFEST = "paste deploy/slack-manifest.yml on the app's page App Manifest and install it again"
Opening = Callable[[], Awaitable["Chat"]]


@contextlib.asynccontextmanager
async def open_chats(
    config: Config, secrets: Secrets, standing: Standing
) -> AsyncIterator[Mapping[str, Chat]]:
    """The platforms by kind; one that cannot be used is told in a line and left out, the rest goes on."""
    async with contextlib.AsyncExitStack() as ends:
        chats: dict[str, Chat] = {}
        for kind, opening in _openings(config, secrets, standing, ends).items():
            try:
                chats[kind] = await opening()
            except ConfigError as error:
                log.warning("platform left out", platform=kind, why=str(error))
                standing.refused(kind, str(error))
        yield chats


def _openings(
    config: Config, secrets: Secrets, standing: Standing, ends: contextlib.AsyncExitStack
) -> Mapping[str, Opening]:
    """What opens the platforms whose tokens are set."""
    found: dict[str, Opening] = {}
    if secrets.telegram:
        found["telegram"] = partial(_telegram, secrets.telegram, config.telegram.base_url, ends)
    if secrets.slack_bot:
        app_token = _app_token(secrets.slack_app, standing)
        found["slack"] = partial(_slack, secrets.slack_bot, app_token, config.slack, standing, ends)
    return found


async def _telegram(token: str, base_url: str, ends: contextlib.AsyncExitStack) -> Chat:
    platform = TelegramPlatform(token, base_url)
    await ends.enter_async_context(platform)
    return Chat(
        kind="telegram",
        messenger=platform.messenger,
        teller=platform.teller,
        who=platform.me,
        run=platform.run,
    )


def _app_token(token: str | None, standing: Standing) -> str | None:
    """The app token; one that cannot be right costs the commands, not the alerts."""
    try:
        return checked_token(token, kind=APP_TOKEN, name=SLACK_APP) if token else None
    except ConfigError as error:
        log.warning("Slack commands are not heard", why=str(error))
        standing.hearing("slack")(f"Slack commands are not heard: {error}")
        return None


async def _slack(
    token: str, app_token: str | None, config: Slack, standing: Standing, ends: contextlib.AsyncExitStack
) -> Chat:
    platform = SlackPlatform(
        bot_token=token,
        app_token=app_token,
        base_url=config.base_url,
        patience=Patience(ping=config.ping.total_seconds()),
    )
    await ends.enter_async_context(platform)

    async def who() -> str:
        identity = await platform.check()
        if identity.lacking:
            why = f"Slack: scopes are missing ({', '.join(sorted(identity.lacking))}): {MANIFEST}"
            log.warning(why)
            standing.lacking("slack", why)
        return identity.team

    return Chat(
        kind="slack",
        messenger=platform.messenger,
        teller=platform.teller,
        who=who,
        run=platform.run,
        hears_apart=True,
    )


async def converse(chat: Chat, answerer: Answerer, standing: Standing) -> None:
    """Say once whether the platform takes the token, then answer people for as long as it lets us."""
    if await _introduced(chat, standing) or chat.hears_apart:
        await chat.run(answerer, standing.hearing(chat.kind))


async def _introduced(chat: Chat, standing: Standing) -> bool:
    """Whether the token is good, as far as is known."""
    try:
        log.info("connected", platform=chat.kind, name=await chat.who())
    except ConfigError as error:
        log.warning("no alerts to this platform until this is mended", platform=chat.kind, why=str(error))
        standing.refused(chat.kind, str(error))
        return False
    except DepescheError as error:
        log.warning("platform does not answer", platform=chat.kind, why=str(error))
    return True
