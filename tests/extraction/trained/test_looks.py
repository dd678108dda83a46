"""What a word looks like that no vector is known of."""

import numpy as np
import pytest
from spacy.strings import hash_string  # type: ignore[attr-defined]  # of a compiled module
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # a compiled module

from bot.extraction.trained.looks import Look, WordLooks, rows
from bot.extraction.trained.word_classes import WordClass

MEANING = 3  # columns before the classes
NOUN, GIVEN, TOWN, FAMILY = WordClass.NOUN, WordClass.GIVEN, WordClass.TOWN, WordClass.FAMILY
KNOWN = {
    "Industrie": {NOUN},
    "Getränke": {NOUN},
    "Buch": {NOUN},
    "Aktion": {NOUN},
    "Mann": {NOUN, FAMILY},
    "Greta": {GIVEN},
    "Kurtz": {FAMILY},
    "Bregenz": {TOWN},
    "Lindau": {TOWN},
    "theoretisch": set(),
}


def looks() -> WordLooks:
    """A table of a few words, a row each in their order, and the rows of the looks."""
    table = np.zeros((len(KNOWN), MEANING + len(WordClass)), dtype=np.float32)
    for row, kinds in enumerate(KNOWN.values()):
        table[row, :MEANING] = 1
        table[row, [MEANING + kind for kind in kinds]] = 1
    vectors = Vectors(data=np.vstack([table, rows(table.shape[1])]))
    for row, word in enumerate(KNOWN):
        vectors.add(hash_string(word), row=row)
    return WordLooks(vectors, "de")


@pytest.mark.parametrize(
    ("word", "look"),
    [
        ("Zuckerindustrie", Look.NOUN),
        ("Getränkebuch", Look.NOUN),
        ("Getränkebuchs", Look.NOUN),
        ("XY-Aktion", Look.NOUN),
        ("Befürwortung", Look.NOUN),
        ("Quendlinghausen", Look.SETTLEMENT),
        ("Bregenz-Lindau", Look.SETTLEMENT),
        ("Quendlinstraße", Look.SITE),
        ("Quendelbach", Look.EITHER),
        ("Quendlinger", Look.FAMILY),
        ("Quendelmann", Look.FAMILY),
        ("Quendlin-Kurtz", Look.FAMILY),
    ],
)
def test_ends_of_words(word: str, look: Look) -> None:
    """A compound is what its last part is; else the end of a word tells."""
    assert looks().row(word) == len(KNOWN) + look


@pytest.mark.parametrize(
    ("word", "known"),
    [("Gretas", "Greta"), ("Bregenz’", "Bregenz"), ("Aktionen", "Aktion"), ("Theoretisch", "theoretisch")],
)
def test_forms_of_known_words(word: str, known: str) -> None:
    """A form of a known word has its row."""
    assert looks().row(word) == list(KNOWN).index(known)


@pytest.mark.parametrize("word", ["quendlinstraße", "QUENDLIN", "Quendlin", "-", "Gretaen", ""])
def test_words_that_look_like_nothing(word: str) -> None:
    """Small words, capitals throughout and unknown endings have no row."""
    assert looks().row(word) is None


def test_what_is_learned_is_kept() -> None:
    """A word is looked at once; then the table has it."""
    found = looks()
    found.learn(["Zuckerindustrie", "Industrie", "Quendlin"])
    assert found.is_compound("Zuckerindustrie")
    assert found.is_noun("Industrie")
    assert not found.is_compound("Industrie")
    assert not found.is_noun("Mann")
    assert not found.is_noun("Quendlin")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """When too many words were learned all of them are forgotten; known ones stay."""
    monkeypatch.setattr("bot.extraction.trained.looks.MOST", 1)
    found = looks()
    found.learn(["Quendlingstraße", "Quendlinggasse"])
    assert not found.is_noun("Quendlingstraße")
    found.learn(["Zuckerindustrie"])
    assert found.is_compound("Zuckerindustrie")
    assert found.is_noun("Industrie")
