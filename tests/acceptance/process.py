"""The bot as a process of its own, as a user starts it."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 120.0  # seconds; what goes well takes a few, on a slow and busy machine many
USUAL_START = 2.5  # seconds that `slowness` measures where nothing else runs
CAUGHT_UP = "All articles read"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(kw_only=True)
class Bot:
    """A running bot; what it wrote is in `out` (alerts) and `err` (its own lines)."""

    child: asyncio.subprocess.Process
    started: float
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    last_alert: float = 0.0  # seconds from the start to the last line of an alert
    readers: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    async def start(cls, config: Path, *module: str, env: Mapping[str, str] | None = None) -> "Bot":
        """Start `depesche run`, or another module that takes the configuration as its argument."""
        arguments = [*module, str(config)] if module else ["bot", "run", "--config", str(config)]
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=config.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **(env or {})},
        )
        bot = cls(child=child, started=time.monotonic())
        for stream, lines in ((child.stdout, bot.out), (child.stderr, bot.err)):
            assert stream is not None
            bot.readers.append(asyncio.create_task(bot._collect(stream, lines)))
        return bot

    async def _collect(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for line in stream:
            lines.append(line.decode().rstrip("\n"))
            if lines is self.out:
                self.last_alert = time.monotonic() - self.started

    async def until(self, text: str, seconds: float = PATIENCE) -> float:
        """Wait for a line on either output that holds the text; return seconds since the start."""
        async with asyncio.timeout(seconds):
            while not any(text in line for line in [*self.out, *self.err]):
                assert self.child.returncode is None, f"ended early: {self.err}"
                await asyncio.sleep(0.02)
        return time.monotonic() - self.started

    async def stop(self, number: signal.Signals = signal.SIGINT) -> float:
        """Send a signal; return how many seconds the end took."""
        begun = time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            self.child.send_signal(number)
        await self.ended()
        return time.monotonic() - begun

    async def ended(self) -> int:
        """Wait for the end and for the rest of the output; return the exit status."""
        async with asyncio.timeout(PATIENCE):
            code = await self.child.wait()
            await asyncio.gather(*self.readers)
        return code

    def alerts(self) -> Counter[str]:
        """How often each alert was printed: its headline with its link."""
        found: Counter[str] = Counter()
        headline: list[str] = []
        for line in self.out:
            if line and not line.startswith(" "):
                headline = [line]
            elif line.strip().startswith("https://"):
                found[f"{headline[0]} {line.strip()}"] += 1
        return found


async def slowness() -> float:
    """How many times slower this machine is at the moment than one with time to spare; at least 1."""
    begun = time.monotonic()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import bot.app.lifecycle",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert await child.wait() == 0
    return max(1.0, (time.monotonic() - begun) / USUAL_START)


def write_config(folder: Path, more: str = "", *, store: str | None = None) -> Path:
    """A configuration with the demo only, in English, its store in the folder or at a URL."""
    path = folder / "config.yml"
    where = store or f"{folder}/store.sqlite"
    path.write_text(f"language: en\nstore: {where}\nsources: []\n{more}", encoding="utf-8")
    return path
