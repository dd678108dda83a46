"""What an alert and an answer look like on Slack, and that no words of an article can do harm there."""

import dataclasses
import html
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.brief import Brief, brief
from bot.platforms.slack.mrkdwn import escaped, literal, unescaped, web_address
from bot.platforms.slack.rendering import Rendered, render, render_answer
from bot.ports.conversation import Answer, Part
from tests.fakes.alerts import alert, article_ref
from tests.fakes.slack.blocks import message_problems

BERLIN = ZoneInfo("Europe/Berlin")

GERMAN = [
    {"type": "section", "text": {"type": "mrkdwn", "verbatim": True, "text":
        "*<https://example.org/a1|🟠 Neue Truppenzusage: Norwegen → Litauen>*\n"
        "150 Ausbilder · beschlossen · Mai 2026 · hoch"}},
    {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [
        {"type": "text", "text": "„Wir bleiben, solange man uns braucht.“"}]}]},
    {"type": "context", "elements": [
        {"type": "plain_text", "emoji": False, "text": "— die Verteidigungsministerin, via Sender Nord"},
        {"type": "plain_text", "emoji": False, "text": "Tagesblatt · 02.03.2026 14:30 · #security"}]},
    {"type": "actions", "elements": [
        {"type": "button", "action_id": "read", "url": "https://example.org/a1",
         "text": {"type": "plain_text", "emoji": False, "text": "Lesen"}},
        {"type": "button", "action_id": "why", "value": "alert-1",
         "text": {"type": "plain_text", "emoji": False, "text": "Warum?"}}]},
]  # fmt: skip
GERMAN_TEXT = """\
🟠 Neue Truppenzusage: Norwegen → Litauen
150 Ausbilder · beschlossen · Mai 2026 · hoch
„Wir bleiben, solange man uns braucht.“
— die Verteidigungsministerin, via Sender Nord
Tagesblatt · 02.03.2026 14:30 · #security
https://example.org/a1"""
ENGLISH_TEXT = """\
🟠 New troop commitment: Norway → Lithuania
150 soldiers · decided · May 2026 · high · may have been sent before
„Wir bleiben, solange man uns braucht.“
— die Verteidigungsministerin, via Sender Nord
Tagesblatt · 2 Mar 2026 14:30 · #security
https://example.org/a1"""

HARM = (
    "<!channel>", "<!everyone>", "<@U0SOMEBODY>", "<https://evil.example|Tagesblatt>", "&lt;!here&gt;",
    "& < >", "*bold*", "_so_", "~out~", "`code`", ":tada:", "```", "> quoted", "|", "\u202egnippilf",
    "\x1b[31m", "\x00",
)  # fmt: skip

words = st.text(max_size=80) | st.sampled_from(HARM) | st.text(alphabet="<>&!@#|*_~`: hC/", max_size=60)
long_words = words | st.builds(lambda text, times: text * times, words, st.integers(1, 400))
links = (
    st.none()
    | words
    | words.map(lambda text: f"https://example.org/{text}")
    | st.just("https://e.org/" + "&" * 2_500)
)
briefs = st.builds(
    Brief, mark=st.sampled_from(["🔴", ""]), severity=words, headline=long_words, facts=long_words,
    quote=st.none() | long_words, said=st.none() | long_words, evidence=st.none() | long_words,
    origin=long_words, link=links, demo=st.none() | words,
)  # fmt: skip


def rendered(lang: str = "de", *, repeat: str | None = None, **changes: Any) -> Rendered:
    """The usual alert, but for the changes."""
    told = alert(**changes)
    return render(brief(told, lang, BERLIN), lang=lang, alert_id=told.id, repeat=repeat)


def shown(blocks: list[dict[str, Any]]) -> str:
    """All texts of blocks in one."""
    return json.dumps(blocks, ensure_ascii=False)


def test_german_blocks() -> None:
    """Linked headline with facts, quote, speaker and origin, two buttons: in this order."""
    assert rendered().blocks == GERMAN


def test_german_text() -> None:
    """The plain text is complete by itself."""
    assert rendered().text == GERMAN_TEXT


def test_english_text() -> None:
    """Everything of ours is in the reader's language, the quote in its own; a repeat says so."""
    assert rendered("en", repeat="may have been sent before").text == ENGLISH_TEXT


def test_english_buttons() -> None:
    """Buttons are in the reader's language."""
    assert '"Read"' in shown(rendered("en").blocks)
    assert '"Why?"' in shown(rendered("en").blocks)


