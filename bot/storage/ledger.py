"""The ledger: looking things up, corrections, and what is taken out again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select

from bot.errors import StoreError
from bot.ports.ledger import LogLine, Wanted
from bot.storage.books import put_entry, take_out
from bot.storage.database import Part, reads, writes
from bot.storage.jsontext import LEDGER_ENTRY
from bot.storage.tables import ledger, ledger_log
from bot.stories.facts import Slot, Value
from bot.stories.ledger import Entry
from bot.stories.ledger_present import BAR, corrected, in_words


class Ledger(Part):
    """Fulfils `bot.ports.ledger.LedgerStore`."""

    @reads
    def ledger(self, tx: Connection, wanted: Wanted, *, limit: int, offset: int = 0) -> Sequence[Entry]:
        """Entries, the one that changed last first."""
        query = select(ledger.c.body).where(*_those(wanted))
        newest = query.order_by(ledger.c.changed_at.desc(), ledger.c.seq.desc())
        return [LEDGER_ENTRY.load(body) for body in tx.scalars(newest.limit(limit).offset(offset))]

    @reads
    def ledger_size(self, tx: Connection, wanted: Wanted) -> int:
        """How many there are."""
        return tx.scalar(select(func.count()).select_from(ledger).where(*_those(wanted))) or 0

    @reads
    def ledger_by_id(self, tx: Connection, start: str, limit: int) -> Sequence[Entry]:
        """Entries whose id begins so."""
        query = select(ledger.c.body).where(ledger.c.id.startswith(start, autoescape=True))
        return [
            LEDGER_ENTRY.load(body) for body in tx.scalars(query.order_by(ledger.c.seq.desc()).limit(limit))
        ]

    @writes
    def correct_entry(
        self, tx: Connection, entry_id: str, slot: Slot, value: Value, *, by: str, now: datetime
    ) -> Entry:
        """Set a slot, and log it."""
        entry = corrected(_locked(tx, entry_id), slot, value, by=by, at=now)
        put_entry(tx, entry, now)
        made = entry.corrections[-1]
        _log(tx, entry_id, slot, by, now, before=in_words(made.before), after=in_words(made.value))
        return entry

    @writes
    def drop_entry(self, tx: Connection, entry_id: str, *, dropped: bool, by: str, now: datetime) -> Entry:
        """Take an entry out or put it back, and log it."""
        entry = replace(_locked(tx, entry_id), dropped=dropped)
        put_entry(tx, entry, now)
        _log(tx, entry_id, "drop" if dropped else "restore", by, now)
        return entry

    @reads
    def ledger_log(self, tx: Connection, entry_id: str | None, limit: int) -> Sequence[LogLine]:
        """What admins did."""
        query = select(ledger_log).order_by(ledger_log.c.seq.desc()).limit(limit)
        rows = tx.execute(query if entry_id is None else query.where(ledger_log.c.entry_id == entry_id))
        return [
            LogLine(
                entry=row.entry_id, what=row.what, before=row.before, after=row.after, by=row.by, at=row.at
            )
            for row in rows
        ]

    @writes
    def forget_alert(self, tx: Connection, alert_id: str, *, now: datetime) -> int:
        """Take what an alert brought out of ledger and calendar."""
        return take_out(tx, alert_id, now)


def _those(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The entries that are wanted."""
    named = [ledger.c.named.contains(f"{BAR}{name}{BAR}", autoescape=True) for name in wanted.names]
    kinds = [ledger.c.kind.in_(wanted.kinds)] if wanted.kinds else []
    return [ledger.c.dropped.is_(wanted.dropped), *kinds, *named]


def _locked(tx: Connection, entry_id: str) -> Entry:
    body = tx.scalar(select(ledger.c.body).where(ledger.c.id == entry_id).with_for_update())
    if body is None:
        raise StoreError(f"no entry `{entry_id}` in the ledger")
    return LEDGER_ENTRY.load(body)


def _log(
    tx: Connection,
    entry_id: str,
    what: str,
    by: str,
    now: datetime,
    **values: str | None,
) -> None:
    row = {"entry_id": entry_id, "what": what, "before": None, "after": None, "by": by, "at": now}
    tx.execute(insert(ledger_log), [row | values])
