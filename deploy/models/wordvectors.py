"""Word vectors trained on free text with floret, and their place in a pipeline."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import floret
import numpy as np
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]  # of a compiled module
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # a compiled module

from bot.extraction.trained import looks
from bot.extraction.trained.word_classes import WordClass
from deploy.models.vectortable import Row, table

DIMENSIONS = 48
RARE = 2  # words that the free text has less often than this have no row of their own


def attach(
    nlp: Language, free_text: Iterable[str], classes: Mapping[str, frozenset[WordClass]], work: Path
) -> None:
    """Gives `nlp` the vectors that follow from free text (paragraphs) and lists of names."""
    paragraphs = [[t.text for t in nlp.make_doc(p) if not t.is_space] for p in free_text]
    found = table(meanings(paragraphs, work), classes)
    rows = (
        np.vstack([found.rows, looks.rows(found.rows.shape[1])])
        if nlp.lang in looks.LANGUAGES
        else found.rows
    )
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=rows, name=f"depesche_{nlp.lang}")
    for word, row in found.row_of.items():
        nlp.vocab.vectors.add(hash_string(word), row=row)  # the hash alone: the word itself need not be kept


def meanings(paragraphs: list[list[str]], work: Path) -> dict[str, Row]:
    """The vectors of the words of tokenised text, of mean length one."""
    text = work / "free.txt"
    text.write_text("".join(f"{' '.join(words)}\n" for words in paragraphs), encoding="utf-8")
    model = floret.train_unsupervised(
        str(text),
        model="cbow",
        dim=DIMENSIONS,
        minCount=RARE,
        minn=3,
        maxn=5,
        bucket=100_000,
        epoch=12,
        neg=10,
        thread=1,
    )
    counted = Counter(word for words in paragraphs for word in words)
    vectors = {word: model.get_word_vector(word) for word, often in counted.items() if often >= RARE}
    length = float(np.mean([np.linalg.norm(vector) for vector in vectors.values()]))
    return {word: vector / length for word, vector in vectors.items()}
