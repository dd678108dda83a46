"""OPML: what feed readers hand over, and what they take."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SourceError
from bot.sources.opml import Outline, read_opml, write_opml

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Meine Feeds</title></head><body>
<outline text="Politik" title="Politik">
  <outline text="Ausland"><outline type="rss" text="Tagesblatt &amp; Co" xmlUrl="https://tagesblatt.example/rss"
    htmlUrl="https://tagesblatt.example" language="de-DE"/></outline>
  <outline type="rss" title="Post" text="x" XMLURL="feed://post.example/feed"/>
</outline>
<outline text="Leer"/>
<outline type="rss" text="" xmlUrl="feed:https://bote.example/rss" category="/Hafen/Lotsen,wichtig" language="unknown"/>
<outline type="rss" text="Noch einmal" xmlUrl="https://TAGESBLATT.example/rss#top"/>
</body></opml>"""  # noqa: E501 - as readers write it


def read(text: str | bytes) -> tuple[list[Outline], list[str]]:
    """The outlines and the issues as printed."""
    outlines, issues = read_opml(text if isinstance(text, bytes) else text.encode(), "my.opml")
    return outlines, [str(issue) for issue in issues]


def test_reading() -> None:
    """Nested outlines give their categories; an address counts once; names fall back to the host."""
    outlines, issues = read(LIST)
    assert issues == []
    assert outlines == [
        Outline(
            name="Tagesblatt & Co",
            url="https://tagesblatt.example/rss",
            categories=("Politik", "Ausland"),
            lang="de",
        ),
        Outline(name="Post", url="https://post.example/feed", categories=("Politik",)),
        Outline(name="bote.example", url="https://bote.example/rss", categories=("Hafen", "Lotsen")),
    ]


def test_a_bad_address_is_left_out() -> None:
    """An address that is none is told with its line; the others count."""
    text = LIST.replace("feed://post.example/feed", "file:///etc/passwd")
    outlines, issues = read(text)
    assert len(outlines) == 2
    assert issues == ["my.opml:6:1: warning: `file:///etc/passwd` is no web address: left out"]


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    """A lone ampersand is told with line and column, and costs nothing."""
    outlines, (issue,) = read(LIST.replace("&amp; Co", "& Co"))
    assert [outline.url for outline in outlines][1:] == [
        "https://post.example/feed",
        "https://bote.example/rss",
    ]
    assert issue.startswith("my.opml:4:")
    assert "no valid XML" in issue


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "my.opml: not OPML: it is no XML; export the list"),
        ("Tagesblatt\nhttps://tagesblatt.example", "my.opml: not OPML: it is no XML"),
        ("<rss version='2.0'/>", "my.opml: not OPML: the document is <rss>"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>", "declares XML entities"),
        ("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><opml>&a;</opml>", "declares XML entities"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not OPML"),
    ],
)
def test_refused(text: str | bytes, reason: str) -> None:
    """What is no list is refused with its name and the mend."""
    with pytest.raises(SourceError, match=reason):
        read(text)


def test_depth() -> None:
    """A list nested without end is read without harm."""
    read("<opml><body>" + "<outline text='x'>" * 200 + "</outline>" * 200 + "</body></opml>")


SIGNS = re.compile("[/,]")
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=40)
OUTLINES = st.builds(
    Outline,
    name=NAMES.map(lambda name: f"x{name}x".replace("&", "+")),
    url=st.integers(0, 10**6).map(lambda number: f"https://a.example/{number}?a=1&b=2"),
    categories=st.lists(NAMES.map(lambda name: f"x{SIGNS.sub('_', name)}"), max_size=2).map(tuple),
    lang=st.sampled_from([None, "de", "en"]),
    options=st.sampled_from([{}, {"kind": "page", "links": "main > h2 a"}]),
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(OUTLINES, max_size=5, unique_by=lambda outline: outline.url))
def test_what_is_written_is_read(outlines: list[Outline]) -> None:
    """What was exported comes back as it was."""
    found, issues = read(write_opml(outlines, title="A & B", created=NOW))
    assert issues == []
    assert [(one.url, one.lang, one.options, len(one.categories)) for one in found] == [
        (one.url, one.lang, one.options, len(one.categories)) for one in outlines
    ]


def test_writing() -> None:
    """A feed is written as readers take it; what is none is a link."""
    text = write_opml(
        [
            Outline(name="A & <B>", url="https://a.example/?x=1&y=2", categories=("Politik",), lang="de"),
            Outline(name="C", url="https://c.example", options={"kind": "page"}),
        ],
        title="Depesche",
        created=NOW,
    )
    assert '<outline type="rss" text="A &amp; &lt;B&gt;" title="A &amp; &lt;B&gt;"' in text
    assert 'xmlUrl="https://a.example/?x=1&amp;y=2" category="/Politik" language="de"/>' in text
    assert '<outline type="link" text="C" title="C" url="https://c.example" depesche:kind="page"/>' in text
    assert "<dateCreated>Mon, 02 Mar 2026 12:00:00 +0000</dateCreated>" in text
