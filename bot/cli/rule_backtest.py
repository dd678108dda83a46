"""`depesche rules backtest`: what a rule would have told of the past, beside the version in force."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import Any

import click

from bot.alerts.backtesting import Day, Fired, Past, Trial, by_day
from bot.alerts.headline import headline
from bot.app.settings import language_of, zone_of
from bot.cli.options import config_option, counted
from bot.cli.past import (
    Wanted,
    articles_option,
    fitted,
    format_option,
    look_back,
    reread_option,
    since_option,
    table,
)
from bot.cli.rule_files import Loaded, loaded
from bot.errors import DepescheError
from bot.ports.archive import ToldAt
from bot.rules.conditions import EventIs
from bot.rules.loader import EVENT_TYPES
from bot.rules.model import Rule
from bot.rules.validators import walk

SIDES = ("both", "only", "missing")


@click.command()
@click.argument("rule")
@since_option
@articles_option
@reread_option
@format_option
@config_option
def backtest(
    rule: str,
    since: timedelta,
    given: tuple[str, ...],
    form: str,
    config_path: Path | None,
    *,
    reread: bool,
) -> None:
    """What RULE would have told of the articles of the past, day by day.

    RULE is the id of a rule, or a rule file; a file is shown beside the rule of that id in force:
    `+` only the file tells it, `-` only the rule in force does. Novelty counts as in the running bot:
    the same fact is told once. `told` is what the bot did tell.
    """
    mine, other, known = _versions(rule, config_path)
    trials = [Trial(rule=one) for one in (mine, other) if one]
    articles = 0

    def take(past: Past) -> None:
        nonlocal articles
        articles += 1
        for trial in trials:
            trial.take(past)

    if not (given or reread) and _asks_for_pack_types(mine):
        click.echo("depesche: findings in the store may lack event types of packs: add --reread", err=True)
    wanted = Wanted(given=given, since=since, reread=reread)
    told = look_back(known.config, wanted, known.reader(), take, mine.id)
    zone = zone_of(known.config)
    days = by_day(trials[0].fired, trials[1].fired if other else None, _days(told, zone))
    if form == "json":
        click.echo(json.dumps(_days_as_json(mine, articles, days), ensure_ascii=False, indent=2))
        return
    click.echo(f"{mine.id}: {counted(articles, 'article')}")
    for line in _days_as_text(trials, days, language_of(known.config), told=not given):
        click.echo(line)


def _versions(rule: str, config_path: Path | None) -> tuple[Rule, Rule | None, Loaded]:
    """The version in question, the one in force if it is another, and what else is known."""
    in_force = loaded((), config_path)
    path = Path(rule)
    if not path.is_file():
        in_force.tell_issues()
        return in_force.rule(rule), None, in_force
    file = loaded((path,), config_path)
    file.tell_issues()
    mine = next(iter(file.book.rules), None)
    if mine is None:
        raise DepescheError(f"{path}: holds no rule that could run; mend it first")
    other = in_force.book.by_id.get(mine.id)
    same = other is not None and Path(other.place).resolve() == path.resolve()
    return mine, None if same else other, file


def _asks_for_pack_types(rule: Rule) -> bool:
    events = (part for part in walk(rule.when) if isinstance(part, EventIs))
    return any(part.types - EVENT_TYPES for part in events)


def _days(told: Sequence[ToldAt], zone: tzinfo | None) -> list[date]:
    return [one.at.astimezone(zone).date() for one in told]


def _days_as_text(trials: Sequence[Trial], days: Sequence[Day], lang: str, *, told: bool) -> Iterator[str]:
    """A table by day, then under each day what would have been told."""
    if not days:
        yield "nothing would have been told"
        yield from _kept(trials[0])
        return
    versions = len(trials)
    head: list[object] = ["day", "file", "in force"] if versions > 1 else ["day", "fires"]
    rows = [head + (["told"] if told else [])]
    rows += [_row(str(day.day), [day], versions, told=told) for day in days]
    rows.append(_row("all", days, versions, told=told))
    lines = list(table(rows))
    yield lines[0]
    for day, line in zip(days, lines[1:], strict=False):
        yield line
        yield from _marked(day, lang, versions)
    yield lines[-1]
    yield from _kept(trials[0])


def _row(name: str, days: Sequence[Day], versions: int, *, told: bool) -> list[object]:
    both, only, missing = (sum(len(getattr(day, side)) for day in days) for side in SIDES)
    numbers = [both + only, both + missing][:versions]
    return [name, *numbers, *([sum(day.told for day in days)] if told else [])]


def _marked(day: Day, lang: str, versions: int) -> Iterator[str]:
    sides = (("=" if versions > 1 else "·", day.both), ("+", day.only), ("-", day.missing))
    for mark, fired in sides:
        for one in fired:
            yield fitted(f"  {mark} {_told(one, lang)}")


def _told(one: Fired, lang: str) -> str:
    source = one.alert.article.source_name
    update = "update: " if one.update else ""
    return f"{update}{headline(one.alert, lang)}" + (f" · {source}" if source else "")


def _kept(trial: Trial) -> Iterator[str]:
    """What the first version found and kept to itself."""
    if trial.kept:
        reasons = sorted(trial.kept.items(), key=lambda one: (-one[1], one[0]))
        yield "kept back: " + ", ".join(f"{number} {reason}" for reason, number in reasons)


def _days_as_json(rule: Rule, articles: int, days: Sequence[Day]) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "articles": articles,
        "days": [
            {"day": str(day.day), "told": day.told}
            | {
                side: [_fired_as_json(one) for one in getattr(day, side)]
                for side in ("both", "only", "missing")
            }
            for day in days
        ],
    }


def _fired_as_json(one: Fired) -> dict[str, Any]:
    article = one.alert.article
    return {
        "article": article.id,
        "title": article.title,
        "source": article.source_name,
        "headline": headline(one.alert, article.lang if article.lang in ("de", "en") else "en"),
        "evidence": one.alert.evidence.text,
        "update": one.update,
    }
