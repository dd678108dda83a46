"""People asking the bot, on any platform: what comes in, what goes back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Request:
    """A slash command, or a tap on a button, which is a command too.

    Attributes:
        kind: Platform, as in `Destination.kind`.
        address: Where it was asked and where the answer goes, as in `Destination.address`.
        user: The platform's id of who asked.
        user_name: What the platform calls them; for people, never for decisions.
        command: Its name without slash, lower case: `subscribe`.
        arguments: The rest of the line, one line, cleaned.
        lang: `de` or `en` if the platform knows what they speak, else None.
        private: Asked in a chat of the two of them.
    """

    kind: str
    address: str
    user: str
    user_name: str
    command: str
    arguments: str = ""
    lang: str | None = None
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class Part:
    """A paragraph of an answer; `code` is shown as it stands, to be copied."""

    text: str
    code: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button below an answer: a tap on it asks this command."""

    label: str
    command: str
    arguments: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back: plain text, escaped and laid out by the platform; empty parts mean silence."""

    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()


# Takes why people are not heard at the moment, one line without a secret; None: they are heard again.
Hearing = Callable[[str | None], None]


def unwatched(_trouble: str | None) -> None:
    """A `Hearing` for whoever does not want to know."""


class Answerer(Protocol):
    """Answers requests; platforms hand theirs in."""

    async def answer(self, request: Request) -> Answer:
        """Answer one request; never raises for what was asked."""
        ...
