"""News texts by the hundred thousand: made words as frequent as words are, standing phrases in between.

A few function words make up half of a text, and phrases that every newsroom uses stand in every story:
without them two texts would never have three words in a row in common, and finding copies would be no art.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

VOCABULARY = 30_000
PHRASES = 300
SYLLABLES = (
    "ba be bo da de di fa fe ga go ha he ja ka ke ko la le li lo ma me mi na ne no pa pe ra re ri ro "
    "sa se so ta te ti to va ve wa we za zu ber den der gen lich nis schaft tal ung vor ton mark berg"
)
LITTLE = (
    "der die das und in zu den von mit auf für im ist nicht ein eine dem sich des als auch es an werden "
    "aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder"
)
SHORTEST, LONGEST = 120, 600  # words of a text


class Newsroom:
    """Writes texts; the same seed, the same texts."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311  (texts, no secrets)
        syllables = SYLLABLES.split()
        made = {"".join(self._random.choices(syllables, k=2 + n % 3)) for n in range(VOCABULARY)}
        self.words = [*LITTLE.split(), *self._random.sample(sorted(made), len(made))]
        # Zipf: the word of rank n comes n times less often than the first.
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self._phrases = [self._draw(self._random.randint(3, 6)) for _ in range(PHRASES)]

    def text(self) -> list[str]:
        """The words of one text."""
        length = self._random.randint(SHORTEST, LONGEST)
        words: list[str] = []
        while len(words) < length:
            words += self._draw(self._random.randint(8, 24))
            words += self._random.choice(self._phrases)
        return words

    def texts(self, number: int) -> Iterator[str]:
        """Many texts."""
        return (" ".join(self.text()) for _ in range(number))

    def edited(self, text: str, share: float) -> str:
        """A copy with this share of its words changed: most replaced, some left out, some put in."""
        copied: list[str] = []
        for word in text.split():
            if self._random.random() >= share:
                copied.append(word)
                continue
            copied += {0: [], 1: [word, *self._draw(1)]}.get(self._random.randrange(6), self._draw(1))
        return " ".join(copied)

    def _draw(self, number: int) -> list[str]:
        return self._random.choices(self.words, cum_weights=self._weights, k=number)
