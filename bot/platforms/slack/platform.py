"""Slack as the wiring sees it: one connection, a messenger, and the people who ask."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError, DepescheError
from bot.platforms.slack.client import (
    APP_TOKEN,
    BASE_URL,
    BOT_TOKEN,
    Patience,
    checked_base_url,
    checked_token,
    library_logger,
    open_session,
    web_client,
)
from bot.platforms.slack.faults import failure
from bot.platforms.slack.handlers import Handlers
from bot.platforms.slack.messenger import SlackMessenger
from bot.platforms.slack.socket_mode import SocketModeHandler, WatchedClient
from bot.platforms.slack.teller import SlackTeller
from bot.ports.conversation import Answerer, Hearing, unwatched
from bot.ports.messenger import NotSent

log = structlog.get_logger()

# What a send needs, and what reading back after a crash needs: as in deploy/slack-manifest.yml.
NEEDED = frozenset({"chat:write"})
FOR_RECONCILING = frozenset({"channels:history", "groups:history", "im:history", "im:write"})


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the bot is on Slack.

    Attributes:
        user: The bot's user id.
        scopes: What the token may do; empty where the server does not say.
    """

    team: str
    user: str
    scopes: frozenset[str]

    @property
    def lacking(self) -> frozenset[str]:
        """Scopes without which not everything works."""
        return (NEEDED | FOR_RECONCILING) - self.scopes if self.scopes else frozenset()


class SlackPlatform:
    """One workspace.

        async with SlackPlatform(bot_token=…, app_token=…) as slack:
            await slack.check()
            ... slack.messenger ...; await slack.run(answerer)

    Args:
        bot_token: `xoxb-…`.
        app_token: `xapp-…`; without one the bot sends, but hears nothing.
        base_url: The Web API, or a test server on this machine.
        patience: Waits and time limits.

    Raises:
        ConfigError: A token or the address cannot be right; the text shows no token.
    """

    def __init__(
        self,
        *,
        bot_token: str,
        app_token: str | None = None,
        base_url: str = BASE_URL,
        patience: Patience | None = None,
    ) -> None:
        self._base_url = checked_base_url(base_url)
        self._bot_token = checked_token(bot_token, kind=BOT_TOKEN, name="DEPESCHE_SLACK_BOT_TOKEN")
        self._app_token = (
            checked_token(app_token, kind=APP_TOKEN, name="DEPESCHE_SLACK_APP_TOKEN") if app_token else None
        )
        self._patience = patience or Patience()

    async def __aenter__(self) -> Self:
        """Get ready; nothing is asked of Slack yet."""
        self._session: aiohttp.ClientSession = open_session(self._patience)
        self._client: AsyncWebClient = self._web_client(self._bot_token)
        self.messenger = SlackMessenger(self._client)
        self.teller = SlackTeller(self._client)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the connections."""
        await self._session.close()

    async def check(self) -> Identity:
        """Ask Slack who the bot is.

        Raises:
            ConfigError: Slack does not take the token; the text names the mend.
            DepescheError: Slack cannot be asked at the moment.
        """
        try:
            response = await self._client.auth_test()
        except Exception as error:  # noqa: BLE001  (whatever the library raises has a meaning)
            outcome = failure(error)
            kind = ConfigError if isinstance(outcome, NotSent) and outcome.permanent else DepescheError
            raise kind(outcome.reason) from None
        scopes = str(response.headers.get("x-oauth-scopes", "")).split(",")
        return Identity(
            team=str(response.get("team", "")),
            user=str(response.get("user_id", "")),
            scopes=frozenset(scope.strip() for scope in scopes if scope.strip()),
        )

    async def run(self, answerer: Answerer, hearing: Hearing = unwatched) -> None:
        """Answer commands and taps until cancelled; returns at once without an app token.

        Args:
            answerer: Who knows the answers.
            hearing: Told when people are not heard, and when they are again.
        """
        if not self._app_token:
            log.info("Slack: no app token, so commands are not heard; alerts are sent")
            return
        app = self._app()
        handlers = Handlers(answerer, session=self._session, base_url=self._base_url)
        handlers.attach(app)
        client = WatchedClient(self._app_token, self._web_client(None), self._patience)
        try:
            await SocketModeHandler(app, client, self._patience, hearing).keep_connected()
        finally:
            await handlers.close()

    def _web_client(self, token: str | None) -> AsyncWebClient:
        return web_client(token, base_url=self._base_url, session=self._session)

    def _app(self) -> AsyncApp:
        """A bolt app that asks nothing over the network before it acknowledges."""
        return AsyncApp(
            name="depesche",
            logger=library_logger(),
            client=self._web_client(None),
            authorize=_authorize,
            process_before_response=True,  # acknowledged when the handler returns, which is at once
            request_verification_enabled=False,  # signatures are for requests over HTTP
            ssl_check_enabled=False,
            url_verification_enabled=False,
        )


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """What comes over the app's own WebSocket is the app's own."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
