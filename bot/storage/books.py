"""Ledger and calendar as articles are judged: part of the transaction that stores the judgement."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from bot.alerts.decide import Reason
from bot.alerts.recording import mentions_of, report_of
from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.ports.alerts import Judged
from bot.rules.measures import days_of
from bot.storage.columns import storable
from bot.storage.jsontext import CALENDAR_ENTRY, LEDGER_ENTRY
from bot.storage.tables import calendar, kept_alerts, ledger
from bot.storage.upsert import insert_if_new, insert_new
from bot.stories.calendar import PUT_OFF_FOR, REPORTED_LATE, noted
from bot.stories.calendar import without as before
from bot.stories.calendar_model import CalendarEntry, Mention, Status
from bot.stories.ledger import Entry, Report, entered, who_key, without
from bot.stories.ledger_present import searchable

LEDGER, CALENDAR = "ledger", "calendar"


def keep_books(
    tx: Connection, article: Article, found: Findings, judged: Sequence[Judged], now: dt.datetime
) -> None:
    """Enter what an article says; what is on trial or made up enters nothing."""
    if article.demo:
        return
    alerts = [one.alert for one in judged if one.reason not in (Reason.SHADOW, Reason.CONFIRMED)]
    for alert in alerts:
        if report := report_of(alert):
            _enter(tx, report, now)
    mentions = mentions_of(article, found, alerts, now.date())
    if mentions:
        _note(tx, mentions, now)


def _enter(tx: Connection, report: Report, now: dt.datetime) -> None:
    same = ledger.c.kind == report.kind, ledger.c.who == storable(who_key(report.actors))
    query = select(ledger.c.body).where(*same).with_for_update()
    outcome = entered([LEDGER_ENTRY.load(body) for body in tx.scalars(query)], report, now)
    if outcome.entry:
        put_entry(tx, outcome.entry, now)


def put_entry(tx: Connection, entry: Entry, now: dt.datetime) -> None:
    """Write an entry of the ledger, new or changed."""
    values = {
        "kind": entry.kind,
        "who": who_key(entry.actors),
        "named": searchable(entry),
        "dropped": entry.dropped,
        "changed_at": now,
        "body": LEDGER_ENTRY.dump(entry),
    }
    if not insert_if_new(tx, ledger, {"id": entry.id, **values}):
        tx.execute(update(ledger).where(ledger.c.id == entry.id).values(**values))
    _keep_alerts(tx, LEDGER, entry.id, entry.alerts)


def _note(tx: Connection, mentions: Sequence[Mention], now: dt.datetime) -> None:
    """Each mention sees what those before it did."""
    query = select(calendar.c.body).where(_may_be_meant(mentions)).with_for_update()
    known = {entry.id: entry for entry in map(CALENDAR_ENTRY.load, tx.scalars(query))}
    for mention in mentions:
        entry = noted(list(known.values()), mention, now).entry
        if entry and known.get(entry.id) != entry:
            known[entry.id] = entry
            put_calendar_entry(tx, entry, now)


def _may_be_meant(mentions: Sequence[Mention]) -> ColumnElement[bool]:
    """Which entries are looked at: of announcements with a day those of its days, and what was put off."""
    days = [days for one in mentions if one.date and (days := days_of(one.date))]
    if len(days) < len(mentions) or any(one.moved for one in mentions):
        since = min(one.day for one in mentions) - REPORTED_LATE
        return calendar.c.last_day >= since.isoformat()
    first, last = min(first for first, _ in days), max(last for _, last in days)
    of_days = and_(calendar.c.last_day >= first.isoformat(), calendar.c.first_day <= last.isoformat())
    return or_(of_days, calendar.c.status == Status.PUT_OFF)


def put_calendar_entry(tx: Connection, entry: CalendarEntry, now: dt.datetime) -> None:
    """Write an entry of the calendar, new or changed."""
    first, last = entry.days
    if entry.now.status is Status.PUT_OFF:
        last += PUT_OFF_FOR  # so long a new day is waited for
    values = {
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "status": entry.now.status,
        "changed_at": now,
        "body": CALENDAR_ENTRY.dump(entry),
    }
    if not insert_if_new(tx, calendar, {"id": entry.id, **values}):
        tx.execute(update(calendar).where(calendar.c.id == entry.id).values(**values))
    _keep_alerts(tx, CALENDAR, entry.id, entry.alerts)


def _keep_alerts(tx: Connection, book: str, entry_id: str, alerts: Collection[str]) -> None:
    rows = [{"alert_id": alert, "entry_id": entry_id, "book": book} for alert in alerts]
    insert_new(tx, kept_alerts, rows)


def take_out(tx: Connection, alert_id: str, now: dt.datetime) -> int:
    """Take what an alert and its updates brought out of both books; return how many entries it touched.

    An entry that rests on nothing else is gone; others go back to what the rest says.
    """
    rows = tx.execute(select(kept_alerts).where(kept_alerts.c.alert_id == alert_id)).all()
    for row in rows:
        if row.book == LEDGER:
            _take_from_ledger(tx, row.entry_id, alert_id, now)
        else:
            _take_from_calendar(tx, row.entry_id, alert_id, now)
    tx.execute(delete(kept_alerts).where(kept_alerts.c.alert_id == alert_id))
    return len(rows)


def _take_from_ledger(tx: Connection, entry_id: str, alert_id: str, now: dt.datetime) -> None:
    this = ledger.c.id == entry_id
    body = tx.scalar(select(ledger.c.body).where(this).with_for_update())
    left = without(LEDGER_ENTRY.load(body), alert_id) if body else None
    if left:
        put_entry(tx, left, now)
    else:
        tx.execute(delete(ledger).where(this))


def _take_from_calendar(tx: Connection, entry_id: str, alert_id: str, now: dt.datetime) -> None:
    this = calendar.c.id == entry_id
    body = tx.scalar(select(calendar.c.body).where(this).with_for_update())
    left = before(CALENDAR_ENTRY.load(body), alert_id) if body else None
    if left:
        put_calendar_entry(tx, left, now)
    else:
        tx.execute(delete(calendar).where(this))
