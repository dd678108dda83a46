"""From the configuration to the values that the other rooms speak of."""

import hashlib
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

from tzlocal import get_localzone

from bot.alerts.hours import Hours, parse_digest, parse_quiet
from bot.alerts.routing import Channel
from bot.app.config import ChannelConfig, Config, DestinationConfig, EditorsConfig, Source
from bot.app.config_check import system_language
from bot.extraction.lexicon import LANGUAGES
from bot.pipeline.intervals import Bounds
from bot.ports.holding import Manner
from bot.ports.messenger import Destination
from bot.ports.sources import SourceSettings
from bot.ports.store import Subscription
from bot.sources.limits import Limits

FOLDER = timedelta(seconds=15)  # a look into a folder costs nobody anything
DEMO = SourceSettings(id="demo", kind="demo", url="demo:", name="Demo")


def language_of(config: Config) -> str:
    """The language that Depesche itself writes."""
    return system_language() if config.language == "auto" else config.language


def zone_of(config: Config) -> ZoneInfo | None:
    """The zone of the times shown; None for the system's."""
    return ZoneInfo(config.time_zone) if config.time_zone else None


def models_of(config: Config) -> dict[str, str]:
    """The choice of model for each language."""
    return {lang: getattr(config.models, lang) for lang in LANGUAGES}


def sources_of(config: Config) -> tuple[SourceSettings, ...]:
    """The sources to poll, the demo first."""
    demo = (DEMO,) if config.demo else ()
    return (*demo, *(source_settings(source) for source in config.sources))


def source_settings(source: Source) -> SourceSettings:
    """What a fetcher needs to know of a source."""
    # Known by its address: renaming a source must not fetch it as a new one.
    identity = hashlib.sha256(source.address.encode()).hexdigest()[:16]
    options = {"lang": source.lang} if source.lang else {}
    options |= {"tier": str(source.tier)} if source.tier else {}
    return SourceSettings(
        id=identity,
        kind=source.kind,
        url=source.address,
        name=source.name,
        options=options | _options_of_kind(source),
        interval=source.interval or (FOLDER if source.kind == "folder" else None),
    )


def _options_of_kind(source: Source) -> dict[str, str]:
    """The options of its kind that are set, as texts."""
    texts = {"links": source.links, "base_url": source.base_url}
    marks = {"replies": source.replies, "reposts": source.reposts}
    return {name: text for name, text in texts.items() if text} | {
        name: "yes" for name, chosen in marks.items() if chosen
    }


def channels_of(config: Config) -> dict[str, Channel]:
    """The channels by name."""
    return {
        name: Channel(
            name=name,
            rules=frozenset(channel.rules),
            tags=frozenset(channel.tags),
            sources=frozenset(channel.sources),
            severity=channel.severity,
            confirmed=channel.confirmed,
        )
        for name, channel in config.channels.items()
    }


def manners_of(config: Config) -> dict[str, Manner]:
    """How each channel is told, by name."""
    return {name: _manner(config, channel) for name, channel in config.channels.items()}


def _manner(config: Config, channel: ChannelConfig) -> Manner:
    hours = Hours(
        quiet=parse_quiet(channel.quiet or ""),
        digest=parse_digest(channel.digest or ""),
        critical_at_once=channel.critical_at_once,
        hourly=channel.hourly,
    )
    editors = _editors(config, channel.editors) if channel.approval and channel.editors else None
    return Manner(hours=hours, editors=editors, patience=channel.patience)


def _editors(config: Config, chosen: EditorsConfig) -> Destination:
    return Destination(
        id=f"{chosen.kind}:{chosen.address}",
        kind=chosen.kind,
        address=chosen.address,
        lang=chosen.lang or language_of(config),
        zone=config.time_zone,
    )


def wall_zone(config: Config) -> tzinfo:
    """Whose clock hours speak of: the configuration's zone, else the system's."""
    return zone_of(config) or get_localzone()


def destination_of(config: Config, chosen: DestinationConfig) -> Destination:
    """One destination; language and zone of its own win over the configuration's."""
    return Destination(
        id=f"{chosen.kind}:{chosen.address}",
        kind=chosen.kind,
        address=chosen.address,
        lang=chosen.lang or language_of(config),
        zone=chosen.zone or config.time_zone,
    )


def subscriptions_of(config: Config) -> list[Subscription]:
    """The subscriptions that the configuration makes."""
    return [
        Subscription(channel=channel, destination=destination_of(config, chosen))
        for chosen in config.destinations
        for channel in chosen.channels
    ]


def fetch_limits(config: Config) -> Limits:
    """The limits of fetching."""
    polling = config.polling
    return Limits(
        total=polling.timeout.total_seconds(),
        feed_bytes=polling.max_megabytes * 1_000_000,
        page_bytes=min(polling.max_megabytes * 1_000_000, Limits.page_bytes),
        robots=polling.robots,
    )


def bounds_of(config: Config) -> Bounds:
    """Between which intervals sources are polled."""
    interval = config.polling.interval
    return Bounds(shortest=interval.min, longest=interval.max)


def public_url(config: Config) -> str | None:
    """The address by which others reach the web edge, without a slash at its end; None while it is off."""
    web = config.web
    if web.listen is None:
        return None
    return (web.public_url or f"http://{web.listen}").rstrip("/")


def reminders_of(config: Config) -> dict[str, timedelta]:
    """How long before an event each channel is reminded; channels that are not are left out."""
    return {name: channel.remind for name, channel in config.channels.items() if channel.remind}
