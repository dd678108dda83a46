"""What the readers of time expressions know of the text around the one they read."""

import re
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc

from bot.extraction.findings import TimeExpression, TimeType
from bot.extraction.grammar import Found
from bot.extraction.reading import reading_of
from bot.extraction.times.lexicon import TimeLexicon
from bot.extraction.times.periods import Period
from bot.extraction.times.tense import AHEAD, SURELY_AHEAD, TenseReader
from bot.extraction.words import Words, plain, words_of

EVENT = 4  # words: "vor der Wahl am"
PHRASE = 8  # tiles that a bound of several words may take
NEAR = 80  # tiles; farther back a day is no longer the one of a clock time
_STRETCH = re.compile(r"\d{4}-(?:\d\d|Q\d|H\d)")
Marks = tuple[TimeExpression, ...]


class Scene:
    """One text while its time expressions are read, from left to right.

    Attributes:
        anchor: The day the text was published, or None.
        latest: The day last spoken of, for what follows from it (`the next day`).
        latest_at: The tile where it stands.
        latest_stretch: The month, quarter or half year last spoken of.
    """

    def __init__(self, doc: Doc, lexicon: TimeLexicon) -> None:
        reading = reading_of(doc)
        self.lexicon = lexicon
        self.anchor: date | None = reading.published.day if reading.published else None
        self.latest: date | None = None
        self.latest_at = 0
        self.latest_stretch: Period | None = None
        self.text = reading.text
        self.words: Words = words_of(doc)
        self.tenses = TenseReader(doc, lexicon.tense)
        self.counted = {at for q in reading.quantities for at in range(q.start, q.end)}
        self.priced = {
            at
            for q in reading.quantities
            if q.unit.isupper() or q.unit == "percent"
            for at in range(q.start, q.end)
        }

    def toward(self, found: Found) -> int:
        """Whether the words around speak of the past (-1), of what is ahead (1) or do not say (0)."""
        leaning = self._leaning(found)
        if (leaning < 0 and "left" not in found.roles) or leaning >= SURELY_AHEAD:
            return max(-1, min(1, leaning))
        direction = self.tenses.direction(self.words.starts[found.start])
        return max(-1, min(1, direction or leaning))

    def toward_date(self, found: Found) -> int:
        """As `toward`; but the present tense alone says nothing of a month or a day of a month."""
        direction = self.tenses.direction(self.words.starts[found.start])
        return 0 if direction == AHEAD and not self._leaning(found) else self.toward(found)

    def _leaning(self, found: Found) -> int:
        """Which way the word before leans: back (`since`), ahead (`until`; surely, `for`) or neither."""
        event = self._event(found)
        if event:
            return event
        word = self._bound_phrase(found) or found.before(self.lexicon.articles)
        return self.lexicon.leanings.get(word, AHEAD if self.bound(found) == "until" else 0)

    def _event(self, found: Found) -> int:
        """Which way it leans by what is said of its event: "vor der Wahl am Sonntag"."""
        words = plain(
            self.words.between(max(found.start - PHRASE, 0), found.start).rpartition("\n")[2]
        ).split()
        if len(words) < EVENT or words[-1] not in self.lexicon.event_links:
            return 0
        before, article = words[-EVENT], words[-EVENT + 1]
        return self.lexicon.event_leanings.get(before, 0) if article in self.lexicon.articles else 0

    def bound(self, found: Found) -> str | None:
        """How the words before bound the expression: since, until, before, after."""
        bounds, phrase = self.lexicon.bounds, self._bound_phrase(found)
        return bounds[phrase] if phrase else bounds.get(found.before(self.lexicon.articles))

    def _bound_phrase(self, found: Found) -> str | None:
        """The words before that bound it together: `no later than`."""
        before = plain(self.words.between(max(found.start - PHRASE, 0), found.start).rpartition("\n")[2])
        return next((one for one in self.lexicon.bound_phrases if before.endswith(one)), None)

    def day_here(self, found: Found) -> date | None:
        """The day a clock time belongs to: one told of before in the paragraph, else that of publication.

        What stands in a list without verbs has a day of its own: `Köln: Konzert, morgen. Bonn: Tanz, 20 Uhr.`
        """
        if self.latest is None or found.start - self.latest_at > NEAR:
            return self.anchor
        between = self.words.texts[self.latest_at : found.start]
        if any("\n" in text for text in between):
            return self.anchor
        return self.latest if self._tells(self.latest_at, found.start) else self.anchor

    def _tells(self, day: int, clock: int) -> bool:
        """Whether the day stands in the sentence of the clock time, or in one before that has a verb."""
        return self.tenses.goes_on(self.words.starts[day], self.words.starts[clock])

    def mark(
        self,
        found: Found,
        period: Period | None,
        *,
        kind: TimeType = TimeType.DATE,
        tiles: tuple[int, int] | None = None,
    ) -> TimeExpression | None:
        """The expression at some tiles, of the whole find if none are given; None without a period."""
        if period is None:
            return None
        start, end = tiles or found.roles.get("text") or (found.start, found.end)
        if self.words.texts[end - 1] == "." and plain(self.words.texts[end - 2]) in self.lexicon.full_months:
            end -= 1
        if period.first and period.is_day and period.value[:1].isdigit():
            self.latest, self.latest_at = period.first, start
        if kind is TimeType.DATE and _STRETCH.fullmatch(period.value):
            self.latest_stretch = period
        bounded = _bounded(period, self.bound(found)) if kind is TimeType.DATE and not tiles else period
        return TimeExpression(
            start=self.words.starts[start],
            end=self.words.starts[end],
            text=self.words.between(start, end),
            type=kind,
            value=period.value or None,
            first=bounded.first.isoformat() if bounded.first else None,
            last=bounded.last.isoformat() if bounded.last else None,
        )

    def one(
        self,
        found: Found,
        period: Period | None,
        *,
        kind: TimeType = TimeType.DATE,
        tiles: tuple[int, int] | None = None,
    ) -> Marks | None:
        """As `mark`, in the form that readers hand back."""
        mark = self.mark(found, period, kind=kind, tiles=tiles)
        return (mark,) if mark else None


def _bounded(period: Period, bound: str | None) -> Period:
    """The open stretch that `since`, `until`, `before` and `after` make of a period."""
    try:
        if bound == "since":
            return replace(period, last=None)
        if bound == "until":
            return replace(period, first=None)
        if bound == "before" and period.first:
            return replace(period, first=None, last=period.first - timedelta(days=1))
        if bound == "after" and period.last:
            return replace(period, first=period.last + timedelta(days=1), last=None)
    except OverflowError:
        pass
    return period
