"""Telegram and Slack as people meet them: told, claimed, subscribed, answered; floods and lost answers.

One bot for all: each test has news of its own.
"""

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from tests.acceptance.chats import (
    CANADA,
    ITALY,
    NORWAY,
    PATIENCE,
    SPAIN,
    SWEDEN,
    News,
    Scene,
    eventually,
    scene,
    told,
)
from tests.fakes.slack import faults as slack_faults
from tests.fakes.telegram import faults as telegram_faults
from tests.fakes.telegram.world import User

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """A running bot with a Telegram group and a Slack channel."""
    async with scene(tmp_path_factory.mktemp("chats")) as found:
        await found.ready()
        yield found


async def test_an_alert_reaches_both_platforms(place: Scene) -> None:
    """Group and channel get headline and key quote once each."""
    place.publish(NORWAY)
    await eventually(lambda: told(place.on_telegram(), NORWAY) and told(place.on_slack(), NORWAY))
    assert NORWAY.quote in place.on_telegram()[-1]
    assert NORWAY.quote in place.on_slack()[-1]
    assert (told(place.on_telegram(), NORWAY), told(place.on_slack(), NORWAY)) == (1, 1)


async def test_the_owner_claims_the_bot_and_subscribes(place: Scene) -> None:
    """A stranger gets one line; the code from the console makes an owner, who subscribes and is told."""
    stranger = place.telegram.private(id=99)
    assert "nur Eingeladenen" in await place.ask_telegram(stranger, "/latest", User(id=99))
    owner = await place.telegram_owner()
    await place.ask_telegram(owner, "/subscribe all")
    place.publish(SWEDEN)
    await eventually(lambda: told(place.on_telegram(owner), SWEDEN))
    await place.ask_telegram(owner, "/unsubscribe all")


async def test_a_question_on_slack_is_answered(place: Scene) -> None:
    """The one command answers whoever asks in a channel that gets alerts, in the channel's language."""
    person = place.slack.workspace.person()
    assert "Quellen: 1" in await place.ask_slack(person, "status", place.channel)


ANSWERS = {
    "start": "destinations:",
    "help": "unsubscribe",
    "status": "Quellen: 1",
    "latest 3": NORWAY.alert,
    "rules truppen": "troop-commitment",
    "subscribe": "· all",
    "unsubscribe": "kein Kanal",
}


async def test_commands_are_answered_on_both(place: Scene) -> None:
    """The same commands for the owner on Telegram and on Slack; /start shows the chat's id to paste."""
    place.publish(NORWAY)
    await eventually(lambda: told(place.on_telegram(), NORWAY) and told(place.on_slack(), NORWAY))
    chat, person = await place.telegram_owner(), await place.slack_owner()
    for command, words in ANSWERS.items():
        assert words.lower() in (await place.ask_telegram(chat, f"/{command}")).lower()
        assert words.lower() in (await place.ask_slack(person, command)).lower()
    assert 'address: "4711"' in await place.ask_telegram(chat, "/start")
    assert f'address: "{person.id}"' in await place.ask_slack(person, "start")


async def test_why_is_answered_on_both(place: Scene) -> None:
    """A tap on Why tells the rule and what held; Read opens the article and asks nothing."""
    place.publish(NORWAY)
    await eventually(lambda: told(place.on_telegram(), NORWAY) and told(place.on_slack(), NORWAY))
    for answer in await _why(place, NORWAY, "Regel troop-commitment"):
        assert "Norwegen" in answer


async def _why(place: Scene, news: News, words: str) -> tuple[str, str]:
    """The answers with these words to a tap on Why below the alert, on Telegram and on Slack."""
    message = next(one for one in place.telegram.sent(place.group) if news.alert in one.text)
    before = len(place.on_telegram())
    place.telegram.tap(message, next(data for data in message.buttons.values() if data.startswith("why:")))
    await eventually(lambda: any(words in text for text in place.on_telegram()[before:]))
    post = next(one for one in place.channel.by_bot if news.alert in one.text)
    await eventually(lambda: place.slack.sockets.alive)
    asked = await place.slack.tap(post, "why", channel=place.channel, person=place.slack.workspace.person())
    answers = (text for text in place.on_telegram()[before:] if words in text)
    return next(answers), str((await asked.answer(PATIENCE))["text"])


