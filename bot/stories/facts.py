"""A fact as one article gives it, and what differs between two tellings of the same fact.

Only what can be compared is compared: amounts of units that agree or convert, days that lay ahead, and how
firm a thing is by its class, because outlets call the same thing announced, scheduled or decided.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bot.extraction.findings import Actor, Bound, Modality, Quantity
from bot.extraction.naming import renamed
from bot.located import plain_yaml
from bot.rules.conditions import Phrase
from bot.rules.measures import days_of
from bot.rules.model import Novelty
from bot.rules.vocabulary import factor
from bot.rules.words import WordIndex

ROUNDED = 0.05  # “about 1,800” and 1,823 are one amount, whatever the rule says
COMMON = "en"  # the language in which names without an id are compared

NO = frozenset({Modality.DENIED, Modality.CANCELLED})
_OPEN = (
    Modality.HYPOTHETICAL,
    Modality.UNDER_DISCUSSION,
    Modality.PROPOSED,
    Modality.DEMANDED,
    Modality.THREATENED,
    Modality.OFFERED,
    Modality.EXPECTED,
)
_FIRM = (Modality.SCHEDULED, Modality.PLEDGED, Modality.DECIDED)
_REAL = (Modality.ONGOING, Modality.OCCURRED)
# How far a thing has come; what is long past has come nowhere.
_STAGES = {modality: stage for stage, some in enumerate((_OPEN, _FIRM, _REAL, NO)) for modality in some}


class Slot(StrEnum):
    """What of a fact may change; the names are those of `update_when` in a rule."""

    QUANTITY = "quantity"
    MODALITY = "modality"
    DATE = "date"
    PLACE = "place"
    ACTOR = "actor"


Value = Quantity | tuple[Actor, ...] | str | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One slot that is told otherwise than before.

    Attributes:
        before: A quantity, the name of a modality, a TIMEX3 date, or those who are named; None: it was open.
        after: The same. None for a date: it is put off, and no new one was read.
        sides: Where two outlets contradict each other about it: who says the one and who the other.
    """

    slot: Slot
    before: Value
    after: Value
    sides: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact as one article gives it.

    Attributes:
        day: Of the article, where it published it; None if unknown.
        published: When it was published; None if that or the hour is unknown.
        outlet: Who published it, or None.
        lang: Of the article.
        moved: The article says that the date has changed. The modality is None where it says no more.
        revises: The article says that something is more, less or other than it was.
        vague: Not all that tells it from other facts is known.
    """

    modality: Modality | None
    date: str | None
    quantity: Quantity | None
    places: tuple[Actor, ...] = ()
    actors: tuple[Actor, ...] = ()
    day: dt.date | None = None
    published: dt.datetime | None = None
    outlet: str | None = None
    lang: str | None = None
    moved: bool = False
    revises: bool = False
    vague: bool = False


def differences(before: Fact, after: Fact, novelty: Novelty) -> tuple[Change, ...]:
    """What a later telling says otherwise: the slots that the rule asks about, and how firm it is."""
    asked = [Slot.QUANTITY, Slot.MODALITY, Slot.DATE, Slot.PLACE, Slot.ACTOR]
    slots = (slot for slot in asked if slot is Slot.MODALITY or slot in novelty.update_when)
    found = [_COMPARE[slot](before, after, novelty.quantity_change) for slot in slots]
    changes = tuple(change for change in found if change)
    return _denied(changes) if after.modality in NO else changes


def _denied(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """A denial changes nothing else; one that names another figure or day denies another thing."""
    others = [change for change in changes if change.slot is not Slot.MODALITY]
    if any(change.before is not None for change in others):
        return ()
    return tuple(change for change in changes if change.slot is Slot.MODALITY)


def repeats(slot: Slot, fact: Fact, earlier: Fact, novelty: Novelty) -> bool:
    """Whether an earlier telling said the same in a slot that both of them fill."""
    if slot is Slot.QUANTITY and not comparable(earlier.quantity, fact.quantity):
        return False
    filled = all(_VALUE[slot](one) for one in (fact, earlier))
    return filled and _COMPARE[slot](earlier, fact, novelty.quantity_change) is None


def advances(change: Change) -> bool:
    """Whether a change is worth telling by itself: a thing that is only told less firmly is not."""
    if change.slot is not Slot.MODALITY:
        return True
    before, after = (_stage(value) for value in (change.before, change.after))
    return before is not None and after is not None and (before == _STAGES[Modality.DENIED] or after > before)


def says_moved(text: str, lang: str | None) -> bool:
    """Whether a sentence says that something gets another date."""
    return _says("moved", text, lang)


def says_revised(text: str, lang: str | None) -> bool:
    """Whether a sentence says that something is not any more what it was."""
    return _says("revised", text, lang)


def is_hedged(text: str, lang: str | None) -> bool:
    """Whether a sentence that denies something may deny another thing than it seems."""
    return _says("hedged", text, lang)


def _says(kind: str, text: str, lang: str | None) -> bool:
    phrases = _phrases(kind, lang)
    return bool(phrases) and WordIndex(text, lang).find(phrases, 0, len(text)) is not None


def lies_ahead(value: str, fact: Fact) -> bool:
    """Whether a date lies after the day of its article: an announcement's own day is no date of the thing."""
    days = days_of(value)
    if days is None:
        return False
    today = fact.modality is Modality.SCHEDULED
    return fact.day is None or days[1] > fact.day or (today and days[1] == fact.day)


