"""The calendar as the store keeps it. Entries come in with `record_judgement`, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.stories.calendar_model import CalendarEntry


@dataclass(frozen=True, kw_only=True)
class CalendarLink:
    """A secret address under which the calendar may be fetched.

    Attributes:
        digest: SHA-256 of the secret, in hex; the secret itself is kept nowhere.
        kind: Platform of whoever made it.
        user: Their id there.
        lang: Language of the calendar.
    """

    digest: str
    kind: str
    user: str
    lang: str
    created: datetime


class CalendarStore(Protocol):
    """Announced events, and the addresses under which they may be fetched."""

    async def calendar(self, *, first: date, last: date) -> Sequence[CalendarEntry]:
        """Entries that have a day between these two, both included, in the order of their days."""
        ...

    async def calendar_by_id(self, start: str, limit: int) -> Sequence[CalendarEntry]:
        """Entries whose id begins so, newest first."""
        ...

    async def put_calendar_link(self, link: CalendarLink) -> None:
        """Let the calendar be fetched under one more address."""
        ...

    async def calendar_links(self) -> Sequence[CalendarLink]:
        """All addresses that hold."""
        ...

    async def revoke_calendar_links(self, kind: str | None = None, user: str | None = None) -> int:
        """Void the addresses of somebody, or all; return how many."""
        ...
