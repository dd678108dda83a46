"""The command group and the one place where errors become lines and exit codes."""

import os
import sys
from importlib import import_module

import click

from bot import __version__
from bot.cli.streams import silence_output
from bot.errors import DepescheError

# Command -> its module in this room. Imported when called for: `status` need not wait for spaCy.
COMMANDS = {
    "run": "run",
    "replay": "replay",
    "extract": "measure",
    "cluster": "measure",
    "sources": "sources",
    "status": "status",
    "latest": "latest",
    "ledger": "ledger",
    "upcoming": "calendar",
    "calendar": "calendar",
    "rules": "rules",
    "models": "models",
    "config": "config",
}

# Reading is one core's work: threads of the mathematics below it mostly wait for each other.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Commands(click.Group):
    """A group whose commands are imported one by one, when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """The names, in the order a new user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"bot.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80}
)
@click.version_option(__version__, prog_name="depesche")
def cli() -> None:
    """Depesche: news alerts with the key quote, within seconds."""


def main() -> None:
    """Run the command line; an error of ours or of the system is one line, a closed pipe is no error."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        status = _status()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more may be written at exit.
        silence_output()
        status = 141
    except OSError as error:
        silence_output()
        named = f"{error.filename}: " if error.filename else "reading or writing failed: "
        click.echo(f"depesche: {named}{error.strerror or error}", err=True)
        status = 1
    sys.exit(status)


def _status() -> int:
    """Run the command; return its exit status."""
    try:
        cli(standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DepescheError as error:
        click.echo(f"depesche: {error}", err=True)
        return 2
    return 0
