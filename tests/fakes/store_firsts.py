"""What rules matched before, in memory."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.stories.firsts import Seen
from tests.fakes.store_rows import FakeAlert


@dataclass(kw_only=True)
class FakeFirsts:
    """Looks through the alerts of the store it is a part of."""

    alerts: dict[str, FakeAlert] = field(default_factory=dict)

    async def seen(self, rule_id: str, *, since: datetime, demo: bool) -> Seen:
        """The keys under which a rule matched since then, and when it matched first."""
        matched = [
            one for one in self.alerts.values() if (one.alert.rule_id, one.alert.demo) == (rule_id, demo)
        ]
        keys = {one.alert.key for one in matched if one.at >= since}
        return Seen(keys=tuple(sorted(keys)), since=min((one.at for one in matched), default=None))
