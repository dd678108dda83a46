"""How long an answer holds, and other things that a poll brings beside entries."""

from datetime import timedelta

import pytest

from bot.errors import GoneError
from bot.ports.sources import SourceSettings, Validators
from bot.sources.caching import max_age
from bot.sources.client import HttpClient
from bot.sources.http_feeds import HttpFeeds
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply

FEED = (
    '<rss version="2.0"><channel><title>A</title><ttl>30</ttl>'
    "<item><title>x</title><link>https://a.example/x</link></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("header", "age", "seconds"),
    [
        (None, None, None),
        ("max-age=300", None, 300),
        ("public, Max-Age = 300", None, 300),
        ('max-age="300"', None, 300),
        ("max-age=300", "100", 200),
        ("max-age=300", "400", None),
        ("max-age=300", "soon", 300),
        ("max-age=0", None, None),
        ("no-cache, max-age=300", None, None),
        ("no-store", None, None),
        ("s-maxage=300", None, None),
        ("max-age=-5", None, None),
        ("max-age=99999999999999999999", None, 86_400),
    ],
)
def test_max_age(header: str | None, age: str | None, seconds: int | None) -> None:
    """What Cache-Control says, less the age that an answer has already; a day at most."""
    assert max_age(header, age) == (None if seconds is None else timedelta(seconds=seconds))


@pytest.fixture
def feeds(client: HttpClient, limits: Limits) -> HttpFeeds:
    """What polls."""
    return HttpFeeds(client, limits)


def source(url: str) -> SourceSettings:
    """A feed at an address."""
    return SourceSettings(id="a", kind="feed", url=url, name="A")


async def test_what_a_poll_brings_beside_entries(server: FeedServer, feeds: HttpFeeds) -> None:
    """The feed's wish, the server's, and the hub that a header names before the feed does."""
    link = '<https://hub.example/>; rel="hub", <https://a.example/feed>; rel="self"'
    url = server.script("/feed", Reply(body=FEED, headers={"Cache-Control": "max-age=600", "Link": link}))
    fetched = await feeds.fetch(source(url), Validators())
    assert (fetched.wish, fetched.max_age) == (timedelta(minutes=30), timedelta(minutes=10))
    assert (fetched.hub, fetched.topic) == ("https://hub.example/", "https://a.example/feed")


@pytest.mark.parametrize("unchanged", ["304", "same body"])
async def test_a_move_is_noticed_though_nothing_changed(
    server: FeedServer, feeds: HttpFeeds, unchanged: str
) -> None:
    """A 301 counts also where the new address has nothing new."""
    server.script("/new", Reply(body=FEED, etag='"1"' if unchanged == "304" else None))
    url = server.script("/feed", Reply(status=301, location="/new"))
    first = await feeds.fetch(source(url), Validators())
    again = await feeds.fetch(source(url), first.validators)
    assert (first.changed, again.changed) == (True, False)
    assert first.moved_to == again.moved_to == server.url("/new")


async def test_a_passing_redirect_is_no_move(server: FeedServer, feeds: HttpFeeds) -> None:
    """302 and 307 say nothing about tomorrow."""
    server.script("/new", Reply(body=FEED))
    url = server.script("/feed", Reply(status=302, location="/new"))
    assert (await feeds.fetch(source(url), Validators())).moved_to is None


async def test_gone_is_an_error_of_its_own(server: FeedServer, feeds: HttpFeeds) -> None:
    """410 says more than 404."""
    with pytest.raises(GoneError, match="410"):
        await feeds.fetch(source(server.script("/feed", Reply(status=410))), Validators())
