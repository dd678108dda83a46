import pytest

from bot.errors import SourceError
from bot.ports.sources import Validators
from bot.sources.client import HttpClient
from bot.sources.kinds.sitemap import FOLLOWED, Sitemaps
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply
from tests.sources.kinds.samples import news_url, poll, sitemap, sitemap_index
from tests.sources.samples import BILLION_LAUGHS, HTML, RSS, XXE

XML = "application/xml"
HAFEN = news_url("https://tagesblatt.example/hafen", "Hafen &amp; Fähre zu")
RAT = news_url("/rat", "Rat tagt", "2026-03-03")


@pytest.fixture
def sitemaps(client: HttpClient, limits: Limits) -> Sitemaps:
    """The fetcher of sitemaps."""
    return Sitemaps(client, limits)


async def test_news(server: FeedServer, sitemaps: Sitemaps) -> None:
    """A news sitemap gives title, link and date of each article, newest first; links may be relative."""
    url = server.script("/news.xml", Reply(body=sitemap(HAFEN, RAT), content_type=XML))
    entries = (await poll(sitemaps, "sitemap", url)).entries
    assert [(entry.title, str(entry.published)) for entry in entries] == [
        ("Rat tagt", "2026-03-03"),
        ("Hafen & Fähre zu", "2026-03-02T09:00:00+01:00"),
    ]
    assert [entry.link for entry in entries] == [server.url("/rat"), "https://tagesblatt.example/hafen"]
    assert not any(entry.whole for entry in entries)


async def test_news_among_others(server: FeedServer, sitemaps: Sitemaps) -> None:
    """Where some pages are news the others are not."""
    old = "<url><loc>https://tagesblatt.example/alt</loc><lastmod>2026-03-09</lastmod></url>"
    url = server.script("/s.xml", Reply(body=sitemap(old, HAFEN), content_type=XML))
    assert [entry.title for entry in (await poll(sitemaps, "sitemap", url)).entries] == ["Hafen & Fähre zu"]


async def test_ordinary(server: FeedServer, client: HttpClient) -> None:
    """Of an ordinary sitemap only the newest pages are taken, by the date of their change; it is said."""
    urls = [
        f"<url><loc>https://a.example/{day}</loc><lastmod>2026-01-{day:02}</lastmod></url>"
        for day in range(1, 31)
    ]
    url = server.script("/s.xml", Reply(body=sitemap(*urls, news=False), content_type=XML))
    fetched = await poll(Sitemaps(client, Limits(entries=2)), "sitemap", url)
    assert [entry.link for entry in fetched.entries] == ["https://a.example/30", "https://a.example/29"]
    assert fetched.note == "30 pages: the newest 2 taken"


async def test_conditional(server: FeedServer, sitemaps: Sitemaps) -> None:
    """What the server gave as validator is sent back; a 304 changes nothing."""
    url = server.script("/s.xml", Reply(body=sitemap(HAFEN), content_type=XML, etag='"1"'))
    first = await poll(sitemaps, "sitemap", url)
    second = await poll(sitemaps, "sitemap", url, first.validators)
    assert (second.changed, second.validators) == (False, first.validators)


async def test_index(server: FeedServer, sitemaps: Sitemaps) -> None:
    """Of an index those that call themselves news are followed first, then the newest, and not too many."""
    for name in "abcdefg":
        page = news_url(f"https://t.example/{name}", name.upper())
        server.script(f"/{name}.xml", Reply(body=sitemap(page), content_type=XML))
    days = [(f"/{name}.xml", f"2026-03-0{day}") for day, name in enumerate("abcdefg", 1)]
    server.script("/news-x.xml", Reply(body=sitemap(HAFEN), content_type=XML, zipped=True))
    body = sitemap_index(("/news-x.xml", "2020-01-01"), *days)
    url = server.script("/index.xml", Reply(body=body, content_type=XML))
    fetched = await poll(sitemaps, "sitemap", url)
    asked = [request.path for request in server.requests[1:]]
    assert sorted(asked) == ["/d.xml", "/e.xml", "/f.xml", "/g.xml", "/news-x.xml"]
    assert len(fetched.entries) == FOLLOWED


