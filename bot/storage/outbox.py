"""Deliveries: who wants what, what is to be sent, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.errors import StoreError
from bot.ports.messenger import Destination
from bot.ports.pauses import Pause
from bot.ports.store import Delivery, DeliveryState, Subscription
from bot.storage.database import Part, reads, writes
from bot.storage.faces import IS_FIRST, REPEATED, TELLER, Face, delivery, face_of, rows
from bot.storage.pauses import forget_over, in_scope, paused_ids, put_pause
from bot.storage.rows import DESTINATION, AnyRow, destination_of, destination_values
from bot.storage.tables import deliveries, destinations, outbox, subscriptions
from bot.storage.upsert import insert_new, put_rows

RETRACTED = "retracted before it was sent"


class Outbox(Part):
    """Fulfils `bot.ports.store.OutboxStore`."""

    @writes
    def put_subscriptions(self, tx: Connection, wanted: Sequence[Subscription], now: datetime) -> None:  # noqa: ARG002
        """Make these the subscriptions of the configuration."""
        tx.execute(delete(subscriptions).where(~subscriptions.c.asked))
        tx.execute(update(subscriptions).values(configured=False))
        _put_destinations(tx, [one.destination for one in wanted])
        pairs = {(one.channel, one.destination.id) for one in wanted}
        asked = select(subscriptions.c.seq, subscriptions.c.channel, subscriptions.c.destination_id)
        both = [row.seq for row in tx.execute(asked) if (row.channel, row.destination_id) in pairs]
        tx.execute(update(subscriptions).where(subscriptions.c.seq.in_(both)).values(configured=True))
        named = [{"channel": one.channel, "destination_id": one.destination.id} for one in wanted]
        insert_new(tx, subscriptions, [row | {"configured": True, "asked": False} for row in named])

    @reads
    def subscriptions(self, tx: Connection) -> Sequence[Subscription]:
        """All subscriptions."""
        query = select(subscriptions.c.channel, *DESTINATION).join_from(subscriptions, destinations)
        found = tx.execute(query.order_by(subscriptions.c.seq))
        return [Subscription(channel=row.channel, destination=destination_of(row)) for row in found]

    @writes
    def take_pending(
        self, tx: Connection, now: datetime, limit: int, *, destination: str | None = None
    ) -> Sequence[Delivery]:
        """Take what is due."""
        query = rows().where(*_due(tx, now)).order_by(outbox.c.due_at, outbox.c.seq).limit(limit)
        if destination is not None:
            query = query.where(outbox.c.destination_id == destination)
        taken = tx.execute(query.with_for_update(of=outbox, skip_locked=True)).all()
        faces = [face_of(tx, row) for row in taken]
        if taken:
            _begin(tx, taken, faces, now)
        both = zip(taken, faces, strict=True)
        return [delivery(row, face, attempts=row.attempts, repeat=row.repeat) for row, face in both]

    @reads
    def waiting_destinations(self, tx: Connection, now: datetime) -> Sequence[Destination]:
        """Destinations with due rows."""
        first = func.min(outbox.c.due_at).label("first"), func.min(outbox.c.seq).label("seq")
        due = select(outbox.c.destination_id, *first).where(*_due(tx, now))
        waiting = due.group_by(outbox.c.destination_id).subquery()
        query = select(*DESTINATION).join_from(
            waiting, destinations, destinations.c.id == waiting.c.destination_id
        )
        return [destination_of(row) for row in tx.execute(query.order_by(waiting.c.first, waiting.c.seq))]

    @reads
    def left_sending(self, tx: Connection) -> Sequence[Delivery]:
        """What was being sent when the program ended."""
        left = tx.execute(rows().where(outbox.c.state == DeliveryState.SENDING).order_by(outbox.c.seq)).all()
        return [delivery(row, face_of(tx, row), attempts=row.attempts - 1, repeat=True) for row in left]

    @writes
    def record_sent(self, tx: Connection, key: str, message_id: str, *, now: datetime) -> None:
        """It is out."""
        values = {"state": DeliveryState.SENT, "message_id": message_id, "reason": None}
        _end(tx, key, now, DeliveryState.SENT, values)
        _edit_if_changed(tx, key, now)
        here = select(*DESTINATION).join_from(destinations, outbox).where(outbox.c.key == key)
        forget_over(tx, destination_of(tx.execute(here).one()), now)

    @writes
    def record_not_sent(
        self,
        tx: Connection,
        key: str,
        reason: str,
        *,
        now: datetime,
        retry_at: datetime | None,
        pause: Pause | None = None,
    ) -> None:
        """It is not out."""
        values: dict[str, Any] = {"state": DeliveryState.FAILED, "reason": reason}
        if retry_at is not None:
            values = {"state": DeliveryState.PENDING, "reason": reason, "due_at": retry_at}
        _end(tx, key, now, DeliveryState.FAILED, values)
        if retry_at is not None:
            _drop_if_retracted(tx, key, now)
        if pause is not None:
            put_pause(tx, pause)

    @writes
    def move_destination(self, tx: Connection, destination_id: str, address: str) -> None:
        """The platform named a new address."""
        first = func.coalesce(destinations.c.moved_from, destinations.c.address)
        moved = update(destinations).where(destinations.c.id == destination_id)
        tx.execute(moved.values(address=address, moved_from=first))

    @writes
    def give_up(self, tx: Connection, scope: str, reason: str, *, before: datetime, now: datetime) -> int:
        """Fail old rows of a paused scope."""
        places = select(destinations.c.id).where(in_scope(scope))
        old = outbox.c.state == DeliveryState.PENDING, outbox.c.created_at < before
        values = {"state": DeliveryState.FAILED, "reason": reason, "changed_at": now}
        failing = update(outbox).where(*old, outbox.c.destination_id.in_(places)).values(**values)
        return tx.execute(failing).rowcount

    @writes
    def repeat(self, tx: Connection, key: str, reason: str, *, now: datetime, retry_at: datetime) -> None:
        """It may be out; once more."""
        values = {"state": DeliveryState.PENDING, "reason": reason, "due_at": retry_at, "repeat": True}
        _end(tx, key, now, REPEATED, values)

    @writes
    def record_unconfirmed(self, tx: Connection, key: str, reason: str, *, now: datetime) -> None:
        """It may be out; no more."""
        values = {"state": DeliveryState.UNCONFIRMED, "reason": reason}
        _end(tx, key, now, DeliveryState.UNCONFIRMED, values)


def _put_destinations(tx: Connection, wanted: Sequence[Destination]) -> None:
    """Put destinations; one that moved away from the address given here stays where it moved to."""
    columns = destinations.c.id, destinations.c.address, destinations.c.moved_from
    moved = {
        (row.id, row.moved_from): row.address
        for row in tx.execute(select(*columns).where(destinations.c.moved_from.is_not(None)))
    }
    placed = {}
    for one in wanted:
        address = moved.get((one.id, one.address))
        values = {"address": address, "moved_from": one.address} if address else {"moved_from": None}
        placed[one.id] = destination_values(one) | values
    put_rows(tx, destinations, list(placed.values()))


def _due(tx: Connection, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What may go out now: pending, due, of no paused destination, no update before what it updates."""
    paused = paused_ids(tx, now)
    first = TELLER.c.state.in_((DeliveryState.PENDING, DeliveryState.SENDING))
    due = outbox.c.state == DeliveryState.PENDING, outbox.c.due_at <= now, ~exists().where(*IS_FIRST, first)
    return (*due, outbox.c.destination_id.not_in(paused)) if paused else due


