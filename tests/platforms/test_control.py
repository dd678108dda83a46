"""Summaries, corrections, questions to editors and buttons on every platform, before strict servers."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.collapse import LINES, Bundle, Head
from bot.alerts.control import Approval, Asking, Correction
from bot.alerts.hours import Timing
from bot.alerts.model import Alert
from bot.platforms.buttons import TAPPED, taps_of
from bot.platforms.console.journal import Journal
from bot.platforms.console.messenger import ConsoleMessenger, rendered
from bot.platforms.slack.handlers import request_of_action
from bot.platforms.slack.messenger import rendered as slack_rendered
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.rendering import render_answer
from bot.platforms.telegram.answers import choices
from bot.platforms.telegram.messenger import laid_out
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.rendering import TEXT_LIMIT
from bot.ports.conversation import Answer, Choice, Part
from bot.ports.messenger import Message, Sent
from bot.rules.model import Severity
from bot.stories.facts import Change, Slot
from tests.fakes.alerts import CONSOLE, alert, article_ref
from tests.fakes.slack.blocks import message_problems
from tests.fakes.slack.server import SlackServer
from tests.fakes.telegram.entities import parse_html, units
from tests.fakes.telegram.fixtures import checked_server
from tests.platforms.telegram.samples import Asked, running, until
from tests.platforms.telegram.samples import message as telegram_message

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CORRECTION = Correction(at=AT, by="Ada (telegram:1)", note="Die Zahl war falsch.")
WAITING = Asking(state=Approval.AWAITING, until=AT)
DECIDED = Asking(state=Approval.SENT, until=AT, by="Ada", at=AT)
EVIL = "<!channel> </b> & *_~` <https://x.example|y> \u202e @all"


def bundle(*alerts: Alert, retracted: str = "", why: Timing = Timing.DIGEST, first: int = 12) -> Bundle:
    """A summary of these alerts on one page, numbered."""
    return Bundle(
        head=Head(why=why, page=1, pages=1, total=len(alerts)),
        alerts=alerts,
        retracted=frozenset({retracted}) if retracted else frozenset(),
        numbers={one.id: number for number, one in enumerate(alerts, first)},
    )


def message(**changes: object) -> Message:
    """A message for the console, in German."""
    return replace(Message(key="k", alert=alert(), destination=CONSOLE), **changes)  # type: ignore[arg-type]  # a field's


TWO = bundle(
    alert(id="a", severity=Severity.LOW), alert(id="b", quantity=None), retracted="a", why=Timing.QUIET
)
SHOWN = """\
In der Ruhezeit · 2 Meldungen
   Hoch
   🟠 Neue Truppenzusage: Norwegen → Litauen
      beschlossen · Mai 2026 · Tagesblatt · A13
      https://example.org/a1
   Gering
   ⚪ Neue Truppenzusage: Norwegen → Litauen · zurückgezogen
      150 Ausbilder · beschlossen · Mai 2026 · Tagesblatt · A12
      https://example.org/a1
"""


def test_a_summary_on_a_terminal() -> None:
    """By severity, each with its number and link; what was taken back says so."""
    assert "\n".join(rendered(message(bundle=TWO))) == SHOWN


def test_a_summary_on_telegram() -> None:
    """Linked headlines, below each a command to tap; what was taken back is struck."""
    html = laid_out(message(bundle=TWO)).html
    assert html.splitlines()[0] == "<b>In der Ruhezeit · 2 Meldungen</b>"
    assert '🟠 <a href="https://example.org/a1">Neue Truppenzusage: Norwegen → Litauen</a>\n' in html
    assert "\nbeschlossen · Mai 2026 · Tagesblatt · /why_A13\n" in html
    assert "⚪ <s><a href" in html


def test_a_summary_on_slack() -> None:
    """The same in sections with a button each, and whole as plain text."""
    shown = slack_rendered(message(bundle=TWO))
    assert list(message_problems(shown.text, shown.blocks)) == []
    assert shown.text.splitlines()[:2] == ["In der Ruhezeit · 2 Meldungen", "Hoch:"]
    assert "~<https://example.org/a1|Neue Truppenzusage: Norwegen → Litauen>~" in str(shown.blocks)
    button = shown.blocks[2]["accessory"]
    assert (button["action_id"], button["value"], button["text"]["text"]) == ("why", "A13", "Warum?")
    assert (
        "🟠 Neue Truppenzusage: Norwegen → Litauen · beschlossen · Mai 2026 · Tagesblatt · A13" in shown.text
    )


@settings(max_examples=20, deadline=None)
@given(text=st.text(max_size=200) | st.just("&" * 400) | st.just(EVIL), link=st.integers(0, 600))
def test_a_full_summary_fits(text: str, link: int) -> None:
    """Fifteen alerts with any words and links of any length keep the limits of both platforms."""
    about = article_ref(source_name=text or "x", url="https://example.org/" + "a" * link)
    title = {"de": text or "x", "en": text or "x"}
    alerts = [
        alert(id=f"{number}", severity=list(Severity)[number % 4], rule_title=title, article=about)
        for number in range(LINES)
    ]
    full = message(bundle=bundle(*alerts, first=10**9, retracted="3"))
    parsed = parse_html(laid_out(full).html)
    assert parsed.broken_rules == []
    assert units(parsed.text) <= TEXT_LIMIT
    shown = slack_rendered(full)
    assert list(message_problems(shown.text, shown.blocks)) == []


@pytest.mark.parametrize(
    ("changes", "taps"),
    [
        ({}, ("why", "mute", "useful", "wrong")),
        ({"correction": CORRECTION}, ("why",)),
        ({"asking": WAITING}, ("why", "send", "drop")),
        ({"asking": DECIDED}, ("why",)),
        ({"asking": WAITING, "correction": CORRECTION}, ("why",)),
        ({"bundle": TWO}, ()),
    ],
)
def test_buttons(changes: dict[str, object], taps: tuple[str, ...]) -> None:
    """Each message has those that make sense below it, and every one of them is heard."""
    assert taps_of(message(**changes)) == taps
    assert set(taps) <= TAPPED


@pytest.mark.parametrize(
    ("changes", "notice"),
    [
        ({"correction": CORRECTION}, "Korrektur: zurückgezogen, 02.03.2026 13:00. Die Zahl war falsch."),
        ({"asking": WAITING}, "Wartet auf Freigabe bis 02.03.2026 13:00"),
        ({"asking": DECIDED}, "Freigegeben von Ada, 02.03.2026 13:00"),
    ],
)
def test_what_people_decided_is_shown(changes: dict[str, object], notice: str) -> None:
    """On every platform, in the reader's language and time."""
    told = message(**changes)
    assert notice in " ".join("\n".join(rendered(told)).split())
    assert laid_out(told).html.startswith(f"<b>{notice}</b>")
    assert notice in slack_rendered(told).text


