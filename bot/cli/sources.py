"""`depesche sources …`."""

import click

from bot.cli.source_entries import parse


@click.group()
def sources() -> None:
    """Look into sources: what a feed holds, and how they do."""


sources.add_command(parse)
