"""Poll the sources that are due and store what is new."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.errors import SourceError
from bot.pipeline.pacing import POLL_INTERVAL, next_poll, next_try
from bot.ports.clock import Clock
from bot.ports.sources import FeedFetcher, SourceSettings
from bot.ports.store import SourceDue, SourceStore

log = structlog.get_logger()

FIRST_PUSH = timedelta(hours=24)
AT_ONCE = 20


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
        found: Called as soon as a source brought new articles.
    """

    store: SourceStore
    fetcher: FeedFetcher
    clock: Clock
    interval: timedelta = POLL_INTERVAL
    jitter: Callable[[], float] = random.random
    found: Callable[[], None] = lambda: None
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _flying: set[str] = field(default_factory=set)

    async def poll_due(self, limit: int = 200) -> list[Polled]:
        """One round over the sources that are due now and not being asked already.

        Rounds may overlap: a slow source holds up its own round only.
        """
        due = await self.store.due_sources(self.clock.now(), limit + len(self._flying))
        free = [source for source in due if source.settings.id not in self._flying]
        self._flying.update(source.settings.id for source in free)
        return list(await asyncio.gather(*(self._poll(source) for source in free)))

    async def _poll(self, source: SourceDue) -> Polled:
        try:
            async with self._gate:
                fetched = await self.fetcher.fetch(source.settings, source.validators)
        except SourceError as error:
            await self._record_failure(source, error)
            return Polled(source=source.settings, error=error)
        else:
            now = self.clock.now()
            new = await self.store.record_poll(
                source.settings.id,
                fetched,
                now=now,
                next_poll=next_poll(now, self.interval, jitter=self.jitter()),
                oldest_pushed=now - FIRST_PUSH if source.first_fetch else None,
            )
        finally:
            self._flying.discard(source.settings.id)
        log.debug("polled", source=source.settings.name, new=new, note=fetched.note)
        if new:
            self.found()
        return Polled(source=source.settings, new=new)

    async def _record_failure(self, source: SourceDue, error: SourceError) -> None:
        now = self.clock.now()
        again = next_try(
            now,
            self.interval,
            failures=source.failures + 1,
            retry_after=error.retry_after,
            jitter=self.jitter(),
        )
        await self.store.record_failure(source.settings.id, str(error), now=now, next_poll=again)
        log.debug("poll failed", source=source.settings.name, why=str(error))
