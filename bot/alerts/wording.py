"""Facts in words: dates and names in the reader's language, from `words/<lang>.yml` and CLDR."""

import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date

from bot.extraction.findings import Actor
from bot.extraction.naming import renamed
from bot.extraction.world import territory_name
from bot.located import plain_yaml

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_HALF = re.compile(r"(\d{4})-H([12])")
_WEEKEND = re.compile(r"(\d{4})-W(\d\d)-WE")


@cache
def words(lang: str) -> Any:
    """The wordings of a language; treat them as frozen."""
    text = files("bot.alerts").joinpath(f"words/{lang}.yml").read_text(encoding="utf-8")
    return plain_yaml(text, f"words/{lang}.yml")


def name_in(actor: Actor, lang: str) -> str:
    """What the reader's language calls somebody; where it is not known, what the article does."""
    if actor.id and len(actor.id) == 2 and actor.kind in (None, "country"):
        return territory_name(actor.id, lang) or actor.name
    if actor.office and actor.country:
        return territory_name(actor.country, lang)  # an office is told by the country it acts for
    return renamed(actor.name, lang)


def without_article(name: str, lang: str | None) -> str:
    """`Die Stabschefs` as a headline has it: `Stabschefs`."""
    first, space, rest = name.partition(" ")
    if space and lang in ("de", "en") and first.lower() in words(lang)["articles"]:
        return rest[0].upper() + rest[1:] if rest else name
    return name


def day_in(value: str, lang: str) -> str:
    """A TIMEX3 date as people write it: `Do., 20. März 2025`, `March 2026`, `week 24, 2026`."""
    if _DAY.match(value):
        return format_date(
            date.fromisoformat(value[:10]), "EEE, d. MMMM y" if lang == "de" else "EEE, d MMMM y", lang
        )
    if (found := _MONTH.fullmatch(value)) and 1 <= int(found[2]) <= 12:
        return format_date(date(int(found[1]), int(found[2]), 1), "LLLL y", lang)
    return _part_of_year(value, lang) or value


def _part_of_year(value: str, lang: str) -> str | None:
    """A week, weekend, quarter, half or season in words; None where it is none of them."""
    wordings = words(lang)
    if found := _WEEK.fullmatch(value):
        return str(wordings["week"].format(week=int(found[2]), year=found[1]))
    if (found := _WEEKEND.fullmatch(value)) and 1 <= int(found[2]) <= 52:
        saturday = date.fromisocalendar(int(found[1]), int(found[2]), 6)
        return str(wordings["weekend"].format(day=day_in(saturday.isoformat(), lang)))
    if found := _QUARTER.fullmatch(value):
        return str(wordings["quarter"].format(quarter=found[2], year=found[1]))
    if found := _HALF.fullmatch(value):
        return str(wordings["half"].format(half=found[2], year=found[1]))
    if found := _SEASON.fullmatch(value):
        return str(wordings["season"][found[2]].format(year=found[1]))
    return None
