"""`depesche ledger`: who committed what; shown, or written out for a table or a program."""

import asyncio
import csv
import io
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.app.config import Config
from bot.app.settings import language_of, zone_of
from bot.cli.first_run import not_run_yet
from bot.cli.ledger_rows import COLUMNS, cell, entry_object, entry_row
from bot.cli.options import config_option, load_config
from bot.cli.streams import standard_output
from bot.commands.ledger_lines import entry_lines, history, log_line
from bot.commands.ledger_words import query_of
from bot.commands.wording import say
from bot.errors import DepescheError
from bot.ports.ledger import LogLine, Wanted
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from bot.stories.ledger import Entry

T = TypeVar("T")
AT_ONCE = 500  # entries read at a time
LOG_LINES = 1000


@click.group()
def ledger() -> None:
    """Who committed what, where, how many, and how it changed."""


@ledger.command()
@click.argument("words", nargs=-1)
@click.option("-n", "number", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many.")
@config_option
def show(words: tuple[str, ...], number: int, config_path: Path | None) -> None:
    """Show entries: all, those of WORDS (troops Ukraine, country FR), or one with its history by its id."""
    config = load_config(config_path)
    query = query_of(" ".join(words))
    if query.id is None:
        found = _asked(config, lambda store: store.ledger(query.wanted, limit=number))
        if found is None:
            return
        lines = [line for entry in found for line in (*_shown(entry, config), "")]
    else:
        lines = _whole(config, query.id)
    for line in lines or [_nothing(words, language_of(config))]:
        click.echo(line)


@ledger.command()
@click.argument("words", nargs=-1)
@click.option("--csv", "form", flag_value="csv", default=True, help="For a table; the default.")
@click.option("--json", "form", flag_value="json", help="One object a line, with the whole history.")
@config_option
def export(words: tuple[str, ...], form: str, config_path: Path | None) -> None:
    """Write entries to standard output, the one that changed last first."""
    config, output = load_config(config_path), standard_output()
    wanted = query_of(" ".join(words)).wanted
    found = _asked(config, lambda store: _all(store, wanted)) or []
    if form == "json":
        for entry in found:
            output.write(json.dumps(entry_object(entry), ensure_ascii=False) + "\n")
    else:
        output.write(_table(found))


@ledger.command()
@config_option
def log(config_path: Path | None) -> None:
    """Show who corrected or took out what, newest first."""
    config = load_config(config_path)
    lang, zone = language_of(config), zone_of(config)
    lines = _asked(config, lambda store: store.ledger_log(None, LOG_LINES))
    if lines is None:
        return
    if not lines:
        click.echo(say(lang, "ledger_untouched"))
    for line in lines:
        click.echo(f"{line.entry[:8]} · {log_line(line, lang, zone)}")


def _asked(config: Config, question: Callable[[SqlStore], Awaitable[T]]) -> T | None:
    """The answer of the store; None where the bot has not run yet, which is said."""
    if line := not_run_yet(config):
        click.echo(line, err=True)
        return None

    async def ask() -> T:
        store = await open_store(config.store)
        try:
            return await question(store)
        finally:
            await store.close()

    return asyncio.run(ask())


async def _all(store: SqlStore, wanted: Wanted) -> list[Entry]:
    found: list[Entry] = []
    while page := await store.ledger(wanted, limit=AT_ONCE, offset=len(found)):
        found += page
    return found


def _nothing(words: Sequence[str], lang: str) -> str:
    """What to say where nothing was found: the ledger is empty, or has nothing of these words."""
    return say(lang, "ledger_nothing", words=" ".join(words)) if words else say(lang, "ledger_empty")


def _shown(entry: Entry, config: Config) -> list[str]:
    return list(entry_lines(entry, language_of(config), zone_of(config)))


def _whole(config: Config, start: str) -> list[str]:
    """One entry with its history and what was done to it."""

    async def ask(store: SqlStore) -> tuple[Sequence[Entry], Sequence[LogLine]]:
        found = await store.ledger_by_id(start, 2)
        return found, await store.ledger_log(found[0].id, LOG_LINES) if found else []

    asked = _asked(config, ask)
    if asked is None:
        return []
    found, done = asked
    lang, zone = language_of(config), zone_of(config)
    if len(found) != 1:
        raise DepescheError(say(lang, "ledger_several" if found else "ledger_no_such", id=start))
    entry = found[0]
    lines = [*_shown(entry, config), *(log_line(line, lang, zone) for line in done)]
    return lines + [line for part in history(entry, lang, zone) for line in ("", *part.split("\n"))]


def _table(found: Sequence[Entry]) -> str:
    """RFC 4180, with a first row of names; no cell begins like a formula."""
    text = io.StringIO(newline="")
    rows: Any = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([cell(value) for value in entry_row(entry)] for entry in found)
    return text.getvalue()
