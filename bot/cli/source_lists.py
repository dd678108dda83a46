"""`depesche sources import` and `depesche sources export`: lists from and for feed readers (OPML)."""

import sys
from pathlib import Path

import click

from bot.app.clock import SystemClock
from bot.app.settings import language_of
from bot.app.source_exchange import lines_of, new_sources, outlines_of
from bot.app.source_lines import write_sources
from bot.cli.options import config_option, load_config
from bot.cli.streams import standard_input
from bot.commands.wording import say
from bot.errors import ConfigError
from bot.sources.opml import LARGEST, read_opml, write_opml


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--write", is_flag=True, help="Write the lines into the file given with --config.")
@config_option
def import_(file: str, write: bool, config_path: Path | None) -> None:  # noqa: FBT001 (click's way)
    """Turn a feed reader's list into lines of the configuration.

    FILE is OPML; `-` reads standard input. What is configured already is left out; comments in the
    configuration stay with --write.
    """
    config = load_config(config_path)
    lang = language_of(config)
    if write and config_path is None:
        raise ConfigError(say(lang, "source_no_file"))
    body = standard_input().read(LARGEST + 1) if file == "-" else Path(file).read_bytes()
    outlines, issues = read_opml(body, "standard input" if file == "-" else file)
    for issue in issues:
        click.echo(str(issue), err=True)
    found = new_sources(outlines, config)
    lines = list(lines_of(found))
    if write and config_path is not None and found:
        write_sources(config_path, lines)
        click.echo(say(lang, "source_written", path=config_path))
    else:
        for line in lines:
            click.echo(f"  {line}")
    known = len(outlines) - len(found)
    click.echo(say(lang, "source_imported", n=len(found), known=known), err=not write)
    if issues:
        sys.exit(1)


@click.command()
@config_option
def export(config_path: Path | None) -> None:
    """Print the configured sources as a list for feed readers (OPML)."""
    config = load_config(config_path)
    outlines, left_out = outlines_of(config)
    click.echo(write_opml(outlines, title="Depesche", created=SystemClock().now()), nl=False)
    if left_out:
        click.echo(say(language_of(config), "source_left_out", names=", ".join(left_out)), err=True)
