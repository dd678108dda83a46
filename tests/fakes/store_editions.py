"""Editions of articles and hubs, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.alerts.decide import Reason
from bot.article.model import Article
from bot.errors import StoreError
from bot.ports.alerts import Judged
from bot.ports.editions import Edition, PageCheck
from bot.ports.hubs import HubState, HubSubscription
from bot.ports.store import ArticleState
from bot.storage.intake import Admitted, has_page
from bot.storage.revising import FIRST_CHECK, Known, page_revision, revision, same_words
from tests.fakes.store_notices import FakeNotices
from tests.fakes.store_rows import FakeArticle, FakeSource


@dataclass(kw_only=True)
class FakeEditions(FakeNotices):
    """Articles with their history; subscriptions at hubs by source."""

    known_sources: dict[str, FakeSource] = field(default_factory=dict)
    articles: dict[str, FakeArticle] = field(default_factory=dict)
    hubs: dict[str, HubSubscription] = field(default_factory=dict)

    async def editions(self, article_id: str) -> Sequence[Edition]:
        """What an article said before."""
        return list(self.articles[article_id].history) if article_id in self.articles else []

    async def judged_of(self, article_id: str) -> Sequence[Judged]:
        """What was decided on an article in all its editions."""
        theirs = (
            one
            for one in self.alerts.values()
            if one.alert.article.id == article_id and one.reason != Reason.CONFIRMED
        )
        return [Judged(alert=one.alert, reason=one.reason, push=one.push) for one in theirs]

    async def pages_to_check(self, now: datetime, limit: int) -> Sequence[PageCheck]:
        """Told articles whose page is to be looked at again."""
        read = (item for item in self.articles.values() if item.state is ArticleState.READ)
        due = [item for item in read if item.check_at and item.check_at <= now]
        due.sort(key=lambda item: item.check_at or now)
        return [PageCheck(article=item.article, checks=item.checks) for item in due[:limit]]

    async def page_checked(
        self, article_id: str, page: Article | None, *, now: datetime, again: datetime | None
    ) -> bool:
        """Record what a second look at a page gave."""
        item = self._article(article_id)
        changed = page_revision(_known(item), page, now) if page else None
        if changed:
            self._replace(item, changed, ArticleState.FETCHED, now)
        item.check_at, item.checks = again, item.checks + 1
        return changed is not None

    async def put_hub(self, subscription: HubSubscription) -> None:
        """Keep a subscription in place of the one its source has."""
        self.hubs[subscription.source_id] = subscription

    async def hub_of(self, source_id: str) -> HubSubscription | None:
        """The subscription of a source."""
        return self.hubs.get(source_id)

    async def hubs_due(self, now: datetime, limit: int) -> Sequence[HubSubscription]:
        """Subscriptions to be asked or renewed."""
        wanted = (hub for hub in self.hubs.values() if hub.state is not HubState.ENDED)
        due = [hub for hub in wanted if hub.next_at <= now and self.known_sources[hub.source_id].active]
        return sorted(due, key=lambda hub: hub.next_at)[:limit]

    def _plan_check(self, item: FakeArticle, now: datetime) -> None:
        if not item.article.demo and item.checks == 0 and has_page(item.entry, item.link):
            item.check_at = now + FIRST_CHECK

    def _revise(self, item: FakeArticle, one: Admitted, now: datetime) -> None:
        found = revision(_known(item), one, now)
        if found is None:
            return
        if found.article and found.state:
            self._replace(item, found.article, found.state, now)
        item.face, item.entry = one.source.face, one.source.entry
        item.check_at = now if found.check else item.check_at

    def _is_as_before(self, item: FakeArticle, article: Article) -> bool:
        if item.read_at is None or not item.history:
            return False
        last = item.history[-1]
        return same_words(article, Article(id=article.id, title=last.title, text=last.text))

    def _replace(self, item: FakeArticle, article: Article, state: ArticleState, now: datetime) -> None:
        old = item.article
        edition = Edition(
            number=item.edition,
            title=old.title,
            text=old.text,
            published=old.published,
            edited=old.edited,
            replaced=now,
        )
        item.history.append(edition)
        item.article, item.state, item.attempts, item.changed = article, state, 0, now

    def _article(self, article_id: str) -> FakeArticle:
        if article_id not in self.articles:
            raise StoreError(f"no article `{article_id}` in the store")
        return self.articles[article_id]


def _known(item: FakeArticle) -> Known:
    return Known(
        article=item.article,
        entry=item.entry,
        face=item.face,
        state=item.state,
        edition=item.edition,
        checks=item.checks,
    )
