"""Read fetched articles, check the rules, decide, and put alerts into the outbox."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import structlog

from bot.alerts.compose import found_in
from bot.alerts.crowding import Crowd
from bot.alerts.decide import Facts, Reason, decide
from bot.alerts.lateness import with_lateness
from bot.alerts.model import Alert
from bot.alerts.rereading import Rereading, judged_again, rereading
from bot.alerts.routing import Channel, belongs, may_go_to
from bot.alerts.updates import Judgement
from bot.alerts.updates import judged as compared
from bot.article.model import Article
from bot.errors import ReaderError
from bot.extraction.findings import Findings, Modality
from bot.pipeline.confirming import Confirming
from bot.pipeline.dispatch import Dispatch, unless_retracted
from bot.pipeline.firsts import newness_of
from bot.pipeline.rule_caps import RuleCaps, until_the_hour_ends
from bot.ports.alerts import Judged
from bot.ports.clock import Clock
from bot.ports.messenger import Destination
from bot.ports.reader import Reader
from bot.ports.store import ArticleState, Store, Waiting
from bot.ports.stories import Kept
from bot.rules.index.rule_index import RuleIndex
from bot.rules.model import Rule, Status
from bot.rules.rule_book import RuleBook
from bot.stories.profile import profile_of
from bot.stories.similarity import StoryIndex

log = structlog.get_logger()

TRIES = 2
T = TypeVar("T")


@dataclass(kw_only=True)
class Judge:
    """Takes fetched articles one step further: read, matched, decided, stored in one transaction.

    Attributes:
        rules: The rules in force; they change only between two articles.
        at_once: Articles read at the same time; as many as there are reader processes.
        dispatch: Says where alerts go when; None: to all their places at once.
        caps: Watches how much each rule tells; None: it may tell any number.
        tells_lateness: Alerts say how late they come; not where somebody wants old articles judged.
    """

    store: Store
    reader: Reader
    clock: Clock
    rules: RuleBook
    channels: Mapping[str, Channel]
    stories: StoryIndex
    at_once: int = 1
    dispatch: Dispatch | None = None
    caps: RuleCaps | None = None
    tells_lateness: bool = True
    _deciding: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def judge_waiting(self) -> int:
        """Handle the oldest fetched articles; return how many."""
        waiting = await self.store.waiting(ArticleState.FETCHED, max(20, 4 * self.at_once))
        gate = asyncio.Semaphore(self.at_once)
        await asyncio.gather(*(self._step(item, gate) for item in waiting))
        return len(waiting)

    async def between_articles(self, change: Callable[[], T]) -> T:
        """Change the rules, or what else a judgement rests on, while none is made."""
        async with self._deciding:
            return change()

    async def _step(self, item: Waiting, gate: asyncio.Semaphore) -> None:
        async with gate:
            attempt = await self.store.count_attempt(item.article.id, now=self.clock.now())
            if attempt > TRIES:
                # The tries before ended without a word: they took the whole program with them.
                await self._set_aside(item.article, "reading it stopped the program")
                return
            try:
                findings = await self.reader.read(item.article)
            except ReaderError as error:
                if attempt == TRIES:
                    await self._set_aside(item.article, str(error))
                return
        # One at a time: two articles with the same fact must not both find it new.
        async with self._deciding:
            await self._judge(item, findings)

    async def _set_aside(self, article: Article, why: str) -> None:
        await self.store.set_aside(article.id, why, now=self.clock.now())
        log.warning("article set aside", title=article.title, why=why)

    async def _judge(self, item: Waiting, findings: Findings) -> None:
        article, rules = item.article, self.rules.by_id
        # Off the loop: a long article must not hold up polling, sending or the end.
        alerts, retractions = await asyncio.to_thread(_found, article, findings, self.rules.index)
        found = [self._timed(alert) for alert in (*alerts, *retractions)]
        reading = _Reading(push=item.push, earlier=await self._earlier(article, found))
        judged = reading.judged
        for number, alert in enumerate(found):
            retracts = number >= len(alerts)
            decided = await self._decided(alert, rules[alert.rule_id], reading, retracts=retracts)
            if not (retracts and _is_old_news(decided)):
                judged.append(decided)
        kept = None if article.demo else await self._kept(article, findings)
        story = kept.story if kept else None
        if kept:
            confirming = Confirming(store=self.store, wanted=self._destinations, rules=rules)
            judged = await confirming.with_sources(judged, kept)
        placed = await self.dispatch.placed(judged, story) if self.dispatch else judged
        placed = until_the_hour_ends(placed, self.clock.now())
        now = self.clock.now()
        await self.store.record_judgement(article, findings, placed, story=story, now=now, kept=kept)
        if kept:
            self.stories.learn(kept.profile, kept.story, kept.origin)

    def _timed(self, alert: Alert) -> Alert:
        return with_lateness(alert, self.clock.now()) if self.tells_lateness else alert

    async def _kept(self, article: Article, findings: Findings) -> Kept:
        """The story of an article."""
        profile = await asyncio.to_thread(profile_of, article, findings)
        placement = self.stories.place(profile)
        return Kept(profile=profile, story=placement.story, origin=placement.origin)

    async def _earlier(self, article: Article, found: Sequence[Alert]) -> Rereading | None:
        """What was found in an article before its outlet changed it; None where it is read first."""
        if article.edited is None:
            return None
        judged = await self.store.judged_of(article.id)
        return rereading([(one.alert, one.push) for one in judged], found)

    async def _compared(self, alert: Alert, rule: Rule, reading: "_Reading") -> Judgement:
        """How an alert stands to what was told."""
        since = self.clock.now() - rule.novelty.window
        told = await self.store.told(rule.id, alert.key, since=since, demo=alert.demo)
        here = [one.alert for one in reading.judged if one.push and _same_key(one.alert, alert)]
        if reading.earlier is None:
            return compared(alert, told, here, rule.novelty)
        return judged_again(alert, told, here, rule.novelty, reading.earlier, taken=reading.updated)

    async def _decided(self, alert: Alert, rule: Rule, reading: "_Reading", *, retracts: bool) -> Judged:
        """Decide on an alert, knowing what was decided before on others of the same article."""
        found = await unless_retracted(self.store, await self._compared(alert, rule, reading), alert)
        wanted, in_time = await self._destinations(found.alert), replace(found.alert, confirmed=True)
        decision = decide(
            Facts(
                live=rule.status is Status.LIVE,
                push=reading.push,
                standing=found.standing,
                # A channel that waits for a second source wants it too.
                destinations=len(await self._destinations(in_time)),
                retracts=retracts,
                newness=await newness_of(self.store, alert, rule, reading.judged, now=self.clock.now()),
                crowd=await self.caps.crowd(alert, rule, reading.judged) if self.caps else Crowd.FREE,
            )
        )
        return Judged(
            alert=found.alert if decision.reason is Reason.UPDATE else alert,
            reason=decision.reason,
            push=decision.push,
            destinations=wanted if decision.push else (),
            same_as=found.told,
        )

    async def _destinations(self, alert: Alert) -> tuple[Destination, ...]:
        """Each place once, though several of its channels may want the alert, or another chat moved there."""
        wanted = {
            (subscription.destination.kind, subscription.destination.address): subscription.destination
            for subscription in await self.store.subscriptions()
            if subscription.channel in self.channels
            and belongs(alert, self.channels[subscription.channel])
            and may_go_to(alert, subscription.destination.kind)
        }
        return tuple(wanted.values())


@dataclass(kw_only=True)
class _Reading:
    """One reading of an article: what was decided so far, and what is known of it from before."""

    push: bool
    earlier: Rereading | None
    judged: list[Judged] = field(default_factory=list)

    @property
    def updated(self) -> frozenset[str]:
        """Ids of the first alerts that it updates."""
        return frozenset(one.alert.updates for one in self.judged if one.push and one.alert.updates)


def _found(article: Article, findings: Findings, index: RuleIndex) -> tuple[list[Alert], list[Alert]]:
    """The alerts of an article, and what it takes back without telling it as well."""
    alerts, taken_back = found_in(article, findings, index)
    return alerts, [one for one in taken_back if not any(_same_key(one, alert) for alert in alerts)]


def _is_old_news(one: Judged) -> bool:
    """Whether an event that is over was never told while it lay ahead: nothing worth keeping."""
    return one.alert.modality is Modality.OCCURRED and one.reason == Reason.NEVER_TOLD


def _same_key(one: Alert, other: Alert) -> bool:
    return (one.rule_id, one.key) == (other.rule_id, other.key)
