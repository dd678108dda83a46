"""The calendar: what is coming, and the addresses under which it may be fetched."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, select

from bot.ports.calendar import CalendarLink
from bot.storage.database import Part, reads, writes
from bot.storage.jsontext import CALENDAR_ENTRY
from bot.storage.tables import calendar, calendar_links
from bot.storage.upsert import insert_new
from bot.stories.calendar_model import CalendarEntry


class Calendar(Part):
    """Fulfils `bot.ports.calendar.CalendarStore`."""

    @reads
    def calendar(self, tx: Connection, *, first: date, last: date) -> Sequence[CalendarEntry]:
        """Entries that have a day between these two."""
        days = calendar.c.last_day >= first.isoformat(), calendar.c.first_day <= last.isoformat()
        query = select(calendar.c.body).where(*days)
        ordered = query.order_by(calendar.c.first_day, calendar.c.last_day, calendar.c.seq)
        return [CALENDAR_ENTRY.load(body) for body in tx.scalars(ordered)]

    @reads
    def calendar_by_id(self, tx: Connection, start: str, limit: int) -> Sequence[CalendarEntry]:
        """Entries whose id begins so."""
        query = select(calendar.c.body).where(calendar.c.id.startswith(start, autoescape=True))
        newest = query.order_by(calendar.c.seq.desc()).limit(limit)
        return [CALENDAR_ENTRY.load(body) for body in tx.scalars(newest)]

    @writes
    def put_calendar_link(self, tx: Connection, link: CalendarLink) -> None:
        """One more address."""
        row = {"digest": link.digest, "kind": link.kind, "user_id": link.user, "lang": link.lang}
        insert_new(tx, calendar_links, [row | {"created_at": link.created}])

    @reads
    def calendar_links(self, tx: Connection) -> Sequence[CalendarLink]:
        """All addresses."""
        return [
            CalendarLink(
                digest=row.digest, kind=row.kind, user=row.user_id, lang=row.lang, created=row.created_at
            )
            for row in tx.execute(select(calendar_links).order_by(calendar_links.c.created_at))
        ]

    @writes
    def revoke_calendar_links(self, tx: Connection, kind: str | None = None, user: str | None = None) -> int:
        """Void the addresses of somebody, or all."""
        whose = [
            column == value
            for column, value in ((calendar_links.c.kind, kind), (calendar_links.c.user_id, user))
            if value is not None
        ]
        return tx.execute(delete(calendar_links).where(*whose)).rowcount
