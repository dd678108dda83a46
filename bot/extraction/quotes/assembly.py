"""From the frames of each unit to quotes: which stretches of the text somebody said.

Works on any language whose grammar finds frames and tells whether a unit stands in reported speech.
Speakers are still words of the text, or carried; `speakers.py` says whom they mean.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from bot.extraction.findings import QuoteKind
from bot.extraction.quotes.frames import Frame, Place, Range, Said
from bot.extraction.quotes.phrases import Mention
from bot.extraction.quotes.units import Atom, Unit

FULL_STOPS = ",.;"
MOST = 12  # frames in one unit; more are no sentence anybody wrote


@dataclass(frozen=True, kw_only=True)
class Analysed:
    """A unit with what the grammar found in it.

    Attributes:
        free: Its main clause is reported speech without a frame; `doubtful` only if the one before is.
        subject: Its subject, to whom words without a frame may belong.
    """

    unit: Unit
    frames: tuple[Frame, ...] = ()
    free: bool = False
    doubtful: bool = False
    subject: Mention | None = None


class Grammar(Protocol):
    """What a language has to offer."""

    def analyse(self, unit: Unit) -> Analysed:
        """Frames and mood of a unit."""
        ...

    def label(self, before: Sequence[Atom], quote: Atom) -> bool:
        """Whether words in quotation marks are a name, title or saying."""
        ...


@dataclass
class Assembly:
    """Collects what is said, unit by unit."""

    grammar: Grammar
    is_medium: Callable[[Mention], bool]
    units: list[Analysed]
    said: list[Said] = field(default_factory=list)

    def run(self) -> list[Said]:
        """All quotes in text order."""
        for number in range(len(self.units)):
            self._read(number)
        self.said.sort(key=lambda one: (one.start, -one.end))
        return self.said

    def _read(self, number: int) -> None:
        analysed = self.units[number]
        frames, via = self._split_media(analysed.frames[:MOST])
        if analysed.free and not any(frame.place is Place.AHEAD for frame in frames):
            self._free(number)
            return
        before = len(self.said)
        taken: list[Range] = []
        for index, frame in enumerate(frames):
            taken += self._of_frame(number, frame, frames[index + 1 :], taken, via)
        if len(self.said) == before:
            self._without_frame(number)
        elif frames:
            self._trailing(number, self.said[-1].end)

    def _split_media(self, frames: Sequence[Frame]) -> tuple[list[Frame], Mention | None]:
        """Frames without the medium that only relays what another frame reports, and that medium."""
        if not any(frame.place in (Place.AHEAD, Place.BEHIND, Place.THIS) for frame in frames):
            return list(frames), None
        for frame in frames:
            if frame.place is Place.WHOLE and frame.speaker and self.is_medium(frame.speaker):
                return [one for one in frames if one is not frame], frame.speaker
        return list(frames), None

    # Frames.

    def _of_frame(
        self, number: int, frame: Frame, later: Sequence[Frame], taken: list[Range], via: Mention | None
    ) -> list[Range]:
        unit = self.units[number].unit
        if frame.place is Place.THIS:
            return self._this(number, frame, via)
        if frame.place is Place.OWN:
            return self._own(number, frame, via)
        content = self._content(unit, frame, later, taken)
        content = [one for one in content if one[0] < one[1]]
        if content:
            owns = [one.own for one in (frame, *later) if one.place is not Place.OWN]
            self._add(number, frame, self._pieces(unit, content, owns), via)
        return content

    def _content(self, unit: Unit, frame: Frame, later: Sequence[Frame], taken: list[Range]) -> list[Range]:
        """The stretches of the unit that the frame is about."""
        low = max((end for _, end in taken), default=unit.start)
        if frame.place is Place.BEHIND:
            end = min(
                (one.own[0] for one in later if one.place is not Place.WHOLE and not one.subordinate),
                default=unit.end,
            )
            return [(frame.content, frame.content_end or end)]
        if frame.place is Place.AHEAD:
            rest = (frame.own[1], self._resumed_until(unit, frame.own[1])) if frame.resumes else (0, 0)
            return [(max(low, self._announced(unit, frame.own[0])), frame.own[0]), rest]
        if frame.content_end:
            return [(max(low, frame.content), frame.content_end)]
        end = next((one.own[0] for one in later if one.place is Place.WHOLE), unit.end)
        return [(max(low, frame.content), end)]

    def _resumed_until(self, unit: Unit, start: int) -> int:
        """Where words end that resume in quotation marks; of others where the unit ends."""
        atoms = [atom for part in unit.parts for atom in part.atoms if atom.start >= start]
        if not atoms or not atoms[0].quote:
            return unit.end
        return next((before.end for before, atom in pairwise(atoms) if not atom.quote), atoms[-1].end)

    def _announced(self, unit: Unit, end: int) -> int:
        """Where words in quotation marks behind a colon begin, with nothing but them up to `end`; else 0."""
        for part in reversed([one for one in unit.parts if one.start < end]):
            if not all(atom.quote for atom in part.atoms if atom.start < end):
                return 0
            if part.border == ":":
                return part.start
        return 0

    def _pieces(self, unit: Unit, content: Sequence[Range], owns: Iterable[Range]) -> list[list[Atom]]:
        """The atoms of the content without those of the frames, in unbroken rows."""
        out = sorted(owns)
        rows: list[list[Atom]] = [[]]
        for part in unit.parts:
            for atom in part.atoms:
                inside = any(start <= atom.start < end for start, end in content)
                if inside and not any(start <= atom.start < end for start, end in out):
                    rows[-1].append(atom)
                elif rows[-1]:
                    rows.append([])
        return [row for row in rows if row]

    def _add(self, number: int, frame: Frame, rows: list[list[Atom]], via: Mention | None) -> None:
        atoms = [atom for row in rows for atom in row]
        if not atoms:
            return
        if all(atom.quote for atom in atoms):
            self._direct(number, frame, atoms, via)
            return
        spans = [(row[0].start, row[-1].end) for row in rows]
        self._put(number, QuoteKind.INDIRECT, spans, frame, via)
        self._fragments(number, rows, frame, via)

    def _direct(
        self, number: int, frame: Frame | None, atoms: Sequence[Atom], via: Mention | None = None
    ) -> None:
        spans = [_inside(atom) for atom in atoms if atom.quote]
        self._put(number, QuoteKind.DIRECT, spans, frame, via)

    def _fragments(
        self, number: int, rows: Iterable[Sequence[Atom]], frame: Frame | None, via: Mention | None = None
    ) -> bool:
        found = False
        for row in rows:
            for at, atom in enumerate(row):
                if atom.quote and not self._named(atom, frame) and not self.grammar.label(row[:at], atom):
                    spans = [_inside(atom, stops=FULL_STOPS)]
                    self._put(number, QuoteKind.FRAGMENT, spans, frame, via)
                    found = True
        return found

    def _named(self, atom: Atom, frame: Frame | None) -> bool:
        """Whether a quotation is part of the speaker's own name."""
        speaker = frame.speaker if frame else None
        return speaker is not None and speaker.start <= atom.start < speaker.end

    def _put(
        self,
        number: int,
        kind: QuoteKind,
        spans: list[Range],
        frame: Frame | None,
        via: Mention | None = None,
    ) -> None:
        self.said.append(
            Said(
                spans=spans,
                kind=kind,
                unit=number,
                paragraph=self.units[number].unit.paragraph,
                cue=frame.cue if frame else None,
                speaker=frame.speaker if frame else None,
                antecedent=frame.antecedent if frame else None,
                via=(frame.via if frame else None) or via,
                carried=frame is None or (frame.further and frame.speaker is None),
                further=bool(frame and frame.further),
            )
        )

    def _this(self, number: int, frame: Frame, via: Mention | None) -> list[Range]:
        """The frame "das sagte X": the sentence before."""
        unit = self.units[number].unit
        if not number or self.units[number - 1].unit.paragraph != unit.paragraph:
            return []
        before = self.units[number - 1].unit
        self.said = [one for one in self.said if not (one.unit == number - 1 and one.carried)]
        atoms = [atom for part in before.parts for atom in part.atoms]
        if all(atom.quote for atom in atoms):
            self._direct(number, frame, atoms, via)
        elif not any(one.unit == number - 1 for one in self.said):
            self._put(number, QuoteKind.INDIRECT, [(before.start, before.end)], frame, via)
        return []

    def _own(self, number: int, frame: Frame, via: Mention | None) -> list[Range]:
        """A verb with quoted words in its own clause, or with nothing but an object."""
        unit = self.units[number].unit
        part = unit.parts[frame.part]
        if frame.speaker is None:
            return []
        if not self._fragments(number, [part.atoms], frame, via) and frame.summing:
            joined = len(part.atoms) > 1 and part.border == part.atoms[0].low
            start = part.atoms[1].start if joined else self._from_subject(unit, part.start, frame.speaker)
            self._put(number, QuoteKind.REPORTED, [(start, part.end)], frame, via)
        return []

    def _from_subject(self, unit: Unit, start: int, speaker: Mention) -> int:
        """Where a clause begins whose subject is set off by commas."""
        return speaker.start if unit.start == speaker.start < start else start

    # Without a frame.

    def _free(self, number: int) -> None:
        """Reported speech that goes on without a verb of saying."""
        unit = self.units[number].unit
        end = self._colon(unit) or unit.end
        last = self.said[-1] if self.said else None
        whole = next(
            (one for one in reversed(self.said[-6:]) if one.kind is QuoteKind.INDIRECT and one.carried), None
        )
        if whole and last and whole.last == number - 1 and whole.paragraph == unit.paragraph:
            whole.spans = [(whole.start, end)]
            whole.until = number
        else:
            self._put(number, QuoteKind.INDIRECT, [(unit.start, end)], None)
        self._fragments(number, [part.atoms for part in unit.parts if part.end <= end], None)
        self._trailing(number, end)

    def _colon(self, unit: Unit) -> int:
        """Where the words before a colon end that leads to a quotation; 0 without one."""
        for before, part in pairwise(unit.parts):
            if part.border == ":" and part.only_quotes:
                return before.end
        return 0

    def _trailing(self, number: int, end: int) -> None:
        """Words in quotation marks behind a colon that nothing else took, after reported ones."""
        parts = [part for part in self.units[number].unit.parts if part.start >= end]
        if parts and parts[0].border == ":" and all(part.only_quotes for part in parts):
            self._direct(number, None, [atom for part in parts for atom in part.atoms])

    def _without_frame(self, number: int) -> None:
        analysed = self.units[number]
        atoms = [atom for part in analysed.unit.parts for atom in part.atoms]
        if all(atom.quote for atom in atoms):
            if not self._continues(number, atoms):
                self._direct(number, None, atoms)
        elif analysed.doubtful and self._reported_before(number):
            self._free(number)

    def _continues(self, number: int, atoms: Sequence[Atom]) -> bool:
        """Take words into the quotation of the paragraph before, if that was left open for them."""
        last = self.said[-1] if self.said else None
        if last is None or last.last != number - 1 or last.kind is not QuoteKind.DIRECT:
            return False
        before = [atom for part in self.units[number - 1].unit.parts for atom in part.atoms]
        if not (before[-1].quote and before[-1].quote.goes_on):
            return False
        last.spans += [_inside(atom) for atom in atoms]
        last.until = number
        return True

    def _reported_before(self, number: int) -> bool:
        paragraph = self.units[number].unit.paragraph
        return any(one.last == number - 1 and one.paragraph == paragraph for one in self.said[-6:])


def _inside(atom: Atom, stops: str = ",") -> Range:
    """The words of a quotation without the stop of the sentence around it."""
    stretch = atom.quote
    if stretch is None:
        return atom.start, atom.end
    words = atom.text[stretch.start - atom.start : stretch.end - atom.start]
    return stretch.start, stretch.start + (len(words.rstrip(stops)) or len(words))
