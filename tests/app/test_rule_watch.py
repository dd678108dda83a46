import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.app.rule_watch import RuleWatch
from bot.app.rulebook import load_folders
from bot.rules.rule_book import Edit, RuleBook

RULE = "id: {id}\ntitle: t\nstatus: live\nseverity: {severity}\nwhen: {{text: Hafen}}\n"
SOON = 20.0  # seconds; a loaded machine may take its time


class Watched:
    """A folder with one rule, watched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("calm")
        self.book: RuleBook = load_folders([folder])[0]
        self.edits: list[Edit] = []
        self.watch = RuleWatch(book=self.book, folders=[folder], between=self.between, tell=self.edits.append)

    async def between(self, change: Callable[[], Edit]) -> Edit:
        """Nobody judges anything here."""
        return change()

    def write(self, rule_id: str, severity: str = "low", text: str | None = None) -> None:
        """Write a rule file as editors do: beside it, then in its place."""
        fresh = self.folder / f".{rule_id}.tmp"
        fresh.write_text(text or RULE.format(id=rule_id, severity=severity), encoding="utf-8")
        fresh.replace(self.folder / f"{rule_id}.yml")

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it."""
        async with asyncio.timeout(SOON):
            while not holds():
                await asyncio.sleep(0.02)


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    """The folder, and a task that follows it."""
    place = Watched(tmp_path)
    task = asyncio.create_task(place.watch.run())
    # Until the first of these is seen, the system may not be watching yet.
    async with asyncio.timeout(SOON):
        while not place.edits:
            place.write("first")
            await asyncio.sleep(0.1)
    yield place
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_an_edit_is_in_force(watched: Watched) -> None:
    """What an editor writes into a file counts for the next article."""
    watched.write("calm", "critical")
    await watched.until(lambda: watched.book.by_id["calm"].severity == "critical")


async def test_a_new_file_is_a_new_rule(watched: Watched) -> None:
    """A file that comes into the folder, or into a folder in it, is read."""
    watched.write("more")
    (watched.folder / "deep").mkdir()
    (watched.folder / "deep" / "down.yml").write_text(
        RULE.format(id="down", severity="low"), encoding="utf-8"
    )
    await watched.until(lambda: {"more", "down"} <= set(watched.book.by_id))


async def test_a_deleted_file_takes_its_rule_with_it(watched: Watched) -> None:
    """What is gone from disk is gone from the book."""
    (watched.folder / "calm.yml").unlink()
    await watched.until(lambda: "calm" not in watched.book.by_id)


async def test_a_bad_edit_is_told_and_kept_out(watched: Watched) -> None:
    """The last good version goes on, and the mistake is told with its place."""
    watched.write("calm", text="id: calm\ntitle: t\nstatus: live\nwhen: {txt: Hafen}\n")
    await watched.until(lambda: any(edit.kept for edit in watched.edits))
    (edit,) = [edit for edit in watched.edits if edit.kept]
    assert str(edit.issues[0]).startswith(f"{watched.folder / 'calm.yml'}:4:8: error: unknown key “txt”")
    assert watched.book.by_id["calm"].severity == "low"


async def test_a_file_that_is_no_text_is_told(watched: Watched) -> None:
    """Bytes that are no UTF-8 are an issue of the file; the rule goes on."""
    (watched.folder / "calm.yml").write_bytes(b"id: \xff\xfe")
    await watched.until(lambda: any(edit.kept for edit in watched.edits))
    assert "not UTF-8" in str(next(edit for edit in watched.edits if edit.kept).issues[0])
    assert "calm" in watched.book.by_id


async def test_a_folder_moved_away_takes_its_rules_with_it(
    watched: Watched, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Its files are not named one by one by the system, and still are gone; back again, they count."""
    pack, away = watched.folder / "pack", tmp_path_factory.mktemp("away") / "pack"
    pack.mkdir()
    (pack / "one.yml").write_text(RULE.format(id="one", severity="low"), encoding="utf-8")
    await watched.until(lambda: "one" in watched.book.by_id)
    shutil.move(pack, away)
    await watched.until(lambda: "one" not in watched.book.by_id)
    shutil.move(away, pack)
    await watched.until(lambda: "one" in watched.book.by_id)
