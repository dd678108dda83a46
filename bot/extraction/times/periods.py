"""Calendar arithmetic: a period is a TIMEX3 value with its first and last day."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}  # meteorological, months
MONTHS = 12  # of a year
SATURDAY = 6  # as ISO counts weekdays
LONGEST_GUESS = 300  # days; a date without a year is not meant further back or ahead than this
_SECONDS = {"TS": "S", "TM": "M", "TH": "H"}
_YEARS = {"DE": 10, "CE": 100, "ML": 1000}


@dataclass(frozen=True, kw_only=True)
class Period:
    """A stretch of the calendar.

    Attributes:
        value: TIMEX3, such as `2025-03-17`, `2025-W12`, `2025-Q1`, `199`.
        first: First day, None where it is open or unknown.
        last: Last day, likewise.
    """

    value: str
    first: date | None = None
    last: date | None = None

    @property
    def ends(self) -> tuple[date, date]:
        """First and last day.

        Raises:
            ValueError: One of them is open.
        """
        if self.first is None or self.last is None:
            raise ValueError(self.value)
        return self.first, self.last

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first is not None and self.first == self.last


def day(when: date) -> Period:
    """One day."""
    return Period(value=when.isoformat(), first=when, last=when)


def week(when: date) -> Period:
    """The ISO week of a day."""
    year, number, weekday = when.isocalendar()
    first = when - timedelta(days=weekday - 1)
    return Period(value=f"{year:04}-W{number:02}", first=first, last=first + timedelta(days=6))


def weekend(when: date) -> Period:
    """Saturday and Sunday of the ISO week of a day."""
    whole = week(when)
    sunday = whole.ends[1]
    return Period(value=f"{whole.value}-WE", first=sunday - timedelta(days=1), last=sunday)


def month(year: int, number: int) -> Period:
    """A month; the number may run over into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(
        value=f"{year:04}-{number:02}",
        first=date(year, number, 1),
        last=date(year, number, calendar.monthrange(year, number)[1]),
    )


def quarter(year: int, number: int) -> Period:
    """A quarter of a year; the number may run over into other years."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return _months(f"{year:04}-Q{number}", year, 3 * number - 2, 3 * number)


def half(year: int, number: int) -> Period:
    """A half of a year; the number may run over into other years."""
    year, number = year + (number - 1) // 2, (number - 1) % 2 + 1
    return _months(f"{year:04}-H{number}", year, 6 * number - 5, 6 * number)


def season(year: int, name: str) -> Period:
    """A season, `SP`, `SU`, `FA` or `WI`; winter runs into the next year."""
    return _months(f"{year:04}-{name}", year, *SEASONS[name])


def year(number: int) -> Period:
    """A year."""
    return _months(f"{number:04}", number, 1, 12)


def years(value: str) -> Period:
    """A decade, century or millennium by the leading digits of its years: `199`, `19`, `2`."""
    rest = len("2000") - len(value)
    first = int(value) * 10**rest
    if not MINYEAR <= max(first, 1) <= MAXYEAR:
        raise ValueError(value)
    return Period(value=value, first=date(max(first, 1), 1, 1), last=date(first + 10**rest - 1, 12, 31))


def _months(value: str, of: int, first: int, last: int) -> Period:
    return Period(value=value, first=month(of, first).first, last=month(of, last).last)


def year_before(whole: Period) -> Period | None:
    """A month, quarter or half of a year, or a year, one year earlier; None for other periods."""
    year_of, _, rest = whole.value.partition("-")
    before = int(year_of) - 1
    if not rest or rest.isdigit():
        return month(before, int(rest)) if rest else year(before)
    make = {"Q": quarter, "H": half}.get(rest[:1])
    return make(before, int(rest[1:])) if make else None


# Unit of time -> the period of that unit so many steps from the one a day lies in.
_AROUND: dict[str, Callable[[date, int], Period]] = {
    "D": lambda when, n: day(when + timedelta(days=n)),
    "N": lambda when, n: day(when + timedelta(days=n)),
    "W": lambda when, n: week(when + timedelta(weeks=n)),
    "WE": lambda when, n: weekend(when + timedelta(weeks=n)),
    "M": lambda when, n: month(when.year, when.month + n),
    "Q": lambda when, n: quarter(when.year, (when.month + 2) // 3 + n),
    "H": lambda when, n: half(when.year, (when.month + 5) // 6 + n),
    "Y": lambda when, n: year(when.year + n),
    "DE": lambda when, n: years(f"{when.year // 10 + n:03}"),
    "CE": lambda when, n: years(f"{when.year // 100 + n:02}"),
    "ML": lambda when, n: years(str(when.year // 1000 + n)),
}


def around(unit: str, when: date, steps: int) -> Period | None:
    """The period of a unit (`W`, `M`, …) so many steps from the one `when` lies in; None if none."""
    try:
        return _AROUND[unit](when, steps) if unit in _AROUND else None
    except (ValueError, OverflowError):
        return None


def moved(when: date, count: float, unit: str) -> date | None:
    """A day so many units later, or earlier if `count` is negative; None outside the calendar."""
    try:
        if unit in ("D", "N", "W", "WE"):
            return when + timedelta(days=round(count * (1 if unit in ("D", "N") else 7)))
        if unit in _SECONDS:
            return when if unit != "TH" else when + timedelta(days=int(count / 24))
        months = round(count * {"M": 1, "Q": 3, "H": 6, "Y": 12}.get(unit, 12 * _YEARS.get(unit, 1)))
        there = month(when.year, when.month + months).ends[1]
    except (ValueError, OverflowError):
        return None
    return there.replace(day=min(when.day, there.day))


def length(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time: `P30D`, `PT3.5H`, `PXY` for an unknown count."""
    if unit in _YEARS and count is not None and count % 1:
        unit, count = "Y", count * _YEARS[unit]
    amount = "X" if count is None else f"{count:.10g}"
    if unit in _SECONDS:
        return f"PT{amount}{_SECONDS[unit]}"
    if unit == "H":
        unit, amount = "M", "X" if count is None else f"{count * 6:.10g}"
    return f"P{amount}{'D' if unit == 'N' else unit}"


