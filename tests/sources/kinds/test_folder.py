import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.article.markup import plain_text
from bot.errors import SourceError
from bot.ports.sources import Fetched, Validators
from bot.sources.kinds.folder import Folders, _body, folder_of
from bot.sources.limits import Limits
from tests.sources.kinds.samples import poll
from tests.sources.samples import RSS

PAGE = f"""<html><head><title>Hafen zu</title><meta property="article:published_time"
 content="2026-03-02T10:00:00+01:00"></head><body><article><h1>Hafen zu</h1>
<p>{"Der Hafen bleibt bis Montag geschlossen, sagte der Minister. " * 8}</p></article></body></html>"""


def later() -> datetime:
    """A moment after all files of a test were written."""
    return datetime.now(UTC) + timedelta(hours=1)


async def look(folder: Path, known: Validators | None = None, limits: Limits | None = None) -> Fetched:
    """Look into a folder."""
    folders = Folders(now=later, limits=limits or Limits())
    return await poll(folders, "folder", folder.as_uri(), known)


def put(folder: Path, name: str, text: str, *, at: int = 1_000) -> Path:
    """Write a file with the time of its last change in seconds."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (at, at))
    return path


async def test_text(tmp_path: Path) -> None:
    """A text file is an article; a line above a blank one is its headline, and it is as old as the file."""
    put(tmp_path, "a.txt", "Hafen <zu>\n\nBis Montag.\nSo der Minister.")
    (entry,) = (await look(tmp_path)).entries
    assert (entry.key, entry.title, entry.whole) == ("a.txt", "Hafen <zu>", True)
    assert plain_text(entry.content or "") == "Bis Montag.\nSo der Minister."
    assert str(entry.published) == "1970-01-01T00:16:40+00:00"


async def test_text_without_headline(tmp_path: Path) -> None:
    """A text that begins at once has no headline."""
    put(tmp_path, "a.txt", "Bis Montag.\nSo der Minister.\n\nMehr.")
    (entry,) = (await look(tmp_path)).entries
    assert entry.title is None


async def test_page(tmp_path: Path) -> None:
    """An HTML file is read for its main text, title and date."""
    put(tmp_path, "sub/a.html", PAGE)
    (entry,) = (await look(tmp_path)).entries
    assert (entry.key, entry.title) == ("sub/a.html", "Hafen zu")
    assert str(entry.published) == "2026-03-02T10:00:00+01:00"
    assert "bis Montag geschlossen" in (entry.content or "")


async def test_feed(tmp_path: Path) -> None:
    """An XML file is a feed; its entries are known by file and id."""
    put(tmp_path, "a.xml", RSS)
    keys = [entry.key for entry in (await look(tmp_path)).entries]
    assert keys[0] == "a.xml#tb-1"


async def test_rows(tmp_path: Path) -> None:
    """A file of JSON lines holds articles; a line that is none is told, the others count."""
    rows = [
        {"id": "1", "title": "A & B", "text": "Zu. 1 < 2", "published": "2026-03-02T10:00+01:00"},
        {"id": "2", "url": "https://a.example/2", "title": "Nur der Link"},
        {"id": 3, "text": "Nummer\u2028drei"},
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    put(tmp_path, "a.jsonl", "\n".join([lines[0], "oops", lines[1], "[]", "", lines[2]]))
    fetched = await look(tmp_path)
    assert [(entry.title, entry.whole) for entry in fetched.entries] == [
        ("A & B", True),
        ("Nur der Link", False),
        (None, True),
    ]
    assert plain_text(fetched.entries[0].content or "") == "Zu. 1 < 2"
    assert fetched.note == "a.jsonl: line 2 is no JSON object with `text`"


async def test_each_file_once(tmp_path: Path) -> None:
    """A file that was read is not read again; one that came since is, and one that changed."""
    put(tmp_path, "a.txt", "Eins.")
    first = await look(tmp_path)
    again = await look(tmp_path, first.validators)
    assert (again.changed, again.validators) == (False, first.validators)
    put(tmp_path, "b.txt", "Zwei.")
    second = await look(tmp_path, first.validators)
    assert [entry.key for entry in second.entries] == ["b.txt"]
    put(tmp_path, "a.txt", "Eins, berichtigt.", at=2_000)
    third = await look(tmp_path, second.validators)
    assert [(entry.key, str(entry.updated)) for entry in third.entries] == [
        ("a.txt", "1970-01-01T00:33:20+00:00")
    ]


async def test_moved_in_with_its_old_date(tmp_path: Path) -> None:
    """A file that is moved here counts as new, however old it says it is."""
    inbox = tmp_path / "inbox"
    old = put(tmp_path, "old.txt", "Alt.", at=500)
    put(inbox, "a.txt", "Neu.")
    first = await look(inbox)
    old.rename(inbox / "old.txt")
    assert [entry.key for entry in (await look(inbox, first.validators)).entries] == ["old.txt"]


async def test_more_than_one_look_brings(tmp_path: Path) -> None:
    """Nothing is lost where more files come than one look takes: the next one goes on, oldest first."""
    for number in range(5):
        put(tmp_path, f"{number}.txt", f"Nummer {number}.")
    known, keys = Validators(), []
    for _ in range(4):
        fetched = await look(tmp_path, known, Limits(entries=2))
        known = fetched.validators
        keys.append([entry.key for entry in fetched.entries])
    assert keys == [["0.txt", "1.txt"], ["2.txt", "3.txt"], ["4.txt"], []]


async def test_still_written(tmp_path: Path) -> None:
    """A file that changed just now waits for the next look: it may be half of one."""
    put(tmp_path, "a.txt", "Halb")
    folders = Folders(now=lambda: datetime.now(UTC), limits=Limits())
    assert not (await poll(folders, "folder", tmp_path.as_uri())).changed


async def test_left_alone(tmp_path: Path) -> None:
    """Hidden, unfinished and other files are left alone, and links that lead elsewhere."""
    for name in (".a.txt", ".git/a.txt", "a.txt.part", "a.pdf", "a"):
        put(tmp_path / "in", name, "Text.")
    secret = put(tmp_path, "secret.txt", "Geheim.")
    (tmp_path / "in" / "link.txt").symlink_to(secret)
    (tmp_path / "in" / "folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    assert not (await look(tmp_path / "in")).changed


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("b.txt", "  \n", "b.txt: is empty"),
        ("b.html", "<html><body></body></html>", "b.html: has no main text"),
        ("b.xml", "<opml/>", "b.xml: not a feed: "),
        ("b.txt", "x" * 2_000, "b.txt: larger than 0.001 MB: split it"),
        ("b.jsonl", "1\n2", "b.jsonl: line 1 is no JSON object with `text`"),
    ],
)
async def test_broken_files(tmp_path: Path, name: str, text: str, problem: str) -> None:
    """A file that cannot be read is told by name, and the others count."""
    put(tmp_path, "a.txt", "Gut.")
    put(tmp_path, name, text)
    fetched = await look(tmp_path, limits=Limits(feed_bytes=1_000))
    assert [entry.key for entry in fetched.entries] == ["a.txt"]
    assert (fetched.note or "").startswith(problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_folder_without_rights(tmp_path: Path) -> None:
    """A folder inside it that may not be read is told, and the others count."""
    put(tmp_path, "a.txt", "Gut.")
    put(tmp_path, "b/c.txt", "Verborgen.")
    (tmp_path / "b").chmod(0)
    fetched = await look(tmp_path)
    (tmp_path / "b").chmod(0o700)
    assert (len(fetched.entries), fetched.note) == (1, "b: Permission denied")


def test_swapped(tmp_path: Path) -> None:
    """What took the place of a file after it was listed is not opened: a link would lead elsewhere."""
    secret = put(tmp_path, "secret.txt", "Geheim.")
    (tmp_path / "link.txt").symlink_to(secret)
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(OSError, match="symbolic links"):
        _body(tmp_path / "link.txt", 100)
    with pytest.raises(SourceError, match="is no file any more"):
        _body(tmp_path / "pipe.txt", 100)


async def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is one line."""
    with pytest.raises(SourceError, match="there is no folder"):
        await look(tmp_path / "nowhere")


def test_names(tmp_path: Path) -> None:
    """The address of a folder leads back to it, whatever its name."""
    path = tmp_path / "ä b#c?%20"
    assert folder_of(path.as_uri()) == path


async def test_names_that_are_no_text(tmp_path: Path) -> None:
    """A name in bytes that are no UTF-8 can be read and stored."""
    name = os.fsdecode(b"a\xff.txt")
    put(tmp_path, name, "Text.")
    fetched = await look(tmp_path)
    assert [entry.key for entry in fetched.entries] == ["a?.txt"]
    (fetched.validators.etag or "").encode()
