"""What people ask on Telegram: parsed into requests, answered where they asked, laid out and fitted."""

import pytest

from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.conversation import Part, Request
from tests.fakes.telegram.server import ADA, TelegramServer
from tests.fakes.telegram.world import User
from tests.platforms.telegram.samples import Asked, Held, message, running, until


@pytest.mark.parametrize(
    ("text", "command", "arguments"),
    [
        ("/status", "status", ""),
        ("/status@depesche_test_bot", "status", ""),
        ("/STATUS@Depesche_Test_Bot", "status", ""),
        ("/subscribe alles  high", "subscribe", "alles high"),
        ("/subscribe@depesche_test_bot alles", "subscribe", "alles"),
        ("/start\n123-456", "start", "123-456"),
        ("/why_A12", "why", "A12"),
        ("/Retract_a12@depesche_test_bot Wrong figure", "retract", "a12 Wrong figure"),
        ("/set_title x", "set_title", "x"),
        ("/latest \u202e5\x1b[31m", "latest", "5"),
    ],
)
async def test_a_command_becomes_a_request(
    text: str, command: str, arguments: str, telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Name in lower case, the bot's own name left out, arguments on one clean line."""
    chat, asked = telegram_server.private(), Asked()
    telegram_server.receive_text(chat, text)
    async with running(platform, asked):
        await until(lambda: telegram_server.sent(chat))
    assert asked.requests == [
        Request(
            kind="telegram", address="42", user="1001", user_name="Ada",
            command=command, arguments=arguments, lang="de", private=True,
        )
    ]  # fmt: skip
    assert [sent.text for sent in telegram_server.sent(chat)] == ["Alles läuft."]


@pytest.mark.parametrize(
    "text", ["hello", "/status@other_bot", "so /status", "/", "/стат", "// x", "/status@", "/a-b"]
)
async def test_what_is_not_for_us_is_left_alone(
    text: str, telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Plain text, and commands to other bots, get no answer, though the bot may read everything."""
    telegram_server.world.privacy = False
    chat, asked = telegram_server.supergroup(), Asked()
    telegram_server.receive_text(chat, text)
    telegram_server.receive_text(chat, "/last")
    async with running(platform, asked):
        await until(lambda: telegram_server.sent(chat))
    assert [request.command for request in asked.requests] == ["last"]


async def test_an_edited_message_asks_nothing(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Mending a typing mistake does not ask again."""
    chat, asked = telegram_server.private(), Asked()
    async with running(platform, asked):
        written = telegram_server.receive_text(chat, "/status")
        await until(lambda: telegram_server.sent(chat))
        telegram_server.edit_text(written, "/rules")
        telegram_server.receive_text(chat, "/latest")
        await until(lambda: len(telegram_server.sent(chat)) == 2)
    assert [request.command for request in asked.requests] == ["status", "latest"]


@pytest.mark.parametrize(
    ("language", "wanted"), [("de-AT", "de"), ("en", "en"), ("EN-us", "en"), ("fr", None), (None, None)]
)
async def test_the_language_of_who_asks(
    language: str | None, wanted: str | None, telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """German and English are told on; for others the bot decides."""
    chat, asked = telegram_server.private(), Asked()
    telegram_server.receive_text(chat, "/help", User(id=7, language=language))
    async with running(platform, asked):
        await until(lambda: asked.requests)
    assert asked.requests[0].lang == wanted


async def test_in_a_topic_the_answer_stays_there(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Address and answer are those of the topic, and the answer replies to the question."""
    chat, asked = telegram_server.supergroup(topics=(17,)), Asked()
    question = telegram_server.receive_text(chat, "/status", topic=17)
    async with running(platform, asked):
        await until(lambda: telegram_server.sent(chat))
    assert (asked.requests[0].address, asked.requests[0].private) == (f"{chat.id}/17", False)
    assert telegram_server.sent(chat)[0].topic == 17
    assert telegram_server.sent(chat)[0].reply_to == question.id


async def test_whoever_writes_as_a_chat_is_that_chat(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """All anonymous administrators share one stand-in user: its rights would be everybody's."""
    group, asked = telegram_server.supergroup(), Asked()
    stand_in = User(id=1087968824, name="Group", language=None, is_bot=True)
    telegram_server.receive_text(group, "/status", stand_in, sender_chat=group)
    async with running(platform, asked):
        await until(lambda: asked.requests)
    assert asked.requests[0].user == str(group.id)


async def test_a_channel_may_ask(telegram_server: TelegramServer, platform: TelegramPlatform) -> None:
    """A command posted in a channel is the channel's."""
    channel, asked = telegram_server.channel(), Asked()
    telegram_server.receive_text(channel, "/start")
    async with running(platform, asked):
        await until(lambda: telegram_server.sent(channel))
    assert (asked.requests[0].user, asked.requests[0].address) == (str(channel.id), str(channel.id))


async def test_other_bots_are_not_answered(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Two bots would talk for ever."""
    chat, asked = telegram_server.supergroup(), Asked()
    telegram_server.receive_text(chat, "/status", User(id=8, is_bot=True))
    telegram_server.receive_text(chat, "/rules")
    async with running(platform, asked):
        await until(lambda: telegram_server.sent(chat))
    assert [request.command for request in asked.requests] == ["rules"]


async def test_a_tap_is_a_command(telegram_server: TelegramServer, platform: TelegramPlatform) -> None:
    """A tap on Why asks why of that alert; its waiting sign goes, and the answer replies to the alert."""
    chat, asked = telegram_server.supergroup(topics=(17,)), Asked()
    await platform.messenger.send(message(chat, topic=17))
    (alert,) = telegram_server.sent(chat)
    async with running(platform, asked):
        query = telegram_server.tap(alert, "why:alert-1", ADA)
        await until(lambda: len(telegram_server.sent(chat)) == 2)
    assert asked.requests == [
        Request(
            kind="telegram", address=f"{chat.id}/17", user="1001", user_name="Ada",
            command="why", arguments="alert-1", lang="de", private=False,
        )
    ]  # fmt: skip
    assert telegram_server.tapped(query) == ""
    assert telegram_server.sent(chat)[1].reply_to == alert.id


async def test_a_tap_is_acknowledged_before_slow_answers(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """The waiting sign of a button does not wait for other questions."""
    chat = telegram_server.private()
    await platform.messenger.send(message(chat))
    telegram_server.receive_text(chat, "/status")
    query = telegram_server.tap(telegram_server.sent(chat)[0], "why:alert-1")
    async with running(platform, Held()):
        await until(lambda: telegram_server.tapped(query) == "")
        assert len(telegram_server.sent(chat)) == 1


async def test_code_and_text_are_laid_out(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Text is escaped and rings nobody; code is kept as it stands, to be copied."""
    yaml = "destinations:\n  - kind: telegram\n    address: '-100<1>'"
    chat = telegram_server.private()
    asked = Asked(
        Part(text="<b>1 & 2</b> @all"), Part(text="depesche", code=True), Part(text=yaml, code=True)
    )
    telegram_server.receive_text(chat, "/start")
    async with running(platform, asked):
        await until(lambda: telegram_server.sent(chat))
    (sent,) = telegram_server.sent(chat)
    assert sent.text == f"<b>1 & 2</b> @\u2060all\n\ndepesche\n\n{yaml}"
    assert [entity["type"] for entity in sent.entities] == ["code", "pre"]


async def test_silence_is_an_answer(telegram_server: TelegramServer, platform: TelegramPlatform) -> None:
    """An answer without parts sends nothing, nor does one of blanks."""
    chat, asked = telegram_server.private(), Asked(Part(text=" \n "))
    telegram_server.receive_text(chat, "/help")
    async with running(platform, asked):
        await until(lambda: asked.requests and not telegram_server.updates.pending)
    assert telegram_server.sent(chat) == []


@pytest.mark.parametrize("text", ["Zeile mit Wörtern darin 🧨\n" * 600, "x" * 9_000, "🧨" * 5_000])
@pytest.mark.parametrize("code", [True, False])
async def test_a_long_answer_becomes_several_messages(
    text: str,
    code: bool,  # noqa: FBT001  (a column of the table)
    telegram_server: TelegramServer,
    platform: TelegramPlatform,
) -> None:
    """Nothing is lost, nothing is too long, no markup is torn."""
    chat = telegram_server.private()
    telegram_server.receive_text(chat, "/rules")
    async with running(platform, Asked(Part(text=text, code=code))):
        await until(lambda: not telegram_server.updates.pending)
    told = "".join(sent.text for sent in telegram_server.sent(chat))
    assert "".join(told.split()) == "".join(text.split())
    assert 3 <= len(telegram_server.sent(chat)) <= 5
