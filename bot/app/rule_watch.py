"""Rule files as they are edited: what changes on disk is in force within a second."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.app.rulebook import SUFFIXES, rule_files, text_of
from bot.errors import ConfigError, Issue
from bot.rules.rule_book import Edit, RuleBook

log = structlog.get_logger()

GATHER, PAUSE = 300, 50  # milliseconds: the longest and the shortest an editor's burst is waited for
Change = Callable[[], Edit]


@dataclass(kw_only=True)
class RuleWatch:
    """Follows folders of rule files into a rule book.

    Attributes:
        between: Runs a change when no article is being judged.
        tell: Takes what became of each change.
    """

    book: RuleBook
    folders: Sequence[Path]
    between: Callable[[Change], Awaitable[Edit]]
    tell: Callable[[Edit], None]
    _known: set[str] = field(default_factory=set)

    async def run(self) -> None:
        """Follow until cancelled."""
        there = [folder for folder in self.folders if folder.exists()]
        self._known = set(map(str, self._listed()))
        async for changes in awatch(*there, watch_filter=None, debounce=GATHER, step=PAUSE):
            await self._take({Path(path) for _, path in changes})

    async def _take(self, touched: Iterable[Path]) -> None:
        """Bring the book up to date with what was touched; a folder stands for all that is or was in it."""
        files = {path for path in touched if path.suffix in SUFFIXES and not path.is_dir()}
        if files != set(touched):
            files |= {Path(place) for place in self._known.symmetric_difference(map(str, self._listed()))}
        for path in sorted(files):
            self.tell(await self.between(self._change(path)))

    def _change(self, path: Path) -> Change:
        """What is to be done for a file as it is now."""
        place = str(path)
        if not path.exists():
            self._known.discard(place)
            return partial(self.book.drop, place)
        self._known.add(place)
        text = text_of(path)
        if isinstance(text, Issue):
            return partial(self.book.refuse, place, [text])
        return partial(self.book.put, place, text)

    def _listed(self) -> Iterator[Path]:
        for folder in self.folders:
            try:
                yield from rule_files([folder])
            except ConfigError:
                continue  # the folder itself has gone, and with it all that was in it


def log_edit(edit: Edit) -> None:
    """Say what became of a change to a rule file."""
    for issue in edit.issues:
        log.warning("rule file", issue=str(issue))
    if edit.kept:
        log.warning("rule kept as it was: mend the file", rule=edit.rule_id, file=edit.place)
    elif edit.rule_id:
        log.info("rule read again", rule=edit.rule_id, file=edit.place)
