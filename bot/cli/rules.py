"""`depesche rules`: check, test, explain, and begin a rule."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from bot.app.models import usable_models
from bot.app.rulebook import folders, load_folders
from bot.app.settings import language_of
from bot.article.model import Published
from bot.cli.articles import Given, read_articles
from bot.cli.options import config_option, counted, load_config, published_option
from bot.cli.rule_reports import FORMATS, junit
from bot.errors import DepescheError, Issue
from bot.extraction.reader import ArticleReader
from bot.rules.checking import TestResult
from bot.rules.checking import check as check_rule
from bot.rules.drafting import draft
from bot.rules.explanation import explain
from bot.rules.model import Rule
from bot.rules.rule_book import RuleBook
from bot.rules.schema import rule_schema

paths_argument = click.argument("paths", type=click.Path(path_type=Path), nargs=-1)


@click.group()
def rules() -> None:
    """Check, test, explain and begin rules."""


@rules.command()
@paths_argument
@click.option("--tests/--no-tests", default=True, help="Also run the tests inside the rule files.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="text for people, json for scripts, github for annotations.",
)
@config_option
def check(paths: tuple[Path, ...], form: str, config_path: Path | None, *, tests: bool) -> None:
    """Name file, line, column and mend of every mistake; run the tests inside the files.

    Without PATHS: the rules that the configuration names.
    """
    loaded, issues = _loaded(paths, config_path)
    results = _tested(loaded.rules, config_path) if tests else []
    issues = [*issues, *(result.issue for result in results if not result.passed)]
    for line in FORMATS[form](issues):
        click.echo(line)
    numbers = [(len(loaded.rules), "rule"), (len(results), "test"), (len(issues), "issue")]
    click.echo(", ".join(counted(number, what) for number, what in numbers), err=form != "text")
    _end(issues)


@rules.command()
@paths_argument
@click.option("--rule", "wanted", multiple=True, help="Only this rule; may be given several times.")
@click.option("--junit", "report", type=click.Path(path_type=Path), help="Also write JUnit's XML there.")
@config_option
def test(
    paths: tuple[Path, ...], wanted: tuple[str, ...], report: Path | None, config_path: Path | None
) -> None:
    """Run the tests inside the rule files; of each that fails say which condition decided.

    Without PATHS: the rules that the configuration names.
    """
    loaded, issues = _loaded(paths, config_path)
    for issue in issues:
        click.echo(str(issue), err=True)
    chosen = [_rule(loaded, name) for name in wanted] if wanted else loaded.rules
    results = _tested(chosen, config_path)
    for result in results:
        if not result.passed:
            click.echo(
                "\n".join([str(result.issue), *(f"    {line}" for line in result.explanation.lines())])
            )
    if report:
        report.write_bytes(junit(results))
    failed = [result.issue for result in results if not result.passed]
    numbers = [(len(chosen), "rule"), (len(results), "test")]
    click.echo(", ".join(counted(*one) for one in numbers) + f", {len(failed)} failed")
    _end([*issues, *failed])


@rules.command("explain")
@click.argument("rule")
@click.argument("article")
@published_option
@click.option("--lang", help="Language of the article, such as `de`; found out without it.")
@config_option
def explain_rule(
    rule: str, article: str, published: Published | None, lang: str | None, config_path: Path | None
) -> None:
    """Why RULE fires in ARTICLE, or which condition fails first.

    RULE is the id of a rule of the configuration, or a rule file. ARTICLE is a file as for `replay`, or `-`.
    """
    path = Path(rule)
    loaded, issues = _loaded((path,) if path.is_file() else (), config_path)
    for issue in issues:
        click.echo(str(issue), err=True)
    chosen = next(iter(loaded.rules), None) if path.is_file() else _rule(loaded, rule)
    if chosen is None:
        sys.exit(1)
    found, problems = read_articles([article], Given(published=published, lang=lang))
    for problem in problems:
        click.echo(f"depesche: {problem}", err=True)
    reader = ArticleReader(usable_models(load_config(config_path)))
    for one in found:
        why = explain(chosen.tried(), one.article, reader.read(one.article))
        click.echo("\n".join([f"{one.where}: {chosen.id} {why.says()}", *why.lines()]))
    sys.exit(1 if problems else 0)


@rules.command()
@click.argument("rule_id")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the file goes; else the rules folder of the configuration, else here.",
)
@config_option
def new(rule_id: str, folder: Path | None, config_path: Path | None) -> None:
    """Begin a rule: write a draft that passes its check, with every part explained."""
    config = load_config(config_path)
    place = (folder or config.rules.folder or Path()) / f"{rule_id}.yml"
    text = draft(rule_id, lang=language_of(config))
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with place.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise DepescheError(f"{place}: is there already; choose another id or edit that file") from None
    click.echo(f"{place}: written. Edit it, then: depesche rules check {place}")


@rules.command()
def schema() -> None:
    """Print the JSON Schema of a rule file, for editors."""
    click.echo(json.dumps(rule_schema(), indent=2))


def _loaded(paths: Sequence[Path], config_path: Path | None) -> tuple[RuleBook, list[Issue]]:
    config = load_config(config_path)
    return load_folders(paths or folders(standard=config.rules.standard, own=config.rules.folder))


def _tested(chosen: Iterable[Rule], config_path: Path | None) -> list[TestResult]:
    reader = ArticleReader(usable_models(load_config(config_path)))
    return [result for rule in chosen for result in check_rule(rule, reader.read)]


def _rule(loaded: RuleBook, name: str) -> Rule:
    if name not in loaded.by_id:
        known = ", ".join(sorted(loaded.by_id)) or "none"
        raise DepescheError(f"there is no rule “{name}”; there are: {known}")
    return loaded.by_id[name]


def _end(issues: Sequence[Issue]) -> None:
    if any(issue.severity == "error" for issue in issues):
        sys.exit(1)
