"""The calendar of what is coming: which mentions are one event, and what becomes of it.

Pure. An entry is one event that was announced. Its versions say how it changed: moved, put off, called off,
it took place. Two mentions are one event where their days and those who take part agree (`same_meeting.py`).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from bot.extraction.findings import Actor
from bot.rules.measures import days_of
from bot.stories.calendar_model import (
    ANNOUNCED,
    CONSULT,
    LOOSE,
    OFF,
    OVER,
    CalendarEntry,
    Mention,
    Precision,
    Status,
    Version,
    days_in,
    family,
    precision_of,
)
from bot.stories.evidence import is_known, may_be_one
from bot.stories.facts import overlap
from bot.stories.same_meeting import meant

REPORTED_LATE = dt.timedelta(days=7)  # an event that is over may still be reported so much later
PUT_OFF_FOR = dt.timedelta(days=60)  # what was put off may get its new day so much later
MENTIONS = 50  # alerts and outlets kept of one entry


class Noted(StrEnum):
    """What a mention did."""

    NEW = "new"
    SAME = "same"
    DETAIL = "detail"  # it says more exactly when, where or who
    MOVED = "moved"
    PUT_OFF = "put_off"
    CANCELLED = "cancelled"
    TOOK_PLACE = "took_place"
    AGAIN = "again"  # what was called off is on again
    OUTDATED = "outdated"  # it was published before what is known
    NOTHING = "nothing"  # it announces nothing and speaks of no entry


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a mention did, and the entry as it is after it; None where none was touched."""

    noted: Noted
    entry: CalendarEntry | None = None


def noted(entries: Sequence[CalendarEntry], mention: Mention, now: dt.datetime) -> Outcome:
    """What a mention does to the calendar.

    Args:
        entries: Those that may be meant, in any order.
        mention: What an article says.
        now: When it is noted.
    """
    entry = meant(entries, mention)
    if entry is None:
        return _new(mention, now)
    if _is_older(mention, entry):
        return Outcome(noted=Noted.OUTDATED, entry=_mentioned(entry, mention))
    status, verdict = _becomes(entry, mention)
    changed = _version(entry, mention, status, now)
    if verdict is Noted.SAME and changed != replace(
        entry.now, evidence=changed.evidence, at=changed.at, modality=changed.modality
    ):
        verdict = Noted.DETAIL
    if verdict is Noted.SAME:
        return Outcome(noted=verdict, entry=_mentioned(entry, mention))
    grown = replace(_mentioned(entry, mention), versions=(*entry.versions, changed))
    return Outcome(noted=verdict, entry=grown)


def _becomes(entry: CalendarEntry, mention: Mention) -> tuple[Status, Noted]:
    """How the event stands after a mention."""
    status = entry.now.status
    if _has_new_day(entry, mention):
        return Status.AHEAD, Noted.MOVED
    # “Is now on Wednesday instead of Tuesday” again, from the next outlet, puts nothing off.
    if mention.moved and mention.modality in OFF:
        return Status.PUT_OFF, Noted.SAME if status is Status.PUT_OFF else Noted.PUT_OFF
    if mention.modality in OFF:
        return Status.CANCELLED, Noted.SAME if status is Status.CANCELLED else Noted.CANCELLED
    if mention.modality in OVER:
        if mention.day < entry.days[0]:
            return status, Noted.SAME
        return Status.TOOK_PLACE, Noted.SAME if status is Status.TOOK_PLACE else Noted.TOOK_PLACE
    if status in (Status.CANCELLED, Status.PUT_OFF) and _takes_back(entry, mention):
        return Status.AHEAD, Noted.AGAIN
    return status, Noted.SAME


def _takes_back(entry: CalendarEntry, mention: Mention) -> bool:
    """Only the outlet that called an event off may call it on again: others may be late copies."""
    return mention.announces and mention.evidence.outlet == entry.now.evidence.outlet


