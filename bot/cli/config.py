"""`depesche config check` and `depesche config schema`."""

import json
import os
import sys
from pathlib import Path

import click

from bot.app.config import Config
from bot.app.config_advice import advice
from bot.app.config_check import check as check_text
from bot.app.config_check import in_order
from bot.cli.options import config_option, counted, read_config


@click.group()
def config() -> None:
    """Check the configuration; print its JSON Schema."""


@config.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@config_option
def check(path: Path | None, config_path: Path | None) -> None:
    """Name file, line, key and mend of every mistake."""
    text, place = read_config(path or config_path)
    checked = check_text(text, place, os.environ)
    issues = in_order([*checked.issues, *advice(checked, place)])
    for issue in issues:
        click.echo(str(issue))
    if checked.config is None or any(issue.severity == "error" for issue in issues):
        sys.exit(1)
    found = checked.config
    click.echo(
        f"{place}: fine: {counted(len(found.sources), 'source')}, "
        f"{counted(len(found.channels), 'channel')}, {counted(len(found.destinations), 'destination')}"
    )


@config.command()
def schema() -> None:
    """Print the JSON Schema of the configuration, for editors."""
    click.echo(json.dumps(Config.model_json_schema(), indent=2))
