"""Dates as feeds and pages write them, with the offset they were written with.

RFC 822 and 2822 (RSS), ISO 8601 and W3C-DTF (Atom, Dublin Core, JSON-LD), their German kin, and
`02.03.2026 14:30`. Nothing is guessed: `03/02/2026` and `yesterday` are no dates.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from pathlib import Path

from bot.article.model import Published
from bot.located import plain_yaml

_LONGEST = 80  # characters
_WORDS = Path(__file__).with_name("dates.yml")
_ZONE = r"(?:(?:GMT|UTC)(?=[+-])|Etc/)?(?P<zone>Z|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Za-z]{2,5})?"
_HALF = r"(?:(?P<half>[ap])\.?m\.?(?![a-z])\s*)?"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_DAY_THEN_CLOCK = tuple(
    re.compile(rf"{day}(?:{gap}{_CLOCK}\s*(?:Uhr\s*)?{_HALF}{_ZONE})?(?:\s*\([^)]*\))?", re.IGNORECASE)
    for day, gap in (
        (r"(?P<year>\d{4})(?P<dash>[-/])(?P<month>\d{2})(?P=dash)(?P<day>\d{2})", r"(?:T|\s+)"),
        (r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", r"(?:T|\s+)"),
        (
            r"(?:[^\W\d]{2,10}\.?,?\s+)?(?P<day>\d{1,2})\.?[\s-]+(?P<month>[^\W\d]{3,9})\.?,?[\s-]+(?P<year>\d{4}|\d{2})",
            r",?\s+",
        ),
        (
            r"(?:[^\W\d]{2,10}\.?,?\s+)?(?P<month>[^\W\d]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})",
            r",?\s+",
        ),
        (r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", r"(?:,|\s)[\s\-–]*"),
    )
)
_FORMS = (
    *_DAY_THEN_CLOCK,
    re.compile(  # as the C library writes it: `Mon Mar  2 14:30:00 2026`
        rf"(?:[A-Za-z]{{3}}\s+)?(?P<month>[A-Za-z]{{3}})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s+"
        rf"(?:{_ZONE}\s+)?(?P<year>\d{{4}})",
        re.IGNORECASE,
    ),
)
# The two forms that nearly all feeds write, told by the signs at their places:
# `Mon, 02 Mar 2026 12:00:00 +0100`, its kin with GMT, and `2026-03-02T12:00:00+01:00`.
_MONTHS = {
    f" {'JanFebMarAprMayJunJulAugSepOctNovDec'[3 * number : 3 * number + 3]} ": f"-{number + 1:02}-"
    for number in range(12)
}
_GREENWICH = frozenset({" GMT", " UTC", " UT", " Z"})
_COMPACT = re.compile(r"(\d{4}-?\d{2}-?\d{2}T\d{2})(\d{2})(\d{2})?(?=$|Z|[+-])")


def parse_date(text: str | None) -> Published | None:
    """Read a date; a moment without a zone is taken as UTC, a day without a time is not exact.

    Returns:
        None where the text is no date or cannot be one (31 February).
    """
    if not text or len(text) > _LONGEST:
        return None
    if common := _common(text):
        return common
    text = _COMPACT.sub(lambda found: ":".join(filter(None, found.groups())), text.strip())
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _published(found.groupdict())
    return None


def _common(text: str) -> Published | None:
    """Read one of the two common forms; None for others and for what needs a closer look."""
    try:
        if text[10:11] == "T":
            at = datetime.fromisoformat(text)
        elif text[3:5] == ", ":
            zone = text[25:]
            day = text[12:16] + _MONTHS[text[7:12]] + text[5:7]
            at = datetime.fromisoformat(day + text[16:25] + ("Z" if zone in _GREENWICH else zone[1:]))
        else:
            return None
    except (ValueError, KeyError):
        return None
    if at.tzinfo is None:
        return None
    return Published(at=at.replace(microsecond=0) if at.microsecond else at)


def _published(parts: Mapping[str, str | None]) -> Published | None:
    zone = _zone(parts["zone"])
    month = _month(parts["month"] or "")
    if zone is None or month is None:
        return None
    clock = (parts["hour"], parts["minute"], parts["second"])
    hour, minute, second = (int(number or 0) for number in clock)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        at = datetime(_year(parts["year"] or ""), month, int(parts["day"] or 0), tzinfo=zone)
        # 24:00 is the next day's midnight (ISO 8601), a leap second the next minute.
        at += timedelta(hours=_below(hour, 24), minutes=_below(minute, 59), seconds=_below(second, 60))
    except (ValueError, OverflowError):
        return None
    return Published(at=at, exact=parts["hour"] is not None)


def _below(number: int, greatest: int) -> int:
    if number > greatest:
        raise ValueError(f"{number} is greater than {greatest}")
    return number


def _year(digits: str) -> int:
    """A year; two digits are read as RFC 2822 says."""
    year = int(digits)
    if len(digits) == len("26"):
        return year + (2000 if year < 50 else 1900)
    return year


def _month(text: str) -> int | None:
    return int(text) if text.isdigit() else _words()["months"].get(text[:3].lower())


@lru_cache(maxsize=256)
def _zone(text: str | None) -> tzinfo | None:
    """The zone written; UTC without one; None for one that nobody knows."""
    if not text:
        return UTC
    if text[0] not in "+-":
        minutes = _words()["zones"].get(text.upper())
    else:
        digits = text[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        minutes = -minutes if text[0] == "-" else minutes
    if minutes is None or abs(minutes) >= 24 * 60:
        return None
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


@cache
def _words() -> dict[str, dict[str, int]]:
    """Zones and months from `dates.yml`."""
    words = plain_yaml(_WORDS.read_text(encoding="utf-8"), _WORDS.name)
    if not isinstance(words, dict):
        raise TypeError(f"{_WORDS.name} must hold `zones` and `months`")
    return words
