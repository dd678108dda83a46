"""What a sentence says about somebody's words: the shapes that the grammar of a language finds."""

from dataclasses import dataclass
from enum import Enum

from bot.extraction.findings import QuoteKind
from bot.extraction.quotes.phrases import Mention

Range = tuple[int, int]


class Place(Enum):
    """Where the words stand that a frame is about."""

    BEHIND = "behind"  # "X sagte, …"
    AHEAD = "ahead"  # "…, sagte X"
    WHOLE = "whole"  # "Laut X …"
    THIS = "this"  # "Das sagte X": the sentence before
    OWN = "own"  # "X nannte das „…“", "X forderte …"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Somebody says something, here.

    Attributes:
        part: Number of its part in the unit.
        cue: The characters of the verb or preposition.
        own: The characters of the frame itself, which are no reported words.
        lemma: The verb; empty for a preposition.
        content: Where the reported words begin, for BEHIND; `content_end` where they end, if not with the
            sentence.
        resumes: The words go on behind the frame, for AHEAD.
        summing: With nothing but an object it sums up what was said.
        further: "er" is whoever spoke last.
        relative: The speaker is a relative pronoun; `antecedent` is whom it means.
    """

    part: int
    place: Place
    cue: Range | None
    own: Range
    lemma: str = ""
    speaker: Mention | None = None
    antecedent: Mention | None = None
    via: Mention | None = None
    content: int = 0
    content_end: int = 0
    resumes: bool = False
    summing: bool = False
    further: bool = False
    subordinate: bool = False


@dataclass(kw_only=True)
class Said:
    """A quote before its speaker is known by name.

    Attributes:
        spans: Its parts, in characters.
        carried: The speaker is whoever spoke last.
        unit: Number of the unit it begins in; `until` of the one it ends in, if it goes on.
    """

    spans: list[Range]
    kind: QuoteKind
    unit: int
    paragraph: int
    cue: Range | None = None
    speaker: Mention | None = None
    antecedent: Mention | None = None
    via: Mention | None = None
    carried: bool = False
    further: bool = False
    until: int = 0

    @property
    def last(self) -> int:
        """Number of the unit it ends in."""
        return max(self.unit, self.until)

    @property
    def start(self) -> int:
        """First character."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Character after the last."""
        return self.spans[-1][1]
