"""Ask the store whether what a rule found happens for the first time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.alerts.model import Alert
from bot.ports.alerts import Judged
from bot.ports.firsts import FirstStore
from bot.rules.model import Rule
from bot.stories.firsts import Newness, newness


async def newness_of(
    store: FirstStore, alert: Alert, rule: Rule, before: Sequence[Judged], *, now: datetime
) -> Newness:
    """How an alert stands to what its rule matched, here earlier in the same article or in others.

    Args:
        store: Where other articles' matches are.
        alert: What was found.
        rule: The rule that found it.
        before: What was decided on the same article so far.
        now: The present moment.
    """
    if not rule.novelty.first:
        return Newness.NOT_ASKED
    seen = await store.seen(rule.id, since=now - rule.novelty.window, demo=alert.demo)
    here = tuple(one.alert.key for one in before if one.alert.rule_id == rule.id)
    return newness(alert.key, rule.novelty, replace(seen, keys=seen.keys + here), now)