def dated(of_month: int, of_day: int, of_year: int | None, anchor: date | None, toward: int) -> Period | None:
    """A day of a month; without a year the one meant from `anchor`, looking `toward` (-1, 0, 1)."""
    if of_year is not None:
        return _day_or_none(of_year, of_month, of_day)
    if not 1 <= of_month <= 12 or not 1 <= of_day <= calendar.monthrange(2000, of_month)[1]:
        return None
    if anchor is None:
        return Period(value=f"XXXX-{of_month:02}-{of_day:02}")
    near = (_day_or_none(anchor.year + n, of_month, of_day) for n in range(-4, 5))
    return nearest([period for period in near if period], anchor, toward)


def nearest(periods: list[Period], anchor: date, toward: int) -> Period | None:
    """The period nearest to a day; on the side `toward` if one is not too far there."""

    def away(period: Period) -> int:
        first, last = period.ends
        return max((first - anchor).days, (anchor - last).days, 0)

    def fits(period: Period) -> bool:
        first, last = period.ends
        right_side = not toward or (first <= anchor if toward < 0 else last >= anchor)
        return right_side and away(period) <= LONGEST_GUESS

    side = [period for period in periods if fits(period)]
    return min(side or periods, key=away, default=None)


def _day_or_none(of_year: int, of_month: int, of_day: int) -> Period | None:
    try:
        return day(date(of_year, of_month, of_day))
    except ValueError:
        return None


def weekday(number: int, anchor: date, toward: int) -> date:
    """The day of a weekday (1 Monday … 7 Sunday): the last one, today included; the next if `toward` is 1."""
    ahead = (number - anchor.isoweekday()) % 7
    return anchor + timedelta(days=ahead if toward > 0 or not ahead else ahead - 7)


def edge(period: Period, part: str) -> Period:
    """The beginning, middle or end of a closed period; the value stays, as TimeML has it."""
    first, last = period.ends
    if first == last:
        return period
    middle = _middle(first, last)
    if part == "start":
        return replace(period, last=middle - timedelta(days=1))
    if part == "end":
        return replace(period, first=middle)
    third = timedelta(days=((last - first).days + 1) // 3)
    return replace(period, first=first + third, last=last - third)


def _middle(first: date, last: date) -> date:
    """Where the second half begins: July of a year, the 16th of a month."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and months > 1:
        return month(first.year, first.month + months // 2).ends[0]
    return first + timedelta(days=((last - first).days + 1) // 2)


def easter(of_year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, rest = of_year % 19, of_year // 100, of_year % 100
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    number = moon + sunday - 7 * late + 114
    return date(of_year, number // 31, number % 31 + 1)
