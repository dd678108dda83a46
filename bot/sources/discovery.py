"""Finding the source behind an address that somebody copied from a browser.

In this order: what the address itself shows; the document that lies there, if it is a feed or a sitemap; the
feeds that its page names; the places where feeds usually lie; the news sitemaps that `robots.txt` names; at
last the page itself, by its links. The first that gives entries is it.
"""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.article.cleaning import one_line
from bot.article.url import absolute_url, host_of
from bot.errors import SourceError
from bot.ports.sources import FeedFetcher, Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient, Response
from bot.sources.kinds.addresses import known_address, mastodon_account
from bot.sources.kinds.answers import html_tree
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

NAMED = 5  # feeds that a page names and that are tried
SITEMAPS = 3
_USUAL = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "news-sitemap.xml")
_FEED_TYPES = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)", re.IGNORECASE)
_PROLOG = r"(?:<\?.*?\?>\s*|<!--.*?-->\s*)*"
_SITEMAP_ROOT = re.compile(_PROLOG + r"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.DOTALL)
_PAGE = re.compile(_PROLOG + r"<(?:!doctype\s+html|html)\b", re.DOTALL | re.IGNORECASE)
_HANDLE = re.compile(r"@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)")
_BLUESKY_HANDLE = re.compile(r"@([\w-]+(?:\.[\w-]+)+)")
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_ACCEPT = {"Accept": "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8"}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Where a source may lie; `title` is what its page calls it."""

    kind: str
    url: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """The source that was found.

    Attributes:
        fetched: What it gives now.
        links: CSS selector that somebody named for a page, or None.
        others: What else the page names, not tried.
    """

    source: Candidate
    fetched: Fetched
    links: str | None = None
    others: tuple[Candidate, ...] = ()


class Discoverer:
    """Tries candidates, one after the other.

    Args:
        client: Gets documents.
        fetcher: Polls sources of every kind.
        limits: Bytes of a document.
        tried: Called with each address before it is asked, to show that something goes on.
    """

    def __init__(
        self, client: HttpClient, fetcher: FeedFetcher, limits: Limits, tried: Callable[[str], None]
    ) -> None:
        self._client = client
        self._fetcher = fetcher
        self._limits = limits
        self._tried = tried

    async def find(self, written: str) -> Discovery:
        """Find the source.

        Args:
            written: An address, with or without `https://`, or a handle: `@name@social.example` of Mastodon,
                `@name.example` of Bluesky.

        Raises:
            SourceError: There is none, or nothing at all at this address; why.
        """
        url = web_address(written)
        seen: set[Candidate] = set()
        why = "no entries"
        async for group in self._candidates(url):
            for candidate in group[:NAMED]:
                if candidate in seen:
                    continue
                seen.add(candidate)
                try:
                    fetched = await self._fetch(candidate)
                except SourceError as error:
                    why = str(error)
                    continue
                if fetched.entries:
                    others = tuple(one for one in group if one != candidate)
                    return Discovery(source=candidate, fetched=fetched, others=others)
        raise SourceError(f"nothing to follow at {one_line(url, 200)}: {why}")

    async def _fetch(self, candidate: Candidate) -> Fetched:
        self._tried(candidate.url)
        settings = SourceSettings(
            id="discovery", kind=candidate.kind, url=candidate.url, name=host_of(candidate.url)
        )
        return await self._fetcher.fetch(settings, Validators())

    async def _candidates(self, url: str) -> AsyncIterator[tuple[Candidate, ...]]:
        """Groups that may hold it, surest first; what needs a request comes only when it is asked for."""
        if sure := known_address(url):
            yield (Candidate(kind=sure[0], url=sure[1]),)
            return
        if account := mastodon_account(url):
            yield (Candidate(kind="mastodon", url=account.url),)
        response = await self._document(url)
        if kind := _kind_of(response):
            yield (Candidate(kind=kind, url=url),)
        yield await in_thread(named_feeds, response)
        for place in _usual_places(response.url):
            yield (Candidate(kind="sitemap" if "sitemap" in place else "feed", url=place),)
        yield tuple(Candidate(kind="sitemap", url=place) for place in await self._sitemaps(response.url))
        yield (Candidate(kind="page", url=url),)

    async def _document(self, url: str) -> Response:
        self._tried(url)
        return await self._client.get(url, headers=_ACCEPT, max_bytes=self._limits.feed_bytes)

    async def _sitemaps(self, url: str) -> list[str]:
        """News sitemaps that the site's robots.txt names."""
        try:
            robots = await self._document(urljoin(url, "/robots.txt"))
        except SourceError:
            return []
        named = _SITEMAP.findall(robots.body.decode("utf-8", "replace"))
        return [link for link in named if "news" in link.lower() and is_legible(link)][:SITEMAPS]


def web_address(written: str) -> str:
    """The address that somebody means.

    Raises:
        SourceError: It is none.
    """
    written = written.strip()
    if handle := _HANDLE.fullmatch(written):
        return f"https://{handle[2]}/@{handle[1]}"
    if handle := _BLUESKY_HANDLE.fullmatch(written):
        return f"https://bsky.app/profile/{handle[1]}"
    url = absolute_url(written if "://" in written else f"https://{written}", None)
    if url is None or not re.search(r"[.:]|^localhost$", host_of(url)):
        raise SourceError(
            f"`{one_line(written, 80)}` is no address: write one such as https://tagesblatt.example"
        )
    return url


def is_legible(url: str) -> bool:
    """Whether an address that a stranger wrote is a web address in clear signs, fit to be shown."""
    return absolute_url(url, None) == url and one_line(url, len(url)) == url


def named_feeds(response: Response) -> tuple[Candidate, ...]:
    """The feeds that a page names, in its order; those of comments come last."""
    try:
        tree = html_tree(response)
    except SourceError:
        return ()
    found = {one.url: one for one in _alternates(tree, response.url)}
    return tuple(sorted(found.values(), key=lambda one: "comment" in f"{one.url} {one.title}".lower()))


def _alternates(tree: Any, url: str) -> Iterator[Candidate]:
    for link in tree.iterfind(".//link[@href]"):
        is_feed = "alternate" in (link.get("rel") or "").lower().split()
        if is_feed and _FEED_TYPES.search(link.get("type") or ""):
            address = absolute_url(link.get("href"), url)
            if address and is_legible(address):
                kind, address = known_address(address) or ("feed", address)
                yield Candidate(kind=kind, url=address, title=one_line(link.get("title") or "", 100))


def _kind_of(response: Response) -> str | None:
    """What the document itself is tried as; None for a page, which the others come before."""
    head = response.body[:8_192].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if _PAGE.match(head):
        return None
    return "sitemap" if _SITEMAP_ROOT.match(head) else "feed"


def _usual_places(url: str) -> Iterator[str]:
    """Below the address, where it is a folder of the site, then below the site itself."""
    path = urlsplit(url).path
    folder = path if path.endswith("/") else f"{path}/"
    if folder != "/" and "." not in path.rpartition("/")[2]:
        yield from (urljoin(url, folder + name) for name in _USUAL[:2])
    yield from (urljoin(url, f"/{name}") for name in _USUAL)
