"""Reader processes: a time limit an article, and a new process after a death."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from bot.app.readers import ReaderPool
from bot.article.model import Article, Published
from bot.errors import ReaderError
from tests.fakes.models import install

GERMAN = Article(
    id="a",
    text="Norwegen schickt 150 Ausbilder nach Litauen, sagte die Ministerin am Montag.",
    published=Published.parse("2026-03-02"),
)


async def test_an_article_comes_back_read() -> None:
    """The child answers with the same findings a direct reading gives."""
    pool = ReaderPool(processes=1, seconds=30)
    await pool.start()
    try:
        findings = await pool.read(GERMAN)
    finally:
        await pool.stop()
    assert findings.lang == "de"
    assert findings.sentences == ((0, len(GERMAN.text)),)


async def test_the_child_reads_with_the_models_that_were_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the configuration names reaches the process that reads, whatever it is."""
    install(tmp_path, "de_fake_news", "de", {"Quendlin": "LOC"})
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    article = Article(id="a", text="Der Zug hielt kurz vor Quendlin.", lang="de")
    for choice, wanted in (("de_fake_news", ["Quendlin"]), ("none", [])):
        pool = ReaderPool(processes=1, seconds=30, models={"de": choice, "en": "none"})
        await pool.start()
        try:
            found = await pool.read(article)
        finally:
            await pool.stop()
        assert [one.text for one in found.entities] == wanted


async def test_after_a_death_the_next_article_is_read() -> None:
    """A killed child costs the article it had, and is replaced for the next."""
    pool = ReaderPool(processes=1, seconds=30)
    await pool.start()
    try:
        child = pool._all[0]._child
        assert child is not None
        os.kill(child.pid, signal.SIGSTOP)
        reading = asyncio.create_task(pool.read(GERMAN))
        await asyncio.sleep(0.1)
        os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(ReaderError, match="killed the reader"):
            await reading
        assert (await pool.read(GERMAN)).lang == "de"
    finally:
        await pool.stop()


async def test_an_article_over_its_time_is_given_up() -> None:
    """A child that does not answer in time is ended and replaced."""
    pool = ReaderPool(processes=1, seconds=30)
    await pool.start()
    try:
        reader = pool._all[0]
        assert reader._child is not None
        os.kill(reader._child.pid, signal.SIGSTOP)
        reader.seconds = 0.2
        with pytest.raises(ReaderError, match=r"longer than 0\.2 s"):
            await pool.read(GERMAN)
        reader.seconds = 30
        assert (await pool.read(GERMAN)).lang == "de"
    finally:
        await pool.stop()


async def test_the_child_knows_the_event_types_of_packs(tmp_path: Path) -> None:
    """What a pack among the rules brings is read by the process that reads; a broken pack is left out."""
    good, broken = tmp_path / "mining", tmp_path / "broken"
    good.mkdir()
    broken.mkdir()
    frame = "frames: [{type: mining.close, verbs: [close], with: [mines]}]\nclasses: {mines: [mine]}\n"
    (good / "events.en.yml").write_text(frame, encoding="utf-8")
    (broken / "events.en.yml").write_text("frames: 5\n", encoding="utf-8")
    pool = ReaderPool(processes=1, seconds=30, packs=[tmp_path])
    await pool.start()
    try:
        found = await pool.read(Article(id="a", text="Poland has closed the mine.", lang="en"))
    finally:
        await pool.stop()
    assert [event.type for event in found.events] == ["mining.close"]
