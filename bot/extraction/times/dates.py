"""Reads dates of the calendar: days, months, quarters, years, decades, holidays."""

from dataclasses import replace
from datetime import date, timedelta

from bot.extraction.findings import TimeType
from bot.extraction.grammar import Found
from bot.extraction.times import periods
from bot.extraction.times.periods import Period
from bot.extraction.times.scene import Marks, Scene

FIRST_YEAR = 1400  # a bare figure below is hardly a year
_A_MONTH = 31  # days
_MONTHS_AROUND = range(-11, 12)
_MOST_OF_A_WEEK = 3  # days; a week belongs to the month or year that has more of it
_CENTURIES = (18, 19, 20)  # `nineteen ninety`
_MILLENNIA = (2, 3)
_YEARS_IN_WORDS = range(1800, 2100)
PIVOT = 40  # two-digit years below are of this century


def read_day(scene: Scene, found: Found) -> Marks | None:
    """`15. März 2025`, `March 18`, `17.03.2025`, `2025-03-18`."""
    parts = _numeric(scene, found) or _written(scene, found)
    if parts is None:
        return None
    year, month, day = parts
    if found.has("lone") and (day <= periods.MONTHS or found.text("lone") in scene.lexicon.not_dates):
        return None  # 1/2 may be a half
    if year is None and found.has("weekday"):
        return scene.one(found, _on_weekday(scene, found, month, day))
    return scene.one(found, periods.dated(month, day, year, scene.anchor, scene.toward_date(found)))


def _on_weekday(scene: Scene, found: Found, month: int, day: int) -> Period | None:
    """The day of a month that falls on the weekday given; the nearest one if none does."""
    wanted = scene.lexicon.value("weekday", found.text("weekday"))
    toward = scene.toward_date(found)
    guess = periods.dated(month, day, None, scene.anchor, toward)
    for other in (guess, periods.dated(month, day, None, scene.anchor, -1 if toward >= 0 else 1)):
        if other and other.first and other.first.isoweekday() == wanted:
            return other
    return guess


def _written(scene: Scene, found: Found) -> tuple[int | None, int, int] | None:
    month = month_of(scene, found)
    if found.has("year_day"):  # `2020/23/Sep`
        year_text, _, day_text = found.text("year_day").partition("/")
        return (int(year_text), month, int(day_text)) if month else None
    day = number_of(scene, found.text("day"))
    year = year_of(scene, found)
    return (year, month, day) if month and day else None


def _numeric(scene: Scene, found: Found) -> tuple[int | None, int, int] | None:
    """Year, month and day of a date in figures; day and month change places where only that fits."""
    if found.has("md") and scene.words.starts[found.roles["md"][0]] in scene.counted:
        return None  # `on 5.12 million`
    for role in ("dmy", "dm", "md", "slash_date", "slash_pair", "lone", "ymd"):
        if found.has(role):
            figures = found.text(role).replace("/", ".").split(".")
            return ordered(figures, day_first=scene.lexicon.day_first or role in ("dmy", "dm"))
    if found.has("m") and found.has("day"):
        day, month = int(found.text("day").strip(".")), int(found.text("m"))
        year = year_of(scene, found)
        swap = month > 12 >= day
        return (year, day, month) if swap else (year, month, day)
    return None


def ordered(figures: list[str], *, day_first: bool) -> tuple[int | None, int, int]:
    """Year, month and day of two or three figures; the year None where it is not said."""
    if len(figures) == 1:
        text = figures[0]
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if len(figures[0]) == 4:
        return int(figures[0]), int(figures[1]), int(figures[2])
    day, month = (int(figures[0]), int(figures[1])) if day_first else (int(figures[1]), int(figures[0]))
    if month > 12 >= day:
        day, month = month, day
    return (full_year(figures[2]) if len(figures) > 2 else None), month, day


