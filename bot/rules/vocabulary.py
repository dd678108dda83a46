"""What the words of the rule language stand for: `vocabulary.yml`, read once a process."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from babel.core import get_global

from bot.extraction.lexicon import knowledge
from bot.located import plain_yaml


@cache
def vocabulary() -> Any:
    """The plain content of `vocabulary.yml`; treat it as frozen."""
    text = files("bot.rules").joinpath("vocabulary.yml").read_text(encoding="utf-8")
    return plain_yaml(text, "bot/rules/vocabulary.yml")


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes, from CLDR."""
    return frozenset(get_global("all_currencies"))


@cache
def territories() -> frozenset[str]:
    """ISO 3166 alpha-2 codes and those CLDR adds (EU, XK)."""
    codes = {code for aliases in get_global("territory_aliases").values() for code in aliases}
    codes |= set(get_global("territory_zones")) | set(get_global("territory_currencies"))
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) | {"EU", "XK"}


def units() -> tuple[str, ...]:
    """The units that are no currency."""
    return tuple(vocabulary()["units"])


def country_group(name: str) -> tuple[str, ...]:
    """The members of a group; a country is the group of itself."""
    return tuple(country_groups().get(name, (name,)))


def role_group(name: str) -> tuple[str, ...]:
    """The patterns of a group of offices; any other words are their own pattern."""
    group = vocabulary()["role_groups"].get(name.lower())
    if group is None:
        return (name.lower(),)
    levels = knowledge("offices")["levels"]
    roles = [*group.get("roles", ()), *(role for level in group.get("levels", ()) for role in levels[level])]
    return tuple(dict.fromkeys(role.lower() for role in roles))


def role_groups() -> tuple[str, ...]:
    """The names of the groups of offices."""
    return tuple(vocabulary()["role_groups"])


def country_groups() -> Mapping[str, list[str]]:
    """The groups of countries that have a name."""
    groups: Mapping[str, list[str]] = vocabulary()["country_groups"]
    return groups


@cache
def regions() -> Mapping[str, frozenset[str]]:
    """Part of the world -> its countries; by its English and its German name."""
    listed = vocabulary()["regions"]
    found: dict[str, frozenset[str]] = {}
    for name, region in listed.items():
        found[name] = found[region["de"]] = _countries_of(name, listed)
    return found


def _countries_of(name: str, listed: Mapping[str, Any]) -> frozenset[str]:
    region = listed[name]
    inner = (_countries_of(part, listed) for part in region.get("of", ()))
    return frozenset(region.get("countries", ())).union(*inner)


def factor(given: str, wanted: str) -> float | None:
    """How many `wanted` one `given` is; None when the two cannot be compared."""
    if given == wanted:
        return 1.0
    for scale in _scales():
        if given in scale and wanted in scale:
            return scale[given] / scale[wanted]
    return 1.0 if wanted == "money" and given in currencies() else None


def _scales() -> list[Mapping[str, float]]:
    return list(vocabulary()["convertible"])
