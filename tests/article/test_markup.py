import time

import pytest

from bot.article.markup import plain_text, plain_title, sanitise


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>Oslo hilft\n gern.</p><p>Der   Rat tagt.</p>", "Oslo hilft gern.\nDer Rat tagt."),
        ("eins<br>zwei<br/>drei", "eins\nzwei\ndrei"),
        ("<ul><li>Land<li>Zahl</ul>Ende", "Land\nZahl\nEnde"),
        ("ver<b>fett</b>et", "verfettet"),
        ("1 &lt; 2 &amp; 3 > 2", "1 < 2 & 3 > 2"),
        ("Gr&ouml;&szlig;e&nbsp;9", "Größe 9"),
        ("<script>x()</script><style>p{}</style>Text<svg><text>Bild</text></svg>", "Text"),
        ("<form><button>Abonnieren</button></form>Text", "Text"),
        ("kein <unbekannt>Markup</unbekannt>", "kein Markup"),
        ("offen <b>und <p>zu", "offen und\nzu"),
        ("&#27;[31mrot&#x1b;[0m", "rot"),
        ("", ""),
        ("<img src=x onerror=alert(1)>", ""),
    ],
)  # fmt: skip
def test_plain_text(fragment: str, text: str) -> None:
    """An HTML fragment becomes its paragraphs, one a line."""
    assert plain_text(fragment) == text


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("AT&amp;T <b>wins</b>", "AT&T wins"),
        ("a < b & c > d", "a < b & c > d"),
        ("Trump: &#8222;Nein&#8220;", "Trump: „Nein“"),
        ("Rat & Tat", "Rat & Tat"),
    ],
)
def test_plain_title(title: str, plain: str) -> None:
    """A headline is read as HTML only where it is HTML."""
    assert plain_title(title) == plain


def test_sanitised() -> None:
    """Only harmless elements are left, links only to the web."""
    dirty = (
        "<p onclick=x()>A<a href='javascript:x()'>b</a>"
        "<a href='https://example.org/' class=k>c</a></p><iframe src=x></iframe>"
    )
    assert sanitise(dirty) == '<p>A<a>b</a><a href="https://example.org/">c</a></p>'


@pytest.mark.parametrize("bomb", ["<div>", "<b>", "<p>", "<", "&", "<!--", "<table><tr><td>", "<a b='", "&#"])
def test_bombs(bomb: str) -> None:
    """A megabyte of one thing again and again costs no more than a few seconds of work."""
    started = time.thread_time()
    plain_text(bomb * (1_000_000 // len(bomb)))
    assert time.thread_time() - started < 5
