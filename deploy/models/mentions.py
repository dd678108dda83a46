"""Sentences with the names marked in them, from each source in its own notation."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

PER, LOC, ORG, OTH = "PER", "LOC", "ORG", "OTH"

# OTH: works, products, elections, events. Nobody asks for them, but who knows them does not take them for the
# others. GermEval's derived forms ("deutsch", "Berliner") and parts of compounds ("FIFA-Schiedsrichter") are
# no names at all.
LABELS = {
    "PER": PER,
    "LOC": LOC,
    "ORG": ORG,
    "politician": PER,
    "person": PER,
    "location": LOC,
    "country": LOC,
    "organisation": ORG,
    "politicalparty": ORG,
    "OTH": OTH,
    "election": OTH,
    "event": OTH,
}

MARKED = re.compile(r"\[([^\[\]|]+)\|(PER|LOC|ORG)\]")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A name in a sentence: code points `start` to `end`, labelled PER, LOC, ORG or OTH."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A sentence and the names in it, in order and apart from each other."""

    text: str
    mentions: tuple[Mention, ...] = ()


def reference(path: Path) -> list[Marked]:
    """The sentences of a JSON-lines file with `text` and `ents` ([start, end, label])."""
    with path.open(encoding="utf-8") as lines:
        return [_from_row(json.loads(line)) for line in lines if line.strip()]


def marks(path: Path, sentences: Sequence[str]) -> list[Marked]:
    """The names that we marked in sentences of a treebank, by offsets; `check` is the CRC-32 of the text.

    Raises:
        ValueError: A sentence is not the one that was marked: the treebank is another edition.
    """
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = sentences[row["sentence"]]
        if crc32(text.encode()) != row["check"]:
            raise ValueError(f"{path.name}: sentence {row['sentence']} differs from the one that was marked")
        found.append(_from_row({"text": text, "ents": row["ents"]}))
    return found


def _from_row(row: Mapping[str, Any]) -> Marked:
    found = [Mention(start=s, end=e, label=LABELS[k]) for s, e, k in row["ents"] if k in LABELS]
    return Marked(text=str(row["text"]), mentions=tuple(apart(found)))


def apart(found: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions in order; of two that overlap, the longer one that begins first."""
    end = 0
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            yield mention
            end = mention.end


def own(folder: Path) -> list[Marked]:
    """The sentences of our own text: one a line, names as `[Ada Cross|PER]`; `#` begins a comment."""
    return [
        inline(line.strip())
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def inline(line: str) -> Marked:
    """One sentence out of the inline notation."""
    text, mentions, done = "", [], 0
    for found in MARKED.finditer(line):
        text += line[done : found.start()]
        mentions.append(Mention(start=len(text), end=len(text) + len(found[1]), label=found[2]))
        text += found[1]
        done = found.end()
    return Marked(text=text + line[done:], mentions=tuple(mentions))