def _begin(tx: Connection, taken: Sequence[AnyRow], faces: Sequence[Face], now: datetime) -> None:
    """Mark the rows, and note that an attempt of each begins, and what its message says."""
    values = {"state": DeliveryState.SENDING, "attempts": outbox.c.attempts + 1, "changed_at": now}
    marking = update(outbox).where(outbox.c.key == bindparam("taken"))
    carried = [{"taken": row.key, "carried": face.says} for row, face in zip(taken, faces, strict=True)]
    tx.execute(marking.values(shows=bindparam("carried"), **values), carried)
    begun = [{"key": row.key, "attempt": row.attempts + 1, "began_at": now} for row in taken]
    tx.execute(insert(deliveries), begun)


def _end(tx: Connection, key: str, now: datetime, outcome: str, values: dict[str, Any]) -> None:
    """Record how an attempt ended; what is known to be out stays out."""
    query = select(outbox.c.state, outbox.c.attempts).where(outbox.c.key == key).with_for_update()
    row = tx.execute(query).one_or_none()
    if row is None:
        raise StoreError(f"no delivery `{key}` in the store")
    if row.state == DeliveryState.SENT:
        return
    tx.execute(update(outbox).where(outbox.c.key == key).values(changed_at=now, **values))
    attempt = deliveries.c.key == key, deliveries.c.attempt == row.attempts
    ended = {"ended_at": now, "outcome": outcome, "reason": values["reason"]}
    tx.execute(update(deliveries).where(*attempt).values(**ended))


def _edit_if_changed(tx: Connection, key: str, now: datetime) -> None:
    """Where a message says something else by now than when it was made, it has to be made anew."""
    row = tx.execute(rows().where(outbox.c.key == key)).one()
    if row.state == DeliveryState.SENT and face_of(tx, row).says != (row.carried or row.alert_id):
        values = {"state": DeliveryState.PENDING, "due_at": now, "created_at": now}
        tx.execute(update(outbox).where(outbox.c.key == key).values(**values))


def _drop_if_retracted(tx: Connection, key: str, now: datetime) -> None:
    """What was taken back while it was on its way, and surely did not arrive, is not sent again."""
    row = tx.execute(rows().where(outbox.c.key == key)).one()
    if row.retracted_at and row.message_id is None and row.bundle is None and not row.repeat:
        values = {"state": DeliveryState.DROPPED, "reason": RETRACTED, "changed_at": now}
        tx.execute(update(outbox).where(outbox.c.key == key).values(**values))
