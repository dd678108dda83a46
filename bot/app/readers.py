"""Reader processes: spaCy off the event loop, restarted when they die, with a time limit an article.

One process reads one article at a time over its standard input and output, one JSON object a line.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.article.model import Article
from bot.errors import ReaderError
from bot.extraction.findings import Findings

ARTICLE = TypeAdapter(Article)
FINDINGS = TypeAdapter(Findings)
LINE_LIMIT = 256 * 2**20
START_SECONDS = 60.0
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(kw_only=True)
class ReaderProcess:
    """One child process; started when first needed, anew after it died or was stopped."""

    seconds: float
    models: Mapping[str, str] = field(default_factory=dict)
    packs: Sequence[Path] = ()
    stale: bool = False
    _child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the child if none is there or it is stale, and wait until its languages are loaded.

        Raises:
            ReaderError: It does not come up.
        """
        if self.stale:
            await self.stop()
        self.stale = False
        if self._child and self._child.returncode is None:
            return
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.app.reader_process",
            json.dumps({"models": dict(self.models), "packs": [str(path) for path in self.packs]}),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LINE_LIMIT,
            # A reader is one core's work; threads of the mathematics below it would wait for each other.
            env={**os.environ, **ONE_THREAD},
            # Ctrl-C at the terminal is for the parent, which ends its children in order.
            start_new_session=True,
        )
        await self._answer(self._child, START_SECONDS, "the reader did not start")

    async def read(self, article: Article) -> Findings:
        """Read one article.

        Raises:
            ReaderError: It took too long, or killed the process.
        """
        await self.start()
        child = self._child
        if child is None or child.stdin is None:  # pragma: no cover  (start() sees to both)
            raise ReaderError("the reader did not start")
        with contextlib.suppress(ConnectionError):
            child.stdin.write(ARTICLE.dump_json(article) + b"\n")
            await child.stdin.drain()
        answer = await self._answer(child, self.seconds, f"took longer than {self.seconds:g} s")
        try:
            return FINDINGS.validate_json(answer)
        except ValidationError:
            raise ReaderError(answer.decode(errors="replace").strip()[:200]) from None

    async def _answer(self, child: asyncio.subprocess.Process, seconds: float, late: str) -> bytes:
        if child.stdout is None:  # pragma: no cover  (asked for above)
            raise ReaderError("the reader has no output")
        try:
            line = await asyncio.wait_for(child.stdout.readline(), seconds)
        except TimeoutError:
            await self.stop()
            raise ReaderError(late) from None
        except asyncio.CancelledError:
            # A half-read answer would be taken for the next article's.
            self._kill()
            raise
        if not line:
            code = await child.wait()
            raise ReaderError(f"killed the reader (exit {code})")
        return line

    def _kill(self) -> None:
        if self._child and self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """End the child at once; it holds nothing worth keeping."""
        self._kill()
        if self._child:
            await self._child.wait()
        self._child = None


@dataclass(kw_only=True)
class ReaderPool:
    """A fixed number of reader processes behind the `Reader` port.

    Attributes:
        packs: Folders of rules, whose packs may bring event types of their own.
    """

    processes: int
    seconds: float
    models: Mapping[str, str] = field(default_factory=dict)
    packs: Sequence[Path] = ()
    _idle: asyncio.Queue[ReaderProcess] = field(default_factory=asyncio.Queue)
    _all: list[ReaderProcess] = field(default_factory=list)

    async def start(self) -> None:
        """Start all processes side by side, so that the first article finds them ready."""
        self._all = [self._process() for _ in range(self.processes)]
        for reader in self._all:
            self._idle.put_nowait(reader)
        await asyncio.gather(*(reader.start() for reader in self._all))

    def _process(self) -> ReaderProcess:
        return ReaderProcess(seconds=self.seconds, models=self.models, packs=self.packs)

    def renew(self) -> None:
        """Let each process begin anew before its next article: what it reads by has changed on disk."""
        for reader in self._all:
            reader.stale = True

    async def read(self, article: Article) -> Findings:
        """Read an article in the next free process.

        Raises:
            ReaderError: It took too long, or killed the process.
        """
        reader = await self._idle.get()
        try:
            return await reader.read(article)
        finally:
            self._idle.put_nowait(reader)

    async def stop(self) -> None:
        """End all processes."""
        await asyncio.gather(*(reader.stop() for reader in self._all))
