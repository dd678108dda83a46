import pytest

from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient
from bot.sources.http_feeds import HttpFeeds
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply, Reset, WrongLength
from tests.sources.samples import RSS, RSS_END, item, rss

MODIFIED = "Mon, 02 Mar 2026 00:00:00 GMT"


@pytest.fixture
def feeds(client: HttpClient, limits: Limits) -> HttpFeeds:
    """The fetcher of feeds."""
    return HttpFeeds(client, limits)


async def fetch(feeds: HttpFeeds, url: str, known: Validators | None = None) -> Fetched:
    """Poll the feed at an address."""
    source = SourceSettings(id="s", kind="feed", url=url, name="S")
    return await feeds.fetch(source, known or Validators())


@pytest.mark.parametrize("validators", [{"etag": '"1"'}, {"last_modified": MODIFIED}, {"etag": 'W/"ä"'}])
async def test_conditional(server: FeedServer, feeds: HttpFeeds, validators: dict[str, str]) -> None:
    """What the server gave as validator is sent back, and 304 changes nothing."""
    url = server.script("/feed", Reply(body=RSS, **validators))  # type: ignore[arg-type]
    first = await fetch(feeds, url)
    assert (first.changed, len(first.entries), first.title, first.note) == (True, 2, "Tagesblatt", None)
    second = await fetch(feeds, url, first.validators)
    assert second == Fetched(changed=False, validators=first.validators)
    sent = server.requests[1].headers
    assert sent.get("If-None-Match") == validators.get("etag")
    assert sent.get("If-Modified-Since") == validators.get("last_modified")


async def test_same_body(server: FeedServer, feeds: HttpFeeds) -> None:
    """A server without validators is asked in full, and an equal body is no change."""
    url = server.script("/feed", Reply(body=RSS), Reply(body=RSS), Reply(body=rss(item(title="Neu"))))
    first = await fetch(feeds, url)
    assert not (await fetch(feeds, url, first.validators)).changed
    assert (await fetch(feeds, url, first.validators)).changed


async def test_304_unasked(server: FeedServer, feeds: HttpFeeds) -> None:
    """A 304 to somebody who has nothing is an error."""
    with pytest.raises(SourceError, match="HTTP 304: unchanged"):
        await fetch(feeds, server.script("/feed", Reply(status=304)))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=RSS.removesuffix(RSS_END), etag='"1"'),
        Reply(body=RSS, etag='"1"', fault=Reset(after=RSS.encode().index(b"Ferry"))),
        Reply(body=RSS[:-60], etag='"1"', fault=WrongLength(length=5_000)),
    ],
    ids=["document", "reset", "length"],
)
async def test_half(server: FeedServer, feeds: HttpFeeds, reply: Reply) -> None:
    """Half a feed gives what it has, says so, and leaves no validators, so the whole is asked for again."""
    fetched = await fetch(feeds, server.script("/feed", reply))
    assert fetched.entries[0].key == "tb-1"
    assert (fetched.note or "").startswith("cut off in the middle")
    assert fetched.validators == Validators()


async def test_moved(server: FeedServer, feeds: HttpFeeds) -> None:
    """A feed that moved for good is read at its new place, and the note names it."""
    new = server.script("/new", Reply(body=RSS))
    url = server.script("/feed", Reply(status=301, location="/new"))
    assert (await fetch(feeds, url)).note == f"moved for good: take {new}"


async def test_relative_links(server: FeedServer, feeds: HttpFeeds) -> None:
    """Links are relative to where the feed was found in the end."""
    server.script("/deep/feed", Reply(body=rss(item(title="Rat tagt", link="one.html"))))
    fetched = await fetch(feeds, server.script("/feed", Reply(status=302, location="/deep/feed")))
    assert fetched.entries[0].link == server.url("/deep/one.html")


async def test_compressed(server: FeedServer, feeds: HttpFeeds) -> None:
    """A compressed feed is read."""
    assert len((await fetch(feeds, server.script("/feed", Reply(body=RSS, zipped=True)))).entries) == 2


async def test_header_charset(server: FeedServer, feeds: HttpFeeds) -> None:
    """The charset of the HTTP header is used where the document names none."""
    feed = rss(item(title="Größe")).removeprefix('<?xml version="1.0" encoding="utf-8"?>\n')
    reply = Reply(body=feed.encode("cp1250"), content_type="text/xml; charset=windows-1250")
    assert (await fetch(feeds, server.script("/feed", reply))).entries[0].title == "Größe"
