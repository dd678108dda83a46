"""Answers of the services, written by us after their public forms, and one way to poll them."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from bot.ports.sources import FeedFetcher, Fetched, SourceSettings, Validators


async def poll(
    fetcher: FeedFetcher,
    kind: str,
    url: str,
    known: Validators | None = None,
    options: Mapping[str, str] | None = None,
) -> Fetched:
    """Poll a source of a kind."""
    source = SourceSettings(id="s", kind=kind, url=url, name="S", options=options or {})
    return await fetcher.fetch(source, known or Validators())


def telegram_post(
    number: int, text: str = "", *, inside: str = "", at: str = "2026-03-02T09:00:00+00:00"
) -> str:
    """One post of a preview; `text` is HTML, `inside` stands before it."""
    said = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>' if text else ""
    return f"""<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="hafenamt/{number}">
<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author">
<a class="tgme_widget_message_owner_name" href="https://t.me/hafenamt"><span>Hafenamt</span></a></div>
{inside}{said}<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info">
<span class="tgme_widget_message_views">1.2K</span><span class="tgme_widget_message_meta">
<a class="tgme_widget_message_date" href="https://t.me/hafenamt/{number}">
<time datetime="{at}" class="time">09:00</time></a></span></div></div></div></div></div>"""


def telegram_page(*posts: str) -> str:
    """The preview of a channel."""
    return f"""<!DOCTYPE html><html><head><title>Hafenamt – Telegram</title></head><body>
<div class="tgme_channel_info_header_title"><span dir="auto">Hafenamt &amp; Lotsen</span></div>
<section class="tgme_channel_history js-message_history">{"".join(posts)}</section></body></html>"""


def bluesky_post(key: str, text: str, **changes: Any) -> dict[str, Any]:
    """One item of an author feed; `changes` of `record` and `post` go there, others beside the post."""
    record = {
        "$type": "app.bsky.feed.post",
        "text": text,
        "createdAt": "2026-03-02T09:00:00.000Z",
        "langs": ["de"],
    }
    record |= changes.pop("record", {})
    post = {
        "uri": f"at://did:plc:amt123/app.bsky.feed.post/{key}",
        "cid": "bafy",
        "author": {"did": "did:plc:amt123", "handle": "amt.example", "displayName": "Hafenamt"},
        "record": record,
        "likeCount": 3,
        "indexedAt": "2026-03-02T09:00:01.000Z",
    } | changes.pop("post", {})
    return {"post": post, **changes}


def bluesky_feed(*items: object) -> str:
    """The answer of getAuthorFeed."""
    return json.dumps({"feed": items, "cursor": "2026-03-02T09:00:00Z"})


def status(number: int, html: str, **changes: object) -> dict[str, object]:
    """One post as Mastodon's API lists it."""
    return {
        "id": str(number),
        "uri": f"https://social.example/users/amt/statuses/{number}",
        "url": f"https://social.example/@amt/{number}",
        "created_at": "2026-03-02T09:00:00.000Z",
        "edited_at": None,
        "visibility": "public",
        "spoiler_text": "",
        "content": html,
        "reblog": None,
        "account": {"id": "42", "acct": "amt", "display_name": "Hafenamt"},
    } | changes


def mastodon_rss(*texts: str) -> str:
    """The feed of an account; posts have no titles there."""
    items = "".join(
        f"""<item><guid isPermaLink="true">https://social.example/@amt/{number}</guid>
<link>https://social.example/@amt/{number}</link><pubDate>Mon, 02 Mar 2026 09:00:0{number} +0000</pubDate>
<description>{escape(text)}</description></item>"""
        for number, text in enumerate(texts, 1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Hafenamt</title>
<link>https://social.example/@amt</link>{items}</channel></rss>"""


def sitemap(*urls: str, news: bool = True) -> str:
    """A sitemap of `<url>` elements."""
    name = ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"' if news else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{name}>{"".join(urls)}</urlset>"""


def news_url(link: str, title: str, at: str = "2026-03-02T09:00:00+01:00") -> str:
    """One article of a news sitemap."""
    return f"""<url><loc>{link}</loc><news:news><news:publication><news:name>Tagesblatt</news:name>
<news:language>de</news:language></news:publication><news:publication_date>{at}</news:publication_date>
<news:title>{title}</news:title></news:news></url>"""


def sitemap_index(*parts: tuple[str, str]) -> str:
    """An index of sitemaps, each with address and date of its last change."""
    urls = "".join(f"<sitemap><loc>{link}</loc><lastmod>{at}</lastmod></sitemap>" for link, at in parts)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</sitemapindex>'
