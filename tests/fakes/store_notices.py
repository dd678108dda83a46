"""Notices in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.ports.messenger import Destination
from bot.ports.notices import NoticeRow
from bot.ports.pauses import scopes_of
from tests.fakes.store_rules import FakeRules

Place = tuple[str, str, str]


@dataclass(kw_only=True)
class FakeNotices(FakeRules):
    """Fulfils `NoticeStore`; `notice_due` has None for what is told or given up."""

    notices: dict[Place, NoticeRow] = field(default_factory=dict)
    notice_due: dict[Place, datetime | None] = field(default_factory=dict)

    async def put_notices(self, rows: Sequence[NoticeRow], *, now: datetime) -> int:
        """Keep those that are new at their place."""
        before = len(self.notices)
        for row in rows:
            place = replace(
                row.destination, id=f"{row.destination.kind}:{row.destination.address}", zone=None
            )
            self.notices.setdefault(_place(row), replace(row, destination=place))
            self.notice_due.setdefault(_place(row), now)
        return len(self.notices) - before

    async def due_notices(self, now: datetime, limit: int) -> Sequence[NoticeRow]:
        """Those whose time has come."""
        paused = {scope for scope, pause in self.paused.items() if pause.until > now}
        due = [
            (at, place)
            for place, at in self.notice_due.items()
            if at and at <= now and not paused.intersection(scopes_of(_destination(place)))
        ]
        return [self.notices[place] for _, place in sorted(due)][:limit]

    async def notice_told(self, row: NoticeRow, *, now: datetime) -> None:  # noqa: ARG002
        """It is out."""
        self._count(row, None)

    async def notice_not_told(self, row: NoticeRow, reason: str, *, retry_at: datetime | None) -> None:  # noqa: ARG002
        """It is due again then, or never."""
        self._count(row, retry_at)

    async def withdraw_notice(self, key: str) -> None:
        """Forget a key."""
        for place in [one for one in self.notices if one[0] == key]:
            del self.notices[place], self.notice_due[place]

    def _count(self, row: NoticeRow, due: datetime | None) -> None:
        place = _place(row)
        if place in self.notices:
            self.notices[place] = replace(self.notices[place], attempts=self.notices[place].attempts + 1)
            self.notice_due[place] = due


def _place(row: NoticeRow) -> Place:
    return row.key, row.destination.kind, row.destination.address


def _destination(place: Place) -> Destination:
    return Destination(id="", kind=place[1], address=place[2])
