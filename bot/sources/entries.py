"""From what a parser found in one item to an Entry that is safe to store and to show."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from bot.article.charset import unmangled
from bot.article.cleaning import one_line
from bot.article.dates import parse_date
from bot.article.markup import plain_text, plain_title, sanitise
from bot.article.model import Entry, Published
from bot.article.url import absolute_url
from bot.sources.items import Item

TITLE_LIMIT = 500  # characters
SUMMARY_LIMIT = 5_000
NAME_LIMIT = 200
_LONGEST_KEY = 300
_PLAIN_KEY = re.compile(rf"[!-~]{{1,{_LONGEST_KEY}}}")
_OLDEST = datetime.min.replace(tzinfo=UTC)


class FeedEntry(Entry):
    """An entry whose texts are cleaned when somebody asks for them.

    A feed repeats its entries at every poll, and of those that are known nobody asks; cleaning their HTML
    costs more than all the rest of reading a feed.

    Args:
        said: Fields of `Entry`, and `item`, which the texts are taken from; one given here is taken as it is.
    """

    item: Item = Item()  # an empty one, which nobody changes

    def __init__(self, **said: Any) -> None:
        object.__setattr__(self, "__dict__", said)

    @cached_property
    def summary(self) -> str | None:
        """The summary as plain text."""
        item = self.item
        raw = item.get("summary") or ("" if item.get("content") else item.get("other_summary"))
        return plain_text(unmangled(raw), SUMMARY_LIMIT) or None if raw else None

    @cached_property
    def content(self) -> str | None:
        """The content as harmless HTML; None where it only repeats the summary."""
        raw = self.item.get("content")
        if not raw or raw == self.item.get("summary"):
            return None
        return sanitise(unmangled(raw), self.item.get("base")).strip() or None

    @cached_property
    def author(self) -> str | None:
        """Names in one line."""
        return _name(self.item.get("author"))

    @cached_property
    def source_name(self) -> str | None:
        """The outlet in one line."""
        return _name(self.item.get("outlet"))

    @property
    def face(self) -> str:
        """As `Entry.face`, of the texts as they were written."""
        item = self.item
        parts = (self.title, item.get("summary"), item.get("content"), str(self.updated or ""))
        return _digest("\x1f".join(part or "" for part in parts))


def entries_from(items: Iterable[Item]) -> tuple[list[Entry], int]:
    """Entries of a feed in its order, and how many items said nothing and were left out."""
    made = [_entry(item) for item in items]
    usable = [entry for entry in made if entry]
    return _with_distinct_keys(usable), len(made) - len(usable)


def newest(items: Sequence[Item], limit: int) -> Sequence[Item]:
    """The newest items in the feed's order; undated ones count as oldest."""
    if len(items) <= limit:
        return items
    by_age = sorted(range(len(items)), key=lambda index: _moment(items[index]), reverse=True)
    return [items[index] for index in sorted(by_age[:limit])]


def _moment(item: Item) -> datetime:
    date = _published(item) or parse_date(item.get("updated"))
    return date.at if date else _OLDEST


def _published(item: Item) -> Published | None:
    """When it was published: the first date that is one, in the order of how surely it means that."""
    if (written := item.get("published")) and (date := parse_date(written)):
        return date
    return parse_date(item.get("date")) or parse_date(item.get("created"))


def _entry(item: Item) -> FeedEntry | None:
    """One entry; None if it has neither title nor text nor link."""
    link, title = _link(item), _title(item)
    updated = parse_date(item["updated"]) if "updated" in item else None
    identity = item.get("id", "").strip()
    is_plain = bool(identity and _PLAIN_KEY.fullmatch(identity))
    entry = FeedEntry(
        item=item,
        key=identity,
        id=identity if is_plain else (one_line(identity, _LONGEST_KEY) or None),
        title=title,
        link=link,
        published=_published(item) or updated,
        updated=updated,
    )
    if not (title or link or entry.summary or entry.content):
        return None
    if not is_plain or identity == item.get("link"):  # the link may be given for want of an id
        entry.__dict__["key"] = _key(entry, "" if identity == item.get("link") else identity)
    return entry


def _title(item: Item) -> str | None:
    written = item.get("title") or item.get("other_title")
    return one_line(plain_title(unmangled(written)), TITLE_LIMIT) or None if written else None


def _link(item: Item) -> str | None:
    """Its address: the link, an id that is one, another form of it."""
    base = item.get("base")
    if (written := item.get("link")) and (link := absolute_url(written, base)):
        return link
    if item.get("id_is_link") and (link := absolute_url(item.get("id", ""), None)):
        return link
    return absolute_url(item["other_link"], base) if "other_link" in item else None


def _name(written: str | None) -> str | None:
    return one_line(plain_title(unmangled(written)), NAME_LIMIT) or None if written else None


def _key(entry: Entry, identity: str) -> str:
    """The identity itself, else the link, else what it says; hashed where that is long."""
    return _short(identity or entry.link or f"{entry.title or ''}\n{entry.summary or entry.content}")


def _short(identity: str) -> str:
    if _PLAIN_KEY.fullmatch(identity):
        return identity
    line = one_line(identity, len(identity) + 1)
    return identity if line == identity and len(line) <= _LONGEST_KEY else _digest(identity, size=16)


def _digest(text: str, size: int = 12) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()


def _with_distinct_keys(entries: Sequence[FeedEntry]) -> list[Entry]:
    """Entries told apart where a feed gives different ones the same id; true repetitions are left out."""
    if len({entry.key for entry in entries}) == len(entries):
        return list(entries)
    faces: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    for entry in entries:
        faces[entry.key].add((entry.link, entry.title))
    kept: dict[str, Entry] = {}
    for entry in entries:
        if len(faces[entry.key]) > 1:
            said = f"{entry.key}\n{entry.link}\n{entry.title}\n{entry.summary}"
            entry.__dict__["key"] = _short(said)
        kept.setdefault(entry.key, entry)
    return list(kept.values())
