"""`depesche run`: the bot itself."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path

import click

from bot.app import logs
from bot.app.lifecycle import run_bot
from bot.app.secrets import read_secrets
from bot.cli.options import config_option, load_config


@click.command()
@config_option
def run(config_path: Path | None) -> None:
    """Start the bot; Ctrl-C stops it."""
    config = load_config(config_path)
    secrets = read_secrets(os.environ)
    logs.configure(form=config.logging.format, level=config.logging.level)

    async def until_stopped() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await run_bot(config, stop, secrets)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(until_stopped())
