"""Held, approved and taken back deliveries of the store in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.alerts.collapse import Bundle, Telling, caught_up
from bot.alerts.control import Approval, Asking, Correction
from bot.alerts.model import Alert
from bot.errors import StoreError
from bot.ports.alerts import Judged
from bot.ports.approvals import Awaited, Editor, Ruled, Ruling
from bot.ports.holding import ChatHours, HeldFor, HeldRow, HeldSum, Hold
from bot.ports.messenger import Destination
from bot.ports.pauses import Pause, chat_of
from bot.ports.store import Delivery, DeliveryState
from bot.storage.placing import told_as
from tests.fakes.store_opinions import FakeOpinions
from tests.fakes.store_rows import FakeDelivery

HELD, AWAITING = DeliveryState.HELD, DeliveryState.AWAITING
TOLD = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCONFIRMED)
WAITS = (DeliveryState.PENDING, HELD, AWAITING)


@dataclass(kw_only=True)
class FakeChannels(FakeOpinions):
    """Fulfils `ChannelStore`; asks by alert and editors, corrections by the first alert."""

    asked: dict[tuple[str, str], Asking] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    chosen: dict[tuple[str, str], ChatHours] = field(default_factory=dict)

    # --- new rows

    def put_rows(self, one: Judged, now: datetime) -> None:
        """Put the rows of an alert that is pushed."""
        alert = one.alert
        if alert.updates and not one.quiet:
            self._edit([alert.updates], now)
        first_rows = {
            place.id: self.teller(self.outbox.get(f"{alert.updates}:{place.id}"))
            for place in one.destinations
        }
        waiting = {row.editors_id for row in self.outbox.values() if row.alert.id == alert.updates
                   and row.state is AWAITING}  # fmt: skip
        for ask in one.asks:
            if ask.editors.id not in waiting and (alert.id, ask.editors.id) not in self.asked:
                self.asked[alert.id, ask.editors.id] = Asking(state=Approval.AWAITING, until=ask.until)
                self._place_row(alert, ask.editors, now).asks = True
        for place in one.destinations:
            first, hold = first_rows[place.id], one.holds.get(place.id)
            if not _is_told_by(first, hold):
                told = self.alerts[told_as(one)].alert
                self._place_row(told, place, now, hold).channel = one.channels.get(place.id)
            if first and first.state is HELD and hold is None:
                first.state, first.due, first.made = DeliveryState.PENDING, now, now
        if alert.updates:
            self._supersede(alert, [place.id for place in one.destinations], now)

    def _place_row(
        self, alert: Alert, place: Destination, now: datetime, hold: Hold | None = None
    ) -> FakeDelivery:
        self.destinations.setdefault(place.id, place)
        row = FakeDelivery(
            key=f"{alert.id}:{place.id}", alert=alert, destination_id=place.id,
            due=hold.until if hold else now, made=now, changed=now,
        )  # fmt: skip
        if hold:
            row.state = AWAITING if hold.why is HeldFor.APPROVAL else HELD
            row.held, row.editors_id = hold.why, hold.editors.id if hold.editors else None
        return self.outbox.setdefault(row.key, row)

    def _supersede(self, alert: Alert, places: Collection[str], now: datetime) -> None:
        for row in self._in(HELD) + self._in(AWAITING):
            earlier = row.alert.updates == alert.updates and row.alert.id != alert.id
            if earlier and row.destination_id in places:
                row.state, row.told_in = DeliveryState.SUPERSEDED, f"{alert.id}:{row.destination_id}"
                for key in [key for key in self.asked if key[0] == row.alert.id]:
                    if self.asked[key].state is Approval.AWAITING:
                        self.asked[key] = replace(self.asked[key], state=Approval.REPLACED, at=now)
                        self._edit([row.alert.id], now)

    def _edit(self, alert_ids: Collection[str], now: datetime, place: str | None = None) -> None:
        """Let the messages that are out and tell these alerts say what is true now."""
        theirs = [row for row in self.outbox.values() if row.alert.id in alert_ids
                  and place in (None, row.destination_id)]  # fmt: skip
        carriers = [self.outbox[row.told_in] for row in theirs
                    if row.state is DeliveryState.GATHERED and row.told_in]  # fmt: skip
        for row in theirs + carriers:
            if row.state is DeliveryState.SENT and row.message_id:
                row.state, row.due, row.made, row.changed = DeliveryState.PENDING, now, now, now

    # --- what messages say

    def says(self, row: FakeDelivery) -> str:
        """Newest states, corrections, decisions."""
        if row.bundle:
            return ",".join(self._says_alone(one) for one in self._told_by(row))
        asking = self.asked.get((row.alert.id, row.destination_id)) if row.asks else None
        decided = f":{asking.state}" if asking and asking.state is not Approval.AWAITING else ""
        return self._says_alone(row) + decided

    def _says_alone(self, row: FakeDelivery) -> str:
        return super().says(row) + ("!" if self._correction(row.alert) else "")

    def _told_by(self, row: FakeDelivery) -> list[FakeDelivery]:
        """What a summary tells; what was taken back is left out of one that is not out yet."""
        keys = {row.key, *(one.key for one in self._in(DeliveryState.GATHERED) if one.told_in == row.key)}
        gathered = [one for one in self.outbox.values() if one.key in keys]
        return [one for one in gathered if row.message_id or not self._correction(one.alert)]

    def _correction(self, alert: Alert) -> Correction | None:
        return self.corrections.get(alert.updates or alert.id)

    def _alert(self, row: FakeDelivery) -> Alert:
        alert = self.newest(row.alert.id, row.destination_id)
        missed = [one.alert for one in self.outbox.values()
                  if one.told_in == row.key and one.state is DeliveryState.SUPERSEDED]  # fmt: skip
        return caught_up(alert, missed) if alert.updates and alert.id == row.alert.id and missed else alert

    def _delivery(self, row: FakeDelivery, *, repeat: bool) -> Delivery:
        plain = super()._delivery(row, repeat=repeat)
        if row.bundle:
            told = self._told_by(row)
            bundle = Bundle(
                head=row.bundle,
                alerts=tuple(self._alert(one) for one in told),
                retracted=frozenset(self._alert(one).id for one in told if self._correction(one.alert)),
                numbers={self._alert(one).id: self.number(one.alert) for one in told},
            )
            return replace(plain, message=replace(plain.message, bundle=bundle))
        extras = replace(
            plain.message,
            alert=self._alert(row),
            correction=self._correction(row.alert),
            asking=self.asked.get((row.alert.id, row.destination_id)) if row.asks else None,
        )
        return replace(plain, message=extras)

    async def record_not_sent(
        self, key: str, reason: str, *, now: datetime, retry_at: datetime | None, pause: Pause | None = None
    ) -> None:
        """It is not out; what was taken back meanwhile is not sent again."""
        await super().record_not_sent(key, reason, now=now, retry_at=retry_at, pause=pause)
        row = self.outbox[key]
        kept = row.message_id or row.bundle or row.repeat
        if row.state is DeliveryState.PENDING and self._correction(row.alert) and not kept:
            row.state, row.reason = DeliveryState.DROPPED, "retracted before it was sent"

    # --- holding

    async def told_lately(self, *, since: datetime) -> Mapping[tuple[str, str], Sequence[datetime]]:
        """When which channel told what where."""
        found: dict[tuple[str, str], list[datetime]] = {}
        for row in self.outbox.values():
            at = row.told_at or row.made
            if row.channel and row.state in TOLD and at > since:
                found.setdefault((row.destination_id, row.channel), []).append(at)
        return {key: sorted(moments) for key, moments in found.items()}

    async def held_due(self, now: datetime) -> Sequence[HeldRow]:
        """What is held and due."""
        return [self._held_row(row) for row in self._in(HELD) if row.due <= now]

    async def late(self, before: datetime) -> Sequence[HeldRow]:
        """What was due and did not go out."""
        unsent = [row for row in self._in(DeliveryState.PENDING) if _never_left(row) and row.made < before]
        return [self._held_row(row) for row in unsent if row.channel is not None and row.bundle is None]

    def _held_row(self, row: FakeDelivery) -> HeldRow:
        return HeldRow(
            key=row.key,
            alert=self.newest(row.alert.id, row.destination_id),
            destination=self.destinations[row.destination_id],
            channel=row.channel or "",
            why=row.held or HeldFor.REVIEW,
            due=row.due,
        )

    async def hold_back(self, keys: Sequence[str], why: HeldFor, until: datetime) -> None:
        """Hold what is pending."""
        for row in self._in(DeliveryState.PENDING):
            if row.key in keys and _never_left(row):
                row.state, row.held, row.due = HELD, why, until

    async def release(self, tellings: Sequence[Telling], *, now: datetime) -> None:
        """Let held deliveries go out."""
        for number, telling in enumerate(tellings):
            row = self.outbox[telling.key]
            if row.state is HELD:
                row.state, row.bundle, row.made = DeliveryState.PENDING, telling.head, now
                row.due = now - (len(tellings) - number) * timedelta(milliseconds=1)
            for other in (self.outbox[key] for key in telling.others):
                if other.state is HELD:
                    other.state, other.told_in = DeliveryState.GATHERED, telling.key

    async def hold_on(self, keys: Sequence[str], why: HeldFor, until: datetime) -> None:
        """Hold on."""
        for row in self._in(HELD):
            if row.key in keys:
                row.held, row.due = why, until

    async def drop(self, keys: Sequence[str], reason: str, *, now: datetime) -> None:
        """Never send."""
        for row in self._in(HELD):
            if row.key in keys:
                row.state, row.reason, row.changed = DeliveryState.DROPPED, reason, now

    async def held(self) -> Sequence[HeldSum]:
        """All that is held."""
        sums: dict[tuple[str, HeldFor], list[datetime]] = {}
        for row in self._in(HELD) + self._in(AWAITING):
            sums.setdefault((row.destination_id, row.held or HeldFor.REVIEW), []).append(row.due)
        found = [
            HeldSum(destination=self.destinations[place], why=why, number=len(due), until=min(due))
            for (place, why), due in sums.items()
        ]
        return sorted(found, key=lambda one: (one.until, one.destination.id, one.why))

    async def put_hours(self, hours: ChatHours, *, now: datetime) -> None:
        """Make these the hours of a chat."""
        self.chosen[hours.kind, hours.address] = hours
        for row in self._in(HELD):
            place = self.destinations[row.destination_id]
            if (place.kind, place.address) == (hours.kind, hours.address):
                row.held, row.due = HeldFor.REVIEW, now

    async def chat_hours(self) -> Sequence[ChatHours]:
        """What chats chose."""
        return [self.chosen[key] for key in sorted(self.chosen)]

    def _unknown(self, kind: str | None, chat: str | None) -> list[FakeDelivery]:
        rows = [(row, self.destinations[row.destination_id]) for row in self._in(DeliveryState.UNCONFIRMED)]
        return [row for row, place in rows
                if chat is None or (place.kind, chat_of(place.address)) == (kind, chat)]  # fmt: skip

    async def unconfirmed(
        self, kind: str | None = None, chat: str | None = None
    ) -> Sequence[tuple[Alert, Destination]]:
        """What nobody knows to have arrived."""
        rows = self._unknown(kind, chat)
        return [(self.newest(row.alert.id), self.destinations[row.destination_id]) for row in rows]

    async def resend(self, kind: str | None = None, chat: str | None = None, *, now: datetime) -> int:
        """Send it again."""
        rows = self._unknown(kind, chat)
        for row in rows:
            row.state, row.repeat, row.due, row.made = DeliveryState.PENDING, True, now, now
        return len(rows)

    # --- approval

    async def decide(self, alert_id: str, verdict: Approval, editor: Editor, *, now: datetime) -> Ruled:
        """Take an editor's word."""
        key = self._asked(alert_id, editor)
        if key is None:
            return Ruled(ruling=Ruling.NOT_ASKED)
        asking = self.asked[key]
        if asking.state is not Approval.AWAITING:
            return Ruled(ruling=Ruling.ALREADY, state=asking.state, by=asking.by)
        if self.newest(key[0], key[1]).id != alert_id:
            return Ruled(ruling=Ruling.CHANGED, state=Approval.AWAITING)
        self.asked[key] = replace(asking, state=verdict, by=editor.name, at=now)
        for row in self._waiting(key):
            if verdict is Approval.SENT:
                self._let_out(row, now)
            else:
                row.state, row.reason = DeliveryState.DROPPED, f"dropped by {editor.name}"
        self._edit([key[0]], now, key[1])
        return Ruled(ruling=Ruling.DONE, state=verdict, by=editor.name)

    def _asked(self, alert_id: str, editor: Editor) -> tuple[str, str] | None:
        if alert_id not in self.alerts:
            return None
        for one in (alert_id, self.alerts[alert_id].alert.updates):
            for key in self.asked:
                place = self.destinations[key[1]]
                here = (place.kind, chat_of(place.address)) == (editor.kind, chat_of(editor.chat))
                if key[0] == one and here:
                    return key
        return None

    def _waiting(self, key: tuple[str, str]) -> list[FakeDelivery]:
        return [row for row in self._in(AWAITING) if (row.alert.id, row.editors_id) == key]

    def _let_out(self, row: FakeDelivery, now: datetime) -> None:
        row.state, row.held, row.due = HELD, HeldFor.REVIEW, now
        first = self._first(row)
        told = self.teller(first)
        if first and told and _never_left(told):
            row.state, row.told_in = DeliveryState.SUPERSEDED, first.key
        if row.alert.updates:
            self._edit([row.alert.updates], now, row.destination_id)

    async def expire(self, *, now: datetime) -> int:
        """End what nobody decided in time."""
        late = [key for key, one in self.asked.items()
                if one.state is Approval.AWAITING and one.until <= now]  # fmt: skip
        for key in late:
            self.asked[key] = replace(self.asked[key], state=Approval.EXPIRED, at=now)
            for row in self._waiting(key):
                row.state, row.reason, row.changed = DeliveryState.FAILED, "no editor decided in time", now
            self._edit([key[0]], now, key[1])
        return len(late)

    async def awaited(self) -> Sequence[Awaited]:
        """What waits for editors."""
        found = [
            Awaited(alert=self.alerts[alert].alert, editors=self.destinations[place], until=one.until)
            for (alert, place), one in self.asked.items()
            if one.state is Approval.AWAITING
        ]
        return sorted(found, key=lambda one: one.until)

    # --- taking back

    async def retract(self, alert_id: str, correction: Correction, *, now: datetime) -> bool:
        """Take an alert back."""
        known = self.alerts.get(alert_id)
        if known is None:
            raise StoreError(f"no alert `{alert_id}` in the store")
        first = known.alert.updates or alert_id
        if first in self.corrections:
            return False
        self.corrections[first] = correction
        states = [one for one, fake in self.alerts.items() if first in (one, fake.alert.updates)]
        for row in self.outbox.values():
            if row.alert.id in states and _never_left(row) and not self._has_others(row):
                row.state, row.reason = DeliveryState.DROPPED, "retracted before it was sent"
        for key, one in self.asked.items():
            if key[0] in states and one.state is Approval.AWAITING:
                self.asked[key] = replace(one, state=Approval.DROPPED, at=now)
        self._edit(states, now)
        return True

    def _has_others(self, row: FakeDelivery) -> bool:
        return any(one.told_in == row.key for one in self._in(DeliveryState.GATHERED))

    async def retracted(self, alert_ids: Collection[str]) -> Mapping[str, Correction]:
        """Those that were taken back."""
        known = [one for one in alert_ids if one in self.alerts]
        found = {one: self._correction(self.alerts[one].alert) for one in known}
        return {one: correction for one, correction in found.items() if correction}


def _never_left(row: FakeDelivery) -> bool:
    return row.state in WAITS and row.message_id is None and not row.repeat


def _is_told_by(first: FakeDelivery | None, hold: Hold | None) -> bool:
    """Whether the row of the alert that it updates will say the new state itself."""
    if first is None or not _never_left(first):
        return False
    return first.state is AWAITING or hold is None or hold.why is not HeldFor.APPROVAL
