"""What the lexicons say of events and modality, ready for looking up.

A rule pack brings frames, classes and cues in the same form; see `packs`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.extraction.clauses import clause_words
from bot.extraction.events.nouns import NounIndex
from bot.extraction.findings import PLOVER, Medium, Modality
from bot.extraction.lexicon import lexicon

CLASS, FRAME, CUE = "class:", "frame:", "cue:"
# Words that tie a clause or an infinitive to a noun, as prepositions tie other nouns: `Beleg dafür, dass`.
TIES = frozenset({"to", "that", "dafür", "darauf", "darüber", "davon"})


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One way to speak of an event; see `lexicons/de/events.yml` for what the fields mean."""

    number: int
    type: str
    verbs: frozenset[str] = frozenset()
    nouns: tuple[str, ...] = ()
    wants: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    parties: int = 0
    who: bool = False
    subject: bool = False
    abroad: bool = False
    free: bool = False
    cue: bool = False
    negated: bool = False
    medium: Medium | None = None
    plover: str = ""

    @property
    def family(self) -> str:
        """The type's first part: `consult`."""
        return self.type.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class ModalityWords:
    """Cues that are no nouns, and the small words that steer their scope."""

    verbs: Mapping[str, str]
    adverbs: Mapping[str, str]
    adjectives: Mapping[str, str]
    kinds: Mapping[str, Mapping[str, str]]
    modals: Mapping[str, Mapping[str, str]]
    tenses: Mapping[str, Mapping[str, str]]
    prepositional: Mapping[str, list[str]]
    topics: frozenset[str]
    generic: frozenset[str]
    settings: frozenset[str]
    setting_pairs: frozenset[str]
    afterwards: frozenset[str]
    beforehand: frozenset[str]
    linking: frozenset[str]
    negation: frozenset[str]
    telling: frozenset[str]
    not_negating: frozenset[str]
    open_verbs: frozenset[str]
    standing: frozenset[str]
    held: frozenset[str]
    inverted: frozenset[str]
    hearsay: frozenset[str]
    amounts_of: frozenset[str]
    superseded: frozenset[str]
    asking: frozenset[str]
    moving: frozenset[str]
    moved_to: frozenset[str]
    withdrawing: frozenset[str]

    def resolve(self, kind: str, event_type: str) -> Modality:
        """The modality a kind of cue means for a type of event."""
        if meanings := self.kinds.get(kind):
            kind = meanings.get(event_type.partition(".")[0]) or meanings["other"]
        return Modality(kind)

    def resolved(self, kinds: Iterable[str], event_type: str) -> list[Modality]:
        """Those that mean anything for a type of event."""
        return [self.resolve(kind, event_type) for kind in kinds if self._speaks(kind, event_type)]

    def _speaks(self, kind: str, event_type: str) -> bool:
        meanings = self.kinds.get(kind)
        return meanings is None or "other" in meanings or event_type.partition(".")[0] in meanings

    def tense(self, time: str, event_type: str) -> Modality:
        """What the tense alone says."""
        parts = event_type.split(".")
        for size in range(len(parts), 0, -1):
            if row := self.tenses.get(".".join(parts[:size])):
                return Modality(row[time])
        return Modality(self.tenses["other"][time])


@dataclass(frozen=True, kw_only=True)
class EventLexicon:
    """Everything the event reader looks up in one language."""

    lang: str
    frames: tuple[Frame, ...]
    by_verb: Mapping[str, tuple[Frame, ...]]
    nouns: NounIndex
    modality: ModalityWords
    others: frozenset[str]
    regions: Mapping[str, str]


@cache
def event_lexicon(lang: str) -> EventLexicon:
    """The lexicon that ships with the program."""
    return build_lexicon(lang)


def build_lexicon(
    lang: str,
    *packs: Mapping[str, Any],
    shipped: bool = True,
    modality: Mapping[str, Any] | None = None,
) -> EventLexicon:
    """The lexicon of a language, with the classes and frames of rule packs added to it.

    Args:
        lang: `de` or `en`.
        packs: Further `classes` and `frames`.
        shipped: Whether the frames that ship are among those looked for; their classes are always known.
        modality: Cues in place of those that ship.
    """
    nouns = NounIndex(lang=lang, prepositions=clause_words(lang).prepositions | TIES)
    specs = [lexicon(lang, "events"), *packs]
    for spec in specs:
        for name, words in spec.get("classes", {}).items():
            nouns.learn(CLASS + name, words)
    rows = [row for spec in (specs if shipped else packs) for row in spec.get("frames", [])]
    frames = tuple(_frame(number, row) for number, row in enumerate(rows))
    for frame in frames:
        nouns.learn(f"{FRAME}{frame.number}", frame.nouns)
    raw = lexicon(lang, "modality") if modality is None else modality
    for kind, words in raw["nouns"].items():
        nouns.learn(CUE + kind, words)
    return EventLexicon(
        lang=lang,
        frames=frames,
        by_verb=_by_verb(frames),
        nouns=nouns,
        modality=_modality(raw),
        others=frozenset(specs[0]["others"]),
        regions=specs[0]["regions"],
    )


def _frame(number: int, row: Mapping[str, Any]) -> Frame:
    medium = row.get("medium")
    return Frame(
        number=number,
        type=row["type"],
        verbs=frozenset(row.get("verbs", ())),
        nouns=tuple(row.get("nouns", ())),
        wants=frozenset(row.get("with", ())),
        after=frozenset(row.get("after", ())),
        near=frozenset(row.get("near", ())),
        beside=frozenset(row.get("beside", ())),
        parties=row.get("parties", 0),
        who=row.get("who", False),
        subject=row.get("subject", False),
        abroad=row.get("abroad", False),
        free=row.get("free", False),
        cue=row.get("cue", False),
        negated=row.get("negated", False),
        medium=Medium(medium) if medium else None,
        plover=row.get("plover") or PLOVER.get(row["type"], ""),
    )


def _by_verb(frames: tuple[Frame, ...]) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for frame in frames:
        for verb in frame.verbs:
            found.setdefault(verb, []).append(frame)
    return {verb: tuple(them) for verb, them in found.items()}


def _modality(raw: Mapping[str, Any]) -> ModalityWords:
    words = [(kind, word) for kind, listed in raw["words"].items() for word in listed]
    return ModalityWords(
        verbs={verb: kind for kind, verbs in raw["verbs"].items() for verb in verbs},
        adverbs={word: kind for kind, word in words if not word.endswith("-")},
        adjectives={word.removesuffix("-"): kind for kind, word in words},
        kinds=raw["kinds"],
        modals=raw["modals"],
        tenses=raw["tenses"],
        prepositional=raw["prepositional"],
        **{
            name: frozenset(raw[name])
            for name in (
                "topics",
                "generic",
                "settings",
                "setting_pairs",
                "afterwards",
                "beforehand",
                "linking",
                "negation",
                "telling",
                "not_negating",
                "open_verbs",
                "standing",
                "held",
                "inverted",
                "hearsay",
                "amounts_of",
                "superseded",
                "asking",
                "moving",
                "moved_to",
                "withdrawing",
            )
        },
    )
