"""`depesche sources parse`: the entries of a feed as JSON lines."""

import json
from pathlib import Path

import click

from bot.article.model import Entry, Published
from bot.cli.streams import standard_input, standard_output
from bot.errors import SourceError
from bot.sources.feeds import read_feed
from bot.sources.limits import Limits

LARGEST = 50_000_000  # bytes; a file that somebody has at hand may be larger than what we fetch


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--url", default="", help="Where the feed is from; its relative links are relative to it.")
def parse(file: str, url: str) -> None:
    """Print the entries of a feed as JSON lines, in the feed's order.

    FILE is RSS, Atom or a JSON Feed; `-` reads standard input. What was odd is told on standard error.
    """
    body = standard_input().read(LARGEST + 1) if file == "-" else Path(file).read_bytes()
    try:
        feed = read_feed(body, None, url, Limits(feed_bytes=LARGEST, entries=LARGEST))
    except SourceError as error:
        raise SourceError(f"{'standard input' if file == '-' else file}: {error}") from None
    out = standard_output()
    for entry in feed.entries:
        out.write(json.dumps(row(entry), ensure_ascii=False) + "\n")
    for note in feed.notes:
        click.echo(f"depesche: {note}", err=True)


def row(entry: Entry) -> dict[str, str | None]:
    """An entry as the line shows it; moments in ISO 8601 with their offset, None where it says nothing."""
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "published": _moment(entry.published),
        "updated": _moment(entry.updated),
        "summary": entry.summary,
        "content": entry.content,
        "author": entry.author,
    }


def _moment(published: Published | None) -> str | None:
    return str(published) if published else None
