from urllib.parse import parse_qs

import pytest

from bot.article.markup import plain_text
from bot.errors import SourceError
from bot.ports.sources import Fetched, Validators
from bot.sources.client import HttpClient
from bot.sources.kinds.bluesky import BlueskyAccounts
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply
from tests.sources.kinds.samples import bluesky_feed, bluesky_post, poll

ACCOUNT = "https://bsky.app/profile/Amt.example"
PATH = "/xrpc/app.bsky.feed.getAuthorFeed"
REPOST = {"reason": {"$type": "app.bsky.feed.defs#reasonRepost", "by": {"handle": "amt.example"}}}


@pytest.fixture
def accounts(client: HttpClient, limits: Limits) -> BlueskyAccounts:
    """The fetcher of accounts."""
    return BlueskyAccounts(client, limits)


async def fetch(
    accounts: BlueskyAccounts,
    server: FeedServer,
    body: str,
    known: Validators | None = None,
    /,
    **options: str,
) -> Fetched:
    """Poll the account whose server answers with this."""
    server.script(PATH, Reply(body=body, content_type="application/json"))
    return await poll(accounts, "bluesky", ACCOUNT, known, {"base_url": server.url("")} | options)


async def test_posts(server: FeedServer, accounts: BlueskyAccounts) -> None:
    """A post is an entry with its text, date, author and the link that people use, and it is whole."""
    text = "Der Hafen <ist> zu.\nBis Montag."
    fetched = await fetch(accounts, server, bluesky_feed(bluesky_post("3k1", text)))
    (entry,) = fetched.entries
    assert entry.key == "at://did:plc:amt123/app.bsky.feed.post/3k1"
    assert entry.link == "https://bsky.app/profile/amt.example/post/3k1"
    assert (entry.author, str(entry.published), entry.whole) == (
        "Hafenamt",
        "2026-03-02T09:00:00+00:00",
        True,
    )
    assert plain_text(entry.content or "") == text
    assert (fetched.title, fetched.note) == ("Hafenamt", None)


@pytest.mark.parametrize(
    ("options", "asked"), [({}, "posts_and_author_threads"), ({"replies": "yes"}, "posts_with_replies")]
)
async def test_replies(
    server: FeedServer, accounts: BlueskyAccounts, options: dict[str, str], asked: str
) -> None:
    """Answers to others are asked for only where they are wanted; threads of its own always."""
    await fetch(accounts, server, bluesky_feed(), **options)
    query = parse_qs(server.requests[0].query)
    assert (query["actor"], query["filter"]) == (["amt.example"], [asked])


async def test_reposts(server: FeedServer, accounts: BlueskyAccounts) -> None:
    """A repost is left out, or, where it is wanted, says whose words it holds."""
    said = bluesky_post(
        "3k2", "Streik!", post={"author": {"handle": "bund.example", "displayName": "A & B"}}, **REPOST
    )
    body = bluesky_feed(said, bluesky_post("3k1", "Zu."))
    assert [entry.source_name for entry in (await fetch(accounts, server, body)).entries] == [None]
    wanted = await fetch(accounts, server, body, reposts="yes")
    assert [entry.source_name for entry in wanted.entries] == ["A & B", None]


async def test_pinned(server: FeedServer, accounts: BlueskyAccounts) -> None:
    """A pinned post is a post of its own."""
    pinned = bluesky_post("3k1", "Zu.", reason={"$type": "app.bsky.feed.defs#reasonPin"})
    assert len((await fetch(accounts, server, bluesky_feed(pinned))).entries) == 1


@pytest.mark.parametrize(
    ("claimed", "indexed", "taken"),
    [
        ("2031-01-01T00:00:00Z", "2026-03-02T09:00:01Z", "2026-03-02T09:00:01+00:00"),
        ("2020-01-01T00:00:00Z", "2026-03-02T09:00:01Z", "2020-01-01T00:00:00+00:00"),
        ("gestern", "2026-03-02T09:00:01Z", "2026-03-02T09:00:01+00:00"),
        ("2026-03-02T10:00:00+01:00", None, "2026-03-02T10:00:00+01:00"),
    ],
)
async def test_dates(
    server: FeedServer, accounts: BlueskyAccounts, claimed: str, indexed: str | None, taken: str
) -> None:
    """What an author claims counts, but never a moment after the server saw the post."""
    post = bluesky_post("3k1", "Zu.", record={"createdAt": claimed}, post={"indexedAt": indexed})
    fetched = await fetch(accounts, server, bluesky_feed(post))
    assert str(fetched.entries[0].published) == taken


async def test_card(server: FeedServer, accounts: BlueskyAccounts) -> None:
    """A post without words of its own says what its card of a linked page says."""
    card = {"external": {"uri": "https://a.example", "title": "Hafen zu", "description": "Bis Montag."}}
    fetched = await fetch(accounts, server, bluesky_feed(bluesky_post("3k1", "", record={"embed": card})))
    assert plain_text(fetched.entries[0].content or "") == "Hafen zu\nBis Montag."


async def test_likes_are_no_change(server: FeedServer, accounts: BlueskyAccounts) -> None:
    """More likes are no change."""
    first = await fetch(accounts, server, bluesky_feed(bluesky_post("3k1", "Zu.")))
    liked = bluesky_feed(bluesky_post("3k1", "Zu.", post={"likeCount": 900}))
    second = await fetch(accounts, server, liked, first.validators)
    assert (second.changed, second.entries) == (False, ())


@pytest.mark.parametrize(
    "one", [None, 3, "x", [], {}, {"post": None}, {"post": {"record": 3}}, {"post": {"record": {"text": 5}}}]
)
async def test_odd_posts(server: FeedServer, accounts: BlueskyAccounts, one: object) -> None:
    """What is no post is left out, and no harm to the others."""
    fetched = await fetch(accounts, server, bluesky_feed(one, bluesky_post("3k1", "Zu.")))
    assert (len(fetched.entries), fetched.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html>", "did not answer in JSON"),
        ("[" * 100_000, "did not answer in JSON"),
        ("[]", "no list of posts"),
        ('{"feed": {}}', "no list of posts"),
    ],
)
async def test_failures(server: FeedServer, accounts: BlueskyAccounts, body: str, reason: str) -> None:
    """An answer that is none is one line why."""
    with pytest.raises(SourceError, match=reason):
        await fetch(accounts, server, body)


async def test_unknown_account(server: FeedServer, accounts: BlueskyAccounts) -> None:
    """What the server says of an account that is not there is told by its status."""
    server.script(PATH, Reply(status=400, body='{"error": "InvalidRequest"}'))
    options = {"base_url": server.url("")}
    with pytest.raises(SourceError, match="HTTP 400"):
        await poll(accounts, "bluesky", ACCOUNT, options=options)
    with pytest.raises(SourceError, match="no Bluesky account"):
        await poll(accounts, "bluesky", "https://bsky.app/search")