def read_month_day(scene: Scene, found: Found) -> Marks | None:
    """`Tuesday the 11th`, `the 18th`: a day of a month that is not said."""
    day = number_of(scene, found.text("day"))
    anchor = scene.anchor
    if anchor is None or not day:
        return None
    months = [periods.month(anchor.year, anchor.month + n) for n in _MONTHS_AROUND]
    days = (periods.dated(one.first.month, day, one.first.year, None, 0) for one in months if one.first)
    wanted = scene.lexicon.value("weekday", found.text("weekday")) if found.has("weekday") else None
    if found.text("day") in scene.lexicon.low_ordinals and not found.has("unit"):
        return None  # `Tuesday the first generation`
    if any(word in scene.lexicon.date_goes_on for word in found.after()):
        return None  # `on the 27th of January`
    fitting = [one for one in days if one and one.first and wanted in (None, one.first.isoweekday())]
    if found.has("unit"):
        direction = scene.lexicon.value("direction", found.text("direction")) or 0
        month = periods.month(anchor.year, anchor.month + direction)
        fitting = [one for one in fitting if one.value.startswith(month.value)]
    soon = [one for one in fitting if one.first and abs((one.first - anchor).days) <= _A_MONTH]
    return scene.one(
        found, periods.nearest(soon or fitting, anchor, 0 if soon and wanted else scene.toward(found))
    )


def read_week_of(scene: Scene, found: Found) -> Marks | None:
    """`the week of April 10th`, `the last week of March`."""
    if found.has("day"):
        parts = _written(scene, found)
        inside = (
            periods.dated(parts[1], parts[2], parts[0], scene.anchor, scene.toward_date(found))
            if parts
            else None
        )
        return scene.one(found, periods.week(inside.first) if inside and inside.first else None)
    whole = _period(scene, found)
    number = number_of(scene, found.text("ord")) if found.has("ord") else None
    if whole is None or whole.first is None or whole.last is None:
        return None
    if number is None:
        last = periods.week(whole.last)
        behind = last.last and (last.last - whole.last).days > _MOST_OF_A_WEEK
        return scene.one(found, periods.week(whole.last - timedelta(weeks=1)) if behind else last)
    week = periods.week(whole.first + timedelta(weeks=number - 1))
    return scene.one(found, week)


def read_period(scene: Scene, found: Found) -> Marks | None:
    """`März 2026`, `Ende Januar`, `diesen Sommer`, `nächste Woche`, `Anfang des Jahres`."""
    edge = found.text("edge")
    if scene.lexicon.value("edge_opener", edge) and not found.has("of"):
        return None
    if found.has("direction") and _decade_long(scene, found):
        return scene.one(found, Period(value=f"P{_decade_long(scene, found)}"), kind=TimeType.DURATION)
    period = _period(scene, found)
    if period and edge:
        part = scene.lexicon.value("edge", edge)
        if part == "end" and scene.bound(found) in ("before", "after"):
            return scene.one(found, replace(period, first=_next(period.last)))
        period = periods.edge(period, part)
        if edge in scene.lexicon.later and scene.anchor and period.first and period.first < scene.anchor:
            period = replace(period, first=scene.anchor)
    return scene.one(found, period)


def _decade_long(scene: Scene, found: Found) -> str | None:
    """The length of `the past decade`; None for what the calendar has periods of."""
    unit = str(scene.lexicon.value("unit", found.text("unit")))
    return unit if unit[0].isdigit() else None


def _next(when: date | None) -> date | None:
    return when + timedelta(days=1) if when and when < date.max else None


def _period(scene: Scene, found: Found) -> Period | None:
    if found.has("month") or found.has("season"):
        return named(scene, found)
    if found.has("edge_noun"):
        return _edge_noun(scene, found)
    if found.has("unit") or found.has("bare"):
        if scene.lexicon.value("plural", found.text("unit")):
            return None  # a length of time: `the last five years`
        unit = scene.lexicon.value("unit", found.text("unit") or found.text("bare"))
        if not found.has("direction") and not found.has("edge") and not _is_this(scene, found):
            return None
        return steps(scene, unit, scene.lexicon.value("direction", found.text("direction")) or 0)
    year = year_of(scene, found) or int(found.text("year3") or 0)
    if year and found.has("m"):
        return _month_in_figures(year, int(found.text("m")))
    return periods.year(year) if year else None


def _edge_noun(scene: Scene, found: Found) -> Period | None:
    """`Jahresende`, `Monatsmitte`: of the year that is said, else of this one."""
    edge, _, unit = str(scene.lexicon.value("edge_noun", found.text("edge_noun"))).partition(" ")
    year = year_of(scene, found)
    whole = periods.year(year) if year and unit == "Y" else steps(scene, unit, 0)
    return periods.edge(whole, edge) if whole else None


