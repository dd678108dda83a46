"""Reads what points from the day of publication or from a day just named: weekdays, `tomorrow`, clocks."""

from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.extraction.findings import TimeExpression, TimeType
from bot.extraction.grammar import Found
from bot.extraction.times import periods
from bot.extraction.times.dates import number_of, read_day
from bot.extraction.times.periods import Period
from bot.extraction.times.scene import Marks, Scene
from bot.extraction.times.tense import AHEAD, UNKNOWN
from bot.extraction.words import plain

NEAR_DAY = 150  # characters; a day named so near to `heute` makes it a day as well
NEWS_DAYS = 10  # days around publication that news is about
NOON = 12
NEXT = 8  # characters between a day and a clock time that belong together


def read_weekday(scene: Scene, found: Found) -> Marks | None:
    """`Montag`, `kommenden Dienstag`, `Donnerstagabend`, `Friday night`, `Tuesday of next week`."""
    both = scene.lexicon.weekday_part(found.text("weekday_part")) if found.has("weekday_part") else None
    number, part = both or (scene.lexicon.value("weekday", found.text("weekday")), _part(scene, found))
    when = _weekday(scene, found, number)
    if when is None:
        return scene.one(found, Period(value=f"XXXX-WXX-{number}" + (f"T{part}" if part else "")))
    return _of_day(scene, found, when, part)


def _weekday(scene: Scene, found: Found, number: int) -> date | None:
    anchor = scene.anchor
    if anchor is None:
        return None
    if found.has("week_dir"):
        weeks = scene.lexicon.value("direction", found.text("week_dir"))
        return anchor + timedelta(weeks=weeks, days=number - anchor.isoweekday())
    if found.has("day_adj"):
        return anchor + timedelta(days=scene.lexicon.value("day_adjective", found.text("day_adj")))
    if not found.has("direction"):
        return periods.weekday(number, anchor, scene.toward(found))
    direction = scene.lexicon.value("direction", found.text("direction"))
    if direction == 0:
        return anchor + timedelta(days=number - anchor.isoweekday())
    if scene.lexicon.is_far(found.text("direction")):
        return anchor + timedelta(weeks=direction, days=number - anchor.isoweekday())
    return periods.weekday(number, anchor + timedelta(days=direction), direction)


def read_deictic(scene: Scene, found: Found) -> Marks | None:
    """`gestern`, `heute Abend`, `tomorrow morning`, `tonight`."""
    meant = str(scene.lexicon.value("deictic", found.text("deictic")))
    offset, _, glued = meant.partition("T")
    if scene.anchor is None:
        return scene.one(found, Period(value="PRESENT_REF") if offset == "0" else Period(value=""))
    return _of_day(scene, found, scene.anchor + timedelta(days=int(offset)), glued or _part(scene, found))


def read_weekend(scene: Scene, found: Found) -> Marks | None:
    """`am Wochenende`, `last weekend`, `every weekend`."""
    if found.has("every"):
        return scene.one(found, Period(value="XXXX-WXX-WE"), kind=TimeType.SET)
    if scene.anchor is None:
        return scene.one(found, Period(value=""))
    if found.has("direction"):
        direction = scene.lexicon.value("direction", found.text("direction"))
        ahead = direction > 0 and scene.anchor.isoweekday() < periods.SATURDAY
        return scene.one(found, periods.around("WE", scene.anchor, 0 if ahead else direction))
    past = scene.toward(found) < 0 and scene.anchor.isoweekday() < periods.SATURDAY
    return scene.one(found, periods.around("WE", scene.anchor, -1 if past else 0))


def read_daypart(scene: Scene, found: Found) -> Marks | None:
    """`am Abend`, `in the morning`, `this morning`, `nachts`."""
    part = _part(scene, found)
    if found.has("lone_part"):
        return scene.one(found, Period(value=f"XXXX-XX-XXT{part}"), kind=TimeType.SET)
    if not found.has("direction") and found.before(scene.lexicon.articles) not in scene.lexicon.daypart_cues:
        return None
    when = scene.anchor if found.has("direction") else scene.day_here(found)
    if when and found.has("direction"):
        when += timedelta(days=scene.lexicon.value("direction", found.text("direction")))
    if when is None:
        return scene.one(found, Period(value=f"XXXX-XX-XXT{part}"), kind=TimeType.TIME)
    return _of_day(scene, found, when, part)


