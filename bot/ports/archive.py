"""Looking back: what was read, and what a rule told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.article.model import Article
from bot.extraction.findings import Findings


@dataclass(frozen=True, kw_only=True)
class Archived:
    """An article that was judged.

    Attributes:
        number: Its place among all; counts up, with gaps.
        findings: What was found in it; None where an earlier version noted it in a form we do not read.
        read_at: When it was judged.
        push: False for what was old at the first fetch of its source: read, not told.
    """

    number: int
    article: Article
    findings: Findings | None
    read_at: datetime
    push: bool


@dataclass(frozen=True, kw_only=True)
class ToldAt:
    """A new fact that a rule told, updates not counted."""

    article_id: str
    at: datetime


class ArchiveStore(Protocol):
    """Answers questions about the past."""

    async def archived(self, *, since: datetime, after: int = 0, limit: int) -> Sequence[Archived]:
        """Articles judged since then, numbers above `after`, in their order; demo articles left out."""
        ...

    async def archive_size(self, *, since: datetime) -> int:
        """How many articles `archived` has to give."""
        ...

    async def told_by(self, rule_id: str, *, since: datetime) -> Sequence[ToldAt]:
        """What a rule has told since then, oldest first; demo alerts and updates left out."""
        ...
