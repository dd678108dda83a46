"""The clock, so that a test can hold time in its hand."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Now, and waiting."""

    def now(self) -> datetime:
        """The current moment, timezone-aware, UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; a fake returns when its time has been moved on far enough."""
        ...
