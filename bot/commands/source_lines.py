"""How a source does, in words: for `/sources`, and for `depesche sources check`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.article.cleaning import one_line
from bot.article.url import host_of
from bot.commands.status import moment
from bot.commands.wording import say
from bot.ports.polling import SourceState
from bot.ports.store import SourceStatus

LINE_LIMIT = 200
_WELL = frozenset((SourceState.NEW, SourceState.WELL))
_BAD = frozenset((SourceState.BROKEN, SourceState.GONE, SourceState.DISALLOWED))


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads it, and when: language, zone (None: the system's), the moment it is."""

    lang: str
    zone: ZoneInfo | None
    now: datetime

    def say(self, key: str, **values: object) -> str:
        """One of the bot's own sentences."""
        return say(self.lang, key, **values)

    def time(self, at: datetime) -> str:
        """A moment as the reader's clock shows it."""
        return moment(at, self.now, self.zone)


def urgent_first(sources: Sequence[SourceStatus]) -> list[SourceStatus]:
    """Those that a person should look at, then failing ones, then the others by name."""
    return sorted(sources, key=lambda one: (_rank(one), one.name.casefold()))


def needs_a_look(source: SourceStatus) -> bool:
    """Whether something is wrong with it."""
    return source.state not in _WELL or bool(source.failures)


def mark(source: SourceStatus) -> str:
    """One sign for how it is."""
    if source.state in _BAD or source.failures:
        return "!"
    return "…" if source.state is SourceState.SILENT else "✓" if source.verified else "·"


def short_lines(source: SourceStatus, reader: Reader) -> Iterator[str]:
    """Name and rhythm in one line; what is wrong in a second one."""
    yield one_line(f"{mark(source)} {source.name} · {rhythm(source, reader)}", LINE_LIMIT)
    if wrong := trouble(source, reader):
        yield f"   {one_line(wrong, LINE_LIMIT)}"


def long_lines(source: SourceStatus, reader: Reader) -> Iterator[str]:
    """All that is known of it, a line each; of its address the host, because the rest may be secret."""
    yield one_line(f"{mark(source)} {source.name} · {source.kind} · {host_of(source.url)}", LINE_LIMIT)
    yield rhythm(source, reader)
    if source.interval is not None:
        why = reader.say(f"source_why_{source.why}")
        yield reader.say("source_interval", every=_every(source.interval, reader), why=why)
    if source.last_new is not None:
        yield reader.say("source_last_new", time=reader.time(source.last_new))
    yield reader.say("source_next", time=reader.time(source.next_poll))
    if source.follows:
        yield reader.say("source_follows", host=host_of(source.follows))
    if wrong := trouble(source, reader):
        yield one_line(wrong, 2 * LINE_LIMIT)
    yield from oddities(source, reader)


def rhythm(source: SourceStatus, reader: Reader) -> str:
    """When it last answered, how often it is asked, how much it brings."""
    last = source.last_success
    parts = [
        reader.say("last_success", time=reader.time(last)) if last else reader.say("not_verified"),
        _every(source.interval, reader) if source.interval is not None else "",
        _bringing(source.items_per_day, reader),
    ]
    return " · ".join(filter(None, parts))


def trouble(source: SourceStatus, reader: Reader) -> str:
    """What is wrong with it, since when and why; empty where nothing is."""
    parts = []
    if source.state not in _WELL:
        what = reader.say(f"source_state_{source.state}")
        since = source.since
        parts.append(reader.say("source_since", what=what, time=reader.time(since)) if since else what)
    if source.failures:
        why = source.last_error or "?"
        parts.append(reader.say("source_failures", n=source.failures, why=why))
    return " · ".join(parts)


def oddities(source: SourceStatus, reader: Reader) -> Iterator[str]:
    """What was odd though usable at its last change."""
    if source.note:
        yield one_line(source.note, LINE_LIMIT)
    if source.skipped:
        yield reader.say("skipped", n=source.skipped)


def _rank(source: SourceStatus) -> int:
    if source.state in _BAD:
        return 0
    return 1 if source.failures else 2 if source.state is SourceState.SILENT else 3


def _every(interval: timedelta, reader: Reader) -> str:
    minutes = interval.total_seconds() / 60
    if minutes < 1:
        spelled = reader.say("source_seconds", n=round(minutes * 60))
    elif minutes < 60:
        spelled = reader.say("source_minutes", n=round(minutes))
    elif minutes < 48 * 60:
        spelled = reader.say("source_hours", n=round(minutes / 60))
    else:
        spelled = reader.say("source_days", n=round(minutes / 60 / 24))
    return reader.say("source_every", time=spelled)


def _bringing(per_day: float | None, reader: Reader) -> str:
    if per_day is None:
        return ""
    if per_day >= 1:
        return reader.say("source_per_day", n=round(per_day))
    return reader.say("source_per_week", n=round(per_day * 7))