def _is_this(scene: Scene, found: Found) -> bool:
    """Whether `the year` is this year: `partner of the year`, not `the year that`."""
    behind = found.after()
    opens = behind and behind[0] in scene.lexicon.clause_openers
    return not opens and (not scene.lexicon.this_cues or found.before() in scene.lexicon.this_cues)


def _month_in_figures(year: int, month: int) -> Period | None:
    """`2025-03`; but `2010-11` is two years."""
    return periods.month(year, month) if 1 <= month <= 12 and month != year % 100 + 1 else None


def named(scene: Scene, found: Found) -> Period | None:
    """A month or season, of the year that is said, pointed to, or meant."""
    month = month_of(scene, found)
    season = scene.lexicon.value("season", found.text("season")) if found.has("season") else None
    year = year_of(scene, found)
    if year:
        return periods.month(year, month) if month else periods.season(year, str(season))
    if scene.anchor is None:
        return Period(value=f"XXXX-{month:02}" if month else f"XXXX-{season}")
    near = [
        periods.month(scene.anchor.year + n, month)
        if month
        else periods.season(scene.anchor.year + n, str(season))
        for n in (-1, 0, 1)
    ]
    if found.has("direction"):
        return _pointed(near, scene, scene.lexicon.value("direction", found.text("direction")))
    return periods.nearest(near, scene.anchor, scene.toward_date(found))


def _pointed(near: list[Period], scene: Scene, direction: int) -> Period | None:
    """`last March`, `this March`, `next March` among those of three years."""
    if not direction or scene.anchor is None:
        return near[1]
    side = [
        period
        for period in near
        if period.first
        and period.last
        and (period.last < scene.anchor if direction < 0 else period.first > scene.anchor)
    ]
    return side[-1 if direction < 0 else 0] if side else None


def steps(scene: Scene, unit: str, direction: int) -> Period | None:
    """The period of a unit that many steps from the day of publication; empty if that is not known."""
    if scene.anchor is None:
        return Period(value="")
    if unit == "D" and direction == 0:
        return periods.day(scene.latest or scene.anchor)
    return periods.around(unit, scene.anchor, direction)


def read_quarter(scene: Scene, found: Found) -> Marks | None:
    """`Q2 2026`, `2026-Q2`, `drittes Quartal 2025`, `the first quarter of last year`, `H2`."""
    number = number_of(scene, found.text("n") or found.text("ord") or found.text("h"))
    unit = scene.lexicon.value("quarter_unit", found.text("unit")) if found.has("unit") else None
    halves = found.has("h") or unit == "H"
    if found.has("last"):
        number = 2 if halves else 4
    if number is None or not 1 <= number <= (2 if halves else 4):
        return None
    year = year_of(scene, found) or (scene.anchor.year if scene.anchor else None)
    if year is None or (found.has("last") and not year_of(scene, found)):
        return None  # `the last quarter` is the one before this
    return scene.one(found, periods.half(year, number) if halves else periods.quarter(year, number))


def read_fiscal(scene: Scene, found: Found) -> Marks | None:
    """`fiscal 2025`, `zweites Quartal des Geschäftsjahres 2024/25`: no days, for they differ by company."""
    number = number_of(scene, found.text("n") or found.text("ord") or found.text("h"))
    halves = found.has("h") or scene.lexicon.value("quarter_unit", found.text("unit")) == "H"
    if found.has("last"):
        number = 2 if halves else 4
    year = found.text("year") or found.text("year_pair")[:4]
    return scene.one(
        found, Period(value=f"FY{year}" + (f"-{'H' if halves else 'Q'}{number}" if number else ""))
    )


def read_week_number(scene: Scene, found: Found) -> Marks | None:
    """`KW 12`, `week 31 of 2018`."""
    number = number_of(scene, found.text("k") or found.text("n"))
    year = year_of(scene, found) or (scene.anchor.year if scene.anchor else None)
    if not number or not 1 <= number <= 53 or year is None:
        return None
    inside = periods.dated(1, 4, year, None, 0)  # 4 January is always in week 1
    if inside is None or inside.first is None:
        return None
    return scene.one(found, periods.week(inside.first + timedelta(weeks=number - 1)))


