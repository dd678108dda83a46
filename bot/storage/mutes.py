"""Mutes of chats."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.ports.mutes import Mute
from bot.storage.channel_tables import mutes
from bot.storage.database import Part, reads, writes
from bot.storage.tables import alerts, articles
from bot.storage.upsert import put_rows


class Mutes(Part):
    """Fulfils `bot.ports.mutes.MuteStore`."""

    @writes
    def mute(self, tx: Connection, mute: Mute) -> None:
        """Put a mute."""
        put_rows(tx, mutes, [vars(mute)])

    @writes
    def unmute(self, tx: Connection, kind: str, address: str, subject: str | None = None) -> int:
        """Take mutes back."""
        here = [mutes.c.kind == kind, mutes.c.address == address]
        here += [] if subject is None else [mutes.c.subject == subject]
        return tx.execute(delete(mutes).where(*here)).rowcount

    @reads
    def mutes(self, tx: Connection, now: datetime) -> Sequence[Mute]:
        """Those that last."""
        query = select(mutes).where(mutes.c.until > now)
        order = mutes.c.until, mutes.c.kind, mutes.c.address, mutes.c.subject
        return [
            Mute(kind=row.kind, address=row.address, subject=row.subject, until=row.until)
            for row in tx.execute(query.order_by(*order))
        ]

    @reads
    def story_of(self, tx: Connection, alert_id: str) -> str | None:
        """The story of an alert's article."""
        query = select(articles.c.story_id).join_from(articles, alerts, alerts.c.article_id == articles.c.id)
        story: str | None = tx.scalar(query.where(alerts.c.id == alert_id))
        return story