def test_without_a_quote() -> None:
    """The sentence of the article stands where the quote would."""
    assert rendered(quote=None).blocks[1]["elements"][0]["elements"][0]["text"].endswith("hieß es in Oslo.")


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://e.org/a b", "ftp://e.org", "https://"])
def test_without_a_usable_link(url: str | None) -> None:
    """Without a web address there is a headline without link and no button Read."""
    blocks = rendered(article=article_ref(url=url)).blocks
    assert blocks[0]["text"]["text"].startswith("*🟠 Neue Truppenzusage")
    assert [button["action_id"] for button in blocks[-1]["elements"]] == ["why"]


def test_a_link_too_long_for_the_headline() -> None:
    """An address that would burst the headline stays on the button."""
    told = brief(alert(), "de", BERLIN)
    long = dataclasses.replace(told, link="https://example.org/?" + "&" * 1_900)
    blocks = render(long, lang="de", alert_id="a").blocks
    assert "<http" not in blocks[0]["text"]["text"]
    assert blocks[-1]["elements"][0]["url"] == long.link


@pytest.mark.parametrize("harm", HARM)
def test_an_article_cannot_do_harm(harm: str) -> None:
    """Control sequences, links and formatting in an article's words stay words."""
    told = rendered(
        article=article_ref(source_name=harm, url=f"https://example.org/{harm}"),
        rule_title={"de": f"Titel {harm} Ende"},
        tags=(harm,),
    )
    assert list(message_problems(told.text, told.blocks)) == []


def test_a_quote_stays_verbatim() -> None:
    """Signs that mean something to Slack stand in the quote as they were said."""
    told = dataclasses.replace(brief(alert(), "de", BERLIN), quote="„5 * 3 < 16 & `so` _weiter_“")
    laid_out = render(told, lang="de", alert_id="a")
    assert laid_out.blocks[1]["elements"][0]["elements"][0]["text"] == told.quote
    assert html.unescape(laid_out.text.split("\n")[2]) == told.quote


@given(told=briefs, lang=st.sampled_from(["de", "en"]), alert_id=words, repeat=st.none() | words)
def test_every_brief_fits(told: Brief, lang: str, alert_id: str, repeat: str | None) -> None:
    """Whatever a brief says and however long, Slack takes the message and nothing in it is a command."""
    laid_out = render(told, lang=lang, alert_id=alert_id or "a", repeat=repeat)
    assert list(message_problems(laid_out.text, laid_out.blocks)) == []


@given(parts=st.lists(st.builds(Part, text=long_words, code=st.booleans()), max_size=80))
def test_every_answer_fits(parts: list[Part]) -> None:
    """Whatever an answer says and however long, Slack takes it."""
    laid_out = render_answer(Answer(parts=tuple(parts)))
    assert laid_out is None or list(message_problems(laid_out.text, laid_out.blocks)) == []


def test_silence() -> None:
    """An answer without words is no message."""
    assert render_answer(Answer()) is None
    assert render_answer(Answer(parts=(Part(text="\x00 \n"),))) is None


def test_an_answer_reads_like_this() -> None:
    """Paragraphs with links, and code to copy."""
    answer = Answer(
        parts=(Part(text="Mehr: https://example.org/a?b=1&c=2."), Part(text="to: <C1> & *x*", code=True))
    )
    laid_out = render_answer(answer)
    assert laid_out
    assert laid_out.blocks == [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "text", "text": "Mehr: "}, {"type": "link", "url": "https://example.org/a?b=1&c=2"},
            {"type": "text", "text": "."}]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [
            {"type": "text", "text": "to: <C1> & *x*"}]}]},
    ]  # fmt: skip
    assert laid_out.text == "Mehr: https://example.org/a?b=1&amp;c=2.\n\nto: &lt;C1&gt; &amp; *x*"


def test_a_long_answer_is_cut_and_says_so() -> None:
    """Lines stay whole where they can; what does not fit is marked."""
    laid_out = render_answer(Answer(parts=(Part(text="eine Zeile\n" * 2_000),)))
    assert laid_out
    texts = [block["elements"][0]["elements"][0]["text"] for block in laid_out.blocks]
    assert texts[-1] == "…"
    assert all(text.endswith("eine Zeile") for text in texts[:-1])
    assert sum(map(len, texts)) > 8_000


@given(st.text())
def test_escaping_can_be_undone(text: str) -> None:
    """Escaping loses nothing."""
    assert unescaped(escaped(text)) == text


@given(st.text() | words)
def test_literal_leaves_no_sign(text: str) -> None:
    """No sign that Slack gives a meaning to is left."""
    assert not set("<>*_~`") & set(literal(text))


@given(words)
def test_a_web_address_is_one(text: str) -> None:
    """An address can end neither a link nor its label."""
    address = web_address(f"https://example.org/{text}", 3_000)
    assert address is None or not set('<>|" \n`') & set(address)
