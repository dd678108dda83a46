"""A clock that stands still until a test moves it on."""

import asyncio
import heapq
import itertools
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class FakeClock:
    """Fulfils `bot.ports.clock.Clock`; begins on Monday, 2 March 2026, noon UTC."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._order = itertools.count()
        self._sleepers: list[tuple[datetime, int, asyncio.Event]] = []

    def now(self) -> datetime:
        """The moment the test has set."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until the test has moved the clock on far enough."""
        done = asyncio.Event()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._order), done))
        await done.wait()

    def advance(self, seconds: float) -> None:
        """Move on, and wake who has slept long enough."""
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            heapq.heappop(self._sleepers)[2].set()
