"""Names of elections, whose parts are no names of their own: `2024 United States presidential election`.

German says it in one word (`US-Präsidentenwahl`), whose parts `compounds.py` finds. What belongs to such
a name tells whose election it is, and where, and is noted so.
"""

from collections.abc import Iterator, Sequence

from bot.extraction.components.mentions import Mention
from bot.extraction.components.row import Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import lexicon

LONGEST = 12  # words of such a name
CENTURIES = ("18", "19", "20")


class ElectionNames:
    """Finds names of elections by the year that begins them and the noun that ends them."""

    def __init__(self, lang: str) -> None:
        words = lexicon(lang, "names")
        self._heads = frozenset(words.get("election_heads", ()))
        self._between = frozenset(words.get("election_words", ()))
        self._places = frozenset(words.get("election_places", ()))

    def parted(self, row: Row, mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
        """The mentions that are names of their own, and those inside the name of an election."""
        inside = {at for first, end in self._found(row) for at in range(first, end)} if self._heads else ()
        parts = [one for one in mentions if one.first in inside and one.kind is not EntityKind.PERSON]
        return [one for one in mentions if one not in parts], parts

    def _found(self, row: Row) -> Iterator[tuple[int, int]]:
        for at, word in enumerate(row.lowers):
            if word in self._heads and (first := self._start(row, at)) is not None:
                yield first, self._end(row, at + 1)

    def _start(self, row: Row, head: int) -> int | None:
        """Where the year stands, or None."""
        for at in range(head - 1, max(-1, head - LONGEST), -1):
            word = row.words[at]
            if word.isdigit():
                return at if len(word) == 4 and word.startswith(CENTURIES) else None
            inner = word[:1].isupper() or row.lowers[at] in self._between
            if row.opens[at + 1] or not inner:
                return None
        return None

    def _end(self, row: Row, at: int) -> int:
        """Behind the place that follows: `in the United Kingdom`."""
        if row.lower(at) not in self._places:
            return at
        end = at + 1 + (row.lower(at + 1) == "the")
        first = end
        while row.capital(end) and not row.opens[end]:
            end += 1
        return end if end > first else at
