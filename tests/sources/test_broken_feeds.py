import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.sources.feeds import Feed, read_feed
from tests.sources import samples
from tests.sources.broken import CORPUS, DATES, Broken
from tests.sources.samples import item, rss

URL = "https://feeds.example/dir/feed.xml"
SAMPLES = [samples.RSS, samples.ATOM, samples.RDF, samples.RSS_091, samples.JSON_FEED]


@pytest.mark.parametrize("broken", CORPUS, ids=str)
def test_what_can_be_had(broken: Broken) -> None:
    """A broken feed gives the headlines that can be had, in order."""
    found: tuple[str | None, ...] = ()
    with contextlib.suppress(SourceError):
        found = tuple(entry.title for entry in read_feed(broken.body, broken.content_type, URL).entries)
    assert found == broken.titles


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_dates(written: str, expected: str | None) -> None:
    """A date is read in the forms that feeds write; one that cannot be is left out, and the entry stays."""
    (entry,) = read_feed(rss(item(title="Rat tagt", guid="1", pubDate=written)).encode(), None, URL).entries
    assert (str(entry.published) if entry.published else None) == expected


def test_one_fault_costs_one_entry() -> None:
    """Of a hundred entries one is beyond repair: the others keep text, link and date."""
    items = [
        item(
            title=f"T{n}",
            guid=str(n),
            link=f"/{n}",
            pubDate="Mon, 02 Mar 2026 14:30:00 GMT",
            description="<p>x</p>",
        )
        for n in range(100)
    ]
    items[50] = "<item><title>a</b></c <d e=>"
    entries = {entry.title: entry for entry in read_feed(rss(*items).encode(), None, URL).entries}
    whole = [entries[f"T{n}"] for n in range(100) if n != 50]
    assert all(entry.link and entry.published and entry.summary == "x" for entry in whole)


def read_whole(body: bytes) -> Feed | None:
    """Read a feed with all its texts; None where it is refused."""
    with contextlib.suppress(SourceError):
        feed = read_feed(body, None, URL)
        for entry in feed.entries:
            told = (entry.key, entry.title, entry.summary, entry.content, entry.author, entry.face)
            assert all(part is None or "\x1b" not in part for part in told)
            assert "<script" not in (entry.content or "")
        return feed
    return None


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_flipped_and_cut(data: st.DataObject) -> None:
    """Bytes flipped, cut out and doubled at random: entries or a refusal, soon, never another error."""
    body = bytearray(data.draw(st.sampled_from(SAMPLES)).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(body) - 1, 0)))
        end = at + data.draw(st.integers(0, 40))
        match data.draw(st.sampled_from(["flip", "cut", "double", "end"])):
            case "flip" if body:
                body[at] ^= data.draw(st.integers(1, 255))
            case "cut":
                del body[at:end]
            case "double":
                body[end:end] = body[at:end]
            case _:
                del body[max(at, 60) :]
    begun = time.thread_time()
    read_whole(bytes(body))
    assert time.thread_time() - begun < 2


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: rss(f"<item>{text}</item>").encode("utf-8", "surrogatepass"))
)
def test_any_bytes(body: bytes) -> None:
    """Bytes that nobody ever meant as a feed are refused or read, never another error."""
    read_whole(body)
