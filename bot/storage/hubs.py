"""Subscriptions at WebSub hubs."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, select

from bot.ports.hubs import HubState, HubSubscription
from bot.storage.database import Part, reads, writes
from bot.storage.rows import AnyRow
from bot.storage.tables import hubs, sources
from bot.storage.upsert import put_rows

_WANTED = (HubState.ASKED, HubState.ACTIVE, HubState.REFUSED)


HUB = [column.label(f"hub_{column.name}") for column in hubs.columns]


class Hubs(Part):
    """Fulfils `bot.ports.hubs.HubStore`."""

    @writes
    def put_hub(self, tx: Connection, subscription: HubSubscription) -> None:
        """Keep a subscription in place of the one its source has."""
        put_rows(tx, hubs, [asdict(subscription)])

    @reads
    def hub_of(self, tx: Connection, source_id: str) -> HubSubscription | None:
        """The subscription of a source."""
        row = tx.execute(select(hubs).where(hubs.c.source_id == source_id)).one_or_none()
        return _subscription(row) if row else None

    @reads
    def hubs_due(self, tx: Connection, now: datetime, limit: int) -> Sequence[HubSubscription]:
        """Subscriptions to be asked or renewed."""
        due = sources.c.active, hubs.c.next_at <= now, hubs.c.state.in_(_WANTED)
        query = select(hubs).join(sources, sources.c.id == hubs.c.source_id).where(*due)
        return [_subscription(row) for row in tx.execute(query.order_by(hubs.c.next_at).limit(limit))]


def hub_in(row: AnyRow) -> HubSubscription | None:
    """The subscription in a row that has the columns `HUB`, if there is one."""
    if row.hub_source_id is None:
        return None
    values = {name: getattr(row, f"hub_{name}") for name in HubSubscription.__dataclass_fields__}
    return HubSubscription(**values | {"state": HubState(row.hub_state)})


def _subscription(row: AnyRow) -> HubSubscription:
    values = {name: getattr(row, name) for name in HubSubscription.__dataclass_fields__}
    return HubSubscription(**values | {"state": HubState(row.state)})
