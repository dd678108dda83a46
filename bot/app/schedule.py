"""Clock jobs, by APScheduler: what is bound to the time of day, not to news."""

import contextlib
from collections.abc import Iterator
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.settings import zone_of
from bot.app.wiring import House

log = structlog.get_logger()

HUBS_EVERY = 20  # seconds between looks at which hubs are to be asked


@contextlib.contextmanager
def clock_jobs(house: House) -> Iterator[AsyncIOScheduler]:
    """Run the jobs while the block lasts."""
    # The default grace is one second: a busy moment would drop a day's job.
    scheduler = AsyncIOScheduler(
        timezone=zone_of(house.config) or UTC,
        job_defaults={"misfire_grace_time": 3600, "coalesce": True, "max_instances": 1},
    )
    scheduler.add_job(_upkeep, "cron", hour=4, minute=30, args=[house], id="upkeep")
    scheduler.add_job(_heartbeat, "cron", minute=0, args=[house], id="heartbeat")
    scheduler.add_job(house.page_checks.check_due, "interval", minutes=1, id="page checks")
    if house.pusher:
        scheduler.add_job(house.pusher.ask_due, "interval", seconds=HUBS_EVERY, id="hubs")
    scheduler.add_job(_remind, "cron", second=0, args=[house], id="remind")
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)


async def _upkeep(house: House) -> None:
    """Let the store tidy itself once a night."""
    await house.store.upkeep()
    log.info("store tidied")


async def _remind(house: House) -> None:
    """Remind people of what begins soon."""
    await house.reminders.remind_due()


async def _heartbeat(house: House) -> None:
    """One line an hour with the numbers that show the bot is well."""
    counts = await house.store.counts(house.clock.now())
    log.info(
        "heartbeat",
        articles=sum(counts.articles.values()),
        alerts=counts.alerts,
        lag=counts.lag and round(counts.lag),
    )