def read_part_of_day(scene: Scene, found: Found) -> Marks | None:
    """`Abend des 17. Januar`, `the morning of May 3`."""
    days = read_day(scene, found)
    if not days or not days[0].first:
        return days
    return _of_day(scene, found, date.fromisoformat(days[0].first), _part(scene, found))


def _part(scene: Scene, found: Found) -> str | None:
    """The TIMEX3 part of the day that stands in a find."""
    for role, kind in (("daypart", "daypart"), ("lone_part", "lone_part"), ("hours", "part_hours")):
        if found.has(role):
            text = found.text(role)
            part = scene.lexicon.value(kind, text) or scene.lexicon.value("lone_part", text)
            return str(part) if part else None
    return None


def _of_day(scene: Scene, found: Found, when: date, part: str | None) -> Marks | None:
    day = periods.day(when)
    if not part:
        return scene.one(found, day)
    whole = Period(value=f"{day.value}T{part}", first=when, last=when)
    return scene.one(found, whole, kind=TimeType.TIME)


def read_clock(scene: Scene, found: Found) -> Marks | None:
    """`14.30 Uhr`, `halb neun`, `2:30 p.m.`, `16:15 UTC today`."""
    clock = _clock(scene, found)
    when = _clock_day(scene, found)
    return _at(scene, found, when, clock, None)


def _clock_day(scene: Scene, found: Found) -> date | None:
    if found.has("deictic") and scene.anchor:
        offset = str(scene.lexicon.value("deictic", found.text("deictic"))).partition("T")[0]
        return scene.anchor + timedelta(days=int(offset))
    if found.has("weekday") and scene.anchor:
        number = scene.lexicon.value("weekday", found.text("weekday"))
        return periods.weekday(number, scene.anchor, scene.toward(found))
    return scene.day_here(found)


def _at(
    scene: Scene, found: Found, when: date | None, clock: str | None, tiles: tuple[int, int] | None
) -> Marks | None:
    if clock is None:
        return None
    zone = "Z" if scene.lexicon.value("zone", found.text("zone")) == "Z" else ""
    day = when.isoformat() if when else "XXXX-XX-XX"
    period = Period(value=f"{day}T{clock}{zone}", first=when, last=when)
    return scene.one(found, period, kind=TimeType.TIME, tiles=tiles)


def _clock(scene: Scene, found: Found, prefix: str = "") -> str | None:
    """`HH:MM` of the figures or words that stand in a find; None if it is no time of day."""
    text = found.text(f"{prefix}hm") or found.text("colon")
    if text:
        hour, minute = (int(part) for part in text.replace(".", ":").split(":")[:2])
    else:
        named = found.text(f"{prefix}hour") or found.text("hour_word")
        value = number_of(scene, named)
        minute = int(found.text("minute") or 0)
        if value is None:
            return None
        hour = value
    if found.has("half_of"):
        hour, minute = hour - 1, 30
    half = scene.lexicon.value("half_day", found.text("half_day"))
    late = half == "PM" or (found.has("daypart") and _part(scene, found) in ("AF", "EV"))
    if late and hour < NOON:
        hour += NOON
    elif half == "AM" and hour == NOON:
        hour = 0
    return f"{hour:02}:{minute:02}" if 0 <= hour <= 24 and 0 <= minute < 60 else None


def read_clocks(scene: Scene, found: Found) -> Marks | None:
    """`14.30-18 Uhr`, `9 bis 17 Uhr`: each end of each stretch on its own."""
    when = scene.day_here(found)
    marks: Marks = ()
    for prefix in ("first_", "", "third_", "fourth_"):
        tiles = found.roles.get(f"{prefix}hour") or found.roles.get(f"{prefix}hm")
        if tiles:
            last = tiles[1] == max(end for role, (_, end) in found.roles.items() if "h" in role)
            one = _at(
                scene, found, when, _clock(scene, found, prefix), (tiles[0], found.end if last else tiles[1])
            )
            if one is None:
                return None
            marks += one
    return marks


def read_anaphor(scene: Scene, found: Found) -> Marks | None:
    """`am nächsten Tag`, `tags darauf`, `Vorjahr`, `the previous month`: counted from the day last named."""
    base = scene.latest or scene.anchor
    unit, count = _anaphor(scene, found)
    if found.after()[:1] and found.after()[0].isdigit():
        return None  # `the year before 2015`
    if base is None or (unit == "Y" and scene.anchor is None):
        return scene.one(found, Period(value=""))
    if found.has("word") and unit != "D" and scene.anchor:
        base = scene.anchor
    return scene.one(found, periods.around(unit, base, count))


