"""The day to which something is moved: `wurde auf Freitag verschoben`, `has been moved to Friday`."""

from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from bot.extraction.findings import Findings, Span
from bot.located import plain_yaml
from bot.rules.measures import days_of

NEAR = 2  # words before the day that are looked at
WEEK = timedelta(days=7)


def new_day(day: str, sentence: Span, findings: Findings, today: date) -> str | None:
    """The new day, if the words before a day say that it is; else None.

    Behind words of the past a weekday is read as the one gone by; what is moved is moved to the next one.

    Args:
        day: TIMEX3 date of the event.
        sentence: Where it stands.
        findings: Of the article.
        today: Day of publication.
    """
    for time in findings.times:
        inside = sentence.start <= time.start < sentence.end
        before = sentence.text[: time.start - sentence.start].casefold().split()[-NEAR:] if inside else []
        if time.value == day and _words(findings.lang or "") & set(before):
            return _not_past(day, today)
    return None


def _not_past(day: str, today: date) -> str | None:
    days = days_of(day)
    if days is None or days[1] >= today:
        return day if days else None
    following = days[0] + WEEK
    return following.isoformat() if days[0] == days[1] and following >= today else None


@cache
def _words(lang: str) -> frozenset[str]:
    text = files("bot.stories").joinpath("new_days.yml").read_text(encoding="utf-8")
    found = plain_yaml(text, "bot/stories/new_days.yml")
    return frozenset(str(word) for word in found.get(lang, ())) if isinstance(found, dict) else frozenset()
