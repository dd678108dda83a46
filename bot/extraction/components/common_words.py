"""Common words that a trained model takes for names, from `lexicons/<lang>/no_names.yml`."""

from collections.abc import Iterator
from functools import lru_cache

from bot.extraction.lexicon import lexicon

SHORTEST_TAIL = 5  # letters of the last part of a compound that make the whole a common noun
LONGEST_TAIL = 20
SHORTEST_FRONT = 3
GENITIVES = ("s", "es")


FORMS = ("", "s", "es", "n", "en")  # of a German noun


class LeadWords:
    """Words before a name that only say what is named: `Ortsteil`, `Firma`, `Softwareanbieter`."""

    def __init__(self, lang: str) -> None:
        words = lexicon(lang, "no_names")
        self._labels = {
            word: label for label, found in words.get("leads", {}).items() for word in found.split()
        }
        self._endings = tuple(words.get("lead_endings", "").split())

    def __contains__(self, word: str) -> bool:
        """Whether the word is one, in any of its forms."""
        return any(self._labels.get(stem) or self._ends(stem) for stem in _stems(word))

    def label(self, word: str) -> str | None:
        """What a name behind the word is, if the word tells."""
        return next((label for stem in _stems(word) if (label := self._labels.get(stem))), None)

    def _ends(self, stem: str) -> bool:
        return bool(self._endings) and stem.endswith(self._endings)


def _stems(word: str) -> Iterator[str]:
    return (word.lower().removesuffix(ending) for ending in FORMS)


class CommonWords:
    """Tells words that name nothing."""

    def __init__(self, lang: str) -> None:
        words = lexicon(lang, "no_names")
        self._small = frozenset(words["function_words"].split())
        self._nouns = frozenset(words["nouns"].split())
        self._compounds = lang == "de"
        self.compound = lru_cache(maxsize=4_096)(self._compound)

    def small(self, word: str) -> bool:
        """Whether a word has its capital from the sentence alone."""
        return word.lower() in self._small

    def noun(self, word: str) -> bool:
        """Whether a word is a common noun, in any form."""
        lower = word.lower()
        stems = (lower, *(lower.removesuffix(ending) for ending in GENITIVES if lower.endswith(ending)))
        return any(stem in self._nouns for stem in stems)

    def _compound(self, word: str) -> bool:
        """Whether a word ends as a common noun does: `Filmmusik`, `Biker-Wochen`."""
        if not self._compounds or len(word) < SHORTEST_FRONT + SHORTEST_TAIL:
            return False
        lower = word.lower()
        if "-" in lower:
            return self.noun(lower.rpartition("-")[2])
        starts = range(max(SHORTEST_FRONT, len(lower) - LONGEST_TAIL), len(lower) - SHORTEST_TAIL + 1)
        return lower.isalpha() and any(self.noun(lower[at:]) for at in starts)
