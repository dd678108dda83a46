"""The vectors of a pipeline: what free text says of a word, then what lists of names say of it.

Words of the free text have a row of their own. Words that only the lists know share one row for each set of
classes, so that a hundred thousand names cost a few kilobytes of floats. Every other word has no vector.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bot.extraction.trained.word_classes import WordClass

Row = np.ndarray[tuple[int], np.dtype[np.float32]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of floats, and the row of each word."""

    rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]
    row_of: Mapping[str, int]


def table(meanings: Mapping[str, Row], classes: Mapping[str, frozenset[WordClass]]) -> Table:
    """One table of both; what lists alone know has zeros for its meaning."""
    rows: list[Row] = []
    row_of: dict[str, int] = {}
    shared: dict[frozenset[WordClass], int] = {}
    for word, row in _joined(meanings, classes):
        kinds = classes.get(word, frozenset())
        known = None if word in meanings else shared.get(kinds)
        if known is None:
            known = len(rows)
            rows.append(row)
            if word not in meanings:
                shared[kinds] = known
        row_of[word] = known
    return Table(rows=np.asarray(rows, dtype=np.float32), row_of=row_of)


def _joined(
    meanings: Mapping[str, Row], classes: Mapping[str, frozenset[WordClass]]
) -> Iterator[tuple[str, Row]]:
    """Each word with its meaning and a one for each of its classes, side by side."""
    width = len(next(iter(meanings.values()))) if meanings else 0
    for word in {**meanings, **classes}:
        row = np.zeros(width + len(WordClass), dtype=np.float32)
        if word in meanings:
            row[:width] = meanings[word]
        for kind in classes.get(word, ()):
            row[width + kind] = 1.0
        yield word, row
