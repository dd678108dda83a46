"""Broken feeds by category, all written by us; each with the headlines that can be had of it.

The categories are those of the test corpus that feed readers are usually measured with: charsets, dates,
entities, namespaces, markup where none belongs, documents that end or begin wrongly, attacks.
"""

import codecs
import gzip
from dataclasses import dataclass

from tests.sources.samples import ATOM, RDF, RSS_END, RSS_HEAD, item, rss

ONE, TWO = "Rat tagt über Größe", "Ferry line reopens"
ITEMS = (item(title=ONE, guid="1"), item(title=TWO, guid="2"))
SOUND = rss(*ITEMS)
BOTH = (ONE, TWO)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A broken feed.

    Attributes:
        titles: Headlines that must be had, in this order.
    """

    category: str
    name: str
    body: bytes
    titles: tuple[str, ...] = BOTH
    content_type: str | None = None

    def __str__(self) -> str:
        """Its name in the list of tests."""
        return f"{self.category}: {self.name}"


def _of(category: str, **feeds: str | bytes) -> list[Broken]:
    """Feeds that give both headlines."""
    return [
        Broken(
            category=category,
            name=name.replace("_", " "),
            body=feed if isinstance(feed, bytes) else feed.encode(),
        )
        for name, feed in feeds.items()
    ]


def _said(encoding: str, written: str) -> bytes:
    """The feed in one charset that says it is in another."""
    return SOUND.replace('"utf-8"', f'"{written}"').encode(encoding)


CHARSETS = [
    *_of(
        "charset",
        named_wrongly=_said("utf-8", "iso-8859-1"),
        named_as_utf_8=_said("cp1252", "utf-8"),
        unknown_name=_said("utf-8", "x-unheard-of"),
        not_named=SOUND.replace(' encoding="utf-8"', "").encode("cp1252"),
        byte_order_mark=codecs.BOM_UTF8 + SOUND.encode(),
        two_marks=codecs.BOM_UTF8 * 2 + SOUND.encode(),
        mark_in_a_legacy_feed=codecs.BOM_UTF8 + _said("utf-8", "windows-1252"),
        utf_16=_said("utf-16", "utf-16"),
        utf_16_named_as_utf_8=SOUND.encode("utf-16"),
        utf_16_without_mark=_said("utf-16-le", "utf-16"),
        utf_32=_said("utf-32", "utf-32"),
        encoded_twice=SOUND.encode().decode("latin-1").encode(),
        encoded_twice_by_windows=SOUND.encode().decode("cp1252").encode(),
        latin_9=_said("iso8859-15", "iso-8859-15"),
        double_quotes_missing=SOUND.replace('"utf-8"', "'UTF8'").encode(),
    ),
    Broken(
        category="charset",
        name="header against document",
        body=SOUND.encode(),
        content_type="text/xml; charset=us-ascii",
    ),
    Broken(
        category="charset",
        name="windows signs in Latin 1",
        body=rss(item(title="Rat – „Größe“", guid="1")).replace('"utf-8"', '"iso-8859-1"').encode("cp1252"),
        titles=("Rat – „Größe“",),
    ),
    Broken(
        category="charset",
        name="one broken byte",
        body=(SOUND + "<!-- äöü ÄÖÜ -->").encode().replace(b"Ferry", b"F\xe9rry"),
        titles=(ONE, "F\ufffdrry line reopens"),
    ),
]
ENTITIES = _of(
    "entities",
    of_html=rss(item(title="Rat tagt &uuml;ber Gr&ouml;&szlig;e", guid="1"), ITEMS[1]),
    undefined=rss(item(title=ONE, guid="1", description="a &nosuch; b"), ITEMS[1]),
    no_break_space=rss(item(title="Rat&nbsp;tagt über Größe", guid="1"), ITEMS[1]),
    lone_ampersand=rss(item(title=ONE, guid="1", description="R&D & more"), ITEMS[1]),
    ampersand_in_link=rss(item(title=ONE, guid="1", link="https://a.example/?a=1&b=2"), ITEMS[1]),
    capital_reference=rss(item(title="Rat tagt &#XFC;ber Größe", guid="1"), ITEMS[1]),
    reference_to_a_control=rss(item(title="Rat &#0;tagt &#x1F;über Größe", guid="1"), ITEMS[1]),
    reference_too_large=rss(item(title=ONE, guid="1", description="&#99999999;"), ITEMS[1]),
    escaped_twice=rss(item(title="Rat tagt &amp;uuml;ber Größe", guid="1"), ITEMS[1]),
    windows_reference=rss(item(title=ONE, guid="1", description="it&#146;s"), ITEMS[1]),
    control_characters=rss(item(title="Rat \x00tagt\x0b über\x1f Größe", guid="1"), ITEMS[1]),
)
MARKUP = _of(
    "markup",
    html_in_a_text=rss(item(title=ONE, guid="1", description="<p>Hi<br>you <b>there</p>"), ITEMS[1]),
    html_in_a_title=rss(item(title="Rat <b>tagt</b> über<br/> Größe", guid="1"), ITEMS[1]),
    open_html_in_a_title=rss(item(title="Rat <b>tagt über Größe", guid="1"), ITEMS[1]),
    attribute_without_quotes=rss(item(title=ONE, guid="1", description="<a href=x>y</a>"), ITEMS[1]),
    less_than=rss(item(title=ONE, guid="1", description="5 < 6"), ITEMS[1]),
    open_element=rss(item(title=ONE, guid="1", category="<i>x"), ITEMS[1]),
    wrong_end=rss(item(title=ONE, guid="1").replace("</guid>", "</guide>"), ITEMS[1]),
    starts_of_entries_damaged=SOUND.replace("<item>", "<item<!-- x -->"),
    end_of_entry_missing=rss(ITEMS[0].replace("</item>", ""), ITEMS[1]),
    start_in_capitals=SOUND.replace("<item>", "<ITEM>").replace("</item>", "</ITEM>"),
    section_not_closed=rss(item(title=ONE, guid="1", description="<![CDATA[x"), ITEMS[1]),
    section_in_section=rss(item(title=ONE, guid="1", description="<![CDATA[a <![CDATA[b]]> c]]>"), ITEMS[1]),
    section_in_a_title=rss(item(title="<![CDATA[Rat tagt]]> über <![CDATA[Größe]]>", guid="1"), ITEMS[1]),
    comment_inside=rss(item(title="Rat <!-- nicht -->tagt über Größe", guid="1"), ITEMS[1]),
    two_dashes_in_a_comment=rss("<!-- a -- b -->", *ITEMS),
    instruction_inside=rss("<?php echo 1 ?>", *ITEMS),
    same_attribute_twice=rss(*ITEMS).replace("<channel>", '<channel a="1" a="2">'),
    scripts=rss(item(title="Rat<script>x()</script> tagt über Größe", guid="1"), ITEMS[1]),
)
SPACES = _of(
    "namespaces",
    undeclared=rss(item(title=ONE, guid="1") + "<x:y>1</x:y>", ITEMS[1]),
    undeclared_in_an_entry=rss(ITEMS[0].replace("</item>", "<dc:creator>Ann</dc:creator></item>"), ITEMS[1]),
    of_its_own=SOUND.replace("<rss ", '<rss xmlns="https://feeds.example/ns" '),
    atom_prefixed=(
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id>'
        f"<a:title>{ONE}</a:title></a:entry><a:entry><a:id>2</a:id><a:title>{TWO}</a:title></a:entry></a:feed>"
    ),
    atom_entries_in_rss=rss(
        ITEMS[0], f"<entry xmlns='http://www.w3.org/2005/Atom'><id>2</id><title>{TWO}</title></entry>"
    ),
    media_title=rss(
        ITEMS[0].replace("<title>", "<m:title xmlns:m='http://search.yahoo.com/mrss/'>Bild</m:title><title>"),
        ITEMS[1],
    ),
    https_atom=(
        f'<feed xmlns="https://www.w3.org/2005/Atom/"><entry><id>1</id><title>{ONE}</title></entry>'
        f"<entry><id>2</id><title>{TWO}</title></entry></feed>"
    ),
    extension_title_only=rss(
        f"<item xmlns:dc='http://purl.org/dc/elements/1.1/'><guid>1</guid><dc:title>{ONE}</dc:title></item>",
        ITEMS[1],
    ),
)
SHAPE = [
    *_of(
        "shape",
        damaged_root=SOUND.replace("<rss ", "<rss xmlns:dc=\"http://purl.o xmlns:x='y' "),
        damaged_default_namespace=(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rs">'
            + "".join(ITEMS)
            + "</rdf:RDF>"
        ),
        white_space_before=" \n\n\t" + SOUND,
        a_warning_before="<br />\n<b>Warning</b>: disk full in x.php on line 3<br />\n" + SOUND,
        words_after=SOUND + "\n<!-- cached -->\nserved in 3 ms",
        doubled=SOUND + SOUND,
        two_channels=SOUND.replace(ITEMS[1], f"</channel><channel><title>b</title>{ITEMS[1]}"),
        no_channel=SOUND.replace("<channel>", "").replace("</channel>", ""),
        entries_in_a_list=SOUND.replace(ITEMS[0], "<items>" + ITEMS[0]).replace(
            ITEMS[1], ITEMS[1] + "</items>"
        ),
        document_type='<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:9/x.dtd">'
        + SOUND[38:],
        no_declaration=SOUND[SOUND.index("<rss") :],
        wrong_version=SOUND.replace('<?xml version="1.0"', '<?xml version="7.0"'),
        empty_elements=rss(item(title=ONE, guid="1", link="", pubDate="", description="  "), ITEMS[1]),
        repeated_elements=rss(
            item(title=ONE, guid="1").replace("</title>", "</title><title>x</title>"), ITEMS[1]
        ),
        empty_first_title=rss(item(title=ONE, guid="1").replace("<title>", "<title/><title>"), ITEMS[1]),
        gzip_unasked=gzip.compress(SOUND.encode()),
        end_missing=SOUND.removesuffix(RSS_END),
    ),
    Broken(
        category="shape", name="cut in the middle", body=SOUND[: SOUND.index(TWO) + 3].encode(), titles=(ONE,)
    ),
    Broken(
        category="shape",
        name="cut inside a character",
        body=SOUND.encode()[: SOUND.encode().index("ß".encode()) + 1],
        titles=(),
    ),
    Broken(category="shape", name="cut gzip", body=gzip.compress((SOUND * 1).encode())[:-6]),
    Broken(category="shape", name="no entries", body=(RSS_HEAD + RSS_END).encode(), titles=()),
    Broken(category="shape", name="nothing in it", body=b"<rss/>", titles=()),
]
ATTACKS = [
    Broken(
        category="attack",
        name="terminal escapes",
        body=rss(item(title="\x1b[2JRat \u202etagt", guid="1\x1b[31m")).encode(),
        titles=("Rat tagt",),
    ),
    Broken(
        category="attack",
        name="ten thousand entries",
        body=rss(*(item(title=f"T{n}", guid=str(n)) for n in range(10_000))).encode(),
        titles=tuple(f"T{n}" for n in range(500)),
    ),
    Broken(
        category="attack",
        name="inclusion of a file",
        body=rss(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
            *ITEMS,
        ).encode(),
    ),
]
KINDS = [
    Broken(
        category="kind",
        name="RDF with a fault",
        body=RDF.replace("</dc:date>", "&nbsp;</dc:date>").encode(),
        titles=("Rat tagt",),
    ),
    Broken(
        category="kind",
        name="Atom with a fault",
        body=ATOM.replace("<id>urn:1", "<id>urn:1&amp;&x").encode(),
        titles=("AT&T wins", "Only updated"),
    ),
]
CORPUS = [*CHARSETS, *ENTITIES, *MARKUP, *SPACES, *SHAPE, *ATTACKS, *KINDS]

DATES = [  # as written, as it must be read; None: no date that one could be sure of
    ("Mon, 02 Mar 2026 14:30:00 +0100", "2026-03-02T14:30:00+01:00"),
    ("Mon, 2 Mar 2026 14:30:00 GMT", "2026-03-02T14:30:00+00:00"),
    ("Mon, 02 Mar 26 14:30:00 EST", "2026-03-02T14:30:00-05:00"),
    ("Mon, 02 Mar 2026 14:30:00 SAST", "2026-03-02T14:30:00+02:00"),
    ("Mon, 02 Mar 2026 14:30:00 NST", "2026-03-02T14:30:00-03:30"),
    ("Tue, 02 Mar 2026 14:30 +0100", "2026-03-02T14:30:00+01:00"),  # it was a Monday
    ("2 March 2026 14:30:00 GMT+01:00", "2026-03-02T14:30:00+01:00"),
    ("Mon Mar  2 14:30:00 2026", "2026-03-02T14:30:00+00:00"),
    ("Mon Mar 02 14:30:00 CET 2026", "2026-03-02T14:30:00+01:00"),
    ("Mon, 02 Mar 2026 02:30:00 PM +0100", "2026-03-02T14:30:00+01:00"),
    ("March 2, 2026 2:30 pm", "2026-03-02T14:30:00+00:00"),
    ("2026-03-02T14:30:00.123456+01:00", "2026-03-02T14:30:00+01:00"),
    ("2026-03-02T14:30:00", "2026-03-02T14:30:00+00:00"),
    ("2026-03-02T14:30Z", "2026-03-02T14:30:00+00:00"),
    ("2026-03-02 14:30:00 +0100", "2026-03-02T14:30:00+01:00"),
    ("2026/03/02 14:30:00", "2026-03-02T14:30:00+00:00"),
    ("20260302T143000Z", "2026-03-02T14:30:00+00:00"),
    ("20260302", "2026-03-02"),
    ("2026-03-02", "2026-03-02"),
    ("Montag, 2. März 2026, 14:30 Uhr MEZ", "2026-03-02T14:30:00+01:00"),
    ("02.03.2026 14:30", "2026-03-02T14:30:00+00:00"),
    ("  Mon, 02 Mar 2026 14:30:00 +0100\n", "2026-03-02T14:30:00+01:00"),
    ("Mon, 02 Mar 2026 24:00:00 GMT", "2026-03-03T00:00:00+00:00"),
    ("Mon, 31 Feb 2026 14:30:00 GMT", None),
    ("03/02/2026", None),
    ("yesterday", None),
    ("0000-00-00 00:00:00", None),
]
