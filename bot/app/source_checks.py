"""Asking sources now, without storing what they give: whether each answers, and if not, why."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.app.clock import SystemClock
from bot.app.config import Config
from bot.app.config_check import did_you_mean
from bot.app.settings import fetch_limits, sources_of
from bot.errors import ConfigError, SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.ports.store import SourceStatus
from bot.sources.fetchers import Fetchers


@dataclass(frozen=True, kw_only=True)
class Check:
    """What asking a source gave, fetched or the error; and what the store knows of it, if it does."""

    source: SourceSettings
    fetched: Fetched | None = None
    error: SourceError | None = None
    status: SourceStatus | None = None


def wanted_sources(config: Config, name: str | None) -> list[SourceSettings]:
    """The configured sources; with a name, that one, or those whose name holds it.

    Raises:
        ConfigError: There is none of that name.
    """
    configured = [source for source in sources_of(config) if source.kind != "demo"]
    if name is None:
        return configured
    wanted = name.casefold()
    exact = [source for source in configured if source.name.casefold() == wanted]
    found = exact or [source for source in configured if wanted in source.name.casefold()]
    if not found:
        hint = did_you_mean(name, [source.name for source in configured])
        raise ConfigError(f"there is no source `{name}` in the configuration{hint}")
    return found


async def check_sources(
    config: Config,
    sources: Sequence[SourceSettings],
    known: Mapping[str, SourceStatus],
    *,
    asked: Callable[[], None],
) -> list[Check]:
    """Ask each source once, side by side within the limits of all fetching.

    Args:
        config: Limits, and networks that are allowed.
        sources: Which ones.
        known: What the store knows of them, by id.
        asked: Called after each.
    """
    fetchers = Fetchers(
        limits=fetch_limits(config), allow=config.polling.allow_networks, now=SystemClock().now
    )

    async def one(source: SourceSettings) -> Check:
        check = await _check(fetchers, source, known.get(source.id))
        asked()
        return check

    try:
        return list(await asyncio.gather(*(one(source) for source in sources)))
    finally:
        await fetchers.close()


async def _check(fetchers: Fetchers, source: SourceSettings, status: SourceStatus | None) -> Check:
    """Ask in full: what is known might hide that the feed cannot be read any more."""
    place = status.follows if status and status.follows else source.url
    try:
        fetched = await fetchers.fetch(replace(source, url=place), Validators())
    except SourceError as error:
        return Check(source=source, error=error, status=status)
    return Check(source=source, fetched=fetched, status=status)
