"""How alerts look on Telegram: goldens in both languages, and properties of all that could be in them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.model import KeyQuote
from bot.extraction.findings import QuoteKind
from bot.platforms.telegram.fitting import fitted, pieces, unmentioned
from bot.platforms.telegram.fitting import units as counted
from bot.platforms.telegram.messenger import laid_out
from bot.platforms.telegram.rendering import TEXT_LIMIT, is_openable
from tests.fakes.alerts import article_ref
from tests.fakes.telegram.entities import is_link, parse_html, units
from tests.platforms.telegram.samples import message

GERMAN = """\
🟠 <a href="https://example.org/a1"><b>Neue Truppenzusage: Norwegen → Litauen</b></a>
150 Ausbilder · beschlossen · Mai 2026 · hoch
<blockquote expandable>„Wir bleiben, solange man uns braucht.“</blockquote>
— die Verteidigungsministerin, via Sender Nord
Tagesblatt · 02.03.2026 14:30 · #security"""
ENGLISH = """\
🟠 <a href="https://example.org/a1"><b>New troop commitment: Norway → Lithuania</b></a>
150 soldiers · decided · May 2026 · high
<blockquote expandable>„Wir bleiben, solange man uns braucht.“</blockquote>
— die Verteidigungsministerin, via Sender Nord
Tagesblatt · 2 Mar 2026 14:30 · #security"""
# What article text may hold, and what the platforms and terminals make something of.
NASTY = st.text(
    st.one_of(
        st.characters(codec="utf-8"), st.sampled_from(list("<>&\"'@#/_*`|~\\\u202e\u2066\u200f\u200d🧨"))
    ),
    max_size=600,
)
EVIL = (
    "</blockquote></b>", "<script>", "&lt;b&gt;", "&#60;b&#62;", "<!channel>", "<https://x.example|label>",
    '& < > "', "'\"><a href='https://evil.example'>x</a>", "\u202eevil\u2066", "א" * 300, "@everyone",
    "@" * 400, "🇩🇪" * 3000, "e" + "\u0301" * 5000, "x" * 10_000, "wort " * 4000, "👨‍👩‍👧‍👦" * 2000,
    "\x1b[31m", "\ud800",
)  # fmt: skip


@pytest.mark.parametrize(("lang", "golden"), [("de", GERMAN), ("en", ENGLISH)])
def test_an_alert_reads_like_this(lang: str, golden: str) -> None:
    """Linked headline, facts, expandable key quote, speaker and medium, source, time, tags."""
    assert laid_out(message("1", lang=lang)).html == golden


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        ("de", ["Lesen", "Warum?", "Stumm 24 h", "Nützlich", "Falsch"]),
        ("en", ["Read", "Why?", "Mute 24 h", "Useful", "Wrong"]),
    ],
    ids=["de", "en"],
)
def test_buttons_speak_the_language_of_the_reader(lang: str, labels: list[str]) -> None:
    """Read opens the article; the others ask about the alert, those that decide in a row of their own."""
    buttons = laid_out(message("1", lang=lang)).buttons
    assert [button.label for button in buttons] == labels
    assert (buttons[0].url, buttons[1].data) == ("https://example.org/a1", "why:alert-1")
    assert [button.row for button in buttons] == [0, 0, 1, 1, 1]


def test_without_a_quote_the_sentence_stands_in_its_place() -> None:
    """Where nobody is quoted, the evidence is shown."""
    html = laid_out(message("1", quote=None)).html
    assert "<blockquote expandable>Norwegen schickt 150 Ausbilder" in html


def test_a_repeat_says_so() -> None:
    """What may have been sent before is marked."""
    assert "vielleicht schon einmal gesendet" in laid_out(message("1", repeat=True)).html


@pytest.mark.parametrize("url", [None, "http://intranet/news/1", "javascript:alert(1)", "https://"])
def test_what_telegram_would_not_open_is_no_link_and_no_button(url: str | None) -> None:
    """A bad address costs the link, not the alert; it can still be read."""
    shown = laid_out(message("1", article=article_ref(url=url)))
    assert "<a " not in shown.html
    assert [button.label for button in shown.buttons] == ["Warum?", "Stumm 24 h", "Nützlich", "Falsch"]
    assert url is None or url in shown.html


def test_an_id_too_long_for_a_button_costs_the_button() -> None:
    """Callback data has 64 bytes."""
    assert [button.label for button in laid_out(message("1", id="ä" * 31)).buttons] == ["Lesen"]
    assert len(laid_out(message("1", id="ä" * 30)).buttons) == 2


@pytest.mark.parametrize("text", EVIL, ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_evil_text_does_no_harm(text: str, lang: str) -> None:
    """Whatever stands in names, quotes and titles, the message parses, fits, links and rings nobody."""
    _check(laid_out(message("1", lang=lang, **_everywhere(text))).html)


@given(text=NASTY)
@settings(max_examples=150, deadline=None)
def test_any_text_parses_and_fits(text: str) -> None:
    """No text breaks the markup, the limit of length or the link."""
    _check(laid_out(message("1", **_everywhere(text))).html)


@given(text=NASTY, limit=st.integers(4, 300))
def test_what_is_fitted_fits(text: str, limit: int) -> None:
    """Fitted text is within its limit, begins as the text does, and says when something is left out."""
    found = fitted(text, limit)
    assert units(found) <= limit
    assert found == text or (found.endswith(" …") and text.startswith(found.removesuffix(" …")))


@given(text=NASTY, limit=st.integers(4, 300))
def test_pieces_lose_nothing_but_spaces(text: str, limit: int) -> None:
    """All pieces fit, and together they hold every character that is seen."""
    found = list(pieces(text, limit))
    assert all(units(piece) <= limit for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(text=NASTY)
def test_units_are_counted_as_utf_16(text: str) -> None:
    """The count is that of the encoding."""
    assert counted(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("@ada sagt", "@\u2060ada sagt"),
        ("an ada@example.org", "an ada@example.org"),
        ("@ allein", "@ allein"),
    ],
)
def test_mentions_do_not_ring(text: str, wanted: str) -> None:
    """A name with @ in an article calls nobody; addresses of mail stay as they are."""
    assert unmentioned(text) == wanted


@given(st.from_regex(r"https?://[a-zA-Z0-9äöü.@:\[\] /?#-]{0,40}", fullmatch=True))
def test_every_address_we_open_is_one_for_the_server(url: str) -> None:
    """We are stricter than the server: no button of ours is refused."""
    assert not is_openable(url) or is_link(url)


def _everywhere(text: str) -> dict[str, Any]:
    return {
        "rule_title": {"de": text or "x", "en": text or "x"},
        "article": article_ref(source_name=text, title=text, url="https://example.org/a?b=1&c='\"<2>"),
        "quote": KeyQuote(
            start=0, end=1, text=text, kind=QuoteKind.DIRECT, speaker=text, role=text, via=text
        ),
        "tags": tuple([text[:100] or "x"] * 40),
    }  # fmt: skip


def _check(html: str) -> None:
    parsed = parse_html(html)
    assert parsed.broken_rules == []
    assert 0 < units(parsed.text) <= TEXT_LIMIT
    assert not {character for character in parsed.text if character in "\u202e\u2066\x1b"}
    kinds = [entity["type"] for entity in parsed.entities]
    assert sorted(kinds) == ["bold", "expandable_blockquote", "text_link"]
    assert {entity["url"] for entity in parsed.entities if "url" in entity} == {
        "https://example.org/a?b=1&c='\"<2>"
    }
