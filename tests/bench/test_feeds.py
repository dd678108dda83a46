"""Reading feeds side by side with feedparser: CPU time, agreement, and what an unchanged body costs.

Time is that of the processor for this thread; both sides are measured in turn, and the best round of each
counts, because on a shared machine the others only measure the neighbours.
"""

import time
from calendar import timegm
from collections import Counter
from collections.abc import Callable
from typing import Any

import feedparser
import pytest

from bot.article.markup import plain_title
from bot.article.model import Entry
from bot.sources.feeds import read_feed
from bot.sources.http_feeds import body_checksum
from tests.bench.feed_crowd import crowd

ROUNDS = 5
URL = "https://feeds.example/"


@pytest.fixture(scope="module")
def feeds() -> dict[str, bytes]:
    """The feeds that both read."""
    return crowd()


def cpu(work: Callable[[], object]) -> float:
    """Seconds of the processor that one call takes."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def best(*works: Callable[[], object]) -> list[float]:
    """Seconds of each in its best round, measured in turn."""
    rounds = [[cpu(work) for work in works] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def with_texts(body: bytes) -> None:
    """Read a feed and clean all its texts, as at the first fetch of a source."""
    for entry in read_feed(body, None, URL).entries:
        assert entry.summary is None or entry.content is None or entry.key
        assert entry.author != ""


def test_cpu(feeds: dict[str, bytes]) -> None:
    """Reading feeds takes a small part of what feedparser takes."""
    ours = theirs = cleaned = 0.0
    print()
    for name, body in feeds.items():
        one, other, texts = best(
            lambda body=body: read_feed(body, None, URL),  # type: ignore[misc]  # bound for this round
            lambda body=body: feedparser.parse(body),  # type: ignore[misc]  # as above
            lambda body=body: with_texts(body),  # type: ignore[misc]  # as above
        )
        ours, theirs, cleaned = ours + one, theirs + other, cleaned + texts
        if int(name.rpartition("-")[2]) < 9:
            milliseconds = f"{1000 * one:6.2f} ms"
            print(f"{name:16}{len(body) // 1024:5} kB {milliseconds}, feedparser {other / one:5.1f} x")
    print(f"all feeds: feedparser takes {theirs / ours:.1f} x, with texts cleaned {theirs / cleaned:.1f} x")
    assert theirs / ours > 15
    assert theirs / cleaned > 6


def test_agreement(feeds: dict[str, bytes]) -> None:
    """Title, link, id and date are those that feedparser finds."""
    agreed: Counter[str] = Counter()
    entries = 0
    for body in feeds.values():
        found, expected = read_feed(body, None, "").entries, feedparser.parse(body).entries
        assert len(found) == len(expected)
        for entry, other in zip(found, expected, strict=True):
            entries += 1
            same = agreement(entry, dict(other))
            agreed.update(part for part, is_same in same.items() if is_same)
            agreed["all four"] += all(same.values())
    print(
        f"\n{entries:,} entries:",
        ", ".join(f"{part} {100 * n / entries:.2f} %" for part, n in agreed.items()),
    )
    assert agreed["all four"] / entries >= 0.99


def agreement(entry: Entry, other: dict[str, Any]) -> dict[str, bool]:
    """What of an entry both read alike; a title is compared as words, since feedparser gives it as HTML."""
    date, parsed = (
        entry.published or entry.updated,
        other.get("published_parsed") or other.get("updated_parsed"),
    )
    return {
        "title": (entry.title or "") == " ".join(plain_title(other.get("title", "")).split()),
        "link": (entry.link or "") == other.get("link", ""),
        "id": (entry.id or "") == other.get("id", ""),
        "date": (date and int(date.at.timestamp())) == (parsed and timegm(parsed)),
    }


def test_unchanged(feeds: dict[str, bytes]) -> None:
    """A body that is the known one is recognised in a small part of the time of reading it."""
    read = known = 0.0
    for body in feeds.values():
        one, other = best(
            lambda body=body: read_feed(body, None, URL),  # type: ignore[misc]  # bound for this round
            lambda body=body: [body_checksum(body) for _ in range(20)],  # type: ignore[misc]  # as above
        )
        read, known = read + one, known + other / 20
    print(f"\nrecognising an unchanged body: {100 * known / read:.2f} % of reading it")
    assert known / read < 0.04
