"""Cities, regions and seas, from `knowledge/places.yml`. Loads without spaCy."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.extraction.lexicon import knowledge

GUARD = "?"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place with its names in one language.

    Attributes:
        country: ISO 3166 alpha-2, or None for what lies in several.
        guarded: The name is a common word or family name too.
    """

    name: str
    names: tuple[str, ...]
    country: str | None
    guarded: bool


@cache
def places(lang: str) -> tuple[Place, ...]:
    """All places known in `de` or `en`."""
    return tuple(_places(lang))


def _places(lang: str) -> Iterator[Place]:
    known = knowledge("places")
    for country, entries in known["cities"].items():
        yield from (_place(entry, lang, country) for entry in entries)
    yield from (_place(entry, lang, None) for entry in known["regions"])


def _place(entry: str, lang: str, country: str | None) -> Place:
    german, _, english = entry.partition("|")
    spelled = german if lang == "de" or not english else english
    names = tuple(name.removesuffix(GUARD) for name in spelled.split("/"))
    return Place(name=names[0], names=names, country=country, guarded=GUARD in spelled)
