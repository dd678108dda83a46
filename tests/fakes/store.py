"""A store in memory that fulfils the same contract as the real one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.alerts.control import Correction
from bot.alerts.model import Alert
from bot.article.model import Article
from bot.errors import StoreError
from bot.extraction.findings import Findings
from bot.ports.alerts import Judged
from bot.ports.polling import Learnt, SourceDue
from bot.ports.sources import Fetched, SourceSettings
from bot.ports.store import (
    ArticleState,
    Counts,
    DeliveryState,
    SourceStatus,
    Trouble,
    Waiting,
)
from bot.ports.stories import Kept
from bot.storage.intake import Identified, admit, came_old, dated_at, identify
from tests.fakes.store_archive import FakeArchive, with_tier
from tests.fakes.store_books import FakeBooks
from tests.fakes.store_editions import FakeEditions
from tests.fakes.store_firsts import FakeFirsts
from tests.fakes.store_rows import (
    FakeAlert,
    FakeArticle,
    FakeSource,
    article_trouble,
    delivery_trouble,
    final_state,
    is_aside,
    merged,
    place,
    status,
)


@dataclass(kw_only=True)
class FakeStore(FakeEditions, FakeFirsts, FakeArchive, FakeBooks):
    """Everything in dicts, in the order of coming."""

    closed: bool = False
    profiles: list[Kept] = field(default_factory=list)

    async def close(self) -> None:
        """Note that it was closed."""
        self.closed = True

    async def upkeep(self) -> None:
        """There is nothing to tidy."""

    async def retract(self, alert_id: str, correction: Correction, *, now: datetime) -> bool:
        """Take an alert back, out of both books too."""
        new = await super().retract(alert_id, correction, now=now)
        first = self.alerts[alert_id].alert.updates or alert_id
        for one in [one for one, known in self.alerts.items() if first in (one, known.alert.updates)]:
            await self.forget_alert(one, now=now)
        return new

    # --- sources

    async def put_sources(self, sources: Sequence[SourceSettings], now: datetime) -> None:
        """Make these the polled sources."""
        for known in self.known_sources.values():
            known.active = False
        for settings in sources:
            source = self.known_sources.get(settings.id)
            if source and place(source.settings) == place(settings):
                source.settings, source.active = settings, True
                if settings.interval:
                    source.next_poll = min(source.next_poll, now + settings.interval)
            else:
                self.known_sources[settings.id] = FakeSource(settings=settings, next_poll=now)

    async def due_sources(self, now: datetime, limit: int) -> Sequence[SourceDue]:
        """Sources whose time has come."""
        due = [source for source in self._active() if source.next_poll <= now]
        due.sort(key=lambda source: (source.next_poll, source.settings.id))
        return [self._source_due(source) for source in due[:limit]]

    async def source_with_token(self, token: str) -> SourceDue | None:
        """The polled source whose subscription at a hub has this token."""
        named = [hub.source_id for hub in self.hubs.values() if hub.token == token]
        return next((self._source_due(one) for one in self._active() if one.settings.id in named), None)

    def _source_due(self, source: FakeSource) -> SourceDue:
        return SourceDue(
            settings=source.settings,
            validators=source.validators,
            failures=source.failures,
            first_fetch=source.last_success is None,
            last_success=source.last_success,
            learnt=source.learnt,
            hub=self.hubs.get(source.settings.id),
        )

    async def next_poll_at(self) -> datetime | None:
        """When the next source is due."""
        return min((source.next_poll for source in self._active()), default=None)

    async def record_poll(
        self,
        source_id: str,
        fetched: Fetched,
        *,
        now: datetime,
        next_poll: datetime,
        oldest_pushed: datetime | None,
        learnt: Learnt | None = None,
    ) -> int:
        """Store what a poll brought."""
        source = self._source(source_id)
        brought = sum(
            self._take_in(one, source.settings, now, oldest_pushed)
            for one in identify(fetched.entries, source_id)
        )
        source.learnt = learnt or source.learnt
        source.last_attempt = source.last_success = now
        source.next_poll, source.failures, source.last_error = next_poll, 0, None
        if fetched.changed:
            source.validators, source.note = fetched.validators, fetched.note
            source.skipped = fetched.skipped
        else:
            source.validators = merged(source.validators, fetched.validators)
        return brought

    async def record_failure(
        self,
        source_id: str,
        reason: str,
        *,
        now: datetime,
        next_poll: datetime,
        learnt: Learnt | None = None,
    ) -> None:
        """Count a failed poll."""
        source = self._source(source_id)
        source.learnt = learnt or source.learnt
        source.failures, source.last_error = source.failures + 1, reason
        source.last_attempt, source.next_poll = now, next_poll

    def _active(self) -> Iterable[FakeSource]:
        return (source for source in self.known_sources.values() if source.active)

    def _source(self, source_id: str) -> FakeSource:
        if source_id not in self.known_sources:
            raise StoreError(f"no source `{source_id}` in the store")
        return self.known_sources[source_id]

    def _known_as(self, one: Identified, source_id: str) -> FakeArticle | None:
        theirs = [item for item in self.articles.values() if item.article.source_id == source_id]
        by_id = [item for item in theirs if item.article.id == one.id]
        by_link = [item for item in theirs if one.link and item.link == one.link]
        by_twin = [item for item in theirs if one.twin and item.twin == one.twin]
        return next(iter([*by_id, *by_link, *by_twin]), None)

    def _take_in(
        self, one: Identified, settings: SourceSettings, now: datetime, oldest: datetime | None
    ) -> bool:
        made = admit(one, settings, oldest_pushed=oldest, now=now)
        if known := self._known_as(one, settings.id):
            self._revise(known, made, now)
            return False
        self.articles[one.id] = FakeArticle(
            article=made.article,
            state=made.state,
            created=now,
            changed=now,
            entry=one.entry,
            link=one.link,
            push=made.push,
            face=one.face,
            twin=one.twin,
        )
        return True

    # --- articles

    async def waiting(self, state: ArticleState, limit: int) -> Sequence[Waiting]:
        """Articles in a state."""
        items = [item for item in self.articles.values() if item.state is state]
        items.sort(key=lambda item: (not item.push, dated_at(item.article, item.created)))
        return [
            Waiting(
                article=with_tier(item.article, self.known_sources),
                entry=item.entry,
                push=item.push,
                attempts=item.attempts,
            )
            for item in items[:limit]
        ]

    async def put_article(self, article: Article, *, now: datetime) -> bool:
        """Store an article that came whole."""
        if article.id in self.articles:
            return False
        state = final_state(article)
        self.articles[article.id] = FakeArticle(article=article, state=state, created=now, changed=now)
        return True

    async def page_fetched(self, article: Article, *, now: datetime) -> None:
        """Replace a listed article's text."""
        item = self._article(article.id)
        if item.state is ArticleState.LISTED and item.article.edited == article.edited:
            state = ArticleState.READ if self._is_as_before(item, article) else final_state(article)
            same = [one for one in self.articles.values() if one.article.source_id == item.article.source_id]
            if item.created == min(one.created for one in same):
                item.push &= not came_old(item.article.published, article.published, item.created)
            item.article, item.state, item.attempts = article, state, 0
            item.changed = now

    async def count_attempt(self, article_id: str, *, now: datetime) -> int:
        """Note that a step begins."""
        item = self._article(article_id)
        item.attempts, item.changed = item.attempts + 1, now
        return item.attempts

    async def set_aside(self, article_id: str, reason: str, *, now: datetime) -> None:
        """Try this article no more."""
        item = self._article(article_id)
        if item.state is not ArticleState.READ:
            item.state, item.reason, item.changed = ArticleState.SET_ASIDE, reason, now

    # --- alerts

    async def record_judgement(
        self,
        article: Article,
        findings: Findings,
        judged: Sequence[Judged],
        *,
        story: str | None,
        now: datetime,
        kept: Kept | None = None,
    ) -> None:
        """Store the outcome of a reading."""
        await self.put_article(article, now=now)
        item = self.articles[article.id]
        if item.state is ArticleState.READ or not _has_words(item.article, article):
            return
        item.state, item.findings, item.story = ArticleState.READ, findings, story
        item.read_at = item.changed = now
        if any(one.push for one in judged):
            self._plan_check(item, now)
        for one in judged:
            fake = FakeAlert(alert=one.alert, reason=one.reason, push=one.push, at=now)
            self.alerts.setdefault(one.alert.id, fake)
            if one.push:
                self.put_rows(one, now)
        if kept and all(one.profile.id != kept.profile.id for one in self.profiles):
            self.profiles.append(kept)
        self.keep_books(article, findings, judged, now)

    async def kept(self, *, stories: int, articles: int) -> Sequence[Kept]:
        """The latest articles of the latest stories."""
        latest = list(dict.fromkeys(one.story for one in reversed(self.profiles)))[:stories]
        taken: Counter[str] = Counter()
        found: list[Kept] = []
        for one in reversed(self.profiles):
            taken[one.story] += 1
            if one.story in latest and taken[one.story] <= articles:
                found.insert(0, one)
        return found

    async def told(self, rule_id: str, key: str, *, since: datetime, demo: bool) -> Sequence[Alert]:
        """What was pushed under a novelty key since then."""
        told = (one.alert for one in self.alerts.values() if one.push and one.at >= since)
        return [one for one in told if (one.rule_id, one.key, one.demo) == (rule_id, key, demo)]

    async def latest(self, limit: int, *, demo: bool = True) -> Sequence[Alert]:
        """The newest pushed alerts."""
        told = [one.alert for one in reversed(self.alerts.values()) if one.push]
        pushed = [alert for alert in told if self.newest(alert.updates or alert.id) == alert]
        return [alert for alert in pushed if demo or not alert.demo][:limit]

    async def alerts_by_id(self, start: str, limit: int) -> Sequence[Alert]:
        """Alerts whose id begins so."""
        found = [one.alert for one in reversed(self.alerts.values()) if one.alert.id.startswith(start)]
        return found[:limit]

    async def numbers(self, alert_ids: Collection[str]) -> Mapping[str, int]:
        """Alert -> its number."""
        return {one: self.number(self.alerts[one].alert) for one in alert_ids if one in self.alerts}

    async def alert_numbered(self, number: int) -> Alert | None:
        """The newest state of the alert with this number."""
        known = list(self.alerts.values())
        if not 0 < number <= len(known):
            return None
        named = known[number - 1].alert
        return self.newest(named.updates or named.id)

    async def pushed_by_rule(self, *, since: datetime) -> Mapping[str, int]:
        """Rule id -> real alerts pushed since then."""
        told = [one.alert for one in self.alerts.values() if one.push and one.at >= since]
        return Counter(alert.rule_id for alert in told if not alert.demo and not alert.updates)

    # --- status

    async def sources(self) -> Sequence[SourceStatus]:
        """All active sources."""
        number = Counter(item.article.source_id for item in self.articles.values())
        ordered = sorted(self._active(), key=lambda source: (source.settings.name, source.settings.id))
        return [status(source, number[source.settings.id]) for source in ordered]

    async def counts(self, now: datetime) -> Counts:
        """The numbers."""
        unread = (ArticleState.LISTED, ArticleState.FETCHED)
        waits = [now - item.created for item in self.articles.values() if item.state in unread]
        return Counts(
            articles=dict(Counter(item.state for item in self.articles.values())),
            deliveries=dict(Counter(row.state for row in self.outbox.values())),
            alerts=sum(one.push and not one.alert.updates for one in self.alerts.values()),
            stories=len({item.story for item in self.articles.values() if item.story}),
            lag=max(waits).total_seconds() if waits else None,
        )

    async def troubles(self, limit: int) -> Sequence[Trouble]:
        """What a person should look at."""
        found = [article_trouble(item) for item in self.articles.values() if is_aside(item)]
        bad = (*self._in(DeliveryState.FAILED), *self._in(DeliveryState.UNCONFIRMED))
        found += [delivery_trouble(row) for row in bad]
        return sorted(found, key=lambda trouble: trouble.at, reverse=True)[:limit]


def _has_words(stored: Article, article: Article) -> bool:
    return (stored.title, stored.text) == (article.title, article.text)
