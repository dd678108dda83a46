"""Sources of the kind `telegram`: a public channel by its web preview, `t.me/s/NAME`.

The preview shows the newest twenty posts. If the last one known is not among them, earlier pages are asked
for, so that a busy channel or a night of standstill loses nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.article.cleaning import one_line
from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient, Response
from bot.sources.entries import NAME_LIMIT
from bot.sources.feeds import Feed
from bot.sources.kinds.addresses import TELEGRAM, telegram_channel
from bot.sources.kinds.answers import html_tree, inner_html, text_of
from bot.sources.kinds.outcome import outcome, whole
from bot.sources.kinds.posts import Post, entries_of
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

PAGES = 10  # of twenty posts each, at most, to catch up with what was missed
_ACCEPT = {"Accept": "text/html"}
_POST = re.compile(r"([A-Za-z0-9_]{1,64})/(\d{1,12})")
_TEXT = "js-message_text"


@dataclass(frozen=True, kw_only=True)
class _Page:
    """One page of a preview: the channel's name, and posts by their number, oldest first."""

    title: str
    posts: dict[int, Post]


class TelegramChannels:
    """Polls public channels; posts that only Telegram's own apps can show are left out."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Ask for the newest posts, and for earlier ones as far as the last known.

        Raises:
            SourceError: As `FeedFetcher` says; no public channel.
        """
        channel = telegram_channel(source.url)
        if channel is None:
            raise SourceError("no public channel: its address is like https://t.me/name")
        preview = f"{source.options.get('base_url', TELEGRAM).rstrip('/')}/s/{channel}"
        last = int(known.etag) if known.etag and known.etag.isdecimal() else None
        pages = [await self._page(preview)]
        while last is not None and len(pages) < PAGES and min(pages[-1].posts, default=0) > last:
            earlier = await self._page(f"{preview}?before={min(pages[-1].posts)}")
            if not earlier.posts or min(earlier.posts) >= min(pages[-1].posts):
                break
            pages.append(earlier)
        feed, newest = _feed(pages, last)
        return outcome(whole(feed), source, known, mark=str(newest))

    async def _page(self, url: str) -> _Page:
        response = await self._client.get(url, headers=_ACCEPT, max_bytes=self._limits.page_bytes)
        if not response.complete:
            raise SourceError("the page is cut off in the middle")
        return await in_thread(read_preview, response)


def read_preview(response: Response) -> _Page:
    """Read one page of a preview.

    Raises:
        SourceError: There is no preview: the channel is private, gone, or shows none.
    """
    tree = html_tree(response)
    messages = tree.find_class("tgme_widget_message")
    if not messages and not tree.find_class("tgme_channel_history"):
        raise SourceError("no public preview: the channel is private or gone, or is no channel")
    posts = dict(post for message in messages if (post := _post(message)))
    title = next((text_of(found) for found in tree.find_class("tgme_channel_info_header_title")), "")
    return _Page(title=title, posts=dict(sorted(posts.items())))


def _feed(pages: Sequence[_Page], last: int | None) -> tuple[Feed, int]:
    """The posts of all pages, oldest first, and the number of the newest."""
    posts = {number: item for page in reversed(pages) for number, item in page.posts.items()}
    entries, skipped = entries_of(posts.values())
    reached = last is None or min(posts, default=0) <= last
    notes = () if reached else (f"posts before number {min(posts)} were missed",)
    title = one_line(pages[0].title, NAME_LIMIT) or None
    feed = Feed(title=title, entries=tuple(entries), skipped=skipped, notes=notes)
    return feed, max(posts, default=last or 0)


def _post(message: Any) -> tuple[int, Post] | None:
    """Number and content of one post; None for notices such as a new picture, and where nothing is said."""
    found = _POST.fullmatch(message.get("data-post") or "")
    if not found or "service_message" in (message.get("class") or ""):
        return None
    content = "".join(_said(message))
    if not content:
        return None
    channel, number = found.groups()
    return int(number), Post(
        id=f"{channel}/{number}",
        link=f"{TELEGRAM}/{channel}/{number}",
        published=_date(message),
        content=content,
        author=_named(message, "tgme_widget_message_from_author"),
        outlet=_named(message, "tgme_widget_message_forwarded_from_name"),
    )


def _said(message: Any) -> Iterator[str]:
    """The post's own words as HTML: its text, else a poll's question, a file's name, the card of a link."""
    if texts := message.find_class(_TEXT):  # the text of a post that it answers has another class
        yield inner_html(texts[0])
        return
    for name in ("tgme_widget_message_poll_question", "tgme_widget_message_document_title"):
        yield from (f"<p>{inner_html(one)}</p>" for one in message.find_class(name)[:1])
    for name in ("link_preview_title", "link_preview_description"):
        yield from (f"<p>{inner_html(one)}</p>" for one in message.find_class(name)[:1])


def _date(message: Any) -> str:
    times = (time.get("datetime") for date in message.find_class("tgme_widget_message_date") for time in date)
    return next(filter(None, times), "")


def _named(message: Any, name: str) -> str:
    return next((text_of(one) for one in message.find_class(name)), "")
