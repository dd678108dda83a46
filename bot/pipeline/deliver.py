"""Send what the outbox holds, and record what became of it.

Destinations are served side by side, one message at a time each: a slow or paused one holds up no other.
What a platform refuses pauses what it names and nothing else. Rows of a paused destination wait, in their
order; those that have waited three days fail visibly: a chat that somebody mends after weeks must not be
flooded with old news, and a failed row is listed, so nothing is lost unseen. What only a person can mend is
tried again every six hours, at each start, and as soon as somebody uses the bot from that chat.

An edit may be made any number of times: one whose end is not known is simply made again. A message that
cannot be edited any more is listed, and its updates come by themselves.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from traceback import extract_tb
from typing import Protocol

import structlog

from bot.errors import StoreError
from bot.pipeline.pacing import (
    GIVE_UP,
    MOST_TRIES,
    PUBLISHED,
    REPEAT_PAUSE,
    Limit,
    Limits,
    Sends,
    may_send_at,
    next_repeat,
    next_send,
    pause_after,
    pause_scope,
    with_send,
    without_old,
)
from bot.ports.clock import Clock
from bot.ports.messenger import Ambiguous, Destination, Messenger, NotSent, Outcome, Reach, Sent
from bot.ports.pauses import Pause, PauseStore
from bot.ports.store import Delivery, OutboxStore
from bot.rules.model import Severity

log = structlog.get_logger()

MISSING = NotSent(
    reason="this platform is not configured any more: set its token again",
    permanent=True,
    reach=Reach.PLATFORM,
)
CUT_OFF = NotSent(reason="stopped while the message was edited", reach=Reach.MESSAGE)
AT_ONCE = 50  # sends on their way to one platform
TICK = 1.0  # seconds between looks at what is due, when nothing wakes the worker before
AFTER_TROUBLE = 5.0  # seconds until the store is asked again after an error
GRACE = 1.5  # seconds that sends on their way get at the end; the bot stops within two
MOVES_AT_ONCE = 3  # a destination that moves and moves is followed at leisure


class DeliveryStore(OutboxStore, PauseStore, Protocol):
    """The part of the store that deliveries need."""


@dataclass(kw_only=True)
class Deliverer:
    """The outbox worker: marks `sending` before the call, records the outcome after it.

    Attributes:
        messengers: Kind of destination -> the platform that serves it.
        limits: Kind of destination -> the limits of its platform; a kind left out has none.
        repeat_after: The first wait before an alert that may have arrived is sent again.
    """

    store: DeliveryStore
    messengers: Mapping[str, Messenger]
    clock: Clock
    limits: Mapping[str, Limits] = field(default_factory=lambda: PUBLISHED)
    repeat_after: timedelta = REPEAT_PAUSE
    _sends: Sends = field(default_factory=dict)
    _under_way: dict[str, asyncio.Task[bool]] = field(default_factory=dict)
    _kinds: Counter[str] = field(default_factory=Counter)
    _ready: datetime | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _closing: bool = False

    async def recover(self) -> int:
        """At the start: find out what became of sends that a crash cut off; return how many there were.

        What only a person can mend may have been mended: it is tried anew.
        """
        await self.store.lift_broken()
        left = await self.store.left_sending()
        per_place: dict[str, list[Delivery]] = {}
        for delivery in left:
            per_place.setdefault(delivery.message.destination.id, []).append(delivery)
        await asyncio.gather(*map(self._reconcile, per_place.values()))
        return len(left)

    async def run(self, wake: asyncio.Event) -> None:
        """Deliver until cancelled; what is on its way then may still end.

        Args:
            wake: Set by whoever puts rows into the outbox; the store says what there is to do.
        """
        self._wake = wake
        try:
            while True:
                wake.clear()
                pause = await self._round()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), pause)
        finally:
            await self.close()

    async def deliver_pending(self) -> int:
        """Send all that may go out now, and wait for it; return how many sends were made."""
        made = 0
        while await self.start_due():
            sent = sum(await asyncio.gather(*self._under_way.values()))
            made += sent
            if not sent:
                break
        return made

    async def start_due(self) -> int:
        """Begin a send to each destination that may have one now; return to how many. Waits for none."""
        if self._closing:
            return 0
        now, started = self.clock.now(), 0
        self._sends, self._ready = without_old(self._sends, now), None
        for destination in await self.store.waiting_destinations(now):
            started += self._start(destination, now)
        return started

    def reserve(self, destination: Destination) -> bool:
        """Take a place among the sends there for a message that is no alert; False where none is free now."""
        now, limits = self.clock.now(), self._limits(destination)
        free = may_send_at(self._sends, limits, now) <= now
        if free:
            self._sends = with_send(self._sends, limits, now)
        return free

    async def close(self, grace: float = GRACE) -> None:
        """Begin nothing more; give what is on its way some seconds to end."""
        self._closing = True
        if tasks := set(self._under_way.values()):
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _round(self) -> float:
        """Begin what may begin; return the seconds until the next look."""
        try:
            await self.start_due()
        except StoreError as error:
            log.warning("outbox not readable, trying again", why=str(error))
            return AFTER_TROUBLE
        if self._ready is None:
            return TICK
        return min(TICK, max(0.0, (self._ready - self.clock.now()).total_seconds()))

    def _start(self, destination: Destination, now: datetime) -> bool:
        """Begin a send, if nothing is on its way there and all limits are kept."""
        if destination.id in self._under_way or self._kinds[destination.kind] >= AT_ONCE:
            return False
        limits = self._limits(destination)
        at = may_send_at(self._sends, limits, now)
        if at > now:
            self._ready = min(at, self._ready or at)
            return False
        self._sends = with_send(self._sends, limits, now)
        self._kinds[destination.kind] += 1
        task = asyncio.create_task(self._carry(destination), name=f"send {destination.id}")
        self._under_way[destination.id] = task
        task.add_done_callback(lambda _: self._ended(destination))
        return True

    def _ended(self, destination: Destination) -> None:
        del self._under_way[destination.id]
        self._kinds[destination.kind] -= 1
        self._wake.set()

    def _limits(self, destination: Destination) -> list[Limit]:
        limits = self.limits.get(destination.kind)
        return list(limits(destination)) if limits else []

    async def _carry(self, destination: Destination) -> bool:
        """Send one message; whether there was one."""
        try:
            taken = await self.store.take_pending(self.clock.now(), 1, destination=destination.id)
        except StoreError as error:
            log.warning("outbox not writable, trying again", why=str(error))
            await self.clock.sleep(AFTER_TROUBLE)
            return False
        for delivery in taken:
            await self._record(delivery, await self._send(delivery))
        return bool(taken)

    async def _send(self, delivery: Delivery) -> Outcome:
        messenger = self.messengers.get(delivery.message.destination.kind)
        if messenger is None:
            return MISSING
        try:
            if delivery.edits is not None:
                return _of_edit(await messenger.edit(delivery.message, delivery.edits))
            outcome = await messenger.send(delivery.message)
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not stop the other destinations
            return _of_edit(_unforeseen(error)) if delivery.edits else _unforeseen(error)
        # A platform that can be asked is asked at once: a needless repeat is one too many.
        return await self._found(delivery) if isinstance(outcome, Ambiguous) else outcome

    async def _reconcile(self, deliveries: Iterable[Delivery]) -> None:
        for delivery in deliveries:
            found = CUT_OFF if delivery.edits is not None else await self._found(delivery)
            await self._record(delivery, found, at_once=True)

    async def _found(self, delivery: Delivery) -> Outcome:
        """What became of a send that was cut off."""
        messenger = self.messengers.get(delivery.message.destination.kind)
        if messenger is None:
            return Ambiguous(reason=f"cut off, and {MISSING.reason}")
        try:
            return await messenger.reconcile(delivery.message)
        except Exception as error:  # noqa: BLE001 - as above
            return _unforeseen(error)

    async def _record(self, delivery: Delivery, outcome: Outcome, *, at_once: bool = False) -> None:
        """Record until the store takes it: what became of the send is known nowhere else."""
        for tries in count(1):
            try:
                await self._record_once(delivery, outcome, at_once=at_once)
            except StoreError as error:
                log.warning("outcome not stored, trying again", key=delivery.message.key, why=str(error))
                now = self.clock.now()
                await self.clock.sleep((next_send(now, attempts=tries) - now).total_seconds())
            else:
                return

    async def _record_once(self, delivery: Delivery, outcome: Outcome, *, at_once: bool) -> None:
        key = delivery.message.key
        match outcome:
            case Sent():
                await self.store.record_sent(key, outcome.id, now=self.clock.now())
            case NotSent(moved_to=str()):
                await self._record_moved(delivery, outcome)
            case NotSent():
                await self._record_refused(delivery, outcome, at_once=at_once)
            case Ambiguous():
                await self._record_ambiguous(delivery, outcome)

    async def _record_moved(self, delivery: Delivery, moved: NotSent) -> None:
        """Follow the destination to its new address, and deliver there at once."""
        now, message, tries = self.clock.now(), delivery.message, delivery.attempts + 1
        await self.store.move_destination(message.destination.id, moved.moved_to or "")
        retry = delivery.due if tries <= MOVES_AT_ONCE else next_send(now, attempts=tries)
        await self.store.record_not_sent(message.key, moved.reason, now=now, retry_at=retry)
        log.warning(
            "a group has a new id and its alerts follow it: mend the id where the configuration names it",
            old=message.destination.address,
            new=moved.moved_to,
        )

    async def _record_refused(self, delivery: Delivery, refusal: NotSent, *, at_once: bool) -> None:
        now, message = self.clock.now(), delivery.message
        known = await self.store.pause(pause_scope(refusal, message.destination))
        if _is_of_the_message(delivery, refusal, known):
            refusal = replace(refusal, reach=Reach.MESSAGE)
        at_once = at_once and not refusal.permanent and refusal.retry_after is None
        pause = None if at_once else pause_after(refusal, message.destination, known, now=now)
        retry = delivery.due if at_once else self._again(delivery, refusal, pause, now)
        await self.store.record_not_sent(message.key, refusal.reason, now=now, retry_at=retry, pause=pause)
        what = "alert not delivered" if delivery.edits is None else "alert not brought up to date"
        log.warning(what, why=refusal.reason, to=message.destination.id, again=retry)
        if pause:
            await self._give_up(pause.scope, refusal.reason, now)

    def _again(
        self, delivery: Delivery, refusal: NotSent, pause: Pause | None, now: datetime
    ) -> datetime | None:
        """When a row is due again; None: it fails."""
        if refusal.reach is Reach.MESSAGE:
            if refusal.permanent or delivery.attempts + 1 >= MOST_TRIES:
                return None
            asked = now + timedelta(seconds=refusal.retry_after or 0.0)
            return max(next_send(now, attempts=delivery.attempts + 1), asked)
        if refusal.retry_after is not None or refusal.reach is Reach.PLATFORM:
            return delivery.due  # it keeps its place
        # It may be this row after all: those that are due until then go first.
        return pause.until if pause else now

    async def _give_up(self, scope: str, reason: str, now: datetime) -> None:
        given_up = await self.store.give_up(scope, reason, before=now - GIVE_UP, now=now)
        if given_up:
            log.warning("alerts given up after three days", scope=scope, number=given_up, why=reason)

    async def _record_ambiguous(self, delivery: Delivery, outcome: Ambiguous) -> None:
        """What may be out is repeated, marked as a possible repeat, only when it matters enough."""
        now, key = self.clock.now(), delivery.message.key
        urgent = delivery.message.alert.severity.rank >= Severity.HIGH.rank
        again = next_repeat(now, repeats=delivery.repeats, first=self.repeat_after)
        retry = again if urgent else None
        if retry is not None:
            await self.store.repeat(key, outcome.reason, now=now, retry_at=retry)
        else:
            await self.store.record_unconfirmed(key, outcome.reason, now=now)
        log.warning("alert perhaps delivered", why=outcome.reason, again=retry)


def _is_of_the_message(delivery: Delivery, refusal: NotSent, known: Pause | None) -> bool:
    """Whether a place that takes other messages refuses this one for the second time."""
    return (
        refusal.permanent
        and refusal.reach is Reach.DESTINATION
        and known is None
        and delivery.attempts > 0
        and delivery.reason == refusal.reason
    )


def _of_edit(outcome: Outcome) -> Outcome:
    """An edit that may have been made is made again."""
    if isinstance(outcome, Ambiguous):
        return NotSent(reason=outcome.reason, reach=Reach.MESSAGE)
    return outcome


def _unforeseen(error: Exception) -> Ambiguous:
    # Not its text and no trace: either may hold an address with a token in it.
    frames = extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    log.error("unforeseen error while sending, going on", error=type(error).__name__, place=place)
    return Ambiguous(reason=f"unforeseen error ({type(error).__name__})")
