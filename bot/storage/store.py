"""All of the store in one object."""

from sqlalchemy import Connection

from bot.storage.access import Access
from bot.storage.alerts import Alerts
from bot.storage.archive import Archive
from bot.storage.articles import Articles
from bot.storage.calendar import Calendar
from bot.storage.channels import Channels
from bot.storage.database import Part, writes
from bot.storage.editions import Editions
from bot.storage.firsts import Firsts
from bot.storage.hubs import Hubs
from bot.storage.ledger import Ledger
from bot.storage.notices import Notices
from bot.storage.outbox import Outbox
from bot.storage.pauses import Pauses
from bot.storage.rules import Rules
from bot.storage.sources import Sources
from bot.storage.status import Status
from bot.storage.stories import Stories
from bot.storage.tables import metadata


class SqlStore(
    Sources,
    Articles,
    Alerts,
    Outbox,
    Pauses,
    Access,
    Status,
    Notices,
    Rules,
    Editions,
    Hubs,
    Firsts,
    Archive,
    Channels,
    Ledger,
    Calendar,
    Stories,
    Part,
):
    """Fulfils `bot.ports.store.Store` over one database."""

    @writes
    def upkeep(self, tx: Connection) -> None:
        """Let the database refresh the numbers it plans queries by."""
        ours = ", ".join(metadata.tables)
        tx.exec_driver_sql("PRAGMA optimize" if tx.dialect.name == "sqlite" else f"ANALYZE {ours}")

    async def close(self) -> None:
        """Let go of the database; what was begun is ended first."""
        await self.database.close()
