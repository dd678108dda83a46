"""What `depesche status` shows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Column, Connection, func, select

from bot.ports.polling import Learnt
from bot.ports.store import ArticleState, Counts, DeliveryState, SourceStatus, Trouble
from bot.storage.database import Part, reads
from bot.storage.jsontext import ALERT, HEAD, LEARNT
from bot.storage.rows import AnyRow
from bot.storage.tables import alerts, articles, outbox, sources, stories

State = TypeVar("State", bound=StrEnum)
UNREAD = (ArticleState.LISTED, ArticleState.FETCHED)
BAD = (DeliveryState.FAILED, DeliveryState.UNCONFIRMED)


class Status(Part):
    """Fulfils `bot.ports.store.StatusStore`."""

    @reads
    def sources(self, tx: Connection) -> Sequence[SourceStatus]:
        """All active sources."""
        count = func.count().label("articles")
        per_source = select(articles.c.source_id, count).group_by(articles.c.source_id).subquery()
        number = func.coalesce(per_source.c.articles, 0).label("articles")
        query = select(sources, number).outerjoin(per_source, per_source.c.source_id == sources.c.id)
        rows = tx.execute(query.where(sources.c.active).order_by(sources.c.name, sources.c.id))
        return [_source(row) for row in rows]

    @reads
    def counts(self, tx: Connection, now: datetime) -> Counts:
        """The numbers."""
        oldest = tx.scalar(select(func.min(articles.c.created_at)).where(articles.c.state.in_(UNREAD)))
        first = alerts.c.pushed, alerts.c.updates.is_(None)
        return Counts(
            articles=_by_state(tx, articles.c.state, ArticleState),
            deliveries=_by_state(tx, outbox.c.state, DeliveryState),
            alerts=tx.scalars(select(func.count()).select_from(alerts).where(*first)).one(),
            stories=tx.scalars(select(func.count()).select_from(stories)).one(),
            lag=None if oldest is None else max(0.0, (now - oldest).total_seconds()),
        )

    @reads
    def troubles(self, tx: Connection, limit: int) -> Sequence[Trouble]:
        """What a person should look at."""
        found = [*_set_aside(tx, limit), *_undelivered(tx, limit)]
        return sorted(found, key=lambda trouble: trouble.at, reverse=True)[:limit]


def _source(row: AnyRow) -> SourceStatus:
    learnt = LEARNT.load(row.learnt) if row.learnt else Learnt()
    return SourceStatus(
        id=row.id,
        name=row.name,
        kind=row.kind,
        url=row.url,
        verified=row.last_success_at is not None,
        last_success=row.last_success_at,
        last_attempt=row.last_attempt_at,
        next_poll=row.next_poll_at,
        failures=row.failures,
        last_error=row.last_error,
        articles=row.articles,
        note=row.note,
        skipped=row.skipped,
        state=learnt.state,
        since=learnt.since,
        interval=learnt.interval,
        why=learnt.why,
        items_per_day=learnt.items_per_day,
        follows=learnt.follows,
        last_new=learnt.last_new,
    )


def _by_state(tx: Connection, column: Column[str], states: type[State]) -> dict[State, int]:
    """How many rows are in each state; states without rows are left out."""
    rows = tx.execute(select(column, func.count()).group_by(column))
    return {states(state): number for state, number in rows}


def _set_aside(tx: Connection, limit: int) -> Iterator[Trouble]:
    columns = articles.c.id, articles.c.title, articles.c.url, articles.c.reason, articles.c.changed_at
    query = select(*columns).where(articles.c.state == ArticleState.SET_ASIDE)
    for row in tx.execute(query.order_by(articles.c.changed_at.desc()).limit(limit)):
        what = row.title or row.url or row.id
        yield Trouble(kind=ArticleState.SET_ASIDE, what=what, why=row.reason or "", at=row.changed_at)


def _undelivered(tx: Connection, limit: int) -> Iterator[Trouble]:
    of_row = (outbox.c[name] for name in ("state", "destination_id", "reason", "changed_at", "bundle"))
    query = select(*of_row, alerts.c.body).join_from(outbox, alerts).where(outbox.c.state.in_(BAD))
    for row in tx.execute(query.order_by(outbox.c.changed_at.desc()).limit(limit)):
        alert = ALERT.load(row.body)
        more = f" +{HEAD.load(row.bundle).total - 1}" if row.bundle else ""
        what = f"{alert.article.title or alert.rule_id}{more} → {row.destination_id}"
        yield Trouble(kind=row.state, what=what, why=row.reason or "", at=row.changed_at)
