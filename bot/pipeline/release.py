"""Lets held alerts go out when their time has come, and ends what editors did not decide.

All of it rests on the store and the clock, so a restart at any moment changes nothing: a digest that was due
while the bot was down is told at the start, one that is hours late with the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

import structlog

from bot.alerts.collapse import Held, tellings
from bot.alerts.hours import Timing, When, digest_after, is_missed
from bot.pipeline.dispatch import Timetable, timetable
from bot.ports.clock import Clock
from bot.ports.holding import HeldFor, HeldRow, Manner
from bot.ports.store import Store

log = structlog.get_logger()

LATE = timedelta(minutes=1)  # what has waited longer to be sent is looked at by its hours again
UNSUBSCRIBED = "unsubscribed while it was held"
Group = tuple[str, Timing]  # destination id, and for what reason it is told now


@dataclass(kw_only=True)
class Releaser:
    """Looks at what is held and due."""

    store: Store
    clock: Clock
    manners: Mapping[str, Manner] = field(default_factory=dict)
    zone: tzinfo = UTC
    _looked: datetime | None = None

    async def release_due(self) -> int:
        """Handle what is due; return how many deliveries and decisions that were."""
        now = self.clock.now()
        expired = await self._expire(now)
        due, late = await self.store.held_due(now), await self._late(now)
        if due or late:
            table = await timetable(self.store, self.manners, self.zone)
            await self._hold_back(late, table, now)
            await self._release(await self._wanted(due, now), table, now)
        return expired + len(due)

    async def _late(self, now: datetime) -> Sequence[HeldRow]:
        """What waits to be sent for long; looked at now and then, for a platform may be down for days."""
        if self._looked and now - self._looked < LATE:
            return ()
        self._looked = now
        return await self.store.late(now - LATE)

    async def _hold_back(self, late: Sequence[HeldRow], table: Timetable, now: datetime) -> None:
        """What a chat could not take before its quiet hours must not wake it when it can."""
        for row in late:
            told = table.when(row.alert, row.channel, row.destination, now)
            if told.until is not None and told.timing is Timing.QUIET:
                await self.store.hold_back([row.key], HeldFor.QUIET, told.until)

    async def _expire(self, now: datetime) -> int:
        if not any(one.until <= now for one in await self.store.awaited()):
            return 0
        expired = await self.store.expire(now=now)
        log.warning("no editor decided in time: not sent", number=expired)
        return expired

    async def _wanted(self, due: Sequence[HeldRow], now: datetime) -> list[HeldRow]:
        """What its place still subscribes to; the rest is dropped: whoever left wants no more of it."""
        subscribed = {(one.channel, one.destination.id) for one in await self.store.subscriptions()}
        left = [row.key for row in due if row.channel and (row.channel, row.destination.id) not in subscribed]
        if left:
            await self.store.drop(left, UNSUBSCRIBED, now=now)
        return [row for row in due if row.key not in left]

    async def _release(self, due: Sequence[HeldRow], table: Timetable, now: datetime) -> None:
        groups: dict[Group, list[Held]] = {}
        for row in due:
            found = _due(row, table, now)
            if found.until is not None:
                await self.store.hold_on([row.key], HeldFor(found.timing), found.until)
            else:
                group = groups.setdefault((row.destination.id, found.timing), [])
                group.append(Held(key=row.key, alert=row.alert))
        for (_, why), held in groups.items():
            await self.store.release(tellings(held, why), now=now)


def _due(row: HeldRow, table: Timetable, now: datetime) -> When:
    """Why a row that is due is told now, or until when it is held on, as the hours stand now."""
    hours, zone = table.hours(row.channel, row.destination), table.zone_at(row.destination)
    if row.why is HeldFor.DIGEST:
        if hours.digest and is_missed(row.due, now):
            return When(timing=Timing.DIGEST, until=digest_after(hours, now, zone))
        return When(timing=Timing.DIGEST)
    told = table.when(row.alert, row.channel, row.destination, now)
    if told.until is not None:
        return told
    return When(timing=Timing.CAP if row.why is HeldFor.CAP else Timing.QUIET)