async def test_index_again(server: FeedServer, sitemaps: Sitemaps) -> None:
    """Of a known index those sitemaps are asked for that changed since, or only say their day."""
    for name in "abc":
        server.script(f"/{name}.xml", Reply(body=sitemap(HAFEN), content_type=XML))
    first = sitemap_index(("/a.xml", "2026-03-02T08:00:00Z"), ("/b.xml", "2026-03-02T09:00:00Z"))
    days = sitemap_index(("/a.xml", "2026-03-02T08:00:00Z"), ("/c.xml", "2026-03-02"))
    later = sitemap_index(("/a.xml", "2026-03-02T10:00:00Z"), ("/b.xml", "2026-03-02T09:00:00Z"))
    replies = (Reply(body=body, content_type=XML, etag='"1"') for body in (first, first, days, later))
    url = server.script("/index.xml", *replies)
    known, asked = Validators(), []
    for _ in range(4):
        server.requests.clear()
        fetched = await poll(sitemaps, "sitemap", url, known)
        known = fetched.validators
        asked.append("".join(sorted(request.path[1] for request in server.requests)))
        assert "If-None-Match" not in server.requests[0].headers
    assert asked == ["abi", "i", "ci", "ai"]


async def test_index_with_a_failure_is_asked_again(server: FeedServer, sitemaps: Sitemaps) -> None:
    """A sitemap that failed is asked for at the next poll, though the index stays as it was."""
    server.script("/a.xml", Reply(body=sitemap(HAFEN), content_type=XML))
    server.script("/b.xml", Reply(status=503), Reply(body=sitemap(RAT), content_type=XML))
    body = sitemap_index(("/a.xml", "2026-03-02T08:00:00Z"), ("/b.xml", "2026-03-02T09:00:00Z"))
    url = server.script("/index.xml", Reply(body=body, content_type=XML))
    first = await poll(sitemaps, "sitemap", url)
    second = await poll(sitemaps, "sitemap", url, first.validators)
    assert [len(first.entries), len(second.entries)] == [1, 2]


async def test_index_with_a_gap(server: FeedServer, sitemaps: Sitemaps) -> None:
    """A sitemap that cannot be had is told and the others count; an index in an index is not followed."""
    server.script("/a.xml", Reply(body=sitemap(HAFEN), content_type=XML))
    server.script("/c.xml", Reply(body=sitemap_index(("/index.xml", "")), content_type=XML))
    body = sitemap_index(("/a.xml", ""), ("/b.xml", ""), ("/c.xml", ""), ("ftp://x.example", ""))
    url = server.script("/index.xml", Reply(body=body, content_type=XML))
    fetched = await poll(sitemaps, "sitemap", url)
    assert len(fetched.entries) == 1
    assert fetched.note == "one of its sitemaps: HTTP 404: there is nothing at this address"
    assert len(server.requests) == 4


async def test_index_of_nothing(server: FeedServer, sitemaps: Sitemaps) -> None:
    """Where none of an index can be had, the reason is that of the first."""
    url = server.script("/index.xml", Reply(body=sitemap_index(("/b.xml", "")), content_type=XML))
    with pytest.raises(SourceError, match="HTTP 404"):
        await poll(sitemaps, "sitemap", url)


async def test_broken(server: FeedServer, sitemaps: Sitemaps) -> None:
    """Of a broken sitemap what can be had is taken."""
    body = sitemap(HAFEN, RAT).replace("Rat tagt", "Rat & B\x1bund <tagt")
    url = server.script("/s.xml", Reply(body=body, content_type=XML))
    assert [entry.link for entry in (await poll(sitemaps, "sitemap", url)).entries][-1:] == [
        "https://tagesblatt.example/hafen"
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (RSS, "not a sitemap but a feed: write `kind: feed`"),
        (HTML, "`kind: page` reads a page's links"),
        ("<opml/>", "the document is <opml>"),
        ("", "cannot be understood"),
        ("{}", "cannot be understood"),
        (BILLION_LAUGHS, "declares XML entities"),
        (XXE, "declares XML entities"),
    ],
)
async def test_refused(server: FeedServer, sitemaps: Sitemaps, body: str, reason: str) -> None:
    """What is no sitemap, or is dangerous, is refused with the mend."""
    url = server.script("/s.xml", Reply(body=body, content_type=XML))
    with pytest.raises(SourceError, match=reason):
        await poll(sitemaps, "sitemap", url)
