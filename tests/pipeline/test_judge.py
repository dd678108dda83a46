"""Judging: what is read, matched and decided in one step."""

from dataclasses import replace

from bot.alerts.decide import Reason
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

SURE = replace(CONSOLE, id="console:sure", address="sure")


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


TOLD = "Norwegen schickt 150 Soldaten in den Süden. Die Ministerin nannte in Oslo keine Einzelheiten."
OWN = "Nach Auskunft zweier Beamter schickt Norwegen im Herbst 150 Soldaten. Der Beschluss fiel am Abend."


def says(text: str, outlet: str) -> Written:
    """Norway's 150 soldiers, as an outlet tells of them."""
    written = Written(text=text, source=outlet, published="2026-03-02T10:00:00+00:00")
    written.entity("Norwegen", id="NO")
    written.event("schickt", actors=["Norwegen"], quantity=written.quantity("150 Soldaten", 150))
    return written


async def heard(store: FakeStore, stories: StoryIndex, *reports: tuple[str, Written]) -> None:
    """Judge these reports one after the other, for a channel of all and one of the confirmed."""
    clock = FakeClock()
    places = [
        Subscription(channel="all", destination=CONSOLE),
        Subscription(channel="sure", destination=SURE),
    ]
    await store.put_subscriptions(places, clock.now())
    for name, written in reports:
        await store.put_article(replace(written.article, id=name), now=clock.now())
        judge = Judge(
            store=store,
            reader=Knowing(written.findings),
            clock=clock,
            rules=RuleBook.of(rule(novelty=Novelty(key=("actor",), update_when=("quantity",)))),
            channels={"all": Channel(name="all"), "sure": Channel(name="sure", confirmed=True)},
            stories=stories,
        )
        assert await judge.judge_waiting() == 1
        clock.advance(60)


async def test_a_channel_that_waits_for_a_second_source() -> None:
    """It gets nothing of the first outlet, nothing of a copy, and the alert with the second outlet."""
    store, stories = FakeStore(), StoryIndex()
    await heard(store, stories, ("a1", says(TOLD, "Tagesblatt")), ("a2", says(TOLD, "Abendpost")))
    assert [row.destination_id for row in store.outbox.values()] == [CONSOLE.id]
    await heard(store, stories, ("a3", says(OWN, "Fjordbote")))
    assert {row.destination_id for row in store.outbox.values()} == {CONSOLE.id, SURE.id}
    (now,) = await store.latest(9)
    assert (now.sources, now.confirmed) == (2, True)
    assert [carrier.outlet for carrier in now.carriers] == ["Tagesblatt", "Fjordbote"]


async def test_the_reasons_of_a_source() -> None:
    """A further source is kept as one that tells the known, and as the state that it confirms."""
    store = FakeStore()
    await heard(store, StoryIndex(), ("a1", says(TOLD, "Tagesblatt")), ("a2", says(OWN, "Fjordbote")))
    assert [(one.reason, one.push) for one in store.alerts.values()] == [
        (Reason.NEW, True),
        (Reason.KNOWN_FACT, False),
        (Reason.CONFIRMED, True),
    ]
