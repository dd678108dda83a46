"""Event types that a rule pack brings, and what the event reader needs to look them up.

A pack is read by itself: its words add nothing to what ships with the program, and two packs know nothing
of each other. So a pack can make no event of another type appear, disappear or change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.extraction.conjugation import spelled
from bot.extraction.events.lexicon import EventLexicon, build_lexicon
from bot.extraction.lexicon import lexicon
from bot.extraction.verbs import VerbForm


@dataclass(frozen=True, kw_only=True)
class EventPack:
    """The event types of one pack in one language, in plain values.

    Attributes:
        place: The file it came from, as people know it.
        types: Event type -> the PLOVER type it falls under, or empty.
        classes: Name -> nouns, as in `lexicons/<lang>/events.yml`.
        frames: Ways to speak of the events, as there.
        verbs: Verbs that the program does not know, as in `lexicons/<lang>/verbs.yml`.
        modality: `verbs`, `nouns` and `words` of `lexicons/<lang>/modality.yml`, and `tenses`.
    """

    place: str
    lang: str
    types: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    frames: Sequence[Mapping[str, Any]] = ()
    verbs: Sequence[str] = ()
    modality: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PackLexicon:
    """A pack ready for looking up: its events, and its own verbs by word."""

    events: EventLexicon
    verbs: Mapping[str, tuple[VerbForm, ...]]


def pack_lexicon(pack: EventPack) -> PackLexicon:
    """The lexicon of a pack: only its frames, with the classes and cues of the language beside its own."""
    lang = pack.lang
    events = build_lexicon(
        lang,
        {"classes": pack.classes, "frames": [_with_plover(row, pack.types) for row in pack.frames]},
        shipped=False,
        modality=_modality(lexicon(lang, "modality"), pack.modality),
    )
    return PackLexicon(events=events, verbs=spelled(lang, pack.verbs))


def _with_plover(row: Mapping[str, Any], types: Mapping[str, str]) -> Mapping[str, Any]:
    return {**row, "plover": types.get(row["type"], "")}


def _modality(shipped: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """What ships, with a pack's words added to each kind of cue and its tenses beside the others."""
    merged = dict(shipped)
    for part in ("verbs", "nouns", "words"):
        kinds = {**shipped[part]}
        for kind, words in own.get(part, {}).items():
            kinds[kind] = [*kinds.get(kind, ()), *words]
        merged[part] = kinds
    merged["tenses"] = {**shipped["tenses"], **own.get("tenses", {})}
    return merged
