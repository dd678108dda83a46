"""Notices on their way, and which were told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from bot.ports.messenger import Destination
from bot.ports.notices import NoticeRow
from bot.ports.pauses import scopes_of
from bot.storage.database import Part, reads, writes
from bot.storage.rows import AnyRow
from bot.storage.tables import notices, pauses
from bot.storage.upsert import insert_if_new


class Notices(Part):
    """Fulfils `bot.ports.notices.NoticeStore`."""

    @writes
    def put_notices(self, tx: Connection, rows: Sequence[NoticeRow], *, now: datetime) -> int:
        """Keep those that are new at their place."""
        return sum(insert_if_new(tx, notices, _values(row, now)) for row in rows)

    @reads
    def due_notices(self, tx: Connection, now: datetime, limit: int) -> Sequence[NoticeRow]:
        """Those whose time has come, where nothing is paused."""
        due = select(notices).where(notices.c.due_at <= now).order_by(notices.c.due_at, notices.c.key)
        found = [_row(row) for row in tx.execute(due)]
        paused = frozenset(tx.scalars(select(pauses.c.scope).where(pauses.c.until > now))) if found else ()
        return [one for one in found if not set(scopes_of(one.destination)).intersection(paused)][:limit]

    @writes
    def notice_told(self, tx: Connection, row: NoticeRow, *, now: datetime) -> None:
        """It is out."""
        values = {"due_at": None, "told_at": now, "attempts": notices.c.attempts + 1, "reason": None}
        tx.execute(update(notices).where(_is(row)).values(values))

    @writes
    def notice_not_told(
        self, tx: Connection, row: NoticeRow, reason: str, *, retry_at: datetime | None
    ) -> None:
        """It is due again then, or never."""
        values = {"due_at": retry_at, "attempts": notices.c.attempts + 1, "reason": reason}
        tx.execute(update(notices).where(_is(row)).values(values))

    @writes
    def withdraw_notice(self, tx: Connection, key: str) -> None:
        """Forget a key."""
        tx.execute(delete(notices).where(notices.c.key == key))


def _values(row: NoticeRow, now: datetime) -> dict[str, object]:
    place = row.destination
    return {
        "key": row.key,
        "kind": place.kind,
        "address": place.address,
        "lang": place.lang,
        "text": row.text,
        "attempts": row.attempts,
        "due_at": now,
        "created_at": now,
    }


def _row(row: AnyRow) -> NoticeRow:
    place = Destination(id=f"{row.kind}:{row.address}", kind=row.kind, address=row.address, lang=row.lang)
    return NoticeRow(key=row.key, destination=place, text=row.text, attempts=row.attempts)


def _is(row: NoticeRow) -> ColumnElement[bool]:
    place = row.destination
    return and_(notices.c.key == row.key, notices.c.kind == place.kind, notices.c.address == place.address)
