"""Sources of the kind `sitemap`: a news sitemap, an ordinary one, or an index of sitemaps.

Of an index the newest few are followed, those that call themselves news first; what they name in turn is
not followed. A sitemap may list every page of a site since its beginning, so only the newest are looked at.
"""

import asyncio
import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from bot.article.charset import decode
from bot.article.markup import legal_markup
from bot.article.model import Entry
from bot.article.url import absolute_url
from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient, Response
from bot.sources.decompression import TooLargeError, unzipped
from bot.sources.feeds import Feed
from bot.sources.http_feeds import conditional, unchanged, with_wishes
from bot.sources.kinds.outcome import known_alike, outcome
from bot.sources.kinds.posts import Post, entries_of
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

FOLLOWED = 5  # sitemaps of one index
_SPARE = 4  # times as many addresses are looked at as entries are taken
_ACCEPT = "application/xml, text/xml;q=0.9, */*;q=0.5"
_DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_HTML = re.compile(r"(?:<!doctype\s+html|<html)\b", re.IGNORECASE)
_HEAD = 8_192  # characters in which a document type must stand
_OLDEST = datetime.min.replace(tzinfo=UTC)
_FEEDS = frozenset(("rss", "feed", "rdf"))


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """One sitemap, read.

    Attributes:
        posts: Its pages; where some are news, only those.
        sitemaps: Of an index, the addresses to follow, the most promising first.
        found: How many pages it names.
    """

    posts: tuple[Post, ...] = ()
    sitemaps: tuple[str, ...] = ()
    found: int = 0


class Sitemaps:
    """Polls sitemaps."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Ask for the sitemap; of an index, for the sitemaps it names.

        Raises:
            SourceError: As `FeedFetcher` says; no sitemap, or none of an index can be had.
        """
        known = known_alike(known, source)
        response, sitemap = await self._sitemap(source.url, known)
        if sitemap is None:
            return with_wishes(unchanged(known), response, source.url)
        if not sitemap.sitemaps:
            feed = _feed([sitemap], (), self._limits)
            return with_wishes(outcome(feed, source, known, response=response), response, source.url)
        sitemaps, notes = await self._followed(sitemap.sitemaps)
        # An index may stay as it is while its sitemaps change: no validators are kept of it.
        return outcome(_feed(sitemaps, notes, self._limits), source, known)

    async def _sitemap(self, url: str, known: Validators) -> tuple[Response, Sitemap | None]:
        """One sitemap; None where it is the known one."""
        headers = conditional(known, _ACCEPT)
        response = await self._client.get(url, headers=headers, max_bytes=self._limits.feed_bytes)
        if response.unchanged:
            return response, None
        return response, await in_thread(read_sitemap, response, self._limits)

    async def _followed(self, urls: Sequence[str]) -> tuple[list[Sitemap], list[str]]:
        """The sitemaps of an index, and one line for each that failed.

        Raises:
            SourceError: All of them failed; the reason of the first.
        """
        chosen = urls[:FOLLOWED]
        tries = (self._sitemap(url, Validators()) for url in chosen)
        answers = await asyncio.gather(*tries, return_exceptions=True)
        failures = [answer for answer in answers if isinstance(answer, SourceError)]
        unforeseen = [one for one in answers if isinstance(one, BaseException) and one not in failures]
        if unforeseen:
            raise unforeseen[0]
        if len(failures) == len(chosen):
            raise failures[0]
        sitemaps = [answer[1] for answer in answers if not isinstance(answer, BaseException)]
        return [one for one in sitemaps if one], [f"one of its sitemaps: {failure}" for failure in failures]


def read_sitemap(response: Response, limits: Limits) -> Sitemap:
    """Read a sitemap or an index of sitemaps; of a broken one, what can be had.

    Raises:
        SourceError: It is none, or declares entities.
    """
    root = _root(response, limits)
    name = _name(root)
    if name == "sitemapindex":
        return Sitemap(sitemaps=tuple(_sitemaps(root, response.url)))
    if name != "urlset":
        raise SourceError(_no_sitemap(name))
    pages = [child for child in root if _name(child) == "url"]
    news = [page for page in pages if any(_name(part) == "news" for part in page)]
    posts = [_page(page, response.url) for page in news or pages]
    latest = heapq.nlargest(_SPARE * limits.entries, posts, key=lambda post: post.published)
    return Sitemap(posts=tuple(latest), found=len(posts))


def _root(response: Response, limits: Limits) -> Any:
    try:
        body = unzipped(response.body, limits.feed_bytes)
    except TooLargeError as error:
        raise SourceError(f"larger than {limits.feed_bytes / 1_000_000:g} MB: refused") from error
    text = legal_markup(decode(body, response.content_type).text).lstrip()
    if _DECLARES.search(text, 0, _HEAD):
        raise SourceError("the sitemap declares XML entities, which is refused as unsafe")
    if _HTML.match(text):
        raise SourceError(_no_sitemap("html"))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise SourceError("not a sitemap: the document cannot be understood")
    return root


def _no_sitemap(name: str) -> str:
    if name in _FEEDS:
        return "not a sitemap but a feed: write `kind: feed`"
    if name == "html":
        return "page is HTML, not a sitemap: `kind: page` reads a page's links"
    return f"not a sitemap: the document is <{name[:40]}>"


def _sitemaps(root: Any, url: str) -> Iterator[str]:
    """Addresses of an index: news first, then by the date of their last change."""
    parts = [_parts(child) for child in root if _name(child) == "sitemap"]
    parts.sort(
        key=lambda part: ("news" in part.get("loc", "").lower(), part.get("lastmod", "")), reverse=True
    )
    for part in parts:
        if link := absolute_url(part.get("loc", ""), url):
            yield link


def _page(page: Any, url: str) -> Post:
    parts = _parts(page)
    news = next((_parts(part) for part in page if _name(part) == "news"), {})
    changed, published = parts.get("lastmod", ""), news.get("publication_date", "")
    return Post(
        id=parts.get("loc", ""),
        link=parts.get("loc", ""),
        title=news.get("title", ""),
        published=published or changed,
        updated=changed,
        base=url,
    )


def _feed(sitemaps: Sequence[Sitemap], notes: Sequence[str], limits: Limits) -> Feed:
    """The newest pages of all sitemaps."""
    distinct = {post.link: post for sitemap in sitemaps for post in sitemap.posts}
    found = sum(sitemap.found for sitemap in sitemaps)
    entries, skipped = entries_of(distinct.values())
    entries = sorted(entries, key=_moment, reverse=True)[: limits.entries]
    more = (f"{found:,} pages: the newest {limits.entries:,} taken",) if found > limits.entries else ()
    return Feed(entries=tuple(entries), skipped=skipped, notes=(*notes, *more))


def _moment(entry: Entry) -> datetime:
    return entry.published.at if entry.published else _OLDEST


def _parts(element: Any) -> dict[str, str]:
    """Texts of the direct children by their names."""
    return {_name(child): (child.text or "").strip() for child in reversed(element)}


def _name(element: Any) -> str:
    """The name without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
