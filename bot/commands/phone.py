"""The status as lines for a phone."""

from collections.abc import Iterator

from bot.article.cleaning import one_line
from bot.commands.asking import Asked
from bot.commands.status import (
    Report,
    aside_words,
    failing_alike,
    held_words,
    moment,
    pause_words,
    source_sum,
    states,
    trouble_of,
)
from bot.commands.wording import say
from bot.ports.messenger import Destination
from bot.ports.pauses import scopes_of
from bot.ports.store import ArticleState, DeliveryState

TROUBLES = 5
NAMES = 6  # sources with the same trouble that are named


def brief_lines(found: Report, ask: Asked) -> Iterator[str]:
    """The numbers, and whether this chat is paused."""
    yield from _numbers(found, ask.lang)
    request = ask.request
    here = Destination(id="", kind=request.kind, address=request.address)
    for held in found.held:
        if (held.destination.kind, held.destination.address) == (here.kind, here.address):
            yield f"⏳ {held_words(held, found.at, ask.lang, ask.zone)}"
    for pause in found.paused:
        if pause.scope in scopes_of(here):
            yield f"⏸ {pause_words(pause, found.at, ask.lang, ask.zone)}"


def full_lines(found: Report, ask: Asked) -> Iterator[str]:
    """The numbers, failing sources, pauses, and what a person should look at."""
    yield from _numbers(found, ask.lang)
    for held in found.held:
        yield f"⏳ {held_words(held, found.at, ask.lang, ask.zone)}"
    for pause in found.paused:
        yield f"⏸ {pause_words(pause, found.at, ask.lang, ask.zone)}"
    for aside in found.asides:
        yield f"! {aside_words(aside, found.at, ask.lang, ask.zone)}"
    yield from _failing(found)
    for trouble in found.troubles[:TROUBLES]:
        what = f"{moment(trouble.at, found.at, ask.zone)} {trouble.what}: {trouble.why}"
        yield f"! {one_line(what, 200)}"


def _numbers(found: Report, lang: str) -> Iterator[str]:
    counts = found.counts
    yield f"{say(lang, 'sources')}: {source_sum(found.sources, lang)}"
    yield f"{say(lang, 'articles')}: {states(counts.articles, ArticleState, lang)}"
    yield f"{say(lang, 'alerts')}: {counts.alerts} · {say(lang, 'stories', n=counts.stories)}"
    yield f"{say(lang, 'deliveries')}: {states(counts.deliveries, DeliveryState, lang)}"
    waits = "nothing_waits" if counts.lag is None else "oldest_waits"
    yield f"{say(lang, 'lag')}: {say(lang, waits, seconds=round(counts.lag or 0))}"


def _failing(found: Report) -> Iterator[str]:
    """Each trouble of sources once, with the names of the first few."""
    alike = failing_alike(found.sources)
    for source in found.sources:
        reason = trouble_of(source)
        if reason[0] and reason not in alike:
            yield one_line(f"! {source.name}: {reason[0]}", 200)
    for (why, _), names in alike.items():
        more = f" +{len(names) - NAMES}" if len(names) > NAMES else ""
        yield one_line(f"! {', '.join(names[:NAMES])}{more}: {why}", 200)