def read_year(scene: Scene, found: Found) -> Marks | None:
    """A bare year, unless the figure counts something or is far from any year of the news."""
    if scene.words.starts[found.start] in scene.counted:
        return None
    if found.has("short"):
        return scene.one(found, periods.year(full_year(found.text("short"))))
    if found.has("words"):
        return _year_in_words(scene, found)
    year = int(found.text("year"))
    if year < FIRST_YEAR and found.before() not in scene.lexicon.year_cues:
        return None
    if _is_part_of_name(found) or found.before() in scene.lexicon.not_years or _counts(scene, found):
        return None
    return scene.one(found, periods.year(year))


def _year_in_words(scene: Scene, found: Found) -> Marks | None:
    """`neunzehnhundertneunundachtzig`, `nineteen ninety-six`, `two thousand and twenty`."""
    if found.before() not in scene.lexicon.year_cues:
        return None
    known, text = scene.lexicon.numbers, found.text("words")
    first, _, rest = text.replace("-", " ").partition(" ")
    hundreds, tens = known.word(first), known.number(rest) if rest else None
    paired = hundreds in _CENTURIES and tens is not None and not tens % 1 and 10 <= tens < 100
    value = hundreds * 100 + tens if paired and hundreds and tens else known.number(text)
    return scene.one(found, periods.year(int(value))) if value and int(value) in _YEARS_IN_WORDS else None


def _counts(scene: Scene, found: Found) -> bool:
    """Whether another year behind the figure makes it an amount: `1700 im vergangenen Jahr`."""
    link, *rest = found.after() or [""]
    return link in scene.lexicon.count_links and any(
        scene.lexicon.value("direction", word) is not None for word in rest
    )


def _is_part_of_name(found: Found) -> bool:
    """Whether letters, signs or figures touch the figure: `A2025`, `$2000`, `2025%`."""
    texts = found.words.texts
    before = texts[found.start - 1] if found.start else " "
    behind = texts[found.end] if found.end < len(texts) else " "
    return (
        before[-1].isalnum()
        or before in ("$", "€", "£", "#")
        or behind[0].isalpha()
        or behind in ("%", "€", "$")
    )


def read_decade(scene: Scene, found: Found) -> Marks | None:
    """`die neunziger Jahre`, `the 1990s`, `70er`."""
    if found.has("year"):
        value = found.text("year")[:3]
    elif found.has("tens"):
        tens = found.text("tens")
        if len(tens) != 2 or tens[1] != "0":
            return None
        value = ("20" if tens in ("00", "10", "20") else "19") + tens[0]
    else:
        value = f"19{scene.lexicon.value('decade', found.text('decade'))}"
    return _edged(scene, found, value)


def read_century(scene: Scene, found: Found) -> Marks | None:
    """`das 20. Jahrhundert`, `the nineteenth century`, `das dritte Jahrtausend`."""
    number = number_of(scene, found.text("n") or found.text("ord"))
    if found.has("millennium"):
        return _edged(scene, found, f"{number - 1}") if number in _MILLENNIA else None
    return _edged(scene, found, f"{number - 1:02}") if number and 1 < number <= 99 else None


def _edged(scene: Scene, found: Found, value: str) -> Marks | None:
    period = periods.years(value)
    if found.has("edge"):
        period = periods.edge(period, scene.lexicon.value("edge", found.text("edge")))
    return scene.one(found, period)


def month_of(scene: Scene, found: Found) -> int | None:
    """The month that stands in a find."""
    month = scene.lexicon.value("month", found.text("month")) if found.has("month") else None
    return int(month) if month else None


def year_of(scene: Scene, found: Found) -> int | None:
    """The year that stands in a find, in figures or as `next year`."""
    if found.has("year"):
        return int(found.text("year")) or None
    if found.has("short_year"):
        return full_year(found.text("short_year"))
    if found.has("year_dir") and scene.anchor:
        return scene.anchor.year + int(scene.lexicon.value("direction", found.text("year_dir")))
    return None


def full_year(text: str) -> int:
    """The year of two or four digits."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < PIVOT else 1900)


def number_of(scene: Scene, text: str) -> int | None:
    """The number in `15.`, `3rd`, `zweiten`, `twenty-first`."""
    figures = "".join(letter for letter in text if letter.isdigit())
    if figures and text[:1].isdigit():
        return int(figures)
    number = scene.lexicon.numbers.ordinal(text)
    if number is None and text:
        value = scene.lexicon.numbers.number(text)
        number = int(value) if value is not None else None
    return number
