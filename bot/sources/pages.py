"""Pages of entries: fetched over HTTP and read for their main text."""

import asyncio

from bot.article.charset import decode
from bot.article.cleaning import clean_text
from bot.article.maintext import MainText, main_text
from bot.article.url import canonical_url
from bot.errors import SourceError
from bot.ports.sources import Page
from bot.sources.client import HttpClient, Response
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"
_READABLE = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")
_PLAIN = "text/plain"


class HttpPages:
    """Fetches pages on the web; fulfils `PageFetcher`."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits
        self._reading = asyncio.Semaphore(1)  # it is work for one core, and trafilatura keeps caches

    async def page(self, url: str) -> Page:
        """Fetch one page and read it.

        Raises:
            SourceError: As `PageFetcher` says; also for half a page, which is worth another try.
        """
        response = await self._client.get(url, headers={"Accept": _ACCEPT}, max_bytes=self._limits.page_bytes)
        kind = (response.content_type or _READABLE[0]).partition(";")[0].strip().lower()
        if kind != _PLAIN and kind not in _READABLE:
            raise SourceError(f"not a page: {kind[:60]}")
        if not response.complete:
            raise SourceError("the page is cut off in the middle")
        async with self._reading:
            found = await in_thread(_read, response, kind)
        return Page(
            url=found.canonical or canonical_url(response.url) or response.url,
            text=found.text,
            title=found.title,
            published=found.published,
            author=found.author,
            lang=found.lang,
            modified=found.modified,
            paywalled=found.wall is not None,
        )


def _read(response: Response, kind: str) -> MainText:
    text = decode(response.body, response.content_type).text
    return MainText(text=clean_text(text)) if kind == _PLAIN else main_text(text, response.url)
