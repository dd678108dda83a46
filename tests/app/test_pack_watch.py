"""Event types of packs as they are edited."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from bot.app.pack_watch import PackWatch
from bot.app.packs import load_all
from bot.app.readers import ReaderPool
from bot.article.model import Article
from bot.rules.rule_book import Edit

EVENTS = "frames: [{{type: mining.{name}, verbs: [close], with: [mines]}}]\nclasses: {{mines: [mine]}}\n"
RULE = "id: closing\ntitle: t\nstatus: live\nwhen: {event: mining.close}\n"
CLOSED = Article(id="a", text="Poland has closed the mine.", lang="en")
SOON = 20.0  # seconds; a loaded machine may take its time


class Watched:
    """A pack with a rule that asks for a type which its event file does not have yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "closing.yml").write_text(RULE, encoding="utf-8")
        self.write(EVENTS.format(name="open"))
        self.book, _, self.issues = load_all([folder])
        self.edits: list[Edit] = []
        self.renewed = 0
        self.watch = PackWatch(
            book=self.book, folders=[folder], between=self.between, renew=self.renew, tell=self.told
        )

    def write(self, text: str) -> None:
        """Write the event types as editors do."""
        fresh = self.folder / ".events.tmp"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.folder / "events.en.yml")

    async def between(self, change: Callable[[], Edit]) -> Edit:
        """Nobody judges anything here."""
        return change()

    def renew(self) -> None:
        """Count how often the readers were to begin anew."""
        self.renewed += 1

    async def told(self, edits: Sequence[Edit]) -> None:
        """Remember what became of files."""
        self.edits += edits

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it."""
        async with asyncio.timeout(SOON):
            while not holds():
                await asyncio.sleep(0.02)


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    """The pack, and a task that follows it."""
    place = Watched(tmp_path)
    task = asyncio.create_task(place.watch.run())
    async with asyncio.timeout(SOON):  # until the first of these is seen, the system may not be watching yet
        while not place.renewed:
            place.write(EVENTS.format(name="open"))
            await asyncio.sleep(0.1)
    yield place
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_new_type_makes_its_rules_count(watched: Watched) -> None:
    """A rule whose event type was unknown is in force once the pack brings it, and the readers begin anew."""
    assert "unknown event type" in watched.issues[0].message
    before = watched.renewed
    watched.write(EVENTS.format(name="close"))
    await watched.until(lambda: "closing" in watched.book.by_id)
    assert watched.renewed > before


async def test_a_bad_file_changes_nothing(watched: Watched) -> None:
    """A mistake is told with its place; readers and rules go on with what they know."""
    watched.write(EVENTS.format(name="close"))
    await watched.until(lambda: "closing" in watched.book.by_id)
    before = watched.renewed
    watched.write("frames: 5\n")
    await watched.until(lambda: any(edit.bad for edit in watched.edits))
    (edit,) = [edit for edit in watched.edits if edit.bad and edit.place.endswith("events.en.yml")]
    assert edit.issues[0].message.startswith("frames must be a list")
    assert "closing" in watched.book.by_id
    assert watched.renewed == before


async def test_readers_begin_anew_with_what_changed(tmp_path: Path) -> None:
    """A reader that was told to reads the next article with the event types as they are on disk now."""
    (tmp_path / "events.en.yml").write_text(EVENTS.format(name="open"), encoding="utf-8")
    pool = ReaderPool(processes=1, seconds=30, models={"de": "none", "en": "none"}, packs=[tmp_path])
    await pool.start()
    try:
        first = await pool.read(CLOSED)
        (tmp_path / "events.en.yml").write_text(EVENTS.format(name="close"), encoding="utf-8")
        same = await pool.read(CLOSED)
        pool.renew()
        fresh = await pool.read(CLOSED)
    finally:
        await pool.stop()
    types = [[event.type for event in found.events] for found in (first, same, fresh)]
    assert types == [["mining.open"], ["mining.open"], ["mining.close"]]
