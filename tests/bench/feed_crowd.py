"""Feeds of many makes, written by chance from a fixed seed, as a newsroom's list of sources holds them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
GERMAN = (
    "Der Rat der Hafenstadt hat am Abend über zwei neue Liegeplätze beraten.",
    "„Wir bauen erst, wenn das Geld da ist“, sagte die Bürgermeisterin nach der Sitzung.",
    "Die Kosten werden auf 12,5 Millionen Euro geschätzt – doppelt so viel wie vor einem Jahr.",
    "Norwegen und Litauen wollen im Mai über gemeinsame Übungen sprechen.",
    "Müller & Söhne haben den Auftrag für die Brücke abgelehnt.",
    "Fachleute rechnen mit einem trockenen Frühjahr und sinkenden Pegeln.",
)
ENGLISH = (
    "The council of the port town discussed two new berths on Monday evening.",
    "“We build when the money is there and not a day earlier,” the mayor told reporters.",
    "Costs are now put at 12.5 million euros, twice as much as a year ago.",
    "Norway and Lithuania want to talk about joint exercises in May.",
    "Miller & Sons turned down the contract for the bridge.",
    "Experts expect a dry spring and falling water levels along the river.",
)
NAMES = ("Ann Muster", "Jörg Weiß", "María Peña", "J. Smith-Jones", "Redaktion")
PLACES = ("Bremen", "Vilnius", "Kraków", "Tromsø", "Leeds", "Graz", "Málaga")
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What one entry tells, before it is written in the form of its feed; `body` is HTML."""

    number: int
    title: str
    link: str
    at: datetime
    author: str
    teaser: str
    body: str


