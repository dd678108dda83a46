"""Sources and their polling."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.errors import StoreError
from bot.ports.polling import Learnt, SourceDue
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.storage.database import Part, reads, writes
from bot.storage.editions import revise
from bot.storage.hubs import HUB, hub_in
from bot.storage.intake import Admitted, Identified, admit, identify
from bot.storage.jsontext import ENTRY, LEARNT
from bot.storage.matching import Known, known_of
from bot.storage.rows import AnyRow, new_article, settings_of
from bot.storage.tables import articles, hubs, sources
from bot.storage.upsert import put_rows

WITH_HUB = select(sources, *HUB).outerjoin(hubs, hubs.c.source_id == sources.c.id)


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
        query = WITH_HUB.where(*due).order_by(sources.c.next_poll_at, sources.c.id).limit(limit)
        return [_due(row) for row in tx.execute(query)]

    @reads
    def source_with_token(self, tx: Connection, token: str) -> SourceDue | None:
        """The polled source whose subscription at a hub has this token."""
        row = tx.execute(WITH_HUB.where(sources.c.active, hubs.c.token == token)).one_or_none()
        return _due(row) if row else None

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
        learnt: Learnt | None = None,
    ) -> int:
        """Store what a poll brought; the texts are made off the loop, before the transaction begins."""
        polled = _well(now, next_poll) | _learnt(learnt) | _told(fetched)
        if not fetched.entries:  # most polls bring nothing: one statement is enough for them
            await self._store_nothing_new(source_id, polled)
            return 0
        settings, new = await self._unknown(identify(fetched.entries, source_id), source_id)
        admitted = await asyncio.to_thread(
            lambda: [admit(one, settings, oldest_pushed=oldest_pushed, now=now) for one in new]
        )
        return await self._store_poll(source_id, admitted, polled, now)

    @writes
    def _store_nothing_new(self, tx: Connection, source_id: str, polled: Mapping[str, Any]) -> None:
        _change(tx, source_id, **polled)

    @reads
    def _unknown(
        self, tx: Connection, found: Sequence[Identified], source_id: str
    ) -> tuple[SourceSettings, list[Identified]]:
        """The settings, and the entries that are new or say something new."""
        source = _source(tx, source_id, held=False)
        known = known_of(tx, source_id, found)
        return settings_of(source), [one for one in found if _says_anew(one, known)]

    @writes
    def _store_poll(
        self,
        tx: Connection,
        source_id: str,
        admitted: Sequence[Admitted],
        polled: Mapping[str, Any],
        now: datetime,
    ) -> int:
        _change(tx, source_id, **polled)  # first: two pollers of one source take turns from here
        return _put_entries(tx, source_id, admitted, now)

    @writes
    def record_failure(
        self,
        tx: Connection,
        source_id: str,
        reason: str,
        *,
        now: datetime,
        next_poll: datetime,
        learnt: Learnt | None = None,
    ) -> None:
        """Count a failed poll."""
        failures = _source(tx, source_id).failures + 1
        tried = {"last_attempt_at": now, "next_poll_at": next_poll}
        _change(tx, source_id, **tried, failures=failures, last_error=reason, **_learnt(learnt))


def _row(settings: SourceSettings, known: AnyRow | None, now: datetime) -> dict[str, Any]:
    """The row of a polled source: the state it had, unless it is new or has moved to another address."""
    row: dict[str, Any] = {
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
        "learnt": None,
    }
    if known and (known.kind, known.url) == (settings.kind, settings.url):
        row = {name: getattr(known, name) for name in row}
    if settings.interval is not None:  # it may have been made shorter
        row["next_poll_at"] = min(row["next_poll_at"], now + settings.interval)
    return row | {
        "id": settings.id,
        "kind": settings.kind,
        "url": settings.url,
        "name": settings.name,
        "options": json.dumps(dict(settings.options)),
        "set_interval": None if settings.interval is None else int(settings.interval.total_seconds()),
        "active": True,
    }


def _due(row: AnyRow) -> SourceDue:
    return SourceDue(
        settings=settings_of(row),
        validators=Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash),
        failures=row.failures,
        first_fetch=row.last_success_at is None,
        last_success=row.last_success_at,
        learnt=LEARNT.load(row.learnt) if row.learnt else Learnt(),
        hub=hub_in(row),
    )


def _source(tx: Connection, source_id: str, *, held: bool = True) -> AnyRow:
    """The source; held until the transaction ends, two pollers of it take turns."""
    query = select(sources).where(sources.c.id == source_id)
    row = tx.execute(query.with_for_update() if held else query).one_or_none()
    if row is None:
        raise StoreError(f"no source `{source_id}` in the store")
    return row


def _change(tx: Connection, source_id: str, **values: Any) -> None:
    if not tx.execute(update(sources).where(sources.c.id == source_id).values(**values)).rowcount:
        raise StoreError(f"no source `{source_id}` in the store")


def _told(fetched: Fetched) -> dict[str, Any]:
    return {**_validators(fetched), **_oddities(fetched)}


def _validators(fetched: Fetched) -> dict[str, str | None]:
    """Those of a new body replace the old ones; an unchanged one replaces only what it names."""
    given = fetched.validators
    values = {"etag": given.etag, "last_modified": given.last_modified, "body_hash": given.body_hash}
    return {name: value for name, value in values.items() if fetched.changed or value is not None}


def _oddities(fetched: Fetched) -> dict[str, Any]:
    return {"note": fetched.note, "skipped": fetched.skipped} if fetched.changed else {}


def _well(now: datetime, next_poll: datetime) -> dict[str, Any]:
    success = {"last_attempt_at": now, "last_success_at": now, "next_poll_at": next_poll}
    return success | {"failures": 0, "last_error": None}


def _learnt(learnt: Learnt | None) -> dict[str, Any]:
    return {} if learnt is None else {"learnt": LEARNT.dump(learnt)}


def _says_anew(one: Identified, known: Known) -> bool:
    row = known.of(one)
    return row is None or row.face != one.face


def _put_entries(tx: Connection, source_id: str, admitted: Sequence[Admitted], now: datetime) -> int:
    """Insert what is new, revise what is known; how many were new.

    Another poll of this source may have ended since the texts were begun.
    """
    known = known_of(tx, source_id, [one.source for one in admitted])
    rows = []
    for one in admitted:
        row = known.of(one.source)
        if row is None:
            rows.append(_article_row(one, now))
        else:
            revise(tx, row.id, one, now)
    if rows:
        tx.execute(insert(articles), rows)
    return len(rows)


def _article_row(one: Admitted, now: datetime) -> dict[str, Any]:
    row = new_article(one.article, state=one.state, now=now)
    return row | {
        "entry_key": one.source.entry.key,
        "link": one.source.link,
        "entry": ENTRY.dump(one.source.entry),
        "twin": one.source.twin,
        "face": one.source.face,
        "silent": not one.push,
    }
