"""Lets held alerts go out when their time has come, and ends what editors did not decide.

All of it rests on the store and the clock, so a restart at any moment changes nothing: a digest that was due
while the bot was down is told at the start, one that is hours late with the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

import structlog

from bot.alerts.collapse import SINGLY, Held, tellings
from bot.alerts.hours import Timing, When, digest_after, is_missed
from bot.pipeline.dispatch import Moments, Place, Timetable, muted_at, subjects_of, timetable, told_lately
from bot.ports.clock import Clock
from bot.ports.holding import HeldFor, HeldRow, Manner
from bot.ports.store import Store

log = structlog.get_logger()

LATE = timedelta(minutes=1)  # what has waited longer to be sent is looked at by its hours again
UNSUBSCRIBED = "unsubscribed while it was held"
MUTED = "muted while it was held"
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
        """What its place still wants; the rest is dropped: whoever left or muted it wants no more of it."""
        subscribed = {(one.channel, one.destination.id) for one in await self.store.subscriptions()}
        left = [row.key for row in due if row.channel and (row.channel, row.destination.id) not in subscribed]
        muted = await muted_at(self.store, now)
        silent = [row.key for row in due if await self._is_muted(row, muted)] if muted else []
        for keys, why in ((left, UNSUBSCRIBED), (silent, MUTED)):
            if keys:
                await self.store.drop(keys, why, now=now)
        return [row for row in due if row.key not in {*left, *silent}]

    async def _is_muted(self, row: HeldRow, muted: Mapping[Place, set[str]]) -> bool:
        here = muted.get((row.destination.kind, row.destination.address), set())
        return bool(here) and bool(here & subjects_of(row.alert, await self.store.story_of(row.alert.id)))

    async def _release(self, due: Sequence[HeldRow], table: Timetable, now: datetime) -> None:
        groups: dict[Group, list[HeldRow]] = {}
        recent = await told_lately(self.store, self.manners, now)
        for row in due:
            found = _due(row, table, now, recent)
            if found.until is not None:
                await self.store.hold_on([row.key], HeldFor(found.timing), found.until)
            else:
                groups.setdefault((row.destination.id, found.timing), []).append(row)
                recent.setdefault((row.destination.id, row.channel), []).append(now)
        for (_, why), rows in groups.items():
            caps = (table.hours(row.channel, row.destination).hourly for row in rows)
            held = [Held(key=row.key, alert=row.alert) for row in rows]
            await self.store.release(tellings(held, why, min(filter(None, caps), default=SINGLY)), now=now)


def _due(row: HeldRow, table: Timetable, now: datetime, recent: Moments) -> When:
    """Why a row that is due is told now, or until when it is held on, as the hours stand now."""
    hours, zone = table.hours(row.channel, row.destination), table.zone_at(row.destination)
    if row.why is HeldFor.DIGEST:
        if hours.digest and is_missed(row.due, now):
            return When(timing=Timing.DIGEST, until=digest_after(hours, now, zone))
        return When(timing=Timing.DIGEST)
    # What has waited its time has its place in the hour; what an editor let out has not.
    lately = recent.get((row.destination.id, row.channel), ()) if row.why is HeldFor.REVIEW else ()
    told = table.when(row.alert, row.channel, row.destination, now, lately)
    if told.until is not None:
        return told
    return When(timing=Timing.CAP if row.why is HeldFor.CAP else Timing.QUIET)
