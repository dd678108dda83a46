"""How well a pipeline does on texts it has not seen, and how fast it is."""

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from bot.extraction.trained.looks import looks_of
from deploy.models import examples, sources
from deploy.models.mentions import LOC, ORG, PER, Marked

SYNTAX = {"pos_acc": "pos", "morph_acc": "morph", "lemma_acc": "lemma", "dep_uas": "uas", "dep_las": "las"}
ASKED = (PER, LOC, ORG)


def measured(nlp: Language, shared: Path) -> dict[str, float]:
    """Shares between 0 and 1 on the texts held back, by name, and words read a second of one core's time."""
    lang = cast("str", nlp.lang)
    held = sources.names_held(shared, lang)
    return {
        **syntax(nlp, shared, lang),
        **names(nlp, held),
        "words_per_second": words_per_second(nlp, [sentence.text for sentence in held]),
    }


def syntax(nlp: Language, shared: Path, lang: str) -> dict[str, float]:
    """Accuracies on the treebank held back."""
    chance = random.Random(1)  # noqa: S311 (cuts sentences into texts)
    docs = examples.texts(nlp.vocab, sources.trees_held(shared, lang), chance, longest=4)
    scores: dict[str, Any] = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
    return {name: round(scores[key], 3) for key, name in SYNTAX.items() if scores.get(key) is not None}


def names(nlp: Language, held: Sequence[Marked]) -> dict[str, float]:
    """Precision, recall and F of persons, places and organisations: boundaries and label right."""
    gold = {(i, m.start, m.end, m.label) for i, sentence in enumerate(held) for m in sentence.mentions}
    docs = read(nlp, [sentence.text for sentence in held])
    found = {(i, e.start_char, e.end_char, e.label_) for i, doc in enumerate(docs) for e in doc.ents}
    return prf(*({name for name in marked if name[-1] in ASKED} for marked in (gold, found)))


def read(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """The texts as the pipeline reads them, words without a vector by what they look like."""
    looks = looks_of(nlp)
    for doc in map(nlp.make_doc, texts):
        if looks:
            looks.learn(token.text for token in doc)
        yield nlp(doc)


def prf(gold: set[Any], found: set[Any]) -> dict[str, float]:
    """Precision, recall and their harmonic mean."""
    hits = len(gold & found)
    shares = {"precision": hits / max(1, len(found)), "recall": hits / max(1, len(gold))}
    shares["f"] = 2 * hits / max(1, len(found) + len(gold))
    return {f"names_{name}": round(share, 3) for name, share in shares.items()}


def words_per_second(nlp: Language, texts: Sequence[str]) -> float:
    """Words a second of processor time, over texts of about five hundred words one at a time."""
    words = " ".join(texts).split()
    longer = [" ".join(words[at : at + 500]) for at in range(0, min(len(words), 10_000), 500)]
    nlp(longer[0])
    before = time.process_time()
    for text in longer:
        nlp(text)
    return round(sum(len(text.split()) for text in longer) / (time.process_time() - before))
