"""Where sentences and paragraphs are cut."""

from time import perf_counter

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Article
from bot.extraction.components.sentences import paragraphs
from bot.extraction.reader import ArticleReader

READER = ArticleReader()

# Rows that begin so stand on lines of their own.
LINES = {"Norwegen schickt Ausbilder", "* Brot", "1. Bread"}

GERMAN = [
    ("am ordinal", ["Sie trafen sich am 20. März in Oslo.", "Danach reisten sie ab."]),
    ("ordinal before a noun", ["Der 15. Jahrestag wird gefeiert.", "Alle kommen."]),
    ("ordinal at the end", ["Der Zug fährt am 7.", "Danach fährt keiner mehr."]),
    ("year at the end", ["Die Brücke stammt von 1990.", "Peter hat sie gebaut."]),
    ("number after Platz", ["Oslo liegt auf Platz 3.", "Bergen folgt dahinter."]),
    ("numbered office", ["Papst Johannes XXIII. Nachfolger war Paul."]),
    ("abbreviations", ["Es gibt z. B. Brot, u. a. auch Dr. Falks Käse bzw. Wurst."]),
    ("number word", ["Es kostet rund 3,5 Mio. Euro pro Jahr.", "Das ist viel."]),
    ("Nr.", ["Das steht in Nr. 5 der Liste.", "Niemand las sie."]),
    ("initials", ["J. K. Holm sprach zuerst.", "A. Berg schwieg."]),
    ("full date in digits", ["Das war am 20.3.2025.", "Peter war dabei."]),
    ("usw.", ["Es gab Brot, Käse usw.", "Peter blieb hungrig."]),
    ("ellipsis in the sentence", ["Er zögerte … und ging.", "Dann kam sie."]),
    ("ellipsis at the end", ["Er zögerte...", "Dann ging er."]),
    ("quotation of two sentences", ["„Wir kommen.", "Wir bleiben.“, sagte Holm.", "Er ging."]),
    ("question in marks", ["»Wer kommt?« fragte sie leise.", "Niemand antwortete."]),
    ("quotation then sentence", ["„Wir kommen.“", "Das sagte Holm."]),
    ("sentence after a colon", ["Holm sagte: „Wir kommen.", "Wir bleiben.“", "Dann ging er."]),
    ("dash after a quotation", ["„Halt!“ – so rief der Wächter.", "Alle standen."]),
    ("bracket", ["Sie kamen spät.", "(Der Zug stand.)", "Alle froren."]),
    ("lines", ["Norwegen schickt Ausbilder", "Holm: „Wir kommen“", "Oslo hilft."]),
    ("list", ["* Brot", "* Käse", "1. Wasser", "Ende."]),
]

ENGLISH = [
    ("titles", ["Mr. Holm met Dr. Berg and Sen. Falk.", "They talked."]),
    ("U.S. inside", ["The U.S. Army left Oslo.", "Nobody stayed."]),
    ("U.S. at the end", ["He lives in the U.S.", "The house is old."]),
    ("month", ["They met on Jan. 20 in Oslo.", "Then they left."]),
    ("clock", ["It began at 5 p.m.", "The hall was full."]),
    ("decimal", ["It rose 3.5 percent.", "Nobody knew why."]),
    ("No. 5", ["It was No. 5 on the list.", "No.", "Nobody won."]),
    ("initials", ["J. K. Holm spoke first.", "A. Berg did not."]),
    ("quotation of two sentences", ["“We come.", "We stay,” said Holm.", "He left."]),
    ("question in marks", ["“Who comes?” asked Holm.", "Nobody answered."]),
    ("straight marks", ['"We come.', 'We stay."', "He left."]),
    ("single marks", ["'We come,' he said.", "'We stay.'", "That's all."]),
    ("list", ["1. Bread", "2. Cheese", "That is all."]),
]


def sentences(text: str, lang: str) -> list[str]:
    """The sentences of a text as the pipeline cuts them, without the blanks around them."""
    found = READER.read(Article(id="a", text=text, lang=lang))
    return [text[start:end].strip() for start, end in found.sentences]


@pytest.mark.parametrize("wanted", [row[1] for row in GERMAN], ids=[row[0] for row in GERMAN])
def test_german(wanted: list[str]) -> None:
    """German sentences are cut where a reader would cut them."""
    glue = (
        "\n" if wanted[0][0] == "*" or (not wanted[0].endswith((".", "“", ")")) and len(wanted) > 2) else " "
    )
    assert sentences(glue.join(wanted), "de") == wanted


@pytest.mark.parametrize("wanted", [row[1] for row in ENGLISH], ids=[row[0] for row in ENGLISH])
def test_english(wanted: list[str]) -> None:
    """English sentences are cut where a reader would cut them."""
    glue = "\n" if wanted[0] in LINES else " "
    assert sentences(glue.join(wanted), "en") == wanted


def test_paragraphs() -> None:
    """A paragraph is a line that is not blank."""
    assert paragraphs("Titel\n\nEins. Zwei.\n \nDrei.") == [(0, 5), (7, 18), (21, 26)]


@given(st.text(alphabet="aB1 .!?…\"„“'»«()\n-,", max_size=80), st.sampled_from(["de", "en"]))
@settings(max_examples=150, deadline=None)
def test_every_character_is_in_one_sentence(text: str, lang: str) -> None:
    """Sentences follow one another and leave out nothing but blanks."""
    found = READER.read(Article(id="a", text=text, lang=lang)).sentences
    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("unit", ["wort ", "A. ", "20. ", '" ', "„ ", "... "])
def test_long_line(unit: str) -> None:
    """A line of 100 kB is cut in time that grows with its length, not its square."""
    nlp = spacy.blank("de")
    nlp.add_pipe("depesche_sentences")
    took = perf_counter()
    nlp(unit * (100_000 // len(unit)))
    assert perf_counter() - took < 10
