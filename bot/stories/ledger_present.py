"""What an entry of the ledger says now: what the articles say, and over it what admins corrected."""

import datetime as dt
from dataclasses import dataclass, replace

from bot.extraction.findings import Actor, Bound, Modality, Quantity
from bot.stories.evidence import names_of
from bot.stories.facts import Change, Fact, Slot, Value, differences
from bot.stories.ledger import COMPARED, Correction, Entry, State

BAR = "|"  # between the names that an entry is found by


@dataclass(frozen=True, kw_only=True)
class Present:
    """What an entry says now, corrections included.

    Attributes:
        since: When the first article was published; when it was read, where nobody says.
        corrected: Slots that an admin set.
        contested: What articles that came after a correction say otherwise.
    """

    actors: tuple[Actor, ...]
    where: tuple[Actor, ...]
    quantity: Quantity | None
    modality: Modality | None
    date: str | None
    since: dt.datetime
    corrected: frozenset[Slot] = frozenset()
    contested: tuple[tuple[Slot, Value], ...] = ()


# What need not be known of a commitment.
EMPTIED = frozenset({Slot.QUANTITY, Slot.DATE, Slot.PLACE})


def present(entry: Entry) -> Present:
    """What an entry says now: what the articles say, and over it what an admin set."""
    fact = entry.last.fact
    found = Present(
        actors=entry.actors,
        where=entry.where,
        quantity=fact.quantity,
        modality=fact.modality,
        date=fact.date,
        since=_since(entry),
    )
    for correction in entry.corrections:
        found = _set(found, correction.slot, correction.value)
    slots = frozenset(correction.slot for correction in entry.corrections)
    return replace(found, corrected=slots, contested=_contested(entry))


def _since(entry: Entry) -> dt.datetime:
    first = entry.states[0]
    published = first.evidence.published
    return published.at if published else first.at


def _set(found: Present, slot: Slot, value: Value) -> Present:
    match slot, value:
        case Slot.QUANTITY, Quantity() | None:
            return replace(found, quantity=value)
        case Slot.MODALITY, str():
            return replace(found, modality=Modality(value))
        case Slot.DATE, str() | None:
            return replace(found, date=value)
        case Slot.PLACE, tuple() | None:
            return replace(found, where=value or ())
        case Slot.ACTOR, tuple():
            return replace(found, actors=value)
    return found


def _contested(entry: Entry) -> tuple[tuple[Slot, Value], ...]:
    """What articles say of a corrected slot that came after the correction and say it anew."""
    found: list[tuple[Slot, Value]] = []
    latest = {correction.slot: correction for correction in entry.corrections}
    for slot, correction in latest.items():
        said = _value_of(entry.last.fact, slot)
        known = [_value_of(state.fact, slot) for state in entry.states if state.at <= correction.at]
        if said is not None and said != correction.value and said not in known:
            found.append((slot, said))
    return tuple(found)


def _value_of(fact: Fact, slot: Slot) -> Value:
    values: dict[Slot, Value] = {
        Slot.QUANTITY: fact.quantity,
        Slot.MODALITY: fact.modality,
        Slot.DATE: fact.date,
    }
    return values.get(slot)


def corrected(entry: Entry, slot: Slot, value: Value, *, by: str, at: dt.datetime) -> Entry:
    """The entry with a slot set by an admin; articles that come later no longer change that slot.

    None empties one of `EMPTIED`.
    """
    now = present(entry)
    before: dict[Slot, Value] = {
        Slot.QUANTITY: now.quantity,
        Slot.MODALITY: now.modality,
        Slot.DATE: now.date,
        Slot.PLACE: now.where,
        Slot.ACTOR: now.actors,
    }
    one = Correction(slot=slot, value=value, before=before[slot], by=by, at=at)
    return replace(entry, corrections=(*entry.corrections, one))


def changes(entry: Entry) -> tuple[tuple[State, tuple[Change, ...]], ...]:
    """The history: each state with what it says otherwise than the one before it, oldest first."""
    pairs = zip((None, *entry.states[:-1]), entry.states, strict=True)
    return tuple((state, _changes(before, state) if before else ()) for before, state in pairs)


def _changes(before: State, state: State) -> tuple[Change, ...]:
    found = differences(before.fact, state.fact, COMPARED)
    sides = (before.evidence.outlet, state.evidence.outlet)
    if not (state.disputed and sides[0] and sides[1]):
        return found
    both = (sides[0], sides[1])
    return tuple(replace(one, sides=both) if one.before is not None else one for one in found)


def searchable(entry: Entry) -> str:
    """All names that an entry can be found by, in lower case between bars: `|no|norway|lt|lithuania|`."""
    found = present(entry)
    people = (*entry.actors, *entry.where, *found.actors, *found.where)
    names = sorted({name.lower().replace(BAR, " ") for one in people for name in names_of(one)})
    return f"{BAR}{BAR.join(names)}{BAR}"


def in_words(value: Value) -> str | None:
    """A value of a slot as plain text for a log, the same in every language."""
    if isinstance(value, Quantity):
        unit = value.of or value.unit if value.unit == "other" else value.unit
        return (
            f"{value.bound} {value.value:g} {unit}"
            if value.bound != Bound.EXACT
            else f"{value.value:g} {unit}"
        )
    if isinstance(value, tuple):
        return ", ".join(one.name for one in value)
    return value
