import pytest

from bot.errors import SourceError
from bot.ports.sources import Fetched, Validators
from bot.sources.client import HttpClient
from bot.sources.kinds.page import IndexPages
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply
from tests.sources.kinds.samples import poll

HTML = "text/html; charset=utf-8"
FRONT = """<!doctype html><html lang="de"><head><title>Tagesblatt – Start</title></head><body>
<header><nav><a href="/politik">Politik</a>
<a href="/dossier/hafen-im-wandel-2026">Der große Hafen im Wandel</a></nav></header><main>
<article><a href="/politik/hafen-bekommt-zwei-liegeplaetze-4711.html"><img src="/p.jpg" alt=""></a>
<h2><a href="/politik/hafen-bekommt-zwei-liegeplaetze-4711.html?utm_source=start">Hafen bekommt
 zwei Liegeplätze</a></h2>
<time datetime="2026-03-02T10:00:00+01:00">10 Uhr</time><p>Litauen baut aus.</p></article>
<article><h3><a href="2026/03/01/rat-tagt">Rat tagt</a></h3></article>
<div><a href="https://live.tagesblatt.example/a/ferry-line-reopens-on-tuesday"><h3>Ferry line
 reopens</h3><p>After three years of waiting the ferry runs again.</p></a></div>
<ul><li><a href="/thema/hafen">Alle Artikel zum Thema Hafen und Schiffe</a></li>
<li><a href="/abo/jetzt-vier-wochen-testen">Jetzt vier Wochen lang kostenlos testen</a></li>
<li><a href="https://laden.example/das-schoenste-buch-zum-hafen">Das schönste Buch zum ganzen Hafen</a></li>
<li><a href="/bericht-zum-hafen-2026.pdf">Der ganze Bericht zum Hafen als Datei</a></li>
<li><a href="javascript:void(0)">Mehr Nachrichten aus dem Hafen laden</a></li></ul>
</main><footer><a href="/ueber/so-arbeitet-unsere-redaktion">So arbeitet unsere Redaktion jeden Tag</a>
</footer></body></html>"""
HARBOUR = "/politik/hafen-bekommt-zwei-liegeplaetze-4711.html"


@pytest.fixture
def pages(client: HttpClient, limits: Limits) -> IndexPages:
    """The fetcher of pages."""
    return IndexPages(client, limits)


async def fetch(
    pages: IndexPages, server: FeedServer, body: str, known: Validators | None = None, /, **options: str
) -> Fetched:
    """Poll a page of this body."""
    body = body.replace("live.tagesblatt.example", "127.0.0.1")
    url = server.script("/start/", Reply(body=body, content_type=HTML))
    return await poll(pages, "page", url, known, options)


async def test_found(server: FeedServer, pages: IndexPages) -> None:
    """Links that look like articles are entries; menus, topics, shops, files, other sites are none."""
    fetched = await fetch(pages, server, FRONT)
    assert [entry.title for entry in fetched.entries] == [
        "Hafen bekommt zwei Liegeplätze",
        "Rat tagt",
        "Ferry line reopens",
    ]
    assert fetched.title == "Tagesblatt – Start"


async def test_dates(server: FeedServer, pages: IndexPages) -> None:
    """The date stands beside the headline or in the address; where it does not, there is none."""
    fetched = await fetch(pages, server, FRONT)
    dates = [str(entry.published) for entry in fetched.entries]
    assert dates == ["2026-03-02T10:00:00+01:00", "2026-03-01", "None"]


async def test_one_article_one_entry(server: FeedServer, pages: IndexPages) -> None:
    """The picture and the headline of an article are one entry, known by its canonical address."""
    entry = (await fetch(pages, server, FRONT)).entries[0]
    assert entry.key == server.url(HARBOUR)
    assert not entry.whole


async def test_one_clock_for_all(server: FeedServer, pages: IndexPages) -> None:
    """A time that stands for a whole list is nobody's date."""
    links = "".join(
        f'<li><a href="/a/das-ist-artikel-{n}">Das ist der Artikel {n}</a></li>' for n in range(6)
    )
    body = f'<main><section><time datetime="2026-03-02">heute</time><ul>{links}</ul></section></main>'
    assert {entry.published for entry in (await fetch(pages, server, body)).entries} == {None}


@pytest.mark.parametrize(
    ("selector", "titles"),
    [
        ("main h3 a", ["Rat tagt"]),
        ("article", ["Hafen bekommt zwei Liegeplätze", "Rat tagt"]),
        ("h3", ["Rat tagt", "Ferry line reopens"]),
        ("footer a", ["So arbeitet unsere Redaktion jeden Tag"]),
        ("a[href*='liegeplaetze'], nav a:first-child", ["Politik", "Hafen bekommt zwei Liegeplätze"]),
    ],
)
async def test_selected(server: FeedServer, pages: IndexPages, selector: str, titles: list[str]) -> None:
    """A selector names links, or what is around or inside them; they need not look like articles."""
    fetched = await fetch(pages, server, FRONT, links=selector)
    assert [entry.title for entry in fetched.entries] == titles


