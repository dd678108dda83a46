"""Fetch the pages of entries that came without their full text."""

import asyncio
from dataclasses import dataclass, replace

from bot.article.model import Article
from bot.errors import SourceError
from bot.ports.clock import Clock
from bot.ports.sources import PageFetcher
from bot.ports.store import ArticleState, ArticleStore, Waiting

AT_ONCE = 10
TRIES = 3


@dataclass(kw_only=True)
class PageReader:
    """Turns listed articles into fetched ones; what cannot be fetched keeps its summary."""

    store: ArticleStore
    fetcher: PageFetcher
    clock: Clock

    async def fetch_waiting(self, limit: int = AT_ONCE) -> int:
        """Fetch the pages of the oldest listed articles; return how many were handled."""
        waiting = await self.store.waiting(ArticleState.LISTED, limit)
        await asyncio.gather(*(self._fetch(item) for item in waiting))
        return len(waiting)

    async def _fetch(self, item: Waiting) -> None:
        article = item.article
        attempt = await self.store.count_attempt(article.id, now=self.clock.now())
        if article.url and attempt <= TRIES:
            article = await self._with_page(item, article.url)
        await self.store.page_fetched(article, now=self.clock.now())

    async def _with_page(self, item: Waiting, url: str) -> Article:
        article = item.article
        try:
            page = await self.fetcher.page(url)
        except SourceError:
            return article
        # A page that says less than the feed (a consent wall, a teaser) is no gain.
        if len(page.text) < _own_length(item):
            return replace(article, paywalled=page.paywalled)
        return replace(
            article,
            text=page.text,
            title=article.title or page.title,
            published=article.published or page.published,
            lang=article.lang or page.lang,
            author=article.author or page.author,
            paywalled=page.paywalled,
        )


def _own_length(item: Waiting) -> int:
    """Characters that the feed itself gives; the text of an edited article may still be that of its page."""
    if item.article.edited is None or item.entry is None:
        return len(item.article.text)
    return len(item.entry.summary or "")
