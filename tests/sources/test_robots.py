"""What a site asks programs not to fetch."""

from datetime import datetime, timedelta

import pytest

from bot.errors import DisallowedError
from bot.sources.client import HttpClient
from bot.sources.guard import AddressGuard
from bot.sources.limits import Limits
from bot.sources.robots import MOST_RULES, parse_robots
from tests.fakes.feed_server import FeedServer, Reply
from tests.sources.samples import LOOPBACK, noon

HOME = "https://a.example"
CLOSED = "User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/feed", True),
        (CLOSED, "/feed", False),
        (CLOSED, "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/feed", True),
        ("User-agent: Googlebot\nDisallow: /", "/feed", True),
        ("User-agent: depesche\nDisallow: /", "/feed", False),
        ("User-agent: Depesche/1.0\nDisallow: /", "/feed", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Depesche\nAllow: /", "/feed", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Depesche\nDisallow: /x", "/feed", True),
        ("User-agent: a\nUser-agent: depesche\nDisallow: /feed", "/feed", False),
        ("User-agent: a\nDisallow: /x\nUser-agent: depesche\nDisallow: /y", "/x", True),
        ("User-agent: depesche\nDisallow: /a\n\nUser-agent: depesche\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: /news\nAllow: /news/feed", "/news/feed.xml", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/feed", "/news/other", False),
        ("User-agent: *\nAllow: /page\nDisallow: /page", "/page", True),
        ("User-agent: *\nDisallow: /*.xml$", "/feed.xml", False),
        ("User-agent: *\nDisallow: /*.xml$", "/feed.xml?x=1", True),
        ("User-agent: *\nDisallow: /a*c/", "/abbc/d", False),
        ("User-agent: *\nDisallow: /a*c/", "/abbd", True),
        ("User-agent: *\nDisallow: /feed$", "/feed", False),
        ("User-agent: *\nDisallow: /feed$", "/feeds", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-Agent : * # all\n disallow :/feed # really", "/feed", False),
        ("\ufeffuser-agent: *\r\ndisallow: /feed", "/feed", False),
        ("Disallow: /feed", "/feed", True),
        ("<html><body>Disallow: /</body></html>", "/feed", True),
        ("User-agent: *\nCrawl-delay: 5\nDisallow: /x", "/x", False),
    ],
)
def test_what_robots_txt_says(robots: str, path: str, *, allowed: bool) -> None:
    """Groups, the longest pattern, wildcards and what people write instead (RFC 9309)."""
    assert parse_robots(robots).allows(HOME + path) is allowed


def test_a_file_of_a_million_rules_is_bounded() -> None:
    """No site makes us think for long."""
    robots = parse_robots("User-agent: *\n" + "Disallow: /*a*b*c*d$\n" * 20_000)
    assert len(robots.rules) == MOST_RULES
    assert robots.allows(HOME + "/" + "abc" * 600)


class Watch:
    """A clock for the gate."""

    def __init__(self) -> None:
        self.at = noon()

    def now(self) -> datetime:
        """Its time."""
        return self.at


def open_client(watch: Watch, **limits: bool) -> HttpClient:
    """A client that heeds robots.txt."""
    return HttpClient(now=watch.now, limits=Limits(total=2, **limits), guard=AddressGuard(LOOPBACK))


async def ask(client: HttpClient, url: str) -> str:
    """What becomes of a request."""
    try:
        return str((await client.get(url, headers={}, max_bytes=1_000)).status)
    except DisallowedError as error:
        return str(error)


async def test_what_is_disallowed_is_not_fetched(server: FeedServer) -> None:
    """It is an error of its own kind that names the host and the reason."""
    server.script("/robots.txt", Reply(body=CLOSED, content_type="text/plain"))
    url, client = server.script("/feed", Reply(body="x")), open_client(Watch())
    assert "127.0.0.1: its robots.txt asks" in await ask(client, url)
    assert [request.path for request in server.requests] == ["/robots.txt"]
    await client.close()


async def test_robots_txt_is_asked_for_once_a_day(server: FeedServer) -> None:
    """By our own name; what it says later holds later."""
    server.script("/robots.txt", Reply(body=CLOSED), Reply(body=""))
    url, watch = server.script("/feed", Reply(body="x")), Watch()
    client = open_client(watch)
    first = [await ask(client, url) for _ in range(3)]
    watch.at += timedelta(hours=25)
    assert await ask(client, url) == "200"
    assert len(set(first)) == 1
    asked = [request for request in server.requests if request.path == "/robots.txt"]
    assert len(asked) == 2
    assert asked[0].headers["User-Agent"].startswith("Depesche/")
    await client.close()


@pytest.mark.parametrize(
    "reply", [Reply(status=404), Reply(status=403), Reply(status=500), Reply(status=302, location="/loop")]
)
async def test_a_site_without_a_readable_file_forbids_nothing(server: FeedServer, reply: Reply) -> None:
    """Whether there is none, or its server is in trouble."""
    server.script("/robots.txt", reply)
    server.script("/loop", Reply(status=302, location="/robots.txt"))
    client = open_client(Watch())
    assert await ask(client, server.script("/feed", Reply(body="x"))) == "200"
    await client.close()


async def test_the_last_copy_holds_while_the_server_fails(server: FeedServer) -> None:
    """A bad hour does not open what was closed; it is asked again soon."""
    server.script("/robots.txt", Reply(body=CLOSED), Reply(status=500), Reply(body=""))
    url, watch = server.script("/feed", Reply(body="x")), Watch()
    client = open_client(watch)
    answers = [await ask(client, url)]
    for wait in (timedelta(hours=25), timedelta(minutes=11)):
        watch.at += wait
        answers.append(await ask(client, url))
    assert ["robots" in answer for answer in answers] == [True, True, False]
    await client.close()


async def test_who_wants_to_may_leave_robots_txt_unasked(server: FeedServer) -> None:
    """The configuration decides."""
    server.script("/robots.txt", Reply(body=CLOSED))
    client = open_client(Watch(), robots=False)
    assert await ask(client, server.script("/feed", Reply(body="x"))) == "200"
    await client.close()
