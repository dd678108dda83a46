"""`depesche sources …`."""

import click

from bot.cli.source_add import add
from bot.cli.source_check import check
from bot.cli.source_entries import parse
from bot.cli.source_lists import export, import_


@click.group()
def sources() -> None:
    """Find sources, look into them, see how they do, hand lists of them over."""


for command in (add, check, parse, import_, export):
    sources.add_command(command)
