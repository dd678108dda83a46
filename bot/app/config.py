"""The configuration: one YAML file plus a few environment variables, as typed values.

`deploy/config.example.yml` explains every key; `depesche config schema` prints the JSON Schema.
"""

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from bot.app.durations import duration, spell
from bot.app.listening import ListenAddress, listen_address
from bot.app.written_hours import Digest, Quiet
from bot.article.model import Tier
from bot.errors import StoreError
from bot.rules.caps import OFF, parse_cap
from bot.rules.model import Severity


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"`{name}` is no time zone; write one such as `Europe/Berlin`")
    return str(ZoneInfo(name))


def _store(text: str) -> str:
    if "://" in text:
        from bot.storage.address import name_of  # noqa: PLC0415 - most stores are files: no database to load

        try:
            name_of(text)
        except StoreError as error:
            raise ValueError(str(error).removeprefix("`store`: ")) from None
    return text


def _http(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("an address begins with `https://` (or `http://`)")
    return url


def _selector(text: str) -> str:
    from cssselect import SelectorError  # noqa: PLC0415 - few configurations have one
    from lxml.cssselect import CSSSelector  # noqa: PLC0415 - as above

    try:
        CSSSelector(text)
    except SelectorError as error:
        raise ValueError(f"`{text}` is no CSS selector: {str(error).rstrip('.')}") from None
    return text


def _network(text: str) -> str:
    try:
        return str(ip_network(text))
    except ValueError:
        raise ValueError(f"`{text}` is no network; write one such as `10.0.0.0/8`") from None


Duration = Annotated[
    timedelta,
    BeforeValidator(duration, json_schema_input_type=str),
    PlainSerializer(spell, return_type=str),
    Field(description="A number and s, m, h or d, such as `5m`"),
]
Listen = Annotated[
    ListenAddress | None,
    BeforeValidator(listen_address, json_schema_input_type=str | int | Literal[False] | None),
    PlainSerializer(lambda listen: str(listen or "off"), return_type=str),
]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Language = Literal["de", "en"]
Kind = Literal["feed", "page", "sitemap", "telegram", "mastodon", "bluesky", "folder"]


class Section(BaseModel):
    """A part of the configuration: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Section):
    """One source that is polled; which keys belong to which kind, `bot.app.source_check` says."""

    name: str = Field(min_length=1, max_length=80, description="As people know it")
    url: Annotated[str, AfterValidator(_http)] | None = Field(
        default=None, description="Of the feed, page, sitemap, channel or account; not of a folder"
    )
    kind: Kind = "feed"
    path: Path | None = Field(default=None, description="Of a folder")
    links: Annotated[str, AfterValidator(_selector)] | None = Field(
        default=None, max_length=500, description="CSS selector of a page's links to articles"
    )
    replies: bool = Field(default=False, description="Answers of an account too")
    reposts: bool = Field(default=False, description="Posts of others that an account repeats too")
    base_url: Annotated[str, AfterValidator(_http)] | None = Field(
        default=None, description="Another server of the same form than that of Telegram or Bluesky"
    )
    lang: str | None = Field(
        default=None, pattern="^[a-z]{2}$", description="Its language, if it is always one"
    )
    tier: Tier | None = Field(default=None, description="What kind of voice it is; rules may ask for it")
    interval: Duration | None = Field(
        default=None, description="How often it is asked, whatever its rhythm; overrides `polling.interval`"
    )

    @property
    def address(self) -> str:
        """What it is known by: its address, or that of its folder."""
        return self.url or (self.path.absolute().as_uri() if self.path else "")


class EditorsConfig(Section):
    """The chat whose people let the alerts of a channel out or keep them back."""

    kind: Literal["telegram", "slack"]
    address: str = Field(min_length=1, max_length=120, coerce_numbers_to_str=True)
    lang: Language | None = Field(default=None, description="Overrides `language`")


class ChannelConfig(Section):
    """A named selection of alerts, empty lists select everything; and how it is told."""

    rules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    severity: Severity = Field(default=Severity.LOW, description="The least severity that passes")
    confirmed: bool = Field(default=False, description="Only what two independent sources said")
    quiet: Quiet | None = None
    digest: Digest | None = None
    critical_at_once: bool = Field(default=True, description="Critical alerts do not wait for the digest")
    hourly: int | None = Field(
        default=None, ge=1, le=1000, description="Most messages in an hour; the surplus comes as one summary"
    )
    approval: bool = Field(default=False, description="Alerts wait until one of `editors` lets them out")
    editors: EditorsConfig | None = None
    patience: Duration = Field(default=timedelta(hours=4), description="How long an alert waits for editors")
    remind: Duration | None = Field(
        default=None, description="How long before a meeting or date of its alerts a reminder comes"
    )

    @model_validator(mode="after")
    def _has_editors(self) -> Self:
        if self.approval and self.editors is None:
            raise ValueError("`approval` needs `editors`: the chat that decides, with `kind` and `address`")
        if self.approval and self.remind:
            raise ValueError("`remind` does not go with `approval`: nobody looks at reminders; remove it")
        return self


class DestinationConfig(Section):
    """A place that alerts go to, and the channels it subscribes to."""

    kind: Literal["console", "telegram", "slack"] = "console"
    address: str = Field(
        default="-",
        min_length=1,
        max_length=120,
        coerce_numbers_to_str=True,
        description="`-` for the console; a Telegram chat's id, with `/<topic>` for a topic; a Slack id",
    )
    channels: tuple[Name, ...] = ("all",)
    lang: Language | None = Field(default=None, description="Overrides `language`")
    zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        default=None, description="Overrides `time_zone`"
    )


class Interval(Section):
    """The least and the greatest time between two polls of one source; one duration alone is both."""

    min: Duration = Field(default=timedelta(minutes=2), description="Of the busiest sources")
    max: Duration = Field(default=timedelta(minutes=15), description="Of the quietest sources")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min > self.max:
            raise ValueError("`min` is longer than `max`: write the shorter interval as `min`")
        return self


def _interval(value: object) -> object:
    if not isinstance(value, str | int | timedelta):
        return value
    one = duration(value)
    return {"min": one, "max": one}


class Polling(Section):
    """How sources are polled."""

    interval: Annotated[Interval, BeforeValidator(_interval, json_schema_input_type=str | Interval)] = Field(
        default=Interval(), description="Each source by its own rhythm, within these bounds"
    )
    robots: bool = Field(default=True, description="Heed robots.txt: what it forbids is not fetched")
    timeout: Duration = Field(default=timedelta(seconds=20), description="For one whole request")
    max_megabytes: int = Field(default=10, ge=1, le=100, description="Of one response, unpacked")
    allow_networks: tuple[Annotated[str, AfterValidator(_network)], ...] = Field(
        default=(), description="Private networks that may be fetched from, such as `10.0.0.0/8`"
    )


class Reading(Section):
    """How articles are read."""

    processes: int = Field(default=1, ge=1, le=32, description="Reader processes, one core each")
    timeout: Duration = Field(default=timedelta(seconds=20), description="For one article")


Model = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_]*$",
        max_length=80,
        description="`bundled`, `none`, or the name of an installed spaCy model such as `de_core_news_md`",
    ),
]


class Models(Section):
    """Which trained pipeline helps the rules to read a language."""

    de: Model = "bundled"
    en: Model = "bundled"


def _cap(text: str | int) -> int:
    cap = text if isinstance(text, int) and not isinstance(text, bool) else parse_cap(str(text))
    if cap is None:
        raise ValueError(f"`{text}` is no cap; write one such as `20/h`, or `off`")
    return cap


Cap = Annotated[
    int,
    BeforeValidator(_cap, json_schema_input_type=str),
    PlainSerializer(lambda cap: f"{cap}/h" if cap else OFF, return_type=str),
]


class Rules(Section):
    """Which rules run."""

    standard: bool = Field(default=True, description="Run the rules that come with Depesche")
    folder: Path | None = Field(default=None, description="A folder of your own rules")
    cap: Cap = Field(
        default=20, description="New facts a rule tells in an hour one by one, such as 20/h, or off"
    )


class Telegram(Section):
    """Telegram; its token is DEPESCHE_TELEGRAM_TOKEN in the environment, or …_FILE."""

    base_url: Annotated[str, AfterValidator(_http)] = Field(
        default="https://api.telegram.org", description="Of the Bot API, or of a server of your own"
    )


class Slack(Section):
    """Slack; its tokens are DEPESCHE_SLACK_BOT_TOKEN and DEPESCHE_SLACK_APP_TOKEN, or …_FILE."""

    base_url: Annotated[str, AfterValidator(_http)] = Field(
        default="https://slack.com/api/", description="Of the Web API"
    )
    ping: Duration = Field(
        default=timedelta(seconds=10),
        description="Between signs of life on the connection that brings commands; after four missed ones"
        " it is opened anew",
    )


class Web(Section):
    """The web edge: what others fetch from the bot, such as the calendar."""

    listen: Listen = Field(default=None, description="Where it listens, or `off`")
    public_url: Annotated[str, AfterValidator(_http)] | None = Field(
        default=None, description="The address by which others reach it; None: where it listens"
    )


class Delivery(Section):
    """How alerts are delivered."""

    repeat_after: Duration = Field(
        default=timedelta(seconds=30),
        description="Before an urgent alert is sent again whose answer was lost and that cannot be looked up;"
        " doubles each time",
    )


class Logging(Section):
    """Logs, on standard error."""

    format: Literal["console", "json"] = "console"
    level: Literal["debug", "info", "warning", "error"] = "info"


class Config(Section):
    """The whole configuration."""

    language: Literal["auto", "de", "en"] = Field(
        default="auto", description="`auto`: by the system's locale"
    )
    time_zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        default=None, description="None: the system's"
    )
    store: Annotated[str, AfterValidator(_store)] = Field(
        default="var/depesche.sqlite", description="File of the store, or `postgresql://user@host/database`"
    )
    demo: bool = Field(default=True, description="Show the demo articles on the console")
    sources: tuple[Source, ...] = ()
    channels: dict[Name, ChannelConfig] = Field(default_factory=lambda: {"all": ChannelConfig()})
    destinations: tuple[DestinationConfig, ...] = (DestinationConfig(),)
    rules: Rules = Rules()
    polling: Polling = Polling()
    reading: Reading = Reading()
    models: Models = Models()
    delivery: Delivery = Delivery()
    web: Web = Web()
    telegram: Telegram = Telegram()
    slack: Slack = Slack()
    logging: Logging = Logging()
