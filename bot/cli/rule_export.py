"""`depesche rules export`: the rules in force, back to files."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from bot.app.packs import event_files, rule_folders
from bot.app.rulebook import text_of
from bot.cli.options import config_option, counted
from bot.cli.rule_files import Loaded, loaded
from bot.errors import DepescheError, Issue
from bot.rules.loader import EVENT_TYPES
from bot.rules.packs import types_of
from bot.rules.schema import rule_schema

SCHEMA_FILE = "rule.schema.json"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--rule", "wanted", multiple=True, help="Only this rule; may be given several times.")
@click.option("--force", is_flag=True, help="Also write over files that are there and differ.")
@config_option
def export(folder: Path, wanted: tuple[str, ...], config_path: Path | None, *, force: bool) -> None:
    """Write the rules in force to FOLDER, pack by pack, with their event types and the JSON Schema.

    A copy to edit: name FOLDER as `rules.folder` in the configuration and set `rules.standard: false`.
    """
    known = loaded((), config_path)
    known.tell_issues()
    rules = [known.rule(name) for name in wanted] if wanted else list(known.book.by_id.values())
    sources = [Path(rule.place) for rule in rules]
    texts = dict(_to_write(sources, [] if wanted else list(event_files(rule_folders(known.config))), known))
    texts[Path(SCHEMA_FILE)] = schema_text(known)
    _refuse_to_lose(folder, texts, force=force)
    for path, text in texts.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    packs = {path.parent for path in texts if path.name != SCHEMA_FILE}
    click.echo(f"{folder}: {counted(len(rules), 'rule')} written, in {counted(len(packs), 'pack')}")


def _to_write(rules: Sequence[Path], events: Sequence[Path], known: Loaded) -> Iterator[tuple[Path, str]]:
    """Where each file goes below the new folder, and its text."""
    taken: dict[Path, Path] = {}
    for source in (*rules, *events):
        place = _below(source, rule_folders(known.config))
        if place in taken:
            raise DepescheError(f"{source} and {taken[place]} would both become {place}: rename one")
        taken[place] = source
        text = text_of(source)
        if isinstance(text, Issue):
            raise DepescheError(str(text))
        yield place, text


def _below(source: Path, folders: Sequence[Path]) -> Path:
    """The pack and name of a file: its path below the folder it came from."""
    for folder in folders:
        if source.is_relative_to(folder):
            return source.relative_to(folder)
    return Path(source.name)


def schema_text(known: Loaded) -> str:
    """The JSON Schema of a rule file, with the event types of packs."""
    return json.dumps(rule_schema(EVENT_TYPES | types_of(known.packs)), indent=2) + "\n"


def _refuse_to_lose(folder: Path, texts: Mapping[Path, str], *, force: bool) -> None:
    """Nothing that is there and differs is written over, unless somebody says so."""
    differ = [
        path for path, text in texts.items() if (folder / path).exists() and text_of(folder / path) != text
    ]
    if differ and not force:
        named = ", ".join(map(str, differ[:3])) + (", …" if len(differ) > 3 else "")
        raise DepescheError(f"{folder}: {named} differ there; take another folder, or --force to write over")
