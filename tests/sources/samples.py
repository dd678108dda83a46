"""Feeds for the tests, all written by us: one of each format, and pieces to break."""

from datetime import UTC, datetime

ITEM_DE = """<item><title>Hafen bekommt zwei Liegeplätze</title><link>https://tagesblatt.example/hafen</link>
<guid isPermaLink="false">tb-1</guid><pubDate>Mon, 02 Mar 2026 23:30:00 +0100</pubDate>
<description>&lt;p&gt;Litauen baut den Hafen aus &amp;amp; sucht Partner.&lt;/p&gt;</description></item>"""
ITEM_EN = """<item><title>Ferry line reopens</title><link>https://post.example/ferry</link>
<guid>https://post.example/ferry</guid><pubDate>Mon, 02 Mar 2026 08:15:00 EST</pubDate>
<description>The ferry will run again from Tuesday.</description></item>"""
RSS_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Tagesblatt</title>'
RSS_END = "</channel></rss>"
RSS = RSS_HEAD + ITEM_DE + ITEM_EN + RSS_END

RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1/rss-0.91.dtd">
<rss version="0.91"><channel><title>Alt</title><item><title>Gr&uuml;&szlig;e &amp; K&uuml;sse</title>
<link>https://alt.example/1</link><description>Kurz &mdash; und gut</description></item></channel></rss>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://rdf.example/"><title>RDF</title></channel>
<item rdf:about="https://rdf.example/1"><title>Rat tagt</title><link>https://rdf.example/1</link>
<dc:date>2026-03-02T14:30+01:00</dc:date><dc:creator>Ann Muster</dc:creator></item></rdf:RDF>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/dir/"><title>Atom</title>
<id>urn:feed</id><entry><id>urn:1</id><title type="html">AT&amp;amp;T wins</title>
<link rel="self" href="self.xml"/><link rel="alternate" href="one.html"/>
<published>2026-03-02T09:00:00-05:00</published><updated>2026-03-02T15:00:00Z</updated>
<summary>Short</summary><author><name>Ann Muster</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><script>x()</script><p>Second.</p></div>
</content></entry>
<entry><id>urn:2</id><title>Only updated</title><updated>2026-03-02</updated>
<content type="text">1 &lt; 2</content></entry></feed>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "items": [
{"id": "1", "url": "/one", "title": "One", "content_html": "<p>Text</p>",
 "date_published": "2026-03-02T14:30:00+01:00"}]}"""

AGGREGATED = (
    RSS_HEAD
    + """<item><title>Rat tagt</title><guid isPermaLink="false">a1</guid>
<source url="https://bote.example/">Der Bote</source></item>"""
    + RSS_END
)

HTML = "<!doctype html><html><head><title>Start</title></head><body><p>Willkommen</p></body></html>"
HTML_WITH_FEED = HTML.replace(
    "<title>", '<link rel="alternate" type="application/rss+xml" href="/rss.xml"><title>'
)

BILLION_LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<rss version="2.0"><channel><title>&lol3;</title></channel></rss>"""
XXE = """<?xml version="1.0"?><!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&xxe;</title></item></channel></rss>"""


def item(**parts: str) -> str:
    """One RSS item of the given elements, written as they are."""
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in parts.items()) + "</item>"


def rss(*items: str) -> str:
    """An RSS feed of the given items."""
    return RSS_HEAD + "".join(items) + RSS_END


LOOPBACK = ("127.0.0.0/8",)


def noon() -> datetime:
    """The moment it is in the tests."""
    return datetime(2026, 3, 2, 12, tzinfo=UTC)
