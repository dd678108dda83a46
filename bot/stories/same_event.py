"""Which matches of a rule speak of the same event, and one match out of them.

Two mentions are the same event unless they contradict each other (another date, amount, place, other
people) and if something ties them together (the same people, place, date or amount, or the next sentence).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.article.headings import headings
from bot.extraction.findings import Medium, Modality, Quantity
from bot.rules.measures import days_of
from bot.rules.model import Match
from bot.rules.view import View
from bot.stories.parties import Likeness, Party, likeness, pairs, party_of

NEAR = 1  # sentences
CLOSE = 0.05  # numbers that differ by less are the same: 1,800 and about 1,850
SHARED = 0.5  # of all parties of both
CONSULT = "consult"

_FAMILIES = {"ceasefire": "peace", "sanction.lift": "sanction.lift", "ceasefire.broken": "ceasefire.broken"}
_MONEY = re.compile(r"[A-Z]{3}")
_OPEN = frozenset({Modality.UNDER_DISCUSSION, Modality.PROPOSED, Modality.DEMANDED, Modality.THREATENED})
_NO = frozenset({Modality.DENIED, Modality.CANCELLED})
_ASKED = frozenset({Modality.DEMANDED, Modality.PROPOSED})
_REMOTE = frozenset({Medium.CALL, Medium.VIDEO})
_IN_PERSON = frozenset({Medium.MEETING, Medium.VISIT})


@dataclass(frozen=True, kw_only=True)
class Slots:
    """What a mention of an event says, in a form that can be compared across articles.

    Attributes:
        who: Those who act, or take part in a consultation.
        where: Its place, and whom it is aimed at.
        days: First and last day.
    """

    family: str
    modality: Modality | None
    medium: Medium | None
    who: tuple[Party, ...]
    where: tuple[Party, ...]
    days: tuple[date, date] | None
    quantity: Quantity | None

    @property
    def bare(self) -> bool:
        """Whether it only says that there is an event."""
        return not (self.who or self.where or self.days or self.quantity)

    @property
    def richness(self) -> int:
        """How much it says."""
        named = sum(party.known for party in self.who)
        return sum(
            (
                min(named, 2) * 2,
                min(len(self.who), 2),
                bool(self.where),
                bool(self.days),
                2 * bool(self.quantity),
            )
        )


def family(event_type: str) -> str:
    """Types that may be told of one event under either name: `consult.call` and `consult.talks`."""
    return _FAMILIES.get(event_type, event_type.partition(".")[0])


def slots_of(match: Match, view: View) -> Slots:
    """What a match says of its event."""
    event = match.event
    if event is None:
        return Slots(
            family="",
            modality=match.modality,
            medium=None,
            who=(),
            where=(),
            days=None,
            quantity=match.quantity,
        )
    consult = family(event.type) == CONSULT
    who = (*event.participants, *event.actors, *(event.targets if consult else ()))
    where = (*((event.place,) if event.place else ()), *(() if consult else event.targets))
    return Slots(
        family=family(event.type),
        modality=event.modality,
        medium=event.medium,
        who=_distinct(tuple(party_of(actor, view) for actor in who)),
        where=tuple(party_of(actor, view) for actor in where),
        days=days_of(event.date) if event.date else None,
        quantity=event.quantity,
    )


def ties(one: Slots, other: Slots, *, near: bool = False) -> int:
    """How many things tie two mentions together; 0 if they are not the same event.

    Args:
        one: A mention.
        other: Another one, of the same rule.
        near: They stand in the same article, in adjoining sentences, or one of them says nothing more.
    """
    answer = near and _answers(one, other)
    people = Likeness.UNKNOWN if answer else _people(one, other)
    where = _place(one, other)
    amount = _amount(one.quantity, other.quantity)
    if (not answer and _contradict(one, other, people)) or Likeness.DIFFERENT in (people, where, amount):
        return 0
    same_day = bool(one.days and other.days)
    return sum((people is Likeness.SAME, where is Likeness.SAME, amount is Likeness.SAME, same_day, near))


def groups(matches: Sequence[Match], view: View) -> list[tuple[Match, ...]]:
    """The matches of one rule in one article, those of one event together, the leading one first.

    The richest mention takes the others to itself, so that one that says little contradicts nobody.
    """
    slots = {id(match): slots_of(match, view) for match in matches}
    order = sorted(matches, key=lambda match: (-slots[id(match)].richness, match.evidence.start))
    found: list[list[Match]] = []
    for match in order:
        home = _home(match, found, view)
        if home is None:
            found.append([match])
        else:
            home.append(match)
    return sorted((tuple(group) for group in found), key=lambda group: min(m.evidence.start for m in group))


def merged(group: Sequence[Match], view: View) -> Match:
    """One match out of the mentions of one event.

    The first leads; what it leaves open is filled from the others; the evidence comes from the body
    where the event is told there.
    """
    lead = group[0]
    place = next((m for m in group if not _in_heading(m, view)), lead)
    if lead.event is None or len(group) == 1:
        return lead
    event = lead.event
    for match in group[1:]:
        if match.event is not None:
            event = replace(
                event,
                actors=event.actors or match.event.actors,
                targets=event.targets or match.event.targets,
                participants=event.participants or match.event.participants,
                place=event.place or match.event.place,
                date=event.date or match.event.date,
                quantity=event.quantity or match.event.quantity,
                medium=event.medium or match.event.medium,
                said_by=event.said_by or match.event.said_by,
            )
    if place.event is not None:
        event = replace(event, evidence=place.evidence, trigger=place.event.trigger)
    return replace(
        lead,
        event=event,
        evidence=place.evidence,
        actors=event.actors,
        date=event.date,
        quantity=event.quantity,
    )


def _home(match: Match, found: list[list[Match]], view: View) -> list[Match] | None:
    """The group that a match is tied to most, if any."""
    mine = slots_of(match, view)
    best, most = None, 0
    for group in found:
        theirs = slots_of(merged(group, view), view)
        near = mine.bare or _answers(mine, theirs) or any(_near(match, other, view) for other in group)
        count = ties(mine, theirs, near=near)
        if match.event is None or group[0].event is None:
            count = 0
        if count > most:
            best, most = group, count
    return best


def _answers(one: Slots, other: Slots) -> bool:
    """Whether one refuses what the other asks for: a truce that is demanded and refused is one."""
    both = {one.modality, other.modality}
    return one.family == other.family == "peace" and Modality.DENIED in both and bool(both & _ASKED)


def _contradict(one: Slots, other: Slots, people: Likeness) -> bool:
    if one.family != other.family or _manner(one, other):
        return True
    if one.days and other.days and one.family == CONSULT and not _overlap(one.days, other.days):
        return True
    if one.quantity and other.quantity and one.quantity.unit != other.quantity.unit:
        money = any(_MONEY.fullmatch(quantity.unit) for quantity in (one.quantity, other.quantity))
        return money or people is not Likeness.SAME or one.modality != other.modality
    return people is not Likeness.SAME and (one.modality in _OPEN) != (other.modality in _OPEN)


def _manner(one: Slots, other: Slots) -> bool:
    """Whether one is refused or long past and the other is not, or one is a call and the other a visit."""
    if (one.modality in _NO) != (other.modality in _NO):
        return True
    if (one.modality is Modality.HISTORICAL) != (other.modality is Modality.HISTORICAL):
        return True
    media = {one.medium, other.medium}
    return bool(media & _REMOTE) and bool(media & _IN_PERSON)


def _people(one: Slots, other: Slots) -> Likeness:
    if not one.who or not other.who:
        return Likeness.UNKNOWN
    few, many = sorted((one.who, other.who), key=len)
    shared = pairs(few, many)
    whole = len(few) if one.family == CONSULT else len(few) + len(many) - shared
    if shared and shared / whole >= SHARED:
        return Likeness.SAME
    vague = not all(party.known for party in few) or not all(party.known for party in many)
    return Likeness.UNKNOWN if vague and not shared else Likeness.DIFFERENT


def _place(one: Slots, other: Slots) -> Likeness:
    if not one.where or not other.where:
        return Likeness.UNKNOWN
    likes = {likeness(here, there) for here in one.where for there in other.where}
    if Likeness.SAME in likes:
        return Likeness.SAME
    return Likeness.UNKNOWN if Likeness.UNKNOWN in likes else Likeness.DIFFERENT


def _amount(one: Quantity | None, other: Quantity | None) -> Likeness:
    if one is None or other is None or one.unit != other.unit:
        return Likeness.UNKNOWN
    gap = abs(one.value - other.value)
    same = gap <= CLOSE * max(abs(one.value), abs(other.value))
    return Likeness.SAME if same else Likeness.DIFFERENT


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _distinct(who: tuple[Party, ...]) -> tuple[Party, ...]:
    """Each party once: who asks for a call and takes part in it is named twice."""
    kept: list[Party] = []
    for party in who:
        if not any(likeness(party, other) is Likeness.SAME for other in kept):
            kept.append(party)
    return tuple(kept)


def _near(one: Match, other: Match, view: View) -> bool:
    at = [view.sentences_of(match.evidence.start, match.evidence.end).start for match in (one, other)]
    return abs(at[0] - at[1]) <= NEAR


def _in_heading(match: Match, view: View) -> bool:
    return any(start <= match.evidence.start < end for start, end in headings(view.article))
