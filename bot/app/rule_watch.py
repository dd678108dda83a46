"""Rule files as they are edited: what changes on disk is in force within a second."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.app.rulebook import as_configured, files_below, is_rule_file, text_of
from bot.errors import ConfigError, Issue
from bot.rules.rule_book import Edit, FileRead, RuleBook

log = structlog.get_logger()

GATHER, PAUSE = 300, 50  # milliseconds: the longest and the shortest an editor's burst is waited for
SWEEP = 60_000  # milliseconds without a word after which all files are looked at: some disks tell nothing
Change = Callable[[], Edit]
Stamp = tuple[int, int, int]  # when a file was changed, its size, its number on the disk


@dataclass(kw_only=True)
class RuleWatch:
    """Follows folders of rule files into a rule book.

    Attributes:
        between: Runs a change when no article is being judged.
        tell: Takes what became of the changes that came together.
        known: The files as they were when the book was read.
    """

    book: RuleBook
    folders: Sequence[Path]
    between: Callable[[Change], Awaitable[Edit]]
    tell: Callable[[Sequence[Edit]], Awaitable[None]]
    known: Mapping[str, Stamp]
    _seen: dict[str, Stamp] = field(default_factory=dict)

    async def run(self) -> None:
        """Follow until cancelled; at once at an end where there is no folder.

        Raises:
            ConfigError: A whole folder is gone, such as a disk that is not mounted. Its rules go on.
        """
        self._seen = self._seen or dict(self.known)
        if not self.folders:
            return
        await self._sweep()
        watching = awatch(
            *self.folders,
            watch_filter=None,
            debounce=GATHER,
            step=PAUSE,
            rust_timeout=SWEEP,
            yield_on_timeout=True,
        )
        async for changes in watching:
            if changes:
                await self._take(
                    {place for path in {path for _, path in changes} for place in self._below(path)}
                )
            else:
                await self._sweep()

    async def _sweep(self) -> None:
        """Look at all files, and take those that are not as they were."""
        now = await asyncio.to_thread(stamps, self.folders)
        await self._take({place for place, _ in now.items() ^ self._seen.items()})

    def _below(self, path: str) -> Iterable[str]:
        """The rule files that a change may concern; a folder stands for all that is or was in it."""
        place = as_configured(path, self.folders)
        if place is None:
            return []
        if os.path.isdir(place):  # noqa: PTH112  (a string)
            now = {*stamps([Path(place)]).items()}
            return {one for one, _ in now ^ {(was, self._seen[was]) for was in self._was_in(place)}}
        return [place] if is_rule_file(Path(place)) else self._was_in(place)

    def _was_in(self, place: str) -> list[str]:
        return [one for one in self._seen if one.startswith(f"{place}{os.sep}")]

    async def _take(self, places: Iterable[str]) -> None:
        """Bring the book up to date; what is gone last: the rule of a renamed file is never missing."""
        for folder in self.folders:
            if not folder.exists():
                raise ConfigError(f"{folder}: the rules folder is gone; its rules go on as they were")
        now = {place: stamp_of(place) for place in places}
        edits = [await self._taken(place, stamp) for place, stamp in sorted(now.items(), key=_gone_last)]
        if edits:
            await self.tell(edits)

    async def _taken(self, place: str, stamp: Stamp | None) -> Edit:
        if stamp is None:
            self._seen.pop(place, None)
            return await self.between(partial(self.book.drop, place))
        self._seen[place] = stamp
        text = await asyncio.to_thread(text_of, Path(place))
        if isinstance(text, Issue):
            return await self.between(partial(self.book.refuse, place, [text]))
        read = await asyncio.to_thread(self.book.read, place, text)
        return await self.between(partial(self._renewed, read))

    def _renewed(self, read: FileRead) -> Edit:
        """Put in force what was read; of a renamed file the old one goes in the same step."""
        held = self.book.by_id.get(read.rule.id) if read.rule else None
        if held and held.place != read.place and stamp_of(held.place) is None:
            self._seen.pop(held.place, None)
            self.book.drop(held.place)
        return self.book.take(read)


def stamps(folders: Iterable[Path]) -> dict[str, Stamp]:
    """The rule files in folders, with what tells that one has changed; what cannot be listed has none."""
    found = ((place, stamp_of(place)) for folder in folders for place in _files(folder))
    return {place: stamp for place, stamp in found if stamp}


def _files(folder: Path) -> Iterable[str]:
    return [str(folder)] if folder.is_file() else files_below(folder)


def stamp_of(place: str) -> Stamp | None:
    """The stamp of a file; None where there is none."""
    try:
        seen = os.stat(place)  # noqa: PTH116  (a hundred thousand of them: a path object each costs more)
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def _gone_last(item: tuple[str, Stamp | None]) -> tuple[bool, str]:
    place, stamp = item
    return stamp is None, place
