"""Looking back, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.article.model import Article, Tier
from bot.ports.archive import Archived, ToldAt
from tests.fakes.store_rows import FakeAlert, FakeArticle, FakeSource


@dataclass(kw_only=True)
class FakeArchive:
    """Looks through the articles and alerts of the store it is a part of."""

    articles: dict[str, FakeArticle] = field(default_factory=dict)
    alerts: dict[str, FakeAlert] = field(default_factory=dict)

    async def archived(self, *, since: datetime, after: int = 0, limit: int) -> Sequence[Archived]:
        """Articles judged since then, in their order."""
        found = [
            Archived(
                number=number,
                article=item.article,
                findings=item.findings,
                read_at=item.read_at,
                push=item.push,
            )
            for number, item in enumerate(self.articles.values(), 1)
            if item.read_at and item.read_at >= since and not item.article.demo
        ]
        return [one for one in found if one.number > after][:limit]

    async def archive_size(self, *, since: datetime) -> int:
        """How many there are."""
        return len(await self.archived(since=since, limit=len(self.articles)))

    async def told_by(self, rule_id: str, *, since: datetime) -> Sequence[ToldAt]:
        """What a rule has told since then."""
        told = [one for one in self.alerts.values() if one.push and one.at >= since]
        return [
            ToldAt(article_id=one.alert.article.id, at=one.at)
            for one in told
            if one.alert.rule_id == rule_id and not one.alert.demo and not one.alert.updates
        ]


def with_tier(article: Article, sources: Mapping[str, FakeSource]) -> Article:
    """An article with the tier that its source has now."""
    source = sources.get(article.source_id or "")
    tier = source.settings.options.get("tier") if source else None
    return replace(article, source_tier=Tier(tier) if tier else None)
