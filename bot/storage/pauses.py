"""Pauses of sending."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from bot.ports.messenger import Destination
from bot.ports.pauses import Pause, scopes_of
from bot.ports.store import DeliveryState
from bot.storage.database import Part, reads, writes
from bot.storage.rows import DESTINATION, AnyRow, destination_of
from bot.storage.tables import destinations, outbox, pauses
from bot.storage.upsert import put_rows


class Pauses(Part):
    """Fulfils `bot.ports.pauses.PauseStore`."""

    @reads
    def pauses(self, tx: Connection, now: datetime) -> Sequence[Pause]:
        """Those that last, and broken ones."""
        lasting = or_(pauses.c.until > now, pauses.c.broken)
        return [_pause(row) for row in tx.execute(select(pauses).where(lasting).order_by(pauses.c.scope))]

    @reads
    def pause(self, tx: Connection, scope: str) -> Pause | None:
        """The pause of a scope."""
        return _known(tx, scope)

    @writes
    def put_pause(self, tx: Connection, pause: Pause) -> None:
        """Put a pause."""
        put_pause(tx, pause)

    @writes
    def lift_broken(self, tx: Connection, scopes: Sequence[str] | None = None) -> None:
        """Take broken pauses back."""
        these = [pauses.c.broken] if scopes is None else [pauses.c.broken, pauses.c.scope.in_(scopes)]
        for row in tx.execute(select(pauses.c.scope, pauses.c.until).where(*these)).all():
            _bring_forward(tx, row.scope, row.until)
        tx.execute(delete(pauses).where(*these))


def put_pause(tx: Connection, pause: Pause) -> None:
    """Put a pause; one that lasts longer keeps its end."""
    put_rows(tx, pauses, [vars(pause)], greater=["until"])


def forget_over(tx: Connection, destination: Destination, now: datetime) -> None:
    """Something got through: what is over of its pauses is forgotten."""
    tx.execute(delete(pauses).where(pauses.c.scope.in_(scopes_of(destination)), pauses.c.until <= now))


def paused_ids(tx: Connection, now: datetime) -> list[str]:
    """The ids of the destinations that are paused; one statement where no pause lasts."""
    scopes = frozenset(tx.scalars(select(pauses.c.scope).where(pauses.c.until > now)))
    if not scopes:
        return []
    kinds = {scope.partition(":")[0] for scope in scopes}
    rows = tx.execute(select(*DESTINATION).where(destinations.c.kind.in_(kinds)))
    return [one.id for one in map(destination_of, rows) if not scopes.isdisjoint(scopes_of(one))]


def in_scope(scope: str) -> ColumnElement[bool]:
    """Whether a row of `destinations` lies in the scope."""
    address = destinations.c.kind + ":" + destinations.c.address
    return or_(
        destinations.c.kind == scope, address == scope, address.startswith(f"{scope}/", autoescape=True)
    )


def _bring_forward(tx: Connection, scope: str, until: datetime) -> None:
    """What was put off until a pause ends is due again; what was due when it was refused goes first."""
    places = select(destinations.c.id).where(in_scope(scope))
    put_off = outbox.c.state == DeliveryState.PENDING, outbox.c.due_at == until
    rows = update(outbox).where(*put_off, outbox.c.destination_id.in_(places))
    tx.execute(rows.values(due_at=outbox.c.changed_at))


def _known(tx: Connection, scope: str) -> Pause | None:
    rows: Iterable[AnyRow] = tx.execute(select(pauses).where(pauses.c.scope == scope))
    return next((_pause(row) for row in rows), None)


def _pause(row: AnyRow) -> Pause:
    return Pause(
        scope=row.scope,
        reason=row.reason,
        since=row.since,
        until=row.until,
        broken=row.broken,
        failures=row.failures,
    )
