"""Sources of the kind `feed`: fetched over HTTP with a conditional GET."""

from dataclasses import replace
from hashlib import blake2b
from zlib import crc32

from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient, Response
from bot.sources.feeds import Feed, read_feed
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)


class HttpFeeds:
    """Polls feeds on the web."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Ask the feed once.

        Raises:
            SourceError: As `FeedFetcher` says.
        """
        response = await self._client.get(
            source.url, headers=conditional(known, _ACCEPT), max_bytes=self._limits.feed_bytes
        )
        if response.unchanged:
            return with_wishes(unchanged(known), response, source.url)
        digest = body_checksum(response.body)
        if response.complete and digest == known.body_hash:
            same = Fetched(changed=False, validators=_validators(response, digest), note=_moved(response))
            return with_wishes(same, response, source.url)
        feed = await in_thread(read_feed, response.body, response.content_type, response.url, self._limits)
        return with_wishes(fetched_from(feed, response, digest), response, source.url)


def body_checksum(body: bytes) -> str:
    """Tells a body from the one before, in a fiftieth of the time of reading it.

    Length and CRC-32: of two different bodies of one feed, one pair in some billions would look the same,
    and only until the next change. Who would forge that could as well leave the feed as it is.
    """
    return f"{len(body):x}-{crc32(body):08x}"


def body_hash(body: bytes) -> str:
    """Stands for a body, to see that it is the same as before."""
    return blake2b(body, digest_size=16).hexdigest()


def conditional(known: Validators, accept: str) -> dict[str, str]:
    """Headers that ask for a document only if it is not the known one."""
    headers = {"Accept": accept}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def unchanged(known: Validators) -> Fetched:
    """What a 304 says.

    Raises:
        SourceError: Nothing is known that could be unchanged.
    """
    if not (known.etag or known.last_modified):
        raise SourceError("HTTP 304: unchanged, the server says, though nothing was fetched before")
    return Fetched(changed=False, validators=known)


def _validators(response: Response, digest: str) -> Validators:
    return Validators(etag=response.etag, last_modified=response.last_modified, body_hash=digest)


def fetched_from(feed: Feed, response: Response, digest: str) -> Fetched:
    """What the poll gave. Half a feed leaves no validators, so that the whole is asked for again."""
    is_half = feed.cut or not response.complete
    notes = (*feed.notes, *filter(None, [_moved(response)]))
    return Fetched(
        changed=True,
        entries=feed.entries,
        validators=Validators() if is_half else _validators(response, digest),
        title=feed.title,
        skipped=feed.skipped,
        note="; ".join(notes) or None,
        wish=feed.ttl,
        hub=response.hub or feed.hub,
        topic=response.topic or feed.self_url or response.url,
    )


def with_wishes(fetched: Fetched, response: Response, url: str) -> Fetched:
    """What the server asks for; a move from a safe address to an open one is not believed."""
    safe = not url.startswith("https:") or (response.moved_to or "").startswith("https:")
    moved_to = response.moved_to if safe else None
    return replace(fetched, max_age=response.max_age, moved_to=moved_to)


def _moved(response: Response) -> str | None:
    return f"moved for good: take {response.moved_to[:200]}" if response.moved_to else None