def crowd(seed: int = 6, feeds: int = 36) -> dict[str, bytes]:
    """Feeds by name; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - test data
    makes = list(MAKES.items())
    return {
        f"{name}-{number}": make(list(stories(chance, number))).encode()
        for number in range(feeds)
        for name, make in [makes[number % len(makes)]]
    }


def stories(chance: random.Random, feed: int) -> Iterator[Story]:
    """20 to 100 stories of one feed, newest first, in one language and one zone."""
    sentences = chance.choice((GERMAN, ENGLISH))
    zone = timezone(timedelta(hours=chance.choice((0, 0, 1, 2, -5))))
    at = NOON.astimezone(zone)
    for number in range(chance.randint(20, 100)):
        at -= timedelta(seconds=chance.randint(60, 20_000))
        title = f"{chance.choice(PLACES)}: {' '.join(chance.choice(sentences).split()[:9])}"
        yield Story(
            number=number,
            title=title if chance.random() < 0.9 else f"{title} – “{chance.choice(PLACES)}” & <more>",
            link=f"https://feed{feed}.example/{at:%Y/%m/%d}/{chance.choice(PLACES)[:3].lower()}-{number}?a=1&b={feed}",
            at=at,
            author=chance.choice(NAMES),
            teaser=" ".join(chance.choices(sentences, k=chance.randint(1, 3))),
            body=_body(chance, sentences),
        )


def _body(chance: random.Random, sentences: tuple[str, ...]) -> str:
    """Five to twelve paragraphs with what editors put between them."""
    parts = []
    for _ in range(chance.randint(5, 12)):
        text = escape(" ".join(chance.choices(sentences, k=chance.randint(2, 4))))
        kind = chance.random()
        if kind < 0.7:
            parts.append(f'<p>{text} <a href="https://more.example/{chance.randint(1, 999)}">Mehr</a></p>')
        elif kind < 0.8:
            parts.append(f'<h2 class="wp-block">{text[:40]}</h2>')
        elif kind < 0.9:
            parts.append(
                f'<figure><img src="https://img.example/{chance.randint(1, 999)}.jpg" alt="x" width="600" />'
                f"<figcaption>{text[:50]}</figcaption></figure>"
            )
        else:
            parts.append(f"<blockquote><p><em>{text}</em></p></blockquote><ul><li>eins</li><li>two</li></ul>")
    return "\n".join(parts)


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def _rss(items: Iterator[str], *, version: str = "2.0", spaces: str = NAMESPACES, head: str = "") -> str:
    channel = f"<title>Tagesblatt</title><link>https://tagesblatt.example/</link><description>News</description>{head}"
    body = "\n".join(items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="{version}" {spaces}>'
        f"<channel>{channel}\n{body}\n</channel></rss>"
    )


def plain_rss(told: list[Story]) -> str:
    """RSS 2.0 of an agency: plain teasers, guid as permalink, one media image."""
    return _rss(
        (
            f"<item><title>{escape(one.title)}</title><link>{escape(one.link)}</link>"
            f"<guid>{escape(one.link)}</guid><pubDate>{format_datetime(one.at)}</pubDate>"
            f"<description>{escape(one.teaser)}</description><category>Politik</category>"
            f'<media:content url="https://img.example/{one.number}.jpg" medium="image" width="700"/></item>'
            for one in told
        ),
        head="<ttl>15</ttl><lastBuildDate>Mon, 02 Mar 2026 12:00:00 GMT</lastBuildDate>",
    )


def blog_rss(told: list[Story]) -> str:
    """RSS 2.0 of the most common blog software: whole texts in CDATA, creators, comments, categories."""
    return _rss(
        (
            f"<item>\n\t\t<title>{escape(one.title)}</title>\n\t\t<link>{escape(one.link)}</link>\n"
            f"\t\t<comments>{escape(one.link)}#respond</comments>\n"
            f"\t\t<dc:creator>{_cdata(one.author)}</dc:creator>\n"
            f"\t\t<pubDate>{format_datetime(one.at)}</pubDate>\n"
            f"\t\t<category>{_cdata('Hafen')}</category>\n\t\t<category>{_cdata('Stadt')}</category>\n"
            f'\t\t<guid isPermaLink="false">https://blog.example/?p={one.number}</guid>\n'
            f"\t\t<description>{_cdata(f'<p>{escape(one.teaser)} [&#8230;]</p>')}</description>\n"
            f"\t\t<content:encoded>{_cdata(one.body)}</content:encoded>\n"
            f"\t\t<wfw:commentRss>{escape(one.link)}feed/</wfw:commentRss>\n"
            f"\t\t<slash:comments>{one.number}</slash:comments>\n\t</item>"
            for one in told
        ),
        head=(
            '<atom:link href="https://blog.example/feed/" rel="self" type="application/rss+xml"/>'
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
        ),
    )


def escaped_rss(told: list[Story]) -> str:
    """RSS 2.0 of a portal: whole texts as escaped HTML in the description, guid without meaning."""
    return _rss(
        f"<item><guid isPermaLink='false'>portal-{one.number:06}</guid>"
        f"<title>{_cdata(one.title.replace('<more>', 'more'))}</title>"
        f"<link>{escape(one.link)}</link><pubDate>{one.at:%a, %d %b %Y %H:%M:%S} {one.at:%z}</pubDate>"
        f"<author>desk@portal.example ({escape(one.author)})</author>"
        f"<description>{escape(one.body)}</description>"
        f'<enclosure url="https://img.example/{one.number}.jpg" length="1000" type="image/jpeg"/></item>'
        for one in told
    )


def old_rss(told: list[Story]) -> str:
    """RSS 0.91: title, link, description."""
    return _rss(
        (
            f"<item><title>{escape(one.title)}</title><link>{escape(one.link)}</link>"
            f"<description>{escape(one.teaser)}</description></item>"
            for one in told
        ),
        version="0.91",
        spaces="",
    )


def dublin_rss(told: list[Story]) -> str:
    """RSS 2.0 with Dublin Core dates and no pubDate."""
    return _rss(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.link)}</link>"
        f"<dc:identifier>{one.number}</dc:identifier><dc:date>{one.at.isoformat()}</dc:date>"
        f"<dc:creator>{escape(one.author)}</dc:creator>"
        f"<description>{escape(f'<b>{escape(one.teaser)}</b>')}</description></item>"
        for one in told
    )


def rdf(told: list[Story]) -> str:
    """RSS 1.0."""
    items = "\n".join(
        f"<item rdf:about={quoteattr(one.link)}><title>{escape(one.title)}</title>"
        f"<link>{escape(one.link)}</link><description>{escape(one.teaser)}</description>"
        f"<dc:creator>{escape(one.author)}</dc:creator><dc:date>{one.at.isoformat()}</dc:date></item>"
        for one in told
    )
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(one.link)}/>" for one in told)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://rdf.example/"><title>RDF</title><link>https://rdf.example/</link>'
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}\n</rdf:RDF>"
    )


def _atom(entries: Iterator[str], *, space: str = "http://www.w3.org/2005/Atom", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{space}" xml:lang="de">'
        '<title>Atom</title><id>urn:feed</id><link rel="self" href="https://atom.example/feed"/>'
        '<link rel="hub" href="https://hub.example/"/>'
        f"<link href='https://atom.example/'/><updated>2026-03-02T12:00:00Z</updated>{head}\n"
        + "\n".join(entries)
        + "\n</feed>"
    )


def html_atom(told: list[Story]) -> str:
    """Atom 1.0 with summaries and whole texts as escaped HTML."""
    return _atom(
        f"<entry><id>tag:atom.example,2026:{one.number}</id>"
        f"<title type='html'>{escape(escape(one.title))}</title>"
        f"<link rel='alternate' type='text/html' href={quoteattr(one.link)}/>"
        f"<link rel='replies' type='application/atom+xml' href={quoteattr(one.link + '#replies')}/>"
        f"<published>{one.at.isoformat()}</published>"
        f"<updated>{(one.at + timedelta(minutes=5)).isoformat()}</updated>"
        f"<author><name>{escape(one.author)}</name><uri>https://atom.example/about</uri></author>"
        f"<summary type='html'>{escape(escape(one.teaser))}</summary>"
        f"<content type='html'>{escape(one.body)}</content></entry>"
        for one in told
    )


def xhtml_atom(told: list[Story]) -> str:
    """Atom 1.0 with whole texts as elements."""
    return _atom(
        f"<entry><title>{escape(one.title)}</title><link href={quoteattr(one.link)}/>"
        f"<id>{escape(one.link)}</id><updated>{one.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</updated>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{one.body}</div></content></entry>"
        for one in told
    )


def teaser_atom(told: list[Story]) -> str:
    """Atom 1.0 of a newspaper: titles, plain teasers, fractions of seconds."""
    return _atom(
        f"<entry><id>urn:uuid:{one.number:032x}</id><title>{escape(one.title)}</title>"
        f"<link href={quoteattr(one.link)}/><updated>{one.at:%Y-%m-%dT%H:%M:%S}.123Z</updated>"
        f"<summary>{escape(one.teaser)}</summary></entry>"
        for one in told
    )


MAKES: dict[str, Callable[[list[Story]], str]] = {
    "plain rss": plain_rss,
    "blog rss": blog_rss,
    "escaped rss": escaped_rss,
    "rss 0.91": old_rss,
    "dublin rss": dublin_rss,
    "rdf": rdf,
    "html atom": html_atom,
    "xhtml atom": xhtml_atom,
    "teaser atom": teaser_atom,
}