async def test_a_flood_loses_nothing_and_repeats_nothing(place: Scene) -> None:
    """Told to wait twice, the bot waits and sends once."""
    place.telegram.fault("sendMessage", *(telegram_faults.TooMany(retry_after=1) for _ in range(2)))
    place.slack.script("chat.postMessage", slack_faults.RateLimited(seconds=1))
    place.publish(CANADA)
    await eventually(lambda: told(place.on_telegram(), CANADA) and told(place.on_slack(), CANADA))
    assert (told(place.on_telegram(), CANADA), told(place.on_slack(), CANADA)) == (1, 1)


@pytest.mark.parametrize(
    ("news", "telegram", "slack"),
    [
        pytest.param(
            SPAIN, telegram_faults.ProcessThenDrop(), slack_faults.Drop(processed=True), id="dropped"
        ),
        pytest.param(
            ITALY, telegram_faults.ErrorAfterProcess(), slack_faults.ServerError(status=503), id="5xx"
        ),
    ],
)
async def test_a_lost_answer_repeats_visibly_on_telegram_and_not_on_slack(
    place: Scene, news: News, telegram: telegram_faults.Fault, slack: slack_faults.Fault
) -> None:
    """Telegram cannot be asked, so the alert comes again and says so; Slack is asked and needs none."""
    place.telegram.fault("sendMessage", telegram)
    place.slack.script("chat.postMessage", slack)
    place.publish(news)
    await eventually(lambda: told(place.on_telegram(), news) == 2)
    assert "vielleicht" in [text for text in place.on_telegram() if news.alert in text][-1]
    assert told(place.on_slack(), news) == 1


HOSTILE = "<!channel> <https://evil.example|klick> & < > ' <@U1> <b>fett</b> @everyone \u202ekcart\u2066"
DENMARK = News(
    alert="Dänemark → Lettland",
    title=(f'{HOSTILE} "' * 200)[:10_000],
    text="Dänemark schickt 320 Soldaten nach Lettland. Das Parlament stimmte am Mittwoch zu. "
    f"„Wer ruft, {HOSTILE} wird gehört“, sagte Ministerpräsidentin Mette Falk.",
)


async def test_hostile_text_does_no_harm(place: Scene) -> None:
    """Markup in title and quote stays text, nobody is rung for, nothing turns the reading direction.

    The test servers refuse what breaks a rule: lengths, markup, blocks. Why shows the title of 10,000 signs.
    """
    place.publish(DENMARK)
    await eventually(lambda: told(place.on_telegram(), DENMARK) and told(place.on_slack(), DENMARK))
    message = next(one for one in place.telegram.sent(place.group) if DENMARK.alert in one.text)
    post = next(one for one in place.channel.by_bot if DENMARK.alert in one.text)
    assert {entity["type"] for entity in message.entities} <= {"bold", "expandable_blockquote", "blockquote"}
    assert "<!channel> <https://evil.example|klick> & < >" in message.text
    answers = await _why(place, DENMARK, "Regel")
    markup = [block["text"]["text"] for block in post.blocks or () if block["type"] == "section"]
    for text in (post.text, answers[1], *markup):
        assert not [bad for bad in ("<!", "<@", "<https://evil") if bad in text]
    shown = "".join([message.text, post.text, *answers, json.dumps(post.blocks, ensure_ascii=False)])
    assert not [sign for sign in "\u202e\u2066" if sign in shown]
    assert max(map(len, (message.text, post.text, *answers))) < 4096


async def test_a_second_poller_is_told_and_outlived(place: Scene) -> None:
    """Another program takes the bot's Telegram messages: one line with the mend, also in the status."""
    await eventually(lambda: place.telegram.updates.polled)
    url = f"{place.telegram.base_url}/bot{place.telegram.token}/getUpdates"
    async with aiohttp.ClientSession() as session, session.post(url, json={"timeout": 0}) as answer:
        assert answer.status == 200
    await eventually(lambda: place.lines("another program fetches", "run only one with this token"))
    assert len(place.lines("another program fetches")) == 1
    await place.status("telegram: hört keine Fragen seit", "run only one with this token")
    assert await place.ask_telegram(place.telegram.private(id=98), "/help", User(id=98))


async def test_slacks_socket_is_opened_again(place: Scene) -> None:
    """Refused, then half-open: told in a line, and questions are answered afterwards."""
    person, before = place.slack.workspace.person(), place.slack.sockets.opened
    place.slack.script_socket(slack_faults.UpgradeRefused(), slack_faults.HalfOpen(greets=True))
    await place.slack.sockets.cut()
    await place.slack.sockets.connected(before + 1, PATIENCE)
    assert "Quellen: 1" in await place.ask_slack(person, "status", place.channel)
    assert place.lines("Slack: no commands at the moment; trying again")
