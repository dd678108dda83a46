"""`depesche extract` and `depesche cluster`: JSON lines in, JSON lines out, in the same order."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import click

from bot.alerts.compose import alerts_of
from bot.alerts.contract import findings_row
from bot.app.models import usable_models
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.article.model import Article
from bot.cli.options import config_option, load_config
from bot.cli.rows import BadRow, article_of
from bot.cli.streams import standard_input, standard_output
from bot.errors import ReaderError
from bot.extraction.reader import ArticleReader
from bot.rules.model import Status
from bot.stories.profile import profile_of
from bot.stories.similarity import StoryIndex

Row = Mapping[str, Any]


@click.command()
@config_option
def extract(config_path: Path | None) -> None:
    """Read articles from standard input, write what was found to standard output.

    One JSON object a line. A line that is no article gives a line with `error`, and exit status 1.
    """
    reader = _reader(config_path)
    loaded, issues = load_folders([standard_rules()])
    for issue in issues:
        click.echo(str(issue), err=True)
    live = [rule for rule in loaded.rules if rule.status is Status.LIVE]

    def row(article: Article) -> Row:
        findings = reader.read(article)
        return findings_row(article.id, findings, alerts_of(article, findings, live))

    _each(standard_input(), standard_output().buffer, row)


@click.command()
@config_option
def cluster(config_path: Path | None) -> None:
    """Put articles from standard input into stories, one pass, in order.

    One JSON object a line; articles of the same event share a story.
    """
    reader = _reader(config_path)
    index = StoryIndex()

    def row(article: Article) -> Row:
        placed = index.assign(profile_of(article, reader.read(article)))
        return {
            "id": article.id,
            "story": placed.story,
            "relation": placed.relation,
            "origin": placed.origin,
            "follows": placed.follows,
        }

    _each(standard_input(), standard_output().buffer, row)


def _reader(config_path: Path | None) -> ArticleReader:
    """A reader with the models of the configuration."""
    return ArticleReader(usable_models(load_config(config_path)))


def _each(lines: BinaryIO, out: BinaryIO, row: Callable[[Article], Row]) -> None:
    """Answer each line, flushed; exit with 1 if one could not be answered."""
    failed = False
    for line in lines:
        answer = _answer(line, row)
        failed = failed or "error" in answer
        out.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        out.flush()
    if failed:
        sys.exit(1)


def _answer(line: bytes, row: Callable[[Article], Row]) -> Row:
    article = article_of(line)
    if isinstance(article, BadRow):
        return {"id": article.id, "error": article.error}
    try:
        return row(article)
    except ReaderError as error:
        return {"id": article.id, "error": str(error)}
    except Exception as error:  # noqa: BLE001  (one article must not end the run)
        click.echo(f"{article.id}: {type(error).__name__}: {error}", err=True)
        return {"id": article.id, "error": f"{type(error).__name__} while reading"}
