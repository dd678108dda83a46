"""`python -m deploy.models [de] [en]`: train the bundled pipelines anew, from data and our own text."""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from deploy.models import examples, figures, namelists, release, sources, wordclasses, wordvectors
from deploy.models.training import LAST, Training, run

BUNDLED = Path("bot/extraction/models")
LONGEST = 4  # sentences of one text in training

# Where the languages differ from the configurations. German has few trees and sees each of them more often.
SETTINGS: dict[tuple[str, str], dict[str, Any]] = {
    ("de", "syntax"): {
        "training.max_steps": 1200,
        "training.dropout": 0.3,
        "components.parser.min_action_freq": 5,
    },
    ("en", "syntax"): {"training.max_steps": 1600},
    ("de", "names"): {"training.max_steps": 1400},
    ("en", "names"): {"training.max_steps": 1400},
}


def main() -> None:
    """Trains the languages asked for, all if none is."""
    parser = argparse.ArgumentParser(prog="python -m deploy.models", description=__doc__)
    parser.add_argument("langs", nargs="*", metavar="de|en")
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"), help="the reference data")
    parser.add_argument("--work", type=Path, default=Path("build/models"), help="what is made on the way")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="where the pipelines go")
    asked = parser.parse_args()
    for lang in asked.langs or ["de", "en"]:
        rebuild(lang, asked.shared, asked.work / lang, asked.out / lang)


def rebuild(lang: str, shared: Path, work: Path, out: Path) -> None:
    """Trains one language and writes its pipeline."""
    work.mkdir(parents=True, exist_ok=True)
    print(f"{lang}: word vectors")
    vectors(lang, shared, work)
    print(f"{lang}: syntax")
    syntax = run(syntax_training(lang, shared, work), work)
    print(f"{lang}: names")
    names = run(names_training(lang, shared, work), work)
    whole = release.joined(syntax, names, sources.trees(shared, lang))
    found = figures.measured(whole, shared)
    release.write(whole, out, found)
    print(f"{lang}: {found}, {release.megabytes(out)} MB in {out}")


def vectors(lang: str, shared: Path, work: Path) -> None:
    """Makes the vectors both trainings share."""
    nlp = spacy.blank(lang)
    known = wordclasses.classes(lambda name: [t.text for t in nlp.make_doc(name)], namelists.lists(lang))
    wordvectors.attach(nlp, sources.prose(shared, lang), known, work)
    nlp.to_disk(work / "vectors")


def syntax_training(lang: str, shared: Path, work: Path) -> Training:
    """What the syntax is trained on."""
    chance = random.Random(1)  # noqa: S311 (shuffles examples)
    nlp = spacy.blank(lang)
    docs = list(examples.texts(nlp.vocab, sources.trees(shared, lang), chance, longest=LONGEST))
    return _training("syntax", lang, _shuffled(docs, chance), work)


def names_training(lang: str, shared: Path, work: Path) -> Training:
    """What the names are trained on."""
    chance = random.Random(1)  # noqa: S311 (shuffles examples)
    nlp = spacy.blank(lang)
    docs = [examples.marked(nlp, sentence) for sentence in sources.names(shared, lang)]
    return _training("names", lang, _shuffled(docs, chance), work)


def _shuffled(docs: Sequence[Doc], chance: random.Random) -> list[Doc]:
    return chance.sample(docs, len(docs))


def _training(part: str, lang: str, docs: Sequence[Doc], work: Path) -> Training:
    """Every twentieth example is only measured on, for the figures printed on the way."""
    return Training(
        part=part,
        lang=lang,
        examples=[doc for at, doc in enumerate(docs) if at % 20],
        held=docs[::20],
        vectors=work / "vectors",
        syntax=work / "syntax" / LAST if part == "names" else None,
        settings=SETTINGS[lang, part],
    )


if __name__ == "__main__":
    main()
