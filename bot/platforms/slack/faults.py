"""What an error of the Slack client means: surely not done, or nobody knows. Decides, acts on nothing.

No text of an exception is passed on: addresses, headers and tokens may stand in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.located import plain_yaml
from bot.ports.messenger import Ambiguous, NotSent, Reach

# Nothing of the request has left the machine, or none of it has reached Slack.
NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back in place of a success.

    Attributes:
        error: Slack's code, or None where the body was none of Slack's.
    """

    status: int
    error: str | None
    needed: str | None
    retry_after: float | None


def failure(error: Exception) -> NotSent | Ambiguous:
    """The outcome of a call that raised."""
    if isinstance(error, SlackApiError):
        return _refused(_reply(error.response))
    kind = type(error).__name__
    if isinstance(error, NEVER_LEFT):
        return NotSent(reason=f"Slack: no connection ({kind})", reach=Reach.PLATFORM)
    if isinstance(error, TimeoutError):
        return Ambiguous(reason="Slack: no answer in time")
    return Ambiguous(reason=f"Slack: the connection broke before the answer ({kind})")


def app_failure(error: Exception) -> NotSent | Ambiguous:
    """The outcome of a call with the app token that raised; its mends are others than the bot token's."""
    outcome = failure(error)
    code = _reply(error.response).error if isinstance(error, SlackApiError) else None
    mend = _codes()["app_token"].get(code)
    return replace(outcome, reason=f"Slack: {code}: {mend}") if mend else outcome


def _refused(reply: Reply) -> NotSent | Ambiguous:
    codes = _codes()
    if reply.status == 429 or reply.error in codes["wait"]:
        name = reply.error or "ratelimited"
        asked = reply.retry_after if reply.retry_after is not None else codes["wait"].get(name)
        return NotSent(reason=f"Slack: {name}", retry_after=asked, reach=_reach(name))
    if reply.error in codes["unsure"] or reply.status >= 500 or reply.status == 408:
        return Ambiguous(reason=f"Slack: {reply.error or f'HTTP {reply.status}'}, perhaps after it was done")
    if reply.error is None:
        return _not_slack(reply)
    mend = codes["mend"].get(reply.error, "see the list of errors of this method at docs.slack.dev")
    needed = f" ({reply.needed})" if reply.needed else ""
    reason = f"Slack: {reply.error}{needed}: {mend}"
    return NotSent(reason=reason, permanent=True, reach=_reach(reply.error))


def _reach(error: str) -> Reach:
    """What Slack refuses; a code that stands nowhere is taken for the channel's."""
    codes = _codes()
    if error in codes["platform"]:
        return Reach.PLATFORM
    return Reach.MESSAGE if error in codes["message"] else Reach.DESTINATION


def _not_slack(reply: Reply) -> NotSent | Ambiguous:
    """A body that is none of Slack's: a proxy, a portal, another server."""
    if reply.status < 300:
        return Ambiguous(reason="Slack: the answer is not one of Slack's: check slack.base_url and proxies")
    reason = f"Slack: HTTP {reply.status} from what is not Slack: check slack.base_url and proxies"
    return NotSent(reason=reason, permanent=True)


def _reply(response: Any) -> Reply:
    """From the client's response, or the bare one of aiohttp where the client could not read the body."""
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    body = getattr(response, "data", None)
    body = body if isinstance(body, Mapping) else {}
    return Reply(
        status=status if isinstance(status, int) else 0,
        error=_word(body.get("error")),
        needed=_word(body.get("needed")),
        retry_after=_seconds(getattr(response, "headers", None) or {}),
    )


def _word(value: object) -> str | None:
    """A code or list of scopes as Slack writes it; anything else is none of Slack's."""
    if isinstance(value, str) and value and len(value) <= 200 and value.isascii() and value.isprintable():
        return value
    return None


def _seconds(headers: Mapping[str, str]) -> float | None:
    for name, value in headers.items():
        if name.lower() == "retry-after":
            return min(float(value), LONGEST_WAIT) if value.strip().isdecimal() else None
    return None


@cache
def _codes() -> Any:
    text = files("bot.platforms.slack").joinpath("errors.yml").read_text(encoding="utf-8")
    return plain_yaml(text, "bot/platforms/slack/errors.yml")
