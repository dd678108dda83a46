"""What the library's errors mean: for a message, and for the fetching of updates. Pure.

An error means "not sent" only where the server said so or where no connection came about. Texts of the
library come with their case changed, so they are compared in lower case.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.article.cleaning import one_line
from bot.ports.messenger import Ambiguous, NotSent, Reach

REASON_LIMIT = 200
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# Parts of the Bot API's error texts, in lower case.
OF_CONTENT = (
    "can't parse",
    "message is too long",
    "text is empty",
    "text must be",
    "button",
    "entit",
    "markup",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to be replied not found",
)
# The same -> what a person does about it.
MENDS = {
    "blocked by the user": "they unblock it, or take the destination out",
    "user is deactivated": "the account is gone, take the destination out",
    "can't initiate": "they write /start to the bot first",
    "was kicked": "add it again, or take the destination out",
    "not a member": "add it, or take the destination out",
    "chat not found": "add the bot there and mend the address, which /start shows",
    "was deleted": "take the destination out",
    "thread not found": "the topic is gone, mend the address, which /start shows there",
    "topic_closed": "the topic is closed, open it again",
    "rights": "let the bot write there",
    "chat_write_forbidden": "let the bot write there",
}
REJECTED = "Telegram rejects the bot's token: ask @BotFather for it, set DEPESCHE_TELEGRAM_TOKEN, start again"


class StatusError(NetworkError):
    """An answer that is not the Bot API's: a server's failure, or a page of something on the way."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Trouble(Enum):
    """Why updates cannot be fetched."""

    TOKEN = "token"  # noqa: S105  (the kind of trouble, not a token)
    WEBHOOK = "webhook"
    POLLED_ELSEWHERE = "polled elsewhere"
    FLOOD = "flood"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """A trouble with its line for a person, and the seconds the server named to wait, if it did."""

    trouble: Trouble
    line: str
    wait: float | None = None


def outcome_of(error: Exception, token: str) -> NotSent | Ambiguous:
    """What became of a message whose sending or editing ended in this error.

    Args:
        error: Raised by the library, or TimeoutError for a call that took too long as a whole.
        token: Taken out of all that is said.
    """
    match error:
        case RetryAfter():
            seconds = wait_of(error)
            return NotSent(reason=f"Telegram asks to wait {seconds:g} s", retry_after=seconds)
        case ChatMigrated():
            return NotSent(
                reason=f"the group became the supergroup {error.new_chat_id}",
                moved_to=str(error.new_chat_id),
            )
        case InvalidToken():
            return NotSent(reason=REJECTED, permanent=True, reach=Reach.PLATFORM)
        case Forbidden() | BadRequest():
            reach = Reach.MESSAGE if _is_of_content(error) else Reach.DESTINATION
            return NotSent(
                reason=f"Telegram: {said(error, token)}{_mend(error)}", permanent=True, reach=reach
            )
        case Conflict():
            return NotSent(reason=f"Telegram: {said(error, token)}")
    return _unanswered(error, token)


def _mend(error: TelegramError) -> str:
    """What to do about it, with a colon before it; empty where the server's words are all there is."""
    text = error.message.lower()
    return next((f": {mend}" for words, mend in MENDS.items() if words in text), "")


def _is_of_content(error: TelegramError) -> bool:
    """Whether Telegram refuses the message, what it says or because it is gone, not where it was to go."""
    text = error.message.lower()
    return isinstance(error, BadRequest) and any(words in text for words in OF_CONTENT)


def _unanswered(error: Exception, token: str) -> NotSent | Ambiguous:
    """Where the server did not say what it did."""
    if isinstance(error, StatusError):
        if 300 <= error.status < 500:
            reason = f"not Telegram but something on the way answered HTTP {error.status}"
            return NotSent(reason=reason)
        return Ambiguous(reason=f"Telegram answered HTTP {error.status}")
    if isinstance(error, NetworkError) and isinstance(error.__cause__, NEVER_LEFT):
        reason = f"Telegram is not reachable ({type(error.__cause__).__name__})"
        return NotSent(reason=reason, reach=Reach.PLATFORM)
    if isinstance(error, TelegramError):
        cause = error.__cause__
        why = type(cause).__name__ if cause else said(error, token)
        return Ambiguous(reason=f"no answer from Telegram ({why})")
    return Ambiguous(reason=f"no usable answer from Telegram ({type(error).__name__})")


def is_unchanged(error: Exception) -> bool:
    """Whether an edit failed only because nothing was to be changed."""
    return isinstance(error, BadRequest) and "message is not modified" in error.message.lower()


def obstacle_of(error: Exception, token: str) -> Obstacle:
    """Why updates could not be fetched."""
    match error:
        case InvalidToken():
            return Obstacle(trouble=Trouble.TOKEN, line=REJECTED)
        case Conflict() if "webhook" in error.message.lower():
            return Obstacle(
                trouble=Trouble.WEBHOOK,
                line="Telegram sends this bot's messages to a webhook of another program;"
                " commands are not heard until it is deleted (method deleteWebhook)",
            )
        case Conflict():
            return Obstacle(
                trouble=Trouble.POLLED_ELSEWHERE,
                line="another program fetches this bot's Telegram messages; run only one with this token",
            )
        case RetryAfter():
            return Obstacle(
                trouble=Trouble.FLOOD, line="Telegram asks us to fetch more slowly", wait=wait_of(error)
            )
    reason = outcome_of(error, token).reason
    return Obstacle(trouble=Trouble.UNREACHABLE, line=f"Telegram commands are not heard: {reason}")


def wait_of(error: RetryAfter) -> float:
    """The seconds to wait; the library gives them as a number or as a timedelta, by a setting of its own."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def said(error: TelegramError, token: str) -> str:
    """What the server said, in one line, without its prefix and without the token."""
    text = one_line(error.message.replace(token, "…"), REASON_LIMIT)
    return text.removeprefix("Forbidden: ").removeprefix("Conflict: ")
