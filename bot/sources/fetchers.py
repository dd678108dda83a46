"""All fetching in one place: the right fetcher for each kind of source, one HTTP client for all."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.errors import SourceError
from bot.ports.sources import FeedFetcher, Fetched, Page, SourceSettings, Validators
from bot.sources.client import HttpClient
from bot.sources.demo_feed import DemoFeed
from bot.sources.discovery import Discoverer, Discovery
from bot.sources.guard import AddressGuard
from bot.sources.http_feeds import HttpFeeds
from bot.sources.kinds.bluesky import BlueskyAccounts
from bot.sources.kinds.folder import Folders
from bot.sources.kinds.mastodon import MastodonAccounts
from bot.sources.kinds.page import IndexPages
from bot.sources.kinds.sitemap import Sitemaps
from bot.sources.kinds.telegram import TelegramChannels
from bot.sources.limits import Limits
from bot.sources.pages import HttpPages
from bot.sources.websub import Hubs


class Fetchers:
    """Polls sources of every kind and fetches pages; fulfils `FeedFetcher` and `PageFetcher`.

    Args:
        now: The current moment, timezone-aware. The demo articles are dated from its first value.
        limits: Bytes, seconds and numbers; the defaults unless given.
        allow: Networks (CIDR) that may be connected to though they are not public.

    Raises:
        ValueError: An entry of `allow` is no network.
    """

    def __init__(
        self, *, now: Callable[[], datetime], limits: Limits | None = None, allow: Iterable[str] = ()
    ) -> None:
        self._limits = limits = limits or Limits()
        self._client = HttpClient(now=now, limits=limits, guard=AddressGuard(allow))
        self._pages = HttpPages(self._client, limits)
        self.hubs = Hubs(self._client, limits)
        self._kinds: dict[str, FeedFetcher] = {
            "feed": HttpFeeds(self._client, limits),
            "page": IndexPages(self._client, limits),
            "sitemap": Sitemaps(self._client, limits),
            "telegram": TelegramChannels(self._client, limits),
            "mastodon": MastodonAccounts(self._client, limits),
            "bluesky": BlueskyAccounts(self._client, limits),
            "folder": Folders(now=now, limits=limits),
            "demo": DemoFeed(started=now()),
        }

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Poll one source.

        Raises:
            SourceError: As `FeedFetcher` says, or a kind that nobody knows.
        """
        fetcher = self._kinds.get(source.kind)
        if fetcher is None:
            raise SourceError(f"kind `{source.kind}` is not known: use {', '.join(self._kinds)}")
        return await fetcher.fetch(source, known)

    async def page(self, url: str) -> Page:
        """Fetch one page and read its main text.

        Raises:
            SourceError: As `PageFetcher` says.
        """
        return await self._pages.page(url)

    async def discover(self, written: str, tried: Callable[[str], None] = lambda _: None) -> Discovery:
        """Find the source behind an address that somebody copied; `tried` hears what is asked.

        Raises:
            SourceError: There is none; why.
        """
        return await Discoverer(self._client, self, self._limits, tried).find(written)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()
