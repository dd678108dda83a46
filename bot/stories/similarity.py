"""Which story an article belongs to: one pass, each article compared with the stories there are.

A story is the sum of its articles' terms. Terms are weighed by how rare they are so far (TF-IDF with
document frequencies that grow); words and names are compared apart, by cosine, and count the same. The
threshold was chosen once, on the development part of ECB+ (English), where BCubed F is flat around it.
"""

import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.stories.terms import Terms, Weights, terms_of

THRESHOLD = 0.25
NAMES_SHARE = 0.5
BACKGROUND = 100  # articles an unread term is taken to be missing from, so that the first ones weigh sanely
MOST_STORIES = 2_000
MOST_REMEMBERED = 10_000
CANDIDATES = 25
STATE = 1


@dataclass(kw_only=True)
class _Story:
    """The sum of a story's articles, each scaled to length one."""

    words: dict[str, float] = field(default_factory=dict)
    names: dict[str, float] = field(default_factory=dict)
    size: int = 0

    def add(self, terms: Terms) -> None:
        for total, new in ((self.words, terms.words), (self.names, terms.names)):
            length = math.sqrt(sum(weight * weight for weight in new.values())) or 1.0
            for term, weight in new.items():
                total[term] = total.get(term, 0.0) + weight / length
        self.size += 1


class StoryIndex:
    """The stories so far. The same articles in the same order give the same stories, restart or not.

    Args:
        threshold: Least likeness, 0 to 1, at which an article joins a story.
        most_stories: Stories kept; the one that has rested longest goes first.
    """

    def __init__(self, *, threshold: float = THRESHOLD, most_stories: int = MOST_STORIES) -> None:
        self.threshold = threshold
        self.most_stories = most_stories
        self._articles = 0
        self._frequency: Counter[str] = Counter()
        self._stories: OrderedDict[str, _Story] = OrderedDict()  # the longest resting first
        self._places: dict[str, dict[str, None]] = {}  # term -> stories that have it
        self._assigned: OrderedDict[str, str] = OrderedDict()

    def assign(self, article: Article, findings: Findings | None = None) -> str:
        """The story of an article; the same answer when asked again."""
        if article.id in self._assigned:
            return self._assigned[article.id]
        terms = terms_of(article, findings)
        self._count(terms)
        best, likeness = self._nearest(terms)
        story = best if best is not None and likeness >= self.threshold else story_id(article)
        self._grow(article.id, story, terms)
        return story

    def learn(self, article: Article, story: str, findings: Findings | None = None) -> None:
        """Take in an article whose story is known, as when the program starts anew."""
        if article.id not in self._assigned:
            terms = terms_of(article, findings)
            self._count(terms)
            self._grow(article.id, story, terms)

    def export(self) -> dict[str, Any]:
        """Everything, as plain values that JSON can hold."""
        return {
            "state": STATE,
            "articles": self._articles,
            "frequency": dict(self._frequency),
            "stories": [
                {"id": key, "size": story.size, "words": dict(story.words), "names": dict(story.names)}
                for key, story in self._stories.items()
            ],
            "assigned": list(self._assigned.items()),
        }

    @classmethod
    def load(cls, state: Mapping[str, Any], **options: Any) -> "StoryIndex":
        """The index that `export` gave.

        Raises:
            ValueError: The state is of another version.
        """
        if state.get("state") != STATE:
            raise ValueError(f"stories: state {state.get('state')!r} cannot be read, only {STATE}")
        index = cls(**options)
        index._articles = state["articles"]
        index._frequency = Counter(state["frequency"])
        index._assigned = OrderedDict(map(tuple, state["assigned"]))
        for row in state["stories"]:
            story = _Story(words=dict(row["words"]), names=dict(row["names"]), size=row["size"])
            index._stories[row["id"]] = story
            index._note(row["id"], (*story.words, *story.names))
        return index

    def _count(self, terms: Terms) -> None:
        self._articles += 1
        self._frequency.update({*terms.words, *terms.names})

    def _grow(self, article_id: str, key: str, terms: Terms) -> None:
        self._stories.setdefault(key, _Story()).add(terms)
        self._stories.move_to_end(key)
        self._note(key, (*terms.words, *terms.names))
        self._assigned[article_id] = key
        if len(self._assigned) > MOST_REMEMBERED:
            self._assigned.popitem(last=False)
        if len(self._stories) > self.most_stories:
            self._forget(next(iter(self._stories)))

    def _note(self, key: str, terms: Iterable[str]) -> None:
        for term in terms:
            self._places.setdefault(term, {})[key] = None

    def _forget(self, key: str) -> None:
        story = self._stories.pop(key)
        for term in {*story.words, *story.names}:
            self._places[term].pop(key, None)
            if not self._places[term]:
                del self._places[term]

    def _nearest(self, terms: Terms) -> tuple[str | None, float]:
        """The most alike of the stories that share rare terms; the older one of two alike."""
        best: tuple[str | None, float] = (None, 0.0)
        for key in self._candidates(terms):
            story = self._stories[key]
            likeness = (1 - NAMES_SHARE) * self._cosine(terms.words, story.words)
            likeness += NAMES_SHARE * self._cosine(terms.names, story.names)
            if likeness > best[1]:
                best = key, likeness
        return best

    def _candidates(self, terms: Terms) -> list[str]:
        """The stories with the greatest sum of shared rarity, so that only a few are compared in full."""
        shared: defaultdict[str, float] = defaultdict(float)
        for term in sorted({*terms.words, *terms.names}):
            places = self._places.get(term, {})
            if len(places) <= max(50, len(self._stories) // 10):
                rarity = self._rarity(term) ** 2
                for key in places:
                    shared[key] += rarity
        return [key for key, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]]

    def _cosine(self, new: Weights, story: Mapping[str, float]) -> float:
        product = sum(
            weight * story[term] * self._rarity(term) ** 2 for term, weight in new.items() if term in story
        )
        return product / (self._length(new) * self._length(story)) if product else 0.0

    def _length(self, weights: Weights) -> float:
        return math.sqrt(sum((weight * self._rarity(term)) ** 2 for term, weight in weights.items()))

    def _rarity(self, term: str) -> float:
        return math.log((self._articles + BACKGROUND) / (self._frequency[term] + 0.5))


def story_id(first: Article) -> str:
    """The name of the story that an article opens."""
    return "story-" + blake2b(first.id.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
