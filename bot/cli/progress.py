"""How far a long work is, on standard error; nothing for what is done in two seconds."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

PATIENCE = 2.0  # seconds before the first word
ON_SCREEN, IN_LOGS = 0.5, 10.0  # seconds between two words


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
    _next: float = field(init=False)
    _shown: bool = False

    def __post_init__(self) -> None:
        """Begin to wait."""
        self._next = self.clock() + PATIENCE

    def step(self, number: int = 1) -> None:
        """So many more are done."""
        self.done += number
        now = self.clock()
        if self.stream is None or now < self._next:
            return
        on_screen = self.stream.isatty()
        self._next = now + (ON_SCREEN if on_screen else IN_LOGS)
        self._shown = self._shown or on_screen
        self.stream.write(f"\r\x1b[K{self._line()}" if on_screen else f"{self._line()}\n")
        self.stream.flush()

    def end(self) -> None:
        """Take the changing line off the screen again."""
        if self.stream and self._shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def _line(self) -> str:
        if not self.total:
            return f"{self.done:,} {self.what}"
        return f"{self.done:,} of {self.total:,} {self.what} ({100 * self.done // self.total} %)"
