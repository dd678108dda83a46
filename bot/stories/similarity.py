"""Which story an article belongs to: one pass, each article compared with the stories there are.

A story is the sum of its latest articles. Articles are compared with it by aspect, by cosine: words, names,
the opening, who is named, numbers and days; terms are weighed by how rare they are so far (TF-IDF with
document frequencies that grow). What both tell to happen speaks for one story, in any language, or against
it. Shares and threshold were chosen once, on the development part of ECB+ (English). An edited copy of a
known article joins its story; what only ends like one, behind an opening of its own, is a follow-up: a story
of its own that says which one it follows.

Everything is a function of the latest articles of the latest stories, in whole numbers: an index that learns
them anew in their order decides as the one before did.
"""

import math
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import blake2b

from bot.stories.profile import Profile
from bot.stories.shingles import Kinship, ShingleIndex
from bot.stories.terms import Aspect, Terms

SHARES = {
    Aspect.WORDS: 0.2,
    Aspect.NAMES: 0.2,
    Aspect.OPENING: 0.4,
    Aspect.ENTITIES: 0.1,
    Aspect.NUMBERS: 0.1,
}
# What can be compared between languages.
SHARES_ABROAD = {Aspect.NAMES: 0.3, Aspect.ENTITIES: 0.5, Aspect.NUMBERS: 0.2}
# What the same events add to that, and what it costs that both tell of events and of none together.
SAME_EVENTS = 0.08
SAME_EVENTS_ABROAD = 0.2
OTHER_EVENTS = 0.03
ALIKE = 0.4  # below that events share no more than somebody who acts in both
THRESHOLD = 0.23
THRESHOLD_ABROAD = 0.4
BACKGROUND = 100  # articles an unread term is taken to be missing from, so that the first ones weigh sanely
RESTS = timedelta(days=14)  # between an article and the nearest one of its story
MOST_STORIES = 2_000
MOST_ARTICLES = 40  # of one story: the latest
CANDIDATES = 10
FINE = 64  # steps in which rarity is counted, so that its square is a whole number
LOOKED_UP = (
    Aspect.WORDS,
    Aspect.NAMES,
    Aspect.ENTITIES,
)  # by what stories are found that are compared in full


class Relation(StrEnum):
    """What an article is to the stories before it."""

    FIRST = "first"  # it opens a story
    REPORT = "report"  # it tells of the same event in words of its own
    COPY = "copy"  # it is an edited copy of a known article
    FOLLOW_UP = "follow_up"  # it opens a story and reuses what an earlier one said


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where an article belongs.

    Attributes:
        origin: Id of the article whose text it has, its own where the text is its own.
        follows: The story that a follow-up reuses, else None.
    """

    story: str
    relation: Relation
    origin: str
    follows: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Told:
    """An article in its story."""

    profile: Profile
    origin: str


@dataclass(kw_only=True)
class _Story:
    """The sum of a story's latest articles."""

    sums: dict[Aspect, Counter[str]] = field(default_factory=lambda: {aspect: Counter() for aspect in Aspect})
    told: deque[_Told] = field(default_factory=deque)

    def add(self, one: _Told) -> None:
        self.told.append(one)
        for aspect, weights in one.profile.terms.items():
            self.sums[aspect].update(weights)

    def drop_oldest(self) -> Profile:
        profile = self.told.popleft().profile
        for aspect, weights in profile.terms.items():
            self.sums[aspect].subtract(weights)
            self.sums[aspect] = +self.sums[aspect]
        return profile

    def speaks(self, lang: str | None) -> bool:
        return any(one.profile.lang == lang for one in self.told)

    def is_near(self, day: date | None) -> bool:
        days = [one.profile.day for one in self.told if one.profile.day]
        return day is None or not days or min(abs(day - other) for other in days) <= RESTS


