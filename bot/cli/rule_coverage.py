"""`depesche rules coverage`: rules that never fire, and conditions that nothing ever reaches."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from bot.alerts.backtesting import Past
from bot.cli.options import config_option, counted
from bot.cli.past import Wanted, articles_option, format_option, look_back, reread_option, since_option
from bot.cli.rule_files import loaded, paths_argument
from bot.rules.coverage import Coverage
from bot.rules.view import View


@click.command()
@paths_argument
@since_option
@articles_option
@reread_option
@format_option
@config_option
def coverage(
    paths: tuple[Path, ...],
    since: timedelta,
    given: tuple[str, ...],
    form: str,
    config_path: Path | None,
    *,
    reread: bool,
) -> None:
    """Which rules never fire, and which of their conditions never hold or are never reached.

    Without PATHS: the rules that the configuration names. Drafts are tried as if they ran.
    """
    known = loaded(paths, config_path)
    known.tell_issues()
    covered = [Coverage(rule=rule.tried()) for rule in known.book.rules]

    def take(past: Past) -> None:
        view = View(article=past.article, findings=past.findings)
        for one in covered:
            one.take(view)

    wanted = Wanted(given=given, since=since, reread=reread)
    look_back(known.config, wanted, known.reader(), take)
    if form == "json":
        click.echo(json.dumps([_coverage_as_json(one) for one in covered], ensure_ascii=False, indent=2))
        return
    for line in _coverage_as_text(covered):
        click.echo(line)


def _coverage_as_text(covered: Sequence[Coverage]) -> Iterator[str]:
    if covered and not covered[0].articles:
        yield f"{counted(len(covered), 'rule')}, 0 articles: there is nothing to try them on"
        return
    if covered:
        numbers = f"{counted(len(covered), 'rule')}, {counted(covered[0].articles, 'article')}"
        silent = sum(not one.fired for one in covered)
        yield f"{numbers}; {silent} never fired"
    for one in sorted(covered, key=lambda one: (one.fired, one.rule.id)):
        fires = f"fires in {one.fired:,}" if one.fired else "never fires"
        yield f"{one.rule.id}: {fires}"
        for reached, says in one.remarks():
            yield f"  line {reached.condition.line}: {reached.key} {says}"


def _coverage_as_json(one: Coverage) -> dict[str, Any]:
    return {
        "rule": one.rule.id,
        "articles": one.articles,
        "fired": one.fired,
        "conditions": [
            {
                "key": reached.key,
                "line": reached.condition.line,
                "unless": reached.excludes,
                "asked": reached.asked,
                "held": reached.held,
            }
            for reached in one.conditions
        ],
    }
