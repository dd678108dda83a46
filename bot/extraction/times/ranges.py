"""Reads two dates with a word or dash between: an expression for each end, with the days of the whole."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.extraction.findings import TimeExpression, TimeType
from bot.extraction.grammar import Found
from bot.extraction.times import periods
from bot.extraction.times.dates import FIRST_YEAR, month_of, named, number_of, ordered, year_of
from bot.extraction.times.periods import Period
from bot.extraction.times.scene import Marks, Scene

BETWEEN = 20  # characters between two ends of a stretch


def read_days(scene: Scene, found: Found) -> Marks | None:
    """`3. bis 5. Mai`, `between 3 and 5 May`: both days, each with the stretch they span if they do."""
    month, year = month_of(scene, found), year_of(scene, found)
    first, last = number_of(scene, found.text("first")), number_of(scene, found.text("day"))
    if not (month and first and last):
        return None
    toward = scene.toward_date(found)
    end = periods.dated(month, last, year, scene.anchor, toward)
    year = end.first.year if end and end.first else year
    return pair(scene, found, periods.dated(month, first, year, scene.anchor, toward), end)


def read_two_days(scene: Scene, found: Found) -> Marks | None:
    """`28. Februar bis 3. März`, `Nov 18-Dec 19, 2015`: the first takes its year from the second."""
    toward = scene.toward_date(found)
    end_day, end_month = number_of(scene, found.text("day")), month_of(scene, found)
    start_day = number_of(scene, found.text("first"))
    start_month = scene.lexicon.value("month", found.text("first_month"))
    if not (end_day and end_month and start_day and start_month):
        return None
    end = periods.dated(end_month, end_day, year_of(scene, found), scene.anchor, toward)
    if end is None or end.first is None:
        return None
    start = periods.dated(start_month, start_day, end.first.year - (start_month > end_month), None, 0)
    return pair(scene, found, start, end)


def read_slash_days(scene: Scene, found: Found) -> Marks | None:
    """`from 10/1 to 11/7`, `10/1-11/2/2017`: the first takes its year from the second."""
    day_first = scene.lexicon.day_first
    end_text = found.text("slash_date") or found.text("slash_pair")
    start_text = found.text("first_slash") or found.text("first_slash_pair")
    year, month, day = ordered(end_text.split("/"), day_first=day_first)
    toward = scene.toward_date(found)
    end = periods.dated(month, day, year or year_of(scene, found), scene.anchor, toward)
    if end is None or end.first is None:
        return None
    start_year, start_month, start_day = ordered(start_text.split("/"), day_first=day_first)
    start_year = start_year or end.first.year - (start_month > month)
    return pair(scene, found, periods.dated(start_month, start_day, start_year, None, 0), end)


def read_two_months(scene: Scene, found: Found) -> Marks | None:
    """`April bis Juni 2017`, `Nov-Feb 2017`: the first takes its year from the second."""
    month, first = month_of(scene, found), scene.lexicon.value("month", found.text("first_month"))
    end = named(scene, found)
    if not month or not first or end is None or end.last is None:
        return None
    return pair(scene, found, periods.month(end.last.year - (first > month), first), end)


def pair(scene: Scene, found: Found, start: Period | None, end: Period | None) -> Marks | None:
    """Two expressions with a word between; `bis` and its like give both the stretch as a whole."""
    if start is None or end is None:
        return None
    spans = not found.has("and") or found.before(scene.lexicon.articles) in scene.lexicon.pair_openers
    if spans and start.first and end.last and start.first <= end.last:
        start, end = (replace(one, first=start.first, last=end.last) for one in (start, end))
    marks = (
        scene.mark(found, start, tiles=found.roles["left"]),
        scene.mark(found, end, tiles=found.roles["right"]),
    )
    return tuple(mark for mark in marks if mark)


def joined(scene: Scene, marks: list[TimeExpression]) -> list[TimeExpression]:
    """Give both of two dates with `to` or `between … and` around them the days of the whole stretch."""
    done = list(marks)
    for at, (start, end) in enumerate(pairwise(marks)):
        if start.type is end.type is TimeType.DATE and start.first and end.last and _spans(scene, start, end):
            done[at : at + 2] = _stretch(*_in_order(scene, start, end))
    return done


def _stretch(start: TimeExpression, end: TimeExpression) -> list[TimeExpression]:
    if not start.first or not end.last or start.first > end.last:
        return [start, end]
    return [replace(one, first=start.first, last=end.last) for one in (start, end)]


def _in_order(
    scene: Scene, start: TimeExpression, end: TimeExpression
) -> tuple[TimeExpression, TimeExpression]:
    """Two weekdays of which the second came out first: `von Freitag bis Montag` on a Wednesday."""
    weekdays = [scene.lexicon.value("weekday", one.text) for one in (start, end)]
    if not all(weekdays) or not start.value or not end.value or start.value <= end.value:
        return start, end
    if scene.anchor and end.value < scene.anchor.isoformat():
        return _weeks_later(start, -1), end
    return start, _weeks_later(end, 1)


def _weeks_later(day: TimeExpression, weeks: int) -> TimeExpression:
    moved = (date.fromisoformat(str(day.value)) + timedelta(weeks=weeks)).isoformat()
    return replace(day, value=moved, first=moved, last=moved)


def _spans(scene: Scene, start: TimeExpression, end: TimeExpression) -> bool:
    """Whether the words between two expressions, or before and between them, make one stretch."""
    if end.start - start.end > BETWEEN:
        return False
    link = [
        word
        for word in scene.text[start.end : end.start].lower().split()
        if word not in scene.lexicon.articles
    ]
    if " ".join(link) in scene.lexicon.links:
        return True
    before = [
        word
        for word in scene.text[max(0, start.start - BETWEEN) : start.start].lower().split()
        if word not in scene.lexicon.articles
    ]
    return bool(before) and before[-1] in scene.lexicon.pair_openers and " ".join(link) in scene.lexicon.ands


def read_years(scene: Scene, found: Found) -> Marks | None:
    """`2022-2024`, `1983 bis 1990`, `1925/26`."""
    if scene.words.starts[found.start] in scene.counted:
        return None
    if found.has("year_pair"):
        one, _, other = found.text("year_pair").partition("/")
        first, last = int(one), int(one[: 4 - len(other)] + other)
        if first >= last or last - first > 10:
            return None
        whole = Period(value=one, first=periods.year(first).first, last=periods.year(last).last)
        return scene.one(found, whole)
    first = int(found.text("first"))
    short = found.text("short")
    last = int(f"{first // 100}{short}") if short else int(found.text("year"))
    if first < FIRST_YEAR or last < FIRST_YEAR or (last <= first and not found.has("and")):
        return None
    return pair(scene, found, periods.year(first), periods.year(last))
