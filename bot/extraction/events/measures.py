"""When an event is, by its own time and not that of the talk about it, and how much of it."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.extraction.clauses import Clause, Link
from bot.extraction.events.modality import Judgement
from bot.extraction.events.moving import new_days
from bot.extraction.events.negation import is_former
from bot.extraction.events.sentence import Mention, Sentence, is_money
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import Modality, Quantity, TimeExpression, TimeType

WEEK = timedelta(days=7)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NEAR = 4  # tokens between a trigger and its place, or the relative clause that speaks of it
APPOINTED = {"de": ("für", "zum", "zur", "bis", "ab"), "en": ("for", "until")}
RELATIVES = {"de": ("der", "die", "das"), "en": ("which", "that")}
# Units that fit a type, the best first; the longest beginning of the type counts.
UNITS: dict[str, tuple[str, ...]] = {
    "troops": ("soldier", "country", "person", "vehicle", "aircraft", "ship"),
    "aid.money": ("money",),
    "aid.weapons": ("weapon", "vehicle", "aircraft", "ship", "money", "other"),
    "aid.humanitarian": ("tonne", "kilogram", "money", "person", "aircraft"),
    "ceasefire": ("day", "hour", "week", "month", "year"),
    "mobilisation": ("soldier", "person"),
    "sanction": ("money", "person", "ship", "aircraft", "other"),
    "attack": ("person",),
    "protest": ("person",),
}


class Measures:
    """Reads time and amount of one trigger."""

    def __init__(self, sentence: Sentence, trigger: Trigger) -> None:
        self.sentence = sentence
        self.trigger = trigger
        self.lang = sentence.lexicon.lang
        self.clause = sentence.clauses[trigger.clause]

    def date(self, judgement: Judgement) -> TimeExpression | None:
        """The time of the event itself, not that of the talk about it."""
        times = self._times(self.clause)
        if judgement.told:
            times = [m for m in times if self._of_event(m)]
        elif judgement.saying:
            times = [m for m in times if self._tied(m)]
        if moved := new_days(self.sentence, self.trigger):
            return self._coming(_alone(self._best(moved)))
        if not times:
            times = self._later_times(judgement)
        if judgement.modality is not Modality.CANCELLED:  # what is called off is known by its old day
            times = [m for m in times if not is_former(self.sentence, m.start)]
        return self._coming(self._best(times)) if judgement.told else self._best(times)

    def _of_event(self, mention: Mention) -> bool:
        """Whether a time beside a verb of telling is the event's: appointed, to come, or of a subject."""
        published = self.sentence.article.reading.published
        first = day_of(mention.item.first) if isinstance(mention.item, TimeExpression) else None
        if published is not None and first is not None and first > published.day:
            return True
        subject = self.sentence.groups[self.clause.index].passive and self._tied(mention)
        return mention.prep in APPOINTED[self.lang] or subject

    def _coming(self, time: TimeExpression | None) -> TimeExpression | None:
        """What is announced for a weekday is for the next one."""
        published = self.sentence.article.reading.published
        if time is None or published is None or any(letter.isdigit() for letter in time.text):
            return time
        day = day_of(time.first) if time.first == time.last else None
        if day is None or not 0 < (published.day - day).days < WEEK.days:
            return time
        coming = (day + WEEK).isoformat()
        return replace(time, first=coming, last=coming, value=coming)

    def _times(self, clause: Clause) -> list[Mention]:
        return [
            m
            for m in self.sentence.times
            if self.sentence.clause_of.get(m.start) == clause.index
            and isinstance(m.item, TimeExpression)
            and _is_date(m.item)
            and not self._is_number(m)
            and not self._of_another(m)
        ]

    def _of_another(self, mention: Mention) -> bool:
        """`the August earthquake`: the time of another noun."""
        if mention.prep in ("von", "vom", "of") and mention.start - 2 in self.trigger.taken:
            return True  # `broke the truce of March`
        if self.lang != "en" or mention.prep not in ("", "of") or self.trigger.frame.family == "consult":
            return False
        line, words = self.sentence.line, self.sentence.article.words
        if "the" not in line.words[mention.start - 1 : mention.start + 1] or mention.end >= self.sentence.end:
            return False
        after = line.words[mention.end]
        return after.isalpha() and mention.end not in line.verbs and after not in words.prepositions

    def _is_number(self, mention: Mention) -> bool:
        """`von derzeit 2000 auf 15.000`: not every number like a year is one."""
        bare = mention.item.text.isdigit()
        return bare and self.sentence.line.words[mention.end : mention.end + 1] in (["auf"], ["to"])

    def _tied(self, mention: Mention) -> bool:
        """Whether a time belongs to the noun: `for Friday`, or behind it with only its place between."""
        if self.trigger.verb:
            return False
        if mention.prep in APPOINTED[self.lang]:
            return True
        return self._beside(mention)

    def _beside(self, mention: Mention) -> bool:
        start = mention.start - (1 if mention.prep else 0)
        ends = {self.trigger.end, *(i + 1 for i in self.trigger.taken), *self._place_ends()}
        return any(0 <= start - end <= 1 for end in ends)

    def own(self, time: TimeExpression | None) -> bool:
        """Whether the time stands with the noun itself: `the summit on Friday`."""
        return any(m.item is time and self._beside(m) for m in self.sentence.times)

    def _place_ends(self) -> list[int]:
        places = [m for m in self.sentence.entities if m.prep and 0 <= m.start - self.trigger.end <= NEAR]
        return [m.end for m in places]

    def _later_times(self, judgement: Judgement) -> list[Mention]:
        relative = [
            one
            for one in self.sentence.clauses
            if one.link is Link.RELATIVE
            and one.parent == self.clause.index
            and one.tokens
            and 0 < one.tokens[0] - self.trigger.end <= NEAR
        ]
        if relative and not self.trigger.verb:
            return self._times(relative[0])
        if judgement.decided_in is not None:
            return self._times(self.sentence.clauses[judgement.decided_in])
        if held := self._held():
            return self._times(held)
        if self.clause.link in (Link.ADVERBIAL, Link.RELATIVE) and (anchor := self._anchor()):
            return [anchor]  # `in 2003, when …`
        if self.clause.twin is not None:
            return self._times(self.sentence.clauses[self.clause.twin])
        purpose = self.clause.link is Link.INFINITIVE and (
            self.clause.opener == "um" or self.clause.opener.endswith("ing")
        )
        if purpose and self.clause.parent is not None:
            return self._times(self.sentence.clauses[self.clause.parent])
        return []

    def _held(self) -> Clause | None:
        """The clause that says when the meeting named before it takes place: `…, which opens on Friday`."""
        if self.trigger.verb or self.trigger.frame.family not in ("consult", "peace"):
            return None
        words = self.sentence.lexicon.modality.held
        for clause in self.sentence.clauses[self.clause.index + 1 :]:
            starts = clause.tokens and self.sentence.line.words[clause.tokens[0]] in RELATIVES[self.lang]
            if starts and not words.isdisjoint(self.sentence.groups[clause.index].lemmas):
                return clause
        return None

    def _anchor(self) -> Mention | None:
        """The time that stands right before the clause."""
        first = min(self.clause.tokens, default=0)
        return next((m for m in self.sentence.times if 0 <= first - m.end <= 1 and m.end > 0), None)

    def _best(self, times: list[Mention]) -> TimeExpression | None:
        def rank(mention: Mention) -> tuple[bool, bool, int]:
            item = mention.item
            day = isinstance(item, TimeExpression) and item.first is not None and item.first == item.last
            return not self._tied(mention), not day, abs(mention.start - self.trigger.start)

        best = min(times, key=rank, default=None)
        return best.item if best and isinstance(best.item, TimeExpression) else None

    def quantity(self) -> Quantity | None:
        """The amount that fits the type and stands nearest in the clause."""
        event_type = self.trigger.frame.type
        units = UNITS.get(event_type) or UNITS.get(self.trigger.frame.family) or ()
        own = [
            m.item
            for m in sorted(self.sentence.quantities, key=lambda m: abs(m.start - self.trigger.start))
            if self._in_reach(m) and isinstance(m.item, Quantity)
        ]
        for unit in units:
            for quantity in own:
                if quantity.unit == unit or (unit == "money" and is_money(quantity)):
                    return quantity
        return self._counted_troops()

    def _counted_troops(self) -> Quantity | None:
        """`200 Pioniere`: what the lexicon of events knows for soldiers counts as such."""
        if self.trigger.frame.family != "troops":
            return None
        for mention in self.sentence.quantities:
            inside = not self.trigger.taken.isdisjoint(range(mention.start, mention.end + 1))
            if inside and isinstance(mention.item, Quantity) and mention.item.unit == "other":
                return replace(mention.item, unit="soldier")
        return None

    def _in_reach(self, mention: Mention) -> bool:
        return (
            self.sentence.clause_of.get(mention.start) == self.trigger.clause
            or mention.start in self.trigger.taken
        )


def _is_date(time: TimeExpression) -> bool:
    """A day, or what is as far from it as `two weeks ago`; `now`, `soon` and lengths are none."""
    if time.type is TimeType.DURATION:
        return time.first is not None
    return time.type in (TimeType.DATE, TimeType.TIME) and (time.value or "")[:1].isdigit()


def _alone(time: TimeExpression | None) -> TimeExpression | None:
    """The day without the one before it: `moved from Tuesday to Wednesday` is no span of days."""
    if time is None or time.value is None or not DAY.fullmatch(time.value):
        return time
    return replace(time, first=time.value, last=time.value)


def day_of(value: str | None) -> date | None:
    """An ISO day as a date, or None."""
    return date.fromisoformat(value) if value else None
