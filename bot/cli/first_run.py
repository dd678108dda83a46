"""What commands that only ask say where the bot has not run yet."""

from bot.app.config import Config
from bot.app.settings import language_of
from bot.commands.wording import say
from bot.storage.address import file_of


def not_run_yet(config: Config) -> str | None:
    """The line that says so where the store's file does not exist; asking must not create it."""
    file = file_of(config.store)
    if file is None or file.exists():
        return None
    return say(language_of(config), "no_store", store=file)
