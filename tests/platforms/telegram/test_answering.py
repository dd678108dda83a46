"""Updates on Telegram: the first message says the new state and is answered with the change."""

from bot.platforms.telegram.platform import TelegramPlatform
from bot.ports.messenger import Sent
from tests.fakes.alerts import change
from tests.fakes.telegram.server import TelegramServer
from tests.platforms.telegram.samples import message


async def test_the_answer_says_only_what_changed(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """In the topic of the first message, to that message; with the source, without the quote."""
    chat = telegram_server.supergroup(topics=(17,))
    first = await platform.messenger.send(message(chat, topic=17))
    assert isinstance(first, Sent)
    update = message(chat, topic=17, reply_to=first.id, changes=(change(),))
    assert isinstance(await platform.messenger.send(update), Sent)
    answer = telegram_server.sent(chat)[-1]
    assert (answer.reply_to, answer.topic) == (int(first.id), 17)
    assert answer.text.split("\n") == [
        "🟠 Aktualisiert: 80 → 150 Ausbilder",
        "Neue Truppenzusage: Norwegen → Litauen · hoch",
        "Tagesblatt · 02.03.2026 14:30 · #security",
    ]
    assert answer.links == {"Aktualisiert: 80 → 150 Ausbilder": "https://example.org/a1"}


async def test_the_first_message_shows_that_it_was_updated(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Edited, it has the whole alert and what changed, in the language of the chat."""
    chat = telegram_server.private()
    first = await platform.messenger.send(message(chat, lang="en"))
    assert isinstance(first, Sent)
    assert await platform.messenger.edit(message(chat, lang="en", changes=(change(),)), first.id) == first
    (shown,) = telegram_server.sent(chat)
    assert "Updated: 80 → 150 soldiers" in shown.text
    assert "„Wir bleiben, solange man uns braucht.“" in shown.text


async def test_an_answer_to_what_is_gone(telegram_server: TelegramServer, platform: TelegramPlatform) -> None:
    """Somebody deleted the first message: the answer comes by itself."""
    chat = telegram_server.private()
    update = message(chat, reply_to="99", changes=(change(),))
    assert isinstance(await platform.messenger.send(update), Sent)
    assert telegram_server.sent(chat)[0].reply_to is None
