"""What each language learns from, and what its figures are measured on. README.md names the licences."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.models import mentions, treebank
from deploy.models.mentions import Marked
from deploy.models.treebank import Sentence

OWN = Path(__file__).parent / "text"
MARKS = Path(__file__).parent / "marks"


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Files below the folder of reference data, without their endings.

    Attributes:
        trees: Treebanks to learn from.
        trees_held: Treebank to measure on.
        names: Marked sentences to learn from, and how often each is seen.
        names_held: Marked sentences to measure on.
        prose: Texts of which only the words are used, for vectors.
    """

    trees: tuple[str, ...]
    trees_held: str
    names: dict[str, int]
    names_held: str
    prose: tuple[str, ...]


SOURCES = {
    "de": Sources(
        trees=("syntax/de_gsd_dev", "syntax/de_pud"),
        trees_held="syntax/de_gsd_test",
        names={"entities_de/germeval_train": 1},
        names_held="entities_de/germeval_dev",
        prose=("quotes_de/train", "entities_de/germeval_train"),
    ),
    "en": Sources(
        trees=("syntax/en_ewt_train",),
        trees_held="syntax/en_ewt_test",
        names={"entities_en/uner_ewt_dev": 1, "entities_en/crossner_politics_train": 4},
        names_held="entities_en/crossner_politics_dev",
        prose=(
            "times_en/dev",
            "entities_en/uner_ewt_dev",
            "entities_en/crossner_politics_train",
            "events_en/plover_dev",
        ),
    ),
}


def trees(shared: Path, lang: str) -> list[Sentence]:
    """The parsed sentences to learn from; German ones with ASCII quotes once more with „ and “."""
    found = [s for name in SOURCES[lang].trees for s in treebank.read(shared / f"{name}.conllu", lang)]
    return found + [
        treebank.german_quotes(s) for s in found if lang == "de" and any(w.form == '"' for w in s)
    ]


def trees_held(shared: Path, lang: str) -> list[Sentence]:
    """The parsed sentences to measure on."""
    return treebank.read(shared / f"{SOURCES[lang].trees_held}.conllu", lang)


def names(shared: Path, lang: str) -> list[Marked]:
    """The marked sentences of others to learn from: reference data, and treebanks that we marked."""
    found = [
        sentence
        for name, times in SOURCES[lang].names.items()
        for sentence in mentions.reference(shared / f"{name}.jsonl") * times
    ]
    for marked in sorted(MARKS.glob(f"{lang}_*.jsonl")):
        trees = treebank.read(shared / "syntax" / f"{marked.stem}.conllu", lang)
        found += mentions.marks(marked, [treebank.text(sentence) for sentence in trees])
    return found


def own(lang: str) -> list[Marked]:
    """Our own sentences."""
    return mentions.own(OWN / lang)


def names_held(shared: Path, lang: str) -> list[Marked]:
    """The marked sentences to measure on."""
    return mentions.reference(shared / f"{SOURCES[lang].names_held}.jsonl")


def prose(shared: Path, lang: str) -> Iterator[str]:
    """Paragraphs of plain text, for vectors."""
    for name in SOURCES[lang].prose:
        for line in (shared / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield from filter(str.strip, json.loads(line)["text"].splitlines())
    for name in SOURCES[lang].trees:
        yield from treebank.texts(shared / f"{name}.conllu")
    yield from (sentence.text for sentence in own(lang))
