"""Headline and subheadings: lines that shorten what the body says in full."""

import re
from functools import lru_cache

from bot.article.model import Article

LONGEST_SUBHEADING = 120  # characters
_ENDED = re.compile(r"[.!?…:;,][\"'“”’‘»«)\]]*$")


@lru_cache(maxsize=16)  # each event and each quote of an article asks
def headings(article: Article) -> tuple[tuple[int, int], ...]:
    """Start and end, in `article.content`, of the headline and of each subheading of the body.

    A subheading is a short line without a full stop, followed by text.
    """
    start = article.text_start
    found = [(0, start)] if start else []
    lines = article.text.split("\n")
    last = max((place for place, line in enumerate(lines) if line.strip()), default=0)
    for place, line in enumerate(lines):
        if place < last and _is_subheading(line.strip()):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def _is_subheading(line: str) -> bool:
    return 0 < len(line) <= LONGEST_SUBHEADING and not _ENDED.search(line)
