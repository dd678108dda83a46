"""JSON Feed 1.0 and 1.1 to items."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.errors import SourceError
from bot.sources.feed_elements import as_html
from bot.sources.items import Item, Parsed


def read_json(text: str, url: str) -> Parsed:
    """Read a JSON Feed.

    Args:
        text: The document.
        url: Where it was found, for relative links.

    Raises:
        SourceError: It is no JSON, or JSON that is no feed.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError("not a feed: JSON that is broken") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise SourceError("not a feed: JSON that is no JSON Feed")
    authors = _authors(feed)
    hubs = [hub for hub in _listed(feed, "hubs") if str(hub.get("type")).lower() == "websub"]
    return Parsed(
        items=[_item(item, url, authors) for item in items if isinstance(item, dict)],
        title=_text(feed, "title"),
        hub=_text(hubs[0], "url") if hubs else "",
        self_url=_text(feed, "feed_url"),
    )


def _item(said: Mapping[str, Any], url: str, feed_authors: str) -> Item:
    item = Item(base=url, id_is_link=True)
    fields = {
        "id": _text(said, "id"),
        "title": _text(said, "title"),
        "link": _text(said, "url"),
        "other_link": _text(said, "external_url"),
        "published": _text(said, "date_published"),
        "updated": _text(said, "date_modified"),
        "summary": as_html(_text(said, "summary")),
        "content": _text(said, "content_html") or as_html(_text(said, "content_text")),
        "author": _authors(said) or feed_authors,
    }
    for name, text in fields.items():
        if text:
            item[name] = text  # type: ignore[literal-required]  # the names above are those of Item
    return item


def _authors(said: Mapping[str, Any]) -> str:
    """Names by `authors` (1.1) or `author` (1.0)."""
    one = said.get("author")
    people = list(_listed(said, "authors")) or ([one] if isinstance(one, dict) else [])
    return ", ".join(filter(None, (_text(person, "name") for person in people)))


def _listed(said: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    values = said.get(name)
    yield from (value for value in values if isinstance(value, dict)) if isinstance(values, list) else ()


def _text(said: Mapping[str, Any], name: str) -> str:
    """A text without halves of characters; numbers are taken too, for ids that are numbers."""
    value = said.get(name)
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
