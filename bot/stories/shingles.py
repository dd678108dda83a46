"""Which text is an edited copy of which: an index of sampled shingles.

A shingle is three words in a row. Of the hashes of a text those are kept that end in enough zero bits; the
longer the text, the more bits, so that a sketch holds some two dozen whatever the length. What is kept of a
long text is a part of what would be kept of it with fewer bits, so a text and an excerpt of it are compared
on what both would have kept. Of a copy with one word in five changed half the shingles are left.

Sampling by the value of the hash: A. Broder, On the resemblance and containment of documents (1997).
"""

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from zlib import crc32

WORDS = 3  # in a shingle
SAMPLE = 24  # between SAMPLE and twice as many hashes are kept of a text that has so many
ALIKE = 0.3  # share of the kept hashes of a text that stand in another one of which it is a copy
OPENING = 0.15  # the same of its first third: a text that only ends like another one reports something new
LEAST = 4  # hashes in common; less may be a figure of speech
MOST_HOLDERS = 100  # texts that have a shingle; what more have is a standing phrase and leads to none
MOST_TEXTS = 100_000
_BITS = 56  # of a hash
_MASK = (1 << _BITS) - 1
_FIRST, _SECOND, _MIX = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Sketch:
    """What is kept of a text.

    Attributes:
        level: Zero bits that each of the hashes ends in.
        hashes: Of its shingles, each once, in the order of the text; none of a text of one or two words.
    """

    level: int
    hashes: tuple[int, ...]

    def at(self, level: int) -> tuple[int, ...]:
        """What would be kept with at least so many zero bits."""
        if level <= self.level:
            return self.hashes
        mask = (1 << level) - 1
        return tuple(one for one in self.hashes if not one & mask)


@dataclass(frozen=True, kw_only=True)
class Kinship:
    """What a text has of an older one.

    Attributes:
        key: Of the older one.
        share: Of the text that stands in the older one, 0 to 1.
        opening: The same of its first third.
    """

    key: str
    share: float
    opening: float

    @property
    def is_copy(self) -> bool:
        """Whether it says the same with some words changed; else it reuses parts behind a new beginning."""
        return self.opening >= OPENING


def sketch_of(text: str) -> Sketch:
    """The sketch of a text, the same on every machine; case, punctuation and spaces do not count."""
    found = shingles(text)
    level = max(0, (len(found) // SAMPLE).bit_length() - 1)
    mask = (1 << level) - 1
    return Sketch(level, tuple(dict.fromkeys([one for one in found if not one & mask])))


def shingles(text: str) -> list[int]:
    """The hashes of all shingles of a text, in order: 56 bits each."""
    words = [_number(word) for word in _WORD.findall(text.lower())]
    triples = zip(words, islice(words, 1, None), islice(words, 2, None), strict=False)
    # The middle bits of the product: the lowest of them depend on the lowest of the words alone.
    return [(one * _FIRST + two * _SECOND + three) * _MIX >> 40 & _MASK for one, two, three in triples]


@lru_cache(maxsize=50_000)
def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


class ShingleIndex:
    """The texts so far, found by what they share. Holds no more than it is told to, the oldest goes first.

    Args:
        most: Texts kept.
    """

    def __init__(self, *, most: int = MOST_TEXTS) -> None:
        self.most = most
        self._sketches: OrderedDict[str, Sketch] = OrderedDict()
        # Nearly every shingle stands in one text: no list is made for it.
        self._holders: dict[int, str | list[str]] = {}

    def __len__(self) -> int:
        """How many texts are known."""
        return len(self._sketches)

    def nearest(self, sketch: Sketch) -> Kinship | None:
        """The text of which a text has most, if that is enough to call it more than chance.

        Copies go before texts that only share a part; of two alike the older one.
        """
        shared = Counter(key for one in sketch.hashes for key in self._holding(one))
        kin = (self._kinship(sketch, key) for key, number in shared.items() if number >= LEAST)
        close = [one for one in kin if one.share >= ALIKE]
        return max(close, key=lambda one: (one.is_copy, one.share), default=None)

    def add(self, key: str, sketch: Sketch) -> None:
        """Take in a text; one whose key is known stays as it is."""
        if key in self._sketches:
            return
        self._sketches[key] = sketch
        for one in sketch.hashes:
            self._hold(one, key)
        if len(self._sketches) > self.most:
            self.remove(next(iter(self._sketches)))

    def remove(self, key: str) -> None:
        """Forget a text, if it is known."""
        sketch = self._sketches.pop(key, None)
        for one in sketch.hashes if sketch else ():
            self._let_go(one, key)

    def _kinship(self, sketch: Sketch, key: str) -> Kinship:
        other = self._sketches[key]
        level = max(sketch.level, other.level)
        mine, theirs = sketch.at(level), frozenset(other.at(level))
        opening = mine[: (len(mine) + 2) // 3]
        return Kinship(key=key, share=_share(mine, theirs), opening=_share(opening, theirs))

    def _holding(self, one: int) -> Sequence[str]:
        holders = self._holders.get(one, ())
        if isinstance(holders, str):
            return (holders,)
        return holders if len(holders) <= MOST_HOLDERS else ()

    def _hold(self, one: int, key: str) -> None:
        holders = self._holders.setdefault(one, key)
        if isinstance(holders, list):
            holders.append(key)
        elif holders != key:
            self._holders[one] = [holders, key]

    def _let_go(self, one: int, key: str) -> None:
        holders = self._holders[one]
        if isinstance(holders, list) and len(holders) > 1:
            holders.remove(key)
        else:
            del self._holders[one]


def _share(some: Iterable[int], others: frozenset[int]) -> float:
    """How many of some are among the others, as a part of some."""
    found = [one in others for one in some]
    return sum(found) / len(found) if found else 0.0
