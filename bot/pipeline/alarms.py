"""What a person should know of a source: gone silent, broken, gone, not allowed. Each is said once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from bot.article.cleaning import one_line
from bot.located import plain_yaml
from bot.ports.notices import Notice
from bot.ports.polling import Learnt, SourceState
from bot.ports.sources import SourceSettings

ALARMING = (SourceState.BROKEN, SourceState.SILENT, SourceState.GONE, SourceState.DISALLOWED)
LANGUAGES = ("de", "en")
NAME_LIMIT = 80
WHY_LIMIT = 200
URL_LIMIT = 300


def alarm(
    source: SourceSettings, before: Learnt, after: Learnt, now: datetime, why: str = ""
) -> Notice | None:
    """What is to be said when a source comes into a state that a person should look at.

    Args:
        source: Which one.
        before: What was known before the poll.
        after: What is known after it.
        now: The moment of the poll.
        why: The error, where there was one.
    """
    if after.state is before.state or after.state not in ALARMING:
        return None
    return Notice(
        key=alarm_key(source.id, after),
        texts={lang: _text(source, before, after, now, why)[lang] for lang in LANGUAGES},
    )


def is_over(before: Learnt, after: Learnt) -> bool:
    """Whether a source has come out of such a state."""
    return before.state in ALARMING and after.state is not before.state


def alarm_key(source_id: str, learnt: Learnt) -> str:
    """Names one alarm; the same spell gives the same one, however often the bot starts anew."""
    since = learnt.last_new if learnt.state is SourceState.SILENT else learnt.failing_since
    return f"source {learnt.state} {source_id} {since.isoformat() if since else ''}"


def _text(
    source: SourceSettings, before: Learnt, after: Learnt, now: datetime, why: str
) -> Mapping[str, str]:
    quiet = now - (max(after.arrivals[-1:], default=None) or after.last_new or now)
    values = {
        "name": one_line(source.name, NAME_LIMIT),
        "url": one_line(after.follows or source.url, URL_LIMIT),
        "why": one_line(why, WHY_LIMIT),
        "hours": int((now - (after.failing_since or now)) / timedelta(hours=1)),
        "days": max(1, round(quiet / timedelta(days=1))),
        "rate": f"{usual_rate(before):.2g}",
    }
    return {lang: _words()[after.state][lang].format(**values) for lang in LANGUAGES}


def usual_rate(learnt: Learnt) -> float:
    """Items a day while it still brought some."""
    if len(learnt.arrivals) < 2:
        return 0.0
    span = max(learnt.arrivals[-1] - learnt.arrivals[0], timedelta(minutes=1))
    return (len(learnt.arrivals) - 1) / (span / timedelta(days=1))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    place = files("bot.pipeline").joinpath("alarms.yml")
    found: Mapping[str, Mapping[str, str]] = plain_yaml(place.read_text(encoding="utf-8"), "alarms.yml")  # type: ignore[assignment]
    return found
