"""The time words of a language and the grammar made of them."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.extraction.grammar import Found, Grammar, spellings
from bot.extraction.lexicon import lexicon
from bot.extraction.numbers import Numbers, numbers
from bot.extraction.words import plain

SHAPES = {
    "small": ("small", "lead", "figure"),
    "three": ("three", "figure"),
    "year": ("year", "figure"),
    "figure": ("figure",),
    "ymd": ("ymd",),
    "pair": ("dm", "hm", "figure"),
    "dmy": ("dmy",),
    "colon": ("colon", "hm"),
    "slash_pair": ("slash_pair",),
    "slash_date": ("slash_date",),
    "year_pair": ("year_pair",),
    "numword": ("numword",),
    "ordinal": ("ordinal",),
    "joined": ("joined",),
    "weekday_part": ("weekday_part",),
}
GENITIVE = 2  # letters at most: März, Märzes
_FIGURES = (
    (re.compile(r"\d{1,2}"), "small"),
    (re.compile(r"\d{3}"), "three"),
    (re.compile(r"(?:1\d|20)\d\d"), "year"),
    (re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"), "ymd"),
    (re.compile(r"\d{1,2}\.\d{1,2}"), "pair"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)"), "dmy"),
    (re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"), "colon"),
    (re.compile(r"\d{1,2}/\d{1,2}"), "slash_pair"),
    (re.compile(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{4}/\d{1,2}/\d{1,2}"), "slash_date"),
    (re.compile(r"(?:1\d|20)\d\d/(?:\d{4}|\d\d)"), "year_pair"),
    (re.compile(r"\d+(?:[.,]\d+)*"), "figure"),
)


class TimeLexicon:
    """Words, patterns and cues.

    Args:
        lang: `de` or `en`.
    """

    def __init__(self, lang: str) -> None:
        spec: dict[str, Any] = lexicon(lang, "times")
        self.numbers: Numbers = numbers(lang)
        self._learn_cues(spec)
        self._learn_words(spec["words"])
        kinds = self.numbers.kinds(spec["words"]["article_one"])
        self.grammar = Grammar({**spec, "words": {**spec["words"], **kinds}}, SHAPES, self._shape)

    def _learn_cues(self, spec: Mapping[str, Any]) -> None:
        self.day_first: bool = spec["day_first"]
        self.bounds: dict[str, str] = {w: name for name, ws in spec["bounds"].items() for w in ws}
        self.bound_phrases = [phrase for phrase in self.bounds if " " in phrase]
        self.pair_openers = frozenset(spec["pair_openers"])
        self.ago = frozenset(spec["ago"])
        self.within = frozenset(spec["within"])
        self.clock_links = frozenset(spec["clock_links"])
        self.daypart_cues = frozenset(spec["daypart_cues"])
        self.bare_cues = frozenset(spec["bare_cues"])
        self.leanings: Mapping[str, int] = spec["leanings"]
        self.event_leanings: Mapping[str, int] = spec["event_leanings"]
        self.event_links = frozenset(spec["event_links"])
        self.not_years = frozenset(spec["not_years"])
        self.count_links = frozenset(spec["count_links"])
        self.age_words = frozenset(spec["age_words"])
        self.age_cues = frozenset(spec["age_cues"])
        self.age_heads = frozenset(spec["age_heads"])
        self.age_links = frozenset(spec["age_links"])
        self.ageing = frozenset(spec["ageing"])
        self.rate_goes_on = frozenset(spec["rate_goes_on"])
        self.vague_today: bool = spec["vague_today"]
        self.clause_openers = frozenset(spec["clause_openers"])
        self.this_cues = frozenset(spec["this_cues"])
        self.not_dates = frozenset(spec["not_dates"])
        self.low_ordinals = frozenset(spec["low_ordinals"])
        self.date_goes_on = frozenset(spec["date_goes_on"]) | frozenset(_spelled(spec["words"]["month"]))
        self.later = frozenset(spec["later_edges"])
        self._far = frozenset(spec["far"])
        self._rates = frozenset(spec["rates"])
        self.year_cues = frozenset(spec["years_after"])
        self.tense: Mapping[str, frozenset[str]] = {
            name: frozenset(map(str, listed)) for name, listed in spec["tense"].items()
        }

    def _learn_words(self, words: Mapping[str, Any]) -> None:
        self.articles = frozenset(words["article"])
        self.links = frozenset(map(str, words["range"])) | frozenset(words["dash"])
        self.ands = frozenset(words["and"])
        self.full_months = _unshortened(words["month"])
        self._weekdays = _spelled(words["weekday"])
        self._parts = _spelled(words.get("daypart_ending", {}))
        self._units = _spelled(words.get("unit_adjective", {}))
        self._tail = _tail(self._parts)
        self._unit_tail = _tail(self._units)

    def value(self, kind: str, text: str) -> Any:
        """What the lexicon says a word of a kind means."""
        return self.grammar.value(kind, text)

    def is_far(self, direction: str) -> bool:
        """Whether a direction means a weekday of the next or last week, not the nearest one."""
        return direction in self._far

    def is_rate(self, found: Found) -> bool:
        """Whether an article before a unit means `per`: `twice a day`, `$5 an hour`."""
        before = found.before()
        return before in self._rates or (bool(self._rates) and before[:1].isdigit())

    def weekday_part(self, word: str) -> tuple[int, str] | None:
        """Weekday and day part of `montagabend`."""
        match = self._tail.fullmatch(word) if self._tail else None
        return (
            (self._weekdays[match[1]], self._parts[match[2]])
            if match and match[1] in self._weekdays
            else None
        )

    def joined(self, word: str) -> tuple[float, str] | None:
        """Number and unit of `dreitägige`."""
        match = self._unit_tail.fullmatch(word) if self._unit_tail else None
        number = self.numbers.word(match[1]) if match else None
        return (number, self._units[match[2]]) if match and number is not None else None

    def _shape(self, word: str) -> str | None:
        if word[0].isdigit():
            return next((name for regex, name in _FIGURES if regex.fullmatch(word)), None)
        lower = word.lower()
        if self.numbers.is_word(lower):
            return "numword"
        if self.weekday_part(lower):
            return "weekday_part"
        if self.joined(lower):
            return "joined"
        return "ordinal" if self.numbers.ordinal(lower) is not None else None


def _unshortened(months: Mapping[str, Any]) -> frozenset[str]:
    """The names of months that are not short for another: a stop behind them ends the sentence."""
    names = _spelled(months)
    return frozenset(
        name
        for name in names
        if not any(one[:3] == name[:3] and len(one) > len(name) + GENITIVE for one in names)
    )


def _spelled(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {plain(word): value for entry, value in entries.items() for word in spellings(entry)}


def _tail(endings: Mapping[str, Any]) -> re.Pattern[str] | None:
    one = "|".join(sorted(map(re.escape, endings), key=len, reverse=True))
    return re.compile(f"(.+?)({one})") if one else None


@cache
def time_lexicon(lang: str) -> TimeLexicon:
    """The lexicon of a language, built once."""
    return TimeLexicon(lang)
