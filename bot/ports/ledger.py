"""The ledger as the store keeps it. Entries come in with `record_judgement`, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.stories.facts import Slot, Value
from bot.stories.ledger import Entry, Kind


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries; what is empty selects everything.

    Attributes:
        names: Each has to be among who commits and where, as `search_key` gives it.
        dropped: Those that an admin took out, instead of those that stand.
    """

    kinds: tuple[Kind, ...] = ()
    names: tuple[str, ...] = ()
    dropped: bool = False


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """What an admin did to an entry.

    Attributes:
        what: The slot that was corrected, or `drop`, `restore`.
        before: In plain words, or None; `after` as well.
        by: Who: platform, id and name.
    """

    entry: str
    what: str
    before: str | None
    after: str | None
    by: str
    at: datetime


class LedgerStore(Protocol):
    """Commitments, what admins corrected, and who did so.

    The methods that take the id of an entry raise StoreError where it is unknown.
    """

    async def ledger(self, wanted: Wanted, *, limit: int, offset: int = 0) -> Sequence[Entry]:
        """Entries, the one that changed last first."""
        ...

    async def ledger_size(self, wanted: Wanted) -> int:
        """How many there are."""
        ...

    async def ledger_by_id(self, start: str, limit: int) -> Sequence[Entry]:
        """Entries whose id begins so, dropped ones too, newest first."""
        ...

    async def correct_entry(
        self, entry_id: str, slot: Slot, value: Value, *, by: str, now: datetime
    ) -> Entry:
        """Set a slot; articles that come later do not change it. Logged."""
        ...

    async def drop_entry(self, entry_id: str, *, dropped: bool, by: str, now: datetime) -> Entry:
        """Take an entry out, or put it back. Logged."""
        ...

    async def ledger_log(self, entry_id: str | None, limit: int) -> Sequence[LogLine]:
        """What admins did to one entry, or to all, newest first."""
        ...

    async def forget_alert(self, alert_id: str, *, now: datetime) -> int:
        """Take what an alert and its updates brought out of ledger and calendar; return how many entries.

        An entry that rests on nothing else is gone; others go back to what the rest says.
        """
        ...
