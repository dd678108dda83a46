"""Reads lengths of time and what repeats: `30 Tage`, `the last five years`, `every Monday`."""

from datetime import date, timedelta

from bot.extraction.findings import TimeType
from bot.extraction.grammar import Found
from bot.extraction.times import periods
from bot.extraction.times.periods import Period
from bot.extraction.times.scene import Marks, Scene

CHILDREN = range(3, 22)  # `under 18 years`
AGES = range(14, 100)  # `14-jährig` is rather an age than a length

_UNIT_ROLES = (
    ("vague_length", "vague_length"),
    ("unit_adjective", "unit_adjective"),
    ("unit", "unit"),
    ("bare", "unit"),
    ("second_unit", "second_unit"),
    ("letter_unit", "letter_unit"),
)
_BY_SIZE = ("Y", "M", "W", "D", "TH", "TM", "TS")
OTHER = 2  # of `every other day`
LONGEST = 100_000  # of any unit; more is not told of in news


def read_length(scene: Scene, found: Found) -> Marks | None:
    """`zwei Jahre`, `30-tägig`, `drei Jahre und vier Monate`, `two weeks ago`, `jahrelang`."""
    counted = found.has("later") or found.has("ago")
    if found.has("bare") and not counted and found.before() not in scene.lexicon.bare_cues:
        return None
    measured = _measure(scene, found)
    if measured is None or _is_age(scene, found, *measured):
        return None
    count, unit = measured
    if (count is not None and count > LONGEST) or not _descends(scene, found, unit):
        return None
    value = periods.length(count, unit)
    value += _rest(scene, found, value)
    if found.has("article_one") and scene.lexicon.is_rate(found):
        return scene.one(found, Period(value=value), kind=TimeType.SET)
    if scene.anchor and count is not None:
        return _from_anchor(scene, found, count, unit, value, scene.anchor)
    return scene.one(found, Period(value=value), kind=TimeType.DURATION)


def _is_age(scene: Scene, found: Found, count: float | None, unit: str) -> bool:
    """`19 Jahre alt`, `ein 36-jähriger Mann`, `im Alter von 18 Jahren`."""
    if unit != "Y" or count is None:
        return False
    lexicon, behind = scene.lexicon, [word for word in found.after() if word != "-"]
    if found.has("unit_adjective") or found.has("joined"):
        noun = found.words.texts[found.end - 1][0].isupper()
        return noun or count in AGES or any(word in lexicon.ageing for word in behind)
    if count in CHILDREN and {found.before(), found.words.texts[found.start].lower()} & lexicon.age_cues:
        return True  # `ab 16 Jahren`
    if found.before(lexicon.age_links) in lexicon.age_heads:
        return True
    return any(word in lexicon.age_words for word in behind[:1])


def _measure(scene: Scene, found: Found) -> tuple[float | None, str] | None:
    """Count and unit; the count None if it is not said."""
    lexicon = scene.lexicon
    if found.has("joined"):
        return lexicon.joined(found.text("joined"))
    meant = next(
        (lexicon.value(kind, found.text(role)) for role, kind in _UNIT_ROLES if found.has(role)), None
    )
    if meant is None:
        return None
    each, unit = _unit(str(meant))
    if found.has("vague_length"):
        return each, unit
    if found.has("vague") or found.has("bare"):
        return None, unit
    count = 1.0 if found.has("article_one") else lexicon.numbers.number(found.text("number"))
    if count is not None and found.has("more"):
        count += _part(scene, found.text("more"))
    return (count * (each or 1), unit) if count is not None else None


def _part(scene: Scene, text: str) -> float:
    """The share in `a year and a half`, `one and a quarter years`."""
    numbers = scene.lexicon.numbers
    share = numbers.fractions.get(text.rpartition(" ")[2])
    return share if share is not None else numbers.number(text) or 0


def _unit(meant: str) -> tuple[float | None, str]:
    """How often which TIMEX3 unit: `10Y` of a decade; None where it is said of the unit itself."""
    figures = meant.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return (float(figures) if figures else None), meant[len(figures) :]


def _rest(scene: Scene, found: Found, value: str) -> str:
    """The second part of `three years and four months`."""
    if not found.has("number2"):
        return ""
    count = scene.lexicon.numbers.number(found.text("number2"))
    rest = periods.length(count, _unit(scene.lexicon.value("unit", found.text("unit2")))[1])
    return rest.removeprefix("PT" if "T" in value else "P")


def _descends(scene: Scene, found: Found, unit: str) -> bool:
    """Whether a second part is of a smaller unit; `seven months and two years` are two lengths."""
    if not found.has("unit2"):
        return True
    smaller = _unit(str(scene.lexicon.value("unit", found.text("unit2"))))[1]
    return unit in _BY_SIZE and smaller in _BY_SIZE and _BY_SIZE.index(smaller) > _BY_SIZE.index(unit)


def read_lengths(scene: Scene, found: Found) -> Marks | None:
    """`60 to 90 days`, `zwei bis drei Jahre`: both lengths."""
    low = scene.lexicon.numbers.number(found.text("low"))
    measured = _measure(scene, found)
    if low is None or measured is None or measured[0] is None or not 0 < low < measured[0] <= LONGEST:
        return None
    marks = (
        scene.mark(
            found, Period(value=periods.length(count, measured[1])), kind=TimeType.DURATION, tiles=tiles
        )
        for count, tiles in ((low, found.roles["left"]), (measured[0], found.roles["right"]))
    )
    return tuple(mark for mark in marks if mark)


