"""What the calendar holds: announced events, how they stand, and what an article says of one."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.extraction.findings import Actor, Medium, Modality
from bot.rules.measures import days_of
from bot.stories.evidence import Evidence

CONSULT = "consult"
# An announcement of these is an entry, whatever the event; how firm it is shows in the entry.
ANNOUNCED = frozenset({Modality.SCHEDULED, Modality.DECIDED, Modality.PLEDGED, Modality.EXPECTED})
LOOSE = frozenset(
    {Modality.OFFERED, Modality.PROPOSED}
)  # a meeting that is offered has a day; troops have none
OVER = frozenset({Modality.OCCURRED, Modality.ONGOING})
OFF = frozenset({Modality.CANCELLED, Modality.DENIED})


class Status(StrEnum):
    """How an event stands."""

    AHEAD = "ahead"
    PUT_OFF = "put_off"  # it will be on another day, which nobody has said yet
    CANCELLED = "cancelled"
    TOOK_PLACE = "took_place"


class Precision(StrEnum):
    """How exactly the date is known."""

    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LONGER = "longer"  # a quarter, half a year, a year


@dataclass(frozen=True, kw_only=True)
class Mention:
    """What one article says of an event.

    Attributes:
        date: TIMEX3 date, with the hour where the article names it (`2026-03-03T14:00`); None: not said.
        moved: It says that the date has changed.
        relocated: It is told as a change of place.
        announces: It may make an entry; others only change one.
        day: Of publication, or of reading where nobody says.
    """

    event_type: str
    medium: Medium | None
    modality: Modality
    participants: tuple[Actor, ...]
    place: Actor | None
    date: str | None
    moved: bool
    announces: bool
    day: dt.date
    evidence: Evidence
    relocated: bool = False


@dataclass(frozen=True, kw_only=True)
class Version:
    """An event as it stands since one article.

    Attributes:
        date: As of a mention; of an event that was put off the day it was to be on.
    """

    status: Status
    date: str
    modality: Modality
    place: Actor | None
    medium: Medium | None
    participants: tuple[Actor, ...]
    evidence: Evidence
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One announced event.

    Attributes:
        id: 24 hex digits; its identity in calendars as well.
        versions: Oldest first; never empty.
        alerts: Ids of the alerts that spoke of it.
        outlets: Who reported it, each once.
    """

    id: str
    event_type: str
    versions: tuple[Version, ...]
    alerts: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()

    @property
    def now(self) -> Version:
        """How it stands."""
        return self.versions[-1]

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day on which it may be, or was to be."""
        return days_in(self.now.date)

    @property
    def precision(self) -> Precision:
        """How exactly its date is known."""
        return precision_of(self.now.date)


def precision_of(date: str) -> Precision:
    """How exactly a TIMEX3 date says when."""
    if hour_of(date):
        return Precision.TIME
    first, last = days_in(date)
    lengths = ((0, Precision.DAY), (6, Precision.WEEK), (30, Precision.MONTH))
    return next((kind for length, kind in lengths if (last - first).days <= length), Precision.LONGER)


def hour_of(date: str) -> dt.time | None:
    """The hour that a TIMEX3 date names, local to the event; None where it names none."""
    _, _, hour = date.partition("T")
    try:
        return dt.time.fromisoformat(hour) if hour else None
    except ValueError:  # `TMO`: in the morning
        return None


def days_in(date: str) -> tuple[dt.date, dt.date]:
    """First and last day of a TIMEX3 date.

    Raises:
        ValueError: It is none.
    """
    days = days_of(date)
    if days is None:
        raise ValueError(f"{date!r} is no day")
    return days


def family(event_type: str) -> str:
    """Consultations are one family, because outlets call one event a meeting, a visit or talks."""
    kind = event_type.partition(".")[0]
    return CONSULT if kind == CONSULT or event_type == "peace.talks" else event_type
