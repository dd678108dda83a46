"""Rule packs on disk: the files of event types that lie among the rules, `<pack>/events.<lang>.yml`."""

import contextlib
import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.app.config import Config
from bot.app.rule_cache import RuleCache
from bot.app.rulebook import folders, load_folders, text_of
from bot.errors import Issue
from bot.extraction.events.packs import EventPack
from bot.rules.packs import language_of_events, load_events, types_of
from bot.rules.rule_book import RuleBook


def rule_folders(config: Config) -> list[Path]:
    """The folders of rules that a configuration names."""
    return folders(standard=config.rules.standard, own=config.rules.folder)


def event_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The files of event types below the folders, in a stable order; for a rule file those beside it."""
    found = (
        path
        for folder in folders
        for path in (folder.parent.glob("events.*") if folder.is_file() else folder.rglob("events.*"))
        if language_of_events(path.name)
    )
    yield from sorted(set(found))


def load_packs(folders: Iterable[Path]) -> tuple[tuple[EventPack, ...], list[Issue]]:
    """Load all event types below the folders; a bad file is told and never stops the others."""
    packs: list[EventPack] = []
    issues: list[Issue] = []
    for path in event_files(folders):
        pack, wrong = _load(path)
        packs += [pack] if pack else []
        issues += wrong
    return tuple(_with_types_of_all(pack, packs) for pack in packs), issues


def _with_types_of_all(pack: EventPack, packs: Sequence[EventPack]) -> EventPack:
    """What a type falls under need stand in one language of a pack only."""
    folder = Path(pack.place).parent
    said = {
        name: plover
        for other in packs
        if Path(other.place).parent == folder
        for name, plover in other.types.items()
        if plover
    }
    return replace(pack, types={**pack.types, **{name: said[name] for name in pack.types if name in said}})


def _load(path: Path) -> tuple[EventPack | None, list[Issue]]:
    text = text_of(path)
    if isinstance(text, Issue):
        return None, [text]
    return load_events(text, str(path), language_of_events(path.name) or "")


def load_all(
    folders: Sequence[Path], *, beside: Sequence[Path] = (), cache: RuleCache | None = None
) -> tuple[RuleBook, tuple[EventPack, ...], list[Issue]]:
    """Load rules and the event types that they may ask for.

    Args:
        folders: Folders, or single rule files.
        beside: Further folders whose event types are known, too.
        cache: What was read of rule files before; it is brought up to date.
    """
    packs, issues = load_packs([*folders, *beside])
    types = types_of(packs)
    if cache:
        cache.open(types)
    with _collector_resting():
        book, more = load_folders(folders, more_types=types, kept=cache)
    if cache:
        cache.close()
    return book, packs, [*issues, *more]


@contextlib.contextmanager
def _collector_resting() -> Iterator[None]:
    """Nothing of what is read is garbage: looking for it in between doubles the time of many rules."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
