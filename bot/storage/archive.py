"""Looking back at what was read and told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from bot.extraction.findings import SCHEMA
from bot.ports.archive import Archived, ToldAt
from bot.ports.store import ArticleState
from bot.storage.database import Part, reads
from bot.storage.jsontext import FINDINGS
from bot.storage.rows import ARTICLE, AnyRow, article_of
from bot.storage.tables import alerts, articles, findings


class Archive(Part):
    """Fulfils `bot.ports.archive.ArchiveStore`."""

    @reads
    def archived(self, tx: Connection, *, since: datetime, after: int = 0, limit: int) -> Sequence[Archived]:
        """Articles judged since then, in their order."""
        noted = findings.c.schema, findings.c.body
        columns = [*ARTICLE, articles.c.seq, articles.c.read_at, articles.c.silent, *noted]
        both = articles.outerjoin(findings, findings.c.article_id == articles.c.id)
        query = select(*columns).select_from(both).where(*_judged(since), articles.c.seq > after)
        return [_archived(row) for row in tx.execute(query.order_by(articles.c.seq).limit(limit))]

    @reads
    def archive_size(self, tx: Connection, *, since: datetime) -> int:
        """How many there are."""
        return int(tx.scalar(select(func.count()).select_from(articles).where(*_judged(since))) or 0)

    @reads
    def told_by(self, tx: Connection, rule_id: str, *, since: datetime) -> Sequence[ToldAt]:
        """What a rule has told since then."""
        new = alerts.c.pushed, ~alerts.c.demo, alerts.c.updates.is_(None)
        query = select(alerts.c.article_id, alerts.c.created_at).where(
            *new, alerts.c.rule_id == rule_id, alerts.c.created_at >= since
        )
        rows = tx.execute(query.order_by(alerts.c.seq))
        return [ToldAt(article_id=row.article_id, at=row.created_at) for row in rows]


def _judged(since: datetime) -> tuple[ColumnElement[bool], ...]:
    return articles.c.state == ArticleState.READ, articles.c.read_at >= since, ~articles.c.demo


def _archived(row: AnyRow) -> Archived:
    return Archived(
        number=row.seq,
        article=article_of(row),
        findings=FINDINGS.load(row.body) if row.schema == SCHEMA else None,
        read_at=row.read_at,
        push=not row.silent,
    )
