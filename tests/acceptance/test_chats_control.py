"""The whole bot on both platforms: editors, opinions, a retraction, quiet hours. One bot for all."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from tests.acceptance.chats import NORWAY, PATIENCE, SWEDEN, News, Scene, eventually, scene, told
from tests.fakes.slack.workspace import Post
from tests.fakes.telegram.server import ADA
from tests.fakes.telegram.world import Chat, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")
OWNER, BEN = ADA, User(id=2002)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """A running bot whose alerts wait for a second Telegram group."""
    async with scene(tmp_path_factory.mktemp("control")) as found:
        editors = found.telegram.group(id=-600, title="Editors")
        found.more = (
            f"channels: {{all: {{approval: true, editors: {{kind: telegram, address: '{editors.id}'}}}}}}\n"
        )
        await found.ready()
        yield found


def editors_of(place: Scene) -> Chat:
    """The group that decides."""
    return place.telegram.world.chats[-600]


def on_telegram(place: Scene, chat: Chat, news: News) -> Message | None:
    """The message about the news in a chat."""
    return next((one for one in place.telegram.sent(chat) if news.alert in one.text), None)


def on_slack(place: Scene, news: News) -> Post | None:
    """The post about the news in the channel."""
    return next((one for one in place.channel.by_bot if news.alert in one.text), None)


async def tap(place: Scene, chat: Chat, news: News, command: str, user: User = OWNER) -> str:
    """Tap a button below the message about the news; what is shown in passing."""
    message = on_telegram(place, chat, news)
    assert message
    data = next(data for data in message.buttons.values() if data.startswith(f"{command}:"))
    query = place.telegram.tap(message, data, user)
    await eventually(lambda: place.telegram.tapped(query) is not None)
    return place.telegram.tapped(query) or ""


async def asked(place: Scene, news: News) -> None:
    """The news is out, and the editors are asked about it."""
    place.publish(news)
    await eventually(lambda: on_telegram(place, editors_of(place), news))


async def test_an_editor_lets_an_alert_out(place: Scene) -> None:
    """Readers get nothing before; the question shows who decided, and the second editor is told."""
    await place.telegram_owner()
    await asked(place, NORWAY)
    editors = editors_of(place)
    assert (told(place.on_telegram(), NORWAY), told(place.on_slack(), NORWAY)) == (0, 0)
    assert "Freigegeben von" in await tap(place, editors, NORWAY, "send")
    await eventually(lambda: told(place.on_telegram(), NORWAY) and told(place.on_slack(), NORWAY))
    question = on_telegram(place, editors, NORWAY)
    assert question
    await eventually(lambda: "Freigegeben von" in question.text)
    assert set(question.buttons) == {"Warum?"}
    before = place.telegram.sent(editors)
    answer = await place.ask_telegram(editors, f"/drop {question.buttons['Warum?'].partition(':')[2]}", BEN)
    assert "Schon entschieden: Freigegeben von" in answer
    assert len(place.telegram.sent(editors)) == len(before) + 1


async def test_opinions_of_both_platforms_count(place: Scene) -> None:
    """A tap is noted in passing, on Slack for who tapped alone; /rules shows share and number."""
    assert "1 nützlich, 0 falsch" in await tap(place, place.group, NORWAY, "useful")
    assert "1 nützlich, 0 falsch" in await tap(place, place.group, NORWAY, "useful")
    post = on_slack(place, NORWAY)
    assert post
    await eventually(lambda: place.slack.sockets.alive)
    person = place.slack.workspace.person()
    one = await place.slack.tap(post, "wrong", channel=place.channel, person=person)
    assert "1 nützlich, 1 falsch" in str((await one.answer(PATIENCE))["text"])
    shown = await place.ask_telegram(place.telegram.private(id=4711), "/rules truppenzusage")
    assert "50 % nützlich (n = 2)" in shown


async def test_a_retraction_corrects_both_platforms(place: Scene) -> None:
    """The messages are edited in place with the note; once is enough; the history knows by whom."""
    owner = place.telegram.private(id=4711)
    message, post = on_telegram(place, place.group, NORWAY), on_slack(place, NORWAY)
    assert message
    assert post
    name = message.buttons["Warum?"].partition(":")[2]
    assert "Zurückgezogen" in await place.ask_telegram(owner, f"/retract {name[:8]} Zahl war falsch.")
    await eventually(
        lambda: "Korrektur: zurückgezogen" in message.text and "Zahl war falsch." in message.text
    )
    await eventually(lambda: "Korrektur: zurückgezogen" in post.text and "Zahl war falsch." in post.text)
    assert "Schon zurückgezogen" in await place.ask_telegram(owner, f"/retract {name[:8]}")
    assert "von Ada" in await place.ask_telegram(owner, f"/why {name[:8]}")
    assert "Korrektur" in await place.ask_telegram(owner, "/latest 1")


async def test_a_chat_that_sleeps(place: Scene) -> None:
    """It gets nothing, the other platform does; the status counts it; it comes when the chat wakes."""
    now = datetime.now().astimezone()
    hours = f"{now - timedelta(hours=1):%H:%M}-{now + timedelta(hours=2):%H:%M}"
    shown = await place.ask_telegram(place.group, f"/quiet {hours}", OWNER)
    assert f"Ruhezeit {hours}" in shown
    await asked(place, SWEDEN)
    await tap(place, editors_of(place), SWEDEN, "send")
    await eventually(lambda: told(place.on_slack(), SWEDEN))
    assert "1 gehalten" in await place.status("Ruhezeit")
    assert told(place.on_telegram(), SWEDEN) == 0
    await place.ask_telegram(place.group, "/quiet aus", OWNER)
    await eventually(lambda: told(place.on_telegram(), SWEDEN))
    assert (told(place.on_telegram(), SWEDEN), told(place.on_slack(), SWEDEN)) == (1, 1)
