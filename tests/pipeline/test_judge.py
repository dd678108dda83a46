"""Judging: what is read, matched and decided in one step."""

from bot.alerts.routing import Channel
from bot.extraction.findings import Findings
from bot.pipeline.judge import Judge
from bot.ports.store import ArticleState, Subscription
from bot.rules.model import Novelty
from bot.rules.rule_book import RuleBook
from bot.stories.similarity import StoryIndex
from tests.fakes.alerts import CONSOLE
from tests.fakes.clock import FakeClock
from tests.fakes.findings import Written
from tests.fakes.rules import rule
from tests.fakes.store import FakeStore


class Knowing:
    """A reader that gives the findings it was told."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    async def read(self, article: object) -> Findings:  # noqa: ARG002
        """The findings."""
        return self.findings


async def test_one_fact_twice_in_one_article() -> None:
    """Two events of one article with the same novelty key are one message."""
    written = Written(text="Norwegen schickt 150 Soldaten.\nEs regnet.\nNorwegen entsendet 900 Soldaten.")
    written.entity("Norwegen", id="NO")
    written.event("schickt", actors=["Norwegen"], quantity=written.quantity("150 Soldaten", 150))
    written.event("entsendet", actors=["Norwegen"], quantity=written.quantity("900 Soldaten", 900))
    store, clock = FakeStore(), FakeClock()
    await store.put_subscriptions([Subscription(channel="all", destination=CONSOLE)], clock.now())
    await store.put_article(written.article, now=clock.now())
    the_rule = rule(novelty=Novelty(key=("actor",)))
    judge = Judge(
        store=store,
        reader=Knowing(written.findings),
        clock=clock,
        rules=RuleBook.of(the_rule),
        channels={"all": Channel(name="all")},
        stories=StoryIndex(),
    )
    assert await judge.judge_waiting() == 1
    assert not await store.waiting(ArticleState.FETCHED, 9)
    assert len(await store.take_pending(clock.now(), 9)) == 1
