"""What people decided about an alert, in words: the line that stands below its headline."""

from datetime import datetime, tzinfo

from babel.dates import format_datetime

from bot.alerts.control import Asking, Correction
from bot.alerts.wording import words
from bot.article.cleaning import one_line

NOTE_LIMIT = 200
NAME_LIMIT = 60


def correction_in(correction: Correction, lang: str, zone: tzinfo | None) -> str:
    """That an alert was taken back, when, and why; not by whom: that is for the history."""
    said = str(words(lang)["correction"]).format(time=_moment(correction.at, lang, zone))
    note = one_line(correction.note, NOTE_LIMIT)
    return f"{said} {note}" if note else said


def asking_in(asking: Asking, lang: str, zone: tzinfo | None) -> str:
    """Until when editors may decide, or who decided when."""
    return str(words(lang)["asking"][asking.state]).format(
        by=one_line(asking.by or "?", NAME_LIMIT),
        time=_moment(asking.at or asking.until, lang, zone),
    )


def _moment(at: datetime, lang: str, zone: tzinfo | None) -> str:
    pattern = "dd.MM.yyyy HH:mm" if lang == "de" else "d MMM yyyy HH:mm"
    return format_datetime(at.astimezone(zone), pattern, locale=lang)