def test_editors_see_the_whole_alert() -> None:
    """Also where the question answers an earlier message."""
    told = laid_out(message(asking=WAITING, reply_to="7"))
    assert "Norwegen → Litauen" in told.html


async def test_a_correction_is_written_to_a_terminal() -> None:
    """What stands there cannot be edited: the correction follows; an update's edit writes nothing."""
    stream = StringIO()
    console = ConsoleMessenger(stream, Journal(None))
    assert await console.edit(message(), "k") == Sent(id="k")
    assert stream.getvalue() == ""
    assert await console.edit(message(correction=CORRECTION), "k") == Sent(id="k")
    assert "Die Zahl war falsch." in stream.getvalue()
    await console.edit(message(bundle=bundle(alert())), "k")
    assert "Überblick" not in stream.getvalue()
    await console.edit(message(bundle=TWO), "k")
    assert "zurückgezogen" in stream.getvalue().splitlines()[-4]


def test_an_update_names_the_alert_of_its_summary() -> None:
    """What answers a summary says which of its alerts it is about; what answers an alert need not."""
    change = Change(slot=Slot.MODALITY, before="decided", after="occurred")
    update = alert(updates="a", changes=(change,))
    told = message(alert=update, reply_to="7", number=12)
    assert rendered(told)[:2] == [
        "🟠 Aktualisiert: beschlossen → erfolgt",
        "   A12 · Neue Truppenzusage: Norwegen → Litauen · hoch",
    ]
    assert "\nA12 · Neue Truppenzusage: Norwegen → Litauen" in laid_out(told).html
    assert "\nA12 · Neue Truppenzusage: Norwegen → Litauen" in slack_rendered(told).text
    assert "A12" not in laid_out(replace(told, number=None)).html


@pytest.fixture
async def slack() -> AsyncIterator[tuple[SlackServer, SlackPlatform]]:
    """A Slack that takes no offence."""
    async with SlackServer() as server:
        space = server.workspace
        platform = SlackPlatform(bot_token=space.bot_token, app_token=None, base_url=server.base_url)
        async with platform:
            yield server, platform
    assert server.violations == []


async def test_sent_and_edited_on_slack(slack: tuple[SlackServer, SlackPlatform]) -> None:
    """A question is posted and edited to its answer; a summary is posted."""
    server, platform = slack
    channel = server.workspace.channel("alerts")
    place = replace(CONSOLE, id=f"slack:{channel.id}", kind="slack", address=channel.id)
    sent = await platform.messenger.send(message(destination=place, asking=WAITING))
    assert isinstance(sent, Sent)
    await platform.messenger.edit(message(destination=place, asking=DECIDED), sent.id)
    assert isinstance(await platform.messenger.send(message(destination=place, bundle=TWO)), Sent)
    question, summary = channel.by_bot
    assert "Freigegeben von Ada" in question.text
    assert "In der Ruhezeit" in summary.text


async def test_sent_edited_and_tapped_on_telegram() -> None:
    """The same; a tap that decides is answered in passing, one on Why by a message."""
    async with checked_server() as server:
        group = server.group()
        async with TelegramPlatform(server.token, server.base_url) as platform:
            told = replace(telegram_message(group), asking=WAITING)
            sent = await platform.messenger.send(told)
            assert isinstance(sent, Sent)
            await platform.messenger.send(replace(told, asking=None, bundle=TWO))
            question = server.sent(group)[0]
            async with running(platform, Asked()):
                query = server.tap(question, "send:alert-1")
                await until(lambda: server.tapped(query) is not None)
                assert server.tapped(query) == "Alles läuft."
                why = server.tap(question, "why:alert-1")
                await until(lambda: len(server.sent(group)) == 3)
                assert server.tapped(why) == ""
            await platform.messenger.edit(replace(told, asking=DECIDED), sent.id)
            assert set(question.buttons) == {"Lesen", "Warum?"}


CHOICE = Answer(
    parts=(Part(text="Stand"),), choices=(Choice(label="3 noch einmal senden", command="resend"),)
)


def test_choices_below_an_answer() -> None:
    """A button on both platforms; a tap on it is the command."""
    (button,) = choices(CHOICE)
    assert (button.label, button.data) == ("3 noch einmal senden", "resend:")
    shown = render_answer(CHOICE)
    assert shown
    assert list(message_problems(shown.text, shown.blocks)) == []
    tapped = {"actions": [{"action_id": "resend"}], "user": {"id": "U1"}, "channel": {"id": "D1"}}
    request = request_of_action(tapped)
    assert request
    assert (request.command, request.arguments) == ("resend", "")