class StoryIndex:
    """The stories so far. The same articles in the same order give the same stories, restart or not.

    Args:
        threshold: Least likeness, 0 to 1, at which an article joins a story.
        most_stories: Stories kept; the one that has rested longest goes first.
        most_articles: Articles kept of one story.
    """

    def __init__(
        self,
        *,
        threshold: float = THRESHOLD,
        most_stories: int = MOST_STORIES,
        most_articles: int = MOST_ARTICLES,
    ) -> None:
        self.threshold = threshold
        self.most_stories = most_stories
        self.most_articles = most_articles
        self._articles = 0
        self._frequency: dict[Aspect, Counter[str]] = {aspect: Counter() for aspect in Aspect}
        self._stories: OrderedDict[str, _Story] = OrderedDict()  # the longest resting first
        self._places: dict[tuple[Aspect, str], dict[str, None]] = {}  # term -> stories that have it
        self._known: dict[str, tuple[str, _Told]] = {}  # article -> its story
        self._texts = ShingleIndex()

    def assign(self, profile: Profile) -> Placement:
        """Place an article and take it in."""
        placement = self.place(profile)
        self.learn(profile, placement.story, placement.origin)
        return placement

    def place(self, profile: Profile) -> Placement:
        """Where an article belongs; changes nothing. One that is known stays where it is."""
        if profile.id in self._known:
            story, told = self._known[profile.id]
            return Placement(story=story, relation=Relation.REPORT, origin=told.origin)
        kin = self._texts.nearest(profile.sketch)
        if kin and kin.is_copy:
            story, told = self._known[kin.key]
            return Placement(story=story, relation=Relation.COPY, origin=told.origin)
        return self._placed(profile, kin)

    def learn(self, profile: Profile, story: str, origin: str) -> None:
        """Take in an article whose story is known, as when the program starts anew."""
        if profile.id in self._known:
            return
        told = _Told(profile=profile, origin=origin)
        home = self._stories.setdefault(story, _Story())
        self._stories.move_to_end(story)
        home.add(told)
        self._known[profile.id] = story, told
        self._texts.add(profile.id, profile.sketch)
        self._count(profile.terms, 1)
        self._note(story, profile.terms)
        if len(home.told) > self.most_articles:
            self._drop_oldest(story, home)
        if len(self._stories) > self.most_stories:
            self._forget(next(iter(self._stories)))

    def _placed(self, profile: Profile, kin: Kinship | None) -> Placement:
        """Where an article belongs that is no copy: the story most alike, or one of its own."""
        weighing = _Weighing(self._frequency, self._articles, profile.terms)
        near = [(key, self._stories[key]) for key in self._candidates(profile)]
        likeness = [(self._likeness(profile, story, weighing), key) for key, story in near]
        best, story = max(likeness, key=lambda one: one[0], default=(0.0, ""))
        source = self._known[kin.key][0] if kin else None
        if best >= self.threshold and (source != story or self._opens_alike(story, weighing)):
            return Placement(story=story, relation=Relation.REPORT, origin=profile.id)
        relation = Relation.FOLLOW_UP if source else Relation.FIRST
        own = story_id(profile.id)
        return Placement(story=own, relation=relation, origin=profile.id, follows=source)

    def _opens_alike(self, story: str, weighing: "_Weighing") -> bool:
        """Whether an article that reuses old background also begins as its story does."""
        return weighing.cosine(Aspect.OPENING, self._stories[story].sums[Aspect.OPENING]) >= self.threshold

    def _likeness(self, profile: Profile, story: _Story, weighing: "_Weighing") -> float:
        """0 to 1; measured by what can be compared, so that the one threshold holds."""
        if not story.is_near(profile.day):
            return 0.0
        at_home = story.speaks(profile.lang)
        shares = SHARES if at_home else SHARES_ABROAD
        sum_of = sum(share * weighing.cosine(aspect, story.sums[aspect]) for aspect, share in shares.items())
        sum_of += self._events(profile, story, weighing, at_home=at_home)
        return sum_of if at_home else sum_of * THRESHOLD / THRESHOLD_ABROAD

    def _events(self, profile: Profile, story: _Story, weighing: "_Weighing", *, at_home: bool) -> float:
        """What the events that both tell speak for or against one story."""
        theirs = story.sums[Aspect.EVENTS]
        alike = weighing.cosine(Aspect.EVENTS, theirs)
        if not alike and theirs and profile.terms[Aspect.EVENTS]:
            return -OTHER_EVENTS
        if alike < ALIKE:
            return 0.0
        return alike * (SAME_EVENTS if at_home else SAME_EVENTS_ABROAD)

    def _count(self, terms: Terms, by: int) -> None:
        self._articles += by
        for aspect, weights in terms.items():
            frequency = self._frequency[aspect]
            for term in weights:
                frequency[term] += by
                if not frequency[term]:
                    del frequency[term]

    def _note(self, story: str, terms: Terms) -> None:
        for aspect in LOOKED_UP:
            for term in terms[aspect]:
                self._places.setdefault((aspect, term), {})[story] = None

    def _drop_oldest(self, key: str, story: _Story) -> None:
        profile = story.drop_oldest()
        del self._known[profile.id]
        self._texts.remove(profile.id)
        self._count(profile.terms, -1)
        for aspect in LOOKED_UP:
            for term in profile.terms[aspect]:
                places = self._places[aspect, term]
                if term not in story.sums[aspect]:
                    places.pop(key, None)
                if not places:
                    del self._places[aspect, term]

    def _forget(self, key: str) -> None:
        story = self._stories.pop(key)
        while story.told:
            self._drop_oldest(key, story)

    def _candidates(self, profile: Profile) -> list[str]:
        """The stories with the greatest sum of shared rarity, so that only a few are compared in full."""
        shared: defaultdict[str, int] = defaultdict(int)
        most = max(50, len(self._stories) // 10)
        for aspect in LOOKED_UP:
            for term in profile.terms[aspect]:
                places = self._places.get((aspect, term), {})
                if len(places) <= most:
                    square = _square(self._articles, self._frequency[aspect][term])
                    for key in places:
                        shared[key] += square
        return [key for key, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]]


class _Weighing:
    """Cosines of one article with stories; the article counts among those that are known.

    In whole numbers, so that sums are the same in whatever order the terms lie.
    """

    def __init__(self, frequency: Mapping[Aspect, Counter[str]], articles: int, terms: Terms) -> None:
        self._frequency = frequency
        self._new = terms
        most = max((max(some.values(), default=0) for some in frequency.values()), default=0)
        self._squares = [_square(articles + 1, having) for having in range(most + 2)]
        self._lengths = {aspect: self._length(aspect, weights) for aspect, weights in terms.items()}

    def cosine(self, aspect: Aspect, story: Mapping[str, int]) -> float:
        frequency, squares = self._frequency[aspect], self._squares
        shared = (
            weight * story[term] * squares[frequency[term] + 1]
            for term, weight in self._new[aspect].items()
            if term in story
        )
        product = sum(shared)
        return product / (self._lengths[aspect] * self._length(aspect, story)) if product else 0.0

    def _length(self, aspect: Aspect, weights: Mapping[str, int]) -> float:
        new, squares, frequency = self._new[aspect], self._squares, self._frequency[aspect]
        return math.sqrt(
            sum(
                weight * weight * squares[frequency[term] + (term in new)] for term, weight in weights.items()
            )
        )


def _square(articles: int, having: int) -> int:
    """The square of how rare a term is."""
    return round((FINE * math.log((articles + BACKGROUND) / (having + 0.5))) ** 2)


def story_id(first: str) -> str:
    """The name of the story that the article with this id opens."""
    return "story-" + blake2b(first.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
