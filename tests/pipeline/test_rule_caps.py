"""Caps of rules: told one by one, then in one summary, then set to shadow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.alerts.crowding import Crowd
from bot.alerts.routing import Channel
from bot.extraction.findings import Findings
from bot.pipeline.dispatch import Dispatch
from bot.pipeline.judge import Judge
from bot.pipeline.release import Releaser
from bot.pipeline.rule_caps import RuleCaps
from bot.ports.rules import HeldRule
from bot.ports.store import DeliveryState, Subscription
from bot.rules.model import Novelty, Rule, Severity, Status
from bot.rules.rule_book import RuleBook
from bot.stories.similarity import StoryIndex
from tests.fakes.alerts import CONSOLE, alert
from tests.fakes.clock import FakeClock
from tests.fakes.findings import Written
from tests.fakes.rules import rule
from tests.fakes.store import FakeStore
from tests.fakes.teller import FakeNotices

NAMES = ("Norwegen", "Schweden", "Finnland", "Estland", "Lettland", "Polen", "Spanien", "Italien", "Irland")


class Reading:
    """A reader that gives the findings of each article by its id."""

    def __init__(self) -> None:
        self.findings: dict[str, Findings] = {}

    async def read(self, article: Any) -> Findings:
        """The findings."""
        return self.findings[article.id]


class Room:
    """A judge with caps, one place, and a rule that finds whatever is written."""

    def __init__(self, usual: int | None = 2, **changes: Any) -> None:
        self.store, self.clock, self.reader, self.notices = FakeStore(), FakeClock(), Reading(), FakeNotices()
        self.rule = rule(novelty=Novelty(key=("actor",)), version="v1", **changes)
        self.book = RuleBook.of(self.rule)
        self.start(usual)
        self.number = 0

    def start(self, usual: int | None = 2) -> None:
        """Begin with nothing in memory."""
        self.caps = RuleCaps(store=self.store, clock=self.clock, notices=self.notices, usual=usual)
        channels = {"all": Channel(name="all")}
        self.judge = Judge(
            store=self.store,
            reader=self.reader,
            clock=self.clock,
            rules=self.book,
            channels=channels,
            stories=StoryIndex(),
            dispatch=Dispatch(store=self.store, clock=self.clock, channels=channels),
            caps=self.caps,
        )

    async def publish(self, *names: str) -> None:
        """One article for each country that sends soldiers, and judge them."""
        await self.store.put_subscriptions(
            [Subscription(channel="all", destination=CONSOLE)], self.clock.now()
        )
        for name in names:
            self.number += 1
            told = Written(text=f"{name} entsendet Soldaten.")
            told.entity(name, id=name[:2].upper())
            told.event("entsendet", actors=[name])
            article = replace(told.article, id=f"a{self.number}")
            self.reader.findings[article.id] = told.findings
            await self.store.put_article(article, now=self.clock.now())
            await self.judge.judge_waiting()

    def reasons(self) -> Sequence[str]:
        """What was decided, in order; that a fact has one more source is another matter."""
        return [one.reason for one in self.store.alerts.values() if one.reason != "confirmed"]

    async def states(self) -> dict[DeliveryState, int]:
        """The deliveries by state."""
        return (await self.store.counts(self.clock.now())).deliveries

    def edit(self, **changes: Any) -> None:
        """Edit the rule's file."""
        self.book.hold(replace(self.rule, **changes), self.rule.place)


async def test_the_surplus_of_an_hour_is_one_summary() -> None:
    """Two are told at once, the others wait for the end of the hour and come in one message."""
    room = Room()
    await room.publish(*NAMES[:6])
    assert room.reasons() == ["new"] * 2 + ["collapsed"] * 4
    assert await room.states() == {DeliveryState.PENDING: 2, DeliveryState.HELD: 4}
    room.clock.advance(3600)
    assert await Releaser(store=room.store, clock=room.clock).release_due() == 4
    assert await room.states() == {DeliveryState.PENDING: 3, DeliveryState.GATHERED: 3}


