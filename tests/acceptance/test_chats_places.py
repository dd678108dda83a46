"""Chats, topics and channels that refuse: paused and shown with their mend; the others get their alerts.

One bot and one alert for all of them; afterwards everything is mended, and what waited arrives.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.acceptance.chats import NORWAY, SWEDEN, Scene, eventually, scene, told
from tests.fakes.slack.workspace import Channel, Person
from tests.fakes.telegram.world import Chat, State

pytestmark = pytest.mark.asyncio(loop_scope="module")
GOOD, GONE = 5, 7  # topics


@dataclass(kw_only=True)
class Place:
    """A destination that refuses.

    Attributes:
        scope: As the status names it.
        why: Part of the line that tells why.
        shown: What the bot wrote there.
        mend: Makes it take messages again, and lets somebody write there.
    """

    scope: str
    why: str
    shown: Callable[[], list[str]]
    mend: Callable[[], None]


@dataclass(kw_only=True)
class Town:
    """All places, and what was to be read of them while they refused."""

    place: Scene
    broken: dict[str, Place]
    topics: Chat
    old: Chat
    new: Chat
    person: Person
    status: str = ""
    told: str = ""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A bot that has tried to tell an alert everywhere."""
    async with scene(tmp_path_factory.mktemp("places")) as place:
        found = _built(place)
        place.publish(NORWAY)
        await place.ready()
        owner = await place.telegram_owner()
        scopes = [one.scope for one in found.broken.values()]
        found.status = await place.status(*(f"{scope}: gestört" for scope in scopes))
        found.told = await place.ask_telegram(owner, "/status")
        yield found


def _built(place: Scene) -> Town:
    server, space = place.telegram, place.slack.workspace
    topics, old = server.supergroup(id=-1001, topics=(GOOD,)), server.group(id=-502)
    person, new = space.person("ida"), server.migrate(old)
    blocked, kicked = server.private(id=61), server.group(id=-503)
    closed, far = space.channel("old", archived=True), space.channel("far", member=False)
    secret = space.channel("secret", private=True, member=False)
    broken = {
        "blocked": _chat(place, blocked, State.BLOCKED, "bot was blocked by the user: they unblock it"),
        "kicked": _chat(place, kicked, State.KICKED, "bot was kicked from the group chat: add it again"),
        "unknown": _unknown(place),
        "topic": _topic(place, topics),
        "archived": _channel(place, closed, "the channel is archived: restore it"),
        "outside": _channel(place, far, "the bot is not in the channel: invite it there"),
        "no channel": _channel(place, secret, "there is no such channel, or it is private"),
    }
    for one in broken.values():
        kind, _, address = one.scope.partition(":")
        place.destinations[kind].append(address)
    place.destinations["telegram"] += [str(old.id), f"{topics.id}/{GOOD}"]
    return Town(place=place, broken=broken, topics=topics, old=old, new=new, person=person)


def _chat(place: Scene, chat: Chat, state: State, why: str) -> Place:
    chat.state = state

    def mend() -> None:
        chat.state = State.OPEN
        place.telegram.receive_text(chat, "/help")

    return Place(scope=f"telegram:{chat.id}", why=why, shown=lambda: place.on_telegram(chat), mend=mend)


def _unknown(place: Scene) -> Place:
    chat = place.telegram.group(id=-504)
    del place.telegram.world.chats[chat.id]

    def mend() -> None:
        place.telegram.world.chats[chat.id] = chat
        place.telegram.receive_text(chat, "/help")

    why = "Chat not found: add the bot there"
    return Place(scope=f"telegram:{chat.id}", why=why, shown=lambda: place.on_telegram(chat), mend=mend)


def _topic(place: Scene, topics: Chat) -> Place:
    def mend() -> None:
        assert topics.topics is not None
        topics.topics[GONE] = False
        place.telegram.receive_text(topics, "/help", topic=GONE)

    def shown() -> list[str]:
        return [message.text for message in place.telegram.sent(topics) if message.topic == GONE]

    why = "Message thread not found: the topic is gone, mend the address"
    return Place(scope=f"telegram:{topics.id}/{GONE}", why=why, shown=shown, mend=mend)


def _channel(place: Scene, channel: Channel, why: str) -> Place:
    def mend() -> None:
        channel.archived, channel.member = False, True

    return Place(scope=f"slack:{channel.id}", why=why, shown=lambda: place.on_slack(channel), mend=mend)


BROKEN = ["blocked", "kicked", "unknown", "topic", "archived", "outside", "no channel"]


async def test_the_others_get_their_alert(town: Town) -> None:
    """Group and channel that work are told once, though so many others refuse."""
    place = town.place
    await eventually(lambda: told(place.on_telegram(), NORWAY) and told(place.on_slack(), NORWAY))
    assert (told(place.on_telegram(), NORWAY), told(place.on_slack(), NORWAY)) == (1, 1)


async def test_an_alert_goes_into_its_topic(town: Town) -> None:
    """The topic of the destination and no other; a deleted topic beside it holds up nothing."""
    await eventually(lambda: town.place.on_telegram(town.topics))
    assert {message.topic for message in town.place.telegram.sent(town.topics)} == {GOOD}


async def test_a_group_that_became_a_supergroup(town: Town) -> None:
    """The alert arrives under the new id, and one line says what to write into the configuration."""
    await eventually(lambda: told(town.place.on_telegram(town.new), NORWAY))
    (line,) = town.place.lines("mend the id where the configuration names it")
    assert f"old={town.old.id}" in line
    assert f"new={town.new.id}" in line


@pytest.mark.parametrize("name", BROKEN)
async def test_a_place_that_refuses(town: Town, name: str) -> None:
    """One line in the log says where, why and the mend; `depesche status` and `/status` show the same."""
    one = town.broken[name]
    (line,) = town.place.lines("alert not delivered", f"to={one.scope}", one.why)
    for shown in (town.status, " ".join(town.told.split())):
        assert f"{one.scope}: gestört" in shown
        assert one.why in shown.partition(f"{one.scope}: gestört")[2][:200], line
    assert one.shown() == []


async def test_nothing_is_lost_when_the_faults_end(town: Town) -> None:
    """Somebody writes where it was mended: what waited arrives, once, and the pauses are gone."""
    place = town.place
    for one in town.broken.values():
        one.mend()
    for channel in place.slack.workspace.channels.values():
        if channel.id in place.destinations["slack"]:
            await place.ask_slack(town.person, "help", channel)
    await eventually(lambda: all(told(one.shown(), NORWAY) for one in town.broken.values()))
    place.publish(SWEDEN)
    await eventually(lambda: all(told(one.shown(), SWEDEN) for one in town.broken.values()))
    assert all(told(one.shown(), NORWAY) == 1 for one in town.broken.values())
    assert "gestört" not in await place.status()
