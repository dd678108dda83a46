"""Look once more at the pages of articles that were told: outlets correct what they published in a hurry.

Seldom and few: what was told is looked at again after an hour and after half a day, nothing else is.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.article.model import Article, Published
from bot.errors import SourceError
from bot.ports.clock import Clock
from bot.ports.editions import EditionStore, PageCheck
from bot.ports.sources import Page, PageFetcher

AT_ONCE = 5
PAUSES = (timedelta(hours=11),)  # after the first look, which comes an hour after the telling


def next_check(now: datetime, checks: int) -> datetime | None:
    """When to look again after so many looks, the present one not counted; None: not any more."""
    return now + PAUSES[checks] if checks < len(PAUSES) else None


@dataclass(kw_only=True)
class PageChecker:
    """Fetches pages of told articles again; one that says other words is read again."""

    store: EditionStore
    fetcher: PageFetcher
    clock: Clock

    async def check_due(self, limit: int = AT_ONCE) -> int:
        """Look at the pages whose time has come; return how many say something else."""
        due = await self.store.pages_to_check(self.clock.now(), limit)
        return sum(await asyncio.gather(*(self._check(one) for one in due)))

    async def _check(self, one: PageCheck) -> bool:
        page = await self._page(one.article)
        now = self.clock.now()
        again = next_check(now, one.checks)
        return await self.store.page_checked(one.article.id, page, now=now, again=again)

    async def _page(self, article: Article) -> Article | None:
        if article.url is None:
            return None
        try:
            page = await self.fetcher.page(article.url)
        except SourceError:
            return None
        return replace(article, text=page.text, edited=_changed(article, page))


def _changed(article: Article, page: Page) -> Published | None:
    """When the page says that it was changed, if that is after what is known; else nobody says when."""
    known = article.edited or article.published
    is_news = page.modified and (known is None or page.modified.at > known.at)
    return page.modified if is_news else None
