"""What a rule would have told of the past, with its novelty, beside another version of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.alerts.compose import alerts_of, retractions_of
from bot.alerts.decide import Facts, Reason, decide
from bot.alerts.model import Alert
from bot.alerts.updates import judged
from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.rules.model import Rule, Status
from bot.stories.firsts import Newness, Seen, newness


@dataclass(frozen=True, kw_only=True)
class Past:
    """An article of the past with what was found in it.

    Attributes:
        at: When the bot judged it; for given articles, when it was published.
        day: The day it is counted under.
        push: False for what was old when its source was first fetched.
    """

    article: Article
    findings: Findings
    at: datetime
    day: date
    push: bool = True


@dataclass(frozen=True, kw_only=True)
class Fired:
    """Something a rule would have told.

    Attributes:
        id: Of the alert as it was found: the same for two versions of a rule that find the same.
        update: Whether it changes what was told before.
    """

    id: str
    day: date
    alert: Alert
    update: bool = False


@dataclass(kw_only=True)
class Trial:
    """One version of a rule, as if it had been live; articles are to come in the order they were judged.

    Attributes:
        kept: Reason -> how many alerts it kept back for it.
    """

    rule: Rule
    fired: list[Fired] = field(default_factory=list)
    kept: dict[Reason, int] = field(default_factory=dict)
    _told: dict[str, list[tuple[datetime, Alert]]] = field(default_factory=dict)
    _seen: list[tuple[datetime, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Try a draft or a rule in shadow as if it were live."""
        self.rule = replace(self.rule, status=Status.LIVE)

    def take(self, past: Past) -> None:
        """Judge one more article."""
        reading: list[Alert] = []
        for alert in alerts_of(past.article, past.findings, [self.rule]):
            self._decide(alert, past, reading, retracts=False)
        for alert in retractions_of(past.article, past.findings, [self.rule]):
            if not any(alert.key == other.key for other in reading):
                self._decide(alert, past, reading, retracts=True)

    def _decide(self, alert: Alert, past: Past, reading: list[Alert], *, retracts: bool) -> None:
        told = list(self._told_before(alert.key, past.at))
        found = judged(alert, told, [one for one in reading if one.key == alert.key], self.rule.novelty)
        facts = Facts(
            live=True,
            push=past.push,
            standing=found.standing,
            destinations=1,
            retracts=retracts,
            newness=self._newness(alert, past.at),
        )
        decision = decide(facts)
        if not decision.push:
            self.kept[decision.reason] = self.kept.get(decision.reason, 0) + 1
            return
        update = decision.reason is Reason.UPDATE
        state = found.alert if update else alert
        self._told.setdefault(alert.key, []).append((past.at, state))
        reading.append(alert)
        self.fired.append(Fired(id=alert.id, day=past.day, alert=state, update=update))

    def _told_before(self, key: str, at: datetime) -> Iterator[Alert]:
        since = at - self.rule.novelty.window
        return (alert for told, alert in self._told.get(key, ()) if told >= since)

    def _newness(self, alert: Alert, at: datetime) -> Newness:
        if not self.rule.novelty.first:
            return Newness.NOT_ASKED
        since = at - self.rule.novelty.window
        keys = tuple({key: None for seen, key in self._seen if seen >= since})
        seen = Seen(keys=keys, since=self._seen[0][0] if self._seen else None)
        self._seen.append((at, alert.key))
        return newness(alert.key, self.rule.novelty, seen, at)


@dataclass(frozen=True, kw_only=True)
class Day:
    """What two versions of a rule would have told on one day.

    Attributes:
        both: Told by both, as the first of them has it; all of it where there is but one version.
        only: Told by the first version alone.
        missing: Told by the other version alone.
        told: How many new facts the bot did tell on that day.
    """

    day: date
    both: tuple[Fired, ...] = ()
    only: tuple[Fired, ...] = ()
    missing: tuple[Fired, ...] = ()
    told: int = 0


def by_day(mine: Sequence[Fired], other: Sequence[Fired] | None, told: Iterable[date]) -> list[Day]:
    """Two versions beside each other, day by day; a day on which nobody told anything is left out.

    Args:
        mine: What the version in question would have told.
        other: What the other version would have told; None where there is none.
        told: The day of each new fact that the bot told.
    """
    days = list(told)
    mine_ids = {one.id for one in mine}
    others = {one.id for one in other} if other is not None else mine_ids
    sides = {
        "both": [one for one in mine if one.id in others],
        "only": [one for one in mine if one.id not in others],
        "missing": [one for one in other or () if one.id not in mine_ids],
    }
    named = {one.day for side in sides.values() for one in side} | set(days)
    return [Day(day=day, told=days.count(day), **_on(day, sides)) for day in sorted(named)]


def _on(day: date, sides: Mapping[str, Sequence[Fired]]) -> dict[str, tuple[Fired, ...]]:
    return {name: tuple(one for one in side if one.day == day) for name, side in sides.items()}
