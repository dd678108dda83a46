"""Whatever a server sends: entries, or one line why not."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.sources.client import Response
from bot.sources.kinds.answers import json_answer
from bot.sources.kinds.bluesky import read_posts
from bot.sources.kinds.mastodon import read_statuses
from bot.sources.kinds.page import read_index
from bot.sources.kinds.sitemap import read_sitemap
from bot.sources.kinds.telegram import read_preview
from bot.sources.limits import Limits
from bot.sources.opml import read_opml
from tests.sources.kinds.samples import (
    bluesky_feed,
    bluesky_post,
    news_url,
    sitemap,
    sitemap_index,
    status,
    telegram_page,
    telegram_post,
)

LIMITS = Limits()
PAGE = """<html><base href="/x/"><main><article><h2><a href="/politik/hafen-bekommt-liegeplatz-4711.html">
Hafen bekommt einen Liegeplatz</a></h2><time datetime="2026-03-02">heute</time></article></main></html>"""
OPML = '<opml><body><outline text="A"><outline text="B" xmlUrl="https://b.example"/></outline></body></opml>'


def response(body: bytes) -> Response:
    """An answer with this body."""
    return Response(status=200, url="https://tagesblatt.example/news", body=body, content_type="text/html")


READERS: dict[str, tuple[str, Callable[[Response], Any]]] = {
    "telegram": (telegram_page(telegram_post(7, "Zu.<br/>Bis Montag."), telegram_post(8)), read_preview),
    "page": (PAGE, lambda answer: read_index(answer, None, LIMITS)),
    "selector": (PAGE, lambda answer: read_index(answer, "main h2 a", LIMITS)),
    "sitemap": (sitemap(news_url("/hafen", "Hafen zu")), lambda answer: read_sitemap(answer, LIMITS)),
    "index": (sitemap_index(("/a.xml", "2026-03-02")), lambda answer: read_sitemap(answer, LIMITS)),
    "bluesky": (bluesky_feed(bluesky_post("3k1", "Zu.")), lambda answer: read_posts(json_answer(answer), {})),
    "mastodon": (
        json.dumps([status(1, "<p>a</p>", reblog=status(2, "<p>b</p>"))]),
        lambda answer: read_statuses(json_answer(answer)),
    ),
    "opml": (OPML, lambda answer: read_opml(answer.body, "my.opml")),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "uri"]), inner),
    max_leaves=5,
)


def refusal(read: Callable[[Response], Any], body: bytes) -> str:
    """Why a body is refused; empty where it is read."""
    try:
        read(response(body))
    except SourceError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=40)
@given(data=st.data())
def test_spoilt(kind: str, data: st.DataObject) -> None:
    """A document with bytes replaced, taken out, or cut off is read as far as it goes, or refused."""
    sample, read = READERS[kind]
    body = bytearray(sample.encode())
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    assert "\n" not in refusal(read, bytes(body[: data.draw(st.integers(0, len(body)))]))


@pytest.mark.parametrize("kind", ["bluesky", "mastodon"])
@settings(max_examples=40)
@given(data=st.data())
def test_other_values(kind: str, data: st.DataObject) -> None:
    """An answer with any other value in the place of one of its own is read, or refused."""
    sample, read = READERS[kind]
    tree = json.loads(sample)
    node = tree["feed"] if kind == "bluesky" else tree
    step: str | int = 0
    while isinstance(node[step], dict) and data.draw(st.integers(0, 3)):
        node, step = node[step], data.draw(st.sampled_from(sorted(node[step])))
    node[step] = data.draw(JSON)
    assert refusal(read, json.dumps(tree).encode()) in ("", "the server's answer is no list of posts")
