"""Who says something in an English sentence, and where what is said stands.

English tells by order: the subject before the verb, what is said behind it, with or without "that",
or before it and a comma.
"""

from collections.abc import Sequence

from bot.extraction.quotes.assembly import Analysed
from bot.extraction.quotes.content import Content
from bot.extraction.quotes.frames import Frame, Place
from bot.extraction.quotes.labels import is_label
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.media import Media
from bot.extraction.quotes.nominals import Nominals
from bot.extraction.quotes.phrases import Mention
from bot.extraction.quotes.predicates import Predicates
from bot.extraction.quotes.units import Atom, Part, Unit
from bot.extraction.verbs import Shape

BACK = 4  # parts between a subject and its verb
OWNERS = ("by", "from", "of", "in")
QUOTES = "\"'“”‘’"
SHORT = 10  # atoms of an attribution that is a sentence of its own: "Smith asked."


class EnglishFrames:
    """Finds the frames of a unit."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis
        self.nominals = Nominals(lexis)
        self.predicates = Predicates(lexis, self.nominals)
        self.content = Content(lexis, self.nominals, self.predicates)
        self.media = Media(lexis, self.nominals.at)

    def analyse(self, unit: Unit) -> Analysed:
        """The frames of a unit; English has no mood for reported speech."""
        frames: list[Frame] = []
        for i, part in enumerate(unit.parts):
            found = self._according(i, part) or self._verbal(i, unit) or self._colon(i, unit)
            if found and not any(self._covers(one, found, unit) for one in frames):
                if found.place is Place.AHEAD and not any(one.place is Place.AHEAD for one in frames):
                    frames = [one for one in frames if one.place is Place.WHOLE]
                frames.append(found)
        relayed = tuple(self.media.relay(frame, unit) for frame in self._outer(frames, unit))
        return Analysed(
            unit=unit, frames=relayed, doubtful=self._backshifted(unit), subject=self._main_subject(unit)
        )

    def _backshifted(self, unit: Unit) -> bool:
        """Whether the main verb is "would", by which reported speech goes on over sentences."""
        part = next((one for one in unit.parts if self.predicates.first(one) is not None), None)
        verb = self.predicates.first(part) if part else None
        return part is not None and verb is not None and part.atoms[verb].low in self.lexis["backshift"]

    def label(self, before: Sequence[Atom], quote: Atom) -> bool:
        """Whether words in quotation marks are a name, title or saying."""
        return is_label(before, quote, self.lexis)

    def _outer(self, frames: list[Frame], unit: Unit) -> list[Frame]:
        """The frames without "as X recalls it" and "according to X" beside words in marks with their own."""
        marked = any(frame.place is Place.AHEAD for frame in frames) and unit.parts[0].atoms[0].quote
        return [frame for frame in frames if not (marked and frame.place is Place.WHOLE)]

    def _covers(self, earlier: Frame, frame: Frame, unit: Unit) -> bool:
        """Whether a frame lies in the words that an earlier one reports."""
        if earlier.place is not Place.BEHIND or frame.place in (Place.AHEAD, Place.WHOLE):
            return False
        part = unit.parts[frame.part]
        own_subject = frame.speaker is not None and frame.speaker.start >= part.start
        if self.predicates.joined(part) and not frame.subordinate and not own_subject:
            before = [atom.low for atom in part.atoms if frame.cue and atom.start < frame.cue[0]]
            return not (self.lexis["backshift"] | self.lexis["modals"]).isdisjoint(before)
        apart = part.border == ";" or part.atoms[0].low in self.lexis["contrasts"]
        if apart and own_subject and frame.place is Place.BEHIND:
            return False
        end = earlier.content_end or unit.end
        return earlier.content <= frame.own[0] < end

    def _main_subject(self, unit: Unit) -> Mention | None:
        for i, part in enumerate(unit.parts):
            verb = self.predicates.first(part)
            if verb is not None and part.atoms[0].low not in self.lexis["subordinators"]:
                return self.nominals.before(part.atoms, verb) if verb else self._before(i, unit)
        return None

    # Verbs.

    def _verbal(self, i: int, unit: Unit) -> Frame | None:
        part = unit.parts[i]
        if self._participial(i, unit):
            return None
        for k, atom in enumerate(part.atoms):
            opens = all(one.quote for one in part.atoms[:k])
            lemma = self.predicates.saying(part.atoms, k, gerund=opens and (i > 0 or k > 0))
            if lemma and atom.low not in self.lexis["citing"] and self.predicates.is_predicate(part.atoms, k):
                frame = self._of_verb(i, k, lemma, unit)
                if frame:
                    return frame
        return None

    def _participial(self, i: int, unit: Unit) -> bool:
        """Whether a part is an insertion with a participle: "Holt, asked about the plan, said"."""
        first = unit.parts[i].atoms[0]
        if not any(form.shape is Shape.PARTICIPLE for form in first.forms) or unit.parts[i].border != ",":
            return False
        led = i == 1 and self.predicates.first(unit.parts[0]) is None
        return led and any(self._begins_with_verb(part) for part in unit.parts[i + 1 :])

    def _of_verb(self, i: int, k: int, lemma: str, unit: Unit) -> Frame | None:
        part = unit.parts[i]
        atoms = part.atoms
        passive = self.predicates.passive(atoms, k)
        ahead = self._ahead(i, k, lemma, unit)
        behind = 0 if ahead else self.content.start(i, k, lemma, unit)
        speaker, inverted = self._subject(i, k, unit, ahead=ahead)
        if passive and lemma not in self.lexis["relaying"]:
            speaker = self.nominals.by(atoms, k + 1)
        unsaid = lemma in self.lexis["infinitive"] or lemma in self.lexis.needs
        if speaker is None and (not passive or unsaid):
            return None
        via = None
        if lemma in self.lexis["relaying"] and not passive:
            speaker, via = self._relayed(atoms, k, speaker)
        speaker, via = self._citing(unit, i, speaker, via)
        return Frame(
            part=i,
            place=self._place(i, k, unit, ahead=ahead, behind=behind),
            cue=(atoms[k].start, atoms[k].end),
            own=(
                self._own_start(atoms, k, speaker if ahead else None, inverted=inverted),
                behind if part.start < behind < part.end else part.end,
            ),
            lemma=lemma,
            speaker=speaker,
            via=via,
            content=behind,
            content_end=self.content.quote_end(behind, unit) or self.content.phrase_end(i, behind, unit),
            resumes=ahead and i + 1 < len(unit.parts) and self._goes_on(i, unit),
            further=lemma in self.lexis["further"],
            summing=not passive and self._sums(atoms, k, lemma),
            subordinate=atoms[0].low in self.lexis["relatives"],
        )

    def _own_start(self, atoms: Sequence[Atom], k: int, speaker: Mention | None, *, inverted: bool) -> int:
        """Where an attribution begins: behind the words in quotation marks before it."""
        if inverted:
            return atoms[k].start
        if speaker is not None and speaker.end <= atoms[0].start:
            return speaker.start
        quoted = [j for j in range(k) if atoms[j].quote]
        return atoms[quoted[-1] + 1].start if quoted else atoms[0].start

    def _place(self, i: int, k: int, unit: Unit, *, ahead: bool, behind: int) -> Place:
        atoms = unit.parts[i].atoms
        if ahead:
            return Place.AHEAD
        if behind:
            return Place.BEHIND
        if atoms[0].low in self.lexis["like"]:
            return Place.WHOLE
        silent = atoms[-1].low in self.lexis["empty_objects"]
        if len(unit.parts) == 1 and k >= len(atoms) - 2 and len(atoms) <= SHORT and not silent:
            return Place.THIS
        return Place.OWN

    def _sums(self, atoms: Sequence[Atom], k: int, lemma: str) -> bool:
        following = atoms[k + 1].low if k + 1 < len(atoms) else ""
        return lemma in self.lexis["summing"] or f"{lemma}_{following}" in self.lexis["summing_phrases"]

    # Subjects.

    def _subject(self, i: int, k: int, unit: Unit, *, ahead: bool) -> tuple[Mention | None, bool]:
        """The speaker, and whether it stands behind the verb."""
        atoms = unit.parts[i].atoms
        front = self.nominals.before(atoms, k)
        if front is not None:
            return front, False
        if ahead and not self._told(atoms[k]):
            behind = self.nominals.at(atoms, k + 1)
            if behind is not None:
                return behind, True
        return self._before(i, unit), False

    def _told(self, atom: Atom) -> bool:
        """Whether the phrase behind the verb is whom it is said to: "told parliament"."""
        return any(form.lemma in self.lexis["never_inverted"] for form in atom.forms)

    def _before(self, i: int, unit: Unit) -> Mention | None:
        """The subject in the parts before a verb; of several without a verb the first."""
        joined = self.predicates.joined(unit.parts[i])
        found: Mention | None = None
        for part in reversed(unit.parts[max(0, i - BACK) : i]):
            opener = part.atoms[0].low
            if part.border == "," and opener in self.lexis["subordinators"] | self.lexis["prepositions"]:
                continue
            if (
                any(atom.text[:1].isdigit() for atom in part.atoms[1:])
                and self.predicates.first(part) is None
            ):
                break  # a list: "Norway $3m, Sweden $2m, the chairman said"
            if (
                self.predicates.first(part) == 0
            ):  # behind an insertion: "Holt, the minister, said A and warned"
                continue
            subject = self._of_part(part, joined=joined)
            if part.border == ";":
                return subject or found
            if self.predicates.first(part) is not None or part.border in ("", *self.lexis["coordinators"]):
                return subject or found
            found = subject or found
        return found

    def _of_part(self, part: Part, *, joined: bool) -> Mention | None:
        """The subject of an earlier part: of its verb, or a phrase without one before an insertion."""
        verb = self.predicates.first(part)
        if verb is not None:
            subject = self.nominals.at(part.atoms, verb + 1) if part.atoms[0].quote else None
            return (subject or self.nominals.before(part.atoms, verb)) if joined else None
        whose = next((k for k, atom in enumerate(part.atoms) if k and atom.low == "whose"), None)
        quoted = sum(1 for atom in part.atoms if atom.quote)
        return self.nominals.at(part.atoms, quoted if whose is None else whose + 1)

    def _relayed(
        self, atoms: Sequence[Atom], k: int, subject: Mention | None
    ) -> tuple[Mention | None, Mention | None]:
        quoted = self.nominals.at(atoms, k + 1)
        return (quoted, subject) if quoted is not None else (subject, None)

    def _citing(
        self, unit: Unit, i: int, speaker: Mention | None, via: Mention | None
    ) -> tuple[Mention | None, Mention | None]:
        """With "X reported, citing Y" Y speaks, through X."""
        for part in unit.parts[i : i + 3]:
            for k, atom in enumerate(part.atoms):
                if atom.low in self.lexis["citing"]:
                    cited = self.nominals.at(part.atoms, k + 1)
                    return (cited, speaker) if cited and self._speaks(cited) else (speaker, via)
        return speaker, via

    def _speaks(self, mention: Mention) -> bool:
        """Whether a phrase can be somebody who was asked or a document, and no reason: "citing demand"."""
        lexis, head = self.lexis, mention.atoms[: mention.head]
        endings = tuple(lexis["human_endings"] | lexis["plural_endings"] | lexis["media"] | lexis["sources"])
        return any(atom.name or atom.low.endswith(endings) for atom in head)

    # Reported words.

    def _ahead(self, i: int, k: int, lemma: str, unit: Unit) -> bool:
        """Whether the words stand before the verb: "…," X said."""
        atoms = unit.parts[i].atoms
        if not self.lexis.kinds[lemma] & {"say", "hold"}:
            return False
        rest = atoms[k + 1 :]
        if any(atom.quote or atom.low in self.lexis["that"] for atom in rest):
            return False
        closed = (
            k > 0 and atoms[0].quote is not None and atoms[0].text.rstrip(QUOTES)[-1:] in (",", ".", "!", "?")
        )
        if self.predicates.behind(atoms, k) and not closed:
            return False
        if i + 1 < len(unit.parts) and unit.parts[i + 1].border == ":":
            return False
        if any(atom.quote for atom in atoms[:k]):
            return True
        part = unit.parts[i]
        if not i or atoms[0].low in self.lexis["subordinators"] or self.predicates.joined(part):
            return False
        if lemma in self.lexis["deeds"]:
            return False
        return self._inserted(i, unit) or any(self._words(j, unit) for j in range(i))

    def _words(self, j: int, unit: Unit) -> bool:
        """Whether a part can be somebody's words."""
        part = unit.parts[j]
        if part.only_quotes or part.atoms[0].quote:
            return True
        if part.atoms[0].low in self.lexis["relatives"] | {"as"}:
            return False
        return self.predicates.predicated(part) and not self._reports(j, unit)

    def _reports(self, j: int, unit: Unit) -> bool:
        """Whether a part reports words of its own: "Holt said the plan was dead, …"."""
        atoms = unit.parts[j].atoms
        for k in range(len(atoms)):
            lemma = self.predicates.saying(atoms, k)
            if "say" in self.lexis.kinds.get(lemma, ()) and self.predicates.is_predicate(atoms, k):
                return self.content.start(j, k, lemma, unit) > 0
        return False

    def _inserted(self, i: int, unit: Unit) -> bool:
        """Whether an attribution stands inside the words: "The law, critics say, is weak"."""
        if i + 1 >= len(unit.parts) or unit.parts[i].border != "," or unit.parts[i + 1].border != ",":
            return False
        before, behind = unit.parts[i - 1], unit.parts[i + 1]
        if self._lone(before):
            return True
        return self.predicates.first(before) is None and self._begins_with_verb(behind)

    def _lone(self, part: Part) -> bool:
        """Whether a part is a mere conjunction: "But, the judges reasoned, he must expect it"."""
        return len(part.atoms) == 1 and part.atoms[0].low in self.lexis["coordinators"]

    def _begins_with_verb(self, part: Part) -> bool:
        if part.atoms[0].low in self.lexis["auxiliaries"]:
            return True
        return any(form.shape is Shape.FINITE for form in part.atoms[0].forms)

    def _goes_on(self, i: int, unit: Unit) -> bool:
        """Whether reported words resume behind an attribution."""
        first = unit.parts[i + 1]
        if self._lone(unit.parts[i - 1]):
            return True
        led = bool(first.atoms) and first.border == ","
        if led and self._begins_with_verb(first):
            return True
        if first.only_quotes or first.atoms[0].quote or first.border in self.lexis["coordinators"]:
            return True
        verb = self.predicates.first(first)
        joins = first.border == "," and first.atoms[0].low in self.lexis["coordinators"]
        return joins and verb is not None and verb > 1 and not self.predicates.saying(first.atoms, verb)

    # Without a verb.

    def _according(self, i: int, part: Part) -> Frame | None:
        """The frame "according to X"."""
        for k, atom in enumerate(part.atoms[:-2]):
            if atom.low in self.lexis["according"]:
                mention = self._whose(part.atoms, k + 2)
                if mention:
                    own = (atom.start, self._source_end(part, mention))
                    cue = (atom.start, part.atoms[k + 1].end)
                    return Frame(part=i, place=Place.WHOLE, cue=cue, own=own, speaker=mention)
        return None

    def _source_end(self, part: Part, mention: Mention) -> int:
        """Where the source ends, with a participle behind it: "people briefed on the talks"."""
        row = [atom for atom in part.atoms if atom.start >= mention.end]
        led = len(row) > 1 and row[1].low in self.lexis["prepositions"]
        if led and any(form.shape is Shape.PARTICIPLE for form in row[0].forms):
            return part.end
        return mention.end

    def _whose(self, atoms: Sequence[Atom], k: int) -> Mention | None:
        """The source that begins at `k`: of "a report by the ministry" the ministry."""
        mention = self.nominals.at(atoms, k)
        if mention is None or mention.atoms[mention.head - 1].low not in self.lexis["sources"]:
            return mention
        end = k + mention.head
        owner = self.nominals.at(atoms, end + 1) if end < len(atoms) and atoms[end].low in OWNERS else None
        return owner or mention

    def _colon(self, i: int, unit: Unit) -> Frame | None:
        """A phrase before a colon with words in quotation marks behind it."""
        if i + 1 >= len(unit.parts) or unit.parts[i + 1].border != ":":
            return None
        part, following = unit.parts[i], unit.parts[i + 1]
        if not following.atoms[0].quote:
            return None
        verb = self.predicates.first(part)
        speaker = self._before(i, unit) if i and verb is None else self.nominals.at(part.atoms, 0)
        own = (part.start, part.end)
        end = self.content.quote_end(following.start, unit)
        return Frame(
            part=i,
            place=Place.BEHIND,
            cue=None,
            own=own,
            speaker=speaker,
            content=following.start,
            content_end=end,
        )
