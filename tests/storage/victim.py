"""A program whose forks kill themselves at a given point of their work with a store; run by `test_kills.py`.

`python -m tests.storage.victim` reads lines `ACT POINT STORE`, lets a fork of itself do each, and answers
with a line that says how the fork ended.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

from sqlalchemy import event

from bot.extraction.findings import Findings
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from tests.storage.samples import CONSOLE, DESK, NOW, alert, article, judged, update

Act = Callable[[SqlStore], Awaitable[None]]


async def judge(store: SqlStore) -> None:
    """Record a judgement with an alert for two destinations."""
    outcome = [judged(alert("1"), CONSOLE, DESK)]
    await store.record_judgement(article(), Findings(lang="de"), outcome, story="s", now=NOW)


async def take(store: SqlStore) -> None:
    """Take what is pending."""
    await store.take_pending(NOW, 10)


async def take_and_record(store: SqlStore) -> None:
    """Take what is pending, and record one of two as sent."""
    await take(store)
    await store.record_sent("1:console", "17", now=NOW)


async def change(store: SqlStore) -> None:
    """Update the alert."""
    await update(store, "2", alert("1"), CONSOLE)


def die() -> None:
    """As by `kill -9`: nothing is flushed, closed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(store: SqlStore, point: int) -> None:
    """Die before the statement of this number, the commit counted as one."""
    left = [point]

    def count(*_: object) -> None:
        left[0] -= 1
        if not left[0]:
            die()

    for name in ("before_cursor_execute", "commit"):
        event.listen(store.database.engine.sync_engine, name, count)


ACTS = {"judge": judge, "take": take, "take_and_record": take_and_record, "change": change}
BEFORE: dict[Act, tuple[Act, ...]] = {judge: (), change: (judge, take_and_record)}


async def work(act: Act, point: int, url: str) -> None:
    """Act, and die at the point; without such a point, afterwards."""
    store = await open_store(url)
    for earlier in BEFORE.get(act, (judge,)):
        await earlier(store)
    kill_at(store, point)
    await act(store)
    die()


def main() -> None:
    """Let one fork after the other work and die."""
    for line in sys.stdin:
        act, point, url = line.split(maxsplit=2)
        pid = os.fork()
        if not pid:
            asyncio.run(work(ACTS[act], int(point), url.rstrip("\n")))
        _, status = os.waitpid(pid, 0)
        print("killed" if os.WIFSIGNALED(status) else f"ended with {status}", flush=True)


if __name__ == "__main__":
    main()
