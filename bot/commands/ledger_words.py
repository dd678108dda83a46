"""What people type in `/ledger`, read: kinds, names, pages, slots and their values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.alerts.wording import words
from bot.extraction.findings import Actor, Bound, Modality, Quantity
from bot.located import plain_yaml
from bot.ports.ledger import Wanted
from bot.rules.measures import days_of
from bot.stories.facts import Slot, Value
from bot.stories.ledger import Entry, Kind
from bot.stories.ledger_present import EMPTIED, present
from bot.stories.search import country_code, search_key

LANGS = ("de", "en")
LONGEST_NAME = 4  # words
_NUMBER = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:\s+(\S+))?")
_ID = re.compile(r"[0-9a-f]{6,24}")


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is looked for.

    Attributes:
        page: From 1.
        id: Beginning of the id of one entry, or None.
    """

    wanted: Wanted
    page: int = 1
    id: str | None = None


@cache
def _typed() -> Any:
    text = files("bot.commands").joinpath("words/ledger.yml").read_text(encoding="utf-8")
    return plain_yaml(text, "words/ledger.yml")


@cache
def _known(group: str) -> dict[str, str]:
    """Each word of a group in lower case -> what it means; what it means is one too."""
    found = {
        word.casefold(): str(meaning)
        for meaning, by_lang in _typed()[group].items()
        for lang in LANGS
        for word in by_lang[lang]
    }
    return found | {meaning: meaning for meaning in found.values()}


def meaning_of(group: str, word: str) -> str | None:
    """What a word means among `kinds`, `slots` or `acts`; None where it is none of them."""
    return _known(group).get(word.casefold())


def kind_name(kind: Kind, lang: str) -> str:
    """What a kind of commitment is called."""
    return str(_typed()["kinds"][kind][lang][0]).capitalize()


def query_of(arguments: str) -> Query:
    """`troops Ukraine`, `country FR 2`, `1a2b3c4d`: kinds, names, a page, or one entry."""
    typed = arguments.split()
    if len(typed) == 1 and _ID.fullmatch(typed[0].lower()):
        return Query(wanted=Wanted(), id=typed[0].lower())
    page = 1
    if typed and typed[-1].isascii() and typed[-1].isdigit() and len(typed[-1]) < 4:
        page = max(int(typed.pop()), 1)
    kinds = tuple(dict.fromkeys(Kind(kind) for word in typed if (kind := meaning_of("kinds", word))))
    countries = {word.casefold() for lang in LANGS for word in _typed()["country"][lang]}
    names = [word for word in typed if not meaning_of("kinds", word) and word.casefold() not in countries]
    return Query(wanted=Wanted(kinds=kinds, names=tuple(_keys(names))), page=page)


def _keys(typed: Sequence[str]) -> list[str]:
    """Names out of words: as many words as make a known country are one, the others one together."""
    found: list[str] = []
    loose: list[str] = []
    left = list(typed)
    while left:
        lengths = range(min(LONGEST_NAME, len(left)), 0, -1)
        known = next((size for size in lengths if country_code(" ".join(left[:size]))), 0)
        if known:
            found.append(search_key(" ".join(left[:known])))
            left = left[known:]
        else:
            loose.append(left.pop(0))
    return [*found, *([search_key(" ".join(loose))] if loose else [])]


def empties(slot: Slot, typed: str) -> bool:
    """Whether an admin takes out what stands in a slot: `date -`, `Menge unbekannt`."""
    return slot in EMPTIED and meaning_of("empty", typed.strip()) is not None


def value_of(slot: Slot, typed: str, entry: Entry) -> Value:
    """What an admin sets a slot to; None where it cannot be read, or is to be empty."""
    if meaning_of("empty", typed.strip()):
        return None
    match slot:
        case Slot.QUANTITY:
            return _quantity(typed, entry)
        case Slot.MODALITY:
            return _modalities().get(typed.strip().casefold())
        case Slot.DATE:
            return typed.strip().upper() if days_of(typed.strip().upper()) else None
        case _:
            return tuple(_named(part) for part in typed.split(",") if part.strip()) or None


def _quantity(typed: str, entry: Entry) -> Quantity | None:
    """`300`, `1.500 soldier`, `40000000 EUR`; without a unit it stays what it was."""
    found = _NUMBER.fullmatch(typed.strip())
    if not found:
        return None
    before = present(entry).quantity
    unit = _unit(found[2]) if found[2] else before.unit if before else _usual(entry)
    if unit is None:
        return None
    counted = before.of if before and before.unit == unit else None
    number = float(re.sub(r"[.,\s]", "", found[1]))
    return Quantity(
        start=-1, end=-1, text="", value=number, low=None, high=None, unit=unit, bound=Bound.EXACT, of=counted
    )


def _unit(typed: str) -> str | None:
    """A unit by its name in either language, or a currency by its code."""
    if re.fullmatch(r"[A-Z]{3}", typed):
        return typed
    named = {
        name.casefold(): str(unit)
        for lang in LANGS
        for unit, forms in words(lang)["unit"].items()
        for name in (unit, *forms)
    }
    return named.get(typed.casefold())


def _usual(entry: Entry) -> str | None:
    return "soldier" if entry.kind in (Kind.TROOPS, Kind.WITHDRAWAL) else None


@cache
def _modalities() -> dict[str, Modality]:
    """Words of both languages -> modality."""
    found = {modality.value: modality for modality in Modality}
    for lang in LANGS:
        found |= {str(words(lang)["modality"][one]).casefold(): one for one in Modality}
    return found


def _named(typed: str) -> Actor:
    """Somebody by a name; a country by its code."""
    name = " ".join(typed.split())
    code = country_code(name)
    if code is None:
        return Actor(name=name)
    return Actor(name=name, id=code.upper(), kind="country", country=code.upper())
