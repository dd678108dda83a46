"""Conditions: what a rule may ask of an article. Typed, frozen, without behaviour; `judging.py` judges them.

`EventIs`, `PartyIs`, `ModalityIs` and `MediumIs` are bound to an event. All conditions inside one
`SomeEvent` must hold for one and the same event; quantity, date and place inside it are that event's.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from bot.article.model import Tier
from bot.extraction.findings import Medium, Modality, QuoteKind


class Slot(StrEnum):
    """Who of an event is meant."""

    ACTOR = "actor"
    TARGET = "target"
    PARTICIPANT = "participant"
    ANYONE = "anyone"  # whoever takes part in any of the three ways


class Where(StrEnum):
    """Where words are looked for."""

    SENTENCE = "sentence"  # the sentence that shows the event
    TITLE = "title"
    ARTICLE = "article"


@dataclass(frozen=True, kw_only=True, slots=True)
class Who:
    """A description of a person, country or organisation; an empty tuple asks nothing.

    Attributes:
        named: Any of these is its id, its name or the words in the text; lower case.
        kinds: `country`, `person`, `coalition`, …
        roles: Patterns of offices, lower case, `*` for any characters.
        countries: ISO 3166 alpha-2; groups such as NATO are written out here.
    """

    named: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A word or several in a row.

    Attributes:
        words: Each as written; `*` at its start or end stands for any letters.
    """

    words: tuple[str, ...]

    def __str__(self) -> str:
        """As written."""
        return " ".join(self.words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """Base of all conditions.

    Attributes:
        key: The word in the rule file that makes it.
        line: Where it stands there, from 1; 0 if made by hand.
        column: As above.
    """

    key: ClassVar[str] = ""
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class EventIs(Condition):
    """The event is of one of these types (wildcards already written out)."""

    key = "event"
    types: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyIs(Condition):
    """Somebody in this slot of the event answers the description."""

    slot: Slot
    who: Who


@dataclass(frozen=True, kw_only=True, slots=True)
class ModalityIs(Condition):
    """The event is real in one of these ways."""

    key = "modality"
    modalities: tuple[Modality, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MediumIs(Condition):
    """The consultation is held in one of these ways."""

    key = "medium"
    media: tuple[Medium, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuantityIs(Condition):
    """The event's quantity (or, without an event, one of the article's) lies within bounds.

    Attributes:
        unit: Unit the bounds are in, `money` for any currency, None for any unit.
        if_given: No quantity, or one of another unit, does not count against it.
    """

    key = "quantity"
    unit: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    more_than: float | None = None
    less_than: float | None = None
    if_given: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DateIs(Condition):
    """The event's date (or, without an event, one the article names) lies here.

    Attributes:
        within: At most so long after the day of publication, and not before it.
        future: On the day of publication or later.
        not_older: At most so long before the day of publication, or any time after it.
        if_given: An event without a date does not count against it.
    """

    key = "date"
    within: timedelta | None = None
    after: date | None = None
    before: date | None = None
    future: bool = False
    not_older: timedelta | None = None
    if_given: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceIs(Condition):
    """The event's place (or, without an event, one the article names) answers the description."""

    key = "place"
    who: Who


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityIs(Condition):
    """A name in the text answers the description."""

    key = "entity"
    who: Who
    where: Where | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteIs(Condition):
    """Somewhere in the article is such a quote."""

    key = "quote"
    speaker: Who | None = None
    phrases: tuple[Phrase, ...] = ()
    kinds: tuple[QuoteKind, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceIs(Condition):
    """The article comes from one of these sources, and its source is of one of these kinds.

    Attributes:
        sources: Names or ids, lower case; empty for any.
        tiers: Empty for any, also an unknown one.
    """

    key = "source"
    sources: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageIs(Condition):
    """The article is in one of these languages."""

    key = "language"
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TextHas(Condition):
    """One of these phrases stands in the text."""

    key = "text"
    phrases: tuple[Phrase, ...]
    where: Where | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PatternFound(Condition):
    """The regular expression (RE2) is found in the text."""

    key = "pattern"
    pattern: str
    where: Where | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AllOf(Condition):
    """Each part holds."""

    key = "all"
    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AnyOf(Condition):
    """At least one part holds."""

    key = "any"
    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Not(Condition):
    """The part does not hold."""

    key = "not"
    part: Condition


@dataclass(frozen=True, kw_only=True, slots=True)
class SomeEvent(Condition):
    """There is an event for which the part holds; nothing in a rule file is called so, `bind` makes it."""

    key = "event"
    part: Condition


def requires_event(condition: Condition) -> bool:
    """Whether the condition can hold only for an event."""
    if isinstance(condition, AllOf):
        return any(map(requires_event, condition.parts))
    if isinstance(condition, AnyOf):
        return all(map(requires_event, condition.parts))
    return isinstance(condition, (EventIs, PartyIs, ModalityIs, MediumIs, SomeEvent))


def bind(condition: Condition) -> Condition:
    """Put each outermost part that requires an event into a `SomeEvent`: so its parts share one event."""
    if isinstance(condition, SomeEvent):
        return condition
    if requires_event(condition):
        return SomeEvent(part=condition, line=condition.line, column=condition.column)
    if isinstance(condition, AllOf):
        return AllOf(parts=tuple(map(bind, condition.parts)), line=condition.line, column=condition.column)
    if isinstance(condition, AnyOf):
        return AnyOf(parts=tuple(map(bind, condition.parts)), line=condition.line, column=condition.column)
    if isinstance(condition, Not):
        return Not(part=bind(condition.part), line=condition.line, column=condition.column)
    return condition
