"""`depesche sources check`: asks the sources now, and says how each does."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten, wrap

import click

from bot.app.clock import SystemClock
from bot.app.config import Config
from bot.app.settings import language_of, zone_of
from bot.app.source_checks import Check, check_sources, wanted_sources
from bot.article.cleaning import one_line
from bot.cli.first_run import not_run_yet
from bot.cli.options import config_option, load_config
from bot.cli.progress import Progress
from bot.commands.fitting import clipped
from bot.commands.source_lines import Reader, long_lines, rhythm, trouble
from bot.ports.sources import Fetched, SourceSettings
from bot.ports.store import SourceStatus
from bot.storage.opening import open_store

WIDTH, NAME = 80, 26
WHY_LINES = 4  # of the reason why a source does not answer


@click.command()
@click.argument("name", required=False)
@config_option
def check(name: str | None, config_path: Path | None) -> None:
    """Ask each source now, without storing anything, and say how it does and why.

    NAME asks one source, or those whose names hold it. Exit status 1 if one does not answer.
    """
    config = load_config(config_path)
    reader = Reader(lang=language_of(config), zone=zone_of(config), now=SystemClock().now())
    sources = wanted_sources(config, name)
    checks = asyncio.run(_asked(config, sources))
    for one in checks:
        for line in lines(one, reader, in_full=len(checks) == 1):
            click.echo(line)
    answering = sum(one.error is None for one in checks)
    if not checks:
        click.echo(reader.say("source_none"))
    else:
        click.echo(reader.say("source_checked", n=answering, of=len(checks)))
    if answering < len(checks):
        sys.exit(1)


async def _asked(config: Config, sources: Sequence[SourceSettings]) -> list[Check]:
    progress = Progress(what="sources", total=len(sources))
    try:
        return await check_sources(config, sources, await _known(config), asked=progress.step)
    finally:
        progress.end()


async def _known(config: Config) -> dict[str, SourceStatus]:
    """What the store knows of the sources; nothing where the bot has not run yet."""
    if not_run_yet(config):
        return {}
    store = await open_store(config.store)
    try:
        return {status.id: status for status in await store.sources()}
    finally:
        await store.close()


def lines(one: Check, reader: Reader, *, in_full: bool = False) -> Iterator[str]:
    """What a source answered now, and below it what the store knows; at most 80 columns wide."""
    name = shorten(one.source.name, NAME, placeholder="…")
    answer = str(one.error) if one.fetched is None else _answer(one.fetched, reader)
    first, *more = _wrapped(answer, WIDTH - NAME - 3)
    yield f"{'!' if one.error else '✓'} {name:<{NAME}} {first}".rstrip()
    yield from (f"{'':<{NAME + 2}} {line}" for line in more)
    below = [one.fetched.note] if one.fetched else []
    if one.status and one.status.last_attempt:
        short = (rhythm(one.status, reader), trouble(one.status, reader))
        below += list(long_lines(one.status, reader))[1:] if in_full else short
    yield from (f"  {_fitted(text, WIDTH - 2)}" for text in below if text)


def _answer(fetched: Fetched, reader: Reader) -> str:
    number = len(fetched.entries)
    dates = [entry.published.at for entry in fetched.entries if entry.published]
    if not number:
        return reader.say("source_answers_nothing")
    if not dates:
        return reader.say("source_answers_undated", n=number)
    return reader.say("source_answers", n=number, time=reader.time(max(dates)))


def _wrapped(text: str, width: int) -> list[str]:
    """The same on as many lines as it needs: it names the mend at its end."""
    return wrap(one_line(text, 500), width, max_lines=WHY_LINES, placeholder=" …") or [""]


def _fitted(text: str, width: int) -> str:
    """What servers say, harmless to a terminal, in one line."""
    return clipped(one_line(text, 500), width)
