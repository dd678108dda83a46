"""`depesche status`: sources, counts, lag, deliveries, and what a person should look at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from textwrap import shorten, wrap
from typing import Protocol, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.commands.wording import say
from bot.ports.clock import Clock
from bot.ports.holding import HeldSum, HoldingStore
from bot.ports.pauses import Pause, PauseStore, is_aside
from bot.ports.store import ArticleState, Counts, DeliveryState, SourceStatus, StatusStore, Trouble

WIDTH = 80
LABEL = 12
NAME = 28
TROUBLES = 10
PATIENCE = timedelta(minutes=5)  # with a source that is due and not asked
ALIKE = 3  # sources with the same trouble from which on it is told once
S = TypeVar("S", bound=StrEnum)


class ReportStore(StatusStore, PauseStore, HoldingStore, Protocol):
    """The part of the store that a report needs."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The state of the bot at one moment."""

    at: datetime
    sources: Sequence[SourceStatus]
    counts: Counts
    troubles: Sequence[Trouble]
    pauses: Sequence[Pause] = ()
    held: Sequence[HeldSum] = ()

    @property
    def paused(self) -> Sequence[Pause]:
        """Where no alerts go at the moment."""
        return [pause for pause in self.pauses if not is_aside(pause)]

    @property
    def asides(self) -> Sequence[Pause]:
        """What else does not work, unless the same is said of the whole platform."""
        said = {(pause.scope, pause.reason) for pause in self.pauses}
        asides = [pause for pause in self.pauses if is_aside(pause)]
        return [one for one in asides if (one.scope.partition(" ")[0], one.reason) not in said]


async def report(store: ReportStore, clock: Clock) -> Report:
    """Ask the store."""
    now = clock.now()
    return Report(
        at=now,
        sources=await store.sources(),
        counts=await store.counts(now),
        troubles=await store.troubles(TROUBLES),
        pauses=await store.pauses(now),
        held=await store.held(),
    )


