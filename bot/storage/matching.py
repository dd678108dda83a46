"""Which entries of a poll the source has had before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, or_, select

from bot.storage.intake import Identified
from bot.storage.rows import AnyRow
from bot.storage.tables import articles

AT_ONCE = 300  # entries looked up in one query; SQLite before 3.32 takes 999 parameters
_NAMES = ("id", "link", "twin")


@dataclass(kw_only=True)
class Known:
    """Articles of one source by what tells them apart, each with id, link, twin and face."""

    rows: dict[str, dict[str, AnyRow]] = field(default_factory=lambda: {name: {} for name in _NAMES})

    def add(self, row: AnyRow) -> None:
        """Take in an article."""
        for name in _NAMES:
            if value := getattr(row, name):
                self.rows[name].setdefault(value, row)

    def of(self, one: Identified) -> AnyRow | None:
        """The article that an entry is, surest first: by its key, its link, its title and moment."""
        found = (self.rows[name].get(getattr(one, name) or "") for name in _NAMES)
        return next((row for row in found if row is not None), None)


def known_of(tx: Connection, source_id: str, found: Sequence[Identified]) -> Known:
    """Those among these that the source has had."""
    known = Known()
    columns = articles.c.id, articles.c.link, articles.c.twin, articles.c.face
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        same = [articles.c[name].in_(_values(some, name)) for name in _NAMES]
        query = select(*columns).where(articles.c.source_id == source_id, or_(*same))
        for row in tx.execute(query):
            known.add(row)
    return known


def _values(found: Sequence[Identified], name: str) -> list[Any]:
    return [value for one in found if (value := getattr(one, name))]
