"""From what a parser found in one item to an Entry that is safe to store and to show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b

from bot.article.cleaning import one_line
from bot.article.dates import parse_date
from bot.article.markup import plain_text, plain_title, sanitise
from bot.article.model import Entry
from bot.article.url import absolute_url

TITLE_LIMIT = 500  # characters
SUMMARY_LIMIT = 5_000
NAME_LIMIT = 200
_LONGEST_KEY = 300
_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item as a parser gives it: raw texts, `summary` and `content` in HTML, `base` for its links."""

    id: str = ""
    title: str = ""
    link: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    outlet: str = ""
    base: str = ""


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
    date = parse_date(item.published) or parse_date(item.updated)
    return date.at if date else _OLDEST


def _entry(item: Item) -> Entry | None:
    """Clean one item; None if it has neither title nor text nor link."""
    summary = plain_text(item.summary, SUMMARY_LIMIT)
    content = sanitise(item.content).strip() if item.content.strip() else ""
    title = one_line(plain_title(item.title), TITLE_LIMIT)
    link = absolute_url(item.link, item.base) if item.link.strip() else None
    link = link or absolute_url(item.id, None)
    if not (summary or content or title or link):
        return None
    updated = parse_date(item.updated)
    identity = "" if item.id == item.link else item.id.strip()  # a parser may give the link for want of an id
    return Entry(
        key=_key(identity or link or f"{title}\n{summary or content}"),
        title=title or None,
        link=link,
        published=parse_date(item.published) or updated,
        updated=updated,
        summary=summary or None,
        content=content or None,
        author=one_line(plain_title(item.author), NAME_LIMIT) or None,
        source_name=one_line(plain_title(item.outlet), NAME_LIMIT) or None,
    )


def _key(identity: str) -> str:
    """The identity itself, or its hash where it is long or of several lines."""
    line = one_line(identity, len(identity) + 1)
    if line == identity and len(line) <= _LONGEST_KEY:
        return line
    return blake2b(identity.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _with_distinct_keys(entries: Sequence[Entry]) -> list[Entry]:
    """Entries told apart where a feed gives different ones the same id; true repetitions are left out."""
    faces: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    for entry in entries:
        faces[entry.key].add((entry.link, entry.title))
    kept: dict[str, Entry] = {}
    for entry in entries:
        key = entry.key if len(faces[entry.key]) == 1 else _key_by_content(entry)
        kept.setdefault(key, replace(entry, key=key))
    return list(kept.values())


def _key_by_content(entry: Entry) -> str:
    return _key(f"{entry.key}\n{entry.link}\n{entry.title}\n{entry.summary}")
