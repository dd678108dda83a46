import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.maintext import main_text

GERMAN = """<!doctype html><html lang="de-DE"><head>
<title>Hafen von Klaipėda wird ausgebaut | Tagesblatt</title>
<meta property="og:site_name" content="Tagesblatt">
<meta property="article:published_time" content="2026-03-02T23:30:00+01:00">
<meta name="author" content="Ann Muster"></head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/politik">Politik</a></li></ul></nav>
<div class="cookie-banner">Wir verwenden Cookies. Alle akzeptieren</div>
<main><article><h1>Hafen von Klaipėda wird ausgebaut</h1>
<p>Litauen erweitert den Hafen von Klaipėda um zwei Liegeplätze. Das sagte die Regierung am Montag.</p>
<h2>„Ein Tor zur Welt“</h2>
<p>„Dieser Hafen ist unser Tor zur Welt“, sagte die <a href="/p">Ministerin</a>.<br>
Die Arbeiten beginnen im Mai.</p>
<ul><li>Kosten: 80 Millionen Euro</li></ul>
<script>track()</script>
<p>Gegner des Ausbaus fürchten um die Dünen. Sie wollen vor Gericht ziehen und sammeln Geld.</p>
</article><aside><h3>Mehr zum Thema</h3><p><a href="/x">Lesen Sie auch: Fähren fallen aus</a></p></aside>
<div id="comments"><p>Leser1: Toll!</p></div></main><footer>© Tagesblatt · Impressum</footer></body></html>"""

ENGLISH = """<html lang="en"><head><meta property="og:title" content="Ferry line reopens">
<script type="application/ld+json">{"@type": "Report", "datePublished": "2026-03-02T08:15:00-05:00"}</script>
</head><body><header><a href="/">The Harbour Post</a></header><article><h1>Ferry line reopens</h1>
<p>The ferry between the two islands will run again from Tuesday, the operator said.</p>
<p>"We have waited long enough," said the mayor, who had asked for a second ship since last winter.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""


def test_german_page() -> None:
    """Paragraphs in order, without menu, banner, teasers, comments, footer and the headline again."""
    page = main_text(GERMAN, "https://tagesblatt.example/hafen")
    assert page.text.split("\n") == [
        "Litauen erweitert den Hafen von Klaipėda um zwei Liegeplätze. Das sagte die Regierung am Montag.",
        "„Ein Tor zur Welt“",
        "„Dieser Hafen ist unser Tor zur Welt“, sagte die Ministerin.",
        "Die Arbeiten beginnen im Mai.",
        "Kosten: 80 Millionen Euro",
        "Gegner des Ausbaus fürchten um die Dünen. Sie wollen vor Gericht ziehen und sammeln Geld.",
    ]
    assert (page.title, page.author, page.lang) == ("Hafen von Klaipėda wird ausgebaut", "Ann Muster", "de")
    assert str(page.published) == "2026-03-02T23:30:00+01:00"


def test_english_page() -> None:
    """The date of JSON-LD keeps its offset, because the article's day has it."""
    page = main_text(ENGLISH)
    assert page.text.startswith("The ferry between the two islands")
    assert "newsletter" not in page.text
    assert (page.title, page.lang) == ("Ferry line reopens", "en")
    assert str(page.published) == "2026-03-02T08:15:00-05:00"


def test_language_said_wrongly() -> None:
    """A long text is trusted more than the page's lang attribute."""
    assert main_text(GERMAN.replace('lang="de-DE"', 'lang="en"')).lang == "de"


@pytest.mark.parametrize(
    "html",
    ["", "   ", "\x00", "<html></html>", "<html><body></body></html>", "<svg>", "\ud800", "<!--"],
)
def test_without_text(html: str) -> None:
    """A page without text gives an empty text and no error."""
    assert main_text(html).text == ""


def test_deep_page() -> None:
    """A page nested a hundred thousand deep is no error."""
    assert main_text("<html><body>" + "<div>" * 100_000 + "<p>Hallo</p>").text == ""


def test_escapes() -> None:
    """Control characters of a page reach neither title nor text."""
    page = main_text(ENGLISH.replace("Ferry line", "Ferry &#27;[31mline").replace("We have", "We\u202e have"))
    assert page.title == "Ferry line reopens"
    assert "\u202e" not in page.text


def test_page_of_unwanted_elements_only() -> None:
    """A page that is nothing but what is cleaned away is one without text."""
    assert main_text("<svg>html", "https://a.example/x").text == ""


JUNK = [
    "<",
    "&",
    "<!--",
    "</p>",
    "<svg>",
    "<template>",
    "</script>",
    "&#0;",
    '<link rel="canonical" href="http://[">',
]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage(data: st.DataObject) -> None:
    """However a page is damaged, it gives what can be had and no error."""
    page = data.draw(st.sampled_from([GERMAN, ENGLISH]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(page)))
        junk = data.draw(st.sampled_from(JUNK) | st.text(max_size=5))
        page = page[:at] + junk + page[at + data.draw(st.integers(0, 60)) :]
    found = main_text(page, "https://a.example/x")
    assert "\x1b" not in found.text
    assert "\n" not in (found.title or "") + (found.author or "")
