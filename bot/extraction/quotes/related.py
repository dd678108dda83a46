"""Who speaks by a parser's relations, where the rules found a verb of saying and nobody who says it.

Rules come first: they were measured to be right more often than a small parser. A good one also tells where
they took an object, or what a preposition governs, for the speaker.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.extraction.quotes.assembly import Analysed
from bot.extraction.quotes.frames import Frame
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.phrases import Mention
from bot.extraction.quotes.units import Atom, Unit
from bot.extraction.syntax import Syntax


class Related:
    """Asks the relations of one text.

    Args:
        syntax: Of the text.
        tokens: First character of each word -> its token.
        lexis: Of the language.
    """

    def __init__(self, syntax: Syntax, tokens: dict[int, int], lexis: Lexis) -> None:
        self.syntax = syntax
        self.tokens = tokens
        self.lexis = lexis

    def with_speakers(self, analysed: Analysed) -> Analysed:
        """A unit whose frames have the speakers that the relations tell."""
        frames = tuple(self._spoken(frame, analysed.unit) for frame in analysed.frames)
        return replace(analysed, frames=frames)

    def _spoken(self, frame: Frame, unit: Unit) -> Frame:
        verb = self.tokens.get(frame.cue[0]) if frame.cue and frame.lemma else None
        if verb is None or not self._open(frame, verb):
            return frame
        doer = self.syntax.doer(verb)
        mention = self._mention(doer, unit) if doer is not None else None
        return replace(frame, speaker=mention) if mention else frame

    def _open(self, frame: Frame, verb: int) -> bool:
        """Whether nobody is known to say it, or only somebody who cannot be the one."""
        if frame.speaker is None:
            return True
        heads = (self.tokens.get(atom.start) for atom in frame.speaker.atoms[: frame.speaker.head])
        return any(head is not None and self.syntax.cannot_do(head, verb) for head in heads)

    def _mention(self, head: int, unit: Unit) -> Mention | None:
        """The phrase of a token as the rules know phrases: unbroken, in one part of the unit."""
        inside = set(self.syntax.phrase(head))
        for part in unit.parts:
            tokens = [self.tokens.get(atom.start) for atom in part.atoms]
            if head in tokens:
                at = tokens.index(head)
                start, end = _row(at, [token in inside for token in tokens])
                return self._of(part.atoms[start:end], at - start)
        return None

    def _of(self, atoms: Sequence[Atom], head: int) -> Mention | None:
        alone = atoms[head].low if len(atoms) == 1 and atoms[head].low in self.lexis["subjects"] else ""
        named = alone or len(atoms) > 1 or atoms[head].capital  # `which` and `it` name nobody
        return Mention(tuple(atoms), head + 1, alone) if named else None


def _row(at: int, inside: Sequence[bool]) -> tuple[int, int]:
    """The unbroken row around one atom of those that are of its phrase."""
    start, end = at, at + 1
    while start and inside[start - 1]:
        start -= 1
    while end < len(inside) and inside[end]:
        end += 1
    return start, end
