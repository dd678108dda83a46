import json

import pytest
from lxml import html

from bot.article.page_facts import PageFacts, page_facts

URL = "https://www.tagesblatt.example/politik/hafen.html?utm_source=feed"


def read(head: str, body: str = "", url: str | None = URL) -> PageFacts:
    """What a page with this head says of itself."""
    return page_facts(
        html.document_fromstring(f"<html><head>{head}</head><body>{body}<p>x</p></body></html>"), url
    )


def ld(*nodes: object) -> str:
    """A script of JSON-LD."""
    inside = json.dumps(nodes[0] if len(nodes) == 1 else list(nodes))
    return f'<script type="application/ld+json">{inside}</script>'


def meta(name: str, content: str) -> str:
    """A meta element of Open Graph."""
    return f'<meta property="{name}" content="{content}">'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "datePublished": "2026-03-02T23:30:00+01:00",
    "dateModified": "2026-03-03T06:10:00+01:00",
    "author": [{"@type": "Person", "name": "Ann Muster"}, {"@type": "Person", "name": "Jörg Weiß"}],
    "inLanguage": "de-DE",
}


def test_json_ld() -> None:
    """JSON-LD gives both dates with their offset, all authors and the language."""
    facts = read(ld(ARTICLE))
    assert (str(facts.published), str(facts.modified)) == (
        "2026-03-02T23:30:00+01:00",
        "2026-03-03T06:10:00+01:00",
    )
    assert (facts.author, facts.lang) == ("Ann Muster, Jörg Weiß", "de")


@pytest.mark.parametrize(
    "script",
    [
        ld({"@type": "WebSite", "name": "Tagesblatt"}, ARTICLE),
        ld({"@graph": [{"@type": "Organization", "name": "Verlag"}, ARTICLE]}),
        ld({"@type": "WebPage", "mainEntity": ARTICLE}),
        ld({**ARTICLE, "@type": ["ReportageNewsArticle", "Article"]}),
        ld({"@type": "BreadcrumbList"}) + ld(ARTICLE),
        ld(ARTICLE).replace("{", "<!-- {", 1).replace("}</script>", "} --></script>"),
        ld(ARTICLE).replace("}</script>", "};</script>"),
    ],
    ids=["list", "graph", "main entity", "two types", "second script", "comment", "semicolon"],
)
def test_where_the_article_stands(script: str) -> None:
    """The article is found wherever a page puts its JSON-LD."""
    assert read(script).author == "Ann Muster, Jörg Weiß"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ann Muster", "Ann Muster"),
        ({"name": "Redaktion"}, "Redaktion"),
        ([{"name": "Ann"}, {"name": "Ann"}, "Bo"], "Ann, Bo"),
        ({"name": ["Ann", "Bo"]}, "Ann, Bo"),
        ("https://www.facebook.com/tagesblatt", None),
        ({"name": "<b>Ann</b> &amp; Bo"}, "Ann & Bo"),
        ({"url": "https://a.example"}, None),
        (None, None),
        (7, None),
    ],
)
def test_authors(author: object, expected: str | None) -> None:
    """Authors are read in every shape that pages write; an address is no name."""
    assert read(ld({**ARTICLE, "author": author})).author == expected


@pytest.mark.parametrize(
    ("head", "published", "modified"),
    [
        (
            meta("article:published_time", "2026-03-02T09:00:00-05:00")
            + meta("article:modified_time", "2026-03-02T10:00:00-05:00"),
            "2026-03-02T09:00:00-05:00",
            "2026-03-02T10:00:00-05:00",
        ),
        ('<meta name="date" content="2026-03-02">', "2026-03-02", "None"),
        (meta("og:updated_time", "2026-03-02T10:00:00Z"), "None", "2026-03-02T10:00:00+00:00"),
        (
            ld({**ARTICLE, "dateModified": "2026-03-01T06:10:00+01:00"}),
            "2026-03-02T23:30:00+01:00",
            "None",  # nothing is changed before it is there
        ),
        ('<script type="application/ld+json">{"datePublished": "2026-03-02T08:15:00Z", }</script>',
         "2026-03-02T08:15:00+00:00", "None"),
        (ld({**ARTICLE, "datePublished": "soon"}), "None", "2026-03-03T06:10:00+01:00"),
    ],
)  # fmt: skip
def test_dates(head: str, published: str, modified: str) -> None:
    """Dates come from JSON-LD or meta elements, with their offset; contradictions are left out."""
    facts = read(head)
    assert (str(facts.published), str(facts.modified)) == (published, modified)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://tagesblatt.example/politik/hafen.html", "https://tagesblatt.example/politik/hafen.html"),
        ("/politik/hafen.html#top", "https://www.tagesblatt.example/politik/hafen.html"),
        ("https://elsewhere.example/politik/hafen.html", None),
        ("https://www.tagesblatt.example/", None),
        ("javascript:x()", None),
        ("", None),
    ],
)
def test_canonical(href: str, expected: str | None) -> None:
    """A page may name its own address on its own host; not another's, and not the front page."""
    assert read(f'<link rel="canonical" href="{href}">').canonical == expected


@pytest.mark.parametrize(
    ("head", "free"),
    [
        (ld({**ARTICLE, "isAccessibleForFree": False}), False),
        (ld({**ARTICLE, "isAccessibleForFree": "False"}), False),
        (ld({**ARTICLE, "isAccessibleForFree": "http://schema.org/True"}), True),
        (ld({"@type": "WebPage", "isAccessibleForFree": "false"}), False),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<meta property="article:content_tier" content="free">', True),
        ('<meta itemprop="isAccessibleForFree" content="false">', False),
        (ld(ARTICLE), None),
        ("", None),
    ],
)
def test_free(*, head: str, free: bool | None) -> None:
    """Whether all may read it is taken from schema.org, microdata or the content tier."""
    assert read(head).free is free


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, "null", '"x"', "7", '{"@graph": 7}', '{"@type": {}}']
)
def test_broken_json(script: str) -> None:
    """A script that is broken says nothing and is no error."""
    assert read(f'<script type="application/ld+json">{script}</script>') == PageFacts()
