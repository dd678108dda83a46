"""An index of phrases: which of many known word sequences begins at a word. One lookup a word."""

from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class PhraseIndex(Generic[T]):
    """Known phrases by their first word, the longest first."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._sorted = True

    def __contains__(self, word: str) -> bool:
        """Whether a phrase begins with this word."""
        return word in self._by_first

    def add(self, words: Sequence[str], value: T) -> None:
        """Learn a phrase; of the same phrase given twice, the first stands."""
        self._by_first.setdefault(words[0], []).append((tuple(words), value))
        self._sorted = False

    def longest(self, words: Sequence[str], at: int) -> tuple[int, T] | None:
        """The longest phrase that begins at word `at`: its number of words and its value."""
        known = self._by_first.get(words[at])
        if known is None:
            return None
        if not self._sorted:
            self._sort()
            known = self._by_first[words[at]]
        for phrase, value in known:
            if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase), value
        return None

    def single(self, word: str) -> T | None:
        """What the word alone stands for."""
        known = self._by_first.get(word, ())
        return next((value for phrase, value in known if len(phrase) == 1), None)

    def _sort(self) -> None:
        for known in self._by_first.values():
            if len(known) > 1:
                known.sort(key=lambda entry: -len(entry[0]))
        self._sorted = True