async def test_the_next_hour_begins_anew() -> None:
    """And a fact of the summary stays known."""
    room = Room()
    await room.publish(*NAMES[:3])
    room.clock.advance(3600)
    await room.publish(NAMES[2], NAMES[3])
    assert room.reasons() == ["new", "new", "collapsed", "known_fact", "new"]


async def test_a_rule_that_runs_away_is_set_to_shadow_and_the_owner_is_told() -> None:
    """At five times its cap; from then on it is counted only, after a restart too."""
    room = Room(usual=1)
    await room.publish(*NAMES[:7])
    assert room.reasons() == ["new", *["collapsed"] * 4, "ran_away", "ran_away"]
    (notice,) = room.notices.posted.values()
    assert "rules resume troop-commitment" in notice.text("de")
    assert "5 new alerts within an hour" in notice.text("en")
    room.start(usual=1)
    await room.caps.load(room.book.by_id)
    room.clock.advance(7200)
    await room.publish(NAMES[7])
    assert room.reasons()[-1] == "ran_away"
    assert len(room.notices.posted) == 1


async def test_the_status_says_which_rules_are_held() -> None:
    """Until the file changes, also while the bot is down, or the rule is gone."""
    room, said = Room(usual=1), list[str | None]()
    room.caps.standing = said.append
    await room.publish(*NAMES[:6])
    assert str(said[-1]).startswith("troop-commitment (5 alerts within an hour): mend the rule's file")
    room.edit(version="v2")
    await room.caps.settle(room.book.by_id)
    assert said[-1] is None
    assert list(await room.store.held_rules()) == []
    await room.store.hold_rule(HeldRule(rule_id="gone", version="v1", found=9, since=room.clock.now()))
    await room.caps.load(room.book.by_id)
    assert list(await room.store.held_rules()) == []


async def test_an_edited_file_lets_the_rule_run_again() -> None:
    """With its hour counted anew."""
    room = Room(usual=1)
    await room.publish(*NAMES[:6])
    room.clock.advance(60)
    room.edit(version="v2")
    await room.publish(NAMES[6], NAMES[7])
    assert room.reasons()[-2:] == ["new", "collapsed"]


async def test_the_owner_lets_it_run_again() -> None:
    """The same file, its hour counted anew; what does not run away cannot be resumed."""
    room = Room(usual=1)
    await room.publish(*NAMES[:6])
    room.clock.advance(60)
    assert await room.caps.resume(room.rule.id)
    assert not await room.caps.resume("sanctions")
    assert list(await room.store.held_rules()) == []
    await room.publish(NAMES[6])
    assert room.reasons()[-1] == "new"


@pytest.mark.parametrize(
    ("changes", "usual", "reasons"),
    [
        ({"cap": 1}, 20, ["new", "collapsed"]),
        ({"cap": 0}, 1, ["new", "new"]),
        ({}, None, ["new", "new"]),
        ({"severity": Severity.CRITICAL}, 1, ["new", "new"]),
        ({"status": Status.SHADOW}, 1, ["shadow", "shadow"]),
    ],
)
async def test_whose_cap_counts(changes: dict[str, Any], usual: int | None, reasons: list[str]) -> None:
    """The rule's own before the usual one; critical alerts come at once, shadow rules tell nothing."""
    room = Room(usual=usual, **changes)
    await room.publish(*NAMES[:2])
    assert room.reasons() == reasons


async def test_demo_alerts_are_not_counted() -> None:
    """They go to the console only and crowd nothing."""
    room = Room(usual=1)
    assert await room.caps.crowd(alert(demo=True), room.rule, []) is Crowd.FREE


async def test_a_rule_of_another_version_counts_from_its_edit_on() -> None:
    """What the version before told in this hour is not held against it."""
    room = Room(usual=2)
    await room.publish(*NAMES[:2])
    room.clock.advance(timedelta(minutes=5).total_seconds())
    room.edit(version="v2")
    await room.publish(*NAMES[2:5])
    assert room.reasons() == ["new"] * 4 + ["collapsed"]


def test_the_rule_is_shown_with_its_cap() -> None:
    """A rule file says it in one line."""
    changed: Rule = rule(cap=7)
    assert RuleCaps(store=FakeStore(), clock=FakeClock(), notices=FakeNotices(), usual=20).cap(changed) == 7
