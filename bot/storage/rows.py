"""Rows to values and back, for what several parts of the store share."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.article.model import Article, Tier
from bot.ports.messenger import Destination
from bot.ports.sources import SourceSettings
from bot.ports.store import ArticleState
from bot.storage.intake import dated_at
from bot.storage.tables import articles, destinations, sources

AnyRow = Row[*tuple[Any, ...]]
TIER = "tier"  # of a source, among its options
STORED = [articles.c[name] for name in Article.__dataclass_fields__ if name != "source_tier"]
# The tier is that of the source as it is configured now.
OPTIONS = (
    select(sources.c.options)
    .where(sources.c.id == articles.c.source_id)
    .correlate(articles)
    .scalar_subquery()
    .label("options")
)
ARTICLE = [*STORED, OPTIONS]
DESTINATION = [
    destinations.c.kind,
    destinations.c.address,
    destinations.c.lang,
    destinations.c.zone,
    destinations.c.id.label("destination_id"),
]


def article_of(row: AnyRow) -> Article:
    """The article of a row that has the columns `ARTICLE`."""
    values = {column.name: getattr(row, column.name) for column in STORED}
    tier = json.loads(row.options).get(TIER) if row.options else None
    return Article(**values, source_tier=Tier(tier) if tier in set(Tier) else None)


def article_values(article: Article) -> dict[str, Any]:
    """The columns of an article's own."""
    return {column.name: getattr(article, column.name) for column in STORED}


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
        "dated_at": dated_at(article, now),
    }


def settings_of(row: AnyRow) -> SourceSettings:
    """The settings in a row of `sources`."""
    return SourceSettings(
        id=row.id,
        kind=row.kind,
        url=row.url,
        name=row.name,
        options=json.loads(row.options),
        interval=None if row.set_interval is None else timedelta(seconds=row.set_interval),
    )


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
