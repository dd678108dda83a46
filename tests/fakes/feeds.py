"""Fetchers that give what a test pushed."""

from collections import defaultdict

from bot.article.model import Entry
from bot.errors import SourceError
from bot.ports.sources import Fetched, Page, SourceSettings, Validators


class FakeFeeds:
    """Fulfils `FeedFetcher` and `PageFetcher` from memory."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = defaultdict(list)
        self.errors: dict[str, SourceError] = {}
        self.pages: dict[str, Page] = {}
        self.edits = 0

    def push(self, source_id: str, *entries: Entry) -> None:
        """Publish entries in a source's feed."""
        self.entries[source_id].extend(entries)

    def edit(self, source_id: str, entry: Entry) -> None:
        """Let a source say an entry otherwise."""
        kept = [entry if one.key == entry.key else one for one in self.entries[source_id]]
        self.entries[source_id] = kept
        self.edits += 1

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """All entries of the source so far, or its error."""
        if source.id in self.errors:
            raise self.errors[source.id]
        entries = tuple(self.entries[source.id])
        etag = f"{len(entries)} {self.edits}"
        return Fetched(changed=etag != known.etag, entries=entries, validators=Validators(etag=etag))

    async def page(self, url: str) -> Page:
        """A page that was put, else an error."""
        if url not in self.pages:
            raise SourceError("HTTP 404")
        return self.pages[url]
