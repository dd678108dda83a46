"""`depesche rules`: check, test, explain, and begin a rule; more in `rule_…` beside it."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from bot.app.settings import language_of
from bot.article.model import Article, Published
from bot.cli.articles import Given, read_articles
from bot.cli.options import config_option, counted, load_config, published_option
from bot.cli.progress import Progress
from bot.cli.rule_backtest import backtest
from bot.cli.rule_coverage import coverage
from bot.cli.rule_export import SCHEMA_FILE, export, schema_text
from bot.cli.rule_feedback import feedback
from bot.cli.rule_files import Loaded, loaded, paths_argument
from bot.cli.rule_reports import FORMATS, junit
from bot.errors import DepescheError, Issue
from bot.extraction.findings import Findings
from bot.rules.checking import TestResult
from bot.rules.checking import check as check_rule
from bot.rules.drafting import draft
from bot.rules.explanation import explain
from bot.rules.model import Rule


@click.group()
def rules() -> None:
    """Check, test, explain and begin rules."""


rules.add_command(backtest)
rules.add_command(coverage)
rules.add_command(export)
rules.add_command(feedback)


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
    known = loaded(paths, config_path)
    results = _tested(known, known.book.rules) if tests else []
    issues = [*known.issues, *(result.issue for result in results if not result.passed)]
    for line in FORMATS[form](issues):
        click.echo(line)
    numbers = [(len(known.book.rules), "rule"), (len(results), "test"), (len(issues), "issue")]
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
    known = loaded(paths, config_path)
    known.tell_issues()
    chosen = [known.rule(name) for name in wanted] if wanted else known.book.rules
    results = _tested(known, chosen)
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
    _end([*known.issues, *failed])


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
    known = loaded((path,) if path.is_file() else (), config_path)
    known.tell_issues()
    chosen = next(iter(known.book.rules), None) if path.is_file() else known.rule(rule)
    if chosen is None:
        sys.exit(1)
    found, problems = read_articles([article], Given(published=published, lang=lang))
    for problem in problems:
        click.echo(f"depesche: {problem}", err=True)
    reader = known.reader()
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
    _put_schema(place.parent, config_path)
    click.echo(f"{place}: written. Edit it, then: depesche rules check {place}")


def _put_schema(folder: Path, config_path: Path | None) -> None:
    """What the first line of a new rule points to, unless somebody has one there already."""
    with suppress(FileExistsError), (folder / SCHEMA_FILE).open("x", encoding="utf-8") as file:
        file.write(schema_text(loaded((), config_path)))


@rules.command()
@config_option
def schema(config_path: Path | None) -> None:
    """Print the JSON Schema of a rule file, for editors; it knows the event types of your packs."""
    click.echo(schema_text(loaded((), config_path)), nl=False)


def _tested(known: Loaded, chosen: Sequence[Rule]) -> list[TestResult]:
    reader, progress = known.reader(), Progress(what="tests", total=sum(len(rule.tests) for rule in chosen))

    def read(article: Article) -> Findings:
        progress.step()
        return reader.read(article)

    results = [result for rule in chosen for result in check_rule(rule, read)]
    progress.end()
    return results


def _end(issues: Sequence[Issue]) -> None:
    if any(issue.severity == "error" for issue in issues):
        sys.exit(1)
