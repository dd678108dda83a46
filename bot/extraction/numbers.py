"""Reads numbers: figures with either separator, number words, multipliers, fractions, ordinals."""

import re
from collections.abc import Collection
from functools import cache
from typing import Any

from bot.extraction.grammar import spellings
from bot.extraction.lexicon import lexicon
from bot.extraction.words import plain, split

_FIGURE = re.compile(r"[0-9][0-9.,’']*")
_SAME_GROUPS = re.compile(r"[0-9]{1,3}(?:([.,’'])[0-9]{3})(?:\1[0-9]{3})*")
_LONGEST_FIGURE = 30  # characters; longer ones count nothing
_LONGEST_WORD = 80  # letters; number words longer than this are nobody's


class Numbers:
    """The numbers of one language.

    Args:
        lang: `de` or `en`.
    """

    def __init__(self, lang: str) -> None:
        words: dict[str, Any] = lexicon(lang, "numbers")
        self.decimal: str = words["decimal"]
        self.groups = frozenset(words["groups"])
        self.parts: dict[str, float] = words["parts"]
        self.multipliers: dict[str, float] = words["multipliers"]
        self.glued: dict[str, float] = words["glued"]
        self.vague: dict[str, float] = words["vague"] | {
            f"{many} {word}": value for many in words["several"] for word, value in self.multipliers.items()
        }
        self.alone: list[str] = words["alone"]
        self.abbreviations: list[str] = words["abbreviations"]
        self.fractions: dict[str, float] = words["fractions"]
        self.joins = frozenset(words["joins"])
        self.ordinals: dict[str, int] = {
            word: n for entry, n in words["ordinals"].items() for word in spellings(entry)
        }
        self._endings = tuple(sorted(words["ordinal_endings"], key=len, reverse=True))
        known = {**self.parts, **self.multipliers, **dict.fromkeys(self.joins, 0.0)}
        morphemes = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
        self._morpheme = re.compile(morphemes)
        self._compound = re.compile(f"(?:{morphemes})+")

    def figure(self, text: str) -> float | None:
        """The value of a figure such as `30.000`, `2,5` or `1,250.50`; None if it is none.

        One separator before three digits groups them where the language does so; before another
        number of digits it is the decimal sign whatever the language.
        """
        if len(text) > _LONGEST_FIGURE or not _FIGURE.fullmatch(text) or not text[-1].isdigit():
            return None
        signs = [sign for sign in text if not sign.isdigit()]
        if not signs:
            return float(text)
        if len(set(signs)) == 1 and (len(signs) > 1 or signs[0] != self.decimal):
            if _SAME_GROUPS.fullmatch(text):
                return float(text.replace(signs[0], ""))
            return float(text.replace(signs[0], ".")) if len(signs) == 1 else None
        return self._decimal(text, signs)

    def _decimal(self, text: str, signs: list[str]) -> float | None:
        whole, _, rest = text.rpartition(signs[-1])
        grouped = set(signs[:-1])
        if len(grouped) > 1 or signs[-1] in grouped:
            return None
        for sign in grouped:
            if not _SAME_GROUPS.fullmatch(whole):
                return None
            whole = whole.replace(sign, "")
        return float(f"{whole}.{rest}")

    def word(self, word: str) -> float | None:
        """The value of a single, perhaps compound number word; None if it is none."""
        morphemes = self._morphemes(plain(word))
        return _sum(morphemes) if morphemes else None

    def number(self, text: str) -> float | None:
        """The value of a whole number expression such as `2,5 Mio`, `three hundred and five`, `12 500`."""
        values: list[tuple[float, bool]] = []
        previous = ""
        for tile in split(plain(text)).texts:
            if tile.isspace():
                continue
            if tile[0].isdigit():
                figure = self.figure(tile)
                if figure is None:
                    return None
                if previous.isdigit() and len(tile) == len("000"):
                    figure += values.pop()[0] * 1000
                values.append((figure, False))
            elif previous[:1].isdigit() and tile in self.glued:
                values.append((self.glued[tile], True))
            elif tile not in self.joins:
                _append(values, self._morphemes(tile), article=previous in self.parts)
            previous = tile
        return _sum(values) if values else None

    def ordinal(self, text: str) -> int | None:
        """The value of `zweite`, `neunundzwanzigsten`, `second`, `twenty-first`; None if it is none."""
        word = plain(text)
        if word in self.ordinals:
            return self.ordinals[word]
        for ending in self._endings:
            if word.endswith(ending):
                value = self.word(word[: -len(ending)])
                if value is not None and value.is_integer():
                    return int(value)
        return None

    def is_word(self, word: str) -> bool:
        """Whether a lower-case word is a number word, perhaps compound."""
        return len(word) < _LONGEST_WORD and self._compound.fullmatch(word) is not None

    def kinds(self, articles: Collection[str]) -> dict[str, list[str]]:
        """The words of numbers by kind, for a grammar; articles are no numbers by themselves."""
        halves = [word for word, value in self.parts.items() if 0 < value < 1]
        return {
            "half": halves,
            "numword": [word for word in self.parts if word not in articles and word not in halves],
            "multiplier": list(self.multipliers),
            "alone": self.alone,
            "abbreviation": self.abbreviations,
            "glued": list(self.glued),
            "vague_number": list(self.vague),
            "fraction": list(self.fractions),
            "join": list(self.joins),
            "ordinal": list(self.ordinals),
        }

    def _morphemes(self, word: str) -> list[tuple[float, bool]]:
        """Values with whether each multiplies; empty if the word is not a number."""
        if not self.is_word(word):
            return []
        found: list[tuple[float, bool]] = []
        for morpheme in self._split(word):
            if morpheme in self.multipliers:
                found.append((self.multipliers[morpheme], True))
            elif morpheme not in self.joins:
                found.append((self.parts[morpheme], False))
        return found

    def _split(self, word: str) -> list[str]:
        return [match[0] for match in self._morpheme.finditer(word)]


def _append(values: list[tuple[float, bool]], more: list[tuple[float, bool]], *, article: bool) -> None:
    """Add what a word says; next to a half (`a half`, `half a million`) the article is no number."""
    said = [value for value, _ in more]
    if article and values and said and 0 < said[0] < 1 and values[-1][0] == 1:
        values.pop()
    elif article and values and said == [1.0] and 0 < values[-1][0] < 1:
        return
    values += more


def _sum(values: list[tuple[float, bool]]) -> float:
    """Add and multiply as number words do: 3 ×100 +20 ×1000 is 320,000."""
    total = current = 0.0
    for value, multiplies in values:
        if not multiplies:
            current += value
        elif value <= 100:
            current = (current or 1) * value
        else:
            total, current = total + (current or 1) * value, 0.0
    return round(total + current, 6)


@cache
def numbers(lang: str) -> Numbers:
    """The numbers of a language, built once."""
    return Numbers(lang)
