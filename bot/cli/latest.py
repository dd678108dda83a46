"""`depesche latest`: the newest alerts once more."""

import asyncio
from pathlib import Path

import click

from bot.alerts.control import Correction
from bot.alerts.model import Alert
from bot.app.config import Config
from bot.app.settings import destination_of, language_of
from bot.cli.first_run import not_run_yet
from bot.cli.options import config_option, load_config
from bot.commands.wording import say
from bot.platforms.console.messenger import rendered
from bot.ports.messenger import Message
from bot.storage.opening import open_store


@click.command()
@click.option("-n", "number", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many.")
@config_option
def latest(number: int, config_path: Path | None) -> None:
    """Show the newest alerts again, oldest first."""
    config = load_config(config_path)
    if line := not_run_yet(config):
        click.echo(line)
        return

    async def ask() -> list[str]:
        store = await open_store(config.store)
        try:
            alerts = await store.latest(number)
            taken_back = await store.retracted([alert.id for alert in alerts])
        finally:
            await store.close()
        told = ((alert, taken_back.get(alert.id)) for alert in reversed(alerts))
        return [line for alert, correction in told for line in _lines(config, alert, correction)]

    for line in asyncio.run(ask()) or [say(language_of(config), "no_alerts")]:
        click.echo(line)


def _lines(config: Config, alert: Alert, correction: Correction | None) -> list[str]:
    """An alert as the console shows it; one that was taken back says so."""
    destination = destination_of(config, config.destinations[0])
    return rendered(Message(key=alert.id, alert=alert, destination=destination, correction=correction))
