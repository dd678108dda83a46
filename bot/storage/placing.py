"""New alerts into the outbox: what is sent, what is held, what editors are asked, what is edited."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from bot.alerts.control import Approval
from bot.alerts.decide import Reason
from bot.alerts.model import Alert
from bot.ports.alerts import Judged
from bot.ports.approvals import Ask
from bot.ports.holding import HeldFor, Hold
from bot.ports.messenger import Destination
from bot.ports.store import DeliveryState
from bot.storage.channel_tables import approvals
from bot.storage.rows import AnyRow, destination_values
from bot.storage.tables import alerts, destinations, outbox
from bot.storage.upsert import insert_new

WAITS = (DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.AWAITING)
_GATHERED = outbox.c.state == DeliveryState.GATHERED


def put_outbox(tx: Connection, judged: Sequence[Judged], now: datetime) -> None:
    """Put rows for what is pushed, and let messages that are out say the new state."""
    pushed = [one for one in judged if one.push]
    firsts = _edited(tx, [one.alert.updates for one in pushed if one.alert.updates and not one.quiet], now)
    places = [place for one in pushed for place in (*one.destinations, *(ask.editors for ask in one.asks))]
    insert_new(tx, destinations, [destination_values(place) for place in places])
    for one in pushed:
        _put_asks(tx, one, firsts, now)
    rows = [
        _outbox_row(one, place, now)
        for one in pushed
        for place in one.destinations
        if not _is_told_by(firsts.get((one.alert.updates, place.id)), one.holds.get(place.id))
    ]
    insert_new(tx, outbox, rows)
    for one in pushed:
        if one.alert.updates:
            _let_out(tx, one, firsts, now)
            _supersede(tx, one.alert, [place.id for place in one.destinations], now)


def told_as(one: Judged) -> str:
    """Id of the alert whose row it gets: what is confirmed is told as if it were told first."""
    return (one.alert.updates if one.reason == Reason.CONFIRMED else None) or one.alert.id


def never_left(row: AnyRow) -> bool:
    """Whether the message of a row surely never left."""
    return row.state in WAITS and row.message_id is None and not row.repeat


def edit_messages(
    tx: Connection, alert_ids: Sequence[str], now: datetime, places: Iterable[str] | None = None
) -> None:
    """Let the messages that are out and tell these alerts say what is true now, summaries too.

    Args:
        tx: The transaction.
        alert_ids: Of the alerts.
        now: The moment.
        places: Only at the destinations with these ids; None: everywhere.
    """
    theirs = [outbox.c.alert_id.in_(alert_ids)]
    theirs += [] if places is None else [outbox.c.destination_id.in_(list(places))]
    gathered = select(outbox.c.told_in).where(*theirs, _GATHERED)
    carriers = list(tx.scalars(gathered))
    out = outbox.c.state == DeliveryState.SENT, outbox.c.message_id.is_not(None)
    values = {"state": DeliveryState.PENDING, "due_at": now, "created_at": now, "changed_at": now}
    tx.execute(update(outbox).where(*theirs, *out).values(**values))
    if carriers:
        tx.execute(update(outbox).where(outbox.c.key.in_(carriers), *out).values(**values))


def _edited(tx: Connection, updated: Sequence[str], now: datetime) -> dict[tuple[str | None, str], AnyRow]:
    """Let the messages that are out say the new state; give the rows that tell the alerts that are updated.

    What is on its way just now is waited for; its record sees the new state itself if it comes after this.
    """
    if not updated:
        return {}
    theirs = outbox.c.alert_id.in_(updated)
    summaries = outbox.c.key.in_(select(outbox.c.told_in).where(theirs, _GATHERED))
    query = select(outbox).where(or_(theirs, summaries)).order_by(outbox.c.seq)
    locked = {row.key: row for row in tx.execute(query.with_for_update()).all()}
    edit_messages(tx, updated, now)
    first = (row for row in locked.values() if row.alert_id in updated)
    return {(row.alert_id, row.destination_id): _teller_of(row, locked) for row in first}


def _teller_of(row: AnyRow, among: Mapping[str, AnyRow]) -> AnyRow:
    """The row whose message tells what a row does: itself, or the summary that it was gathered in."""
    # One that was gathered while this waited for its lock is not among them: then the update comes as well.
    return among.get(row.told_in, row) if row.state == DeliveryState.GATHERED else row


def _is_told_by(first: AnyRow | None, hold: Hold | None) -> bool:
    """Whether the row of the alert that it updates will say the new state itself."""
    if first is None or not never_left(first):
        return False
    # What editors let out waits for its hour; a change of it has to wait for their word first.
    waits_for_editors = hold is not None and hold.why is HeldFor.APPROVAL
    return bool(first.state == DeliveryState.AWAITING) or not waits_for_editors


def _let_out(
    tx: Connection, one: Judged, firsts: dict[tuple[str | None, str], AnyRow], now: datetime
) -> None:
    """A first message that is held goes out at once with an update that is not held, a critical one."""
    places = [place.id for place in one.destinations if place.id not in one.holds]
    rows = [firsts.get((one.alert.updates, place)) for place in places]
    keys = [row.key for row in rows if row is not None and row.state == DeliveryState.HELD]
    if keys:
        values = {"state": DeliveryState.PENDING, "due_at": now, "created_at": now}
        tx.execute(update(outbox).where(outbox.c.key.in_(keys)).values(**values))


def _put_asks(
    tx: Connection, one: Judged, firsts: dict[tuple[str | None, str], AnyRow], now: datetime
) -> None:
    """Ask editors, unless they are still asked about what it updates: then that message is edited."""
    waiting = {
        row.editors_id for (alert, _), row in firsts.items()
        if alert == one.alert.updates and row.state == DeliveryState.AWAITING
    }  # fmt: skip
    for ask in one.asks:
        if ask.editors.id not in waiting:
            insert_new(tx, approvals, [_approval_row(one.alert, ask, now)])
            row = _outbox_row(Judged(alert=one.alert, reason="", push=True), ask.editors, now)
            insert_new(tx, outbox, [row | {"asks": True}])


def _supersede(tx: Connection, alert: Alert, places: Sequence[str], now: datetime) -> None:
    """Of the updates that wait at a place only the newest is told."""
    waiting = outbox.c.state.in_((DeliveryState.HELD, DeliveryState.AWAITING))
    query = select(outbox.c.key, outbox.c.alert_id, outbox.c.destination_id).join_from(outbox, alerts)
    earlier = alerts.c.updates == alert.updates, alerts.c.id != alert.id, outbox.c.destination_id.in_(places)
    for row in tx.execute(query.where(waiting, *earlier)).all():
        told = {"state": DeliveryState.SUPERSEDED, "told_in": f"{alert.id}:{row.destination_id}"}
        tx.execute(update(outbox).where(outbox.c.key == row.key).values(changed_at=now, **told))
        _replace_ask(tx, row.alert_id, now)


def _replace_ask(tx: Connection, alert_id: str, now: datetime) -> None:
    """Editors need not decide any more on a state that a newer one replaced."""
    asked = approvals.c.alert_id == alert_id, approvals.c.state == Approval.AWAITING
    if tx.execute(update(approvals).where(*asked).values(state=Approval.REPLACED, decided_at=now)).rowcount:
        edit_messages(tx, [alert_id], now)


def _approval_row(alert: Alert, ask: Ask, now: datetime) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "editors_id": ask.editors.id,
        "state": Approval.AWAITING,
        "asked_at": now,
        "until": ask.until,
    }


def _outbox_row(one: Judged, destination: Destination, now: datetime) -> dict[str, Any]:
    hold, alert = one.holds.get(destination.id), told_as(one)
    return {
        "key": f"{alert}:{destination.id}",
        "alert_id": alert,
        "destination_id": destination.id,
        "state": _state(hold),
        "attempts": 0,
        "repeat": False,
        "due_at": hold.until if hold else now,
        "created_at": now,
        "changed_at": now,
        "channel": one.channels.get(destination.id),
        "held": hold.why if hold else None,
        "editors_id": hold.editors.id if hold and hold.editors else None,
        "asks": False,
    }


def _state(hold: Hold | None) -> DeliveryState:
    if hold is None:
        return DeliveryState.PENDING
    return DeliveryState.AWAITING if hold.why is HeldFor.APPROVAL else DeliveryState.HELD
