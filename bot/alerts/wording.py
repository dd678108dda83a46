"""Facts in words: numbers, dates, names in the reader's language, from `words/<lang>.yml` and CLDR."""

import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

from bot.article.cleaning import one_line
from bot.extraction.findings import Actor, Bound, Quantity
from bot.extraction.naming import renamed
from bot.extraction.world import territory_name
from bot.located import plain_yaml

# What is told in words of ours, because the article's stand in the case of its sentence: `30-tägigen`.
DECLINED = frozenset({"country", "hour", "day", "week", "month", "year"})
AMOUNT_LIMIT = 80
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_CURRENCY = re.compile(r"[A-Z]{3}")


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
    if found := _WEEK.fullmatch(value):
        return str(words(lang)["week"].format(week=int(found[2]), year=found[1]))
    if found := _QUARTER.fullmatch(value):
        return str(words(lang)["quarter"].format(quarter=found[2], year=found[1]))
    if (found := _MONTH.fullmatch(value)) and 1 <= int(found[2]) <= 12:
        return format_date(date(int(found[1]), int(found[2]), 1), "LLLL y", lang)
    return value


def amount_shown(quantity: Quantity, given: str | None, lang: str) -> str:
    """A quantity as the article words it, where the reader speaks its language; else in words of ours."""
    if given == lang and quantity.text and quantity.unit not in DECLINED:
        return one_line(quantity.text, AMOUNT_LIMIT)
    return amount_in(quantity, lang)


def amount_in(quantity: Quantity, lang: str) -> str:
    """A quantity in the reader's language: `bis zu 30.000 Soldaten`, `$40 billion`."""
    number, noun = number_in(quantity, lang), _noun(quantity, lang)
    return f"{number} {noun}" if noun else number


def number_in(quantity: Quantity, lang: str) -> str:
    """A quantity without what it counts: `bis zu 30.000`."""
    form = str(words(lang)["bound"][quantity.bound])
    ranged = quantity.bound is Bound.RANGE and quantity.low is not None and quantity.high is not None
    if ranged:
        return form.format(low=_number(quantity.low or 0, lang), high=_number(quantity.high or 0, lang))
    return form.format(n=_number(quantity.value, lang))


def _number(value: float, lang: str) -> str:
    for scale, size in (("billion", 1e9), ("million", 1e6)):
        if value >= size and value % (size / 100) == 0:
            return f"{format_decimal(value / size, '#,##0.##', lang)} {words(lang)['scale'][scale]}"
    return format_decimal(value, "#,##0.##", lang)


def _noun(quantity: Quantity, lang: str) -> str:
    forms = words(lang)["unit"].get(quantity.unit)
    if forms:
        return str(forms[0] if quantity.value == 1 and quantity.bound is Bound.EXACT else forms[1])
    if _CURRENCY.fullmatch(quantity.unit):
        return get_currency_symbol(quantity.unit, lang)
    return quantity.of or ""
