"""Which channels a chat gets."""

import pytest

from bot.ports.messenger import Destination
from bot.ports.store import Subscription
from tests.fakes.chat import GROUP, MEMBER, Chat


async def test_subscribing(chat: Chat) -> None:
    """Channels are listed and ticked; alerts go to this very topic in the group's language."""
    assert "· security" in await chat.ask("subscribe", MEMBER, f"{GROUP}/7")
    assert "Subscribed" in await chat.ask("subscribe Security", MEMBER, f"{GROUP}/7")
    place = Destination(
        id="telegram:-100123/7", kind="telegram", address="-100123/7", lang="de", zone="Europe/Berlin"
    )
    assert await chat.store.subscriptions() == [Subscription(channel="security", destination=place)]
    assert "✓ security" in await chat.ask("subscribe", MEMBER, f"{GROUP}/7")
    assert "✓" not in (await chat.ask("subscribe", MEMBER, f"{GROUP}/8")).replace("(✓ comes here)", "")
    assert "already" in await chat.ask("subscribe security", MEMBER, f"{GROUP}/7")


async def test_a_person_is_told_in_their_language(chat: Chat) -> None:
    """In private alerts come in the language of whoever asked."""
    await chat.ask("subscribe all", MEMBER)
    assert [one.destination.lang for one in await chat.store.subscriptions()] == ["en"]


async def test_a_wrong_channel(chat: Chat) -> None:
    """The nearest one is named, or all of them; nothing is stored."""
    assert await chat.ask("subscribe securty") == ("There is no channel “securty”. Did you mean “security”?")
    assert "· sahel" in await chat.ask("subscribe xyz")
    assert await chat.store.subscriptions() == []


async def test_unsubscribing(chat: Chat) -> None:
    """Without a name the only channel goes; of several one must be named."""
    assert await chat.ask("unsubscribe") == "No channel comes here."
    await chat.ask("subscribe all")
    await chat.ask("subscribe sahel")
    assert "Which channel?" in await chat.ask("unsubscribe")
    assert "Did you mean “sahel”?" in await chat.ask("unsubscribe sahl")
    assert "sahel” comes here no more" in await chat.ask("unsubscribe sahel")
    assert "all” comes here no more" in await chat.ask("unsubscribe")
    assert await chat.store.subscriptions() == []


async def test_a_channel_that_is_gone_can_be_taken_back(chat: Chat) -> None:
    """A subscription outlasts its channel in the configuration; it is listed and can be ended."""
    await chat.ask("subscribe all")
    chat.store.subscribed[0].channel = "old"
    assert "✓ old" in await chat.ask("subscribe")
    assert "comes here no more" in await chat.ask("unsubscribe old")


async def test_what_the_configuration_names_stays(chat: Chat) -> None:
    """It cannot be taken back by chat, and the answer says so; a configured private chat needs no owner."""
    place = Destination(id="telegram:99", kind="telegram", address="99", lang="de")
    await chat.store.put_subscriptions([Subscription(channel="all", destination=place)], chat.clock.now())
    said = await chat.ask("unsubscribe all", "99", lang=None)
    assert said == (
        "Der Kanal „all“ steht für diesen Chat in der Konfiguration; nur dort lässt er sich abbestellen."
    )
    assert "Subscribed" in await chat.ask("subscribe sahel", "99")
    assert len(await chat.store.subscriptions()) == 2


@pytest.mark.parametrize(
    ("asked", "here", "wanted"),
    [
        ("de", "en", "Noch"),
        ("en", "de", "No alert"),
        (None, "en", "No alert"),
        (None, None, "Noch"),
        ("fr", None, "Noch"),
    ],
)
async def test_language(chat: Chat, asked: str | None, here: str | None, wanted: str) -> None:
    """That of the request, else of the chat, else of the configuration."""
    if here:
        place = Destination(id="x", kind="telegram", address=MEMBER, lang=here)
        await chat.store.subscribe("all", place, now=chat.clock.now())
    assert (await chat.ask("latest", MEMBER, lang=asked)).startswith(wanted)