def overlap(one: str, other: str) -> bool:
    """Whether two dates may mean the same day: `March 2026` and a day in it."""
    some, others = days_of(one), days_of(other)
    if some is None or others is None:
        return one == other
    return some[0] <= others[1] and others[0] <= some[1]


def comparable(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether two amounts count the same thing."""
    if one is None or other is None or factor(one.unit, other.unit) is None:
        return False
    return one.unit != "other" or (one.of or "").casefold() == (other.of or "").casefold()


def _quantity(before: Fact, after: Fact, share: float) -> Change | None:
    new, old = after.quantity, before.quantity
    if new is None or (old is not None and not _other_amount(old, new, share)):
        return None
    return Change(slot=Slot.QUANTITY, before=old, after=new)


def _other_amount(old: Quantity, new: Quantity, share: float) -> bool:
    scale = factor(new.unit, old.unit)
    if scale is None or not comparable(old, new):
        return False
    low, high = ((bound or new.value) * scale for bound in _ends(new))
    least, most = _ends(old)
    gap = max(low - most, least - high)
    rough = Bound.ABOUT in (old.bound, new.bound)
    return gap > 0 and gap >= max(share, ROUNDED if rough else 0.0) * abs(old.value)


def _ends(quantity: Quantity) -> tuple[float, float]:
    """First and last value that a range means; of anything else its one value."""
    if quantity.bound is Bound.RANGE and quantity.low is not None and quantity.high is not None:
        return quantity.low, quantity.high
    return quantity.value, quantity.value


def _modality(before: Fact, after: Fact, share: float) -> Change | None:  # noqa: ARG001  (all are asked alike)
    old, new = before.modality, after.modality
    if old is None or new is None or None in (_stage(old), _stage(new)) or _stage(old) == _stage(new):
        return None
    return Change(slot=Slot.MODALITY, before=old.value, after=new.value)


def _stage(value: Value) -> int | None:
    return _STAGES.get(Modality(value)) if isinstance(value, str) else None


def _date(before: Fact, after: Fact, share: float) -> Change | None:  # noqa: ARG001
    old = before.date if before.date and lies_ahead(before.date, before) else None
    new = after.date if after.date and lies_ahead(after.date, after) else None
    if after.moved and after.modality is None and old and (new is None or overlap(old, new)):
        return Change(slot=Slot.DATE, before=old, after=None)
    if new is None or (before.date and not old) or (old and overlap(old, new)):
        return None
    return Change(slot=Slot.DATE, before=old, after=new)


def _place(before: Fact, after: Fact, share: float) -> Change | None:  # noqa: ARG001
    return _others(Slot.PLACE, before.places, after.places, same_lang=before.lang == after.lang)


def _actor(before: Fact, after: Fact, share: float) -> Change | None:  # noqa: ARG001
    return _others(Slot.ACTOR, before.actors, after.actors, same_lang=before.lang == after.lang)


def _others(
    slot: Slot, before: tuple[Actor, ...], after: tuple[Actor, ...], *, same_lang: bool
) -> Change | None:
    """A change only where both are named, and none of the one may be one of the other."""
    if not before or not after or any(_may_be(one, other, same_lang) for one in before for other in after):
        return None
    return Change(slot=slot, before=before, after=after)


def _may_be(one: Actor, other: Actor, same_lang: bool) -> bool:  # noqa: FBT001
    """Whether two names may mean the same: also a town and its country."""
    names = [renamed(actor.name, COMMON).casefold() for actor in (one, other)]
    if names[0] == names[1] or (one.id and one.id == other.id):
        return True
    if any(_is_country(actor) for actor in (one, other)):
        return (one.country or one.id) == (other.country or other.id)
    return not (one.id and other.id) and not same_lang


def _is_country(actor: Actor) -> bool:
    return actor.kind == "country"


@cache
def _phrases(kind: str, lang: str | None) -> tuple[Phrase, ...]:
    text = files("bot.stories").joinpath("changes.yml").read_text(encoding="utf-8")
    found = plain_yaml(text, "bot/stories/changes.yml")
    listed = found[kind] if isinstance(found, dict) else {}
    return tuple(Phrase(words=tuple(str(phrase).split())) for phrase in listed.get(lang, ()))


_VALUE: dict[Slot, Callable[[Fact], object]] = {
    Slot.QUANTITY: lambda fact: fact.quantity,
    Slot.MODALITY: lambda fact: fact.modality,
    Slot.DATE: lambda fact: fact.date,
    Slot.PLACE: lambda fact: fact.places,
    Slot.ACTOR: lambda fact: fact.actors,
}
_COMPARE: dict[Slot, Callable[[Fact, Fact, float], Change | None]] = {
    Slot.QUANTITY: _quantity,
    Slot.MODALITY: _modality,
    Slot.DATE: _date,
    Slot.PLACE: _place,
    Slot.ACTOR: _actor,
}
