"""Earlier editions of articles: what an outlet said before it changed its article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.article.model import Article, Published
from bot.ports.alerts import Judged


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What an article said until it was replaced.

    Attributes:
        number: From 1, in the order of their coming.
        edited: When its outlet made it out of the one before; None for the first.
        replaced: When we saw that it had been replaced.
    """

    number: int
    title: str | None
    text: str
    published: Published | None
    edited: Published | None
    replaced: datetime


@dataclass(frozen=True, kw_only=True)
class PageCheck:
    """A told article whose page is to be looked at again; `checks` looks were made before."""

    article: Article
    checks: int


class EditionStore(Protocol):
    """History of articles, and looking at their pages again."""

    async def editions(self, article_id: str) -> Sequence[Edition]:
        """What an article said before, oldest first; empty where it never changed."""
        ...

    async def judged_of(self, article_id: str) -> Sequence[Judged]:
        """What was decided on an article in all its editions, oldest first; without destinations."""
        ...

    async def pages_to_check(self, now: datetime, limit: int) -> Sequence[PageCheck]:
        """Told articles whose page is to be looked at again by now, longest due first.

        The first look comes an hour after the telling, where the text was read from the page.
        """
        ...

    async def page_checked(
        self, article_id: str, page: Article | None, *, now: datetime, again: datetime | None
    ) -> bool:
        """Record what a second look at a page gave; return whether the article is another one now.

        Where its words differ, the old ones become an edition and the article is `fetched` again.

        Args:
            article_id: Of the article.
            page: The article as its page has it now; None where it could not be fetched.
            now: The moment of the look.
            again: When to look once more, or None.
        """
        ...
