import contextlib
import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Entry
from bot.errors import SourceError
from bot.sources.feeds import entries_of, read_feed
from bot.sources.limits import Limits
from tests.sources import samples
from tests.sources.samples import item, rss

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"
FOREIGN = '<m:title>Bild</m:title><a:link href="https://a.example/1"/><m:content url="x"/>'
URL = "https://feeds.example/dir/feed.xml"


def only(feed: str | bytes, content_type: str | None = None) -> Entry:
    """The single entry of a feed."""
    (entry,) = read_feed(feed.encode() if isinstance(feed, str) else feed, content_type, URL).entries
    return entry


@pytest.mark.parametrize(
    ("feed", "key", "title", "link", "published"),
    [
        (
            samples.RSS,
            "tb-1",
            "Hafen bekommt zwei Liegeplätze",
            "https://tagesblatt.example/hafen",
            "2026-03-02T23:30:00+01:00",
        ),
        (samples.RSS_091, "https://alt.example/1", "Grüße & Küsse", "https://alt.example/1", "None"),
        (
            samples.RDF,
            "https://rdf.example/1",
            "Rat tagt",
            "https://rdf.example/1",
            "2026-03-02T14:30:00+01:00",
        ),
        (
            samples.ATOM,
            "urn:1",
            "AT&T wins",
            "https://atom.example/dir/one.html",
            "2026-03-02T09:00:00-05:00",
        ),
        (samples.JSON_FEED, "1", "One", "https://feeds.example/one", "2026-03-02T14:30:00+01:00"),
    ],
)
def test_formats(feed: str, key: str, title: str, link: str, published: str) -> None:
    """Each format gives identity, headline, absolute link and the date with its offset."""
    entry = entries_of(feed.encode(), None, URL)[0][0]
    assert (entry.key, entry.title, entry.link, str(entry.published)) == (key, title, link, published)


def test_texts() -> None:
    """A summary is plain text; content is harmless HTML; a lone description is no content."""
    german, english = read_feed(samples.RSS.encode()).entries
    assert (german.summary, german.content) == ("Litauen baut den Hafen aus & sucht Partner.", None)
    assert english.summary == "The ferry will run again from Tuesday."
    first, second = read_feed(samples.ATOM.encode()).entries
    assert (first.summary, first.content) == ("Short", "<div><p>First.</p><p>Second.</p></div>")
    assert second.content == "1 &lt; 2"
    assert (first.author, str(first.updated)) == ("Ann Muster", "2026-03-02T15:00:00+00:00")
    assert str(second.published) == "2026-03-02"


def test_outlet() -> None:
    """An aggregated entry names the outlet it is from."""
    assert only(samples.AGGREGATED).source_name == "Der Bote"


UNUSABLE = [
    (b"", "the feed is empty"),
    (b" \n\xef\xbb\xbf", "the feed is empty"),
    (samples.HTML.encode(), "page is HTML, not a feed: take the address of its RSS or Atom feed"),
    (
        samples.HTML_WITH_FEED.encode(),
        "page is HTML, not a feed; it names this one: https://feeds.example/rss.xml",
    ),
    (b"<html", "page is HTML, not a feed: take the address of its RSS or Atom feed"),
    (b"Just a moment ...", "not a feed: neither RSS nor Atom nor anything like it"),
    (b"\x00\x01\x02\x03\xff\xfe", "not a feed: neither RSS nor Atom nor anything like it"),
    (b'<?xml version="1.0"?><opml/>', "not a feed: the document is <opml>"),
    (b'{"error": "not found"}', "not a feed: JSON that is no JSON Feed"),
    (samples.BILLION_LAUGHS.encode(), "the feed declares XML entities, which is refused as unsafe"),
    (samples.XXE.encode(), "the feed declares XML entities, which is refused as unsafe"),
    (
        samples.XXE.replace("<!DOCTYPE", f"<!--{'x' * 2_000}--><!DOCTYPE").encode(),
        "the feed declares XML entities, which is refused as unsafe",
    ),
    (samples.RSS[:200].encode(), "the feed is cut off before the end of its first entry"),
    (samples.RSS_HEAD.encode(), "the feed is cut off before the end of its first entry"),
    (rss(item(category="x")).encode(), "none of the 1 entries has a title, a text or a link"),
    (gzip.compress(b"<rss>" + b" " * 11_000_000), "larger than 10 MB: refused"),
]


@pytest.mark.parametrize(("body", "reason"), UNUSABLE)
def test_unusable(body: bytes, reason: str) -> None:
    """What is no feed gives one line that says what it is."""
    with pytest.raises(SourceError) as caught:
        read_feed(body, None, URL)
    assert str(caught.value) == reason


