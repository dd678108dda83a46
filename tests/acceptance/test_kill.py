"""Killed at five points and started again: nothing lost, nothing told twice."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.killing import POINTS
from tests.acceptance.process import CAUGHT_UP, Bot, write_config


async def _undisturbed(folder: Path) -> Counter[str]:
    bot = await Bot.start(write_config(folder))
    await bot.until(CAUGHT_UP)
    await bot.stop()
    return bot.alerts()


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """What a bot prints that nobody kills."""
    return asyncio.run(_undisturbed(tmp_path_factory.mktemp("calm")))


@pytest.mark.parametrize(
    ("kind", "point"),
    # On the second database the points around a send; each run takes some seconds.
    [
        *(("sqlite", point) for point in POINTS),
        ("postgres", "marked-sending"),
        ("postgres", "printed-not-recorded"),
    ],
)
async def test_a_kill_loses_no_alert_and_repeats_none(
    request: pytest.FixtureRequest, tmp_path: Path, wanted: Counter[str], kind: str, point: str
) -> None:
    """Both runs together print exactly what one undisturbed run prints."""
    assert len(wanted) >= 5
    store = request.getfixturevalue("postgres_url") if kind == "postgres" else None
    config = write_config(tmp_path, store=store)
    killed = await Bot.start(config, "tests.acceptance.killing", point)
    assert await killed.ended() == -9
    again = await Bot.start(config)
    await again.until(CAUGHT_UP)
    await again.stop()
    assert killed.alerts() + again.alerts() == wanted