def _has_new_day(entry: CalendarEntry, mention: Mention) -> bool:
    """Whether a mention names another day that lies ahead of its article."""
    if mention.date is None or mention.modality in OVER | OFF or days_of(mention.date) is None:
        return False
    return days_in(mention.date)[1] >= mention.day and not overlap(mention.date, entry.now.date)


def _is_older(mention: Mention, entry: CalendarEntry) -> bool:
    """Whether an article was published before the one that the entry stands on, and says otherwise."""
    mine, theirs = mention.evidence.published, entry.now.evidence.published
    return bool(mine and theirs and mine.exact and theirs.exact and mine.at < theirs.at)


def _version(entry: CalendarEntry, mention: Mention, status: Status, now: dt.datetime) -> Version:
    """The entry with all that is known of it now, the more exact of two dates and places kept."""
    before = entry.now
    firm = mention.modality if mention.modality in ANNOUNCED | LOOSE else before.modality
    elsewhere = mention.relocated or _has_new_day(entry, mention)
    return Version(
        status=status,
        date=_date(entry, mention),
        modality=firm,
        place=(mention.place or before.place) if elsewhere else (before.place or mention.place),
        medium=before.medium or mention.medium,
        participants=_better_known(before.participants, mention.participants),
        evidence=mention.evidence,
        at=now,
    )


def _better_known(before: tuple[Actor, ...], after: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The list that names more of them, if it names all that the other one does."""
    if not all(any(may_be_one(one, other) for other in after) for one in before):
        return before
    known = [(sum(map(is_known, some)), sum(one.id is not None for one in some)) for some in (before, after)]
    return after if known[1] > known[0] else before


def _date(entry: CalendarEntry, mention: Mention) -> str:
    if mention.date is None or days_of(mention.date) is None or mention.modality in OFF:
        return entry.now.date
    if _has_new_day(entry, mention):
        return mention.date
    order = list(Precision)
    finer = order.index(precision_of(mention.date)) < order.index(entry.precision)
    return mention.date if finer and overlap(mention.date, entry.now.date) else entry.now.date


def _new(mention: Mention, now: dt.datetime) -> Outcome:
    if not mention.announces or mention.date is None or not _lies_ahead(mention):
        return Outcome(noted=Noted.NOTHING)
    version = Version(
        status=Status.AHEAD,
        date=mention.date,
        modality=mention.modality,
        place=mention.place,
        medium=mention.medium,
        participants=mention.participants,
        evidence=mention.evidence,
        at=now,
    )
    entry = CalendarEntry(id=_id(mention), event_type=mention.event_type, versions=(version,))
    return Outcome(noted=Noted.NEW, entry=_mentioned(entry, mention))


def _lies_ahead(mention: Mention) -> bool:
    """Whether it is announced, with a day that has not gone by when the article was published."""
    days = days_of(mention.date) if mention.date else None
    wanted = ANNOUNCED | LOOSE if family(mention.event_type) == CONSULT else ANNOUNCED
    return days is not None and mention.modality in wanted and days[1] >= mention.day


def _id(mention: Mention) -> str:
    evidence = mention.evidence
    name = f"calendar>{evidence.article}>{evidence.alert}>{mention.event_type}>{mention.date}"
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _mentioned(entry: CalendarEntry, mention: Mention) -> CalendarEntry:
    evidence = mention.evidence
    alerts = dict.fromkeys((*entry.alerts, *filter(None, (evidence.first, evidence.alert))))
    outlets = dict.fromkeys((*entry.outlets, *filter(None, (evidence.outlet,))))
    return replace(entry, alerts=tuple(alerts)[:MENTIONS], outlets=tuple(outlets)[:MENTIONS])


def without(entry: CalendarEntry, alert: str) -> CalendarEntry | None:
    """The entry without what one alert brought into it; None where nothing else is left."""
    left = tuple(one for one in entry.versions if alert not in (one.evidence.alert, one.evidence.first))
    if not left:
        return None
    return replace(entry, versions=left, alerts=tuple(one for one in entry.alerts if one != alert))