BROKEN = [
    ("no date", item(title="Rat tagt", guid="1"), "1", "Rat tagt"),
    (
        "no id",
        item(title="Rat tagt", link="https://a.example/1"),
        "https://a.example/1",
        "Rat tagt",
    ),
    ("lone ampersand", item(title="Rat & Tat", guid="1"), "1", "Rat & Tat"),
    ("unknown entity", item(title="Rat &tagt; hier", guid="1"), "1", "Rat &tagt; hier"),
    ("escaped twice", item(title="Rat &amp;amp; Tat", guid="1"), "1", "Rat & Tat"),
    ("CDATA", item(title="<![CDATA[Rat & <b>Tat</b>]]>", guid="1"), "1", "Rat & Tat"),
    ("control character", item(title="Rat \x08tagt", guid="1"), "1", "Rat tagt"),
    ("control reference", item(title="Rat &#8;tagt", guid="1"), "1", "Rat tagt"),
    ("terminal escape", item(title="\x1b[31mRat\x1b[0m tagt", guid="1"), "1", "Rat tagt"),
    ("escape by reference", item(title="&#27;[2JRat &#x1b;]0;x&#7;tagt", guid="1"), "1", "Rat tagt"),
    ("escape escaped", item(title="&amp;#27;[31mRat tagt", guid="1"), "1", "Rat tagt"),
    ("bidi override", item(title="Rat \u202etagt", guid="1"), "1", "Rat tagt"),
    ("line break", item(title="Rat\n   tagt", guid="1"), "1", "Rat tagt"),
    ("unclosed element", item(title="Rat tagt", guid="1", category="<b>x"), "1", "Rat tagt"),
    ("unbound prefix", item(title="Rat tagt", guid="1") + "<x:y>1</x:y>", "1", "Rat tagt"),
    ("less-than", item(title="Rat tagt", guid="1", description="5 < 6"), "1", "Rat tagt"),
    ("date by words", item(title="Rat tagt", guid="1", pubDate="yesterday"), "1", "Rat tagt"),
    ("script link", item(title="Rat tagt", guid="1", link="javascript:x()"), "1", "Rat tagt"),
    (
        "mixed namespaces",
        f'<item xmlns:a="{ATOM}" xmlns:m="{MEDIA}"><title>Rat tagt</title><guid>1</guid>{FOREIGN}</item>',
        "1",
        "Rat tagt",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "items", "key", "title"), BROKEN, ids=[row[0] for row in BROKEN])
def test_broken(fault: str, items: str, key: str, title: str) -> None:
    """An entry that lacks something or is badly written is read all the same."""
    entry = only(rss(items))
    assert (entry.key, entry.title) == (key, title)


def test_not_guessed() -> None:
    """A date that is none is left out; so is a link that is no web address."""
    entry = only(rss(item(title="Rat tagt", guid="1", pubDate="yesterday", link="javascript:x()")))
    assert (entry.published, entry.link) == (None, None)


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "utf-8", "text/xml; charset=utf-8"),
        ("utf-16", "utf-16", None),
        ("utf-8-sig", "iso-8859-1", None),
        ("iso8859-15", "iso-8859-15", "application/rss+xml"),
    ],
)
def test_charsets(encoding: str, declared: str, content_type: str | None) -> None:
    """Umlauts come out right, whatever the feed says of its charset."""
    feed = rss(item(title="Größe übt Österreich", guid="1")).replace('"utf-8"', f'"{declared}"')
    assert only(feed.encode(encoding), content_type).title == "Größe übt Österreich"


def test_wrong_charset_is_noted() -> None:
    """A feed that is not in the charset it names says so."""
    _, notes = entries_of(rss(item(title="Größe", guid="1")).encode("cp1252"))
    assert notes == ("not utf-8 as it says: read as cp1252",)


@pytest.mark.parametrize(
    "feed", [samples.RSS, samples.ATOM, samples.RDF.replace("</rdf", "<item><title>Zwei</title></item></rdf")]
)
def test_cut(feed: str) -> None:
    """A feed that is cut off gives its whole entries, not the half one, and a note."""
    end = feed.index("</item>" if "<item" in feed else "</entry>") + 15
    read = read_feed(feed[:end].encode(), None, URL)
    assert len(read.entries) == 1
    assert read.cut
    assert read.notes == ("cut off in the middle: 1 whole entries read",)


def test_cut_inside_character_and_broken() -> None:
    """Cut inside a character and with a lone ampersand too, it still gives the first entry."""
    feed = rss(item(title="Rat & Tat", guid="1"), item(title="Größe", guid="2")).encode()
    entry = only(feed[: feed.index("ß".encode()) + 1])
    assert entry.title == "Rat & Tat"