def lines(found: Report, lang: str, zone: ZoneInfo | None) -> Iterator[str]:
    """The report in words, at most 80 columns wide."""
    counts = found.counts
    if since := asleep_since(found):
        yield from _rows("!", [say(lang, "asleep", time=moment(since, found.at, zone))])
    yield _row(say(lang, "sources"), source_sum(found.sources, lang))
    alike = failing_alike(found.sources)
    for source in found.sources:
        if trouble_of(source) not in alike:
            yield from _source(source, found.at, lang, zone)
    for (reason, verified), names in alike.items():
        key = "verified" if verified else "unverified"
        told = f"{say(lang, key, n=len(names))}: {reason}"
        yield f"  ! {shorten(told, WIDTH - 4, placeholder=' …')}"
        yield from wrap(" · ".join(names), WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield _row(say(lang, "articles"), states(counts.articles, ArticleState, lang))
    yield _row(say(lang, "alerts"), f"{counts.alerts} · {say(lang, 'stories', n=counts.stories)}")
    yield _row(say(lang, "deliveries"), states(counts.deliveries, DeliveryState, lang))
    waits = "nothing_waits" if counts.lag is None else "oldest_waits"
    yield _row(say(lang, "lag"), say(lang, waits, seconds=round(counts.lag or 0)))
    yield from _rows(say(lang, "held"), (held_words(one, found.at, lang, zone) for one in found.held))
    yield from _rows(say(lang, "paused"), (pause_words(one, found.at, lang, zone) for one in found.paused))
    yield from _rows(say(lang, "impaired"), (aside_words(one, found.at, lang, zone) for one in found.asides))
    for number, trouble in enumerate(found.troubles):
        label = "" if number else say(lang, "trouble")
        what = f"{moment(trouble.at, found.at, zone)} {trouble.what}: {trouble.why}"
        yield _row(label, shorten(what, WIDTH - LABEL, placeholder=" …"))


def asleep_since(found: Report) -> datetime | None:
    """When the last source was asked, if since then another one has been due for long: does the bot run?

    What was due before that moment already counts for nothing: it is no longer in the configuration.
    """
    last = max((source.last_attempt for source in found.sources if source.last_attempt), default=None)
    if last is None:
        return None
    due = min((one.next_poll for one in found.sources if one.next_poll >= last), default=last)
    return last if found.at - due > PATIENCE else None


def _rows(label: str, texts: Iterable[str]) -> Iterator[str]:
    """Whole texts below one label: what names the mend is not cut."""
    for text in texts:
        for line in wrap(text, WIDTH - LABEL, subsequent_indent="  "):
            yield _row(label, line)
            label = ""


def _row(label: str, text: str) -> str:
    return f"{label:<{LABEL}}{text}"


def states(numbers: Mapping[S, int], kinds: type[S], lang: str) -> str:
    """How many are in each state, in words."""
    parts = [say(lang, f"state_{state}", n=numbers[state]) for state in kinds if numbers.get(state)]
    return " · ".join(parts) or say(lang, "none")


def source_sum(sources: Sequence[SourceStatus], lang: str) -> str:
    """How many sources there are and how they do, in words."""
    numbers = {
        "verified": sum(source.verified for source in sources),
        "unverified": sum(not source.verified for source in sources),
        "failing": sum(bool(source.failures) for source in sources),
    }
    parts = [str(len(sources)), *(say(lang, key, n=number) for key, number in numbers.items() if number)]
    return " · ".join(parts)


def trouble_of(source: SourceStatus) -> tuple[str, bool]:
    """Why a source fails, its own host left out: the same trouble reads the same; and if it ever worked."""
    if not source.failures or not source.last_error:
        return "", source.verified
    return source.last_error.removeprefix(urlsplit(source.url).hostname or "").lstrip(" :"), source.verified


def failing_alike(sources: Sequence[SourceStatus]) -> dict[tuple[str, bool], list[str]]:
    """Troubles that several sources share, with their names: told once, not once a source."""
    names: dict[tuple[str, bool], list[str]] = {}
    for source in sources:
        names.setdefault(trouble_of(source), []).append(source.name)
    return {trouble: found for trouble, found in names.items() if trouble[0] and len(found) >= ALIKE}


def _source(source: SourceStatus, now: datetime, lang: str, zone: ZoneInfo | None) -> Iterator[str]:
    mark = "!" if source.failures else ("✓" if source.verified else "·")
    parts = []
    if source.last_success:
        parts.append(say(lang, "last_success", time=moment(source.last_success, now, zone)))
        parts.append(say(lang, "items", n=source.articles))
    else:
        parts.append(say(lang, "not_verified"))
    parts.append(say(lang, "next_poll", time=moment(source.next_poll, now, zone)))
    yield f"  {mark} {shorten(source.name, NAME, placeholder='…'):<{NAME}} {' · '.join(parts)}"
    if source.note or source.skipped:
        odd = [source.note] if source.note else []
        odd += [say(lang, "skipped", n=source.skipped)] if source.skipped else []
        yield f"    {shorten(' · '.join(odd), WIDTH - 4, placeholder=' …')}"
    if source.failures and source.last_error:
        tried = moment(source.last_attempt or now, now, zone)
        why = say(lang, "last_failure", time=tried, why=source.last_error)
        yield f"    {shorten(why, WIDTH - 4, placeholder=' …')}"


def pause_words(pause: Pause, now: datetime, lang: str, zone: ZoneInfo | None) -> str:
    """What is paused, until when, and why."""
    until = moment(pause.until, now, zone)
    over = "next_alert" if pause.until <= now else "next_try" if pause.broken else "paused_until"
    return f"{pause.scope}: {say(lang, over, time=until)}: {pause.reason}"


def held_words(held: HeldSum, now: datetime, lang: str, zone: ZoneInfo | None) -> str:
    """How many alerts wait at a place, for what, and until when."""
    until = moment(held.until, now, zone)
    return f"{held.destination.id}: {say(lang, f'held_{held.why}', n=held.number, time=until)}"


def aside_words(pause: Pause, now: datetime, lang: str, zone: ZoneInfo | None) -> str:
    """What does not work beside sending, since when, and why."""
    kind, _, what = pause.scope.partition(" ")
    return f"{kind}: {say(lang, f'aside_{what}', time=moment(pause.since, now, zone))}: {pause.reason}"


def moment(at: datetime, now: datetime, zone: ZoneInfo | None) -> str:
    """The clock time; with the day if it is not today's."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == today.date() else f"{local:%Y-%m-%d %H:%M}"
