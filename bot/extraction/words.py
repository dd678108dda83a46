"""A text as words, figures, signs and the white space between them: tiles that cover it without a gap.

spaCy's tokens depend on the language and glue units to figures (`40bn`, `14.30-18`); what reads
quantities and times needs one simple cut, made once a text.
"""

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from spacy.tokens import Doc

from bot.extraction.reading import reading_of

KEY = "depesche.words"
SOFT_HYPHEN = "\u00ad"
_TILE = re.compile(
    r"[0-9]+(?:[.,:/’'][0-9]+)*"  # a figure with all that separates its groups
    r"|[^\W\d_]+(?:\u00ad+[^\W\d_]+)*"  # a word, soft hyphens inside
    r"|\n+|[^\S\n]+"  # a line break, other white space
    r"|.",
    re.DOTALL,
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The tiles of a text.

    Attributes:
        texts: The tiles in order; joined they are the text.
        starts: Start character of each tile, and the length of the text at the end.
    """

    texts: list[str]
    starts: list[int]

    def between(self, first: int, last: int) -> str:
        """The text of tiles `first` up to, not including, `last`."""
        return "".join(self.texts[first:last])


def split(text: str) -> Words:
    """Cut a text into its tiles, in linear time."""
    texts = _TILE.findall(text)
    return Words(texts=texts, starts=list(accumulate(map(len, texts), initial=0)))


def words_of(doc: Doc) -> Words:
    """The tiles of a doc's text, cut when first asked for."""
    if KEY not in doc.user_data:
        doc.user_data[KEY] = split(reading_of(doc).text)
    return cast("Words", doc.user_data[KEY])


def plain(text: str) -> str:
    """A word or phrase as lexicons spell it: lower case, one space, no soft hyphens."""
    return " ".join(text.replace(SOFT_HYPHEN, "").lower().split())
