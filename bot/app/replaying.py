"""Given articles through the whole pipeline, on a throw-away store, nothing sent."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TextIO

from bot.app.clock import SystemClock
from bot.app.config import Config
from bot.app.models import usable_models
from bot.app.packs import load_packs, rule_folders
from bot.app.settings import channels_of, subscriptions_of
from bot.app.wiring import MEMORY, rules_of
from bot.article.model import Article
from bot.errors import ReaderError
from bot.extraction.events.packs import EventPack
from bot.extraction.findings import Findings
from bot.extraction.reader import ArticleReader
from bot.pipeline.deliver import Deliverer
from bot.pipeline.judge import Judge
from bot.platforms.console.journal import Journal
from bot.platforms.console.messenger import ConsoleMessenger, takes_colour
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from bot.stories.similarity import StoryIndex


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """What became of the articles.

    Attributes:
        printed: How many alerts.
        unread: Why an article could not be read, by its id.
        foreign: Ids of articles in a language that is not read.
    """

    printed: int
    unread: dict[str, str]
    foreign: frozenset[str]


class Progress(Protocol):
    """Shows how far the work is, on the screen that the alerts may be on too."""

    def step(self) -> None:
        """One article more is done."""

    def end(self) -> None:
        """Leave the screen to the alerts."""


class ReaderHere:
    """The `Reader` port in this very process: hands out what was read ahead of the judge."""

    def __init__(self, models: Mapping[str, str] | None = None, packs: Sequence[EventPack] = ()) -> None:
        self._reader = ArticleReader(models, packs)
        self._findings: dict[str, Findings] = {}

    def read_ahead(self, article: Article) -> Findings:
        """Read an article, so that trouble with it is told here and now.

        Raises:
            ReaderError: It is too long, or our fault; the next one can be read.
        """
        try:
            findings = self._reader.read(article)
        except ReaderError:
            raise
        except Exception as error:
            raise ReaderError(f"{type(error).__name__} while reading") from error
        self._findings = {article.id: findings}
        return findings

    async def read(self, article: Article) -> Findings:
        """All that is to be found in an article."""
        return self._findings.get(article.id) or self._reader.read(article)


class Buffer(io.StringIO):
    """Takes the console's lines for a stream, whose trouble is then the caller's to tell."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]  # StringIO's cannot be written either
        """The stream's, so that signs it lacks are replaced."""
        return self._stream.encoding

    def pass_on(self) -> None:
        """Write what has come so far to the stream.

        Raises:
            OSError: It takes nothing.
        """
        self._stream.write(self.getvalue())
        self._stream.flush()
        self.seek(0)
        self.truncate()


async def replay_articles(
    config: Config, articles: Sequence[Article], stdout: TextIO, progress: Progress
) -> Replayed:
    """Read, judge and print; an article that cannot be read stops no other.

    Raises:
        DepescheError: The rules folder or a model cannot be used.
        OSError: The alerts cannot be written.
    """
    store = await open_store(MEMORY)
    try:
        await store.put_subscriptions(subscriptions_of(config), SystemClock().now())
        return await _replay(config, articles, stdout, store, progress)
    finally:
        await store.close()


async def _replay(
    config: Config, articles: Sequence[Article], stdout: TextIO, store: SqlStore, progress: Progress
) -> Replayed:
    reader, clock, page = _reader(config), SystemClock(), Buffer(stdout)
    judge = _judge(config, store, reader)
    console = ConsoleMessenger(page, Journal(None), colour=takes_colour(stdout))
    deliverer = Deliverer(store=store, messengers={"console": console}, clock=clock)
    printed, unread, foreign = 0, {}, set()
    for article in articles:
        try:
            if reader.read_ahead(article).lang is None:
                foreign.add(article.id)
        except ReaderError as error:
            unread[article.id] = str(error)
            progress.step()
            continue
        await store.put_article(article, now=clock.now())
        while await judge.judge_waiting():
            pass
        while taken := await deliverer.deliver_pending():
            printed += taken
        if page.getvalue():
            progress.end()
            page.pass_on()
        progress.step()
    progress.end()
    return Replayed(printed=printed, unread=unread, foreign=frozenset(foreign))


def _reader(config: Config) -> ReaderHere:
    packs, _ = load_packs(rule_folders(config))
    return ReaderHere(usable_models(config), packs)


def _judge(config: Config, store: SqlStore, reader: ReaderHere) -> Judge:
    return Judge(
        store=store,
        reader=reader,
        clock=SystemClock(),
        rules=rules_of(config),
        channels=channels_of(config),
        stories=StoryIndex(),
        tells_lateness=False,
    )
