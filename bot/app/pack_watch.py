"""Event types of packs as they are edited: the readers begin anew with them, and rules may ask for them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from bot.app.packs import load_packs
from bot.app.rulebook import as_configured, rule_files, text_of
from bot.errors import Issue
from bot.rules.loader import EVENT_TYPES
from bot.rules.packs import language_of_events, types_of
from bot.rules.rule_book import Edit, RuleBook

log = structlog.get_logger()

GATHER, PAUSE = 300, 50  # milliseconds: the longest and the shortest an editor's burst is waited for


@dataclass(kw_only=True)
class PackWatch:
    """Follows the files of event types in the folders of rules.

    Attributes:
        between: Runs a change when no article is being judged.
        renew: Lets the readers begin anew, each before its next article.
        tell: Takes what became of files.
    """

    book: RuleBook
    folders: Sequence[Path]
    between: Callable[[Callable[[], Edit]], Awaitable[Edit]]
    renew: Callable[[], None]
    tell: Callable[[Sequence[Edit]], Awaitable[None]]

    async def run(self) -> None:
        """Follow until cancelled."""
        there = [folder for folder in self.folders if folder.exists()]
        if not there:
            return
        async for changes in awatch(*there, watch_filter=_is_of_events, debounce=GATHER, step=PAUSE):
            named = {as_configured(path, self.folders) for _, path in changes}
            await self._take(sorted(filter(None, named)))

    async def _take(self, places: Sequence[str]) -> None:
        """Take in what changed; while one file is bad, the readers go on with what they have read."""
        if not places:
            return
        packs, issues = await asyncio.to_thread(load_packs, self.folders)
        wrong: dict[str, list[Issue]] = {place: [] for place in places}
        for issue in issues:
            wrong.setdefault(issue.place, []).append(issue)
        found = [Edit(place=place, rule_id=None, issues=tuple(some)) for place, some in wrong.items()]
        await self.tell(found)
        if any(edit.bad for edit in found):
            return
        self.renew()
        log.info("event types read again", files=list(places))
        if self.book.know(EVENT_TYPES | types_of(packs)):
            await self._read_rules_again()

    async def _read_rules_again(self) -> None:
        """A rule may ask for a type that is new, or for one that is gone."""
        edits = []
        for path in await asyncio.to_thread(lambda: list(rule_files(self.folders))):
            text = await asyncio.to_thread(text_of, path)
            if isinstance(text, str):
                read = await asyncio.to_thread(self.book.read, str(path), text)
                edits.append(await self.between(partial(self.book.take, read)))
        await self.tell(edits)


def _is_of_events(change: Change, path: str) -> bool:  # noqa: ARG001  (watchfiles' signature)
    return language_of_events(Path(path).name) is not None
