"""Rules at work: how much they tell, and which were set to shadow because they told far too much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class HeldRule:
    """A rule that ran away; it is counted and not sent until its file changes or somebody says so.

    Attributes:
        version: `Rule.version` of the file as it was.
        found: How many new facts it told in its hour until then.
    """

    rule_id: str
    version: str
    found: int
    since: datetime


class RuleStore(Protocol):
    """What is known of rules at work."""

    async def told_by_rule(self, rule_id: str, *, since: datetime) -> int:
        """How many real alerts of a rule were pushed since then, without updates."""
        ...

    async def counted_by_rule(self, reasons: Sequence[str], *, since: datetime) -> Mapping[str, int]:
        """Rule id -> how many facts were kept back for these reasons since then; real ones only.

        The same fact from several outlets counts once; rules without any are left out.
        """
        ...

    async def hold_rule(self, held: HeldRule) -> None:
        """Set a rule to shadow; it replaces what is known of its earlier versions."""
        ...

    async def resume_rule(self, rule_id: str) -> bool:
        """Let it run again; False where it was not held."""
        ...

    async def held_rules(self) -> Sequence[HeldRule]:
        """Those that are held, by id."""
        ...
