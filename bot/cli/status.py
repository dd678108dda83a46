"""`depesche status`."""

import asyncio
from pathlib import Path

import click

from bot.app.clock import SystemClock
from bot.app.settings import language_of, zone_of
from bot.cli.first_run import not_run_yet
from bot.cli.options import config_option, load_config
from bot.commands.status import Report, lines, report
from bot.storage.opening import open_store


@click.command()
@config_option
def status(config_path: Path | None) -> None:
    """Show sources, counts, lag and deliveries."""
    config = load_config(config_path)
    if line := not_run_yet(config):
        click.echo(line)
        return

    async def ask() -> Report:
        store = await open_store(config.store)
        try:
            return await report(store, SystemClock())
        finally:
            await store.close()

    for line in lines(asyncio.run(ask()), language_of(config), zone_of(config)):
        click.echo(line)
