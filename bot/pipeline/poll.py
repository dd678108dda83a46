"""Poll the sources that are due and store what is new."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errors import DepescheError, OfflineError, SourceError
from bot.pipeline import intervals, rhythm
from bot.pipeline.alarms import alarm, alarm_key, is_over
from bot.pipeline.intervals import Bounds, Plan, Wishes
from bot.ports.clock import Clock
from bot.ports.hubs import HubState, HubSubscription
from bot.ports.notices import Notices
from bot.ports.polling import Learnt, SourceDue
from bot.ports.sources import FeedFetcher, Fetched, SourceSettings
from bot.ports.store import SourceStore

log = structlog.get_logger()

AT_ONCE = 40
TROUBLED_AT_ONCE = 12  # of those that failed last time: they may not take the others' places
LEAST_REST = 0.05  # seconds between looks at what is due
REACHED_LATELY = timedelta(minutes=30)  # while any source answers, the others' silence is their own


class HubNotes(Protocol):
    """Takes note of what a feed says of its hub."""

    async def heard(self, source: SourceSettings, fetched: Fetched, known: HubSubscription | None) -> None:
        """A changed feed was polled; subscribe at the hub it names, if it names one."""
        ...


@dataclass(frozen=True, kw_only=True)
class Polled:
    """What polling one source gave: new articles, or the error."""

    source: SourceSettings
    new: int = 0
    error: SourceError | None = None


@dataclass(kw_only=True)
class Poller:
    """Asks due sources, a bounded number at once; one bad or slow source never stops the others.

    Attributes:
        bounds: Of the interval between two polls of one source.
        found: Called as soon as a source brought new articles.
        notices: Where alarms about sources go; None: nowhere.
        hubs: Is told which hub a feed names; None: hubs are not used.
    """

    store: SourceStore
    fetcher: FeedFetcher
    clock: Clock
    bounds: Bounds = field(default_factory=Bounds)
    jitter: Callable[[], float] = random.random
    found: Callable[[], None] = lambda: None
    notices: Notices | None = None
    hubs: HubNotes | None = None
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _troubled: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(TROUBLED_AT_ONCE))
    _flying: set[str] = field(default_factory=set)
    _reached: datetime | None = None

    async def poll_due(self, limit: int = 200) -> list[Polled]:
        """One round over the sources that are due now and not being asked already.

        Rounds may overlap: a slow source holds up its own round only.
        """
        due = await self.store.due_sources(self.clock.now(), limit + len(self._flying))
        free = [source for source in due if source.settings.id not in self._flying]
        self._flying.update(source.settings.id for source in free)
        return list(await asyncio.gather(*(self._poll(source) for source in free)))

    async def until_due(self, most: float) -> float:
        """Seconds until the next source is due, `most` at most; also where some are being asked just now."""
        at = None if self._flying else await self.store.next_poll_at()
        if at is None:
            return most
        return min(most, max(LEAST_REST, (at - self.clock.now()).total_seconds()))

    async def _poll(self, source: SourceDue) -> Polled:
        try:
            async with self._troubled if source.failures else self._gate:
                asked = self.clock.now()
                fetched = await self._fetch(source)
            new = await self._record(source, fetched, asked)
        except SourceError as error:
            await self._record_failure(source, error)
            return Polled(source=source.settings, error=error)
        finally:
            self._flying.discard(source.settings.id)
        return Polled(source=source.settings, new=new)

    async def _fetch(self, source: SourceDue) -> Fetched:
        """Ask the source where it is now.

        Raises:
            SourceError: Whatever goes wrong with it; a mistake of ours with one source is no other's trouble.
        """
        asked = replace(source.settings, url=source.learnt.follows or source.settings.url)
        try:
            return await self.fetcher.fetch(asked, source.validators)
        except DepescheError:
            raise
        except Exception as error:
            log.exception("unforeseen error in a source", source=source.settings.name)
            raise SourceError(
                f"Depesche cannot read it ({type(error).__name__}): a mistake of ours"
            ) from error

    async def _record(self, source: SourceDue, fetched: Fetched, asked: datetime) -> int:
        now = self.clock.now()
        self._reached = now
        learnt = rhythm.after_success(source.learnt, fetched, now)
        wishes = Wishes(
            set_to=source.settings.interval,
            max_age=fetched.max_age,
            pushed=is_pushed(source.hub, learnt, now),
        )
        # From poll to poll, not from the end of one to the next: but a slow server gets its rest.
        plan = intervals.after_success(asked, learnt, self.bounds, wishes, jitter=self.jitter())
        learnt = replace(learnt, interval=plan.interval, why=plan.why)
        await self._tell(source, learnt, now)
        new = await self.store.record_poll(
            source.settings.id,
            fetched,
            now=now,
            next_poll=max(plan.at, now + plan.interval / 2),
            oldest_pushed=rhythm.oldest_pushed(now, source.last_success),
            learnt=learnt,
        )
        if self.hubs and fetched.changed:
            await self.hubs.heard(source.settings, fetched, source.hub)
        log.debug("polled", source=source.settings.name, new=new, note=fetched.note, why=plan.why)
        if new:
            self.found()
        return new

    async def _record_failure(self, source: SourceDue, error: SourceError) -> None:
        now, failures = self.clock.now(), source.failures + 1
        if not isinstance(error, OfflineError):
            self._reached = now
        alone = self._reached is not None and now - self._reached < REACHED_LATELY
        learnt = rhythm.after_failure(source.learnt, error, now, failures=failures, alone=alone)
        plan = self._again(source, learnt, error, now)
        learnt = replace(learnt, interval=plan.interval, why=plan.why)
        await self._tell(source, learnt, now, str(error))
        await self.store.record_failure(
            source.settings.id, str(error), now=now, next_poll=plan.at, learnt=learnt
        )
        log.debug("poll failed", source=source.settings.name, why=str(error))

    def _again(self, source: SourceDue, learnt: Learnt, error: SourceError, now: datetime) -> Plan:
        usual = intervals.usual(learnt, self.bounds, now, source.settings.interval)
        failures = source.failures + 1
        return intervals.after_failure(now, error, usual, failures=failures, jitter=self.jitter())

    async def _tell(self, source: SourceDue, learnt: Learnt, now: datetime, why: str = "") -> None:
        """Say what a person should know, before it is recorded: the key keeps it from being said twice."""
        if self.notices is None:
            return
        if is_over(source.learnt, learnt):
            await self.notices.withdraw(alarm_key(source.settings.id, source.learnt))
        if notice := alarm(source.settings, source.learnt, learnt, now, why):
            await self.notices.post(notice)


def is_pushed(hub: HubSubscription | None, learnt: Learnt, now: datetime) -> bool:
    """Whether a hub brings a feed's news: its promise holds, and no poll found anything before it did."""
    if hub is None or hub.state is not HubState.ACTIVE or hub.pushed_at is None:
        return False
    if hub.lease_until is None or hub.lease_until <= now:
        return False
    return learnt.polled_new is None or hub.pushed_at >= learnt.polled_new
