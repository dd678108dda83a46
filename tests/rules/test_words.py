import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.conditions import Phrase
from bot.rules.words import WordIndex, stem

SAME = [
    ("de", "Manöver", "Manövern"),
    ("de", "Übung", "Übungen"),
    ("de", "Land", "Ländern"),
    ("de", "Land", "Landes"),
    ("de", "Soldat", "Soldaten"),
    ("de", "Truppe", "Truppen"),
    ("de", "Sanktion", "Sanktionen"),
    ("de", "fordern", "fordert"),
    ("de", "deutsch", "deutschen"),
    ("de", "Abkommen", "Abkommens"),
    ("en", "exercise", "exercises"),
    ("en", "exercise", "Exercising"),
    ("en", "army", "armies"),
    ("en", "sanction", "sanctioned"),
    ("en", "troop", "troops"),
    ("en", "NATO", "NATO"),
]
DIFFERENT = [
    ("de", "Manöver", "Manager"),
    ("de", "Land", "Landung"),
    ("de", "Truppe", "Trupp-Führer-Lehrgang"),
    ("de", "US", "us"),
    ("en", "US", "us"),
    ("en", "NATO", "Nato"),
    ("en", "army", "arm"),
    ("en", "train", "trainers"),
    (None, "troop", "troops"),
]


@pytest.mark.parametrize(("lang", "one", "other"), SAME)
def test_endings_do_not_count(lang: str, one: str, other: str) -> None:
    """Forms of one word have the same stem."""
    assert stem(one, lang) == stem(other, lang)


@pytest.mark.parametrize(("lang", "one", "other"), DIFFERENT)
def test_other_words_are_others(lang: str | None, one: str, other: str) -> None:
    """Different words, and a short name in capitals and a word, have different stems."""
    assert stem(one, lang) != stem(other, lang)


FIND = [
    ("Die Minister trafen sich in Genf.", "treffen", "trafen"),
    ("Gestern hat sie ihn getroffen.", "treffen", "getroffen"),
    ("Er entsandte Truppen.", "entsenden", "entsandte"),
    ("Sie hat entsandte Soldaten gelobt.", "entsenden", "entsandte"),
    ("Das Kabinett hat es angekündigt.", "ankündigen", "angekündigt"),
    ("Sie hat Truppen entsandt.", "Truppe entsenden", "Truppen entsandt"),
    ("Das Treffen beginnt.", "Treffen", "Treffen"),
    ("Die neuen US-Truppen kommen.", "US-Truppe", "US-Truppen"),
    ("Sie sprachen über das Sanktionspaket.", "Sanktion*", "Sanktionspaket"),
    ("Sie liefern Militärhilfe.", "*hilfe", "Militärhilfe"),
    ("Nach Truppenübungen im Norden", "*übung", "Truppenübungen"),
    ("Die Zeitsoldaten gehen", "*soldat", "Zeitsoldaten"),
    ("Die Übungen enden", "*übung", "Übungen"),
    ("Der Waffenstillstandsvorschlag liegt vor.", "*stillstand*", "Waffenstillstandsvorschlag"),
    ("Ein rotes Tuch, kein Tuch in Rot.", "rotes Tuch", "rotes Tuch"),
    ("Ein Manöver endet.", "Übung", None),
    ("Die Kugel traf ihn.", "Treffen", None),
    ("Er schickte Truppen.", "treffen", None),
    ("Das Ende kommt", "kommt aber", None),
    ("Im Haus der Bundesländer", "Land", None),
]


@pytest.mark.parametrize(("text", "phrase", "found"), FIND)
def test_find(text: str, phrase: str, found: str | None) -> None:
    """A phrase is found word by word, `*` for any letters, never inside other words."""
    words = tuple(re.findall(r"\*?\w+\*?", phrase))
    span = WordIndex(text, "de").find([Phrase(words=words)], 0, len(text))
    assert (span.text if span else None) == found
    assert span is None or text[span.start : span.end] == span.text


def test_bounds() -> None:
    """Words outside the given stretch do not count."""
    text = "Übung hier. Keine da."
    index = WordIndex(text, "de")
    assert index.find([Phrase(words=("Übung",))], 0, 11) is not None
    assert index.find([Phrase(words=("Übung",))], 11, len(text)) is None
    assert index.find([Phrase(words=("Übung", "hier"))], 0, 8) is None


@given(st.text(max_size=40), st.sampled_from(["de", "en", None]))
def test_each_word_finds_itself(text: str, lang: str | None) -> None:
    """Every word of a text is found in it, at a stretch that reads like it."""
    index = WordIndex(text, lang)
    for word in index.words:
        span = index.find([Phrase(words=(word.text,))], 0, len(text))
        assert span is not None
        assert text[span.start : span.end] == span.text
