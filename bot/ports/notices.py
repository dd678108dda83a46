"""Notices: plain words to people beside the alerts, such as that a rule file is broken or a feed fell silent.

Whoever has something to say posts a `Notice`; the store keeps it until it is told, so that a restart neither
loses nor repeats it; the platforms' tellers send it in its turn, after the limits that alerts keep too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ports.messenger import Destination, Outcome


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something to be told once.

    Attributes:
        key: Names what is told, for ever: the same key is told once at each place, until it is withdrawn.
            What may come again carries what makes it new: `feed broken tagesblatt 2026-03-02T12:00`.
        texts: `de` and `en` -> plain text, no markup; paragraphs parted by an empty line.
        to: Where it goes; nowhere given: to whoever owns the bot, on the console where nobody does.
    """

    key: str
    texts: Mapping[str, str]
    to: tuple[Destination, ...] = ()

    def text(self, lang: str) -> str:
        """The words in a language; English, where it is another one than ours."""
        return self.texts.get(lang) or self.texts["en"]


class Notices(Protocol):
    """Takes notices from all parts of the bot."""

    async def post(self, notice: Notice) -> bool:
        """Tell it in its turn; False where all places were told before under its key.

        Raises:
            StoreError: The store does not take it now; nothing of it was kept.
        """
        ...

    async def withdraw(self, key: str) -> None:
        """It is over: what was not told yet is not told, and the next of that key is news again."""
        ...


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """One notice for one place; its identity is the key with the kind and address of the place.

    Attributes:
        text: In the language of the place.
        attempts: Tries so far.
    """

    key: str
    destination: Destination
    text: str
    attempts: int = 0


class NoticeStore(Protocol):
    """Notices on their way, and the keys of those that were told."""

    async def put_notices(self, rows: Sequence[NoticeRow], *, now: datetime) -> int:
        """Keep those whose key is new at their place, due now; return how many were."""
        ...

    async def due_notices(self, now: datetime, limit: int) -> Sequence[NoticeRow]:
        """Those that are not told yet and whose time has come, longest due first.

        What goes to a paused place waits, as alerts do.
        """
        ...

    async def notice_told(self, row: NoticeRow, *, now: datetime) -> None:
        """It is out. A key that was withdrawn meanwhile stays so."""
        ...

    async def notice_not_told(self, row: NoticeRow, reason: str, *, retry_at: datetime | None) -> None:
        """Count the try; due again at `retry_at`, or given up for good where it is None."""
        ...

    async def withdraw_notice(self, key: str) -> None:
        """Forget a key at all places."""
        ...


class Teller(Protocol):
    """What a platform does for notices."""

    async def tell(self, destination: Destination, text: str) -> Outcome:
        """Send plain text once, whole, escaped as the platform needs. Raises nothing, retries nothing.

        A text too long for one message goes out as several; if a later one fails, that is Ambiguous.
        """
        ...
