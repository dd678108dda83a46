"""Sources of the kind `folder`: files that somebody or something puts into a directory.

Each file is read once, oldest first; a file that changes is given again under the same key, as edited. What
was read last is remembered as moment and name, so nothing is lost however many files come between two looks.
"""

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.article.charset import decode
from bot.article.cleaning import one_line
from bot.article.maintext import main_text
from bot.article.model import Entry, Published
from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.entries import NAME_LIMIT, TITLE_LIMIT
from bot.sources.feeds import read_feed
from bot.sources.kinds.posts import Post, as_html, changed, entries_of
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

FILES = 50_000  # looked at in one folder; more is no folder for this
DEEPEST = 8  # folders inside folders
SETTLED = timedelta(seconds=2)  # a file that changed since may still be written
ROWS = 10_000  # of one file of JSON lines
_KINDS: Mapping[str, str] = {
    ".txt": "text", ".md": "text", ".html": "page", ".htm": "page", ".xhtml": "page",
    ".xml": "feed", ".rss": "feed", ".atom": "feed", ".jsonl": "rows", ".ndjson": "rows",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, order=True)
class _File:
    """A file as it lies there; the order is that of reading.

    Attributes:
        changed: Nanoseconds since 1970, of its content or its place: a file that is moved here is new.
        name: Its path below the folder.
        written: When its content was, likewise.
    """

    changed: int
    name: str
    written: int


class Folders:
    """Looks into directories.

    Args:
        now: The current moment, timezone-aware.
        limits: Bytes of a file, and entries of one look.
    """

    def __init__(self, *, now: Callable[[], datetime], limits: Limits) -> None:
        self._now = now
        self._limits = limits

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Look into the folder once.

        Raises:
            SourceError: There is no such folder, or it may not be read.
        """
        settled = self._now().astimezone(UTC) - SETTLED
        return await in_thread(_look, folder_of(source.url), known, settled, self._limits)


def folder_of(url: str) -> Path:
    """The directory that a `file:` address names."""
    return Path(unquote(urlsplit(url).path))


def _look(folder: Path, known: Validators, settled: datetime, limits: Limits) -> Fetched:
    """Read the files that came after the last one known, as many as one look may bring."""
    problems: list[str] = []
    waiting = [one for one in _files(folder, problems) if _mark(one) > (known.etag or "")]
    ready = [one for one in sorted(waiting) if one.changed <= settled.timestamp() * 1e9]
    entries: list[Entry] = []
    read = 0
    for one in ready:
        found, problem = _tried(folder, one, limits)
        entries += found
        problems += [f"{one.name}: {problem}"] if problem else []
        read += 1
        if len(entries) >= limits.entries:
            break
    if not read:
        return Fetched(changed=False, validators=known)
    return Fetched(
        changed=True,
        entries=tuple(entries),
        validators=Validators(etag=_mark(ready[read - 1])),
        title=folder.name,
        skipped=len(problems),
        note=_note(problems, len(ready) - read),
    )


def _note(problems: list[str], left: int) -> str | None:
    more = [f"and {len(problems) - 1} more files that could not be read"] if len(problems) > 1 else []
    waiting = [f"{left:,} files wait for the next look"] if left else []
    return one_line("; ".join([*problems[:1], *more, *waiting]), NAME_LIMIT) or None


def _mark(one: _File) -> str:
    """Moment and name as a text that sorts as they do."""
    return f"{one.changed:020d} {_written(one.name)}"


def _written(name: str) -> str:
    """A name as it can be stored: file systems allow bytes that are no text."""
    return name.encode("utf-8", "replace").decode()


def _files(folder: Path, problems: list[str]) -> Iterator[_File]:
    """The files of a kind that is read, without hidden and unfinished ones, and without links elsewhere.

    A folder inside it that cannot be read is put down among the problems.

    Raises:
        SourceError: The folder cannot be read, or holds too many.
    """
    if not folder.is_dir():
        raise SourceError(f"there is no folder `{folder}`")

    def refused(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise SourceError(f"`{folder}` cannot be read: {error.strerror}")
        problems.append(f"{Path(error.filename).relative_to(folder)}: {error.strerror}")

    seen = 0
    for place, folders, names in os.walk(folder, onerror=refused):
        folders[:] = _inner(folder, Path(place), folders)
        for name in names:
            seen += 1
            if seen > FILES:
                raise SourceError(f"more than {FILES:,} files in `{folder}`: move those that were read away")
            if not name.startswith(".") and Path(name).suffix.lower() in _KINDS:
                yield from _file(Path(place) / name, folder)


def _inner(folder: Path, place: Path, names: list[str]) -> list[str]:
    if len(place.relative_to(folder).parts) >= DEEPEST:
        return []
    return sorted(name for name in names if not name.startswith("."))


def _file(path: Path, folder: Path) -> Iterator[_File]:
    try:
        found = path.lstat()  # a link could lead anywhere
    except OSError:  # gone meanwhile
        return
    if stat.S_ISREG(found.st_mode):
        changed = max(found.st_mtime_ns, found.st_ctime_ns)
        name = path.relative_to(folder).as_posix()
        yield _File(changed=changed, name=name, written=found.st_mtime_ns)


def _tried(folder: Path, one: _File, limits: Limits) -> tuple[list[Entry], str]:
    """What one file holds, and what is wrong with it, if anything."""
    try:
        return _entries(folder, one, limits)
    except (SourceError, ValueError) as error:
        return [], str(error)
    except OSError as error:
        return [], error.strerror or "cannot be read"


def _entries(folder: Path, one: _File, limits: Limits) -> tuple[list[Entry], str]:
    """What one file holds, and what of it cannot be used.

    Raises:
        SourceError: Nothing can be.
    """
    body = _body(folder / one.name, limits.feed_bytes)
    if not body.strip():
        raise SourceError("is empty")
    kind = _KINDS[Path(one.name).suffix.lower()]
    if kind == "feed":
        feed = read_feed(body, None, "", limits)
        return _with_names(one, feed.entries), "; ".join(feed.notes)
    if kind == "rows":
        rows, problem = _rows(decode(body).text)
        return _with_names(one, rows), problem
    item = _text(decode(body).text) if kind == "text" else _page(decode(body).text)
    found, _ = entries_of([item])
    return [_dated(changed(entry, key=_written(one.name), whole=True), one) for entry in found], ""


def _body(path: Path, limit: int) -> bytes:
    """What a file holds; what was put in its place since it was listed, a link or a pipe, is not opened."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise SourceError("is no file any more")
        body = file.read(limit + 1)
    if len(body) > limit:
        raise SourceError(f"larger than {limit / 1_000_000:g} MB: split it")
    return body


