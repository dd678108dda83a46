"""What each format and extension says, and where it goes."""

from datetime import timedelta

import pytest

from bot.article.model import Entry
from bot.sources.entries import FeedEntry
from bot.sources.feeds import read_feed
from bot.storage.jsontext import ENTRY
from tests.sources.samples import RSS, item, rss

URL = "https://feeds.example/dir/feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    f'xmlns:atom="{ATOM}" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def only(feed: str, url: str = URL) -> Entry:
    """The single entry of a feed."""
    (entry,) = read_feed(feed.encode(), None, url).entries
    return entry


def rss_item(inside: str, head: str = "") -> str:
    """RSS 2.0 with all usual prefixes and one item."""
    return f'<rss version="2.0" {SPACES}><channel><title>T</title>{head}<item>{inside}</item></channel></rss>'


def atom(inside: str, head: str = "", space: str = ATOM) -> str:
    """Atom with one entry."""
    return f'<feed xmlns="{space}"><title>T</title>{head}<entry>{inside}</entry></feed>'


def rdf(space: str, items: str) -> str:
    """RSS on RDF, with its items beside the channel."""
    start = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{space}">'
    return f"{start}<channel><title>T</title></channel>{items}</rdf:RDF>"


@pytest.mark.parametrize(
    "feed",
    [
        rdf("http://my.netscape.com/rdf/simple/0.9/", "<item><title>Rat</title><link>https://a.example/1</link></item>"),
        rdf("http://purl.org/rss/1.0/", "<item rdf:about='https://a.example/1'><title>Rat</title></item>"),
        *(
            f'<rss version="{version}"><channel><title>T</title><item><title>Rat</title>'
            "<link>https://a.example/1</link></item></channel></rss>"
            for version in ("0.91", "0.92", "2.0")
        ),
        atom('<title>Rat</title><link href="https://a.example/1"/>'),
        atom('<title>Rat</title><link rel="alternate" href="https://a.example/1"/>', space="http://purl.org/atom/ns#"),
        '{"title": "T", "items": [{"title": "Rat", "url": "https://a.example/1"}]}',
    ],
    ids=["0.90", "1.0", "0.91", "0.92", "2.0", "Atom 1.0", "Atom 0.3", "JSON Feed"],
)  # fmt: skip
def test_formats(feed: str) -> None:
    """Every format gives its title, and headline and address of its entry."""
    read = read_feed(feed.encode(), None, URL)
    assert (read.title, read.entries[0].title, read.entries[0].link) == ("T", "Rat", "https://a.example/1")


@pytest.mark.parametrize(
    ("inside", "link"),
    [
        ("<guid>https://a.example/g</guid>", "https://a.example/g"),
        ('<guid isPermaLink="false">https://a.example/g</guid>', None),
        ('<guid isPermaLink="false">7</guid><link>/1</link>', "https://feeds.example/1"),
        ("<guid>7</guid>", None),
        ('<atom:link rel="self" href="/self"/><link>/1</link>', "https://feeds.example/1"),
        ('<link>/1</link><atom:link rel="enclosure" href="/2"/>', "https://feeds.example/1"),
        ('<link href="/1"/>', "https://feeds.example/1"),
        ('<link xml:base="https://b.example/x/" href="1"/>', "https://b.example/x/1"),
    ],
)
def test_links(inside: str, link: str | None) -> None:
    """The address is the link, or a guid that is one; other relations and ids are none."""
    assert only(rss_item(f"<title>Rat</title>{inside}")).link == link


def test_bases() -> None:
    """A base holds for what stands inside of it, and one inside another is relative to that."""
    feed = (
        f'<feed xmlns="{ATOM}" xml:base="https://b.example/a/"><entry xml:base="c/"><title>Rat</title>'
        '<link href="1"/></entry></feed>'
    )
    assert only(feed).link == "https://b.example/a/c/1"


