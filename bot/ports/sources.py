"""Fetching from sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.article.model import Entry, Published


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What a conditional GET sends back to the server."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """One successful poll of a source.

    Attributes:
        changed: False for 304 and for a body whose hash is the known one; then `entries` is empty.
        entries: In the order of the feed; broken ones left out and counted in `skipped`.
        note: One line where the feed was odd but usable, or None.
        wish: How long the feed asks to be left alone (ttl, syndication), or None.
        max_age: How long the server says that its answer holds (Cache-Control), or None.
        moved_to: Where the server says that the feed moved for good, or None.
        hub: Address of the WebSub hub that pushes it, or None.
        topic: The name under which the hub knows it, or None.
    """

    changed: bool
    entries: tuple[Entry, ...] = ()
    validators: Validators = Validators()
    title: str | None = None
    skipped: int = 0
    note: str | None = None
    wish: timedelta | None = None
    max_age: timedelta | None = None
    moved_to: str | None = None
    hub: str | None = None
    topic: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A fetched page, read.

    Attributes:
        url: Its address by its own word, else where it was found; canonical.
        text: Main text in paragraphs; empty if there is none.
        modified: When it was last changed, by its own word.
        paywalled: Only subscribers may read all of it; `text` may be but its beginning.
    """

    url: str
    text: str
    title: str | None = None
    published: Published | None = None
    author: str | None = None
    lang: str | None = None
    modified: Published | None = None
    paywalled: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceSettings:
    """What a fetcher needs to know of a source.

    Attributes:
        options: Those of its kind.
        interval: How often it is to be asked; None: as its rhythm says.
    """

    id: str
    kind: str
    url: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    interval: timedelta | None = None


class FeedFetcher(Protocol):
    """Polls one source."""

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Ask the source once, within its limits of time and bytes.

        Raises:
            SourceError: Not reachable, refused, not a feed, too large, …; one line why.
        """
        ...


class PageFetcher(Protocol):
    """Fetches the page of an entry and reads its main text."""

    async def page(self, url: str) -> Page:
        """Fetch one page.

        Raises:
            SourceError: Not reachable, refused by the address guard, not a page, too large, …
        """
        ...