def _from_now(scene: Scene, found: Found, before: str) -> bool:
    """Whether `in` two weeks leads ahead from the day of publication."""
    return before in scene.lexicon.within and not found.has("later") and scene.toward(found) >= 0


def _from_anchor(
    scene: Scene, found: Found, count: float, unit: str, value: str, anchor: date
) -> Marks | None:
    """A length that leads from the day of publication to another day, or is only a length."""
    before = found.before()
    if (
        found.has("later")
        and found.after()[:1]
        and scene.lexicon.value("direction", found.after()[0]) is not None
    ):
        return None  # `30 minutes` and `later this week`
    if found.has("ago") or before in scene.lexicon.ago:
        there = periods.moved(anchor, -count, unit)
    elif found.has("from_day"):
        offset = int(str(scene.lexicon.value("deictic", found.text("from_day"))).partition("T")[0])
        there = periods.moved(anchor + timedelta(days=offset), count, unit)
    elif found.has("now") or _from_now(scene, found, before):
        there = periods.moved(anchor, count, unit)
    else:
        first = periods.moved(anchor, -count, unit) if scene.bound(found) == "since" else None
        return scene.one(found, Period(value=value, first=first), kind=TimeType.DURATION)
    if there and (found.has("ago") or found.has("from_day") or found.has("now")):
        named = {"M": there.isoformat()[:7], "Y": there.isoformat()[:4]}.get(unit, there.isoformat())
        return scene.one(found, Period(value=named, first=there, last=there))
    return scene.one(found, Period(value=value, first=there, last=there), kind=TimeType.DURATION)


def read_span(scene: Scene, found: Found) -> Marks | None:
    """`die letzten fünf Jahre`, `in the coming days`: a length that ends or begins at publication."""
    lexicon = scene.lexicon
    each, unit = _unit(str(lexicon.value("unit", found.text("unit"))))
    direction = int(lexicon.value("direction", found.text("direction")))
    count = lexicon.numbers.number(found.text("number")) if found.has("number") else None
    count = count * (each or 1) if count is not None else None
    value = periods.length(count, unit)
    first, last = _reach(scene.anchor, count, unit, direction)
    return scene.one(found, Period(value=value, first=first, last=last), kind=TimeType.DURATION)


def _reach(
    anchor: date | None, count: float | None, unit: str, direction: int
) -> tuple[date | None, date | None]:
    if anchor is None or not direction:
        return None, None
    there = periods.moved(anchor, count * direction, unit) if count is not None else None
    return (there, anchor) if direction < 0 else (anchor + timedelta(days=1), there)


def read_told(scene: Scene, found: Found) -> Marks | None:
    """`der Tag, an dem`, `the year in which`: a length that a clause dates."""
    each, unit = _unit(str(scene.lexicon.value("unit", found.text("unit"))))
    count = None if scene.lexicon.value("plural", found.text("unit")) else each or 1
    return scene.one(found, Period(value=periods.length(count, unit)), kind=TimeType.DURATION)


def read_set(scene: Scene, found: Found) -> Marks | None:
    """`jeden Montag`, `alle vier Jahre`, `täglich`, `per year`."""
    value = _set_value(scene, found)
    return scene.one(found, Period(value=value), kind=TimeType.SET) if value else None


def _set_value(scene: Scene, found: Found) -> str | None:
    lexicon = scene.lexicon
    if found.has("set_word"):
        return str(lexicon.value("set_word", found.text("set_word")))
    if found.has("rate"):
        return _rate(scene, found)
    if found.has("within"):  # `every first Monday of the month`
        return periods.length(1, str(lexicon.value("rate_unit", found.text("within"))))
    if found.has("repeated") and found.text("repeated") != found.text("unit"):
        return None  # `weeks after months`
    return _set_of_days(scene, found) or _set_of_units(scene, found)


def _set_of_days(scene: Scene, found: Found) -> str | None:
    """`jeden Montagmorgen`, `every evening`; None where it is counted in units."""
    lexicon = scene.lexicon
    weekday = lexicon.value("weekday", found.text("weekday"))
    part = lexicon.value("daypart", found.text("daypart"))
    if found.has("weekday_part"):
        weekday, part = lexicon.weekday_part(found.text("weekday_part")) or (0, "")
    if found.has("nth") or not (weekday or part):
        return None
    day = f"XXXX-WXX-{weekday}" if weekday else "XXXX-XX-XX"
    return f"{day}T{part}" if part else day


def _set_of_units(scene: Scene, found: Found) -> str | None:
    """`alle vier Jahre`, `every other week`, `every third Monday`."""
    lexicon = scene.lexicon
    meant = "W" if found.has("weekday") else lexicon.value("unit", found.text("unit"))
    if not meant:
        return None
    each, unit = _unit(str(meant))
    if found.has("vague"):
        return periods.length(None, unit)
    count = lexicon.numbers.number(found.text("number")) if found.has("number") else 1
    if found.has("nth"):
        count = lexicon.numbers.ordinal(found.text("nth")) or OTHER
    return periods.length(count * (each or 1), unit) if count is not None else None


def _rate(scene: Scene, found: Found) -> str | None:
    """`500 Anträge im Jahr`; but `im Jahr der Wahl` and `im Jahr 1990` are one year."""
    known, behind = scene.lexicon, found.after()[:1]
    if any(word in known.rate_goes_on or known.numbers.number(word) is not None for word in behind):
        return None
    return periods.length(1, str(scene.lexicon.value("rate_unit", found.text("rate"))))
