"""What was found, decided and told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, func, or_, select, update

from bot.alerts.model import Alert
from bot.article.model import Article
from bot.extraction.findings import SCHEMA, Findings
from bot.ports.alerts import Judged
from bot.ports.store import ArticleState
from bot.ports.stories import Kept
from bot.storage.articles import is_present, locked_state, put_whole
from bot.storage.books import keep_books
from bot.storage.columns import storable
from bot.storage.database import Part, reads, writes
from bot.storage.editions import plan_check
from bot.storage.jsontext import ALERT, FINDINGS
from bot.storage.placing import put_outbox
from bot.storage.stories import put_kept
from bot.storage.tables import alerts, articles, findings, stories
from bot.storage.upsert import insert_new, put_rows

MOST = 2**31 - 1  # a number that is surely no alert's must not trouble the database
_FIRST = func.coalesce(alerts.c.updates, alerts.c.id)


class Alerts(Part):
    """Fulfils `bot.ports.store.AlertStore`."""

    @writes
    def record_judgement(  # noqa: PLR0913  (all that one reading gives goes into one transaction)
        self,
        tx: Connection,
        article: Article,
        found: Findings,
        judged: Sequence[Judged],
        *,
        story: str | None,
        now: datetime,
        kept: Kept | None = None,
    ) -> None:
        """Store the outcome of a reading."""
        put_whole(tx, article, now)
        if locked_state(tx, article.id) is ArticleState.READ or not is_present(tx, article):
            return
        if story is not None:
            _put_story(tx, story, now)
        if kept is not None:
            put_kept(tx, kept)
        _mark_read(tx, article, story, now)
        if any(one.push for one in judged):
            plan_check(tx, article.id, now)
        _put_findings(tx, article, found)
        insert_new(tx, alerts, [_alert_row(article, one, now) for one in judged])
        put_outbox(tx, judged, now)
        keep_books(tx, article, found, judged, now)

    @reads
    def told(self, tx: Connection, rule_id: str, key: str, *, since: datetime, demo: bool) -> Sequence[Alert]:
        """What was pushed under a novelty key since then."""
        same = alerts.c.rule_id == rule_id, alerts.c.key == storable(key)
        query = select(alerts.c.body).where(*same, alerts.c.created_at >= since)
        pushed = query.where(alerts.c.pushed, alerts.c.demo.is_(demo))
        return _loaded(tx, pushed.order_by(alerts.c.seq))

    @reads
    def latest(self, tx: Connection, limit: int, *, demo: bool = True) -> Sequence[Alert]:
        """The newest pushed alerts."""
        later = alerts.alias()
        replaced = exists().where(later.c.updates == _FIRST, later.c.pushed, later.c.seq > alerts.c.seq)
        query = select(alerts.c.body).where(alerts.c.pushed, ~replaced)
        wanted = query if demo else query.where(~alerts.c.demo)
        return _loaded(tx, wanted.order_by(alerts.c.seq.desc()).limit(limit))

    @reads
    def alerts_by_id(self, tx: Connection, start: str, limit: int) -> Sequence[Alert]:
        """Alerts whose id begins so."""
        wanted = select(alerts.c.body).where(alerts.c.id.startswith(start, autoescape=True))
        return _loaded(tx, wanted.order_by(alerts.c.seq.desc()).limit(limit))

    @reads
    def numbers(self, tx: Connection, alert_ids: Collection[str]) -> Mapping[str, int]:
        """Alert -> its number."""
        first = alerts.alias()
        query = select(alerts.c.id, first.c.seq).join_from(alerts, first, first.c.id == _FIRST)
        return {row.id: row.seq for row in tx.execute(query.where(alerts.c.id.in_(alert_ids)))}

    @reads
    def alert_numbered(self, tx: Connection, number: int) -> Alert | None:
        """The newest state of the alert with this number."""
        if number > MOST:
            return None
        first = tx.scalar(select(_FIRST).where(alerts.c.seq == number))
        states = select(alerts.c.body).where(first == _FIRST, or_(alerts.c.pushed, alerts.c.id == first))
        return next(iter(_loaded(tx, states.order_by(alerts.c.seq.desc()).limit(1))), None)

    @reads
    def pushed_by_rule(self, tx: Connection, *, since: datetime) -> Mapping[str, int]:
        """Rule id -> real alerts pushed since then."""
        told = alerts.c.pushed, ~alerts.c.demo, alerts.c.created_at >= since, alerts.c.updates.is_(None)
        query = select(alerts.c.rule_id, func.count().label("number")).where(*told).group_by(alerts.c.rule_id)
        return {row.rule_id: row.number for row in tx.execute(query)}


def _loaded(tx: Connection, query: Select[str]) -> list[Alert]:
    return [ALERT.load(body) for body in tx.scalars(query)]


def _put_story(tx: Connection, story: str, now: datetime) -> None:
    insert_new(tx, stories, [{"id": story, "first_at": now, "last_at": now}])
    tx.execute(update(stories).where(stories.c.id == story).values(last_at=now))


def _mark_read(tx: Connection, article: Article, story: str | None, now: datetime) -> None:
    values = {
        "state": ArticleState.READ,
        "read_at": now,
        "changed_at": now,
        "story_id": story,
        "reason": None,
    }
    tx.execute(update(articles).where(articles.c.id == article.id).values(**values))


def _put_findings(tx: Connection, article: Article, found: Findings) -> None:
    row = {"article_id": article.id, "schema": SCHEMA, "body": FINDINGS.dump(found)}
    put_rows(tx, findings, [row])


def _alert_row(article: Article, one: Judged, now: datetime) -> dict[str, Any]:
    return {
        "id": one.alert.id,
        "article_id": article.id,
        "rule_id": one.alert.rule_id,
        "key": one.alert.key,
        "reason": one.reason,
        "pushed": one.push,
        "demo": one.alert.demo,
        "body": ALERT.dump(one.alert),
        "created_at": now,
        "updates": one.alert.updates,
    }
