"""Poll a farm of feeds for some cycles of ten simulated minutes, and say what it cost.

    python -m tests.bench.poll_day PORT FEEDS CYCLES FILE

The schedule is simulated, everything else is real: a clock of ours stands at each of the 600 seconds of a
cycle in turn, and in each the poller does what the running bot's loop does in a second: it asks the store
what is due and polls that, over real connections, guard, robots.txt, parser and an SQLite file. Nothing waits
for a second to pass, so a cycle takes as long as its work; its processor time over 600 s is the share of a
core that ten real minutes would have cost. Prints JSON: processor seconds of each cycle, peak memory in MB.
"""

import asyncio
import json
import logging
import resource
import sys
import time
from datetime import UTC, datetime, timedelta

import structlog

from bot.pipeline.intervals import Bounds
from bot.pipeline.poll import Poller
from bot.ports.sources import SourceSettings
from bot.ports.store import Store
from bot.sources.fetchers import Fetchers
from bot.storage.opening import open_store
from tests.bench.feed_farm import host
from tests.fakes.clock import FakeClock

CYCLE = 600  # seconds
START = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def run(port: int, feeds: int, cycles: int, file: str) -> dict[str, object]:
    """Poll, and measure."""
    clock, store = FakeClock(START), await open_store(file)
    fetchers = Fetchers(now=clock.now, allow=["127.0.0.0/8"])
    poller = Poller(
        store=store,
        fetcher=fetchers,
        clock=clock,
        bounds=Bounds(shortest=timedelta(seconds=CYCLE), longest=timedelta(seconds=CYCLE)),
        jitter=lambda: 0.0,
    )
    await store.put_sources([_source(number, port) for number in range(feeds)], START)
    await _spread(store, clock, feeds)
    spent, polls, new, failed = [], [], [], 0
    for _ in range(cycles):
        began, counted, found = time.process_time(), 0, 0
        for _ in range(CYCLE):
            polled = await poller.poll_due()
            counted += len(polled)
            found += sum(one.new for one in polled)
            failed += sum(one.error is not None for one in polled)
            clock.advance(1)
        spent.append(time.process_time() - began)
        polls.append(counted)
        new.append(found)
    await fetchers.close()
    await store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": spent, "polls": polls, "new": new, "failed": failed, "peak_mb": peak}


def _source(number: int, port: int) -> SourceSettings:
    name = f"s{number:05}"
    return SourceSettings(id=name, kind="feed", url=f"http://{host(number)}:{port}/feed", name=name)


async def _spread(store: Store, clock: FakeClock, feeds: int) -> None:
    """Let the sources be due evenly over the first cycle, as chance spreads those of a bot that runs."""
    for number in range(feeds):
        due = clock.now() + timedelta(seconds=number % CYCLE)
        await store.record_failure(f"s{number:05}", "not asked yet", now=clock.now(), next_poll=due)


def main() -> None:
    """Do what the arguments say; logs as a bot has them by default."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    port, feeds, cycles = (int(argument) for argument in sys.argv[1:4])
    print(json.dumps(asyncio.run(run(port, feeds, cycles, sys.argv[4]))))


if __name__ == "__main__":
    main()
