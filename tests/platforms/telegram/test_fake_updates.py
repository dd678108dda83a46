"""The fake server hands out updates as the real one does: offsets, long polls, conflicts."""

import asyncio
from typing import Any

import pytest

from tests.fakes.telegram.server import TelegramServer
from tests.fakes.telegram.update_queue import FIRST_ID, Updates
from tests.fakes.telegram.world import ApiError


async def _ids(updates: Updates, **arguments: Any) -> list[int]:
    return [update["update_id"] - FIRST_ID for update in await updates.get(arguments)]


def _filled(number: int = 4) -> Updates:
    updates = Updates()
    for _ in range(number):
        updates.put("message", {})
    return updates


async def test_updates_come_again_until_they_are_confirmed() -> None:
    """An offset forgets what is below it, for good."""
    updates = _filled()
    assert await _ids(updates) == await _ids(updates) == [0, 1, 2, 3]
    assert await _ids(updates, offset=FIRST_ID + 2) == [2, 3]
    assert await _ids(updates) == [2, 3]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ({"limit": 2}, [0, 1]),
        ({"limit": 0}, [0, 1, 2, 3]),
        ({"offset": -1}, [3]),
        ({"offset": "-3"}, [1, 2, 3]),
    ],
)
async def test_limits_and_negative_offsets(arguments: dict[str, Any], wanted: list[int]) -> None:
    """A limit cuts; a negative offset counts from the end and forgets the rest."""
    assert await _ids(_filled(), **arguments) == wanted


async def test_a_long_poll_ends_with_the_first_update() -> None:
    """It waits as long as it may, and no longer than it must."""
    updates = Updates()
    poll = asyncio.create_task(updates.get({"timeout": 5}))
    await asyncio.sleep(0.01)
    assert updates.polled
    updates.put("message", {})
    assert len(await poll) == 1
    assert await Updates().get({"timeout": 0}) == []


async def test_a_second_poll_ends_the_first() -> None:
    """409 for the one that waited, as with two programs and one token."""
    updates = Updates()
    first = asyncio.create_task(updates.get({"timeout": 5}))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(updates.get({"timeout": 5}))
    with pytest.raises(ApiError, match="terminated by other getUpdates request") as raised:
        await first
    assert raised.value.status == 409
    updates.put("message", {})
    assert len(await second) == 1


async def test_a_webhook_leaves_nothing_to_poll() -> None:
    """409 while it is set."""
    updates = _filled()
    updates.webhook = "https://example.org"
    with pytest.raises(ApiError, match="can't use getUpdates method while webhook is active"):
        await updates.get({})


async def test_only_wanted_kinds_are_kept() -> None:
    """What the bot does not ask for never comes; members and reactions only when asked for."""
    updates = Updates()
    assert updates.put("message_reaction", {}) is None
    await updates.get({"allowed_updates": '["callback_query"]'})
    assert updates.put("message", {}) is None
    assert updates.put("callback_query", {}) is not None


@pytest.mark.parametrize(
    ("text", "heard"),
    [("hello", 0), ("/status", 1), ("/status@Depesche_test_bot x", 1), ("/status@other_bot", 0)],
)
async def test_in_groups_a_bot_hears_only_commands(
    text: str, heard: int, telegram_server: TelegramServer
) -> None:
    """Group privacy, which is on unless its owner turns it off."""
    telegram_server.receive_text(telegram_server.group(), text)
    assert len(telegram_server.updates.pending) == heard


async def test_updates_have_the_published_shape(telegram_server: TelegramServer) -> None:
    """Messages, posts, edits and taps pass the specification that the server holds itself to."""
    for chat in (
        telegram_server.private(),
        telegram_server.supergroup(topics=(7,)),
        telegram_server.channel(),
    ):
        written = telegram_server.receive_text(chat, "/status 🧨", topic=7 if chat.topics else None)
        telegram_server.edit_text(written, "/rules")
    kinds = [list(update)[1] for update in telegram_server.updates.pending]
    assert kinds == ["message", "edited_message"] * 2 + ["channel_post", "edited_channel_post"]
    assert telegram_server.violations == []
