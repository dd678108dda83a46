"""Rules at work."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from bot.ports.rules import HeldRule
from bot.storage.database import Part, reads, writes
from bot.storage.tables import alerts, held_rules
from bot.storage.upsert import put_rows


class Rules(Part):
    """Fulfils `bot.ports.rules.RuleStore`."""

    @reads
    def told_by_rule(self, tx: Connection, rule_id: str, *, since: datetime) -> int:
        """How many alerts of a rule were pushed."""
        told = alerts.c.pushed, ~alerts.c.demo, alerts.c.updates.is_(None), alerts.c.created_at >= since
        query = select(func.count()).select_from(alerts).where(alerts.c.rule_id == rule_id, *told)
        return int(tx.scalar(query) or 0)

    @reads
    def counted_by_rule(
        self, tx: Connection, reasons: Sequence[str], *, since: datetime
    ) -> Mapping[str, int]:
        """How many facts were kept back for these reasons."""
        query = select(alerts.c.rule_id, func.count(alerts.c.key.distinct()).label("facts"))
        kept = alerts.c.reason.in_(reasons), alerts.c.created_at >= since, ~alerts.c.demo
        return {row.rule_id: row.facts for row in tx.execute(query.where(*kept).group_by(alerts.c.rule_id))}

    @writes
    def hold_rule(self, tx: Connection, held: HeldRule) -> None:
        """Set a rule to shadow."""
        put_rows(tx, held_rules, [vars(held)])

    @writes
    def resume_rule(self, tx: Connection, rule_id: str) -> bool:
        """Let it run again."""
        return bool(tx.execute(delete(held_rules).where(held_rules.c.rule_id == rule_id)).rowcount)

    @reads
    def held_rules(self, tx: Connection) -> Sequence[HeldRule]:
        """Those that are held."""
        query = select(held_rules).order_by(held_rules.c.rule_id)
        return [HeldRule(**row._mapping) for row in tx.execute(query)]  # noqa: SLF001  (SQLAlchemy's public name)