async def test_base(server: FeedServer, pages: IndexPages) -> None:
    """Links are relative to the base that the page names, else to the page."""
    body = FRONT.replace("<head>", '<head><base href="/archiv/">')
    links = [entry.link for entry in (await fetch(pages, server, body, links="h3 a")).entries]
    assert links == [server.url("/archiv/2026/03/01/rat-tagt")]


async def test_unchanged(server: FeedServer, pages: IndexPages) -> None:
    """A page whose links stay is unchanged, whatever else changes; another selector reads it anew."""
    first = await fetch(pages, server, FRONT)
    assert not (await fetch(pages, server, FRONT.replace("10 Uhr", "vor 2 h"), first.validators)).changed
    assert (await fetch(pages, server, FRONT, first.validators, links="h3 a")).changed


async def test_another_selector_asks_in_full(server: FeedServer, pages: IndexPages) -> None:
    """What was known under another selector is not sent back: a 304 would hide what it finds."""
    url = server.script("/start/", Reply(body=FRONT, content_type=HTML, etag='"1"'))
    first = await poll(pages, "page", url)
    assert not (await poll(pages, "page", url, first.validators)).changed
    assert (await poll(pages, "page", url, first.validators, {"links": "h3 a"})).changed


@pytest.mark.parametrize(
    ("body", "options", "reason"),
    [
        ("<p>Nur Text</p>", {}, "no links that look like articles: name them, as in `links: main h2 a`"),
        ("<p>Nur Text</p>", {"links": "h2 a"}, "nothing on the page fits `links: h2 a`"),
        ("", {}, "the page is empty"),
        ("\x00\x01", {}, "the page is empty"),
    ],
)
async def test_failures(
    server: FeedServer, pages: IndexPages, body: str, options: dict[str, str], reason: str
) -> None:
    """A page without links says how to mend it."""
    with pytest.raises(SourceError, match=reason):
        await fetch(pages, server, body, **options)


async def test_deep_and_wide(server: FeedServer, pages: IndexPages) -> None:
    """A page nested without end is read as far as it goes."""
    body = "<div>" * 5_000 + FRONT
    with pytest.raises(SourceError, match="no links"):
        await fetch(pages, server, body)


def listed(*links: str) -> str:
    """A page of these links, as `address|words`, between the usual frames."""
    inside = "".join(f'<li><a href="{link.split("|")[0]}">{link.split("|")[1]}</a></li>' for link in links)
    return f"""<body class="has-sidebar"><div class="page-header"><div id="main-nav">
<a href="/politik/alles-zur-wahl-2026">Alles zur großen Wahl in diesem Jahr</a></div></div>
<div class="content"><ul class="teaser-list">{inside}</ul></div>
<div class="cookie-hint"><a href="/service/so-nutzen-wir-ihre-daten">Das machen wir mit Ihren Daten</a></div>
<div class="site-footer"><a href="/service/allgemeine-bedingungen-fuer-kunden">Allgemeine Bedingungen für alle
unsere Kunden</a></div></body>"""


FORMS = [
    "/SharedDocs/Pressemitteilungen/DE/2026/03/20260302-hafen.html|Hafen bekommt zwei Liegeplätze",
    "/presscorner/detail/en/ip_26_456|Commission pledges support for two new harbours",
    "/news.php?id=12345|Minister opens the ferry line to the islands",
    "/events/president/news/76543|Working meeting with the Governor of the region",
    "/2026/03/02/ferry-line-reopens/|Ferry line reopens",
    "/politik/hafen-bekommt-zwei-liegeplaetze|Hafen bekommt zwei Liegeplätze",
    "/meldung/4711|Litauen baut den Hafen für zwei Milliarden aus",
]
OTHERS = [
    "/politik|Politik",
    "/politik/ausland|Mehr zum Thema",
    "/tag/hafen-von-klaipeda|Alle Artikel zum Hafen von Klaipeda",
    "/seite/2|Weiter",
    "/|Zur Startseite unserer Zeitung im Netz",
    "/autor/ann-muster-4711|Ann Muster schreibt über Häfen und Schiffe",
    "https://elsewhere.example/2026/03/02/other-news-of-the-day|Other news of the day from elsewhere",
]


@pytest.mark.parametrize("link", FORMS)
async def test_forms_of_articles(server: FeedServer, pages: IndexPages, link: str) -> None:
    """Articles are known by words, dates or numbers in their address; none of the frames is one."""
    entries = (await fetch(pages, server, listed(link, *OTHERS))).entries
    assert [entry.title for entry in entries] == [link.split("|")[1]]


async def test_a_frame_around_everything(server: FeedServer, pages: IndexPages) -> None:
    """Where half of all links stand in what is called a frame, the name means nothing."""
    body = f'<div class="banner">{listed(FORMS[0], *OTHERS)}</div>'
    entries = (await fetch(pages, server, body)).entries
    assert [entry.title for entry in entries] == ["Hafen bekommt zwei Liegeplätze"]


async def test_nothing_but_others(server: FeedServer, pages: IndexPages) -> None:
    """Sections, topics, authors, pages of a list and other sites are no articles."""
    with pytest.raises(SourceError, match="no links that look like articles"):
        await fetch(pages, server, listed(*OTHERS))
