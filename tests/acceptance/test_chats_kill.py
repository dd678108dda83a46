"""A kill between the call and its record, on both kinds of store."""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.chats import NORWAY, Scene, eventually, scene, told
from tests.fakes.slack import faults as slack_faults
from tests.fakes.telegram import faults as telegram_faults


@pytest.fixture(params=["sqlite", "postgres"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    """A feed, a Telegram group and a Slack channel, the same on each kind of store."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    async with scene(tmp_path, url) as found:
        yield found


async def test_a_kill_between_call_and_record(place: Scene) -> None:
    """Nothing is lost; Slack tells once, Telegram repeats an alert of high severity and says so."""
    place.telegram.fault("sendMessage", telegram_faults.ProcessThenHang())
    place.slack.script("chat.postMessage", slack_faults.Hang(processed=True))
    place.publish(NORWAY)
    bot = await place.start()
    await eventually(lambda: told(place.on_telegram(), NORWAY) and told(place.on_slack(), NORWAY))
    await bot.stop(signal.SIGKILL)
    await place.start()
    await eventually(lambda: told(place.on_telegram(), NORWAY) == 2)
    assert "vielleicht" in place.on_telegram()[-1]
    assert told(place.on_slack(), NORWAY) == 1
