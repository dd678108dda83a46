"""Hubs that push feeds: used where they can reach the bot."""

from collections.abc import Callable
from secrets import token_bytes

from bot.app.config import Config
from bot.app.settings import bounds_of
from bot.pipeline.push import Pusher
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.sources.fetchers import Fetchers
from bot.web.websub import PATH


def pusher_of(
    config: Config, clock: Clock, store: Store, fetchers: Fetchers, found: Callable[[], None]
) -> Pusher | None:
    """Who subscribes at hubs; None where the web edge is off or has no address that a hub can call."""
    if config.web.listen is None or config.web.public_url is None:
        return None
    base = config.web.public_url.rstrip("/")
    return Pusher(
        store=store,
        asker=fetchers.hubs,
        reader=fetchers.hubs,
        clock=clock,
        callback=lambda token: f"{base}{PATH}{token}",
        randomness=token_bytes,
        bounds=bounds_of(config),
        found=found,
    )
