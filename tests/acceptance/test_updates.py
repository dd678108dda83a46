"""Updates as people meet them on Telegram and Slack: the first message is edited, the change answers it.

One bot for all but the kill: each test has news of its own.
"""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance.chats import (
    CANADA,
    ITALY,
    NORWAY,
    PORTUGAL,
    SPAIN,
    SWEDEN,
    News,
    Scene,
    eventually,
    scene,
)
from tests.fakes.slack import faults as slack_faults
from tests.fakes.slack.workspace import Post
from tests.fakes.telegram import faults as telegram_faults
from tests.fakes.telegram.world import Message

shared = pytest.mark.asyncio(loop_scope="module")


def changed(news: News, text: str) -> News:
    """A later article about the same."""
    return News(alert=news.alert, text=text, title="Neues")


MORE_NORWAY = changed(NORWAY, "Norwegen entsendet 300 Ausbilder nach Litauen. Das teilte Oslo am Abend mit.")
AGAIN_NORWAY = changed(NORWAY, "Norwegen will nun 300 Ausbilder nach Litauen schicken, heißt es in Oslo.")
MORE_SWEDEN = changed(SWEDEN, "Schweden schickt 900 Soldaten nach Estland. Die Zahl nannte der Generalstab.")
MORE_CANADA = changed(CANADA, "Kanada verlegt 1.500 Soldaten nach Rumänien, mehr als je zuvor.")
MORE_SPAIN = changed(SPAIN, "Spanien entsendet 480 Soldaten nach Bulgarien, das Doppelte also.")
NO_ITALY = changed(ITALY, "Italien schickt doch keine Soldaten in die Slowakei, sagte der Premier in Rom.")
MORE_PORTUGAL = changed(PORTUGAL, "Portugal entsendet 260 Soldaten nach Polen, wie Lissabon bestätigte.")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """A running bot with a Telegram group and a Slack channel."""
    async with scene(tmp_path_factory.mktemp("updates")) as found:
        await found.ready()
        yield found


def in_group(place: Scene, *words: str) -> list[Message]:
    """The messages of the group that have all these words."""
    return [one for one in place.telegram.sent(place.group) if all(word in one.text for word in words)]


def in_channel(place: Scene, *words: str) -> list[Post]:
    """The same for the channel."""
    return [one for one in place.channel.by_bot if all(word in one.text for word in words)]


async def told(place: Scene, *news: News) -> tuple[Message, Post]:
    """Publish news one after the other; returns the first messages about them."""
    for number, one in enumerate(news, 1):
        place.publish(one)
        await eventually(
            lambda n=number, a=one.alert: len(in_group(place, a)) >= n and len(in_channel(place, a)) >= n  # type: ignore[misc]
        )
    return in_group(place, news[0].alert)[0], in_channel(place, news[0].alert)[0]


@shared
async def test_a_changed_figure(place: Scene) -> None:
    """The first message shows the new figure and that it is new; one answer to it carries the change."""
    message, post = await told(place, NORWAY, MORE_NORWAY)
    for text in (message.text, post.text):
        assert "300 Ausbilder · beschlossen" in text
        assert "Aktualisiert: 150 → 300 Ausbilder" in text
        assert NORWAY.quote not in text
    assert [len(message.versions), bool(post.edited)] == [2, True]
    answer, reply = in_group(place, NORWAY.alert)[1], in_channel(place, NORWAY.alert)[1]
    assert answer.reply_to == message.id
    assert (reply.thread_ts, reply.broadcast) == (post.ts, True)
    for text in (answer.text, reply.text):
        assert text.startswith("🟠 Aktualisiert: 150 → 300 Ausbilder")


@shared
async def test_the_new_figure_again_is_silent(place: Scene) -> None:
    """Another article with it changes and tells nothing; news after it comes as ever."""
    before = len(in_group(place, NORWAY.alert)), len(in_channel(place, NORWAY.alert))
    edits = len(place.telegram.world.messages)
    place.publish(AGAIN_NORWAY)
    await told(place, SWEDEN)
    assert (len(in_group(place, NORWAY.alert)), len(in_channel(place, NORWAY.alert))) == before
    assert len(place.telegram.world.messages) == edits + 1


@shared
async def test_a_flood_in_between(place: Scene) -> None:
    """Told to wait while it edits, the bot edits later, and answers after that."""
    place.telegram.fault("editMessageText", telegram_faults.TooMany(retry_after=1))
    place.slack.script("chat.update", slack_faults.RateLimited(seconds=1))
    place.publish(MORE_SWEDEN)
    await eventually(lambda: len(in_group(place, SWEDEN.alert)) == len(in_channel(place, SWEDEN.alert)) == 2)
    message, answer = in_group(place, SWEDEN.alert)
    assert "600 → 900 Soldaten" in message.text
    assert answer.reply_to == message.id


