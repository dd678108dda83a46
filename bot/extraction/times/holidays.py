"""Reads days known by their names: `Heiligabend`, `Easter Monday`, `Thanksgiving 2024`.

The lexicon gives `MM-DD`, days from Easter Sunday, or `N from MM-DD`: the first such weekday
(1 Monday … 7 Sunday) from that day of the year on.
"""

from datetime import date, timedelta

from bot.extraction.grammar import Found
from bot.extraction.times import periods
from bot.extraction.times.dates import year_of
from bot.extraction.times.periods import Period
from bot.extraction.times.scene import Marks, Scene


def read_holiday(scene: Scene, found: Found) -> Marks | None:
    """A named day of the year that is said, else the nearest one that fits the tense."""
    when = scene.lexicon.value("holiday", found.text("holiday"))
    year = year_of(scene, found)
    if year is None and scene.anchor is None:
        fixed = isinstance(when, str) and " " not in when
        return scene.one(found, Period(value=f"XXXX-{when}" if fixed else ""))
    anchor_year = scene.anchor.year if scene.anchor else 0
    around = [_in_year(when, one) for one in ([year] if year else range(anchor_year - 1, anchor_year + 2))]
    days = [day for day in around if day]
    if year or scene.anchor is None:
        return scene.one(found, days[0] if days else None)
    return scene.one(found, periods.nearest(days, scene.anchor, scene.toward_date(found)))


def _in_year(when: str | int, year: int) -> Period | None:
    if isinstance(when, int):
        return periods.day(periods.easter(year) + timedelta(days=when))
    weekday, _, start = when.rpartition(" from ")
    month, day = map(int, start.split("-"))
    if not weekday:
        return periods.dated(month, day, year, None, 0)
    first = date(year, month, day)
    return periods.day(first + timedelta(days=(int(weekday) - first.isoweekday()) % 7))
