"""Sources of the kind `mastodon`: a public account by its RSS, or by the public API.

The feed `/@name.rss` holds an account's own posts and threads, and asking for it again costs a server little.
Answers and reposts are only in the API.
"""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from bot.article.cleaning import one_line
from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient
from bot.sources.entries import NAME_LIMIT
from bot.sources.feeds import Feed
from bot.sources.http_feeds import HttpFeeds
from bot.sources.kinds.addresses import Account, mastodon_account
from bot.sources.kinds.answers import dig, json_answer, words_at
from bot.sources.kinds.outcome import outcome, whole
from bot.sources.kinds.posts import Post, changed, entries_of
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

POSTS = 40  # the most that the API gives at a time
_ACCEPT = {"Accept": "application/json"}
_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_PUBLIC = frozenset(("public", "unlisted"))


class MastodonAccounts:
    """Polls public accounts; reposts and answers to others are left out unless asked for."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits
        self._feeds = HttpFeeds(client, limits)
        self._ids: dict[Account, str] = {}

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Ask for the newest posts.

        Raises:
            SourceError: As `FeedFetcher` says; no such account.
        """
        account = mastodon_account(source.url)
        if account is None:
            raise SourceError("no Mastodon account: its address is like https://social.example/@name")
        if "replies" in source.options or "reposts" in source.options:
            return await self._by_api(account, source, known)
        fetched = await self._feeds.fetch(replace(source, url=f"{account.url}.rss"), known)
        posts = tuple(changed(entry, title=None, whole=True) for entry in fetched.entries)
        return replace(fetched, entries=posts)

    async def _by_api(self, account: Account, source: SourceSettings, known: Validators) -> Fetched:
        identity = self._ids.get(account) or await self._look_up(account)
        self._ids[account] = identity
        query = {
            "limit": POSTS,
            "exclude_replies": str("replies" not in source.options).lower(),
            "exclude_reblogs": str("reposts" not in source.options).lower(),
        }
        path = f"/api/v1/accounts/{identity}/statuses?{urlencode(query)}"
        return outcome(read_statuses(await self._asked(account, path)), source, known)

    async def _look_up(self, account: Account) -> str:
        """The account's number, which never changes."""
        path = f"/api/v1/accounts/lookup?{urlencode({'acct': account.user})}"
        identity = words_at(await self._asked(account, path), "id")
        if not _ID.fullmatch(identity):
            raise SourceError("the server's answer is no account")
        return identity

    async def _asked(self, account: Account, path: str) -> Any:
        url = account.server + path
        response = await self._client.get(url, headers=_ACCEPT, max_bytes=self._limits.feed_bytes)
        return await in_thread(json_answer, response)


def read_statuses(answer: Any) -> Feed:
    """The posts that the API listed.

    Raises:
        SourceError: The answer is something else.
    """
    if not isinstance(answer, list):
        raise SourceError("the server's answer is no list of posts")
    shown = [status for status in answer if words_at(status, "visibility") in _PUBLIC]
    entries, skipped = entries_of(_item(status) for status in shown)
    title = next(filter(None, (words_at(status, "account", "display_name") for status in shown)), "")
    name = one_line(title, NAME_LIMIT) or None
    return whole(Feed(title=name, entries=tuple(entries), skipped=skipped))


def _item(status: Any) -> Post:
    """One post; of a repost the words of the one who said them."""
    reposted = dig(status, "reblog")
    said = reposted if isinstance(reposted, dict) else status
    who = words_at(said, "account", "display_name") or words_at(said, "account", "acct")
    warning = words_at(said, "spoiler_text").strip()
    return Post(
        id=words_at(status, "uri") or words_at(status, "id"),
        link=words_at(said, "url") or words_at(said, "uri"),
        published=words_at(status, "created_at"),
        updated=words_at(said, "edited_at"),
        content=(f"<p>{escape(warning)}</p>" if warning else "") + words_at(said, "content"),
        author=escape(who),
        outlet=escape(who) if said is reposted else "",
    )
