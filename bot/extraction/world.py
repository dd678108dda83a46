"""The countries of the world in German and English: names, adjectives, inhabitants, capitals, seats.

Names come from CLDR (Babel), everyday names and the rest from `lexicons/<lang>/territories.yml`. Loads
without spaCy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from babel import Locale

from bot.extraction.inflection import adjective_forms, english_plural, forms, genitive
from bot.extraction.lexicon import knowledge, lexicon


@dataclass(frozen=True, kw_only=True)
class Territory:
    """A country or a territory with an ISO 3166 code of its own.

    Attributes:
        code: ISO 3166 alpha-2.
        name: Everyday name in the language.
        names: All names and declined forms.
        nationality: Adjectives and inhabitants in all forms.
        capitals: Its capital or seat of government, with other spellings; the first is the usual one.
        within: Code of the country it belongs to, or None.
        unless: If one of these words stands in an article, the name means a place of that country instead.
    """

    code: str
    name: str
    names: tuple[str, ...]
    nationality: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    within: str | None = None
    unless: tuple[frozenset[str], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A building or address that stands for a government."""

    name: str
    country: str
    forms: tuple[str, ...] = field(default=())


@cache
def territories(lang: str) -> Mapping[str, Territory]:
    """All territories by code, in `de` or `en`."""
    words = lexicon(lang, "territories")
    places = knowledge("places")
    left_out = frozenset(places["no_territory"])
    return {
        code: _territory(code, name, lang, words)
        for code, name in Locale(lang).territories.items()
        if len(code) == 2 and code not in left_out
    }


@cache
def seats(lang: str) -> tuple[Seat, ...]:
    """The seats that stand for a government."""
    return tuple(
        Seat(name=one["name"], country=one["country"], forms=(one["name"], *one.get("forms", ())))
        for one in lexicon(lang, "territories")["seats"]
    )


def territory_name(code: str, lang: str) -> str:
    """The everyday name of a territory; the code itself if nobody knows it."""
    found = territories(lang).get(code)
    return found.name if found else code


def listed(value: str | list[str] | None) -> list[str]:
    """A value of a lexicon that may be one word or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _territory(code: str, cldr: str, lang: str, words: Any) -> Territory:
    entry = words["territories"].get(code, {})
    name = entry.get("name", cldr)
    places = knowledge("places")
    unless = words["unless"].get(code)
    return Territory(
        code=code,
        name=name,
        names=_declined((name, cldr, *entry.get("also", ())), lang),
        nationality=_nationality(entry, lang, frozenset(words["not_nationality"])),
        capitals=tuple(listed(entry.get("capital"))),
        within=places["within"].get(code),
        unless=(frozenset(unless["words"]), unless["place"]) if unless else None,
    )


def _declined(names: tuple[str, ...], lang: str) -> tuple[str, ...]:
    found = dict.fromkeys(names)
    if lang == "de":
        found |= dict.fromkeys(form for name in names if (form := genitive(name)))
    return tuple(found)


def _nationality(entry: Any, lang: str, never: frozenset[str]) -> tuple[str, ...]:
    adjectives, people = listed(entry.get("adjective")), listed(entry.get("people"))
    found: dict[str, None] = {}
    if lang == "de":
        found |= dict.fromkeys(form for stem in adjectives for form in adjective_forms(stem))
        found |= dict.fromkeys(form for one in people for form in forms(one, lang))
        for woman in listed(entry.get("feminine")):
            found |= dict.fromkeys((woman, woman + "nen"))
    else:
        plurals = listed(entry.get("plural"))
        found |= dict.fromkeys((*adjectives, *people, *plurals, *map(english_plural, people)))
    return tuple(form for form in found if form not in never)
