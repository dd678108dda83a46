"""Held deliveries, the hours of chats, and what nobody knows to have arrived."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from bot.alerts.collapse import Telling
from bot.alerts.model import Alert
from bot.ports.holding import ChatHours, HeldFor, HeldRow, HeldSum
from bot.ports.messenger import Destination
from bot.ports.store import DeliveryState
from bot.storage.channel_tables import chat_hours
from bot.storage.database import Part, reads, writes
from bot.storage.faces import rows
from bot.storage.jsontext import ALERT, HEAD
from bot.storage.rows import DESTINATION, destination_of
from bot.storage.tables import alerts, deliveries, destinations, outbox
from bot.storage.upsert import put_rows

TOLD = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCONFIRMED)
IN_ORDER = timedelta(milliseconds=1)  # between the messages of one release: they keep their order


class Holding(Part):
    """Fulfils `bot.ports.holding.HoldingStore`."""

    @reads
    def told_lately(self, tx: Connection, *, since: datetime) -> Mapping[tuple[str, str], Sequence[datetime]]:
        """When which channel told what where."""
        through = deliveries.c.key == outbox.c.key, deliveries.c.outcome == DeliveryState.SENT
        first = select(func.min(deliveries.c.ended_at)).where(*through).scalar_subquery()
        told_at = func.coalesce(first, outbox.c.created_at)  # what is on its way: since it may go out
        told = outbox.c.state.in_(TOLD), outbox.c.channel.is_not(None), outbox.c.changed_at > since
        query = select(outbox.c.destination_id, outbox.c.channel, told_at.label("at"))
        found: dict[tuple[str, str], list[datetime]] = {}
        for row in tx.execute(query.where(*told, told_at > since).order_by(told_at)):
            found.setdefault((row.destination_id, row.channel), []).append(row.at)
        return found

    @reads
    def held_due(self, tx: Connection, now: datetime) -> Sequence[HeldRow]:
        """What is held and due."""
        return _found(tx, outbox.c.state == DeliveryState.HELD, outbox.c.due_at <= now)

    @reads
    def late(self, tx: Connection, before: datetime) -> Sequence[HeldRow]:
        """What was due and did not go out."""
        plain = outbox.c.bundle.is_(None), outbox.c.channel.is_not(None)
        return _found(tx, *_UNSENT, *plain, outbox.c.created_at < before)

    @writes
    def hold_back(self, tx: Connection, keys: Sequence[str], why: HeldFor, until: datetime) -> None:
        """Hold what is pending."""
        values = {"state": DeliveryState.HELD, "held": why, "due_at": until}
        tx.execute(update(outbox).where(outbox.c.key.in_(keys), *_UNSENT).values(**values))

    @writes
    def release(self, tx: Connection, tellings: Sequence[Telling], *, now: datetime) -> None:
        """Let held deliveries go out."""
        held = outbox.c.state == DeliveryState.HELD
        for number, telling in enumerate(tellings):
            carried = {
                "state": DeliveryState.PENDING,
                "due_at": now - (len(tellings) - number) * IN_ORDER,
                "created_at": now,
                "changed_at": now,
                "bundle": HEAD.dump(telling.head) if telling.head else None,
            }
            tx.execute(update(outbox).where(outbox.c.key == telling.key, held).values(**carried))
            told = {"state": DeliveryState.GATHERED, "told_in": telling.key, "changed_at": now}
            if telling.others:
                tx.execute(update(outbox).where(outbox.c.key.in_(telling.others), held).values(**told))

    @writes
    def hold_on(self, tx: Connection, keys: Sequence[str], why: HeldFor, until: datetime) -> None:
        """Hold on."""
        held = outbox.c.state == DeliveryState.HELD, outbox.c.key.in_(keys)
        tx.execute(update(outbox).where(*held).values(held=why, due_at=until))

    @writes
    def drop(self, tx: Connection, keys: Sequence[str], reason: str, *, now: datetime) -> None:
        """Never send."""
        held = outbox.c.state == DeliveryState.HELD, outbox.c.key.in_(keys)
        values = {"state": DeliveryState.DROPPED, "reason": reason, "changed_at": now}
        tx.execute(update(outbox).where(*held).values(**values))

    @reads
    def held(self, tx: Connection) -> Sequence[HeldSum]:
        """All that is held."""
        waits = outbox.c.state.in_((DeliveryState.HELD, DeliveryState.AWAITING))
        numbers = func.count().label("number"), func.min(outbox.c.due_at).label("until")
        sums = select(outbox.c.destination_id.label("place"), outbox.c.held, *numbers).where(waits)
        each = sums.group_by(outbox.c.destination_id, outbox.c.held).subquery()
        query = select(each, *DESTINATION).join_from(each, destinations, destinations.c.id == each.c.place)
        return [
            HeldSum(
                destination=destination_of(row), why=HeldFor(row.held), number=row.number, until=row.until
            )
            for row in tx.execute(query.order_by(each.c.until, each.c.place, each.c.held))
        ]

    @writes
    def put_hours(self, tx: Connection, hours: ChatHours, *, now: datetime) -> None:
        """Make these the hours of a chat."""
        put_rows(tx, chat_hours, [vars(hours) | {"changed_at": now}])
        here = destinations.c.kind == hours.kind, destinations.c.address == hours.address
        places = select(destinations.c.id).where(*here)
        held = outbox.c.state == DeliveryState.HELD, outbox.c.destination_id.in_(places)
        tx.execute(update(outbox).where(*held).values(held=HeldFor.REVIEW, due_at=now))

    @reads
    def chat_hours(self, tx: Connection) -> Sequence[ChatHours]:
        """What chats chose."""
        found = tx.execute(select(chat_hours).order_by(chat_hours.c.kind, chat_hours.c.address))
        return [
            ChatHours(kind=row.kind, address=row.address, quiet=row.quiet, digest=row.digest) for row in found
        ]

    @reads
    def unconfirmed(
        self, tx: Connection, kind: str | None = None, chat: str | None = None
    ) -> Sequence[tuple[Alert, Destination]]:
        """What nobody knows to have arrived."""
        columns = alerts.c.body, *DESTINATION
        query = select(*columns).join_from(outbox, alerts).join(destinations).where(_unknown(kind, chat))
        found = tx.execute(query.order_by(outbox.c.seq))
        return [(ALERT.load(row.body), destination_of(row)) for row in found]

    @writes
    def resend(
        self, tx: Connection, kind: str | None = None, chat: str | None = None, *, now: datetime
    ) -> int:
        """Send it again."""
        these = select(outbox.c.key).join_from(outbox, destinations).where(_unknown(kind, chat))
        values = {"state": DeliveryState.PENDING, "repeat": True, "due_at": now, "created_at": now}
        again = update(outbox).where(outbox.c.key.in_(list(tx.scalars(these))))
        return tx.execute(again.values(changed_at=now, **values)).rowcount


_UNSENT = (outbox.c.state == DeliveryState.PENDING, outbox.c.message_id.is_(None), ~outbox.c.repeat)


def _found(tx: Connection, *which: ColumnElement[bool]) -> list[HeldRow]:
    query = rows().add_columns(outbox.c.held, outbox.c.channel).where(*which).order_by(outbox.c.seq)
    return [
        HeldRow(
            key=row.key,
            alert=ALERT.load(row.body),
            destination=destination_of(row),
            channel=row.channel or "",
            why=HeldFor(row.held or HeldFor.REVIEW),
            due=row.due_at,
        )
        for row in tx.execute(query)
    ]


def _unknown(kind: str | None, chat: str | None) -> ColumnElement[bool]:
    """Whether a row is unconfirmed, in a chat or one of its topics, or anywhere."""
    unknown = outbox.c.state == DeliveryState.UNCONFIRMED
    if kind is None or chat is None:
        return unknown
    address = destinations.c.address
    here = or_(address == chat, address.startswith(f"{chat}/", autoescape=True))
    return and_(unknown, destinations.c.kind == kind, here)
