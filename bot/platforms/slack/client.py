"""The connection to Slack's Web API: addresses it may go to, time limits, and what the libraries may log."""

import ipaddress
import logging
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError

log = structlog.get_logger()

BASE_URL = "https://slack.com/api/"
BOT_TOKEN, APP_TOKEN = "xoxb-", "xapp-"  # how they begin


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long things may take, in seconds.

    Attributes:
        connect: Until a connection stands; also of the WebSocket, its greeting included.
        answer: Between request and answer.
        ping: Between signs of life on the WebSocket; four missed ones mean it is dead.
        first_wait: Before a second try to connect; each further wait is twice as long.
        longest_wait: Between such tries.
        refused_wait: Where Slack said that a person must mend something first.
        steady: A WebSocket that ends sooner counts as a failed try.
    """

    connect: float = 10.0
    answer: float = 20.0
    ping: float = 10.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    refused_wait: float = 600.0
    steady: float = 15.0


def checked_base_url(url: str) -> str:
    """The address of the Web API with a slash at its end.

    Raises:
        ConfigError: It is no http address, holds a password, or would send tokens unencrypted over a network.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(f"slack.base_url is not an address such as {BASE_URL}: mend it or leave it out")
    if parts.username or parts.password:
        raise ConfigError("slack.base_url must not hold a user or password: take them out")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ConfigError(
            f"slack.base_url is plain http to {parts.hostname}: use https; http is for this machine only"
        )
    return url if url.endswith("/") else f"{url}/"


def checked_token(token: str, *, kind: str, name: str) -> str:
    """The token without blanks around it.

    Args:
        token: What the configuration gives.
        kind: How it must begin: `xoxb-` or `xapp-`.
        name: What the configuration calls it; the token itself is never shown.

    Raises:
        ConfigError: It is another kind of token, or none.
    """
    token = token.strip()
    if not token.startswith(kind) or not re.fullmatch(r"[A-Za-z0-9.-]+", token):
        raise ConfigError(f"{name} is not a token of the right kind: it begins with {kind}; copy it again")
    return token


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe(url: str, base_url: str) -> bool:
    """Whether an address that Slack handed out may be used: encrypted, or beside a base URL on loopback."""
    parts = urlsplit(url)
    if parts.scheme in ("https", "wss"):
        return True
    local = is_loopback(urlsplit(base_url).hostname or "")
    return parts.scheme in ("http", "ws") and local and is_loopback(parts.hostname or "")


def open_session(patience: Patience) -> aiohttp.ClientSession:
    """A session that never reuses a connection.

    A connection kept open may die just when the next message is written to it, and nobody would know
    whether the message went out. A fresh one costs a handshake and leaves no doubt.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(force_close=True),
        timeout=aiohttp.ClientTimeout(
            total=2 * (patience.connect + patience.answer),
            connect=patience.connect,
            sock_connect=patience.connect,
            sock_read=patience.answer,
        ),
    )


def web_client(token: str | None, *, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that retries nothing: the library's own retry posts a message twice after a dropped answer."""
    client = AsyncWebClient(
        token=token, base_url=base_url, session=session, retry_handlers=[], logger=library_logger()
    )
    if is_loopback(urlsplit(base_url).hostname or ""):
        client.proxy = None  # it takes one from the environment, where no proxy can reach this machine
    return client


def library_logger() -> logging.Logger:
    """What the Slack libraries log into: lines for debugging, without addresses and traces.

    What a person must know is told by this package itself, once.
    """
    logger = logging.getLogger("bot.platforms.slack.library")
    if not logger.handlers:
        logger.addHandler(_Hushed())
        logger.setLevel(logging.INFO)
        logger.propagate = False
    return logger


class _Hushed(logging.Handler):
    """Passes records on as debug lines; addresses of WebSockets and responses work like passwords."""

    def emit(self, record: logging.LogRecord) -> None:
        said = re.sub(r"\w+://\S+|\bx(?:ox[a-z]|app)-\S+", "…", record.getMessage().split("\n", 1)[0])
        log.debug("slack library", said=said[:300])
