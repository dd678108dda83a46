"""What people think of a rule's alerts, as tests for its file."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from bot.alerts.feedback import case_of, holds, yaml_lines
from bot.app.config import Config
from bot.app.settings import language_of
from bot.cli.first_run import not_run_yet
from bot.cli.options import config_option
from bot.cli.rule_files import loaded
from bot.commands.wording import say
from bot.ports.voices import Marked
from bot.rules.checking import ReadArticle
from bot.rules.model import Rule
from bot.storage.opening import open_store


@click.command()
@click.argument("rule_id")
@config_option
def feedback(rule_id: str, config_path: Path | None) -> None:
    """Print tests for RULE_ID from the alerts that people marked Useful or Wrong.

    They go below `tests:` in its file. What people disagree on is left out.
    """
    known = loaded((), config_path)
    rule = known.rule(rule_id)
    if line := not_run_yet(known.config):
        click.echo(line)
        return
    marked, lang = asyncio.run(_marked(known.config, rule)), language_of(known.config)
    if not marked:
        click.echo(say(lang, "no_voices", rule=rule.id))
        return
    reader = known.reader()
    for line in (line for one in marked for line in _lines(one, rule, reader.read, lang)):
        click.echo(line)


async def _marked(config: Config, rule: Rule) -> Sequence[Marked]:
    store = await open_store(config.store)
    try:
        return await store.marked(rule.id)
    finally:
        await store.close()


def _lines(marked: Marked, rule: Rule, read: ReadArticle, lang: str) -> Iterator[str]:
    tally = marked.tally
    voices = f"  # {say(lang, 'voices', useful=tally.useful, wrong=tally.wrong)}"
    if tally.useful == tally.wrong:
        yield f"{voices}: {say(lang, 'voices_tie', what=marked.article.title or marked.alert.id)}"
        return
    test = case_of(marked.alert, marked.article, rule, read, useful=tally.useful > tally.wrong)
    done = say(lang, "holds_now" if holds(test, rule, read) else "holds_not_yet")
    yield f"{voices}: {done}"
    yield yaml_lines(test)
