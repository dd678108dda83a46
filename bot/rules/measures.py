"""Numbers and days: whether a quantity lies within bounds, whether a date lies where a rule wants it."""

import calendar
import re
from datetime import date

from bot.extraction.findings import Bound, Quantity
from bot.rules.conditions import DateIs, QuantityIs
from bot.rules.vocabulary import factor

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})-([QH])([1-4])")
_YEAR = re.compile(r"(\d{4})")


def days_of(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 date: a day, week, month, quarter, half or year; None for others."""
    try:
        return _day(value) or _week(value) or _month(value) or _part_of_year(value) or _year(value)
    except ValueError:
        return None


def _day(value: str) -> tuple[date, date] | None:
    found = _DAY.fullmatch(value)
    if not found:
        return None
    day = date(int(found[1]), int(found[2]), int(found[3]))
    return day, day


def _week(value: str) -> tuple[date, date] | None:
    found = _WEEK.fullmatch(value)
    if not found:
        return None
    year, week = int(found[1]), int(found[2])
    return date.fromisocalendar(year, week, 6 if found[3] else 1), date.fromisocalendar(year, week, 7)


def _month(value: str) -> tuple[date, date] | None:
    found = _MONTH.fullmatch(value)
    return _months(int(found[1]), int(found[2]), 1) if found else None


def _part_of_year(value: str) -> tuple[date, date] | None:
    found = _QUARTER.fullmatch(value)
    if not found:
        return None
    length = 3 if found[2] == "Q" else 6
    return _months(int(found[1]), (int(found[3]) - 1) * length + 1, length)


def _year(value: str) -> tuple[date, date] | None:
    found = _YEAR.fullmatch(value)
    return _months(int(found[1]), 1, 12) if found else None


def _months(year: int, month: int, length: int) -> tuple[date, date]:
    end = month + length - 1
    return date(year, month, 1), date(year, end, calendar.monthrange(year, end)[1])


def date_lies(condition: DateIs, value: str, published: date | None) -> bool:
    """Whether a date lies where the condition wants it; a coarse one does if any of its days does.

    What depends on the day of publication does not hold where that day is unknown.
    """
    days = days_of(value)
    if days is None:
        return False
    first, last = days
    if condition.after is not None and last <= condition.after:
        return False
    if condition.before is not None and first >= condition.before:
        return False
    relative = condition.future or condition.within is not None or condition.not_older is not None
    return not relative or (published is not None and _lies_from(condition, first, last, published))


def _lies_from(condition: DateIs, first: date, last: date, published: date) -> bool:
    """What counts from the day of publication."""
    ahead = condition.future or condition.within is not None
    return (
        (not ahead or last >= published)
        and (condition.within is None or first <= published + condition.within)
        and (condition.not_older is None or last >= published - condition.not_older)
    )


def quantity_lies(condition: QuantityIs, quantity: Quantity) -> bool | None:
    """Whether a quantity lies within the bounds; None if its unit cannot be compared with theirs.

    Compared is its high bound, else its value: `up to 800` is 800, `500 to 800` is 800. `More than 500`
    lies above 500.
    """
    scale = 1.0 if condition.unit is None else factor(quantity.unit, condition.unit)
    if scale is None:
        return None
    value = (quantity.value if quantity.high is None else quantity.high) * scale
    above = quantity.bound is Bound.MORE_THAN
    below = quantity.bound is Bound.LESS_THAN
    return (
        (condition.at_least is None or value >= condition.at_least)
        and (condition.at_most is None or value <= condition.at_most)
        and (
            condition.more_than is None
            or value > condition.more_than
            or (above and value == condition.more_than)
        )
        and (
            condition.less_than is None
            or value < condition.less_than
            or (below and value == condition.less_than)
        )
    )


def says_quantity(condition: QuantityIs) -> str:
    """The bounds in words."""
    bounds = {
        "at least": condition.at_least,
        "at most": condition.at_most,
        "more than": condition.more_than,
        "less than": condition.less_than,
    }
    parts = [f"{words} {bound:g}" for words, bound in bounds.items() if bound is not None]
    return " and ".join(parts or ["a number"]) + (f" {condition.unit}" if condition.unit else "")


def says_date(condition: DateIs) -> str:
    """What is asked of a date, in words."""
    parts = [
        "in the future" if condition.future else "",
        f"within {condition.within.days} days" if condition.within else "",
        f"not older than {condition.not_older.days} days" if condition.not_older else "",
        f"after {condition.after}" if condition.after else "",
        f"before {condition.before}" if condition.before else "",
    ]
    return " and ".join(filter(None, parts)) or "a date"
