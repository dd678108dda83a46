"""Work that blocks, beside the event loop.

The loop's own executor is waited for when the program ends; a name lookup without internet takes half
a minute. Daemon threads are left behind, so Ctrl-C is quick.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Args = TypeVarTuple("Args")


async def in_thread(work: Callable[[*Args], T], *args: *Args) -> T:
    """Run `work(*args)` in a daemon thread and return what it returns, or raise what it raises.

    When the waiting task is cancelled the thread runs on and its outcome is dropped.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if outcome.cancelled():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result: T | None = None
        problem: BaseException | None = None
        try:
            result = work(*args)
        except BaseException as error:  # noqa: BLE001 - it is raised where it is awaited
            problem = error
        try:
            loop.call_soon_threadsafe(settle, result, problem)
        except RuntimeError:  # the loop has closed meanwhile; nobody waits
            return

    threading.Thread(target=run, daemon=True, name=f"depesche-{work.__name__}").start()
    return await outcome
