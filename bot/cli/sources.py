"""`depesche sources …`."""

from importlib import import_module

import click

# Command -> its module in this room and its name there. Imported when called for: not each one needs a store.
COMMANDS = {
    "add": ("source_add", "add"),
    "check": ("source_check", "check"),
    "parse": ("source_entries", "parse"),
    "import": ("source_lists", "import_"),
    "export": ("source_lists", "export"),
}


class SourceCommands(click.Group):
    """A group whose commands are imported one by one, when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """The names, in the order a new user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(import_module(f"bot.cli.{module}"), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=SourceCommands)
def sources() -> None:
    """Find sources, look into them, see how they do, hand lists of them over."""
