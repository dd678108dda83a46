"""Articles of the past for looking at rules: those of the store, or given ones."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

import click

from bot.alerts.backtesting import Past
from bot.app.clock import SystemClock
from bot.app.config import Config
from bot.app.durations import duration
from bot.app.settings import sources_of, zone_of
from bot.article.model import Article, Tier
from bot.cli.articles import Given, read_articles
from bot.cli.first_run import not_run_yet
from bot.cli.progress import Progress
from bot.errors import DepescheError, ReaderError
from bot.extraction.findings import Findings
from bot.extraction.reader import ArticleReader
from bot.ports.archive import Archived, ToldAt
from bot.storage.opening import open_store
from bot.storage.store import SqlStore

PAGE = 200  # articles fetched from the store at once

Take = Callable[[Past], None]


class Span(click.ParamType[timedelta]):
    """A length of time on the command line, such as 30d."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read it, or fail with the form to write."""
        try:
            return duration(value)
        except ValueError:
            self.fail(f"{value!r} is no length of time; write 30d or 12h", param, ctx)


since_option = click.option(
    "--since", type=Span(), default="30d", show_default=True, help="How far back the stored articles go."
)
articles_option = click.option(
    "--articles",
    "given",
    type=click.Path(),
    multiple=True,
    help="Articles in place of the stored ones: files as for `replay`, such as JSON lines.",
)
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="json for scripts."
)
reread_option = click.option(
    "--reread", is_flag=True, help="Read the stored texts anew; otherwise what was found in them counts."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which articles a command looks at.

    Attributes:
        given: Files to read in place of the store.
        since: How far back to go in the store.
        reread: Read stored texts anew; otherwise what was found then counts.
    """

    given: Sequence[str] = ()
    since: timedelta = timedelta(days=30)
    reread: bool = False


def look_back(
    config: Config, wanted: Wanted, reader: ArticleReader, take: Take, rule_id: str | None = None
) -> list[ToldAt]:
    """Hand over the articles one by one, in the order they were judged; return what a rule told of them.

    Args:
        config: Names the store.
        wanted: Which articles.
        reader: Reads what nobody has read yet in today's form.
        take: Is handed each article.
        rule_id: The rule whose alerts are asked for, or None.

    Raises:
        DepescheError: There is no store yet.
    """
    if wanted.given:
        _from_files(config, wanted.given, reader, take)
        return []
    if line := not_run_yet(config):
        raise DepescheError(f"{line}\nor give articles with --articles FILE")
    return asyncio.run(_from_store(config, wanted, reader, take, rule_id))


def _from_files(config: Config, given: Sequence[str], reader: ArticleReader, take: Take) -> None:
    found, problems = read_articles(given, Given())
    for problem in problems:
        click.echo(f"depesche: {problem}", err=True)
    tiers = {source.name.lower(): source.options.get("tier") for source in sources_of(config)}
    progress = Progress(what="articles", total=len(found))
    now = datetime.now(UTC)
    for one in sorted(found, key=lambda one: _moment(one.article, now)):
        article = _with_tier(one.article, tiers.get((one.article.source_name or "").lower()))
        findings, at = _read(reader, article), _moment(article, now)
        if findings is not None:
            day = article.published.day if article.published else at.date()
            take(Past(article=article, findings=findings, at=at, day=day))
        progress.step()
    progress.end()


def _moment(article: Article, now: datetime) -> datetime:
    return article.published.at if article.published else now


def _with_tier(article: Article, tier: str | None) -> Article:
    return replace(article, source_tier=Tier(tier)) if tier else article


def _read(reader: ArticleReader, article: Article) -> Findings | None:
    try:
        return reader.read(article)
    except ReaderError as error:
        click.echo(f"depesche: {article.title or article.id}: {error}", err=True)
        return None


async def _from_store(
    config: Config, wanted: Wanted, reader: ArticleReader, take: Take, rule_id: str | None
) -> list[ToldAt]:
    begin, zone = SystemClock().now() - wanted.since, zone_of(config)
    store = await open_store(config.store)
    try:
        progress = Progress(what="articles", total=await store.archive_size(since=begin))
        async for one in _pages(store, begin):
            known = None if wanted.reread else one.findings
            findings = known or _read(reader, one.article)
            if findings is not None:
                take(_past(one, findings, zone))
            progress.step()
        progress.end()
        return list(await store.told_by(rule_id, since=begin)) if rule_id else []
    finally:
        await store.close()


async def _pages(store: SqlStore, since: datetime) -> AsyncIterator[Archived]:
    after = 0
    while page := await store.archived(since=since, after=after, limit=PAGE):
        for one in page:
            yield one
        after = page[-1].number


def _past(one: Archived, findings: Findings, zone: tzinfo | None) -> Past:
    day = one.read_at.astimezone(zone).date()
    return Past(article=one.article, findings=findings, at=one.read_at, day=day, push=one.push)


def table(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Rows with their columns in line: the first to the left, the others to the right."""
    widths = [max(len(str(row[place])) for row in rows) for place in range(len(rows[0]))] if rows else []
    for first, *others in rows:
        cells = [str(cell).rjust(width + 2) for cell, width in zip(others, widths[1:], strict=True)]
        yield f"{str(first).ljust(widths[0])}{''.join(cells)}"


def fitted(text: str, width: int = 80) -> str:
    """A line that fits a screen of 80 columns where people look; whole where a program reads."""
    return text if len(text) <= width or not sys.stdout.isatty() else text[: width - 1] + "…"