@shared
async def test_lost_answers(place: Scene) -> None:
    """An edit is made again unseen; a Telegram answer comes again and says so, a Slack one is found."""
    await told(place, CANADA)
    place.telegram.fault("editMessageText", telegram_faults.ProcessThenDrop())
    place.slack.script("chat.update", slack_faults.Drop(processed=True))
    place.telegram.fault("sendMessage", telegram_faults.ProcessThenDrop())
    place.slack.script("chat.postMessage", slack_faults.Drop(processed=True))
    place.publish(MORE_CANADA)
    await eventually(
        lambda: len(in_group(place, CANADA.alert)) == 3 and len(in_channel(place, CANADA.alert)) == 2
    )
    first, *answers = in_group(place, CANADA.alert)
    assert "vielleicht" not in first.text
    assert "900 → 1.500 Soldaten" in first.text
    assert ["vielleicht" in one.text for one in answers] == [False, True]
    assert {one.reply_to for one in answers} == {first.id}
    assert len(in_channel(place, "900 → 1.500 Soldaten")) == 2


@shared
async def test_messages_that_somebody_deleted(place: Scene) -> None:
    """The update comes by itself, whole and marked; what could not be edited is listed, nothing is paused."""
    message, post = await told(place, SPAIN)
    del place.telegram.world.messages[place.group.id, message.id]
    post.deleted = True
    place.publish(MORE_SPAIN)
    await eventually(lambda: in_group(place, SPAIN.alert) and in_channel(place, SPAIN.alert))
    (alone,), (single,) = in_group(place, SPAIN.alert), in_channel(place, SPAIN.alert)
    assert (alone.reply_to, single.thread_ts) == (None, None)
    for text in (alone.text, single.text):
        assert text.startswith("🟠 Neue Truppenzusage: Spanien → Bulgarien")
        assert "Aktualisiert: 240 → 480 Soldaten" in text
    assert "angehalten" not in await place.status("Message to edit not found", "message_not_found")


@shared
async def test_a_chat_that_subscribed_later(place: Scene) -> None:
    """It has no first message: it gets the whole alert, marked as an update."""
    await told(place, ITALY)
    owner = await place.telegram_owner()
    await place.ask_telegram(owner, "/subscribe all")
    place.publish(NO_ITALY)
    await eventually(lambda: any(ITALY.alert in text for text in place.on_telegram(owner)))
    text = place.on_telegram(owner)[-1]
    assert text.startswith("🟠 Neue Truppenzusage: Italien → Slowakei")
    assert "Aktualisiert: beschlossen → verneint" in text
    await eventually(lambda: len(in_group(place, "beschlossen → verneint")) == 2)
    await place.ask_telegram(owner, "/unsubscribe all")


@shared
async def test_latest_shows_the_present_state(place: Scene) -> None:
    """An alert and its update are one entry, with the new figure and what changed."""
    await told(place, PORTUGAL, MORE_PORTUGAL)
    person = place.slack.workspace.person("paula")
    answer = await place.ask_slack(person, "latest 1", place.channel)
    assert "Aktualisiert: 130 → 260 Soldaten" in answer
    entries = (await place.ask_slack(person, "latest 10", place.channel)).count(PORTUGAL.alert)
    assert entries == 1


@pytest.fixture(params=["sqlite", "postgres"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    """The same on each kind of store."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    async with scene(tmp_path, url) as found:
        yield found


async def test_a_kill_between_edit_and_record(either: Scene) -> None:
    """The edit is made again, which changes nothing more, and the change is told once."""
    bot = await either.ready()
    await told(either, NORWAY)
    either.telegram.fault("editMessageText", telegram_faults.ProcessThenHang())
    either.slack.script("chat.update", slack_faults.Hang(processed=True))
    either.publish(MORE_NORWAY)
    await eventually(lambda: in_group(either, "150 → 300") and in_channel(either, "150 → 300"))
    await bot.stop(signal.SIGKILL)
    assert len(in_group(either, NORWAY.alert)) == len(in_channel(either, NORWAY.alert)) == 1
    await either.start()
    await eventually(lambda: len(in_group(either, "150 → 300")) == len(in_channel(either, "150 → 300")) == 2)
    message, answer = in_group(either, NORWAY.alert)
    assert (answer.reply_to, len(message.versions)) == (message.id, 2)
    assert "vielleicht" not in message.text + answer.text
