"""Options that several commands share."""

import os
from pathlib import Path

import click

from bot.app.config import Config
from bot.app.config_check import check
from bot.app.shipped import default_config
from bot.article.model import Published
from bot.errors import ConfigError

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    envvar="DEPESCHE_CONFIG",
    help="Configuration file; without one, the embedded defaults.",
)


class PublishedType(click.ParamType[Published]):
    """A day or a moment on the command line."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Published:
        """Read it, or fail with the form to write."""
        try:
            return Published.parse(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date; write 2026-03-02 or 2026-03-02T14:30+01:00", param, ctx)


published_option = click.option(
    "--published", type=PublishedType(), help="Day or moment of publication, where a file has none."
)


def read_config(path: Path | None) -> tuple[str, str]:
    """The text of the configuration and its name for messages.

    Raises:
        ConfigError: The file cannot be read.
    """
    chosen = path or default_config()
    try:
        return chosen.read_text(encoding="utf-8"), str(chosen)
    except OSError as error:
        raise ConfigError(
            f"{chosen}: cannot be read ({error.strerror}); mend the path given with --config"
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{chosen}: is not UTF-8 text; save it as UTF-8") from None


def load_config(path: Path | None) -> Config:
    """The configuration, or all its mistakes in one error.

    Raises:
        ConfigError: It cannot be used.
    """
    text, place = read_config(path)
    checked = check(text, place, os.environ)
    for issue in checked.issues:
        if issue.severity == "warning":
            click.echo(str(issue), err=True)
    if checked.config is None:
        raise ConfigError("\n".join(str(issue) for issue in checked.issues if issue.severity == "error"))
    return checked.config


def counted(number: int, what: str) -> str:
    """`1 source`, `2 sources`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
