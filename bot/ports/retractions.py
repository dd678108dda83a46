"""Alerts that were taken back, because they were wrong."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.alerts.control import Correction


class RetractionStore(Protocol):
    """What was taken back. An alert and its updates are taken back together, for ever."""

    async def retract(self, alert_id: str, correction: Correction, *, now: datetime) -> bool:
        """Take back an alert with all its updates; False if it was taken back before.

        What is out is edited, summaries too; what is held or waits is never sent. What they brought is taken
        out of ledger and calendar.
        """
        ...

    async def retracted(self, alert_ids: Collection[str]) -> Mapping[str, Correction]:
        """Those of these alerts that were taken back, updates of one too."""
        ...
