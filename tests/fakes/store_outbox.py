"""The deliveries, subscriptions and pauses of the store in memory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.alerts.model import Alert
from bot.errors import StoreError
from bot.ports.holding import HeldFor
from bot.ports.messenger import Destination, Message
from bot.ports.pauses import Pause, address_scope, scopes_of
from bot.ports.store import Delivery, DeliveryState, Subscription
from tests.fakes.store_rows import FakeAlert, FakeDelivery, FakeSubscription


@dataclass(kw_only=True)
class FakeOutbox:
    """Fulfils `OutboxStore` and `PauseStore`; `moved` has the address that a destination left."""

    alerts: dict[str, FakeAlert] = field(default_factory=dict)
    outbox: dict[str, FakeDelivery] = field(default_factory=dict)
    destinations: dict[str, Destination] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    subscribed: list[FakeSubscription] = field(default_factory=list)
    paused: dict[str, Pause] = field(default_factory=dict)

    async def put_subscriptions(self, subscriptions: Sequence[Subscription], now: datetime) -> None:  # noqa: ARG002
        """Make these the subscriptions of the configuration."""
        self.subscribed = [one for one in self.subscribed if one.asked]
        for kept in self.subscribed:
            kept.configured = False
        for one in subscriptions:
            self._put_destination(one.destination)
            self.subscription(one.channel, one.destination.id).configured = True

    def subscription(self, channel: str, destination_id: str) -> FakeSubscription:
        """The row of a pair; a new one if there is none."""
        for known in self.subscribed:
            if (known.channel, known.destination_id) == (channel, destination_id):
                return known
        self.subscribed.append(FakeSubscription(channel=channel, destination_id=destination_id))
        return self.subscribed[-1]

    def _put_destination(self, wanted: Destination) -> None:
        if self.moved.get(wanted.id) == wanted.address:
            wanted = replace(wanted, address=self.destinations[wanted.id].address)
        else:
            self.moved.pop(wanted.id, None)
        self.destinations[wanted.id] = wanted

    async def subscriptions(self) -> Sequence[Subscription]:
        """All subscriptions."""
        return [
            Subscription(channel=one.channel, destination=self.destinations[one.destination_id])
            for one in self.subscribed
        ]

    async def take_pending(
        self, now: datetime, limit: int, *, destination: str | None = None
    ) -> Sequence[Delivery]:
        """Take what is due."""
        due = self._due(now, destination)[:limit]
        for row in due:
            row.state, row.attempts, row.changed = DeliveryState.SENDING, row.attempts + 1, now
            row.history.append(None)
            row.shows = self.says(row)
        return [self._delivery(row, repeat=row.repeat) for row in due]

    async def waiting_destinations(self, now: datetime) -> Sequence[Destination]:
        """Destinations with due rows."""
        ids = dict.fromkeys(row.destination_id for row in self._due(now))
        return [self.destinations[one] for one in ids]

    def _due(self, now: datetime, destination: str | None = None) -> list[FakeDelivery]:
        free = {one for one in self.destinations if not self._is_paused(one, now)}
        places = free if destination is None else free & {destination}
        pending = [row for row in self._in(DeliveryState.PENDING) if not self._waits(row)]
        return sorted(
            (row for row in pending if row.destination_id in places and row.due <= now),
            key=lambda row: row.due,
        )

    def _first(self, row: FakeDelivery) -> FakeDelivery | None:
        """The row of the alert that a row's alert updates, at the same destination."""
        return self.outbox.get(f"{row.alert.updates}:{row.destination_id}")

    def teller(self, row: FakeDelivery | None) -> FakeDelivery | None:
        """The row whose message tells what a row does: itself, or the summary that it was gathered in."""
        gathered = row is not None and row.state is DeliveryState.GATHERED and row.told_in
        return self.outbox[gathered] if gathered else row

    def _answered(self, row: FakeDelivery) -> FakeDelivery | None:
        """The row whose message an update answers; a summary answers nothing."""
        return None if row.bundle else self.teller(self._first(row))

    def _waits(self, row: FakeDelivery) -> bool:
        first = self._answered(row)
        return first is not None and first.state in (DeliveryState.PENDING, DeliveryState.SENDING)

    def number(self, alert: Alert) -> int:
        """By which people name an alert."""
        return {name: number for number, name in enumerate(self.alerts, 1)}.get(alert.updates or alert.id, 0)

    def newest(self, alert_id: str, place: str | None = None) -> Alert:
        """The newest state of an alert: its last update that no editor keeps from a place, or itself."""
        states = (one.alert for one in self.alerts.values() if one.push or one.alert.id == alert_id)
        kept = {row.alert.id for row in self.outbox.values() if row.destination_id == place and _kept(row)}
        mine = [alert for alert in states if alert_id in (alert.id, alert.updates)]
        return [alert for alert in mine if alert.id == alert_id or alert.id not in kept][-1]

    def says(self, row: FakeDelivery) -> str:
        """What the message of a row says now, as a short text."""
        return self.newest(row.alert.id, row.destination_id).id

    def _is_paused(self, destination_id: str, now: datetime) -> bool:
        mine = (self.paused.get(scope) for scope in scopes_of(self.destinations[destination_id]))
        return any(pause and pause.until > now for pause in mine)

    async def left_sending(self) -> Sequence[Delivery]:
        """What was being sent when the program ended."""
        return [self._delivery(row, repeat=True) for row in self._in(DeliveryState.SENDING)]

    async def record_sent(self, key: str, message_id: str, *, now: datetime) -> None:
        """It is out."""

        def sent(row: FakeDelivery) -> None:
            row.state, row.message_id, row.told_at = DeliveryState.SENT, message_id, row.told_at or now
            if self.says(row) != row.shows:
                row.state, row.due, row.made = DeliveryState.PENDING, now, now

        self._end(key, "", now, "sent", sent)
        for scope in scopes_of(self.destinations[self.outbox[key].destination_id]):
            if scope in self.paused and self.paused[scope].until <= now:
                del self.paused[scope]

    async def record_not_sent(
        self,
        key: str,
        reason: str,
        *,
        now: datetime,
        retry_at: datetime | None,
        pause: Pause | None = None,
    ) -> None:
        """It is not out."""

        def not_sent(row: FakeDelivery) -> None:
            row.state = DeliveryState.FAILED if retry_at is None else DeliveryState.PENDING
            row.due = retry_at or row.due

        self._end(key, reason, now, "failed", not_sent)
        if pause:
            await self.put_pause(pause)

    async def move_destination(self, destination_id: str, address: str) -> None:
        """The platform named a new address."""
        here = self.destinations[destination_id]
        self.moved.setdefault(destination_id, here.address)
        self.destinations[destination_id] = replace(here, address=address)

    async def give_up(self, scope: str, reason: str, *, before: datetime, now: datetime) -> int:
        """Fail old rows of a paused scope."""
        old = [row for row in self._in(DeliveryState.PENDING) if row.made < before]
        failing = [row for row in old if self._lies_in(self.destinations[row.destination_id], scope)]
        for row in failing:
            row.state, row.reason, row.changed = DeliveryState.FAILED, reason, now
        return len(failing)

    def _lies_in(self, destination: Destination, scope: str) -> bool:
        return scope in scopes_of(destination) or address_scope(destination).startswith(f"{scope}/")

    async def repeat(self, key: str, reason: str, *, now: datetime, retry_at: datetime) -> None:
        """It may be out; once more."""

        def again(row: FakeDelivery) -> None:
            row.state, row.repeat, row.due = DeliveryState.PENDING, True, retry_at

        self._end(key, reason, now, "repeated", again)

    async def record_unconfirmed(self, key: str, reason: str, *, now: datetime) -> None:
        """It may be out; no more."""

        def unconfirmed(row: FakeDelivery) -> None:
            row.state = DeliveryState.UNCONFIRMED

        self._end(key, reason, now, "unconfirmed", unconfirmed)

    # --- pauses

    async def pauses(self, now: datetime) -> Sequence[Pause]:
        """Those that last, and broken ones."""
        lasting: Iterable[Pause] = (one for one in self.paused.values() if one.broken or one.until > now)
        return sorted(lasting, key=lambda one: one.scope)

    async def pause(self, scope: str) -> Pause | None:
        """The pause of a scope."""
        return self.paused.get(scope)

    async def put_pause(self, pause: Pause) -> None:
        """Put a pause."""
        known = self.paused.get(pause.scope, pause)
        self.paused[pause.scope] = replace(pause, until=max(pause.until, known.until))

    async def lift_broken(self, scopes: Sequence[str] | None = None) -> None:
        """Take broken pauses back."""
        for scope in list(self.paused) if scopes is None else scopes:
            if scope in self.paused and self.paused[scope].broken:
                self._bring_forward(self.paused.pop(scope))

    def _bring_forward(self, pause: Pause) -> None:
        for row in self._in(DeliveryState.PENDING):
            if row.due == pause.until and self._lies_in(self.destinations[row.destination_id], pause.scope):
                row.due = row.changed

    def _in(self, state: DeliveryState) -> list[FakeDelivery]:
        return [row for row in self.outbox.values() if row.state is state]

    def _delivery(self, row: FakeDelivery, *, repeat: bool) -> Delivery:
        destination = self.destinations[row.destination_id]
        first = self._answered(row)
        out = first is not None and first.state is DeliveryState.SENT
        message = Message(
            key=row.key,
            alert=self.newest(row.alert.id, row.destination_id),
            destination=destination,
            repeat=repeat and not row.message_id,
            reply_to=first.message_id if first and out else None,
            number=self.number(row.alert) if first and out and first.bundle else None,
        )
        return Delivery(
            message=message,
            state=row.state,
            due=row.due,
            attempts=row.attempts - 1 - _through(row),
            repeats=row.history.count("repeated"),
            reason=row.reason or None,
            edits=row.message_id,
        )

    def _end(
        self, key: str, reason: str, now: datetime, outcome: str, change: Callable[[FakeDelivery], None]
    ) -> None:
        if key not in self.outbox:
            raise StoreError(f"no delivery `{key}` in the store")
        row = self.outbox[key]
        if row.state is not DeliveryState.SENT:
            change(row)
            row.reason, row.changed, row.history[-1:] = reason, now, [outcome]


def _kept(row: FakeDelivery) -> bool:
    return row.held is HeldFor.APPROVAL


def _through(row: FakeDelivery) -> int:
    """How many attempts there were up to the last one that got through."""
    ended = [number for number, outcome in enumerate(row.history, 1) if outcome == "sent"]
    return ended[-1] if ended else 0
