"""`depesche sources add`: finds the source behind an address, shows what it gives, writes its line."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import get_args

import click
from pydantic import ValidationError

from bot.app.clock import SystemClock
from bot.app.config import Config, Kind, Source
from bot.app.settings import fetch_limits, language_of, source_settings, zone_of
from bot.app.source_check import wrong_in
from bot.app.source_exchange import line_of, own_name
from bot.app.source_lines import write_sources
from bot.app.source_preview import common_language, newest_entries, preview
from bot.article.cleaning import one_line
from bot.article.markup import plain_text
from bot.article.model import Entry
from bot.article.url import canonical_url
from bot.cli.options import config_option, load_config
from bot.cli.progress import Progress
from bot.cli.waiting import waiting
from bot.commands.findings_lines import findings_lines
from bot.commands.fitting import clipped
from bot.commands.source_lines import Reader
from bot.errors import ConfigError
from bot.ports.sources import Validators
from bot.sources.discovery import Candidate, Discovery, web_address
from bot.sources.fetchers import Fetchers
from bot.sources.kinds.folder import folder_of

WIDTH, LABEL, SHOWN = 80, 12, 5
NAME_LIMIT = 80


@dataclass(frozen=True, kw_only=True)
class Found:
    """A source that may be added: its line, its newest entries, and what would be read from the newest."""

    source: Source
    discovery: Discovery
    entries: tuple[Entry, ...]
    read: tuple[tuple[str, str], ...]


@click.command()
@click.argument("url")
@click.option("--name", help="What to call it; its own title without this.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Of which kind it is, if you know better.")
@click.option("--links", help="CSS selector of a page's links to articles, such as `main h2 a`.")
@click.option("--write", is_flag=True, help="Write the line into the file given with --config.")
@config_option
def add(url: str, config_path: Path | None, *, write: bool, **wishes: str | None) -> None:
    """Find the source behind an address and show what it gives.

    URL is a page, a feed, a sitemap, a Telegram channel, a Mastodon or Bluesky account (also as
    @name@social.example), or a folder. Comments in the file stay with --write.
    """
    config = load_config(config_path)
    reader = Reader(lang=language_of(config), zone=zone_of(config), now=SystemClock().now())
    if write and config_path is None:
        raise ConfigError(reader.say("source_no_file"))
    wished = _wished(url, wishes["kind"], wishes["links"])
    found = asyncio.run(_find(config, wished or url, wishes["name"], reader))
    for line in lines(found, reader):
        click.echo(line)
    if known := _known(config, found.source):
        click.echo(reader.say("source_known", name=known))
        sys.exit(1)
    line = line_of(found.source)
    click.echo(reader.say("source_lines"))
    click.echo(f"  {line}")
    if write and config_path is not None:
        write_sources(config_path, [line])
        click.echo(reader.say("source_written", path=config_path))
    else:
        click.echo(reader.say("source_write"))


def _wished(url: str, kind: str | None, links: str | None) -> Source | None:
    """What is no question: a folder, or a kind that somebody names; None: it is to be found.

    Raises:
        ConfigError: No such source can be.
    """
    if kind is None and links is None:
        return Source(name="-", kind="folder", path=Path(url).absolute()) if Path(url).is_dir() else None
    chosen = kind or "page"
    where = {"path": Path(url).absolute()} if chosen == "folder" else {"url": web_address(url)}
    try:
        options = {"links": links} if links else {}
        source = Source.model_validate({"name": "-", "kind": chosen, **where, **options})
    except ValidationError as error:
        raise ConfigError("; ".join(str(one["msg"]) for one in error.errors())) from None
    if wrong := [f"`{key}` {message}" for key, message, severity in wrong_in(source) if severity == "error"]:
        raise ConfigError(wrong[0])
    return source


async def _find(config: Config, url: str | Source, name: str | None, reader: Reader) -> Found:
    fetchers = Fetchers(
        limits=fetch_limits(config), allow=config.polling.allow_networks, now=SystemClock().now
    )
    try:
        discovery = await _discovered(fetchers, url)
        return await _looked_into(config, fetchers, discovery, name, reader)
    finally:
        await fetchers.close()


async def _discovered(fetchers: Fetchers, url: str | Source) -> Discovery:
    """What is wished as it is; everything else is looked for."""
    if isinstance(url, Source):
        fetched = await fetchers.fetch(source_settings(url), Validators())
        return Discovery(source=Candidate(kind=url.kind, url=url.address), fetched=fetched, links=url.links)
    progress = Progress(what="addresses tried")
    try:
        return await fetchers.discover(url, lambda _: progress.step())
    finally:
        progress.end()


async def _looked_into(
    config: Config, fetchers: Fetchers, discovery: Discovery, name: str | None, reader: Reader
) -> Found:
    entries = newest_entries(discovery.fetched.entries, SHOWN)
    source = _source(config, discovery, name, common_language(entries))
    read: list[tuple[str, str]] = []
    if entries:
        async with waiting(reader.say("source_reading")):
            seen = await preview(config, source_settings(source), entries[0], fetchers, now=reader.now)
        if seen.findings is None:
            read = [("", reader.say("source_unread", why=seen.why))]
        else:
            read = list(findings_lines(seen.findings, reader.lang))
    return Found(source=source, discovery=discovery, entries=tuple(entries), read=tuple(read))


def _source(config: Config, discovery: Discovery, name: str | None, lang: str | None) -> Source:
    found = discovery.source
    title = name or one_line(discovery.fetched.title or _last_step(found), NAME_LIMIT)
    called = own_name(title, found.url, {source.name for source in config.sources})
    where = {"path": folder_of(found.url)} if found.kind == "folder" else {"url": found.url}
    values = {"name": called, "kind": found.kind, "lang": lang, "links": discovery.links}
    return Source.model_validate(values | where)


def _last_step(found: Candidate) -> str:
    """What to call a folder; an address is called by its host."""
    return folder_of(found.url).name if found.kind == "folder" else ""


def _known(config: Config, source: Source) -> str | None:
    """The name under which the configuration has it already."""
    wanted = canonical_url(source.address) or source.address
    same = (one.name for one in config.sources if (canonical_url(one.address) or one.address) == wanted)
    return next(same, None)


def lines(found: Found, reader: Reader) -> Iterator[str]:
    """What was found, at most 80 columns wide but for addresses."""
    source = found.discovery.source
    yield reader.say("source_found", kind=source.kind, url=source.url)
    if found.discovery.others:
        urls = " ".join(one.url for one in found.discovery.others[:SHOWN])
        yield reader.say("source_others", urls=urls)
    yield reader.say("source_newest")
    for entry in found.entries:
        when = reader.time(entry.published.at) if entry.published else reader.say("source_undated")
        title = entry.title or one_line(_text(entry), WIDTH) or reader.say("source_untitled")
        yield f"  {when:<16} {clipped(title, WIDTH - 19)}"
    if found.read:
        yield reader.say("source_read")
    for label, text in found.read:
        start = f"  {label:<{LABEL}}"
        yield from wrap(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))


def _text(entry: Entry) -> str:
    return entry.summary or plain_text(entry.content or "")
