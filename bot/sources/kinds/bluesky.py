"""Sources of the kind `bluesky`: a public account by the public AppView, `app.bsky.feed.getAuthorFeed`."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape

from bot.article.cleaning import one_line
from bot.article.dates import parse_date
from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient
from bot.sources.entries import NAME_LIMIT
from bot.sources.feeds import Feed
from bot.sources.kinds.addresses import BLUESKY, bluesky_actor
from bot.sources.kinds.answers import dig, json_answer, list_at, words_at
from bot.sources.kinds.outcome import outcome, whole
from bot.sources.kinds.posts import Post, as_html, entries_of
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

POSTS = 50  # asked for at a time
_REPOST = "app.bsky.feed.defs#reasonRepost"
_ACCEPT = {"Accept": "application/json"}


class BlueskyAccounts:
    """Polls public accounts; reposts and answers to others are left out unless asked for."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Ask for the newest posts.

        Raises:
            SourceError: As `FeedFetcher` says; no such account.
        """
        actor = bluesky_actor(source.url)
        if actor is None:
            raise SourceError("no Bluesky account: its address is like https://bsky.app/profile/name")
        url = _address(actor, source.options)
        response = await self._client.get(url, headers=_ACCEPT, max_bytes=self._limits.feed_bytes)
        answer = await in_thread(json_answer, response)
        return outcome(read_posts(answer, source.options), source, known)


def read_posts(answer: Any, options: Mapping[str, str]) -> Feed:
    """The posts of an author feed.

    Raises:
        SourceError: The answer is something else.
    """
    if not isinstance(dig(answer, "feed"), list):
        raise SourceError("the server's answer is no list of posts")
    found = list_at(answer, "feed")
    items = [_item(one) for one in found if "reposts" in options or not _is_repost(one)]
    entries, skipped = entries_of(items)
    own = (words_at(one, "post", "author", "displayName") for one in found if not _is_repost(one))
    title = one_line(next(filter(None, own), ""), NAME_LIMIT)
    return whole(Feed(title=title or None, entries=tuple(entries), skipped=skipped))


def _address(actor: str, options: Mapping[str, str]) -> str:
    # Without answers, but with threads: an outlet goes on below its own post.
    chosen = "posts_with_replies" if "replies" in options else "posts_and_author_threads"
    query = urlencode({"actor": actor, "limit": POSTS, "filter": chosen})
    base = options.get("base_url", BLUESKY).rstrip("/")
    return f"{base}/xrpc/app.bsky.feed.getAuthorFeed?{query}"


def _is_repost(one: Any) -> bool:
    return words_at(one, "reason", "$type") == _REPOST


def _item(one: Any) -> Post:
    post = dig(one, "post")
    uri, handle = words_at(post, "uri"), words_at(post, "author", "handle")
    name = escape(words_at(post, "author", "displayName") or handle)
    return Post(
        id=uri,
        link=_link(uri, handle),
        published=_date(post),
        content=as_html("\n".join(_said(post))),
        author=name,
        outlet=name if _is_repost(one) else "",
    )


def _said(post: Any) -> Iterator[str]:
    """The post's text; where it has none, what its card of a linked page says."""
    if text := words_at(post, "record", "text").strip():
        yield text
        return
    card = dig(post, "record", "embed", "external") or dig(post, "record", "embed", "media", "external")
    yield from filter(None, (words_at(card, "title"), words_at(card, "description")))


def _date(post: Any) -> str:
    """When it was posted. Its author may claim anything; never later than the server saw it."""
    claimed, seen = words_at(post, "record", "createdAt"), words_at(post, "indexedAt")
    first, last = parse_date(claimed), parse_date(seen)
    return seen if first is None or (last and last.at < first.at) else claimed


def _link(uri: str, handle: str) -> str:
    """The address of a post `at://did/app.bsky.feed.post/key` for people."""
    did, _, key = uri.removeprefix("at://").partition("/app.bsky.feed.post/")
    if not key:
        return ""
    who = did if handle in ("", "handle.invalid") else handle
    return f"https://bsky.app/profile/{quote(who, safe=':')}/post/{quote(key, safe='')}"
