"""Run the bot, and kill it without a word at one point on the way of its articles.

`python -m tests.acceptance.killing POINT CONFIG`
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.app.lifecycle import run_bot
from bot.cli.options import load_config
from bot.platforms.console.messenger import ConsoleMessenger
from bot.storage.store import SqlStore

# Point -> class, method, whether the kill comes after the call, at which call.
POINTS: dict[str, tuple[type, str, bool, int]] = {
    "entries-stored": (SqlStore, "record_poll", True, 1),
    "article-read": (SqlStore, "record_judgement", False, 3),
    "judgement-stored": (SqlStore, "record_judgement", True, 3),
    "marked-sending": (SqlStore, "take_pending", True, 1),  # a second may never come: all may be one batch
    "printed-not-recorded": (ConsoleMessenger, "send", True, 2),
}


def arm(owner: type, name: str, *, after: bool, call: int) -> None:
    """Let the n-th call of a method be the end of this process."""
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    async def deadly(self: object, *args: object, **kwargs: object) -> object:
        nonlocal calls
        result = None if _last(calls + 1, call) and not after else await real(self, *args, **kwargs)
        # An empty hand-out of pending rows is no step on the way.
        calls += 0 if result == [] else 1
        if _last(calls, call):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


def _last(number: int, call: int) -> bool:
    return number >= call


def main() -> None:
    """Arm the point and run."""
    point, path = sys.argv[1:]
    owner, name, after, call = POINTS[point]
    arm(owner, name, after=after, call=call)
    asyncio.run(run_bot(load_config(Path(path)), asyncio.Event()))


if __name__ == "__main__":
    main()
