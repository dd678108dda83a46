import pytest

from bot.article.markup import plain_text
from bot.errors import SourceError
from bot.ports.sources import Fetched, Validators
from bot.sources.client import HttpClient
from bot.sources.kinds.telegram import PAGES, TelegramChannels
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply, Reset
from tests.sources.kinds.samples import poll, telegram_page, telegram_post

CHANNEL = "https://t.me/hafenamt"
HTML = "text/html; charset=utf-8"


@pytest.fixture
def channels(client: HttpClient, limits: Limits) -> TelegramChannels:
    """The fetcher of channels."""
    return TelegramChannels(client, limits)


async def fetch(
    channels: TelegramChannels, server: FeedServer, *pages: str, known: Validators | None = None
) -> Fetched:
    """Poll the channel whose preview answers with these pages in turn."""
    server.script("/s/hafenamt", *(Reply(body=page, content_type=HTML) for page in pages))
    return await poll(channels, "telegram", CHANNEL, known, {"base_url": server.url("")})


async def test_posts(server: FeedServer, channels: TelegramChannels) -> None:
    """A post is an entry with its number, text, date and link, and it is whole."""
    text = 'Der <b>Hafen</b> ist <i class="emoji"><b>⚓</b></i> gesperrt.<br/><br/>Bis &quot;Montag&quot;.'
    fetched = await fetch(channels, server, telegram_page(telegram_post(7, text)))
    (entry,) = fetched.entries
    assert (entry.key, entry.link) == ("hafenamt/7", "https://t.me/hafenamt/7")
    assert (entry.title, str(entry.published), entry.whole) == (None, "2026-03-02T09:00:00+00:00", True)
    assert "gesperrt.<br><br>Bis" in (entry.content or "")
    assert fetched.title == "Hafenamt & Lotsen"


async def test_order(server: FeedServer, channels: TelegramChannels) -> None:
    """Entries stand oldest first."""
    fetched = await fetch(channels, server, telegram_page(telegram_post(8, "b"), telegram_post(7, "a")))
    assert [entry.key for entry in fetched.entries] == ["hafenamt/7", "hafenamt/8"]


ODD = [
    pytest.param(
        '<a class="tgme_widget_message_reply" href="https://t.me/hafenamt/1"><div class='
        '"tgme_widget_message_metatext js-message_reply_text">Frage?</div></a>',
        "Antwort.",
        "Antwort.",
        id="the post it answers is not its own words",
    ),
    pytest.param(
        '<div class="tgme_widget_message_poll_question">Wer kommt?</div>', "", "Wer kommt?", id="poll"
    ),
    pytest.param(
        '<div class="link_preview_title">Hafen zu</div>'
        '<div class="link_preview_description">Bis Montag.</div>',
        "",
        "Hafen zu\nBis Montag.",
        id="card of a link",
    ),
    pytest.param("", "<script>alert(1)</script>Ruhig.", "Ruhig.", id="script"),
    pytest.param("", "a\u202eb\x1b[31mc", "abc", id="terminal escapes and overrides"),
]


@pytest.mark.parametrize(("inside", "text", "said"), ODD)
async def test_words(
    server: FeedServer, channels: TelegramChannels, inside: str, text: str, said: str
) -> None:
    """The words of a post are its own, and harmless."""
    fetched = await fetch(channels, server, telegram_page(telegram_post(7, text, inside=inside)))
    assert plain_text(fetched.entries[0].content or "") == said


async def test_forwarded(server: FeedServer, channels: TelegramChannels) -> None:
    """A forwarded post names whom it is from."""
    inside = '<div>Forwarded from <a class="tgme_widget_message_forwarded_from_name">Lotsenbund</a></div>'
    fetched = await fetch(channels, server, telegram_page(telegram_post(7, "Streik.", inside=inside)))
    assert fetched.entries[0].source_name == "Lotsenbund"


