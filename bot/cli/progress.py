"""How far a long work is, on standard error; nothing for what is done in two seconds."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

PATIENCE, ON_SCREEN = 2.0, 0.5  # seconds before the first word, and between two, where somebody looks
IN_LOGS = 10.0  # the same for both, where nobody does


@dataclass(kw_only=True)
class Progress:
    """Counts steps; on a terminal one line that changes, elsewhere a line now and then.

    Attributes:
        what: Plural of what is counted: `articles`.
        total: How many there will be, or None where nobody knows.
    """

    what: str
    total: int | None = None
    stream: TextIO | None = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    _on_screen: bool = field(init=False)
    _next: float = field(init=False)
    _shown: bool = False

    def __post_init__(self) -> None:
        """Begin to wait."""
        self._on_screen = self.stream is not None and self.stream.isatty()
        self._next = self.clock() + (PATIENCE if self._on_screen else IN_LOGS)

    def step(self, number: int = 1) -> None:
        """So many more are done."""
        self.done += number
        if self.clock() >= self._next:
            self._next = self.clock() + (ON_SCREEN if self._on_screen else IN_LOGS)
            self._write(f"\r\x1b[K{self._line()}" if self._on_screen else f"{self._line()}\n")
            self._shown = True

    def end(self) -> None:
        """Take the changing line off the screen again."""
        if self._shown and self._on_screen:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        if self.stream is not None:
            self.stream.write(text)
            self.stream.flush()

    def _line(self) -> str:
        if not self.total:
            return f"{self.done:,} {self.what}"
        return f"{self.done:,} of {self.total:,} {self.what} ({100 * self.done // self.total} %)"
