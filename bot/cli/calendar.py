"""`depesche upcoming`, `depesche calendar`: what is coming, shown or as a file for calendar apps."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from bot.alerts.wording import day_in
from bot.app.config import Config
from bot.app.settings import language_of, zone_of
from bot.cli.first_run import not_run_yet
from bot.cli.options import config_option, load_config
from bot.cli.streams import standard_output
from bot.commands.calendar import span_of
from bot.commands.calendar_lines import calendar_lines
from bot.commands.wording import say
from bot.storage.opening import open_store
from bot.stories.calendar_model import CalendarEntry

BEFORE = timedelta(days=60)
AHEAD = timedelta(days=730)


@click.command()
@click.argument("span", default="7d")
@config_option
def upcoming(span: str, config_path: Path | None) -> None:
    """Show what is coming within SPAN, such as 7d or 2w."""
    config = load_config(config_path)
    lang, ahead = language_of(config), span_of(span)
    if ahead is None:
        raise click.BadParameter("write a number with d (days) or w (weeks), such as 7d", param_hint="SPAN")
    today = datetime.now(UTC).astimezone(zone_of(config)).date()
    entries, last = _entries(config, today, today + ahead), day_in((today + ahead).isoformat(), lang)
    if entries is None:
        return
    if not entries:
        click.echo(say(lang, "calendar_nothing", day=last))
    for entry in entries:
        for line in (*calendar_lines(entry, lang), ""):
            click.echo(line)


@click.group()
def calendar() -> None:
    """The calendar of what is coming, and of the last two months."""


@calendar.command()
@config_option
def export(config_path: Path | None) -> None:
    """Write the calendar to standard output as iCalendar (RFC 5545), two months back, two years ahead."""
    from bot.web.ical import to_ical  # noqa: PLC0415 - `upcoming` need not wait for it

    config, output = load_config(config_path), standard_output()
    today = datetime.now(UTC).date()
    entries = _entries(config, today - BEFORE, today + AHEAD)
    output.buffer.write(to_ical(entries or [], language_of(config)))


@calendar.command()
@config_option
def show(config_path: Path | None) -> None:
    """Show all of it, in the order of days."""
    config = load_config(config_path)
    today, lang = datetime.now(UTC).date(), language_of(config)
    entries = _entries(config, today - BEFORE, today + AHEAD)
    if entries is not None and not entries:
        click.echo(say(lang, "calendar_nothing", day=day_in((today + AHEAD).isoformat(), lang)))
    for entry in entries or ():
        for line in (*calendar_lines(entry, lang), ""):
            click.echo(line)


def _entries(config: Config, first: date, last: date) -> Sequence[CalendarEntry] | None:
    """Entries of these days; None where the bot has not run yet, which is said."""
    if line := not_run_yet(config):
        click.echo(line, err=True)
        return None

    async def ask() -> Sequence[CalendarEntry]:
        store = await open_store(config.store)
        try:
            return await store.calendar(first=first, last=last)
        finally:
            await store.close()

    return asyncio.run(ask())
