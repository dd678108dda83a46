"""What a word looks like that a pipeline has no vector for: in German most new words are built of known ones.

Such a word gets the vector of the word it is a form of, or a row that says what its end looks like. The rows
stand at the end of the bundled table, in the order of `Look`; other pipelines have none and are left alone.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]  # of a compiled module

from bot.extraction.lexicon import lexicon
from bot.extraction.trained.word_classes import WordClass


class Look(IntEnum):
    """What a word may be by its end."""

    NOUN = 0
    SETTLEMENT = 1
    SITE = 2
    EITHER = 3
    FAMILY = 4


LANGUAGES = frozenset({"de"})  # whose words are built of others
MARK = "word_looks"  # in what a pipeline says of itself: its table has the rows of the looks

# Weaker than the lists, whose columns hold ones: a look is a guess.
WEIGHTS = {
    Look.NOUN: {WordClass.NOUN: 0.7},
    Look.SETTLEMENT: {WordClass.TOWN: 0.6},
    Look.SITE: {WordClass.PLACE: 0.6},
    Look.EITHER: {WordClass.TOWN: 0.4, WordClass.FAMILY: 0.4},
    Look.FAMILY: {WordClass.FAMILY: 0.6},
}
NAMES = [WordClass.GIVEN, WordClass.FAMILY, WordClass.TOWN, WordClass.COUNTRY, WordClass.ORGANISATION]
GENITIVES = ("’s", "'s", "’", "'", "es", "s")
PLURALS = ("en", "n")
SHORTEST_STEM = 4  # letters before an ending of case or number
SHORTEST_FRONT = 3  # letters before the end that a look goes by
SHORTEST_TAIL = 4  # letters of a noun at the end
SURE_TAIL = 6  # letters of one that needs no known word before it
MOST = 50_000  # words that are remembered; then all are forgotten


def looks_of(nlp: Language) -> "WordLooks | None":
    """The looks of the words of a pipeline; None where its table has no rows for them."""
    return WordLooks(nlp.vocab.vectors, str(nlp.lang)) if nlp.meta.get(MARK) else None


def rows(width: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """The rows of the looks, of `width` columns, for the end of a table that ends with the classes."""
    table = np.zeros((len(Look), width), dtype=np.float32)
    for look, weights in WEIGHTS.items():
        for column, weight in weights.items():
            table[look, width - len(WordClass) + column] = weight
    return table


class WordLooks:
    """Gives words that a table of vectors does not have one of its rows.

    Args:
        vectors: spaCy's `Vectors`, with the rows of the looks at its end.
        lang: Its language.
    """

    def __init__(self, vectors: Any, lang: str) -> None:
        self._rows: dict[int, int] = vectors.key2row
        self._classes = vectors.data[:, -len(WordClass) :]
        self._first = len(vectors.data) - len(Look)
        words = lexicon(lang, "word_looks")
        self._ends = [(look, tuple(words[look.name.lower()].split())) for look in Look]
        places = (ends for look, ends in self._ends if look in (Look.SETTLEMENT, Look.SITE, Look.EITHER))
        self._no_tails = tuple({*words["no_tails"].split(), *(end for ends in places for end in ends)})
        self._added: list[int] = []

    def learn(self, words: Iterable[str]) -> None:
        """Give those of the words a row that have none and look like something."""
        for word in words:
            key = hash_string(word)
            if key not in self._rows and (row := self.row(word)) is not None:
                self._rows[key] = row
                self._added.append(key)
        if len(self._added) > MOST:
            for key in self._added:
                del self._rows[key]
            self._added.clear()

    def is_noun(self, word: str) -> bool:
        """Whether a word is a plain noun that no name begins with, or looks like one."""
        row = self._known(word)
        return self._noun(row) or row == self._first + Look.NOUN

    def is_compound(self, word: str) -> bool:
        """Whether a word, without hyphens, only looks like a plain noun."""
        return "-" not in word and self._known(word) == self._first + Look.NOUN

    def row(self, word: str) -> int | None:
        """The row for a word without one; only words with a capital and small letters look like something."""
        if not word[:1].isupper() or word.isupper():
            return None
        form = self._of_form(word)
        if form is not None:
            return form
        look = self._joined(word) if "-" in word else self._look(word.lower())
        return None if look is None else self._first + look

    def _known(self, word: str) -> int | None:
        return self._rows.get(hash_string(word))

    def _of_form(self, word: str) -> int | None:
        """Of what the word is a form of: the same in small letters, or without the ending of its case."""
        small = self._known(word.lower())
        if small is not None:
            return small
        for ending in (*GENITIVES, *PLURALS):
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < SHORTEST_STEM:
                continue
            row = self._known(stem)
            if row is not None and (self._noun(row) if ending in PLURALS else self._classes[row].any()):
                return row
        return None

    def _noun(self, row: int | None) -> bool:
        """Whether a row is that of a plain noun that no name begins with."""
        if row is None:
            return False
        classes = self._classes[row]
        return bool(classes[WordClass.NOUN] > WEIGHTS[Look.NOUN][WordClass.NOUN] and not classes[NAMES].any())

    def _is(self, word: str, kind: WordClass) -> bool:
        row = self._known(word)
        return row is not None and self._classes[row, kind] > 0

    def _joined(self, word: str) -> Look | None:
        """Of words joined by hyphens: `HSK-Schachwoche`, `Kurtz-Gallenstein`, `Bad-Neustadt`."""
        parts = [part for part in word.split("-") if part]
        if len(parts) < 2:
            return None
        tail = parts[-1]
        if (
            any(self._noun(self._known(stem)) for stem in _stems(tail))
            or self._look(tail.lower()) is Look.NOUN
        ):
            return Look.NOUN
        if all(self._is(part, WordClass.TOWN) for part in parts):
            return Look.SETTLEMENT
        return Look.FAMILY if self._is(tail, WordClass.FAMILY) else None

    def _look(self, word: str) -> Look | None:
        """Of one word in small letters."""
        if any(self._ends_in_noun(stem) for stem in _stems(word)):
            return Look.NOUN
        for look, ends in self._ends:
            stems = (word,) if look in (Look.NOUN, Look.FAMILY) else _stems(word)
            if any(stem.endswith(ends, SHORTEST_FRONT) for stem in stems):
                return look
        return None

    def _ends_in_noun(self, word: str) -> bool:
        """Whether a word is a compound of a plain noun; nouns that names are made of too do not count."""
        if word.endswith(self._no_tails):
            return False
        for at in range(SHORTEST_FRONT, len(word) - SHORTEST_TAIL + 1):
            tail = word[at:]
            if not self._noun(self._known(tail.capitalize())):
                continue
            if len(tail) >= SURE_TAIL or any(self._fronts(word[:at])):
                return True
        return False

    def _fronts(self, front: str) -> Iterator[bool]:
        """Whether what stands before a short noun is a word, with or without the letter that joins them."""
        for stem in (front, front.removesuffix("s")):
            yield self._known(stem) is not None or self._known(stem.capitalize()) is not None


def _stems(word: str) -> tuple[str, ...]:
    """A word, and what it may be the genitive of."""
    return tuple(dict.fromkeys((word, word.removesuffix("s"), word.removesuffix("es"))))
