"""Updates on Slack: the first message says the new state and is answered with the change, seen by all."""

import dataclasses

import pytest

from bot.platforms.slack.platform import SlackPlatform
from bot.ports.messenger import Ambiguous, Message, NotSent, Reach, Sent
from tests.fakes.alerts import change
from tests.fakes.slack.faults import Answer, Drop
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.workspace import Channel, Person
from tests.platforms.slack.test_messenger import message


def answer(address: str, first: Sent, *, key: str = "alert-2") -> Message:
    """The update of an alert whose message is out."""
    return dataclasses.replace(message(address, key=key, changes=(change(),)), reply_to=first.id)


async def posted(platform: SlackPlatform, address: str) -> Sent:
    """An alert that is out."""
    sent = await platform.messenger.send(message(address))
    assert isinstance(sent, Sent)
    return sent


async def test_the_answer_says_only_what_changed(platform: SlackPlatform, channel: Channel) -> None:
    """In the thread of the first message, and in the channel: there people see it."""
    first = await posted(platform, channel.id)
    assert isinstance(await platform.messenger.send(answer(channel.id, first)), Sent)
    one, two = channel.by_bot
    assert (two.thread_ts, two.broadcast) == (one.ts, True)
    assert two.text.split("\n")[:2] == [
        "🟠 Aktualisiert: 80 → 150 Ausbilder",
        "Neue Truppenzusage: Norwegen → Litauen · hoch",
    ]
    assert "Wir bleiben" not in str(two.blocks)


async def test_the_first_message_shows_that_it_was_updated(platform: SlackPlatform, channel: Channel) -> None:
    """Edited, it has the whole alert and what changed, in text and blocks."""
    first = await posted(platform, channel.id)
    assert await platform.messenger.edit(message(channel.id, changes=(change(),)), first.id) == first
    (post,) = channel.by_bot
    for shown in (post.text, str(post.blocks)):
        assert "Aktualisiert: 80 → 150 Ausbilder" in shown
        assert "Wir bleiben, solange man uns braucht." in shown


async def test_an_answer_to_a_person(server: SlackServer, platform: SlackPlatform, person: Person) -> None:
    """It goes into the conversation in which the first message is."""
    first = await posted(platform, person.id)
    assert isinstance(await platform.messenger.send(answer(person.id, first)), Sent)
    one, two = server.workspace.direct(person.id).by_bot
    assert two.thread_ts == one.ts


@pytest.mark.parametrize("processed", [True, False])
async def test_an_answer_is_found_again(
    server: SlackServer, platform: SlackPlatform, channel: Channel, *, processed: bool
) -> None:
    """The thread is searched for it: what went out needs no second one, what did not is surely not out."""
    first = await posted(platform, channel.id)
    server.script("chat.postMessage", Drop(processed=processed))
    update = answer(channel.id, first)
    assert isinstance(await platform.messenger.send(update), Ambiguous)
    found = await platform.messenger.reconcile(update)
    assert isinstance(found, Sent if processed else NotSent)
    assert len(channel.by_bot) == 1 + processed


async def test_an_answer_to_what_is_gone(
    server: SlackServer, platform: SlackPlatform, channel: Channel
) -> None:
    """It concerns this message alone; the channel is not paused for it."""
    first = await posted(platform, channel.id)
    channel.by_bot[0].deleted = True
    refused = await platform.messenger.send(answer(channel.id, first))
    assert isinstance(refused, NotSent)
    assert (refused.permanent, refused.reach) == (True, Reach.MESSAGE)
    server.script("chat.update", Answer(error="message_not_found"))
    edited = await platform.messenger.edit(message(channel.id), first.id)
    assert isinstance(edited, NotSent)
    assert (edited.permanent, edited.reach) == (True, Reach.MESSAGE)
