"""Fetching from sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """

    changed: bool
    entries: tuple[Entry, ...] = ()
    validators: Validators = Validators()
    title: str | None = None
    skipped: int = 0
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A fetched page, read: main text in paragraphs; empty if there is none."""

    url: str
    text: str
    title: str | None = None
    published: Published | None = None
    author: str | None = None
    lang: str | None = None


@dataclass(frozen=True, kw_only=True)
class SourceSettings:
    """What a fetcher needs to know of a source; `options` are those of its kind."""

    id: str
    kind: str
    url: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict)


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
