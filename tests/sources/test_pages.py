import pytest

from bot.errors import SourceError
from bot.sources.client import HttpClient
from bot.sources.limits import Limits
from bot.sources.pages import HttpPages
from tests.fakes.feed_server import FeedServer, Reply, Reset

HTML = """<html lang="de"><head><title>Rat tagt in Wien</title>
<meta name="date" content="2026-03-02T14:30:00+01:00"></head><body><nav><a href="/">Start</a></nav><article>
<p>Der Rat tagt am Dienstag in Wien. Er spricht über Größe und Kosten des neuen Hafens an der Donau.</p>
<p>„Wir haben Zeit“, sagte die Vorsitzende. Die Sitzung dauert bis zum Abend und ist öffentlich.</p>
</article><footer>Impressum</footer></body></html>"""
PAGE = "text/html; charset=utf-8"


@pytest.fixture
def pages(client: HttpClient, limits: Limits) -> HttpPages:
    """The fetcher of pages."""
    return HttpPages(client, limits)


async def test_page(server: FeedServer, pages: HttpPages) -> None:
    """A page gives its main text, title, date and language; its address is where it was found, canonical."""
    server.script("/artikel", Reply(body=HTML, content_type=PAGE))
    url = server.script("/kurz", Reply(status=302, location="/artikel?utm_source=feed#top"))
    page = await pages.page(url)
    assert page.url == server.url("/artikel")
    assert page.text.split("\n")[0].startswith("Der Rat tagt am Dienstag in Wien.")
    assert "Impressum" not in page.text
    assert (page.title, page.lang) == ("Rat tagt in Wien", "de")
    assert str(page.published) == "2026-03-02T14:30:00+01:00"


TEASER = """<html lang="de"><head><title>Rat tagt</title><link rel="canonical" href="/artikel/7">
<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Ann Muster"},
 "dateModified": "2026-03-03T06:00:00+01:00", "isAccessibleForFree": false}</script></head><body><article>
<p>Der Rat tagt am Dienstag in Wien. Er spricht über Größe und Kosten des neuen Hafens an der Donau.</p>
<p>Weiterlesen mit Tagesblatt Plus</p></article></body></html>"""


async def test_teaser(server: FeedServer, pages: HttpPages) -> None:
    """A page for subscribers is known as such and gives its teaser, author, last change and own address."""
    page = await pages.page(server.script("/a", Reply(body=TEASER, content_type=PAGE)))
    assert page.paywalled
    assert page.text.endswith("an der Donau.")
    assert (page.author, str(page.modified)) == ("Ann Muster", "2026-03-03T06:00:00+01:00")
    assert page.url == server.url("/artikel/7")


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [("cp1252", "text/html; charset=iso-8859-1"), ("utf-8", "text/html"), ("cp1252", "text/html")],
)
async def test_charset(server: FeedServer, pages: HttpPages, encoding: str, content_type: str) -> None:
    """Umlauts come out right."""
    body = HTML.replace("„", "").replace("“", "").encode(encoding)
    page = await pages.page(server.script("/a", Reply(body=body, content_type=content_type)))
    assert "über Größe" in page.text


async def test_plain_text(server: FeedServer, pages: HttpPages) -> None:
    """A plain text is its own main text, cleaned."""
    reply = Reply(body="\x1b[31mRat tagt.\r\n\r\nBald.", content_type="text/plain; charset=utf-8")
    assert (await pages.page(server.script("/a", reply))).text == "Rat tagt.\n\nBald."


async def test_without_text(server: FeedServer, pages: HttpPages) -> None:
    """A page without main text is an empty text, not an error."""
    reply = Reply(body="<html><body><script>app()</script></body></html>", content_type=PAGE)
    assert (await pages.page(server.script("/a", reply))).text == ""


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(body=b"%PDF-1.7", content_type="application/pdf"), "not a page: application/pdf"),
        (Reply(body=b"x" * 150_000, content_type=PAGE), "larger than 0.1 MB: refused"),
        (Reply(body=HTML, content_type=PAGE, fault=Reset(after=300)), "the page is cut off in the middle"),
        (Reply(status=404, content_type=PAGE), "HTTP 404: there is nothing at this address"),
    ],
)
async def test_faults(server: FeedServer, pages: HttpPages, reply: Reply, reason: str) -> None:
    """What is no whole page gives one line."""
    with pytest.raises(SourceError) as caught:
        await pages.page(server.script("/a", reply))
    assert str(caught.value) == reason
