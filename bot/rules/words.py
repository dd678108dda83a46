"""Words of a text, compared word by word and without their endings, in German and English.

Two words are the same when they are equal after simple endings and umlauts are taken off. A word in capitals
(NATO, US) is compared as it stands. Verbs that the reading knows are found in all their forms besides:
`treffen` finds *traf* and *getroffen*.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from bot.extraction.conjugation import verb_lexicon
from bot.extraction.findings import Span
from bot.extraction.lexicon import LANGUAGES
from bot.rules.conditions import Phrase

WORD = re.compile(r"\w+")
VERB = "~"  # before an infinitive among the stems: no word begins so
SHORTEST_STEM = 4  # English; a shorter stem would make different words the same
# Longest first; the first that leaves a stem is taken off, and what stands beside it put on.
ENGLISH_ENDINGS = {"ing": "", "ies": "y", "ied": "y", "es": "", "ed": "", "e": "", "s": ""}
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})


@dataclass(frozen=True)
class Word:
    """One word of a text with its place."""

    start: int
    end: int
    text: str


def words_of(text: str) -> list[Word]:
    """The words of a text in order; hyphens and apostrophes part words."""
    return [Word(found.start(), found.end(), found.group()) for found in WORD.finditer(text)]


@lru_cache(maxsize=100_000)
def stem(word: str, lang: str | None) -> str:
    """The word in lower case, without umlauts and endings; capitals such as NATO stay as they are."""
    if len(word) > 1 and word.isupper():
        return word
    plain = word.casefold().translate(UMLAUTS)
    if lang == "de":
        return _german(plain, noun=word[0].isupper())
    return _english(plain) if lang == "en" else plain


def keys_of(word: str, lang: str | None) -> tuple[str, ...]:
    """Under what a word of a rule is looked up: its stem, and as an infinitive in small letters its verb."""
    verb = [VERB + word] if word.islower() and word in _verbs(lang)[1] else []
    return (stem(word, lang), *verb)


@cache
def _verbs(lang: str | None) -> tuple[Mapping[str, tuple[str, ...]], frozenset[str]]:
    """Verb form -> the infinitives it may be of, for forms that stand alone; and all infinitives."""
    if lang not in LANGUAGES:
        return {}, frozenset()
    known = {
        word: tuple(dict.fromkeys(form.lemma for form in forms if form.particle is None))
        for word, forms in verb_lexicon(lang).forms.items()
    }
    return known, frozenset(lemma for lemmas in known.values() for lemma in lemmas)


def _german(word: str, *, noun: bool) -> str:
    """Endings taken off one after the other, after CISTEM (Weißweiler and Fraser, 2017)."""
    while len(word) > 3:
        if len(word) > 5 and word.endswith(("em", "er", "nd")):
            word = word[:-2]
        elif word.endswith(("e", "s", "n")) or (word.endswith("t") and not noun):
            word = word[:-1]
        else:
            break
    return word


def _english(word: str) -> str:
    for ending, instead in ENGLISH_ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= SHORTEST_STEM:
            return word[: -len(ending)] + instead
    return word


class WordIndex:
    """Where each stem stands in one text; built once an article."""

    def __init__(self, text: str, lang: str | None) -> None:
        self.text = text
        self.lang = lang
        self.words = words_of(text)
        self.starts = [word.start for word in self.words]
        self.stems = [stem(word.text, lang) for word in self.words]
        self.places: dict[str, list[int]] = {}
        for place, key in enumerate(self.stems):
            self.places.setdefault(key, []).append(place)
        verbs = _verbs(lang)[0]
        for place, word in enumerate(self.words):
            # A capital makes a German word a noun; a verb that opens a sentence is lost, which is rare.
            for lemma in verbs.get(word.text if lang == "de" else word.text.lower(), ()):
                self.places.setdefault(VERB + lemma, []).append(place)

    def find(self, phrases: Sequence[Phrase], start: int, end: int) -> Span | None:
        """The first stretch between two offsets where one of the phrases stands."""
        found = [place for phrase in phrases for place in self._first(phrase, start, end)]
        if not found:
            return None
        first, last = min(found)
        return Span(start=first, end=last, text=self.text[first:last])

    def _first(self, phrase: Phrase, start: int, end: int) -> Iterator[tuple[int, int]]:
        for place in self._candidates(phrase.words[0], start, end):
            words = self.words[place : place + len(phrase.words)]
            inside = words[0].start >= start and words[-1].end <= end
            if inside and self._stands(phrase, place):
                yield words[0].start, words[-1].end
                return

    def _candidates(self, word: str, start: int, end: int) -> Sequence[int]:
        """Where a phrase may begin between two offsets: a sentence is short, its article may not be."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        places = self._fitting(word) if "*" in word else self._standing(word)
        return places[bisect_left(places, first) : bisect_left(places, last)]

    def _standing(self, word: str) -> Sequence[int]:
        """Where a word without `*` stands."""
        lists = [self.places[key] for key in keys_of(word, self.lang) if key in self.places]
        return lists[0] if len(lists) == 1 else sorted({place for places in lists for place in places})

    def _fitting(self, word: str) -> list[int]:
        """Where a word with `*` stands; each spelling is compared once."""
        core, ends = word.strip("*").casefold(), self._ends(word)
        if not word.endswith("*"):
            lists = [places for key, places in self.places.items() if key.endswith(ends)]
        elif word.startswith("*"):
            lists = [places for text, places in self._folded.items() if core in text]
        else:
            lists = [places for text, places in self._folded.items() if text.startswith(core)]
        return sorted(place for places in lists for place in places)

    @cached_property
    def _folded(self) -> dict[str, list[int]]:
        """Each spelling in small letters -> where it stands."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word.text.casefold(), []).append(place)
        return found

    def _ends(self, word: str) -> tuple[str, str]:
        """How stems end that `*übung` fits: the stem differs with a capital."""
        core = word.strip("*")
        return stem(core, self.lang), stem(core.capitalize(), self.lang)

    def _stands(self, phrase: Phrase, place: int) -> bool:
        if place + len(phrase.words) > len(self.words):
            return False
        return all(self._same(word, place + step) for step, word in enumerate(phrase.words))

    def _same(self, word: str, place: int) -> bool:
        if word.endswith("*"):
            return _fits(word.casefold(), self.words[place].text.casefold())
        if word.startswith("*"):
            return self.stems[place].endswith(self._ends(word))
        if stem(word, self.lang) == self.stems[place]:
            return True
        return any(place in self.places.get(key, ()) for key in keys_of(word, self.lang)[1:])


def _fits(pattern: str, word: str) -> bool:
    """`Sanktion*` fits words that begin so, `*hilfe*` those that hold it."""
    core = pattern.strip("*")
    return core in word if pattern.startswith("*") else word.startswith(core)
