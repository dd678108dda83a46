"""Pauses: what must not be sent to for a while, and why. In the store, so that they outlast a restart.

What else of a platform does not work stands among them, so that whoever asks for the status sees it too: its
scope, such as `telegram commands`, holds no destination and so holds up nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ports.messenger import Destination


@dataclass(frozen=True, kw_only=True)
class Pause:
    """No sending to a scope for a while.

    Attributes:
        scope: A platform `telegram`, a chat with all its topics `telegram:-100123`, one address
            `telegram:-100123/7`, or what else a platform does: see `aside_scope`.
        reason: One line, no secret in it.
        since: When the trouble began.
        until: When the next try is made.
        broken: Only a person can mend it; the next try is a mere probe.
        failures: Pauses in a row, from 1.
    """

    scope: str
    reason: str
    since: datetime
    until: datetime
    broken: bool = False
    failures: int = 1


def platform_scope(destination: Destination) -> str:
    """All destinations of its kind."""
    return destination.kind


def chat_scope(destination: Destination) -> str:
    """Its chat, with all topics."""
    return f"{destination.kind}:{chat_of(destination.address)}"


def address_scope(destination: Destination) -> str:
    """Its address alone."""
    return f"{destination.kind}:{destination.address}"


COMMANDS = "commands"  # people are heard
SCOPES = "scopes"  # the bot was granted all it needs
FILES = "files"  # those of the rules are good
HELD = "held"  # no rule had to be set to shadow


def aside_scope(kind: str, what: str) -> str:
    """What a platform does beside sending, such as `telegram commands`; no destination lies in it."""
    return f"{kind} {what}"


def is_aside(pause: Pause) -> bool:
    """Whether it is not about sending."""
    return " " in pause.scope.partition(":")[0]


def scopes_of(destination: Destination) -> tuple[str, str, str]:
    """All scopes a destination lies in; a pause of any holds it up."""
    return platform_scope(destination), chat_scope(destination), address_scope(destination)


def chat_of(address: str) -> str:
    """The chat of an address: what stands before the topic."""
    return address.partition("/")[0]


class PauseStore(Protocol):
    """Pauses as they stand. `OutboxStore.record_not_sent` puts those that a send brings about."""

    async def pauses(self, now: datetime) -> Sequence[Pause]:
        """Those that last, and broken ones until something gets through; by scope."""
        ...

    async def pause(self, scope: str) -> Pause | None:
        """The pause of a scope, also one that is over but was not yet followed by a success."""
        ...

    async def put_pause(self, pause: Pause) -> None:
        """Put a pause. It replaces the one its scope has, but never ends before it."""
        ...

    async def lift_broken(self, scopes: Sequence[str] | None = None) -> None:
        """Take broken pauses back, those of these scopes or all: somebody may have mended it.

        What was put off until such a pause ends is due at once.
        """
        ...
