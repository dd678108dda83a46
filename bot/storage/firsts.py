"""What rules matched before."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage.database import Part, reads
from bot.storage.tables import alerts
from bot.stories.firsts import Seen


class Firsts(Part):
    """Fulfils `bot.ports.firsts.FirstStore`."""

    @reads
    def seen(self, tx: Connection, rule_id: str, *, since: datetime, demo: bool) -> Seen:
        """The keys under which a rule matched since then, and when it matched first."""
        of_rule = alerts.c.rule_id == rule_id, alerts.c.demo.is_(demo)
        keys = select(alerts.c.key).where(*of_rule, alerts.c.created_at >= since).distinct()
        first = select(func.min(alerts.c.created_at)).where(*of_rule)
        return Seen(keys=tuple(sorted(tx.scalars(keys))), since=tx.scalar(first))
