"""The plain nouns of a reading: what was found in an article, and exactly where.

Offsets count Unicode code points of `Article.content`; `text` is always `content[start:end]`.
Imports nothing but the standard library, so that whoever needs the nouns need not load spaCy.
"""

from dataclasses import dataclass
from enum import StrEnum

SCHEMA = 1


class EntityKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    PLACE = "place"
    NATIONALITY = "nationality"


class QuoteKind(StrEnum):
    """How words are given: verbatim, verbatim in part, in a reported clause, only summarised."""

    DIRECT = "direct"
    FRAGMENT = "fragment"
    INDIRECT = "indirect"
    REPORTED = "reported"


class Basis(StrEnum):
    """On what the name of a speaker rests."""

    EXPLICIT = "explicit"
    PRONOUN = "pronoun"
    CARRIED = "carried"
    UNRESOLVED = "unresolved"


class Bound(StrEnum):
    """How a number is bounded by the words around it."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    UP_TO = "up_to"
    ABOUT = "about"
    RANGE = "range"


class TimeType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Modality(StrEnum):
    """How real an event is, by what the article says of it."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    DECIDED = "decided"
    PLEDGED = "pledged"
    OFFERED = "offered"
    EXPECTED = "expected"
    UNDER_DISCUSSION = "under_discussion"
    PROPOSED = "proposed"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    DENIED = "denied"
    CANCELLED = "cancelled"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"


class Medium(StrEnum):
    """How people consult one another."""

    CALL = "call"
    MEETING = "meeting"
    SUMMIT = "summit"
    VISIT = "visit"
    TALKS = "talks"
    VIDEO = "video"


# Event type -> the PLOVER type it falls under (github.com/openeventdata/PLOVER). A rule pack may add its own.
PLOVER = {
    "troops.commit": "MOBILIZE",
    "troops.withdraw": "RETREAT",
    "consult.call": "CONSULT",
    "consult.meeting": "CONSULT",
    "consult.summit": "CONSULT",
    "consult.visit": "CONSULT",
    "consult.talks": "CONSULT",
    "sanction.impose": "SANCTION",
    "sanction.extend": "SANCTION",
    "sanction.lift": "CONCEDE",
    "aid.money": "AID",
    "aid.weapons": "AID",
    "aid.humanitarian": "AID",
    "ceasefire": "RETREAT",
    "ceasefire.broken": "ASSAULT",
    "peace.agreement": "AGREE",
    "peace.talks": "CONSULT",
    "threat": "THREATEN",
    "accusation": "ACCUSE",
    "rejection": "REJECT",
    "mobilisation": "MOBILIZE",
    "attack": "ASSAULT",
    "protest": "PROTEST",
}


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of the article."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Entity(Span):
    """One mention of a name.

    Attributes:
        name: Canonical everyday name in the article's language.
        id: ISO 3166 alpha-2 of a country or nationality, Wikidata id of others, or None.
        subkind: `media`, `coalition`, `government`, `party`, `international`, … or None.
        role: Office at the article's date, in English lower case (`prime minister`), or None.
        country: ISO 3166 alpha-2, or None.
    """

    kind: EntityKind
    name: str
    id: str | None = None
    subkind: str | None = None
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, kw_only=True)
class Speaker(Span):
    """Who said it: the words that stand in the text, and whom they mean."""

    name: str
    basis: Basis
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quote(Span):
    """What somebody said, without quotation marks; `spans` are its parts if it is interrupted."""

    spans: tuple[tuple[int, int], ...]
    kind: QuoteKind
    speaker: Speaker | None = None
    cue: Span | None = None
    via: str | None = None


@dataclass(frozen=True, kw_only=True)
class Quantity(Span):
    """A number with what it counts; money in the major unit, multipliers multiplied out.

    Attributes:
        unit: ISO 4217 for money, else the closed list of the contract, or `other`.
        of: The counted noun as written, or None.
    """

    value: float
    low: float | None
    high: float | None
    unit: str
    bound: Bound
    of: str | None = None


@dataclass(frozen=True, kw_only=True)
class TimeExpression(Span):
    """A TIMEX3 expression; `first` and `last` are ISO days, None where unknown."""

    type: TimeType
    value: str | None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who takes part in an event; without a stretch of text when only implied.

    Attributes:
        kind: As of an entity, or None.
        role: Office, where somebody is called by it (`the foreign ministers`), as of an entity.
        country: Whose office that is, ISO 3166 alpha-2, or None.
        office: The article names the office only, whoever may hold it.
    """

    name: str
    id: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    kind: str | None = None
    role: str | None = None
    country: str | None = None
    office: bool = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, is planned, wanted or denied.

    Attributes:
        type: A key of `PLOVER`, or a pack's own.
        evidence: The sentence.
        date: ISO day, or a coarser TIMEX3 date (`2026-05`), or None.
        medium: For consultations.
    """

    type: str
    plover: str
    trigger: Span
    evidence: Span
    modality: Modality
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    participants: tuple[Actor, ...] = ()
    medium: Medium | None = None
    place: Actor | None = None
    date: str | None = None
    quantity: Quantity | None = None
    said_by: Speaker | None = None


@dataclass(frozen=True, kw_only=True)
class Findings:
    """All that was read out of one article, each list in the order of the text.

    Attributes:
        lang: `de`, `en`, or None: another language, and then only what needs no language.
        sentences: Start and end of each sentence; not part of the printed contract.
    """

    lang: str | None
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[Event, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
