"""The last try for feeds that nothing else can read: feedparser, which is slow and takes anything."""

from collections.abc import Mapping
from typing import Any

from bot.errors import SourceError
from bot.sources.document import Document
from bot.sources.feed_elements import as_html
from bot.sources.items import Item, Parsed

_PLAIN_TYPES = {"text", "text/plain"}


def read_forgiving(document: Document, url: str) -> Parsed:
    """Read whatever feedparser finds.

    Args:
        document: A feed as text; nothing in it is trusted, least of all its charset.
        url: Where it was found, for relative links.

    Raises:
        SourceError: Even so there is nothing.
    """
    import feedparser  # noqa: PLC0415 - hardly any feed gets this far, and it takes time to load

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
    items = [_item(dict(entry), url) for entry in parsed.entries]  # its own dict invents and warns
    return Parsed(title=_text(parsed.feed, "title"), items=items)


def _item(entry: Mapping[str, Any], url: str) -> Item:
    identity, link = _text(entry, "id"), _text(entry, "link")
    outlet = entry.get("source") or {}
    item: Item = {
        "id": identity,
        "id_is_link": True,
        "title": _text(entry, "title"),
        "link": "" if link == identity else link,  # it takes any id for a link
        "published": _text(entry, "published"),
        "updated": _text(entry, "updated"),
        "summary": _text(entry, "summary"),
        "content": _content(entry),
        "author": _text(entry, "author"),
        "outlet": str(outlet.get("title") or ""),
        "base": url,
    }
    return item


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
