"""Articles on their way to being read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.article.model import Article
from bot.errors import StoreError
from bot.ports.store import ArticleState, Waiting
from bot.storage.database import Part, reads, writes
from bot.storage.editions import is_as_before
from bot.storage.intake import came_old
from bot.storage.jsontext import ENTRY
from bot.storage.rows import ARTICLE, AnyRow, article_of, article_values, new_article
from bot.storage.tables import articles
from bot.storage.upsert import insert_if_new


class Articles(Part):
    """Fulfils `bot.ports.store.ArticleStore`."""

    @reads
    def waiting(self, tx: Connection, state: ArticleState, limit: int) -> Sequence[Waiting]:
        """Articles in a state: those to be pushed first, then the oldest."""
        columns = [*ARTICLE, articles.c.entry, articles.c.silent, articles.c.attempts]
        query = select(*columns).where(articles.c.state == state)
        rows = tx.execute(query.order_by(articles.c.silent, articles.c.dated_at, articles.c.seq).limit(limit))
        return [_waiting(row) for row in rows]

    @writes
    def put_article(self, tx: Connection, article: Article, *, now: datetime) -> bool:
        """Store an article that came whole."""
        return put_whole(tx, article, now)

    @writes
    def page_fetched(self, tx: Connection, article: Article, *, now: datetime) -> None:
        """Replace a listed article's text."""
        row = _locked(tx, article.id)
        # One that was changed since its page was asked for waits for another look.
        if row.state == ArticleState.LISTED and row.edited == article.edited:
            state = ArticleState.READ if is_as_before(tx, row, article) else state_of(article)
            silent = row.silent or (
                came_old(row.published, article.published, row.created_at) and _is_of_first_fetch(tx, row)
            )
            values = article_values(article) | {"state": state, "attempts": 0, "silent": silent}
            _change(tx, article.id, now, **values)

    @writes
    def count_attempt(self, tx: Connection, article_id: str, *, now: datetime) -> int:
        """Note that a step begins."""
        _change(tx, article_id, now, attempts=articles.c.attempts + 1)
        return int(tx.scalars(select(articles.c.attempts).where(articles.c.id == article_id)).one())

    @writes
    def set_aside(self, tx: Connection, article_id: str, reason: str, *, now: datetime) -> None:
        """Try this article no more."""
        if locked_state(tx, article_id) is not ArticleState.READ:
            _change(tx, article_id, now, state=ArticleState.SET_ASIDE, reason=reason)


def state_of(article: Article) -> ArticleState:
    """Where an article begins whose text is final."""
    return ArticleState.FETCHED if article.text.strip() else ArticleState.EMPTY


def put_whole(tx: Connection, article: Article, now: datetime) -> bool:
    """Insert an article that came whole, unless its id is known; say whether it was new."""
    return insert_if_new(tx, articles, new_article(article, state=state_of(article), now=now))


def locked_state(tx: Connection, article_id: str) -> ArticleState:
    """The state of an article, held until the transaction ends."""
    return ArticleState(_locked(tx, article_id).state)


def is_present(tx: Connection, article: Article) -> bool:
    """Whether the store has these words, or its article was changed since they were taken out."""
    row = _locked(tx, article.id)
    return (row.title, row.text) == (article.title, article.text)


def _is_of_first_fetch(tx: Connection, row: AnyRow) -> bool:
    """Whether nothing of its source came before it."""
    first = select(func.min(articles.c.created_at)).where(articles.c.source_id == row.source_id)
    return bool(tx.scalars(first).one() == row.created_at)


def _locked(tx: Connection, article_id: str) -> AnyRow:
    query = select(articles).where(articles.c.id == article_id).with_for_update()
    row = tx.execute(query).one_or_none()
    if row is None:
        raise StoreError(f"no article `{article_id}` in the store")
    return row


def _change(tx: Connection, article_id: str, now: datetime, **values: Any) -> None:
    changed = tx.execute(update(articles).where(articles.c.id == article_id).values(changed_at=now, **values))
    if not changed.rowcount:
        raise StoreError(f"no article `{article_id}` in the store")


def _waiting(row: AnyRow) -> Waiting:
    return Waiting(
        article=article_of(row),
        entry=None if row.entry is None else ENTRY.load(row.entry),
        push=not row.silent,
        attempts=row.attempts,
    )
