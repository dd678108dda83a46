"""People the news is about, from `knowledge/people.yml`: names, offices, dates. Loads without spaCy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bot.extraction.lexicon import knowledge
from bot.extraction.roles import covers
from bot.extraction.world import listed


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office somebody holds or held; `country` or `body` says whose."""

    role: str
    country: str | None
    body: str | None
    first: date
    last: date | None

    def held(self, day: date | None) -> bool:
        """Whether it was held on that day; without a day: whether it still is."""
        if day is None:
            return self.last is None
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody known by name.

    Attributes:
        names: Full names; the first is English.
        german: Full name in German.
        short: Names by which they go alone.
        nation: Country of somebody whom no office ties to one.
    """

    id: str | None
    names: tuple[str, ...]
    german: str
    short: tuple[str, ...]
    nation: str | None
    offices: tuple[Office, ...]

    def name(self, lang: str) -> str:
        """The name as a language writes it."""
        return self.german if lang == "de" else self.names[0]

    def office(self, day: date | None) -> Office | None:
        """The office on that day; of several the one that began last."""
        held = [office for office in self.offices if office.held(day)]
        return max(held, key=lambda office: office.first) if held else None

    def country(self, day: date | None) -> str | None:
        """The country they act for on that day; None for who acts for a body of several countries."""
        office = self.office(day)
        if office:
            return office.country
        past = [one for one in self.offices if one.country]
        return self.nation or (past[-1].country if past else None)


@cache
def people() -> tuple[Person, ...]:
    """Everybody known."""
    return tuple(_person(entry) for entry in knowledge("people")["people"])


def in_office(candidates: Sequence[Person], day: date | None) -> Person:
    """Of several people with one name the one in office, or who was last."""
    return max(candidates, key=lambda one: (one.office(day) is not None, _began(one, day)))


def holders(
    role: str, day: date | None, *, country: str | None = None, body: str | None = None
) -> list[Person]:
    """Who held an office called by `role` for that country or body on that day."""
    return [
        person
        for person in people()
        for office in person.offices
        if office.held(day)
        and covers(role, office.role)
        and (office.country == country if country else office.body == body)
    ]


def _began(person: Person, day: date | None) -> date:
    return max((one.first for one in person.offices if day is None or one.first <= day), default=date.min)


def _person(entry: Any) -> Person:
    name = entry["name"]
    german = entry.get("de", name)
    return Person(
        id=entry.get("id"),
        names=tuple(dict.fromkeys((name, german, *entry.get("also", ())))),
        german=german,
        short=tuple(listed(entry.get("short"))),
        nation=entry.get("country"),
        offices=tuple(_office(*office) for office in entry.get("offices", ())),
    )


def _office(role: str, whose: str, first: str, last: str | None = None) -> Office:
    is_body = whose in _bodies()
    return Office(
        role=role,
        country=None if is_body else whose,
        body=whose if is_body else None,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last) if last else None,
    )


@cache
def _bodies() -> frozenset[str]:
    groups = knowledge("organisations").values()
    return frozenset(one["code"] for group in groups for one in group if "code" in one)
