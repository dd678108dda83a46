"""What is kept of an article to find its story, after it was read: small, and the same after a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.stories.agencies import credited
from bot.stories.shingles import Sketch, sketch_of
from bot.stories.terms import Aspect, Terms, terms_of

STATE = 1  # of what `plain` gives


@dataclass(frozen=True, kw_only=True)
class Profile:
    """An article as the story index knows it.

    Attributes:
        id: Of the article.
        outlet: Who published it, or None.
        day: When, where it was published; None if unknown.
        agencies: News agencies that it credits with the text.
    """

    id: str
    lang: str | None
    outlet: str | None
    day: date | None
    terms: Terms
    sketch: Sketch
    agencies: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Everything, as values that JSON can hold."""
        return {
            "state": STATE,
            "id": self.id,
            "lang": self.lang,
            "outlet": self.outlet,
            "day": self.day.isoformat() if self.day else None,
            "terms": {aspect.value: dict(weights) for aspect, weights in self.terms.items()},
            "sketch": [self.sketch.level, *self.sketch.hashes],
            "agencies": list(self.agencies),
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> "Profile":
        """The profile that `plain` gave.

        Raises:
            ValueError: It is of another version.
        """
        if plain.get("state") != STATE:
            raise ValueError(f"stories: a profile of state {plain.get('state')!r} cannot be read")
        level, *hashes = plain["sketch"]
        terms = plain["terms"]  # those of an older program have fewer aspects
        return cls(
            id=plain["id"],
            lang=plain["lang"],
            outlet=plain["outlet"],
            day=date.fromisoformat(plain["day"]) if plain["day"] else None,
            terms={aspect: terms.get(aspect.value, {}) for aspect in Aspect},
            sketch=Sketch(level, tuple(hashes)),
            agencies=tuple(plain["agencies"]),
        )


def profile_of(article: Article, findings: Findings | None = None) -> Profile:
    """What is kept of an article.

    Args:
        article: What was read.
        findings: What was found in it, or None.
    """
    return Profile(
        id=article.id,
        lang=findings.lang if findings else article.lang,
        outlet=article.source_name or article.source_id,
        day=article.published.day if article.published else None,
        terms=terms_of(article, findings),
        sketch=sketch_of(article.text),
        agencies=credited(article.text),
    )
