"""Finding the source behind an address."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import SourceError
from bot.sources.discovery import is_legible, web_address
from bot.sources.fetchers import Fetchers
from tests.fakes.feed_server import FeedServer, Reply
from tests.sources.kinds.samples import mastodon_rss, news_url, sitemap
from tests.sources.samples import ATOM, HTML, JSON_FEED, LOOPBACK, RSS, noon

WEB = "text/html; charset=utf-8"
FRONT = """<!doctype html><title>Tagesblatt</title><main><h2>
<a href="/hafen-bekommt-zwei-liegeplaetze-4711.html">
Hafen bekommt zwei Liegeplätze</a></h2></main>"""


@pytest.fixture
async def fetchers() -> AsyncIterator[Fetchers]:
    """All fetchers, which may go to loopback."""
    opened = Fetchers(now=noon, allow=LOOPBACK)
    yield opened
    await opened.close()


def page(*links: str) -> Reply:
    """A page that names these feeds, as `address type`."""
    named = "".join(
        f'<link rel="alternate" type="application/{kind}" href="{address}">'
        for address, kind in map(str.split, links)
    )
    return Reply(body=HTML.replace("<title>", f"{named}<title>"), content_type=WEB)


async def found(fetchers: Fetchers, url: str) -> tuple[str, str]:
    """Kind and address of what is found."""
    discovery = await fetchers.discover(url)
    assert discovery.fetched.entries
    return discovery.source.kind, discovery.source.url


@pytest.mark.parametrize("body", [RSS, ATOM, JSON_FEED], ids=["rss", "atom", "json"])
async def test_feed(server: FeedServer, fetchers: Fetchers, body: str) -> None:
    """The address of a feed is that feed."""
    url = server.script("/f", Reply(body=body))
    assert await found(fetchers, url) == ("feed", url)


async def test_named_feed(server: FeedServer, fetchers: Fetchers) -> None:
    """A page's feed is found, that of its comments last, and the others are told."""
    server.script("/comments/rss", Reply(body=RSS))
    server.script("/gone", Reply(status=404))
    feed = server.script("/rss", Reply(body=RSS))
    links = "/comments/rss rss+xml", "/gone rss+xml", "/rss rss+xml", "/atom atom+xml"
    discovery = await fetchers.discover(server.script("/", page(*links)))
    assert discovery.source.url == feed
    assert [one.url for one in discovery.others] == [
        server.url("/gone"),
        server.url("/atom"),
        server.url("/comments/rss"),
    ]


async def test_usual_place(server: FeedServer, fetchers: Fetchers) -> None:
    """Where a page names none, the usual places are tried: below the section first."""
    section = server.script("/politik/", Reply(body=HTML, content_type=WEB))
    whole = server.script("/feed.xml", Reply(body=RSS))
    assert await found(fetchers, section) == ("feed", whole)
    own = server.script("/politik/rss", Reply(body=RSS))
    assert await found(fetchers, section) == ("feed", own)


async def test_sitemaps(server: FeedServer, fetchers: Fetchers) -> None:
    """A news sitemap is found by its address and by robots.txt; one of all pages is not wanted."""
    body = sitemap(news_url("/hafen", "Hafen zu"))
    news = server.script("/sitemap-news.xml", Reply(body=body, content_type="application/xml"))
    assert await found(fetchers, news) == ("sitemap", news)
    robots = f"User-agent: *\nSitemap: {server.url('/all.xml')}\nsitemap: {news}\n"
    server.script("/robots.txt", Reply(body=robots, content_type="text/plain"))
    front = server.script("/", Reply(body=HTML, content_type=WEB))
    assert await found(fetchers, front) == ("sitemap", news)
    assert "/all.xml" not in [request.path for request in server.requests]


async def test_page(server: FeedServer, fetchers: Fetchers) -> None:
    """At last the page itself is the source, by its links."""
    front = server.script("/", Reply(body=FRONT, content_type=WEB))
    assert await found(fetchers, front) == ("page", front)


async def test_mastodon(server: FeedServer, fetchers: Fetchers) -> None:
    """A profile is an account where it has the account's feed; elsewhere it is a page like any other."""
    server.script("/@amt.rss", Reply(body=mastodon_rss("<p>Zu.</p>")))
    assert await found(fetchers, server.url("/@amt")) == ("mastodon", server.url("/@amt"))
    feed = server.script("/feed/@post", Reply(body=RSS))
    profile = server.script("/@post", page("/feed/@post rss+xml"))
    assert await found(fetchers, profile) == ("feed", feed)


async def test_nothing(server: FeedServer, fetchers: Fetchers) -> None:
    """Where nothing is, the last reason is told; where nobody answers, that."""
    with pytest.raises(SourceError, match=r"nothing to follow at .*: no links that look like"):
        await fetchers.discover(server.script("/", Reply(body=HTML, content_type=WEB)))
    with pytest.raises(SourceError, match="HTTP 404"):
        await fetchers.discover(server.url("/nowhere"))


async def test_inside_stays_closed(server: FeedServer) -> None:
    """An address of the own network is refused here too."""
    fetchers = Fetchers(now=noon)
    with pytest.raises(SourceError, match="not public"):
        await fetchers.discover(server.script("/", Reply(body=RSS)))
    await fetchers.close()


async def test_what_is_tried_is_told(server: FeedServer, fetchers: Fetchers) -> None:
    """Each request is told before it is made."""
    told: list[str] = []
    feed = server.script("/rss", Reply(body=RSS))
    front = server.script("/", page("/rss rss+xml"))
    await fetchers.discover(front, told.append)
    assert told == [front, feed]


@pytest.mark.parametrize(
    ("url", "legible"),
    [
        ("https://a.example/rss?x=1&y=ä", True),
        ("https://a.example/\u202erss", False),
        ("https://a.example/\x9b31m", False),
        ("javascript:alert(1)", False),
        ("/rss", False),
    ],
)
def test_legible(url: str, *, legible: bool) -> None:
    """An address that would play with a terminal is not shown; it is no loss."""
    assert is_legible(url) == legible


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tagesblatt.example", "https://tagesblatt.example"),
        (" http://tagesblatt.example/x ", "http://tagesblatt.example/x"),
        ("@amt@social.example", "https://social.example/@amt"),
        ("amt@social.example", "https://social.example/@amt"),
        ("@amt.example", "https://bsky.app/profile/amt.example"),
        ("localhost:8080/feed", "https://localhost:8080/feed"),
    ],
)
def test_written(written: str, meant: str) -> None:
    """People leave out what is understood."""
    assert web_address(written) == meant


@pytest.mark.parametrize("written", ["", "tagesblatt", "file:///etc/passwd", "ftp://a.example", "a b"])
def test_no_address(written: str) -> None:
    """What is no address is told with the form of one."""
    with pytest.raises(SourceError, match="is no address: write one such as"):
        web_address(written)
