"""Sources of the kind `sitemap`: a news sitemap, an ordinary one, or an index of sitemaps.

Of an index the newest few are followed, those that call themselves news first; what they name in turn is
not followed. A sitemap may list every page of a site since its beginning, so only the newest are looked at.
"""

import asyncio
import heapq
import re
from collections.abc import Sequence
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
_SPARE = 2  # times as many addresses are looked at as entries are taken
_ACCEPT = "application/xml, text/xml;q=0.9, */*;q=0.5"
_DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_HTML = re.compile(r"(?:<!doctype\s+html|<html)\b", re.IGNORECASE)
_MARK = "lastmod:"  # before what is known of an index, in the place of an ETag
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
    sitemaps: tuple["Part", ...] = ()
    found: int = 0


@dataclass(frozen=True, kw_only=True)
class Part:
    """One sitemap of an index; `changed` is when, as written, or empty."""

    url: str
    changed: str

    def is_news_since(self, mark: str) -> bool:
        """Whether it may hold something that it did not at `mark`; a bare day may change until its end."""
        if not self.changed or "T" not in self.changed:
            return not self.changed or self.changed >= mark[: len(self.changed)]
        return self.changed > mark


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
        is_index = (known.etag or "").startswith(_MARK)
        response, sitemap = await self._sitemap(source.url, Validators() if is_index else known)
        if sitemap is None:
            return with_wishes(unchanged(known), response, source.url)
        if sitemap.sitemaps:
            return await self._index(sitemap.sitemaps, source, known if is_index else Validators())
        feed = _feed([sitemap], (), self._limits)
        return with_wishes(outcome(feed, source, known, response=response), response, source.url)

    async def _index(self, parts: Sequence[Part], source: SourceSettings, known: Validators) -> Fetched:
        """What the sitemaps of an index hold that changed since they were followed last."""
        mark = (known.etag or "").removeprefix(_MARK)
        changed = [part for part in parts if part.is_news_since(mark)][:FOLLOWED]
        if not changed and known.etag:
            return Fetched(changed=False, validators=known)
        sitemaps, notes = await self._followed([part.url for part in changed])
        # What failed is asked for again: then the mark stays where it is.
        latest = mark if notes else max([mark, *(part.changed for part in changed)])
        return outcome(_feed(sitemaps, notes, self._limits), source, known, mark=_MARK + latest)

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
        tries = (self._sitemap(url, Validators()) for url in urls)
        answers = await asyncio.gather(*tries, return_exceptions=True)
        failures = [answer for answer in answers if isinstance(answer, SourceError)]
        unforeseen = [one for one in answers if isinstance(one, BaseException) and one not in failures]
        if unforeseen:
            raise unforeseen[0]
        if failures and len(failures) == len(urls):
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
    pages = root.findall("{*}url")
    news = [page for page in pages if page.find("{*}news") is not None]
    latest = heapq.nlargest(_SPARE * limits.entries, news or pages, key=_dated)
    return Sitemap(posts=tuple(_page(page, response.url) for page in latest), found=len(news or pages))


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


def _sitemaps(root: Any, url: str) -> list[Part]:
    """The sitemaps of an index: news first, then by the date of their last change."""
    found = [
        Part(url=link, changed=_text(one, "{*}lastmod"))
        for one in root.findall("{*}sitemap")
        if (link := absolute_url(_text(one, "{*}loc"), url))
    ]
    return sorted(found, key=lambda part: ("news" in part.url.lower(), part.changed), reverse=True)


def _dated(page: Any) -> str:
    """When a page was published or changed, as written, which sorts well enough to choose by."""
    return _text(page, "{*}news/{*}publication_date") or _text(page, "{*}lastmod")


def _page(page: Any, url: str) -> Post:
    link = _text(page, "{*}loc")
    return Post(
        id=link,
        link=link,
        title=_text(page, "{*}news/{*}title"),
        published=_dated(page),
        updated=_text(page, "{*}lastmod"),
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


def _text(element: Any, path: str) -> str:
    return str(element.findtext(path) or "").strip()


def _name(element: Any) -> str:
    """The name without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
