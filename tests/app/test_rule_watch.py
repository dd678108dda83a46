import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from bot.app.rule_watch import RuleWatch, stamps
from bot.app.rulebook import load_folders
from bot.errors import ConfigError
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
        self.watch = RuleWatch(
            book=self.book, folders=[folder], between=self.between, tell=self.told, known=stamps([folder])
        )

    async def told(self, edits: Sequence[Edit]) -> None:
        """Remember what became of changes."""
        self.edits += edits

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


async def test_what_changed_before_the_watch_began_counts(tmp_path: Path) -> None:
    """Between reading the files and watching them nothing is missed."""
    place = Watched(tmp_path)
    place.write("calm", "critical")
    place.write("late")
    task = asyncio.create_task(place.watch.run())
    await place.until(lambda: {edit.rule_id for edit in place.edits} == {"calm", "late"})
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert place.book.by_id["calm"].severity == "critical"


async def test_a_folder_that_is_gone_as_a_whole_changes_nothing(tmp_path: Path) -> None:
    """A disk that is not mounted must not end all rules in silence; they count again when it is back."""
    (tmp_path / "rules").mkdir()
    place = Watched(tmp_path / "rules")
    place.folder.rename(tmp_path / "away")
    with pytest.raises(ConfigError, match="the rules folder is gone"):
        await place.watch.run()
    assert "calm" in place.book.by_id
    (tmp_path / "away" / "calm.yml").unlink()
    (tmp_path / "away").rename(place.folder)
    task = asyncio.create_task(place.watch.run())
    await place.until(lambda: "calm" not in place.book.by_id)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_renamed_file_is_not_in_its_own_way(watched: Watched) -> None:
    """Old and new name come together; the rule goes on, and nothing is told to be taken."""
    (watched.folder / "calm.yml").rename(watched.folder / "quiet.yml")
    await watched.until(lambda: watched.book.by_id["calm"].place.endswith("quiet.yml"))
    assert [edit for edit in watched.edits if edit.bad] == []


@pytest.mark.parametrize("name", ["rules", "./rules", "../here/rules", "link"])
async def test_a_folder_is_called_as_the_configuration_calls_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Relative, roundabout, or by a link: an edit is one of the file that was read, not another file."""
    home = tmp_path / "here"
    (home / "rules").mkdir(parents=True)
    (home / "link").symlink_to("rules")
    monkeypatch.chdir(home)
    place = Watched(Path(name))
    task = asyncio.create_task(place.watch.run())
    async with asyncio.timeout(SOON):
        while place.book.by_id["calm"].severity != "high":
            place.write("calm", "high")
            await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert {edit.place for edit in place.edits} == {f"{Path(name)}/calm.yml"}
    assert not any(edit.bad for edit in place.edits)


async def test_what_is_hidden_is_no_rule(watched: Watched) -> None:
    """Neither the workflows of a repository nor the settings of a checker, at the start and later."""
    workflow = watched.folder / ".github" / "build.yml"
    workflow.parent.mkdir()
    for path in (workflow, watched.folder / ".checks.yml"):
        path.write_text("on: push", encoding="utf-8")
    watched.write("calm", "high")
    await watched.until(lambda: watched.book.by_id["calm"].severity == "high")
    assert not any(edit.bad for edit in watched.edits)
    assert [issue for issue in load_folders([watched.folder])[1] if issue.severity == "error"] == []


async def test_the_new_name_of_a_file_may_come_before_the_end_of_the_old_one(tmp_path: Path) -> None:
    """The system tells of the two one after the other; nothing is told to be taken meanwhile."""
    place = Watched(tmp_path)
    new = (tmp_path / "calm.yml").rename(tmp_path / "quiet.yml")
    await place.watch._take([str(new)])
    assert [edit.bad for edit in place.edits] == [False]
    assert place.book.by_id["calm"].place == str(new)


async def test_other_files_in_the_folder_change_nothing(watched: Watched) -> None:
    """What editors leave beside a file, and event types of a pack, are no rules."""
    before = len(watched.edits)
    for name in ("calm.yml~", ".calm.yml.swp", "4913", "events.de.yml"):
        (watched.folder / name).write_text("x", encoding="utf-8")
    watched.write("calm", "high")
    await watched.until(lambda: watched.book.by_id["calm"].severity == "high")
    assert {edit.rule_id for edit in watched.edits[before:]} <= {"calm", "first"}