def test_words_before_the_feed() -> None:
    """A server's warning before the document does not hide it."""
    assert only("<br />\n<b>Warning</b>: disk\n" + samples.RDF).title == "Rat tagt"


def test_same_id_for_all() -> None:
    """Entries that share an id are told apart; a true repetition is left out."""
    items = [item(guid="site", title=f"T{i}", link=f"https://a.example/{i}") for i in (1, 2, 2)]
    first = read_feed(rss(*items).encode()).entries
    assert [entry.title for entry in first] == ["T1", "T2"]
    assert len({entry.key for entry in first}) == 2
    assert [entry.key for entry in read_feed(rss(*items).encode()).entries] == [e.key for e in first]


@pytest.mark.parametrize("fault", ["", "<x:y/>"])
@pytest.mark.parametrize(
    "parts",
    [
        {"guid": "1", "title": "Rat tagt"},
        {"guid": "https://a.example/g", "title": "Rat tagt", "link": "https://a.example/1"},
        {"title": "Rat tagt", "link": "/1"},
        {"title": "Rat tagt", "description": "Kurz &amp; gut"},
    ],
)
def test_same_key_in_bad_health(parts: dict[str, str], fault: str) -> None:
    """An entry keeps key and link when the feed stops being well-formed."""
    sound, sick = only(rss(item(**parts))), only(rss(item(**parts), fault))
    assert (sound.key, sound.link) == (sick.key, sick.link)


def test_without_id_and_link() -> None:
    """An entry with neither id nor link is known again by its words."""
    one, again, other = (only(rss(item(title=title))) for title in ("Rat tagt", "Rat tagt", "Rat tagt nicht"))
    assert one.key == again.key != other.key


def test_newest_entries() -> None:
    """Of too many entries the newest are kept, in the feed's order."""
    days = (3, 1, 5, 2, 4)
    items = [item(title=f"T{day}", guid=str(day), pubDate=f"0{day} Mar 2026 00:00 GMT") for day in days]
    feed = read_feed(rss(*items).encode(), None, URL, Limits(entries=3))
    assert [entry.title for entry in feed.entries] == ["T3", "T5", "T4"]
    assert feed.notes == ("5 entries: the newest 3 taken",)


def test_empty_entries_are_counted() -> None:
    """Items that say nothing are left out and counted."""
    feed = read_feed(rss(item(title="Rat tagt"), "<item/>", item(category="x")).encode())
    assert (len(feed.entries), feed.skipped) == (1, 2)
    assert feed.notes == ("2 empty entries left out",)


def test_no_entries() -> None:
    """A feed without entries is a feed."""
    assert read_feed(rss().encode()).entries == ()


def test_long_texts() -> None:
    """Title and summary are cut to their limits."""
    entry = only(rss(item(title="Wort " * 1_000, description="Wort " * 10_000)))
    assert len(entry.title or "") <= 500
    assert len(entry.summary or "") <= 5_000


@pytest.mark.parametrize(
    "feed",
    [
        "<a>" * 300_000,
        rss("<item>" * 100_000),
        rss(item(title="<b>" * 200_000)),
        rss(item(description="&lt;div&gt;" * 100_000)),
        rss(item(title="x & y") * 60_000),
        rss("<![CDATA[" * 50_000),
        "<rss " + "a='b' " * 100_000 + "/>",
        rss("<!--" * 100_000),
        "<?xml?>" * 100_000,
        '{"items":' + "[" * 100_000,
    ],
    ids=[
        "open",
        "items",
        "deep",
        "deep html",
        "large broken",
        "cdata",
        "attributes",
        "comments",
        "pi",
        "json",
    ],
)
def test_bombs(feed: str) -> None:
    """A document made to cost time is refused or read within seconds of work."""
    started = time.thread_time()
    with contextlib.suppress(SourceError):
        read_feed(feed.encode(), None, URL)
    assert time.thread_time() - started < 10


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage(data: st.DataObject) -> None:
    """However a feed is damaged, the outcome is entries or a SourceError of one line."""
    sample = data.draw(st.sampled_from([samples.RSS, samples.ATOM, samples.RDF, samples.RSS_091])).encode()
    at = data.draw(st.integers(0, len(sample)))
    junk = data.draw(
        st.binary(max_size=8) | st.sampled_from([b"<", b"&", b"]]>", b"<![CDATA[", b"-->", b"\x00"])
    )
    damaged = sample[:at] + junk + sample[at + data.draw(st.integers(0, 30)) :]
    outcome: list[str] = []
    try:
        entries, notes = entries_of(damaged, None, URL)
        outcome = [*notes, *(entry.key for entry in entries), *(entry.title or "" for entry in entries)]
    except SourceError as error:
        outcome = [str(error)]
    assert not any("\n" in line or "\x1b" in line for line in outcome)