async def test_left_out(server: FeedServer, channels: TelegramChannels) -> None:
    """Notices and pictures without words are no entries, and no harm to the others."""
    notice = telegram_post(8, "Hafenamt changed the picture").replace("text_not", "service_message text_not")
    odd = telegram_post(9, "x").replace("hafenamt/9", "hafenamt/neun")
    page = telegram_page(notice, odd, telegram_post(10), telegram_post(11, "Neu."))
    assert [entry.key for entry in (await fetch(channels, server, page)).entries] == ["hafenamt/11"]


async def test_views_are_no_change(server: FeedServer, channels: TelegramChannels) -> None:
    """A page that differs in its counters only is unchanged; an edited post is a change."""
    page = telegram_page(telegram_post(7, "Zu."))
    first = await fetch(channels, server, page)
    second = await fetch(channels, server, page.replace("1.2K", "1.3K"), known=first.validators)
    assert (second.changed, second.validators) == (False, first.validators)
    third = await fetch(channels, server, page.replace("Zu.", "Offen."), known=first.validators)
    assert third.changed


async def test_catches_up(server: FeedServer, channels: TelegramChannels) -> None:
    """Posts that came while nobody asked are fetched from earlier pages, as far as the last one known."""
    known = (await fetch(channels, server, telegram_page(telegram_post(1, "a")))).validators
    newest = telegram_page(telegram_post(5, "e"), telegram_post(6, "f"))
    between = telegram_page(telegram_post(3, "c"), telegram_post(4, "d"))
    oldest = telegram_page(telegram_post(1, "a"), telegram_post(2, "b"))
    fetched = await fetch(channels, server, newest, between, oldest, known=known)
    assert [entry.key for entry in fetched.entries] == [f"hafenamt/{number}" for number in range(1, 7)]
    assert [request.query for request in server.requests[1:]] == ["", "before=5", "before=3"]
    assert fetched.note is None


async def test_catching_up_ends(server: FeedServer, channels: TelegramChannels) -> None:
    """After a long time only so many pages are asked for, and what is missed is said."""
    known = (await fetch(channels, server, telegram_page(telegram_post(1, "a")))).validators
    pages = [telegram_page(telegram_post(number, "x")) for number in range(99, 99 - 2 * PAGES, -1)]
    fetched = await fetch(channels, server, *pages, known=known)
    assert len(fetched.entries) == PAGES
    assert fetched.note == f"posts before number {99 - PAGES + 1} were missed"


async def test_the_same_page_again_ends(server: FeedServer, channels: TelegramChannels) -> None:
    """A server that always answers with the same page is asked once more, not for ever."""
    known = (await fetch(channels, server, telegram_page(telegram_post(1, "a")))).validators
    await fetch(channels, server, telegram_page(telegram_post(9, "x")), known=known)
    assert len(server.requests) == 3


NOT_PUBLIC = '<html><body><div class="tgme_page">If you have Telegram, you can view</div></body></html>'


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(body=NOT_PUBLIC, content_type=HTML), "no public preview"),
        (Reply(body="", content_type=HTML), "the page is empty"),
        (Reply(body=NOT_PUBLIC * 5, fault=Reset(after=50), content_type=HTML), "cut off|closed"),
        (Reply(status=429, headers={"Retry-After": "60"}), "HTTP 429"),
    ],
    ids=["private", "empty", "reset", "limit"],
)
async def test_failures(server: FeedServer, channels: TelegramChannels, reply: Reply, reason: str) -> None:
    """What cannot be read is one line why."""
    server.script("/s/hafenamt", reply)
    with pytest.raises(SourceError, match=reason):
        await poll(channels, "telegram", CHANNEL, options={"base_url": server.url("")})


async def test_not_a_channel(channels: TelegramChannels) -> None:
    """An invitation is no public channel."""
    with pytest.raises(SourceError, match=r"no public channel: its address is like https://t\.me/name"):
        await poll(channels, "telegram", "https://t.me/+abcdef")
