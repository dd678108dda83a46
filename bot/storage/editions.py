"""Articles that their outlets changed: their history, and looking at their pages again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.alerts.decide import Reason
from bot.article.model import Article
from bot.errors import StoreError
from bot.ports.alerts import Judged
from bot.ports.editions import Edition, PageCheck
from bot.ports.store import ArticleState
from bot.storage.database import Part, reads, writes
from bot.storage.intake import Admitted, has_page
from bot.storage.jsontext import ALERT, ENTRY
from bot.storage.revising import FIRST_CHECK, Known, Revision, page_revision, revision, same_words
from bot.storage.rows import ARTICLE, OPTIONS, AnyRow, article_of, article_values
from bot.storage.tables import alerts, articles, editions


class Editions(Part):
    """Fulfils `bot.ports.editions.EditionStore`."""

    @reads
    def editions(self, tx: Connection, article_id: str) -> Sequence[Edition]:
        """What an article said before."""
        query = select(editions).where(editions.c.article_id == article_id).order_by(editions.c.number)
        return [_edition(row) for row in tx.execute(query)]

    @reads
    def judged_of(self, tx: Connection, article_id: str) -> Sequence[Judged]:
        """What was decided on an article in all its editions."""
        query = select(alerts.c.body, alerts.c.reason, alerts.c.pushed)
        rows = tx.execute(
            query.where(alerts.c.article_id == article_id, alerts.c.reason != Reason.CONFIRMED).order_by(
                alerts.c.seq
            )
        )
        return [Judged(alert=ALERT.load(row.body), reason=row.reason, push=row.pushed) for row in rows]

    @reads
    def pages_to_check(self, tx: Connection, now: datetime, limit: int) -> Sequence[PageCheck]:
        """Told articles whose page is to be looked at again."""
        due = articles.c.check_at <= now, articles.c.state == ArticleState.READ
        query = (
            select(*ARTICLE, articles.c.checks)
            .where(*due)
            .order_by(articles.c.check_at, articles.c.seq)
            .limit(limit)
        )
        return [PageCheck(article=article_of(row), checks=row.checks) for row in tx.execute(query)]

    @writes
    def page_checked(
        self,
        tx: Connection,
        article_id: str,
        page: Article | None,
        *,
        now: datetime,
        again: datetime | None,
    ) -> bool:
        """Record what a second look at a page gave."""
        row = _locked(tx, article_id)
        changed = page_revision(_known(row), page, now) if page else None
        if changed:
            _replace(tx, row, changed, ArticleState.FETCHED, now)
        looked = {"check_at": again, "checks": row.checks + 1}
        tx.execute(update(articles).where(articles.c.id == article_id).values(**looked))
        return changed is not None


def plan_check(tx: Connection, article_id: str, now: datetime) -> None:
    """Let the page of a told article be looked at again, if it was read from there and not looked at yet."""
    row = _locked(tx, article_id)
    entry = ENTRY.load(row.entry) if row.entry else None
    if not row.demo and row.checks == 0 and has_page(entry, row.link):
        tx.execute(update(articles).where(articles.c.id == article_id).values(check_at=now + FIRST_CHECK))


def revise(tx: Connection, article_id: str, one: Admitted, now: datetime) -> None:
    """Let a known article say what its entry says now; where the words differ it is read again."""
    row = _locked(tx, article_id)
    found = revision(_known(row), one, now)
    if found is None:
        return
    if found.article and found.state:
        _replace(tx, row, found.article, found.state, now)
    tx.execute(update(articles).where(articles.c.id == article_id).values(**_noted(found, one, now)))


def is_as_before(tx: Connection, row: AnyRow, article: Article) -> bool:
    """Whether the page of an article that was read before says what its last edition said."""
    if row.read_at is None or row.edition == 1:
        return False
    last = editions.c.article_id == row.id, editions.c.number == row.edition - 1
    before = tx.execute(select(editions.c.title, editions.c.text).where(*last)).one()
    return same_words(article, Article(id=row.id, title=before.title, text=before.text))


def _noted(found: Revision, one: Admitted, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"face": one.source.face, "entry": ENTRY.dump(one.source.entry)}
    return values | ({"check_at": now} if found.check else {})


def _replace(tx: Connection, row: AnyRow, article: Article, state: ArticleState, now: datetime) -> None:
    """Keep what the article said, and let it say what it says now."""
    old = {name: getattr(row, name) for name in ("title", "text", "entry", "published", "edited")}
    kept = {"article_id": row.id, "number": row.edition, "replaced_at": now}
    tx.execute(insert(editions), [old | kept])
    values = article_values(article) | {"state": state, "attempts": 0, "reason": None, "changed_at": now}
    changed = update(articles).where(articles.c.id == row.id)
    tx.execute(changed.values(**values, edition=row.edition + 1))


def _locked(tx: Connection, article_id: str) -> AnyRow:
    query = select(articles, OPTIONS).where(articles.c.id == article_id).with_for_update()
    row = tx.execute(query).one_or_none()
    if row is None:
        raise StoreError(f"no article `{article_id}` in the store")
    return row


def _known(row: AnyRow) -> Known:
    return Known(
        article=article_of(row),
        entry=ENTRY.load(row.entry) if row.entry else None,
        face=row.face,
        state=ArticleState(row.state),
        edition=row.edition,
        checks=row.checks,
    )


def _edition(row: AnyRow) -> Edition:
    return Edition(
        number=row.number,
        title=row.title,
        text=row.text,
        published=row.published,
        edited=row.edited,
        replaced=row.replaced_at,
    )
