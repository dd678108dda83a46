"""The medium that somebody speaks to: "sagte X dem Sender Y", "told the BBC", "in an interview with Z"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.extraction.findings import EntityKind
from bot.extraction.quotes.frames import Frame
from bot.extraction.quotes.labels import words_inside
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.phrases import SHORT_NAME, Mention
from bot.extraction.quotes.units import Atom, Unit

PhraseAt = Callable[[Sequence[Atom], int], Mention | None]
WITH = 3  # atoms between "Interview" and the name of the medium
PEOPLE = frozenset({EntityKind.PERSON, EntityKind.COUNTRY, EntityKind.NATIONALITY, EntityKind.PLACE})


class Media:
    """Finds the medium in the clause of a verb of saying, or in an aside without a verb before it."""

    def __init__(self, lexis: Lexis, phrase_at: PhraseAt) -> None:
        self.lexis = lexis
        self.phrase_at = phrase_at

    def relay(self, frame: Frame, unit: Unit) -> Frame:
        """The frame with the medium that relays it, which is no part of the speaker's name."""
        if frame.via is not None or not frame.lemma or "say" not in self.lexis.kinds.get(frame.lemma, ()):
            return frame
        frame = self._apart(frame)
        for atoms in self._around(frame, unit):
            for k in range(len(atoms)):
                medium = self._told(atoms, k, frame)
                if medium and not self._speaks(frame, medium):
                    return replace(frame, via=medium)
        return frame

    def _around(self, frame: Frame, unit: Unit) -> Iterator[Sequence[Atom]]:
        """The atoms of the clause that are the frame's own, and those of an aside before it."""
        for part in unit.parts[max(0, frame.part - 1) : frame.part + 1][::-1]:
            own = part is unit.parts[frame.part]
            if own or not any(atom.forms and not atom.low.endswith("ing") for atom in part.atoms):
                first, last = frame.own if own else (part.start, part.end)
                yield [atom for atom in part.atoms if first <= atom.start < last]

    def _speaks(self, frame: Frame, medium: Mention) -> bool:
        speaker = frame.speaker
        return speaker is not None and speaker.start < medium.end and medium.start < speaker.end

    # Whom it is said to.

    def _told(self, atoms: Sequence[Atom], k: int, frame: Frame) -> Mention | None:
        """The medium whose phrase begins at `k`, if it is said to it or on it."""
        lexis, before = self.lexis, atoms[k - 1].low if k else ""
        if self._interview(atoms, k):
            medium = self._phrase(atoms, k)
            return medium if medium and (self.outlet(medium) or self._unlike_people(medium)) else None
        on_air = before in lexis["on_air"]
        addressed = (
            k > 0 and frame.lemma in lexis["addressed"] and atoms[k - 1].start == (frame.cue or (-1,))[0]
        )
        dative = atoms[k].low in lexis["datives"] and before not in lexis["prepositions"]
        if not (on_air or addressed or dative):
            return None
        medium = self._phrase(atoms, k)
        sure = not on_air or before in lexis["facing"] or (medium is not None and self._known(medium))
        return medium if medium and sure and self.outlet(medium) else None

    def _known(self, medium: Mention) -> bool:
        """Whether it is more than a name in quotation marks: "in „Nordlicht“" may be a film."""
        words = [word for atom in medium.atoms if atom.quote for word in words_inside(atom)]
        if not words or any(atom.name and atom.name.subkind == "media" for atom in medium.atoms):
            return True
        noun = any(self._noun(atom.low) for atom in medium.atoms)
        return noun or words[-1].lower().endswith(tuple(self.lexis["outlets"]))

    def _phrase(self, atoms: Sequence[Atom], k: int) -> Mention | None:
        """Article, media noun and name; a name in quotation marks may stand alone."""
        if atoms[k].quote:
            return Mention((atoms[k],))
        mention = self.phrase_at(atoms, k)
        if mention is None and k + 1 < len(atoms) and atoms[k + 1].quote:
            row = atoms[k : k + 2] if atoms[k].low in self.lexis["datives"] | self.lexis["nominative"] else ()
            return Mention(tuple(row), len(row)) if row else None
        return Mention(mention.atoms[: mention.head], mention.head) if mention else None

    def _interview(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether "Interview mit" or "an interview with" stands right before `k`."""
        if not k or atoms[k - 1].low not in self.lexis["interview_links"] | self.lexis["datives"]:
            return False
        near = [atom.low for atom in atoms[max(0, k - WITH) : k]]
        return any(low.endswith(tuple(self.lexis["interviews"])) for low in near)

    # What is a medium.

    def outlet(self, mention: Mention) -> bool:
        """Whether a phrase is a known medium, a media noun with a name, or a name in quotation marks."""
        head = mention.atoms
        if any(atom.name and atom.name.subkind == "media" for atom in head):
            return True
        if any(atom.quote for atom in head):
            return all(len(atom.text) <= SHORT_NAME for atom in head)
        names = [atom for atom in head if atom.text[:1].isupper()]
        noun = any(self._noun(atom.low) for atom in head)
        if noun:
            return len(names) > (1 if self.lexis.capital_nouns else 0)
        return len(names) > 1 and names[-1].low in self.lexis["outlets"]

    def _noun(self, low: str) -> bool:
        return low in self.lexis["media_nouns"]

    def _unlike_people(self, mention: Mention) -> bool:
        """Whether a phrase of capitals can be a medium that nobody knows."""
        last = mention.atoms[-1]
        named = any(atom.name and atom.name.kind in PEOPLE for atom in mention.atoms)
        capitals = [atom for atom in mention.atoms if atom.text[:1].isupper()]
        named = named or any(atom.name and atom.name.subkind for atom in mention.atoms)
        return not named and last.text[:1].isupper() and (len(capitals) > 1 or last.name is not None)

    # The speaker without the medium.

    def _apart(self, frame: Frame) -> Frame:
        """Of "die Ministerin der „Abendpost“" only the minister speaks; its own staff keeps it."""
        speaker = frame.speaker
        if speaker is None or speaker.pronoun:
            return frame
        for k in range(speaker.head + 1 if self._staff(speaker) else 1, len(speaker.atoms)):
            if speaker.atoms[k].low in self.lexis["datives"]:
                medium = self._phrase(speaker.atoms, k)
                if medium and self.outlet(medium):
                    short = Mention(speaker.atoms[:k], min(speaker.head, k), speaker.pronoun)
                    return replace(frame, speaker=short)
        return frame

    def _staff(self, speaker: Mention) -> bool:
        nouns = [atom.low for atom in speaker.atoms[: speaker.head] if atom.text[:1].isupper()]
        return not self.lexis["media_staff"].isdisjoint(nouns)
