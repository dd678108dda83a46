"""Examples as spaCy Docs."""

import random

import pytest
import spacy

from deploy.models import examples, figures, release
from deploy.models.mentions import inline
from deploy.models.treebank import Sentence, Word


def word(form: str, head: int, relation: str, *, space: bool = True, lemma: str = "") -> Word:
    """A word without a part of speech."""
    return Word(form=form, space=space, pos="X", morph="", lemma=lemma or form, head=head, relation=relation)


RAIN: Sentence = (
    word("Es", 1, "nsubj"),
    word("regnet", 1, "ROOT", space=False, lemma="regnen"),
    word(".", 1, "punct", space=False),
)


def test_parsed_sentences_make_one_text() -> None:
    """Sentences stand behind each other with a space between them, each with its own root."""
    doc = examples.parsed(spacy.blank("de").vocab, [RAIN, RAIN])
    assert doc.text.strip() == "Es regnet. Es regnet."
    assert [token.head.i for token in doc] == [1, 1, 1, 4, 4, 4]
    assert [sent.text for sent in doc.sents] == ["Es regnet.", "Es regnet."]


def test_texts_hold_all_sentences_in_order() -> None:
    """Texts have one to so many sentences, and none is lost."""
    chance = random.Random(3)  # noqa: S311  (cuts sentences into texts)
    made = list(examples.texts(spacy.blank("de").vocab, [RAIN] * 10, chance, longest=3))
    assert sum(len(list(doc.sents)) for doc in made) == 10
    assert all(1 <= len(list(doc.sents)) <= 3 for doc in made)


@pytest.mark.parametrize(
    ("lang", "line", "names", "unsure"),
    [
        ("de", "[Anna Kreuz|PER] mag [Gent|LOC].", [("Anna Kreuz", "PER"), ("Gent", "LOC")], []),
        ("en", "[Ada Cross|PER]'s house burns.", [("Ada Cross", "PER")], []),
        ("de", "Die [Gent|LOC]reise fiel aus.", [], ["Gentreise"]),
    ],
)
def test_marked_sentences(lang: str, line: str, names: list[tuple[str, str]], unsure: list[str]) -> None:
    """Names are whole tokens; a token that a name ends inside says nothing."""
    doc = examples.marked(spacy.blank(lang), inline(line))
    assert [(ent.text, ent.label_) for ent in doc.ents] == names
    assert [token.text for token in doc if not token.ent_iob_] == unsure


def test_lemmas_are_the_most_frequent_ones() -> None:
    """A form's dictionary form is the one it has most often; a form that is its own is left out."""
    other: Sentence = (word("regnet", 0, "ROOT", lemma="Regnet"),)
    assert release.lemma_of([RAIN, RAIN, other]) == {"regnet": "regnen"}


def test_shares() -> None:
    """Precision, recall and F count what is right in both; with nothing found all are nothing."""
    assert figures.prf({1, 2, 3, 4}, {1, 2, 5}) == {
        "names_precision": 0.667,
        "names_recall": 0.5,
        "names_f": 0.571,
    }
    assert set(figures.prf({1}, set()).values()) == {0}
