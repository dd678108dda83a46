"""The contract of `bot.ports.notices.Teller`, held by every platform before its own test server."""

import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.platforms.console.teller import ConsoleTeller
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.messenger import Destination, NotSent, Sent
from bot.ports.notices import Teller
from tests.fakes.slack.server import SlackServer
from tests.fakes.telegram.fixtures import checked_server

EVIL = "Die Datei </b><a href='https://evil.example'>x</a> <!channel> & *b* \u202e\x1b[31m ist kaputt."


@dataclass
class Stand:
    """A teller with a place that it can reach, and what is to be seen there."""

    teller: Teller
    place: Destination
    shown: Callable[[], Sequence[str]]


@asynccontextmanager
async def telegram() -> AsyncIterator[Stand]:
    """The chat with a person."""
    async with checked_server() as server, TelegramPlatform(server.token, server.base_url) as platform:
        chat = server.private()
        place = Destination(id="t", kind="telegram", address=str(chat.id), lang="de")
        yield Stand(platform.teller, place, lambda: [message.text for message in server.sent(chat)])


@asynccontextmanager
async def slack() -> AsyncIterator[Stand]:
    """A person."""
    async with SlackServer() as server:
        space = server.workspace
        person = space.person("ida")
        async with SlackPlatform(bot_token=space.bot_token, base_url=server.base_url) as platform:
            place = Destination(id="s", kind="slack", address=person.id, lang="de")
            yield Stand(
                platform.teller, place, lambda: [post.text for post in space.direct(person.id).by_bot]
            )
    assert server.violations == []


@asynccontextmanager
async def console() -> AsyncIterator[Stand]:
    """A terminal."""
    stream = io.StringIO()
    place = Destination(id="c", kind="console", address="-", lang="de")
    yield Stand(ConsoleTeller(stream), place, lambda: [stream.getvalue()] if stream.getvalue() else [])


STANDS: dict[str, Callable[[], AbstractAsyncContextManager[Stand]]] = {
    "telegram": telegram,
    "slack": slack,
    "console": console,
}


@pytest_asyncio.fixture(params=sorted(STANDS))
async def stand(request: pytest.FixtureRequest) -> AsyncIterator[Stand]:
    """Each platform in turn."""
    async with STANDS[request.param]() as found:
        yield found


async def test_words_arrive_as_they_are(stand: Stand) -> None:
    """Markup of any platform and terminal escapes are only text, or gone."""
    outcome = await stand.teller.tell(stand.place, f"{EVIL}\n\nZweiter Absatz: wir melden uns.")
    assert isinstance(outcome, Sent)
    (text,) = stand.shown()
    assert "ist kaputt." in " ".join(text.split())
    assert "Zweiter Absatz" in text
    assert "\u202e" not in text
    assert "\x1b" not in text


async def test_a_person_nobody_knows_is_told_nothing() -> None:
    """Permanent, in one line without the token."""
    async with checked_server() as server, TelegramPlatform(server.token, server.base_url) as platform:
        nobody = Destination(id="t", kind="telegram", address="424242")
        outcome = await platform.teller.tell(nobody, "Kaputt.")
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert server.token not in outcome.reason


async def test_a_long_text_goes_out_whole_on_telegram() -> None:
    """In several messages, none above the limit."""
    async with telegram() as stand:
        words = [f"Wort{number}" for number in range(1500)]
        assert isinstance(await stand.teller.tell(stand.place, " ".join(words)), Sent)
        assert " ".join(stand.shown()).split() == words
        assert len(stand.shown()) > 1


async def test_a_closed_console_says_so() -> None:
    """Not sent; nothing is raised."""
    stream = io.StringIO()
    stream.close()
    outcome = await ConsoleTeller(stream).tell(Destination(id="c", kind="console", address="-"), "x")
    assert isinstance(outcome, NotSent)
