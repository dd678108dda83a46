"""Feeds to entries: RSS 0.9 to 2.0, RDF, Atom, JSON Feed.

Most feeds are well-formed XML in UTF-8 and go straight to lxml. One that is not is read as text, mended and
tried again, then read entry by entry; what even so gives nothing goes to feedparser, which is slow and takes
anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.article.cleaning import one_line
from bot.article.markup import plain_title
from bot.article.model import Entry
from bot.article.url import absolute_url
from bot.errors import SourceError
from bot.sources.document import Document, mended, read_document, shortened
from bot.sources.entries import NAME_LIMIT, entries_from, newest
from bot.sources.feed_forgiving import read_forgiving
from bot.sources.feed_json import read_json
from bot.sources.feed_pieces import read_pieces
from bot.sources.feed_xml import is_feed, read_tree, strict_tree
from bot.sources.items import Parsed
from bot.sources.limits import Limits

_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_PROLOG = 1_024  # bytes in which the first element of a feed begins
_DECLARED = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_OTHER_CHARSET = re.compile(rb"encoding\s*=\s*[\"'](?!utf-?8[\"'])(?!us-ascii[\"'])", re.IGNORECASE)
_UNLIKE_ASCII = re.compile(r"charset\s*=\s*[\"']?(?:iso-2022|hz)", re.IGNORECASE)
_MOST_PIECES = 20_000  # entries of a broken feed that are looked at


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
    parsed, document = _parse(body, content_type, url, limits)
    kept = newest(parsed.items, limits.entries)
    entries, skipped = entries_from(kept)
    if skipped and not entries:
        raise SourceError(f"none of the {skipped} entries has a title, a text or a link")
    notes = (*document.notes, *_notes(document, len(parsed.items), len(kept), skipped))
    return Feed(
        title=one_line(plain_title(parsed.title), NAME_LIMIT) or None,
        entries=tuple(entries),
        skipped=skipped,
        cut=document.cut,
        notes=notes,
        hub=absolute_url(parsed.hub, url) if parsed.hub else None,
        self_url=absolute_url(parsed.self_url, url) if parsed.self_url else None,
        ttl=parsed.ttl,
    )


def _notes(document: Document, found: int, kept: int, skipped: int) -> Iterator[str]:
    if document.cut:
        yield f"cut off in the middle: {found} whole entries read"
    if kept < found:
        yield f"{found:,} entries: the newest {kept:,} taken"
    if skipped:
        yield f"{skipped} empty entries left out"


def _parse(body: bytes, content_type: str | None, url: str, limits: Limits) -> tuple[Parsed, Document]:
    """What is written in the feed, and what its document was like."""
    is_plain = not (content_type and _UNLIKE_ASCII.search(content_type))
    if is_plain and len(body) <= limits.feed_bytes and (parsed := _sound(body, url)):
        return parsed, Document(text="")
    document = read_document(body, content_type, url, limits)
    if document.is_json:
        return read_json(document.text, url), document
    for text in dict.fromkeys((document.text, mended(document.text))):
        root = strict_tree(text.encode("utf-8", "replace"))
        if root is not None and is_feed(root):
            return read_tree(root, url), document
    pieces = read_pieces(mended(document.text), url, _MOST_PIECES)
    return pieces or read_forgiving(shortened(document, limits.slow_bytes), url), document


def _sound(body: bytes, url: str) -> Parsed | None:
    """Read a feed that is well-formed XML in UTF-8 and declares nothing; None for any other body."""
    start = body.removeprefix(_BOM).lstrip(_BLANK)
    head = start[:_PROLOG]
    if not head.startswith(b"<") or _DECLARED.search(head) or _OTHER_CHARSET.search(head[:200]):
        return None
    root = strict_tree(start)
    if root is None or not is_feed(root) or root.getroottree().docinfo.doctype:
        return None
    return read_tree(root, url, has_bases=b"xml:base" in body)
