"""Where a name begins and ends in what a trained model takes for one.

A model takes a neighbour into a name, or goes on past its end. What surely is no part of it is cut off:
signs, articles, years, offices, words in small letters, plain nouns around a person, what is named.
"""

from dataclasses import replace

from bot.extraction.components.common_words import CommonWords, LeadWords
from bot.extraction.components.persons import BEFORE_NAMES, REGNAL, Heads
from bot.extraction.components.row import POSSESSIVE, Row
from bot.extraction.lexicon import lexicon
from bot.extraction.reading import Proposal

DASHES = frozenset("-–—")


class NameBorders:
    """Trims proposals."""

    def __init__(self, lang: str, common: CommonWords) -> None:
        self.lang = lang
        self._common = common
        self._particles = frozenset(lexicon(lang, "names")["particles"])
        determiners = lexicon(lang, "roles")["determiners"]
        self.articles = frozenset((*determiners["definite"], *determiners["indefinite"]))
        self._lead_words = LeadWords(lang)

    def trimmed(self, row: Row, heads: Heads, one: Proposal) -> Proposal:
        """The proposal without what stands around a name; it may be empty."""
        one = self._without(row, heads, replace(one, end=_before_dash(row, one)))
        one = self._without_lead(row, one)
        if one.label == "PER":
            one = self._person(row, one)
        return self._without(row, heads, one)

    def _without(self, row: Row, heads: Heads, one: Proposal) -> Proposal:
        first, end = one.first, one.end
        while first < end and self._leads(row, heads, first, one.label, alone=first + 1 == end):
            first += 1
        while first < end and self._trails(row, end - 1):
            end -= 1
        return replace(one, first=first, end=end)

    def _leads(self, row: Row, heads: Heads, at: int, label: str, *, alone: bool) -> bool:
        word = row.words[at]
        if not word[:1].isalnum() or row.lower(at) in self.articles:
            return True
        if word[:1].islower():
            return word not in self._particles
        if label == "ORG" or alone:
            return False
        return at in heads or self._common.compound(word) or (self.lang == "de" and self._common.noun(word))

    def _trails(self, row: Row, at: int) -> bool:
        word = row.words[at]
        year = word.isdigit() and len(word) == 4
        signs = not any(sign.isalnum() for sign in word) and not REGNAL.fullmatch(row.words[at - 1])
        return year or signs or word in POSSESSIVE or word.islower()

    def _without_lead(self, row: Row, one: Proposal) -> Proposal:
        """Without a word that only says what is named, and with the label it tells: `Ortsteils Quendlin`."""
        if one.end - one.first < 2 or not row.capital(one.first + 1):
            return one
        word = row.words[one.first]
        if word not in self._lead_words:
            return one
        return replace(one, first=one.first + 1, label=self._lead_words.label(word) or one.label)

    def _person(self, row: Row, one: Proposal) -> Proposal:
        """Up to a word in small letters that no name has inside, and without plain nouns around it."""
        first, end = one.first, self._cut(row, one)
        while end - first > 2 and (first in one.nouns or self._opens(row, first)):
            first += 1
        while end - first > 2 and end - 1 in one.nouns and row.capital(end - 2):
            end -= 1  # not of `Karl der Große`
        return replace(one, first=first, end=end)

    def _opens(self, row: Row, at: int) -> bool:
        """`Sogar` in `Sogar Abel Quo`."""
        return row.opens[at] and self._common.small(row.words[at])

    def _cut(self, row: Row, one: Proposal) -> int:
        after = range(one.first + 1, one.end)
        return next((at for at in after if row.words[at].islower() and not self._inside(row, at)), one.end)

    def _inside(self, row: Row, at: int) -> bool:
        word = row.words[at]
        return word in self._particles and (word != BEFORE_NAMES or row.capital(at + 1))


def _before_dash(row: Row, one: Proposal) -> int:
    """The end, or where a dash with blanks around it parts the words."""
    for at in range(one.first + 1, one.end):
        joined = one.label == "LOC" and row.capital(at + 1)  # Burnaby - Seymour
        if row.words[at] in DASHES and row.starts[at] > row.ends[at - 1] and not joined:
            return at
    return one.end
