"""The rules that a command speaks of: those of given paths, or of the configuration."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.app.config import Config
from bot.app.models import usable_models
from bot.app.packs import load_all, rule_folders
from bot.app.rule_cache import RuleCache, kept_beside
from bot.cli.options import load_config
from bot.errors import DepescheError, Issue
from bot.extraction.events.packs import EventPack
from bot.extraction.reader import ArticleReader
from bot.rules.model import Rule
from bot.rules.rule_book import RuleBook

paths_argument = click.argument("paths", type=click.Path(path_type=Path), nargs=-1)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """Rules, the event types of their packs, and what is wrong with files."""

    config: Config
    book: RuleBook
    packs: tuple[EventPack, ...]
    issues: tuple[Issue, ...]

    def reader(self) -> ArticleReader:
        """A reader that knows the event types."""
        return ArticleReader(usable_models(self.config), self.packs)

    def rule(self, name: str) -> Rule:
        """The rule of that id.

        Raises:
            DepescheError: There is none; the text names those there are.
        """
        if name not in self.book.by_id:
            known = ", ".join(sorted(self.book.by_id)) or "none"
            raise DepescheError(f"there is no rule “{name}”; there are: {known}")
        return self.book.by_id[name]

    def tell_issues(self) -> None:
        """Say on standard error what is wrong with files."""
        for issue in self.issues:
            click.echo(str(issue), err=True)


def loaded(paths: Sequence[Path], config_path: Path | None) -> Loaded:
    """The rules of these paths, or without any, of the configuration; its event types are known to both."""
    config = load_config(config_path)
    configured = rule_folders(config)
    kept = kept_beside(config.store)
    cache = RuleCache(kept, whole=not paths) if kept else None
    book, packs, issues = load_all(paths or configured, beside=configured if paths else (), cache=cache)
    return Loaded(config=config, book=book, packs=packs, issues=tuple(issues))
