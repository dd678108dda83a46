"""Rows to values and back, for what several parts of the store share."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.article.model import Article
from bot.ports.messenger import Destination
from bot.ports.store import ArticleState
from bot.storage.tables import articles, destinations

AnyRow = Row[*tuple[Any, ...]]
ARTICLE = [articles.c[name] for name in Article.__dataclass_fields__]
DESTINATION = [
    destinations.c.kind,
    destinations.c.address,
    destinations.c.lang,
    destinations.c.zone,
    destinations.c.id.label("destination_id"),
]


def article_of(row: AnyRow) -> Article:
    """The article of a row that has the columns `ARTICLE`."""
    return Article(**{column.name: getattr(row, column.name) for column in ARTICLE})


def article_values(article: Article) -> dict[str, Any]:
    """The columns `ARTICLE`."""
    return {column.name: getattr(article, column.name) for column in ARTICLE}


def new_article(article: Article, *, state: ArticleState, now: datetime) -> dict[str, Any]:
    """The row of an article that no feed brought; a feed adds its entry."""
    return article_values(article) | {
        "entry_key": None,
        "link": None,
        "entry": None,
        "state": state,
        "silent": False,
        "attempts": 0,
        "created_at": now,
        "changed_at": now,
    }


def destination_of(row: AnyRow) -> Destination:
    """The destination of a row that has the columns `DESTINATION`."""
    return Destination(
        id=row.destination_id, kind=row.kind, address=row.address, lang=row.lang, zone=row.zone
    )


def destination_values(destination: Destination) -> dict[str, Any]:
    """The row of a destination."""
    return {
        "id": destination.id,
        "kind": destination.kind,
        "address": destination.address,
        "lang": destination.lang,
        "zone": destination.zone,
    }
