"""The outbox worker in simulated time."""

import asyncio

from bot.pipeline.deliver import Deliverer
from tests.fakes.clock import FakeClock

SETTLE = 60  # turns of the loop in which everything that need not wait has happened


async def settle() -> None:
    """Let everything happen that need not wait for the clock."""
    for _ in range(SETTLE):
        await asyncio.sleep(0)


async def simulate(clock: FakeClock, seconds: float, *workers: Deliverer, step: float = 0.25) -> None:
    """Let workers deliver for so many seconds of the fake clock."""
    for _ in range(round(seconds / step)):
        for worker in workers:
            await worker.start_due()
        await settle()
        clock.advance(step)
