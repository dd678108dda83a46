"""What a mention of a name is while it is still being decided."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.extraction.components.row import Row
from bot.extraction.findings import Entity, EntityKind
from bot.extraction.people import Person


class Sense(StrEnum):
    """What has to be looked at before a known name counts."""

    PLAIN = "plain"
    CAPITAL = "capital"
    SEAT = "seat"
    SHORT = "short"
    GUARDED_PLACE = "guarded place"
    GUARDED_MEDIUM = "guarded medium"


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A name in the text, from token `first` up to, not including, token `end`.

    Attributes:
        body: What offices and roles call an organisation.
        person: Somebody known, or None.
    """

    first: int
    end: int
    kind: EntityKind
    name: str
    id: str | None = None
    subkind: str | None = None
    role: str | None = None
    country: str | None = None
    body: str | None = None
    person: Person | None = None
    sense: Sense = Sense.PLAIN

    def entity(self, row: Row, day: date | None) -> Entity:
        """The finding."""
        start, end = row.starts[self.first], row.ends[self.end - 1]
        seen = self._dated(day) if self.person else self
        return Entity(
            start=start,
            end=end,
            text=row.text[start:end],
            kind=seen.kind,
            name=seen.name,
            id=seen.id,
            subkind=seen.subkind,
            role=seen.role,
            country=seen.country,
        )

    def _dated(self, day: date | None) -> "Mention":
        """With role and country as they were on the day."""
        assert self.person is not None  # noqa: S101  (asked before)
        office = self.person.office(day)
        return replace(self, role=office.role if office else self.role, country=self.person.country(day))
