"""Sources that send rubbish: each a state in `depesche status`, the rest goes on."""

import asyncio
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.ports.store import DeliveryState
from bot.storage.opening import open_store
from tests.acceptance.process import CAUGHT_UP, PATIENCE, ROOT, Bot, write_config
from tests.fakes.feed_server import FeedServer, Reply

NEWS = (
    "Norwegen entsendet 150 Ausbilder nach Litauen. Das hat die Regierung in Oslo am Montag beschlossen. "
    "„Wir gehen dorthin, solange man uns braucht“, sagte die norwegische Verteidigungsministerin."
)
BOMB = b"<rss><channel>" + b" " * 60_000_000


def rss(title: str, text: str) -> str:
    """A feed with one item of today; without a link, so that no page is fetched."""
    date = format_datetime(datetime.now(UTC))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed</title>'
        f"<item><guid>1</guid><title>{title}</title><pubDate>{date}</pubDate>"
        f"<description>{text}</description></item></channel></rss>"
    )


FEEDS = {
    "html": Reply(body="<!doctype html><html><body><p>Hallo</p></body></html>", content_type="text/html"),
    "empty": Reply(body=b""),
    "huge": Reply(body=b"<rss><channel>" + b"<item>x</item>" * 4_000_000),
    "bomb": Reply(body=BOMB, zipped=True),
    "gone": Reply(status=410),
    "charset": Reply(body=rss("Gruß aus Köln", "Schöne Grüße.").encode("latin-1")),
    "cut": Reply(body=rss("Ganz", "Ganzer Text.").replace("</channel></rss>", "<item><title>Hal")),
    "wordless": Reply(body=rss("Nur ein Titel", "")),
    "escapes": Reply(body=rss("&#27;[31mRot\x9b2J ", NEWS)),
}
TROUBLES = {
    "html": "HTML",
    "empty": "empty",
    "huge": "MB",
    "bomb": "MB",
    "gone": "410",
}


async def status(config: Path) -> str:
    """What `depesche status` prints."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "status",
        "--config",
        str(config),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    out, _ = await child.communicate()
    return out.decode()


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bot, str]:
    """A bot that has polled all of them once, stopped, and its status."""
    return asyncio.run(_run(tmp_path_factory.mktemp("troubled")))


async def _run(folder: Path) -> tuple[Bot, str]:
    async with FeedServer() as server:
        sources = "".join(
            f"  - {{name: {name}, url: '{server.script(f'/{name}', reply)}'}}\n"
            for name, reply in FEEDS.items()
        )
        config = write_config(folder, "polling: {allow_networks: [127.0.0.0/8]}\ndemo: false\n")
        config.write_text(config.read_text().replace("sources: []\n", f"sources:\n{sources}"))
        bot = await Bot.start(config)
        await bot.until(CAUGHT_UP)
        # It says so as soon as nothing waits to be read; the largest feeds may still be on their way.
        await _all_polled(config)
        await bot.stop()
    return bot, await status(config)


async def _all_polled(config: Path) -> None:
    """Wait until each source was polled and what it gave was read."""
    store = await open_store(str(config.parent / "store.sqlite"))
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                counts = await store.counts(datetime.now(UTC))
                waits = counts.lag is not None or counts.deliveries.keys() - {DeliveryState.SENT}
                if not waits and all(source.last_attempt for source in await store.sources()):
                    return
                await asyncio.sleep(0.2)
    finally:
        await store.close()


def test_each_bad_source_is_told_and_the_good_one_alerts(troubled: tuple[Bot, str]) -> None:
    """Every trouble has its reason in the status; the article with the news is told, its escapes removed."""
    bot, shown = troubled
    for name, reason in TROUBLES.items():
        lines = shown.splitlines()
        at = next(number for number, line in enumerate(lines) if f" {name} " in line)
        assert reason in lines[at + 1], f"{name}: {lines[at : at + 2]}"
    assert sum("Norway → Lithuania" in line for line in bot.out) == 1
    assert not any("\x1b" in line or "\x9b" in line for line in [*bot.out, *bot.err])
    assert not any("Traceback" in line for line in bot.err)


def test_what_can_be_had_of_a_damaged_feed_is_had(troubled: tuple[Bot, str]) -> None:
    """A wrong charset and a cut feed give their whole entries, and a note in the status."""
    _, shown = troubled
    lines = shown.splitlines()
    for name in ("charset", "cut"):
        at = next(number for number, line in enumerate(lines) if f" {name} " in line)
        assert "1 article" in lines[at]
        assert lines[at + 1].startswith("    "), f"{name}: {lines[at : at + 2]}"


def test_an_article_without_text_is_counted(troubled: tuple[Bot, str]) -> None:
    """There is nothing to read in it; the status says so."""
    assert "1 without text" in troubled[1]
