"""What the contract of messengers needs of a platform's test server, the same for every platform."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.ports.messenger import Messenger


class Stage(Protocol):
    """A messenger before its server, with one destination that works.

    Attributes:
        kind: As in `Destination.kind`.
        address: Of the destination that works.
        unknown: Of one the platform does not know.
        secret: The token; it may be seen nowhere.
    """

    kind: str
    address: str
    unknown: str
    secret: str
    messenger: Messenger

    def shown(self) -> list[str]:
        """The texts people see in the destination now, oldest first."""
        ...

    def calls(self) -> int:
        """How many calls the server has got."""
        ...

    def flood(self, seconds: int) -> None:
        """Let the next call be told to wait."""
        ...

    def lose_answer(self) -> None:
        """Let the next call be done and its answer lost."""
        ...

    def fail_after(self) -> None:
        """Let the next call be done and answered with a server's failure."""
        ...

    def shut_out(self) -> None:
        """Take from the bot what it needs to write in the destination."""
        ...

    def down(self) -> AbstractAsyncContextManager[None]:
        """Refuse connections for a while."""
        ...
