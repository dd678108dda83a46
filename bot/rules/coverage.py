"""How far the articles of the past reach into a rule: how often it fires, which conditions never hold.

Conditions are judged as the matcher judges them and in the same order, so that one behind another that
never holds is never reached.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.extraction.findings import Event
from bot.rules.conditions import AllOf, AnyOf, Condition, Not, PartyIs, SomeEvent
from bot.rules.judging import judge
from bot.rules.matcher import candidates
from bot.rules.model import Rule
from bot.rules.view import View


@dataclass(kw_only=True)
class Reached:
    """How often one condition was asked, and how often it held.

    Attributes:
        excludes: It stands under `unless`.
    """

    condition: Condition
    excludes: bool
    asked: int = 0
    held: int = 0

    @property
    def key(self) -> str:
        """The word in the rule file."""
        return str(self.condition.slot) if isinstance(self.condition, PartyIs) else self.condition.key

    def says(self) -> str | None:
        """What is worth a look, in words; None where all is well."""
        if self.held:
            return None
        if not self.asked:
            return "never reached: what stands before it decides"
        times = "once" if self.asked == 1 else f"{self.asked:,} times"
        return f"{'never excludes' if self.excludes else 'never holds'}, asked {times}"


@dataclass(kw_only=True)
class Coverage:
    """What the articles so far reached of one rule."""

    rule: Rule
    articles: int = 0
    fired: int = 0
    conditions: list[Reached] = field(init=False)
    _by_condition: dict[int, Reached] = field(init=False)

    def __post_init__(self) -> None:
        """List the single conditions, in the order of the file."""
        when = [Reached(condition=one, excludes=False) for one in _leaves(self.rule.when)]
        unless = _leaves(self.rule.unless) if self.rule.unless else ()
        self.conditions = [*when, *(Reached(condition=one, excludes=True) for one in unless)]
        self._by_condition = {id(one.condition): one for one in self.conditions}

    def take(self, view: View) -> None:
        """Judge one more article."""
        self.articles += 1
        outcomes = [self._fires(view, event) for event in candidates(self.rule, view)]
        self.fired += any(outcomes)

    def remarks(self) -> list[tuple[Reached, str]]:
        """The conditions worth a look, each with what is to be said of it."""
        found = [(one, one.says()) for one in self.conditions]
        return [(one, says) for one, says in found if says]

    def _fires(self, view: View, event: Event | None) -> bool:
        if not self._holds(self.rule.when, view, event):
            return False
        return self.rule.unless is None or not self._holds(self.rule.unless, view, event)

    def _holds(self, condition: Condition, view: View, event: Event | None) -> bool:
        if isinstance(condition, AllOf):
            return all(self._holds(part, view, event) for part in condition.parts)
        if isinstance(condition, AnyOf):
            return any(self._holds(part, view, event) for part in condition.parts)
        if isinstance(condition, Not):
            return not self._holds(condition.part, view, event)
        if isinstance(condition, SomeEvent):
            asked = view.findings.events if event is None else (event,)
            return any([self._holds(condition.part, view, one) for one in asked])  # noqa: C419  (count each)
        return self._asked(condition, view, event)

    def _asked(self, condition: Condition, view: View, event: Event | None) -> bool:
        reached = self._by_condition[id(condition)]
        holds = judge(condition, view, event).holds
        reached.asked += 1
        reached.held += holds
        return holds


def _leaves(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, (AllOf, AnyOf)):
        for part in condition.parts:
            yield from _leaves(part)
    elif isinstance(condition, (Not, SomeEvent)):
        yield from _leaves(condition.part)
    else:
        yield condition