def read_same(scene: Scene, found: Found) -> Marks | None:
    """`im Vorjahreszeitraum`, `the same month last year`: what was last named, a year before."""
    stretch, unit = scene.latest_stretch, scene.lexicon.value("unit", found.text("unit"))
    if stretch is None and scene.anchor is None:
        return scene.one(found, Period(value=""))
    if stretch is None and scene.anchor:
        stretch = periods.around(unit if unit in ("M", "Q", "H") else "Y", scene.anchor, 0)
    return scene.one(found, periods.year_before(stretch) if stretch else None)


def _anaphor(scene: Scene, found: Found) -> tuple[str, int]:
    if found.has("follower"):
        unit = scene.lexicon.value("unit", found.text("unit"))
        return str(unit), int(scene.lexicon.value("follower", found.text("follower")))
    word = found.text("word")
    meant = scene.lexicon.value("relative_word", word) or scene.lexicon.value("relative_noun", word)
    unit, _, count = str(meant).partition(" ")
    return unit, int(count)


def read_reference(scene: Scene, found: Found) -> Marks | None:
    """`jetzt`, `früher`, `in the future`: a direction without a date."""
    former = scene.lexicon.value("former", found.text("former"))
    value = former or scene.lexicon.value("reference", found.text("reference"))
    if value == "PRESENT_REF" and scene.anchor:
        return scene.one(found, Period(value=value, first=scene.anchor, last=scene.anchor))
    return scene.one(found, Period(value=value))


def on_their_days(scene: Scene, marks: list[TimeExpression]) -> list[TimeExpression]:
    """Give clock times the day that is named behind them: `14 Uhr am Dienstag`, `16:15 UTC, June 1`."""
    done = list(marks)
    for at, (clock, when) in enumerate(pairwise(marks)):
        if _is_clock(clock) and _is_day(when) and _linked(scene, clock, when):
            own = at + 2 < len(marks) and _is_clock(marks[at + 2]) and marks[at + 2].start - when.end < NEXT
            value = f"{when.value}{str(clock.value)[len('2025-03-17') :]}"
            if not own:
                done[at] = replace(clock, value=value, first=when.first, last=when.last)
    return done


def _is_clock(mark: TimeExpression) -> bool:
    return mark.type is TimeType.TIME and ":" in (mark.value or "")


def _is_day(mark: TimeExpression) -> bool:
    return mark.type is TimeType.DATE and mark.value is not None and mark.value == mark.first == mark.last


def _linked(scene: Scene, clock: TimeExpression, when: TimeExpression) -> bool:
    between = scene.text[clock.end : when.start]
    return len(between) < NEXT and plain(between) in scene.lexicon.clock_links


def nowadays(scene: Scene, marks: list[TimeExpression]) -> list[TimeExpression]:
    """Take `heute` for nowadays in the present tense where no day of these days stands near.

    The days stay those of publication, in case it was meant after all.
    """
    if scene.anchor is None or not scene.lexicon.vague_today:
        return marks
    days = [mark.start for mark in marks if _is_recent_day(scene, mark)]
    return [
        replace(mark, value="PRESENT_REF") if _is_vague_today(scene, mark) and not _near(mark, days) else mark
        for mark in marks
    ]


def _near(mark: TimeExpression, days: list[int]) -> bool:
    at = bisect_left(days, mark.start)
    return any(abs(mark.start - day) < NEAR_DAY for day in days[max(0, at - 1) : at + 1])


def _is_today(scene: Scene, mark: TimeExpression) -> bool:
    return str(scene.lexicon.value("deictic", mark.text)) == "0"


def _is_recent_day(scene: Scene, mark: TimeExpression) -> bool:
    """Whether a mark is a day of these days, and not itself `heute`."""
    if scene.anchor is None or mark.first is None or mark.first != mark.last or _is_today(scene, mark):
        return False
    days = abs((date.fromisoformat(mark.first) - scene.anchor).days)
    return mark.type in (TimeType.DATE, TimeType.TIME) and mark.value != "PRESENT_REF" and days <= NEWS_DAYS


def _is_vague_today(scene: Scene, mark: TimeExpression) -> bool:
    return _is_today(scene, mark) and scene.tenses.direction(mark.start) in (UNKNOWN, AHEAD)
