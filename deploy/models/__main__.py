"""`python -m deploy.models [de] [en]`: train the bundled pipelines anew, from data and our own text."""

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]  # of a compiled module
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.extraction.trained import looks
from deploy.models import (
    committee,
    examples,
    figures,
    madeup,
    namelists,
    release,
    sources,
    wordclasses,
    wordvectors,
)
from deploy.models.mentions import Marked
from deploy.models.training import LAST, Training, mean, run

BUNDLED = Path("bot/extraction/models")
LONGEST = 4  # sentences of one text in training
COMMITTEE = 4  # pipelines whose votes the last one learns from as well
FINAL = 2  # times the steps of a member
FINALS = 2  # orders of the texts in which the names are trained at last; the mean of the weights is kept
SEED = 7

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
    bare = vectors(lang, shared, work)
    print(f"{lang}: syntax")
    syntax = run(syntax_training(lang, shared, work), work)
    names = run_names(lang, shared, work)
    whole = release.joined(syntax, names, sources.trees(shared, lang), bare)
    found = figures.measured(whole, shared)
    release.write(whole, out, found)
    print(f"{lang}: {found}, {release.megabytes(out)} MB in {out}")


def vectors(lang: str, shared: Path, work: Path) -> Vocab:
    """Makes the vectors both trainings share; returns them without the looks of the training's words."""
    nlp = spacy.blank(lang)
    known = wordclasses.classes(lambda name: [t.text for t in nlp.make_doc(name)], namelists.lists(lang))
    wordvectors.attach(nlp, sources.prose(shared, lang), known, work)
    bare = nlp.to_bytes()
    if lang in looks.LANGUAGES:
        nlp.meta[looks.MARK] = True
        seen = [*sources.names(shared, lang), *sources.own(lang)]
        words = {token.text for sentence in seen for token in nlp.make_doc(sentence.text)}
        words.update(word.form for sentence in sources.trees(shared, lang) for word in sentence)
        looks.WordLooks(nlp.vocab.vectors, lang).learn(words)
    nlp.to_disk(work / "vectors")
    return spacy.blank(lang).from_bytes(bare).vocab


def run_names(lang: str, shared: Path, work: Path) -> Language:
    """Trains the committee, lets it mark plain text, and trains the names on that as well."""
    members = []
    for number in range(COMMITTEE):
        print(f"{lang}: names, member {number + 1} of {COMMITTEE}")
        members.append(run(names_training(lang, shared, work, member=number), work))
        members[-1].meta[looks.MARK] = lang in looks.LANGUAGES
    cutter = spacy.blank(lang)
    cutter.add_pipe("sentencizer")
    prose = dict.fromkeys(s for p in sources.prose(shared, lang) for s in committee.sentences(p, cutter))
    marked = {sentence.text for sentence in [*sources.names(shared, lang), *sources.own(lang)]}
    texts = [text for text in prose if text not in marked]
    print(f"{lang}: {len(texts)} sentences to vote on")
    votes = list(committee.voted(members, texts))
    finals = []
    for number in range(FINALS):
        print(f"{lang}: names, order {number + 1} of {FINALS}")
        finals.append(run(names_training(lang, shared, work, order=number, votes=votes), work))
    return mean(finals)


def syntax_training(lang: str, shared: Path, work: Path) -> Training:
    """What the syntax is trained on."""
    chance = random.Random(1)  # noqa: S311 (shuffles examples)
    nlp = spacy.blank(lang)
    docs = list(examples.texts(nlp.vocab, sources.trees(shared, lang), chance, longest=LONGEST))
    return _training("syntax", lang, _shuffled(docs, chance), work)


def names_training(
    lang: str,
    shared: Path,
    work: Path,
    *,
    member: int | None = None,
    order: int = 0,
    votes: Sequence[Marked] = (),
) -> Training:
    """What the names are trained on; each member of the committee has its own chances and made-up names."""
    number = 0 if member is None else member
    chance = random.Random(1 + number)  # noqa: S311 (shuffles examples)
    nlp = spacy.load(work / "vectors")
    rows = nlp.vocab.vectors.key2row
    own = madeup.renamed(sources.own(lang), lambda word: hash_string(word) in rows, chance)
    docs = [examples.marked(nlp, one) for one in (*sources.names(shared, lang), *own, *votes)]
    training = _training("names", lang, _shuffled(docs, chance), work)
    if order:
        training = replace(training, examples=_shuffled(list(training.examples), random.Random(order)))  # noqa: S311 (as above)
    steps = training.settings["training.max_steps"]
    settings = {**training.settings, "system.seed": SEED + number}
    if member is None:
        settings["training.max_steps"] = FINAL * steps
    return replace(training, settings=settings)


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
