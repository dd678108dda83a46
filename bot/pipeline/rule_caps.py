"""How much each rule tells in an hour: the surplus comes as one summary, one that runs away is set to shadow.

What was told is counted in the store, and so is which rules were set to shadow: a restart changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from importlib.resources import files

import structlog

from bot.alerts.crowding import Crowd, crowd, end_of_hour, hour_of
from bot.alerts.decide import Reason
from bot.alerts.model import Alert
from bot.located import plain_yaml
from bot.ports.alerts import Judged
from bot.ports.clock import Clock
from bot.ports.conversation import unwatched
from bot.ports.holding import HeldFor, Hold
from bot.ports.notices import Notice, Notices
from bot.ports.rules import HeldRule, RuleStore
from bot.rules.model import Rule, Severity, Status

log = structlog.get_logger()

NAMED = 3  # held rules that the status names


@dataclass(kw_only=True)
class RuleCaps:
    """Knows how crowded each rule is.

    Attributes:
        usual: The cap of rules that name none; None: any number.
        standing: Takes why rules are held, one line; None: none is.
    """

    store: RuleStore
    clock: Clock
    notices: Notices
    usual: int | None = None
    standing: Callable[[str | None], None] = unwatched
    _held: dict[str, HeldRule] = field(default_factory=dict)
    _began: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    async def load(self, rules: Mapping[str, Rule]) -> None:
        """At the start: know which rules were set to shadow."""
        self._held = {one.rule_id: one for one in await self.store.held_rules()}
        await self.settle(rules)

    async def settle(self, rules: Mapping[str, Rule]) -> None:
        """Rule files have changed: what was held for an older version, or is gone, is held no more."""
        changed = [
            one for one in self._held.values()
            if one.rule_id not in rules or rules[one.rule_id].version != one.version
        ]  # fmt: skip
        for one in changed:
            del self._held[one.rule_id]
            await self.store.resume_rule(one.rule_id)
        self._tell()

    def held(self, rule: Rule) -> HeldRule | None:
        """Since when a rule is set to shadow, as its file stands; None: it runs."""
        held = self._held.get(rule.id)
        return held if held and held.version == rule.version else None

    def cap(self, rule: Rule) -> int | None:
        """How many facts a rule tells in an hour one by one; None: any number."""
        return (self.usual if rule.cap is None else rule.cap) or None

    async def crowd(self, alert: Alert, rule: Rule, before: Sequence[Judged]) -> Crowd:
        """How a rule stands in this hour; one that runs away is set to shadow now.

        Args:
            alert: What it found.
            rule: The rule.
            before: What was decided on the same article so far.
        """
        if self.held(rule):
            return Crowd.RUNAWAY
        cap = self.cap(rule)
        if cap is None or alert.demo or rule.status is not Status.LIVE:
            return Crowd.FREE
        since = max(hour_of(self.clock.now()), self._since(rule))
        told = await self.store.told_by_rule(rule.id, since=since) + _new(before, rule)
        found = crowd(told, cap)
        if found is Crowd.RUNAWAY:
            await self._hold(rule, told, cap)
        # What is critical comes at once, however crowded the hour.
        return Crowd.FREE if found is Crowd.OVER and alert.severity is Severity.CRITICAL else found

    async def resume(self, rule_id: str) -> bool:
        """Let a rule run again, its hour counted anew; False where it was not held."""
        held = self._held.pop(rule_id, None)
        if held:
            self._began[rule_id] = (held.version, self.clock.now())
            self._tell()
        return await self.store.resume_rule(rule_id) or held is not None

    def _tell(self) -> None:
        told = [f"{one.rule_id} ({one.found} alerts within an hour)" for one in self._held.values()]
        more = f" and {len(told) - NAMED} more" if len(told) > NAMED else ""
        mend = "mend the rule's file, or let it run again with the command `rules resume ID`"
        self.standing(f"{', '.join(told[:NAMED])}{more}: {mend}" if told else None)

    def _since(self, rule: Rule) -> datetime:
        """When this version of a rule began, as far as is known: what another one told is not counted."""
        version, began = self._began.get(rule.id, (None, hour_of(self.clock.now())))
        if version != rule.version:
            began = began if version is None else self.clock.now()
            self._began[rule.id] = (rule.version, began)
        return began

    async def _hold(self, rule: Rule, told: int, cap: int) -> None:
        now = self.clock.now()
        held = HeldRule(rule_id=rule.id, version=rule.version, found=told, since=now)
        await self.store.hold_rule(held)
        self._held[rule.id] = held
        self._tell()
        log.warning("rule runs away: set to shadow", rule=rule.id, told=told, cap=cap)
        await self.notices.post(ran_away(rule, held, cap))


def ran_away(rule: Rule, held: HeldRule, cap: int) -> Notice:
    """What the owner is told of a rule that ran away."""
    texts = {
        lang: text.format(title=rule.title[lang], rule=rule.id, n=held.found, cap=cap)
        for lang, text in _words().items()
    }
    return Notice(key=f"rule ran away {rule.id} {held.since:%Y-%m-%dT%H:%M:%S}", texts=texts)


def until_the_hour_ends(judged: Iterable[Judged], now: datetime) -> list[Judged]:
    """The same, what is collapsed held at each of its places: there it comes in one summary.

    What waits longer anyway, or for an editor's word, waits as it does.
    """
    return [_gathered(one, end_of_hour(now)) if one.reason == Reason.COLLAPSED else one for one in judged]


def _gathered(one: Judged, end: datetime) -> Judged:
    holds: Mapping[str, Hold] = {
        place.id: Hold(why=HeldFor.CAP, until=end, channel=one.channels.get(place.id, ""))
        for place in one.destinations
    }
    kept = {
        place: hold for place, hold in one.holds.items() if hold.why is HeldFor.APPROVAL or hold.until > end
    }
    return replace(one, holds={**holds, **kept})


def _new(before: Iterable[Judged], rule: Rule) -> int:
    """New facts of a rule among what was decided so far."""
    return sum(one.push and one.alert.rule_id == rule.id and one.alert.updates is None for one in before)


@cache
def _words() -> Mapping[str, str]:
    text = files("bot.pipeline").joinpath("rule_caps.yml").read_text(encoding="utf-8")
    words = plain_yaml(text, "rule_caps.yml")
    assert isinstance(words, dict)  # noqa: S101  (our own file; a test reads it whole)
    return words
