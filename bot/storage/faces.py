"""What the message of an outbox row says now: its alert, a summary, a correction, a question to editors.

The face of a message is all of this as one short text. A row remembers which face its last attempt carried;
where it is another one when the end of the attempt is recorded, the message has to be made anew.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from bot.alerts.collapse import Bundle, caught_up
from bot.alerts.control import Approval, Asking, Correction
from bot.alerts.model import Alert
from bot.ports.holding import HeldFor
from bot.ports.messenger import Message
from bot.ports.store import Delivery, DeliveryState
from bot.storage.channel_tables import approvals, retractions
from bot.storage.jsontext import ALERT, HEAD
from bot.storage.rows import DESTINATION, AnyRow, destination_of
from bot.storage.tables import alerts, deliveries, destinations, outbox

REPEATED = "repeated"  # outcome of an attempt whose end nobody knows and that is made again

# The row of the alert that a row's alert updates, at the same destination; the row whose message tells that
# one, which may be a summary; the states of an alert; the row that a state has itself at the destination of a
# row; the alert that a state belongs to.
FIRST = outbox.alias("first")
TELLER = outbox.alias("teller")
_UPDATE = alerts.alias("updating")
_STATES = alerts.alias("states")
_OWN = outbox.alias("own")
_GATHERED = outbox.c.state == DeliveryState.GATHERED
IS_FIRST = (
    _UPDATE.c.id == outbox.c.alert_id,
    FIRST.c.alert_id == _UPDATE.c.updates,
    FIRST.c.destination_id == outbox.c.destination_id,
    TELLER.c.key == case((FIRST.c.state == DeliveryState.GATHERED, FIRST.c.told_in), else_=FIRST.c.key),
    outbox.c.bundle.is_(None),  # a summary answers nothing
)
_NAMED = alerts.alias("named")
_ROOT = func.coalesce(alerts.c.updates, alerts.c.id)


@dataclass(frozen=True, kw_only=True)
class Face:
    """What a message says now, and the same as a short text."""

    alert: Alert
    says: str
    bundle: Bundle | None = None
    correction: Correction | None = None
    asking: Asking | None = None


def rows() -> Select[*tuple[Any, ...]]:
    """Outbox rows with the newest state of their alerts, and what is known of their attempts."""
    mine = deliveries.c.key == outbox.c.key
    again = select(func.count()).select_from(deliveries).where(mine, deliveries.c.outcome == REPEATED)
    through = select(func.max(deliveries.c.attempt)).where(mine, deliveries.c.outcome == DeliveryState.SENT)
    out = *IS_FIRST, TELLER.c.state == DeliveryState.SENT
    number = select(_NAMED.c.seq).where(_NAMED.c.id == _ROOT)
    columns = (
        outbox.c.key,
        outbox.c.state,
        outbox.c.due_at,
        outbox.c.attempts,
        outbox.c.repeat,
        outbox.c.reason,
        outbox.c.message_id,
        outbox.c.bundle,
        outbox.c.shows.label("carried"),
        alerts.c.id.label("shows"),
        alerts.c.body,
        again.scalar_subquery().label("repeats"),
        func.coalesce(through.scalar_subquery(), 0).label("through"),
        select(TELLER.c.message_id).where(*out).scalar_subquery().label("reply_to"),
        select(TELLER.c.bundle).where(*out).scalar_subquery().label("answered"),
        number.correlate(alerts).scalar_subquery().label("number"),
        outbox.c.alert_id,
    )
    newest = alerts.c.seq == newest_seq(outbox.c.alert_id)
    query = select(*columns, *_DECIDED, *DESTINATION).join_from(outbox, alerts, newest).join(destinations)
    return _with_decisions(query)


def newest_seq(alert_id: Column[str]) -> ScalarSelect[int]:
    """`seq` of the newest state of an alert at the row's destination: its last update, or itself.

    A state that waits there for editors, or that they kept back, does not count.
    """
    own = (
        _OWN.c.alert_id == _STATES.c.id,
        _OWN.c.destination_id == outbox.c.destination_id,
        _OWN.c.held == HeldFor.APPROVAL,
    )
    kept_back = exists().where(*own).correlate(_STATES, outbox)  # of the row itself, two selects further out
    updates = and_(_STATES.c.updates == alert_id, _STATES.c.pushed, ~kept_back)
    states = or_(_STATES.c.id == alert_id, updates)
    return select(func.max(_STATES.c.seq)).where(states).correlate(outbox).scalar_subquery()


def face_of(tx: Connection, row: AnyRow) -> Face:
    """What the message of a row says now."""
    if row.bundle is not None:
        return _summary(tx, row)
    alert = _loaded(tx, row)
    decision = Approval(row.decision) if row.decision else None
    taken_back = "!" if row.retracted_at else ""
    decided = f":{decision}" if decision and decision is not Approval.AWAITING else ""
    return Face(
        alert=alert,
        says=f"{row.shows}{taken_back}{decided}",
        correction=_correction(row),
        asking=Asking(state=decision, until=row.until, by=row.decided_by, at=row.decided_at)
        if decision
        else None,
    )


def delivery(row: AnyRow, face: Face, *, attempts: int, repeat: bool) -> Delivery:
    """A row that the worker took."""
    edits = row.message_id is not None
    message = Message(
        key=row.key,
        alert=face.alert,
        destination=destination_of(row),
        repeat=repeat and not edits,
        reply_to=row.reply_to,
        number=row.number if row.answered else None,
        bundle=face.bundle,
        correction=face.correction,
        asking=face.asking,
    )
    return Delivery(
        message=message,
        state=DeliveryState.SENDING,
        due=row.due_at,
        attempts=attempts - row.through,
        repeats=row.repeats,
        reason=row.reason,
        edits=row.message_id,
    )


_DECIDED = (
    retractions.c.at.label("retracted_at"),
    retractions.c.by.label("retracted_by"),
    retractions.c.note,
    approvals.c.state.label("decision"),
    approvals.c.until,
    approvals.c.decided_at,
    approvals.c.decided_by,
)


def _with_decisions(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    asked = and_(
        outbox.c.asks,
        approvals.c.alert_id == outbox.c.alert_id,
        approvals.c.editors_id == outbox.c.destination_id,
    )
    return query.outerjoin(retractions, retractions.c.alert_id == _ROOT).outerjoin(approvals, asked)


def _correction(row: AnyRow) -> Correction | None:
    if row.retracted_at is None:
        return None
    return Correction(at=row.retracted_at, by=row.retracted_by, note=row.note)


def _summary(tx: Connection, row: AnyRow) -> Face:
    """All that is gathered in a row; what was taken back is left out of a message that is not out yet."""
    told = or_(outbox.c.key == row.key, and_(outbox.c.told_in == row.key, _GATHERED))
    gathered = tx.execute(rows().where(told).order_by(outbox.c.seq)).all()
    kept = [one for one in gathered if row.message_id or not one.retracted_at]
    return Face(
        alert=ALERT.load(row.body),
        says=",".join(_marked(one) for one in kept),
        bundle=Bundle(
            head=HEAD.load(row.bundle),
            alerts=tuple(_loaded(tx, one) for one in kept),
            retracted=frozenset(one.shows for one in kept if one.retracted_at),
            numbers={one.shows: one.number for one in kept},
        ),
    )


def _marked(row: AnyRow) -> str:
    return f"{row.shows}!" if row.retracted_at else str(row.shows)


def _loaded(tx: Connection, row: AnyRow) -> Alert:
    """The alert of a row; an update also says what changed in those that it replaced there."""
    alert = ALERT.load(row.body)
    if alert.updates is None or alert.id != row.alert_id:
        return alert
    replaced = outbox.c.told_in == row.key, outbox.c.state == DeliveryState.SUPERSEDED
    query = select(alerts.c.body).join_from(outbox, alerts).where(*replaced).order_by(alerts.c.seq)
    missed = [ALERT.load(body) for body in tx.scalars(query)]
    return caught_up(alert, missed) if missed else alert
