"""Find nouns of a lexicon in any inflection, and at the end of German compounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.extraction.inflection import LONGEST_NOUN

ENDINGS = ("", "e", "en", "n", "s", "es", "se", "sen", "nen", "innen")
LINKS = ("s", "es", "n", "en", "er", "-", "s-", "")
SHORTEST_FRONT = 3


@dataclass(frozen=True, kw_only=True)
class NounHit:
    """A noun of the lexicon in the text.

    Attributes:
        stem: The entry.
        labels: What the lexicon says it is.
        start: Index of its first token; it ends with the token that was asked for.
        front: The front of the compound it closes, lower case, or empty.
    """

    stem: str
    labels: frozenset[str]
    start: int
    front: str = ""


@dataclass(frozen=True, kw_only=True)
class _Entry:
    stem: str
    labels: frozenset[str]
    before: tuple[str, ...] = ()
    after: str = ""
    front: str = ""


@dataclass(kw_only=True)
class NounIndex:
    """Nouns by stem, each with labels; looks one word up at a time and remembers the answer."""

    lang: str
    prepositions: frozenset[str]
    stems: dict[str, list[_Entry]] = field(default_factory=dict)
    exact: dict[str, list[_Entry]] = field(default_factory=dict)
    _known: dict[str, tuple[_Entry, ...]] = field(default_factory=dict)

    def learn(self, label: str, nouns: Iterable[str]) -> None:
        """Take in nouns as lexicons write them (see `lexicons/de/events.yml`)."""
        for noun in nouns:
            whole = noun.startswith("=")
            *before, stem = noun.removeprefix("=").lower().split()
            after = ""
            if before and stem in self.prepositions:
                *before, stem, after = *before, stem
            place = self.exact if whole or self.lang == "en" else self.stems
            place.setdefault(stem, []).append(
                _Entry(
                    stem=noun.removeprefix("="), labels=frozenset({label}), before=tuple(before), after=after
                )
            )

    def at(self, words: Sequence[str], i: int) -> list[NounHit]:
        """The nouns that end with token `i`, the longest entries first."""
        return [
            NounHit(stem=entry.stem, labels=entry.labels, start=i - len(entry.before), front=entry.front)
            for entry in self.entries(words[i])
            if self._fits(entry, words, i)
        ]

    def entries(self, word: str) -> tuple[_Entry, ...]:
        """All entries whose last word `word` can be."""
        known = self._known.get(word)
        if known is None:
            found = self._german(word) if self.lang == "de" else self._english(word)
            known = self._known[word] = tuple(sorted(found, key=lambda one: -len(one.stem)))
        return known

    def _fits(self, entry: _Entry, words: Sequence[str], i: int) -> bool:
        if entry.after and entry.after not in words[i + 1 : i + 3]:
            return False  # a quotation mark may stand between
        size = len(entry.before)
        if size > i:
            return False
        return all(
            self._same(have, want) for have, want in zip(words[i - size : i], entry.before, strict=True)
        )

    def _same(self, have: str, want: str) -> bool:
        if self.lang == "en":
            return have in (want, want + "s")
        return have.startswith(want.removesuffix("e")) and len(have) <= len(want) + 2

    def _english(self, word: str) -> list[_Entry]:
        return [entry for form in _singulars(word) for entry in self.exact.get(form, ())]

    def _german(self, word: str) -> list[_Entry]:
        found: dict[str, list[_Entry]] = {}
        for ending in ENDINGS:
            if ending and not word.endswith(ending):
                continue
            core = word[: len(word) - len(ending)]
            self._exact_german(core, found)
            for at in (0, *range(max(SHORTEST_FRONT, len(core) - LONGEST_NOUN), len(core) - 2)):
                for entry in self.stems.get(core[at:], ()):
                    front = _Entry(
                        stem=entry.stem,
                        labels=entry.labels,
                        before=entry.before,
                        after=entry.after,
                        front=core[:at],
                    )
                    found.setdefault(entry.stem + "|" + "".join(entry.labels), [front])
        return [entry for entries in found.values() for entry in entries]

    def _exact_german(self, core: str, found: dict[str, list[_Entry]]) -> None:
        for entry in self.exact.get(core, ()):
            found.setdefault(entry.stem + "|" + "".join(entry.labels), [entry])

    def labels_of_front(self, front: str) -> frozenset[str]:
        """What the front of a compound is by itself, its linking letters taken off."""
        labels: set[str] = set()
        for link in LINKS:
            if front.endswith(link) and len(front) - len(link) >= SHORTEST_FRONT:
                core = front.removesuffix(link)
                for entry in self._known.get(core) or self.entries(core):
                    labels |= entry.labels if not entry.before and not entry.after else set()
        return frozenset(labels)


def _singulars(word: str) -> list[str]:
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    return forms


def adjective(word: str, table: Mapping[str, str]) -> str | None:
    """What the table says of an adjective in any ending."""
    if word in table:
        return table[word]
    for ending in ("e", "en", "er", "es", "em"):
        if word.endswith(ending) and word.removesuffix(ending) in table:
            return table[word.removesuffix(ending)]
    return None
