"""What editors decide."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from bot.alerts.control import Approval
from bot.ports.approvals import Awaited, Editor, Ruled, Ruling
from bot.ports.holding import HeldFor
from bot.ports.pauses import chat_of
from bot.ports.store import DeliveryState
from bot.storage.channel_tables import approvals
from bot.storage.database import Part, reads, writes
from bot.storage.faces import rows
from bot.storage.jsontext import ALERT
from bot.storage.placing import edit_messages, never_left
from bot.storage.rows import DESTINATION, AnyRow, destination_of
from bot.storage.tables import alerts, destinations, outbox

EXPIRED = "no editor decided in time"


class Approvals(Part):
    """Fulfils `bot.ports.approvals.ApprovalStore`."""

    @writes
    def decide(
        self, tx: Connection, alert_id: str, verdict: Approval, editor: Editor, *, now: datetime
    ) -> Ruled:
        """Take an editor's word."""
        asked = _asked(tx, alert_id, editor)
        if asked is None:
            return Ruled(ruling=Ruling.NOT_ASKED)
        if asked.state != Approval.AWAITING:
            return Ruled(ruling=Ruling.ALREADY, state=Approval(asked.state), by=asked.decided_by)
        if _shown(tx, asked) != alert_id:
            return Ruled(ruling=Ruling.CHANGED, state=Approval.AWAITING)
        decided = {"state": verdict, "decided_at": now, "decided_by": editor.name, "decider_id": editor.user}
        tx.execute(update(approvals).where(*_is(asked)).values(**decided))
        if verdict is Approval.SENT:
            _let_out(tx, asked, now)
        else:
            _end(tx, asked, DeliveryState.DROPPED, f"dropped by {editor.name}", now)
        edit_messages(tx, [asked.alert_id], now, [asked.editors_id])
        return Ruled(ruling=Ruling.DONE, state=verdict, by=editor.name)

    @writes
    def expire(self, tx: Connection, *, now: datetime) -> int:
        """End what nobody decided in time."""
        late = approvals.c.state == Approval.AWAITING, approvals.c.until <= now
        found = tx.execute(select(approvals).where(*late).with_for_update()).all()
        for asked in found:
            tx.execute(update(approvals).where(*_is(asked)).values(state=Approval.EXPIRED, decided_at=now))
            _end(tx, asked, DeliveryState.FAILED, EXPIRED, now)
            edit_messages(tx, [asked.alert_id], now, [asked.editors_id])
        return len(found)

    @reads
    def awaited(self, tx: Connection) -> Sequence[Awaited]:
        """What waits for editors."""
        columns = approvals.c.until, alerts.c.body, *DESTINATION
        place = destinations.c.id == approvals.c.editors_id
        query = select(*columns).join_from(approvals, alerts).join(destinations, place)
        waits = query.where(approvals.c.state == Approval.AWAITING)
        return [
            Awaited(alert=ALERT.load(row.body), editors=destination_of(row), until=row.until)
            for row in tx.execute(waits.order_by(approvals.c.until, alerts.c.seq))
        ]


def _asked(tx: Connection, alert_id: str, editor: Editor) -> AnyRow | None:
    """What these editors were asked about the alert, or about the one that it updates."""
    alert = tx.execute(select(alerts.c.id, alerts.c.updates).where(alerts.c.id == alert_id)).one_or_none()
    if alert is None:
        return None
    place = destinations.c.id == approvals.c.editors_id
    query = select(approvals, destinations.c.address).join_from(approvals, destinations, place)
    theirs = query.where(
        approvals.c.alert_id.in_([one for one in (alert.id, alert.updates) if one]),
        destinations.c.kind == editor.kind,
    )
    found = [
        row
        for row in tx.execute(theirs.with_for_update(of=approvals))
        if chat_of(row.address) == chat_of(editor.chat)
    ]
    # Its own question goes before that of what it updates.
    return max(found, key=lambda row: row.alert_id == alert.id, default=None)


def _shown(tx: Connection, asked: AnyRow) -> str | None:
    """Id of the state of the alert that the message to the editors shows, or is about to."""
    key = f"{asked.alert_id}:{asked.editors_id}"
    row = tx.execute(rows().where(outbox.c.key == key)).one_or_none()
    return row.shows if row else None


def _is(asked: AnyRow) -> tuple[ColumnElement[bool], ...]:
    return approvals.c.alert_id == asked.alert_id, approvals.c.editors_id == asked.editors_id


def _waiting(tx: Connection, asked: AnyRow) -> Sequence[AnyRow]:
    theirs = outbox.c.alert_id == asked.alert_id, outbox.c.editors_id == asked.editors_id
    return tx.execute(select(outbox).where(outbox.c.state == DeliveryState.AWAITING, *theirs)).all()


def _let_out(tx: Connection, asked: AnyRow, now: datetime) -> None:
    """What waited is looked at anew; messages that it updates say the new state."""
    first_id = tx.scalar(select(alerts.c.updates).where(alerts.c.id == asked.alert_id))
    for row in _waiting(tx, asked):
        first = f"{first_id}:{row.destination_id}"
        told = _teller(tx, first) if first_id else None
        values = {"state": DeliveryState.HELD, "held": HeldFor.REVIEW, "due_at": now, "changed_at": now}
        if told is not None and never_left(told):
            # Its first message has not left: that one says the new state.
            values |= {"state": DeliveryState.SUPERSEDED, "told_in": first}
        tx.execute(update(outbox).where(outbox.c.key == row.key).values(**values))
        if first_id:
            edit_messages(tx, [first_id], now, [row.destination_id])


def _teller(tx: Connection, key: str) -> AnyRow | None:
    """The row whose message tells what this one does."""
    row = tx.execute(select(outbox).where(outbox.c.key == key)).one_or_none()
    return _teller(tx, row.told_in) if row and row.state == DeliveryState.GATHERED else row


def _end(tx: Connection, asked: AnyRow, state: DeliveryState, why: str, now: datetime) -> None:
    keys = [row.key for row in _waiting(tx, asked)]
    values = {"state": state, "reason": why, "changed_at": now}
    tx.execute(update(outbox).where(outbox.c.key.in_(keys)).values(**values))
