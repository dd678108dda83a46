"""What changed, in words: `150 → 300 trainers`, `under discussion → decided`, `Tuesday, 3 March → …`.

What amounts, months or weeks both end in is said once; days are written out, because nobody may misread them.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from bot.alerts.amounts import amount_in, amount_told
from bot.alerts.wording import day_in, name_in, words
from bot.article.cleaning import one_line
from bot.extraction.findings import Quantity
from bot.stories.facts import Change, Slot, Value

NAME_LIMIT = 60  # characters
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DIGIT = re.compile(r"\d")


def changes_in(changes: Iterable[Change], given: str | None, lang: str) -> str:
    """Changes in words of the reader's language, joined by ` · `.

    Args:
        changes: What is told otherwise than before.
        given: Language of the article that tells it.
        lang: `de` or `en`: the reader's.
    """
    return " · ".join(_in_words(change, given, lang) for change in changes)


def _in_words(change: Change, given: str | None, lang: str) -> str:
    before, after = _before(change, given, lang), _after(change, given, lang)
    if change.slot is Slot.QUANTITY or _are_long(change.before, change.after):
        before = _without_end(before, after, numbers=change.slot is Slot.DATE)
    if change.sides:
        one, other = (one_line(side, NAME_LIMIT) for side in change.sides)
        return str(words(lang)["sides"]).format(before=before, one=one, after=after, other=other)
    form = words(lang)["change" if before else "now"]
    return str(form).format(before=before, after=after)


def _are_long(*dates: Value) -> bool:
    """Whether these are dates longer than a day: weeks, months, seasons."""
    return all(isinstance(one, str) and one[:1].isdigit() and not _DAY.match(one) for one in dates)


def _without_end(before: str, after: str, *, numbers: bool) -> str:
    """One side without the words in which both end; a number stays unless it is that of a year or week."""
    left, right = before.split(" "), after.split(" ")
    while len(left) > 1 and left[-1:] == right[-1:] and (numbers or not _DIGIT.search(left[-1])):
        del left[-1], right[-1]
    return " ".join(left).rstrip(",")


def _before(change: Change, given: str | None, lang: str) -> str:
    old, new = change.before, change.after
    if isinstance(old, Quantity) and isinstance(new, Quantity) and old.unit == new.unit:
        return amount_told(replace(old, of=new.of), given, lang)
    if change.slot is Slot.DATE and isinstance(old, str):
        return _day(old, new if isinstance(new, str) else old, lang)
    return _shown(change.slot, old, lang)


def _after(change: Change, given: str | None, lang: str) -> str:
    old, new = change.before, change.after
    if isinstance(new, Quantity):
        return amount_told(new, given, lang)
    if change.slot is Slot.DATE:
        told = _day(new, old if isinstance(old, str) else new, lang) if isinstance(new, str) else None
        return told or str(words(lang)["put_off"])
    return _shown(change.slot, new, lang)


def _shown(slot: Slot, value: Value, lang: str) -> str:
    if isinstance(value, Quantity):
        return amount_in(value, lang)
    if isinstance(value, str):
        return str(words(lang)["modality"][value]) if slot is Slot.MODALITY else day_in(value, lang)
    return ", ".join(one_line(name_in(actor, lang), NAME_LIMIT) for actor in value or ())


def _day(value: str, other: str, lang: str) -> str:
    """A date beside another one: of two days of one year the year is left out, the weekday spelt out."""
    if _DAY.match(value) and _DAY.match(other) and value[:4] == other[:4]:
        return format_date(date.fromisoformat(value[:10]), words(lang)["same_year"], lang)
    return day_in(value, lang)
