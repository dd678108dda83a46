"""What was taken back."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update

from bot.alerts.control import Approval, Correction
from bot.errors import StoreError
from bot.ports.store import DeliveryState
from bot.storage.books import take_out
from bot.storage.channel_tables import approvals, retractions
from bot.storage.database import Part, reads, writes
from bot.storage.outbox import RETRACTED
from bot.storage.placing import WAITS, edit_messages
from bot.storage.tables import alerts, outbox
from bot.storage.upsert import insert_if_new

_FIRST = func.coalesce(alerts.c.updates, alerts.c.id)


class Retractions(Part):
    """Fulfils `bot.ports.retractions.RetractionStore`."""

    @writes
    def retract(self, tx: Connection, alert_id: str, correction: Correction, *, now: datetime) -> bool:
        """Take an alert back."""
        first = tx.scalar(select(_FIRST).where(alerts.c.id == alert_id))
        if first is None:
            raise StoreError(f"no alert `{alert_id}` in the store")
        if not insert_if_new(tx, retractions, {"alert_id": first, **vars(correction)}):
            return False
        states = list(
            tx.scalars(select(alerts.c.id).where(or_(alerts.c.id == first, alerts.c.updates == first)))
        )
        _drop_unsent(tx, states, now)
        asked = approvals.c.alert_id.in_(states), approvals.c.state == Approval.AWAITING
        tx.execute(update(approvals).where(*asked).values(state=Approval.DROPPED, decided_at=now))
        edit_messages(tx, states, now)
        for state in states:
            take_out(tx, state, now)
        return True

    @reads
    def retracted(self, tx: Connection, alert_ids: Collection[str]) -> Mapping[str, Correction]:
        """Those that were taken back."""
        columns = alerts.c.id, retractions.c.at, retractions.c.by, retractions.c.note
        query = select(*columns).join_from(alerts, retractions, retractions.c.alert_id == _FIRST)
        return {
            row.id: Correction(at=row.at, by=row.by, note=row.note)
            for row in tx.execute(query.where(alerts.c.id.in_(alert_ids)))
        }


def _drop_unsent(tx: Connection, states: Collection[str], now: datetime) -> None:
    """What waits is never sent, but the message of a summary goes out without it if others are in it."""
    unsent = outbox.c.alert_id.in_(states), outbox.c.state.in_(WAITS), outbox.c.message_id.is_(None)
    for row in tx.execute(select(outbox).where(*unsent, ~outbox.c.repeat).with_for_update()).all():
        gathered = outbox.c.told_in == row.key, outbox.c.state == DeliveryState.GATHERED
        if row.bundle is None or tx.scalar(select(outbox.c.key).where(*gathered).limit(1)) is None:
            values = {"state": DeliveryState.DROPPED, "reason": RETRACTED, "changed_at": now}
            tx.execute(update(outbox).where(outbox.c.key == row.key).values(**values))