@pytest.mark.parametrize(
    ("inside", "summary", "content"),
    [
        ("<description>&lt;p&gt;Kurz&lt;/p&gt;</description>", "Kurz", None),
        ("<content:encoded><![CDATA[<p>Lang</p>]]></content:encoded>", None, "<p>Lang</p>"),
        ("<description>Kurz</description><content:encoded>Kurz</content:encoded>", "Kurz", None),
        ("<media:group><media:description>Bild</media:description></media:group>", "Bild", None),
        ("<description>Kurz</description><media:description>Bild</media:description>", "Kurz", None),
        ("<itunes:summary>Folge 7</itunes:summary>", "Folge 7", None),
        ('<body xmlns="http://www.w3.org/1999/xhtml"><p>Lang</p></body>', None, "<p>Lang</p>"),
        ('<x:body xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Lang</x:p></x:body>', None, "<p>Lang</p>"),
        ('<content:encoded>&lt;a href="/x"&gt;y&lt;/a&gt;</content:encoded>', None,
         '<a href="https://feeds.example/x">y</a>'),
    ],
)  # fmt: skip
def test_texts_of_rss(inside: str, summary: str | None, content: str | None) -> None:
    """Texts are found in RSS and its extensions; links in them become absolute."""
    entry = only(rss_item(f"<title>Rat</title>{inside}"))
    assert (entry.summary, entry.content) == (summary, content)


@pytest.mark.parametrize(
    ("inside", "content"),
    [
        ('<content type="html">&lt;b&gt;x&lt;/b&gt; &amp;amp; y</content>', "<b>x</b> &amp; y"),
        ('<content type="text">1 &lt; 2 &amp; &lt;b&gt;</content>', "1 &lt; 2 &amp; &lt;b&gt;"),
        ("<content>a &lt;p&gt; b</content>", "a <p> b</p>"),
        ('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></content>', "<div>x</div>"),
        ('<content type="text/html" mode="base64">PGI+eDwvYj4=</content>', "<b>x</b>"),
        ('<content type="text/html" mode="base64">***</content>', None),
        ('<content type="image/png" src="/x.png"/>', None),
        ('<content type="html">&lt;script&gt;x()&lt;/script&gt;&lt;p onclick="x()"&gt;y&lt;/p&gt;</content>',
         "<p>y</p>"),
    ],
)  # fmt: skip
def test_contents_of_atom(inside: str, content: str | None) -> None:
    """The type of a content says how it is read; what is harmful is left out."""
    assert only(atom(f"<title>Rat</title><id>1</id>{inside}")).content == content


@pytest.mark.parametrize(
    ("feed", "author"),
    [
        (rss_item("<title>x</title><author>ann@a.example (Ann Muster)</author>"), "Ann Muster"),
        (rss_item("<title>x</title><author>Ann Muster &lt;ann@a.example&gt;</author>"), "Ann Muster"),
        (rss_item("<title>x</title><dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator>"), "Ann, Bo"),
        (rss_item("<title>x</title><dc:creator>Ann</dc:creator><itunes:author>Ann</itunes:author>"), "Ann"),
        (atom("<title>x</title><author><name>Ann</name><email>a@b.example</email></author>"), "Ann"),
        (atom("<title>x</title>", head="<author><name>Redaktion</name></author>"), "Redaktion"),
        ('{"items": [{"title": "x", "authors": [{"name": "Ann"}, {"name": "Bo"}]}]}', "Ann, Bo"),
        ('{"items": [{"title": "x", "author": {"name": "Ann"}}]}', "Ann"),
        ('{"author": {"name": "Red"}, "items": [{"title": "x"}]}', "Red"),
    ],
)
def test_authors(feed: str, author: str) -> None:
    """Authors are found in all their forms, without their addresses."""
    assert only(feed).author == author


@pytest.mark.parametrize(
    ("inside", "published", "updated"),
    [
        ("<pubDate>Mon, 02 Mar 2026 14:30:00 +0100</pubDate><dc:date>2026-03-03T00:00Z</dc:date>",
         "2026-03-02T14:30:00+01:00", "None"),
        ("<dc:date>2026-03-02T14:30:00Z</dc:date>", "2026-03-02T14:30:00+00:00", "None"),
        ("<atom:published>2026-03-02T14:30:00Z</atom:published><atom:updated>2026-03-03T14:30:00Z</atom:updated>",
         "2026-03-02T14:30:00+00:00", "2026-03-03T14:30:00+00:00"),
        ("<pubDate>soon</pubDate><dc:date>2026-03-02</dc:date>", "2026-03-02", "None"),
        ("<atom:updated>2026-03-03T14:30:00Z</atom:updated>", "2026-03-03T14:30:00+00:00",
         "2026-03-03T14:30:00+00:00"),
    ],
)  # fmt: skip
def test_dates(inside: str, published: str, updated: str) -> None:
    """Published is what surely means publication, else the next best; updated is the last change."""
    entry = only(rss_item(f"<title>Rat</title>{inside}"))
    assert (str(entry.published), str(entry.updated)) == (published, updated)


