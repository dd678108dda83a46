"""`depesche run` as a user meets it: quick alerts, a clean end, nothing twice."""

import signal
from pathlib import Path

import pytest

from tests.acceptance.process import CAUGHT_UP, Bot, slowness, write_config


async def test_the_demo_is_on_the_terminal_within_ten_seconds(tmp_path: Path) -> None:
    """Alerts come soon after the start, fit 80 columns and are labelled DEMO."""
    bot, quick = await _first_start(tmp_path / "once")
    if not quick:  # other work may have come in between: once more tells it from a slow start
        bot, quick = await _first_start(tmp_path / "again")
    assert quick, f"the last alert came after {bot.last_alert:.1f} s"
    assert len(bot.alerts()) >= 5
    assert max(len(line) for line in [*bot.out, *bot.err]) <= 80
    assert sum("DEMO" in line for line in bot.out) >= len(bot.alerts())


async def _first_start(folder: Path) -> tuple[Bot, bool]:
    """A bot that showed the demo and stopped, and whether it was quick for this machine just now."""
    folder.mkdir()
    before = await slowness()
    bot = await Bot.start(write_config(folder))
    await bot.until(CAUGHT_UP)
    await bot.stop()
    return bot, bot.last_alert < 10 * max(before, await slowness())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_end_is_quick_and_clean(tmp_path: Path, number: signal.Signals) -> None:
    """A signal ends the bot within two seconds, with status 0 and no stack trace."""
    bot = await Bot.start(write_config(tmp_path))
    await bot.until("rules")
    took = await bot.stop(number)
    assert took < 2 * await slowness()
    assert bot.child.returncode == 0
    assert bot.err[-1] == "Stopped"
    assert not any("Traceback" in line for line in bot.err)


async def test_a_second_start_tells_nothing_twice_and_says_so(tmp_path: Path) -> None:
    """The second run prints no alert, and one line that says where they are."""
    config = write_config(tmp_path)
    first = await Bot.start(config)
    await first.until(CAUGHT_UP)
    await first.stop()
    second = await Bot.start(config)
    await second.until(CAUGHT_UP)
    await second.stop()
    assert second.alerts().total() == 0
    assert sum("See them again: depesche latest" in line for line in second.err) == 1


async def test_without_internet_the_public_feeds_are_one_calm_line(tmp_path: Path) -> None:
    """Hosts that cannot be found give one line, no stack trace, and do not hold up the demo."""
    feeds = "".join(f"  - {{name: F{n}, url: 'https://f{n}.invalid/feed'}}\n" for n in range(5))
    config = write_config(tmp_path)
    config.write_text(config.read_text().replace("sources: []\n", f"sources:\n{feeds}"))
    bot = await Bot.start(config)
    await bot.until(CAUGHT_UP)
    await bot.stop()
    assert len(bot.alerts()) >= 5
    assert sum("no connection to the internet" in line for line in bot.err) == 1
    assert not any("Traceback" in line for line in bot.err)


async def test_a_second_bot_on_the_same_store_is_refused(tmp_path: Path) -> None:
    """Two bots on one store would repeat each other's alerts; the second says so and ends."""
    config = write_config(tmp_path)
    first = await Bot.start(config)
    await first.until("rules")
    second = await Bot.start(config)
    assert await second.ended() == 2
    assert "another Depesche runs on this store" in second.err[0]
    await first.stop()
