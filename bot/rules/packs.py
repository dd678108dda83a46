"""A rule pack's own event types: `events.<lang>.yml` in its folder, read and checked.

The form is that of `bot/extraction/lexicons/<lang>/events.yml`, with the types and the pack's own cues in the
same file. A type that ships cannot be brought again: a pack changes nothing that others rely on.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from bot.errors import Issue
from bot.extraction.conjugation import lemma_of, verb_lexicon
from bot.extraction.events.packs import EventPack
from bot.extraction.findings import PLOVER, Medium, Modality
from bot.extraction.lexicon import LANGUAGES, lexicon
from bot.located import Node, read_yaml
from bot.rules import fields
from bot.rules.fields import Notes, TooManyIssuesError
from bot.rules.limits import LONGEST_FILE, is_small
from bot.rules.vocabulary import units

FILE = re.compile(r"events\.(?P<lang>[a-z]{2})\.ya?ml")
TYPE = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*){0,2}")
WORD = re.compile(r"=?[\w’'-]+( [\w’'-]+){0,3}")
CUE = re.compile(r"[\w’'-]+( [\w’'-]+){0,3}")
VERB = re.compile(r"[a-zäöüß|-]+")
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
LONGEST = 60  # characters of a word
KEYS = ("types", "classes", "frames", "verbs", "modality")
LISTS = ("verbs", "nouns", "with", "after", "near", "beside")
FLAGS = ("who", "subject", "abroad", "free", "cue", "negated")
FRAME_KEYS = ("type", *LISTS, "parties", *FLAGS, "medium")
CUES = ("verbs", "nouns", "words")
TENSES = ("present", "past", "future")
# What `with` can name beside classes: whoever can act, a country or place, an amount.
ANYBODY = ("someone", "land", "money_amount")
# The event types of PLOVER (github.com/openeventdata/PLOVER), the field's standard ontology.
PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


def language_of_events(name: str) -> str | None:
    """The language of a file of event types by its name, `events.de.yml`; None for any other file."""
    found = FILE.fullmatch(name)
    return found["lang"] if found else None


def load_events(text: str, place: str, lang: str) -> tuple[EventPack | None, list[Issue]]:
    """Read one file of event types.

    Returns:
        The pack, or None if an issue keeps it out; and all issues in order of place.
    """
    if lang not in LANGUAGES:
        return None, [_whole(place, f"articles are read in {' and '.join(LANGUAGES)}, not in “{lang}”")]
    if len(text) > LONGEST_FILE:
        return None, [_whole(place, f"a file of event types may have {LONGEST_FILE:,} characters")]
    root, issues = read_yaml(text, place)
    if issues:
        return None, issues
    if root is None:
        return None, [_whole(place, "the file is empty")]
    notes = Notes(place)
    pack = None
    try:
        pack = _pack(root, notes, lang) if is_small(root, notes) else None
    except TooManyIssuesError:
        notes.issues.append(_whole(place, f"more than {len(notes.issues)} mistakes: mend these first"))
    return (None if notes.fatal else pack), sorted(notes.issues, key=lambda one: (one.line, one.column))


def types_of(packs: Iterable[EventPack]) -> frozenset[str]:
    """The event types that packs bring."""
    return frozenset(name for pack in packs for name in pack.types)


def _whole(place: str, message: str) -> Issue:
    return Issue(place=place, line=0, column=0, message=message)


def _pack(root: Node, notes: Notes, lang: str) -> EventPack | None:
    given = fields.mapping(root, KEYS, notes, "a file of event types")
    if "frames" not in given:
        if isinstance(root.value, dict):
            notes.error(root, "the key “frames” is missing: a list of ways to speak of the events")
        return None
    classes = _classes(given["classes"], notes) if "classes" in given else {}
    verbs = _verbs(given["verbs"], notes) if "verbs" in given else []
    reader = _Frames(notes=notes, lang=lang, classes=classes, verbs=verbs)
    frames = reader.read(given["frames"])
    named = _types(given["types"], notes) if "types" in given else {}
    types = {**dict.fromkeys(row["type"] for row in frames), **named}
    return EventPack(
        place=notes.place,
        lang=lang,
        types={name: plover or "" for name, plover in types.items()},
        classes=classes,
        frames=frames,
        verbs=verbs,
        modality=_modality(given["modality"], notes) if "modality" in given else {},
    )


def _types(node: Node, notes: Notes) -> dict[str, str]:
    """Event type -> PLOVER type."""
    if not isinstance(node.value, dict):
        notes.error(node, "types must be a block, such as {mining.close: COERCE}")
        return {}
    found = {}
    for name, member in node.value.items():
        if _is_type(name, node.keys[name], notes):
            found[name] = fields.choice(member, PLOVER_TYPES, notes, "PLOVER type") or ""
    return found


def _is_type(name: str, where: Node | tuple[int, int], notes: Notes) -> bool:
    if name in PLOVER:
        notes.error(where, f"the event type “{name}” ships with Depesche: choose another name")
    elif not TYPE.fullmatch(name) or len(name) > LONGEST:
        mend = "write small letters, such as mining.close"
        notes.error(where, f"“{fields.shown(name)}” is no event type: {mend}")
    else:
        return True
    return False


def _classes(node: Node, notes: Notes) -> dict[str, list[str]]:
    if not isinstance(node.value, dict):
        notes.error(node, "classes must be a block of lists, such as {mines: [mine, pit]}")
        return {}
    for name in node.value:
        if not NAME.fullmatch(name):
            notes.error(node.keys[name], f"“{fields.shown(name)}” is no name of a class: write small letters")
    return {name: _words(member, notes, "a noun", WORD) for name, member in node.value.items()}


def _verbs(node: Node, notes: Notes) -> list[str]:
    return _words(node, notes, "a verb", VERB)


def _words(node: Node, notes: Notes, what: str, form: re.Pattern[str]) -> list[str]:
    """Words of the lexicon, in small letters as it has them."""
    found = []
    for text, member in fields.lines(node, notes, what):
        word = text.lower()
        if not form.fullmatch(word) or len(word) > LONGEST:
            notes.error(member, f"“{fields.shown(text)}” is not {what} as lexicons write it")
        else:
            found.append(word)
    return found


def _modality(node: Node, notes: Notes) -> dict[str, dict[str, Any]]:
    """Cues by kind, and what a tense alone says."""
    given = fields.mapping(node, (*CUES, "tenses"), notes, "modality")
    found: dict[str, dict[str, Any]] = {}
    for part in CUES:
        if part in given:
            kinds = fields.mapping(given[part], tuple(map(str, Modality)), notes, f"modality.{part}")
            found[part] = {kind: _words(member, notes, "a cue", CUE) for kind, member in kinds.items()}
    if "tenses" in given:
        found["tenses"] = _tenses(given["tenses"], notes)
    return found


def _tenses(node: Node, notes: Notes) -> dict[str, dict[str, str]]:
    if not isinstance(node.value, dict):
        notes.error(node, "tenses must be a block, such as {mining: {present: decided, past: occurred, …}}")
        return {}
    return {name: _tense(member, notes) for name, member in node.value.items()}


def _tense(node: Node, notes: Notes) -> dict[str, str]:
    given = fields.mapping(node, TENSES, notes, "tenses")
    missing = [name for name in TENSES if name not in given]
    if given and missing:
        notes.error(node, f"say also what {', '.join(missing)} means")
    read = {name: fields.choice(member, tuple(Modality), notes, "modality") for name, member in given.items()}
    return {name: modality for name, modality in read.items() if modality}


class _Frames:
    """Reads the frames of one file, knowing its classes and verbs."""

    def __init__(
        self, *, notes: Notes, lang: str, classes: Mapping[str, object], verbs: Iterable[str]
    ) -> None:
        self.notes = notes
        self.lang = lang
        self.classes = frozenset(classes) | frozenset(lexicon(lang, "events")["classes"])
        self.verbs = frozenset(lemma_of(lang, verb) for verb in verbs) | _known_verbs(lang)

    def read(self, node: Node) -> list[dict[str, Any]]:
        """All frames, those with mistakes left out."""
        if not isinstance(node.value, list) or not node.value:
            self.notes.error(node, "frames must be a list, each frame beginning with a dash")
            return []
        frames = (self._frame(member) for member in node.value)
        return [frame for frame in frames if frame]

    def _frame(self, node: Node) -> dict[str, Any]:
        given = fields.mapping(node, FRAME_KEYS, self.notes, "a frame")
        name = fields.line(given["type"], self.notes, "type") if "type" in given else None
        if isinstance(node.value, dict) and "type" not in given:
            self.notes.error(node, "the frame has no “type”: which event it is")
        if name is None or not _is_type(name, given["type"], self.notes):
            return {}
        if not {"verbs", "nouns"} & given.keys():
            self.notes.error(node, "the frame has neither verbs nor nouns: nothing would be found")
        row: dict[str, Any] = {"type": name}
        row |= {key: self._listed(key, given[key]) for key in LISTS if key in given}
        row |= {key: fields.flag(given[key], self.notes, key) for key in FLAGS if key in given}
        if "parties" in given:
            row["parties"] = int(fields.number(given["parties"], self.notes, "parties") or 0)
        if "medium" in given:
            row["medium"] = fields.choice(given["medium"], tuple(Medium), self.notes, "medium")
        return row

    def _listed(self, key: str, node: Node) -> list[str]:
        return self._LISTS[key](self, node)

    def _known(self, node: Node) -> list[str]:
        found = fields.lines(node, self.notes, "verbs")
        for text, member in found:
            if text not in self.verbs:
                mend = fields.meant(text, self.verbs).partition("; known")[0]
                self.notes.error(
                    member,
                    f"the verb “{fields.shown(text)}” is not known{mend or ': name it under verbs, too'}",
                )
        return [text for text, _ in found]

    def _nouns(self, node: Node) -> list[str]:
        return _words(node, self.notes, "a noun", WORD)

    def _kinds(self, node: Node) -> list[str]:
        return list(fields.choices(node, (*ANYBODY, *units(), *sorted(self.classes)), self.notes, "class"))

    def _near(self, node: Node) -> list[str]:
        return list(fields.choices(node, tuple(sorted(self.classes)), self.notes, "class"))

    def _plain(self, node: Node) -> list[str]:
        return _words(node, self.notes, "a word", CUE)

    _LISTS: Mapping[str, Callable[["_Frames", Node], list[str]]] = {
        "verbs": _known,
        "nouns": _nouns,
        "with": _kinds,
        "near": _near,
        "after": _plain,
        "beside": _plain,
    }


@cache
def _known_verbs(lang: str) -> frozenset[str]:
    return frozenset(form.lemma for forms in verb_lexicon(lang).forms.values() for form in forms)
