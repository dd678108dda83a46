"""Posts and links as servers give them, made into entries by the same cleaning as those of feeds."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, cast
from xml.sax.saxutils import escape

from bot.article.model import Entry
from bot.sources.entries import entries_from
from bot.sources.items import Item


@dataclass(frozen=True, kw_only=True)
class Post:
    """What one post or link says: raw texts, `content` and names in HTML, dates as written.

    Attributes:
        base: What `link` is relative to.
        outlet: Who said it, where it is repeated from somebody else.
    """

    id: str
    link: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    outlet: str = ""
    base: str = ""


def entries_of(posts: Iterable[Post]) -> tuple[list[Entry], int]:
    """The entries of posts in their order, and how many said nothing and were left out."""
    entries, skipped = entries_from([_item(post) for post in posts])
    return [changed(entry) for entry in entries], skipped


def changed(entry: Entry, **changes: Any) -> Entry:
    """The entry with other values; its texts, which a feed cleans late, are cleaned now."""
    values = {field.name: getattr(entry, field.name) for field in fields(Entry)}
    return Entry(**values | changes)


def as_html(text: str) -> str:
    """Plain text as HTML that shows the same."""
    return escape(text).replace("\n", "<br>")


def _item(post: Post) -> Item:
    """The post as an item of a feed, whose keys are those of a post and more."""
    return cast("Item", {name: text for name, text in vars(post).items() if text})
