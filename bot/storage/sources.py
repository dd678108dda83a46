"""Sources and their polling."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from bot.errors import StoreError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.ports.store import SourceDue
from bot.storage.database import Part, reads, writes
from bot.storage.intake import Admitted, Identified, admit, identify
from bot.storage.jsontext import ENTRY
from bot.storage.rows import AnyRow, new_article
from bot.storage.tables import articles, sources
from bot.storage.upsert import put_rows

AT_ONCE = 400  # entries looked up in one query; SQLite before 3.32 takes 999 parameters


class Sources(Part):
    """Fulfils `bot.ports.store.SourceStore`."""

    @writes
    def put_sources(self, tx: Connection, settings: Sequence[SourceSettings], now: datetime) -> None:
        """Make these the polled sources."""
        known = {row.id: row for row in tx.execute(select(sources))}
        tx.execute(update(sources).values(active=False))
        put_rows(tx, sources, [_row(one, known.get(one.id), now) for one in settings])

    @reads
    def due_sources(self, tx: Connection, now: datetime, limit: int) -> Sequence[SourceDue]:
        """Sources whose time has come."""
        due = sources.c.active, sources.c.next_poll_at <= now
        query = select(sources).where(*due).order_by(sources.c.next_poll_at, sources.c.id).limit(limit)
        return [_due(row) for row in tx.execute(query)]

    @reads
    def next_poll_at(self, tx: Connection) -> datetime | None:
        """When the next source is due."""
        due: datetime | None = tx.scalar(select(func.min(sources.c.next_poll_at)).where(sources.c.active))
        return due

    async def record_poll(
        self,
        source_id: str,
        fetched: Fetched,
        *,
        now: datetime,
        next_poll: datetime,
        oldest_pushed: datetime | None,
    ) -> int:
        """Store what a poll brought; the texts are made off the loop, before the transaction begins."""
        settings, new = await self._unknown(identify(fetched.entries, source_id), source_id)
        admitted = await asyncio.to_thread(
            lambda: [admit(one, settings, oldest_pushed=oldest_pushed) for one in new]
        )
        return await self._store_poll(source_id, admitted, fetched, now=now, next_poll=next_poll)

    @reads
    def _unknown(
        self, tx: Connection, found: Sequence[Identified], source_id: str
    ) -> tuple[SourceSettings, list[Identified]]:
        source = _source(tx, source_id, held=False)
        ids, links = _known(tx, source_id, found)
        return _settings(source), [one for one in found if _is_new(one, ids, links)]

    @writes
    def _store_poll(
        self,
        tx: Connection,
        source_id: str,
        admitted: Sequence[Admitted],
        fetched: Fetched,
        *,
        now: datetime,
        next_poll: datetime,
    ) -> int:
        _source(tx, source_id)
        # Another poll of this source may have ended since the texts were begun.
        ids, links = _known(tx, source_id, [one.source for one in admitted])
        rows = [_article_row(one, now) for one in admitted if _is_new(one.source, ids, links)]
        if rows:
            tx.execute(insert(articles), rows)
        polled = {"last_attempt_at": now, "last_success_at": now, "next_poll_at": next_poll}
        well = {"failures": 0, "last_error": None}
        _change(tx, source_id, **polled, **well, **_validators(fetched), **_oddities(fetched))
        return len(rows)

    @writes
    def record_failure(
        self, tx: Connection, source_id: str, reason: str, *, now: datetime, next_poll: datetime
    ) -> None:
        """Count a failed poll."""
        failures = _source(tx, source_id).failures + 1
        _change(
            tx, source_id, last_attempt_at=now, next_poll_at=next_poll, failures=failures, last_error=reason
        )


def _row(settings: SourceSettings, known: AnyRow | None, now: datetime) -> dict[str, Any]:
    """The row of a polled source: the state it had, unless it is new or has moved to another address."""
    row = {
        "next_poll_at": now,
        "last_attempt_at": None,
        "last_success_at": None,
        "failures": 0,
        "last_error": None,
        "note": None,
        "skipped": 0,
        "etag": None,
        "last_modified": None,
        "body_hash": None,
    }
    if known and (known.kind, known.url) == (settings.kind, settings.url):
        row = {name: getattr(known, name) for name in row}
    return row | {
        "id": settings.id,
        "kind": settings.kind,
        "url": settings.url,
        "name": settings.name,
        "options": json.dumps(dict(settings.options)),
        "active": True,
    }


def _due(row: AnyRow) -> SourceDue:
    return SourceDue(
        settings=_settings(row),
        validators=Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash),
        failures=row.failures,
        first_fetch=row.last_success_at is None,
    )


def _settings(row: AnyRow) -> SourceSettings:
    return SourceSettings(
        id=row.id, kind=row.kind, url=row.url, name=row.name, options=json.loads(row.options)
    )


def _source(tx: Connection, source_id: str, *, held: bool = True) -> AnyRow:
    """The source; held until the transaction ends, two pollers of it take turns."""
    query = select(sources).where(sources.c.id == source_id)
    row = tx.execute(query.with_for_update() if held else query).one_or_none()
    if row is None:
        raise StoreError(f"no source `{source_id}` in the store")
    return row


def _change(tx: Connection, source_id: str, **values: Any) -> None:
    tx.execute(update(sources).where(sources.c.id == source_id).values(**values))


def _validators(fetched: Fetched) -> dict[str, str | None]:
    """Those of a new body replace the old ones; an unchanged one replaces only what it names."""
    given = fetched.validators
    values = {"etag": given.etag, "last_modified": given.last_modified, "body_hash": given.body_hash}
    return {name: value for name, value in values.items() if fetched.changed or value is not None}


def _oddities(fetched: Fetched) -> dict[str, Any]:
    return {"note": fetched.note, "skipped": fetched.skipped} if fetched.changed else {}


def _is_new(one: Identified, ids: set[str], links: set[str | None]) -> bool:
    return one.id not in ids and (one.link is None or one.link not in links)


def _known(tx: Connection, source_id: str, found: Sequence[Identified]) -> tuple[set[str], set[str | None]]:
    """Ids and links, among these, that the source has had."""
    ids: set[str] = set()
    links: set[str | None] = set()
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        same_link = articles.c.link.in_([one.link for one in some if one.link])
        same = or_(articles.c.id.in_([one.id for one in some]), same_link)
        query = select(articles.c.id, articles.c.link).where(articles.c.source_id == source_id, same)
        for row in tx.execute(query):
            ids.add(row.id)
            links.add(row.link)
    return ids, links


def _article_row(one: Admitted, now: datetime) -> dict[str, Any]:
    row = new_article(one.article, state=one.state, now=now)
    return row | {
        "entry_key": one.source.entry.key,
        "link": one.source.link,
        "entry": ENTRY.dump(one.source.entry),
        "silent": not one.push,
    }
