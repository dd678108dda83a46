import json
from urllib.parse import parse_qs

import pytest

from bot.article.markup import plain_text
from bot.errors import SourceError
from bot.ports.sources import Fetched, Validators
from bot.sources.client import HttpClient
from bot.sources.kinds.mastodon import MastodonAccounts
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply
from tests.sources.kinds.samples import mastodon_rss, poll, status

LOOKUP, STATUSES = "/api/v1/accounts/lookup", "/api/v1/accounts/42/statuses"
JSON = "application/json"


@pytest.fixture
def accounts(client: HttpClient, limits: Limits) -> MastodonAccounts:
    """The fetcher of accounts."""
    return MastodonAccounts(client, limits)


async def by_api(
    accounts: MastodonAccounts, server: FeedServer, *found: object, known: Validators | None = None
) -> Fetched:
    """Poll an account whose reposts are wanted, so that the API is asked."""
    server.script(LOOKUP, Reply(body='{"id": "42", "acct": "amt"}', content_type=JSON))
    server.script(STATUSES, Reply(body=json.dumps(found), content_type=JSON))
    return await poll(accounts, "mastodon", server.url("/@amt"), known, {"reposts": "yes"})


async def test_feed(server: FeedServer, accounts: MastodonAccounts) -> None:
    """An account is read by its RSS with one request; its posts are whole and have no titles."""
    text = '<p>Der Hafen ist zu. <a href="https://a.example">a.example</a></p><p>Bis Montag.</p>'
    server.script("/@amt.rss", Reply(body=mastodon_rss(text, "<p>Offen.</p>"), etag='"1"'))
    first = await poll(accounts, "mastodon", server.url("/@amt"))
    assert [(entry.title, entry.whole) for entry in first.entries] == [(None, True)] * 2
    content = first.entries[0].content or first.entries[0].summary or ""
    assert plain_text(content).endswith("Bis Montag.")
    second = await poll(accounts, "mastodon", server.url("/@amt"), first.validators)
    assert (second.changed, len(server.requests)) == (False, 2)


@pytest.mark.parametrize(
    ("options", "excluded"),
    [({"replies": "yes"}, ("false", "true")), ({"reposts": "yes"}, ("true", "false"))],
)
async def test_options(
    server: FeedServer, accounts: MastodonAccounts, options: dict[str, str], excluded: tuple[str, str]
) -> None:
    """The API is asked for answers or reposts, whichever is wanted; the account is looked up once."""
    server.script(LOOKUP, Reply(body='{"id": "42"}', content_type=JSON))
    server.script(STATUSES, Reply(body="[]", content_type=JSON))
    for _ in range(2):
        await poll(accounts, "mastodon", server.url("/@amt"), options=options)
    assert [request.path for request in server.requests] == [LOOKUP, STATUSES, STATUSES]
    query = parse_qs(server.requests[1].query)
    assert (query["exclude_replies"], query["exclude_reblogs"]) == ([excluded[0]], [excluded[1]])


async def test_post(server: FeedServer, accounts: MastodonAccounts) -> None:
    """A post of the API has its text, warning, dates and link."""
    found = status(7, "<p>Zu.</p>", spoiler_text="A < B", edited_at="2026-03-02T10:00:00Z")
    (entry,) = (await by_api(accounts, server, found)).entries
    assert (entry.key, entry.link) == (found["uri"], found["url"])
    assert plain_text(entry.content or "") == "A < B\nZu."
    assert [str(entry.published), str(entry.updated)] == [
        "2026-03-02T09:00:00+00:00",
        "2026-03-02T10:00:00+00:00",
    ]


async def test_repost(server: FeedServer, accounts: MastodonAccounts) -> None:
    """A repost holds the words of somebody else, and says whose."""
    other = status(9, "<p>Streik!</p>", account={"display_name": "A & B", "acct": "ab@b.example"})
    (entry,) = (await by_api(accounts, server, status(7, "", reblog=other))).entries
    assert (entry.source_name, entry.link) == ("A & B", other["url"])
    assert plain_text(entry.content or "") == "Streik!"


async def test_not_public(server: FeedServer, accounts: MastodonAccounts) -> None:
    """What is not public is not taken, though a server should not show it."""
    found = [status(1, "<p>a</p>", visibility="private"), None, "x", status(2, "<p>b</p>")]
    assert [entry.key[-1] for entry in (await by_api(accounts, server, *found)).entries] == ["2"]


async def test_unchanged(server: FeedServer, accounts: MastodonAccounts) -> None:
    """The same posts with other counters are unchanged."""
    first = await by_api(accounts, server, status(1, "<p>a</p>", favourites_count=1))
    again = await by_api(accounts, server, status(1, "<p>a</p>", favourites_count=2), known=first.validators)
    assert not again.changed


@pytest.mark.parametrize(
    ("lookup", "reason"),
    [
        ('{"id": "../../admin"}', "no account"),
        ('{"id": 42}', "no account"),
        ("[]", "no account"),
        ("oops", "did not answer in JSON"),
    ],
)
async def test_odd_lookup(server: FeedServer, accounts: MastodonAccounts, lookup: str, reason: str) -> None:
    """A number that is none leads nowhere else."""
    server.script(LOOKUP, Reply(body=lookup, content_type=JSON))
    with pytest.raises(SourceError, match=reason):
        await poll(accounts, "mastodon", server.url("/@amt"), options={"replies": "yes"})


async def test_failures(server: FeedServer, accounts: MastodonAccounts) -> None:
    """No list, no account, no address of one: one line each."""
    server.script(LOOKUP, Reply(body='{"id": "42"}', content_type=JSON))
    server.script(STATUSES, Reply(body='{"error": "x"}', content_type=JSON))
    with pytest.raises(SourceError, match="no list of posts"):
        await poll(accounts, "mastodon", server.url("/@amt"), options={"replies": "yes"})
    with pytest.raises(SourceError, match="HTTP 404"):
        await poll(accounts, "mastodon", server.url("/@nobody"))
    with pytest.raises(SourceError, match=r"like https://social\.example/@name"):
        await poll(accounts, "mastodon", server.url("/about"))
