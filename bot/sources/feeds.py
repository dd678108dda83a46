"""Feeds to entries: RSS 0.9 to 2.0, RDF, Atom, JSON Feed.

fastfeedparser reads what is well-formed. What is not goes to feedparser, which is slow and forgiving:
the fast one would silently drop brackets after the first mistake.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import fastfeedparser
import feedparser

from bot.article.cleaning import one_line
from bot.article.markup import plain_title
from bot.article.model import Entry
from bot.errors import SourceError
from bot.sources.document import Document, as_html, mended, read_document, shortened
from bot.sources.entries import NAME_LIMIT, Item, entries_from, newest
from bot.sources.limits import Limits
from bot.sources.skeleton import Bone, skeleton

_PLAIN_TYPES = {"text", "text/plain"}


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed, read.

    Attributes:
        entries: Usable ones in the feed's order, at most as many as the limit says.
        skipped: Items that said nothing.
        cut: Whether it broke off in the middle; it is worth asking again.
        notes: What was odd, one line each.
        hub: Where it can be subscribed to (WebSub), or None.
        self_url: What it calls its own address, the topic of such a subscription, or None.
        ttl: How long it wants to be left alone between two polls, or None.
    """

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    skipped: int = 0
    cut: bool = False
    notes: tuple[str, ...] = ()
    hub: str | None = None
    self_url: str | None = None
    ttl: timedelta | None = None


def entries_of(
    body: bytes, content_type: str | None = None, url: str = ""
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries of a feed that is at hand, and one line for each thing that was odd.

    Raises:
        SourceError: It is no feed, or one that cannot be used.
    """
    feed = read_feed(body, content_type, url)
    return feed.entries, feed.notes


def read_feed(
    body: bytes, content_type: str | None = None, url: str = "", limits: Limits | None = None
) -> Feed:
    """Read a feed.

    Args:
        body: As it came, decompressed or a gzip file.
        content_type: The HTTP header, for its charset.
        url: Where it was found, for relative links.
        limits: Bytes and entries; the defaults unless given.

    Raises:
        SourceError: It is no feed, or one that cannot be used.
    """
    limits = limits or Limits()
    document = read_document(body, content_type, url, limits)
    title, items = _parse(document, url, limits)
    kept = newest(items, limits.entries)
    entries, skipped = entries_from(kept)
    if skipped and not entries:
        raise SourceError(f"none of the {skipped} entries has a title, a text or a link")
    notes = (*document.notes, *_notes(document, len(items), len(kept), skipped))
    name = one_line(plain_title(title), NAME_LIMIT) or None
    return Feed(title=name, entries=tuple(entries), skipped=skipped, cut=document.cut, notes=notes)


def _notes(document: Document, found: int, kept: int, skipped: int) -> Iterator[str]:
    if document.cut:
        yield f"cut off in the middle: {found} whole entries read"
    if kept < found:
        yield f"{found:,} entries: the newest {kept:,} taken"
    if skipped:
        yield f"{skipped} empty entries left out"


def _parse(document: Document, url: str, limits: Limits) -> tuple[str, Sequence[Item]]:
    """Title and items, by the fast parser where the document is well-formed, else by the other."""
    for text in dict.fromkeys((document.text, mended(document.text))):
        attempt = replace(document, text=text)
        bones = skeleton(attempt, url)
        if bones is not None:
            title, items = _fast(attempt, bones, url)
            if items or not bones:
                return title, items
    if document.is_json:
        raise SourceError("not a feed: JSON that is no JSON Feed")
    return _forgiving(shortened(document, limits.slow_bytes), url)


def _fast(document: Document, bones: Sequence[Bone], url: str) -> tuple[str, list[Item]]:
    """Read with fastfeedparser; its dates, which lose their offset, are replaced by those written."""
    try:
        parsed = fastfeedparser.parse(document.body, include_tags=False, include_media=False)
    except Exception:  # noqa: BLE001 - any failure means: try the other parser
        return "", []
    found: Sequence[Mapping[str, Any]] = parsed.get("entries") or ()
    matched: Iterable[Bone] = bones if len(bones) == len(found) else (Bone(base=url) for _ in found)
    items = [_fast_item(entry, bone) for entry, bone in zip(found, matched, strict=True)]
    return str(parsed.feed.get("title") or ""), items


def _fast_item(entry: Mapping[str, Any], bone: Bone) -> Item:
    content = _content(entry)
    summary = _text(entry, "description")
    return Item(
        id=_text(entry, "id"),
        title=_text(entry, "title"),
        link=_text(entry, "link"),
        published=bone.published or "",
        updated=bone.updated or "",
        summary=summary,
        content="" if content == summary else content,  # it repeats a lone description
        author=_text(entry, "author"),
        outlet=bone.outlet or "",
        base=bone.base,
    )


def _forgiving(document: Document, url: str) -> tuple[str, list[Item]]:
    """Read with feedparser, which takes anything.

    Raises:
        SourceError: Even so there is nothing.
    """
    try:
        parsed = feedparser.parse(
            document.body,
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise SourceError("not a feed: the document cannot be understood") from error
    if not parsed.entries and parsed.bozo:
        raise SourceError("not a feed: the document cannot be understood")
    return _text(parsed.feed, "title"), [
        _forgiving_item(dict(entry), url)
        for entry in parsed.entries  # its own dict invents and warns
    ]


def _forgiving_item(entry: Mapping[str, Any], url: str) -> Item:
    content, summary = _content(entry), _text(entry, "summary")
    outlet = entry.get("source") or {}
    updated, identity, link = _text(entry, "updated"), _text(entry, "id"), _text(entry, "link")
    return Item(
        id=identity,
        title=_text(entry, "title"),
        link="" if link == identity else link,  # it takes any id for a link
        published=_text(entry, "published") or updated,
        updated=updated,
        summary=summary,
        content="" if content == summary else content,
        author=_text(entry, "author"),
        outlet=str(outlet.get("title") or ""),
        base=url,
    )


def _content(entry: Mapping[str, Any]) -> str:
    """The first content as HTML."""
    for part in entry.get("content") or ():
        value = str(part.get("value") or "")
        if value.strip():
            return as_html(value) if part.get("type") in _PLAIN_TYPES else value
    return ""


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""
