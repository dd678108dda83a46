"""A week of articles through the real reader, judge and delivery, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.alerts.changing import changes_in
from bot.alerts.confirming import STEPS
from bot.alerts.decide import Reason
from bot.alerts.model import Alert
from bot.alerts.routing import Channel
from bot.app.replaying import ReaderHere
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.app.wiring import stories_of
from bot.article.model import Article, Published
from bot.extraction.findings import Findings
from bot.pipeline.deliver import Deliverer
from bot.pipeline.judge import Judge
from bot.ports.alerts import Judged
from bot.ports.messenger import Destination
from bot.ports.store import Store, Subscription
from tests.fakes.clock import FakeClock
from tests.pipeline.nights import Chat

DESK = Destination(id="desk", kind="chat", address="1", lang="en", zone="Europe/Berlin")
SENT = {"new": (1, 0), "update": (1, 1), "contradiction": (1, 1), "silent": (0, 0)}  # messages, edits


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An article of the week, its story, and what the bot must make of it."""

    article: Article
    story: str
    want: str


@cache
def week() -> tuple[Wanted, ...]:
    """The articles in order of arrival."""
    rows = yaml.safe_load(Path(__file__).with_name("week.yml").read_text(encoding="utf-8"))
    return tuple(Wanted(article=_article(row), story=row["story"], want=row["want"]) for row in rows)


def _article(row: dict[str, Any]) -> Article:
    return Article(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        lang=row["lang"],
        source_id=row["outlet"],
        source_name=row["outlet"],
        published=Published.parse(row["published"]),
    )


class ReadOnce:
    """The real reader; what it found in an article is kept for the next replay."""

    def __init__(self) -> None:
        self._reader = ReaderHere()
        self._found: dict[str, Findings] = {}

    async def read(self, article: Article) -> Findings:
        """All that is to be found in an article."""
        if article.id not in self._found:
            self._found[article.id] = await self._reader.read(article)
        return self._found[article.id]


@dataclass(kw_only=True)
class Replay:
    """A bot that hears the articles at the hours at which they came out."""

    store: Store
    reader: ReadOnce
    clock: FakeClock = field(default_factory=lambda: FakeClock(week()[0].article.published.at))  # type: ignore[union-attr]  # all have one

    async def begin(self) -> None:
        """Subscribe the desk and start."""
        await self.store.put_subscriptions([Subscription(channel="all", destination=DESK)], self.clock.now())
        self.rules = load_folders([standard_rules() / "standard"])[0]
        await self.restart()

    async def restart(self) -> None:
        """What is in memory is lost; what a start takes from the store is there again."""
        self.chat = Chat(clock=self.clock)
        self.judge = Judge(
            store=self.store,
            reader=self.reader,
            clock=self.clock,
            rules=self.rules,
            channels={"all": Channel(name="all")},
            stories=await stories_of(self.store),
        )
        self.deliverer = Deliverer(store=self.store, messengers={"chat": self.chat}, clock=self.clock)

    async def hear(self, article: Article) -> str:
        """What becomes of an article, in the words of the table, and that so much was sent for it."""
        if article.published is None:
            raise AssertionError("all articles of the week have an hour")
        self.clock.advance((article.published.at - self.clock.now()).total_seconds())
        before = {one.id for one in await self.store.alerts_by_id("", 999)}
        sent = len(self.chat.got), len(self.chat.edited)
        await self.store.put_article(article, now=self.clock.now())
        await self.judge.judge_waiting()
        while await self.deliverer.deliver_pending():
            pass
        news = [one for one in await self.store.alerts_by_id("", 999) if one.id not in before]
        made = _made(await self.store.judged_of(article.id), news)
        seen = len(self.chat.got) - sent[0], len(self.chat.edited) - sent[1]
        return made if seen == _sent(made) else f"{made}, but sent and edited: {seen}"


def _sent(made: str) -> tuple[int, int]:
    """How many messages are sent and edited for it: of further sources only some are told."""
    form, _, rest = made.partition(" ")
    return SENT[form] if form in SENT else (0, int(int(rest) in STEPS))


def _made(judged: Sequence[Judged], news: Sequence[Alert]) -> str:
    told = [_told(one) for one in judged if one.push]
    known = {one.alert.id for one in judged}
    told += [f"confirmed {one.sources}" for one in news if one.id not in known]
    return " + ".join(told) or f"silent {_silence(judged)}"


def _told(one: Judged) -> str:
    if one.reason == Reason.NEW:
        return f"new {one.alert.rule_id}"
    lang = one.alert.article.lang or "en"
    form = "contradiction" if any(change.sides for change in one.alert.changes) else "update"
    return f"{form} {changes_in(one.alert.changes, lang, lang)}"


def _silence(judged: Sequence[Judged]) -> str:
    return "/".join(dict.fromkeys(str(one.reason) for one in judged)) or "nothing"
