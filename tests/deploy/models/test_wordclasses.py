"""What lists of names say of words, and the rows of vectors that follow."""

import numpy as np
import pytest

from bot.extraction.trained.word_classes import WordClass
from deploy.models.vectortable import Row, table
from deploy.models.wordclasses import (
    PLAIN_NOUN,
    Kind,
    between_commas,
    classes,
    latin,
    noun_forms,
    noun_kinds,
)

TOWN: Kind = (WordClass.TOWN, WordClass.TOWN_INSIDE)
GIVEN: Kind = (WordClass.GIVEN, WordClass.GIVEN)


def test_first_words_and_others_have_classes_of_their_own() -> None:
    """The first word of a name begins it, others with a capital go on with it, small words are nothing."""
    assert classes(str.split, {TOWN: ["Bad Aibling", "Neustadt an der Aisch"]}) == {
        "Bad": {WordClass.TOWN},
        "Aibling": {WordClass.TOWN_INSIDE},
        "Neustadt": {WordClass.TOWN},
        "Aisch": {WordClass.TOWN_INSIDE},
    }


def test_a_word_of_several_lists_has_all_their_classes() -> None:
    """Paris is a town and a given name."""
    assert classes(str.split, {TOWN: ["Paris"], GIVEN: ["Paris"]}) == {
        "Paris": {WordClass.TOWN, WordClass.GIVEN}
    }


@pytest.mark.parametrize(
    ("pos", "kinds"),
    [
        ("Substantiv", [PLAIN_NOUN]),
        ("Substantiv,Toponym", [(WordClass.PLACE, WordClass.PLACE_INSIDE)]),
        ("Substantiv,Nachname,Vorname", [(WordClass.FAMILY, WordClass.FAMILY), GIVEN]),
    ],
)
def test_what_nouns_name(pos: str, kinds: list[Kind]) -> None:
    """A noun names what its parts of speech say; without any it is a plain noun."""
    assert noun_kinds(pos) == kinds


def test_forms_of_nouns() -> None:
    """All forms count but the gender, and very long plain nouns are left out."""
    row = {"lemma": "Haus", "genus": "N", "genitiv singular": "Hauses", "nominativ plural": "Häuser"}
    long = {"lemma": "Hausdurchsuchung", "genus": "F"}
    assert noun_forms(row, PLAIN_NOUN) == {"Haus", "Hauses", "Häuser"}
    assert noun_forms(long, PLAIN_NOUN) == set()
    assert noun_forms(long, TOWN) == {"Hausdurchsuchung"}


def test_other_scripts_and_small_letters_are_left_out() -> None:
    """Only names with a capital of the Latin script remain."""
    assert latin(["Åsa", "Ольга", "van", ""]) == {"Åsa"}


def test_lists_of_our_own() -> None:
    """Entries stand between commas, comments in lines of their own."""
    assert between_commas("# Firms\nAcme, Foo & Bar\nBaz\n") == ["Acme", "Foo & Bar", "Baz"]


def test_words_that_only_lists_know_share_a_row() -> None:
    """A word of the free text has a row of its own; others one for each set of classes, without meaning."""
    meaning: Row = np.array([0.5, -0.5], dtype=np.float32)
    town, given = frozenset({WordClass.TOWN}), frozenset({WordClass.GIVEN})
    found = table({"Ulm": meaning}, {"Ulm": town, "Gent": town, "Metz": town, "Ada": given})
    assert found.row_of["Gent"] == found.row_of["Metz"] != found.row_of["Ada"]
    assert len(found.rows) == 3
    ulm, gent = found.rows[found.row_of["Ulm"]], found.rows[found.row_of["Gent"]]
    assert ulm.tolist()[:2] == [0.5, -0.5]
    assert gent.tolist()[:2] == [0, 0]
    assert ulm.tolist()[2:] == gent.tolist()[2:] == [float(kind is WordClass.TOWN) for kind in WordClass]
