"""`depesche replay`: given articles through the whole pipeline, offline, nothing sent."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from bot.app.replaying import replay_articles
from bot.app.settings import language_of
from bot.article.model import Published
from bot.cli.articles import Found, Given, read_articles
from bot.cli.options import config_option, load_config, published_option
from bot.cli.progress import Progress
from bot.cli.streams import standard_output
from bot.commands.wording import say


@click.command()
@click.argument("paths", nargs=-1, required=True)
@published_option
@click.option("--lang", help="Language of the articles, such as `de`; found out without it.")
@click.option("--url", help="Address of the article, where a file has none.")
@config_option
def replay(
    paths: tuple[str, ...],
    published: Published | None,
    lang: str | None,
    url: str | None,
    config_path: Path | None,
) -> None:
    """Run articles through the whole pipeline and print their alerts; nothing is sent.

    PATHS are plain text, HTML pages, feeds (RSS, Atom) or JSON lines; `-` is standard input.
    """
    config = load_config(config_path)
    given = Given(published=published, lang=lang, url=url)
    found, problems = read_articles(paths, given)
    for problem in problems:
        click.echo(f"depesche: {problem}", err=True)
    words = language_of(config)
    _tell_undated(found, words)
    progress = Progress(what="articles", total=len(found))
    articles = [one.article for one in found]
    done = asyncio.run(replay_articles(config, articles, standard_output(), progress))
    for one in found:
        if why := done.unread.get(one.article.id):
            click.echo(f"depesche: {one.where}: {why}", err=True)
        if one.article.id in done.foreign:
            click.echo(say(words, "foreign", what=one.where), err=True)
    if not done.printed and len(found) > len(done.unread):
        click.echo(say(words, "no_alert_here", n=len(found) - len(done.unread)), err=True)
    if problems or done.unread:
        raise SystemExit(1)


def _tell_undated(found: Sequence[Found], lang: str) -> None:
    for one in found:
        if one.article.published is None:
            click.echo(say(lang, "no_date", what=one.article.title or one.where), err=True)
