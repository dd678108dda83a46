"""A source of each kind, from its line in the configuration to the article that waits to be read."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.config_check import check
from bot.app.settings import fetch_limits, sources_of
from bot.pipeline.pages import PageReader
from bot.pipeline.poll import Polled, Poller
from bot.ports.store import ArticleState
from bot.sources.fetchers import Fetchers
from tests.fakes.clock import FakeClock
from tests.fakes.feed_server import FeedServer, Reply
from tests.fakes.store import FakeStore
from tests.sources.kinds.samples import (
    bluesky_feed,
    bluesky_post,
    mastodon_rss,
    news_url,
    sitemap,
    telegram_page,
    telegram_post,
)
from tests.sources.samples import LOOPBACK

SAID = "Der Hafen bleibt bis Montag geschlossen."
KINDS = ("Telegram", "Bluesky", "Mastodon", "Sitemap", "Seite", "Ordner")
HTML, XML, JSON = "text/html; charset=utf-8", "application/xml", "application/json"
SENTENCES = f"<p>{SAID} So der Minister im Rat der Stadt.</p>" * 4
PAGE = f"<html><body><article><h1>Hafen zu</h1>{SENTENCES}</article></body></html>"
FRONT = '<main><h2><a href="/politik/hafen-bleibt-zu-4711.html">Hafen bleibt bis Montag zu</a></h2></main>'


@dataclass
class Newsroom:
    """Polled sources and what came of them."""

    store: FakeStore
    clock: FakeClock
    poller: Poller
    pages: PageReader
    server: FeedServer

    async def look(self) -> list[Polled]:
        """One round of polls and pages."""
        polled = await self.poller.poll_due()
        await self.pages.fetch_waiting()
        return polled

    async def texts(self) -> dict[str, str]:
        """Source -> text of its article that waits to be read."""
        waiting = await self.store.waiting(ArticleState.FETCHED, 100)
        return {item.article.source_name or "": item.article.text for item in waiting}


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """A server that plays all services."""
    async with FeedServer() as running:
        yield running


@pytest.fixture
async def newsroom(server: FeedServer, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """One source of each kind, as people configure them."""
    news, page = news_url(server.url("/hafen"), "Hafen zu"), Reply(body=PAGE, content_type=HTML)
    server.script("/s/hafenamt", Reply(body=telegram_page(telegram_post(7, SAID)), content_type=HTML))
    posts = Reply(body=bluesky_feed(bluesky_post("3k1", SAID)), content_type=JSON)
    server.script("/xrpc/app.bsky.feed.getAuthorFeed", posts)
    server.script("/@amt.rss", Reply(body=mastodon_rss(f"<p>{SAID}</p>")))
    server.script("/news.xml", Reply(body=sitemap(news), content_type=XML))
    server.script("/front", Reply(body=FRONT, content_type=HTML))
    for path in ("/hafen", "/politik/hafen-bleibt-zu-4711.html"):
        server.script(path, page)
    (tmp_path / "a.txt").write_text(SAID)
    os.utime(tmp_path / "a.txt", (1_772_442_000, 1_772_442_000))
    text = f"""
demo: false
polling: {{robots: false}}
sources:
  - {{name: Telegram, kind: telegram, url: "https://t.me/hafenamt", base_url: "{server.url("")}"}}
  - {{name: Bluesky, kind: bluesky, url: "https://bsky.app/profile/amt", base_url: "{server.url("")}"}}
  - {{name: Mastodon, kind: mastodon, url: "{server.url("/@amt")}"}}
  - {{name: Sitemap, kind: sitemap, url: "{server.url("/news.xml")}"}}
  - {{name: Seite, kind: page, url: "{server.url("/front")}", links: main h2 a}}
  - {{name: Ordner, kind: folder, path: "{tmp_path}"}}
"""
    config = check(text, "my.yml", {}).config
    assert config
    store, clock = FakeStore(), FakeClock(datetime.now(UTC) + timedelta(minutes=1))
    fetchers = Fetchers(now=clock.now, limits=fetch_limits(config), allow=LOOPBACK)
    await store.put_sources(sources_of(config), clock.now())
    yield Newsroom(
        store=store,
        clock=clock,
        poller=Poller(store=store, fetcher=fetchers, clock=clock, jitter=lambda: 0.0),
        pages=PageReader(store=store, fetcher=fetchers, clock=clock),
        server=server,
    )
    await fetchers.close()


async def test_every_kind_brings_an_article(newsroom: Newsroom) -> None:
    """Each kind brings its article with its text; posts and files need no page."""
    polled = await newsroom.look()
    assert {one.source.name: (one.new, one.error) for one in polled} == dict.fromkeys(KINDS, (1, None))
    texts = await newsroom.texts()
    assert {texts[name] for name in ("Telegram", "Bluesky", "Mastodon", "Ordner")} == {SAID}
    assert all(texts[name].startswith(SAID) for name in ("Sitemap", "Seite"))
    asked = [request.path for request in newsroom.server.requests]
    assert len(asked) == 7  # five sources on the web, and the pages of sitemap and front page


async def test_nothing_twice(newsroom: Newsroom) -> None:
    """Asked again, no kind brings what it brought; a new post and a new file come, and only they."""
    await newsroom.look()
    newsroom.clock.advance(3_600)
    assert {one.new for one in await newsroom.look()} == {0}
    posts = telegram_page(telegram_post(7, SAID), telegram_post(8, "Er ist wieder offen."))
    newsroom.server.script("/s/hafenamt", Reply(body=posts, content_type=HTML))
    newsroom.clock.advance(3_600)
    assert {one.source.name: one.new for one in await newsroom.look()}["Telegram"] == 1


async def test_an_edited_post_is_no_second_article(newsroom: Newsroom) -> None:
    """A post that changed is the same article with another text."""
    await newsroom.look()
    posts = telegram_page(telegram_post(7, "Der Hafen bleibt bis Dienstag geschlossen."))
    newsroom.server.script("/s/hafenamt", Reply(body=posts, content_type=HTML))
    newsroom.clock.advance(3_600)
    assert {one.new for one in await newsroom.look()} == {0}
    assert (await newsroom.texts())["Telegram"] == "Der Hafen bleibt bis Dienstag geschlossen."
