"""How a fact stands to what was told before: new, the same, changed, or older than what is told already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bot.rules.measures import days_of
from bot.rules.model import Novelty
from bot.stories.facts import Change, Fact, Slot, advances, comparable, differences, overlap, repeats

AT_ONCE = timedelta(hours=1)  # two outlets that differ so soon report one announcement, not two
DISPUTED = frozenset({Slot.QUANTITY, Slot.DATE})


class Standing(StrEnum):
    """How a fact stands to what was told."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    OUTDATED = "outdated"  # it differs, but what is told now is the later state


@dataclass(frozen=True, kw_only=True)
class Told:
    """A fact that was told.

    Attributes:
        id: Of the alert.
        first: Of the alert that it updated; its own id where it was the first.
    """

    id: str
    first: str
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a fact stands, to which state of which alert, and what changed."""

    standing: Standing
    told: Told | None = None
    changes: tuple[Change, ...] = ()


NEW = Verdict(standing=Standing.NEW)


def dates_tell_apart(novelty: Novelty) -> bool:
    """Whether another date means another event, unless the article says that it was moved.

    So it is where a rule names the date in `key` and in `update_when`: people meet again and again.
    """
    return Slot.DATE in novelty.key and Slot.DATE in novelty.update_when


def standing(fact: Fact, told: Sequence[Told], reading: Sequence[Fact], novelty: Novelty) -> Verdict:
    """How a fact stands.

    Args:
        fact: What an article says.
        told: What was told under the same key within the rule's window, oldest first.
        reading: What was told already of this very article under the same key: an article that tells a
            thing twice, with its old figure and its new one, is told of once.
        novelty: Of the rule.
    """
    apart = dates_tell_apart(novelty)
    if any(not apart or _may_be_one(fact, other) for other in reading):
        return Verdict(standing=Standing.SAME)
    latest = {one.first: one for one in told}
    head = _head(fact, list(latest.values()), apart=apart)
    if head is None:
        return NEW
    versions = [one.fact for one in told if one.first == head.first]
    changes = differences(_state(versions, fact), fact, novelty)
    news = _news(changes, novelty)
    # Where it is not known who acts or where, two facts may share a key by chance: the figure of the one is
    # no change of the other's.
    if not news or fact.vague:
        return Verdict(standing=Standing.SAME, told=head)
    if _only_goes_back(news, fact, versions, novelty):
        return Verdict(standing=Standing.OUTDATED, told=head)
    if sides := _sides(news, fact, head.fact):
        disputed = tuple(replace(change, sides=sides) for change in news)
        return Verdict(standing=Standing.CHANGED, told=head, changes=disputed)
    if _is_older(fact, head.fact):
        return Verdict(standing=Standing.OUTDATED, told=head)
    return Verdict(standing=Standing.CHANGED, told=head, changes=changes)


def _head(fact: Fact, heads: Sequence[Told], *, apart: bool) -> Told | None:
    """The present state of the alert that a fact belongs to."""
    if not apart:
        return heads[-1] if heads else None
    if dated := [one for one in heads if _same_date(fact, one.fact)]:
        return dated[-1]
    ahead = [one for one in heads if not _is_over(one.fact, fact)]
    if not fact.vague and (loose := [one for one in ahead if _may_be_one(fact, one.fact)]):
        return loose[-1]
    # Of several meetings ahead nobody knows which one was moved.
    return ahead[0] if fact.moved and len(ahead) == 1 else None


def _same_date(one: Fact, other: Fact) -> bool:
    return bool(one.date and other.date and overlap(one.date, other.date))


def _may_be_one(one: Fact, other: Fact) -> bool:
    return not one.date or not other.date or overlap(one.date, other.date)


def _is_over(told: Fact, now: Fact) -> bool:
    days = days_of(told.date) if told.date else None
    return bool(days and now.day and days[1] < now.day)


def _state(versions: Sequence[Fact], fact: Fact) -> Fact:
    """The present state; its amount is the last one that can be compared with the new one."""
    amounts = [version.quantity for version in versions if comparable(version.quantity, fact.quantity)]
    return replace(versions[-1], quantity=amounts[-1]) if amounts else versions[-1]


def _news(changes: Sequence[Change], novelty: Novelty) -> list[Change]:
    """The changes that the rule asks about and that are worth telling.

    A date where there was none is news only where it says which event it is: else the next article that
    names some day would be told.
    """
    apart = dates_tell_apart(novelty)
    asked = [change for change in changes if change.slot in novelty.update_when and advances(change)]
    return [change for change in asked if apart or change.slot is not Slot.DATE or change.before is not None]


def _sides(news: Sequence[Change], fact: Fact, head: Fact) -> tuple[str, str] | None:
    """The outlets that contradict each other: within the hour another figure or day, no change told."""
    outlets = head.outlet, fact.outlet
    if fact.moved or fact.revises or not all(outlets) or outlets[0] == outlets[1]:
        return None
    if any(change.slot not in DISPUTED or change.before is None or change.after is None for change in news):
        return None
    both = fact.published and head.published and abs(fact.published - head.published) <= AT_ONCE
    return (str(outlets[0]), str(outlets[1])) if both else None


def _is_older(fact: Fact, head: Fact) -> bool:
    """Whether an article was published before the one whose state is told now."""
    if fact.published and head.published:
        return fact.published < head.published
    return bool(fact.day and head.day and fact.day < head.day)


def _only_goes_back(news: Sequence[Change], fact: Fact, versions: Sequence[Fact], novelty: Novelty) -> bool:
    """Whether all that is news was told before and replaced since: a late copy of the first report.

    Only the outlet of the present state may take it back.
    """
    if fact.outlet and fact.outlet == versions[-1].outlet:
        return False
    return all(any(repeats(change.slot, fact, old, novelty) for old in versions[:-1]) for change in news)