HUB = '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="/feed.xml"/>'
RHYTHMS = [
    (f"{HUB}<ttl>15</ttl>",
     ("https://hub.example/", "https://feeds.example/feed.xml", timedelta(minutes=15))),
    ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
     (None, None, timedelta(minutes=30))),
    ("<sy:updatePeriod> daily </sy:updatePeriod>", (None, None, timedelta(days=1))),
    ("<ttl>soon</ttl>", (None, None, None)),
    ("<ttl>0</ttl>", (None, None, None)),
    ('<atom:link rel="hub" href="javascript:x()"/>', (None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), RHYTHMS)
def test_what_the_feed_wants(head: str, expected: tuple[str | None, str | None, timedelta | None]) -> None:
    """A feed names its hub, its own address and how long it wants to be left alone."""
    feed = read_feed(rss_item("<title>Rat</title>", head).encode(), None, URL)
    assert (feed.hub, feed.self_url, feed.ttl) == expected


def test_hub_of_a_json_feed() -> None:
    """A JSON Feed names its hub too."""
    feed = '{"feed_url": "/f.json", "hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "items": []}'
    read = read_feed(feed.encode(), None, URL)
    assert (read.hub, read.self_url) == ("https://hub.example/", "https://feeds.example/f.json")


@pytest.mark.parametrize(
    "feed",
    [
        '{"items": [{"id": 7, "title": "Rat"}]}',
        '{"items": [7, null, {"id": "7", "title": "Rat", "authors": "x", "tags": 1, "url": null}]}',
        '{"items": [{"id": "7", "title": "Rat", "content_text": "half \\ud800"}], "hubs": "x"}',
    ],
)
def test_odd_json(feed: str) -> None:
    """A JSON Feed with values of the wrong kind gives what is right in it."""
    entry = only(feed)
    assert (entry.id, entry.title) == ("7", "Rat")
    assert "\ud800" not in (entry.content or "")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("a &lt; b", "a < b"),
        ("Rat sagt &lt;Nein&gt;", "Rat sagt <Nein>"),
        ("&lt;b&gt;Rat&lt;/b&gt; tagt", "Rat tagt"),
        ("AT&amp;amp;T", "AT&T"),
        ("<![CDATA[AT&T &#8211; wins]]>", "AT&T – wins"),
        ("Rat &lt;img src=x onerror=y&gt;tagt", "Rat tagt"),
    ],
)
def test_headlines(written: str, title: str) -> None:
    """A headline is words, whether it was meant as text or as HTML."""
    assert only(rss(item(title=written, guid="1"))).title == title


def test_texts_are_cleaned_when_asked_for() -> None:
    """What an entry says anew is seen without cleaning its texts; they are cleaned once, when asked for."""
    (entry, _) = read_feed(RSS.encode(), None, URL).entries
    assert isinstance(entry, FeedEntry)
    assert entry.face
    assert "summary" not in vars(entry)
    assert entry.summary == vars(entry)["summary"] == "Litauen baut den Hafen aus & sucht Partner."


def test_face() -> None:
    """An entry has another face as soon as it says something else, and the same as long as it does not."""
    faces = [
        only(rss(item(title=title, guid="1", description=text))).face
        for title, text in [("Rat", "x"), ("Rat", "x"), ("Rat tagt", "x"), ("Rat", "y")]
    ]
    assert faces[0] == faces[1]
    assert len(set(faces)) == 3


def test_stored_like_any_entry() -> None:
    """An entry of a feed goes into the store and comes back as a plain one that says the same."""
    (entry, _) = read_feed(RSS.encode(), None, URL).entries
    back = ENTRY.load(ENTRY.dump(entry))
    assert (back.key, back.title, back.summary, back.published) == (
        entry.key,
        entry.title,
        entry.summary,
        entry.published,
    )
