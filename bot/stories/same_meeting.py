"""Which entry of the calendar a mention speaks of: the same kind, the same people, the same day.

One event has many names: a meeting, a visit or talks; `Emmanuel Macron`, `the French president`, `France`.
"""

import datetime as dt
from collections.abc import Sequence

from bot.extraction.findings import Actor, Medium, Modality
from bot.rules.measures import days_of
from bot.stories.calendar_model import (
    OFF,
    CalendarEntry,
    Mention,
    Precision,
    Status,
    days_in,
    family,
    precision_of,
)
from bot.stories.evidence import is_known, may_be_one
from bot.stories.facts import overlap

REMOTE = frozenset({Medium.CALL, Medium.VIDEO})
REPORTED_WITHIN = dt.timedelta(days=2)  # “they met” without a day speaks of a meeting as fresh as this
_EXACT = (Precision.TIME, Precision.DAY)
_COARSE = (Precision.MONTH, Precision.LONGER)


def meant(entries: Sequence[CalendarEntry], mention: Mention) -> CalendarEntry | None:
    """The entry that a mention speaks of; where several may be meant, none."""
    linked = mention.evidence.first
    if linked and mention.moved:
        of_alert = [entry for entry in entries if linked in entry.alerts]
        if len(of_alert) == 1:
            return of_alert[0]
    fitting = [entry for entry in entries if _fits(entry, mention)]
    if not mention.announces:
        # What ends an event has to name more than one who takes part: each of them meets many.
        fitting = [one for one in fitting if _are_they(one, mention) or _same_day_and_place(one, mention)]
    if mention.date is not None:
        dated = [entry for entry in fitting if overlap(mention.date, entry.now.date)]
        if dated:
            return min(dated, key=lambda entry: _distance(entry, mention))
    return _undated(fitting, mention)


def _undated(fitting: Sequence[CalendarEntry], mention: Mention) -> CalendarEntry | None:
    """The one that is meant without its day: moved, put off, called off, or over since yesterday."""
    sure = [entry for entry in fitting if _are_they(entry, mention)]
    called_off = mention.date is None and mention.modality in OFF
    if mention.moved or called_off:
        ahead = [entry for entry in sure if _is_open(entry) and entry.days[1] >= mention.day]
    elif mention.date is None and mention.modality is Modality.OCCURRED:
        ahead = [entry for entry in sure if _is_fresh(entry, mention.day)]
    elif mention.announces and mention.date is not None:
        # A new day for what was put off.
        ahead = [entry for entry in sure if entry.now.status is Status.PUT_OFF]
    else:
        ahead = []
    return ahead[0] if len(ahead) == 1 else None


def _is_open(entry: CalendarEntry) -> bool:
    return entry.now.status in (Status.AHEAD, Status.PUT_OFF)


def _is_fresh(entry: CalendarEntry, day: dt.date) -> bool:
    first, last = entry.days
    return entry.now.status is Status.AHEAD and first <= day <= last + REPORTED_WITHIN


def _distance(entry: CalendarEntry, mention: Mention) -> tuple[bool, int]:
    """How far an entry is from what is said: one that is still open first, then the closest day."""
    first, last = entry.days
    said = days_in(mention.date or entry.now.date)
    return not _is_open(entry), abs((first - said[0]).days) + abs((last - said[1]).days)


def _fits(entry: CalendarEntry, mention: Mention) -> bool:
    """Whether kind, medium, people and place of a mention may be those of an entry."""
    if family(entry.event_type) != family(mention.event_type) or not _may_be(
        entry.now.medium, mention.medium
    ):
        return False
    company = _company(entry.now.participants, mention.participants)
    if company is None:
        return _same_day_and_place(entry, mention) or _same_summit(entry, mention)
    coarse = entry.precision in _COARSE or _precision(mention) in _COARSE
    return company and not (coarse and _elsewhere(entry.now.place, mention.place))


def _precision(mention: Mention) -> Precision:
    return precision_of(mention.date) if mention.date and days_of(mention.date) else Precision.DAY


def _may_be(one: Medium | None, other: Medium | None) -> bool:
    return one is None or other is None or (one in REMOTE) == (other in REMOTE)


def _company(some: Sequence[Actor], others: Sequence[Actor]) -> bool | None:
    """Whether all of the smaller party are among the larger; None where too little is known of them."""
    small, large = sorted((some, others), key=len)
    if not small:
        return None
    met = [any(may_be_one(one, other) for other in large) for one in small]
    if all(met):
        return True
    strangers = [one for one, found in zip(small, met, strict=True) if not found]
    vague = any(not is_known(one) for one in strangers) or any(not is_known(one) for one in large)
    return None if vague else False


def _are_they(entry: CalendarEntry, mention: Mention) -> bool:
    """Whether the people alone say which event it is: a single one meets many."""
    if not _company(entry.now.participants, mention.participants):
        return False
    fewest = min(len(entry.now.participants), len(mention.participants))
    same_place = entry.now.place and mention.place and not _elsewhere(entry.now.place, mention.place)
    return fewest >= 2 or bool(same_place)


def _same_day_and_place(entry: CalendarEntry, mention: Mention) -> bool:
    if not (entry.now.place and mention.place and mention.date):
        return False
    if entry.precision not in _EXACT or _precision(mention) not in _EXACT:
        return False
    return may_be_one(entry.now.place, mention.place) and overlap(entry.now.date, mention.date)


def _same_summit(entry: CalendarEntry, mention: Mention) -> bool:
    """A place has one summit in a month: `the NATO states` and `NATO` will not hold two."""
    if {entry.now.medium, mention.medium} != {Medium.SUMMIT} or not (entry.now.place and mention.place):
        return False
    return may_be_one(entry.now.place, mention.place) and Precision.LONGER not in (
        entry.precision,
        _precision(mention),
    )


def _elsewhere(one: Actor | None, other: Actor | None) -> bool:
    return bool(one and other) and not (one and other and may_be_one(one, other))
