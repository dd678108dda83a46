"""Rules at work, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports.rules import HeldRule
from tests.fakes.store_access import FakeAccess


@dataclass(kw_only=True)
class FakeRules(FakeAccess):
    """Fulfils `RuleStore`."""

    held_by_id: dict[str, HeldRule] = field(default_factory=dict)

    async def told_by_rule(self, rule_id: str, *, since: datetime) -> int:
        """How many alerts of a rule were pushed."""
        return sum(
            one.push and one.at >= since and one.alert.updates is None and not one.alert.demo
            for one in self.alerts.values()
            if one.alert.rule_id == rule_id
        )

    async def counted_by_rule(self, reasons: Sequence[str], *, since: datetime) -> Mapping[str, int]:
        """How many facts were kept back for these reasons."""
        facts: dict[str, set[str]] = {}
        for one in self.alerts.values():
            if one.reason in reasons and one.at >= since and not one.alert.demo:
                facts.setdefault(one.alert.rule_id, set()).add(one.alert.key)
        return {rule_id: len(keys) for rule_id, keys in facts.items()}

    async def hold_rule(self, held: HeldRule) -> None:
        """Set a rule to shadow."""
        self.held_by_id[held.rule_id] = held

    async def resume_rule(self, rule_id: str) -> bool:
        """Let it run again."""
        return self.held_by_id.pop(rule_id, None) is not None

    async def held_rules(self) -> Sequence[HeldRule]:
        """Those that are held."""
        return [held for _, held in sorted(self.held_by_id.items())]