def _with_names(one: _File, entries: Iterable[Entry]) -> list[Entry]:
    return [_dated(changed(entry, key=f"{_written(one.name)}#{entry.key}"), one) for entry in entries]


def _dated(entry: Entry, one: _File) -> Entry:
    """An entry that does not say when it was published is as old as its file."""
    written = Published(at=datetime.fromtimestamp(one.written / 1e9, UTC))
    return changed(entry, published=entry.published or written, updated=entry.updated or written)


def _text(text: str) -> Post:
    """Plain text; a first line with a blank one below it is the headline."""
    head, _, rest = text.lstrip("\ufeff\r\n").replace("\r\n", "\n").partition("\n\n")
    if rest.strip() and "\n" not in head and len(head) <= TITLE_LIMIT:
        return Post(id="text", title=as_html(head), content=as_html(rest))
    return Post(id="text", content=as_html(text))


def _page(text: str) -> Post:
    page = main_text(text)
    if not page.text:
        raise SourceError("has no main text")
    return Post(
        id="page",
        title=as_html(page.title or ""),
        content=as_html(page.text),
        published=str(page.published or ""),
        author=as_html(page.author or ""),
    )


def _rows(text: str) -> tuple[list[Entry], str]:
    """Articles in JSON lines, and the first line that is none.

    A row has `text`, or `content` in HTML, and what else is known of the article.

    Raises:
        SourceError: There are too many.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > ROWS:
        raise SourceError(f"more than {ROWS:,} lines: split it")
    rows = {number: _object(line) for number, line in lines}
    bad = next((number for number, row in rows.items() if row is None), None)
    entries, _ = entries_of(_row(row) for row in rows.values() if row is not None)
    problem = f"line {bad} is no JSON object with `text`" if bad else ""
    return [changed(entry, whole=bool(entry.content)) for entry in entries], problem


def _object(line: str) -> Mapping[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) and {"text", "content", "summary", "url"} & row.keys() else None


def _row(row: Mapping[str, Any]) -> Post:
    said = {key: value for key, value in row.items() if isinstance(value, str)}
    return Post(
        id=said.get("id", ""),
        title=as_html(said.get("title", "")),
        link=said.get("url", said.get("link", "")),
        published=said.get("published", ""),
        updated=said.get("updated", ""),
        summary=said.get("summary", ""),
        content=as_html(said["text"]) if "text" in said else said.get("content", ""),
        author=as_html(said.get("author", "")),
        outlet=as_html(said.get("source", "")),
    )
