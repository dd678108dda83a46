"""What is known and what a trained model proposes: who has which name of a text."""

import pytest
import spacy
from spacy.tokens import Doc

from bot.article.model import Article
from bot.extraction.components.common_words import CommonWords
from bot.extraction.components.model import PIECE, pieces
from bot.extraction.reader import ArticleReader
from bot.extraction.reading import Proposal, Reading, begin, reading_of
from tests.extraction.reading_entities import pipeline


def read(text: str, lang: str, *proposals: tuple[str, str]) -> Reading:
    """What the steps up to the entities note, where a model has proposed these words."""
    nlp = pipeline(lang)
    doc = nlp.make_doc(text)
    reading = begin(doc, published=None, body_start=0)
    for words, label in proposals:
        at = text.index(words)
        span = doc.char_span(at, at + len(words), alignment_mode="expand")
        assert span is not None
        reading.proposals.append(Proposal(first=span.start, end=span.end, label=label))
    return reading_of(nlp(doc))


def found(reading: Reading) -> list[tuple[str, str]]:
    """Words and kind of each entity but nationalities."""
    return [(one.text, one.kind.value) for one in reading.entities if one.kind != "nationality"]


# What the model proposes, and what the text then has.
SHARED = [
    # Where nothing else stands, the model is believed.
    ("de", "Das Gut gehört Quendlin.", [("Quendlin", "PER")], [("Quendlin", "person")]),
    ("en", "The estate belongs to Quendlin.", [("Quendlin", "PER")], [("Quendlin", "person")]),
    ("de", "Der Zug hielt in Quendlin.", [("Quendlin", "LOC")], [("Quendlin", "place")]),
    ("en", "The train stopped at Quendlin.", [("Quendlin", "LOC")], [("Quendlin", "place")]),
    # What is known keeps its kind.
    ("de", "Die Nato berät.", [("Nato", "LOC")], [("Nato", "organisation")]),
    ("en", "Norway objected.", [("Norway", "ORG")], [("Norway", "country")]),
    # An organisation grows around a place that is part of its name.
    ("de", "Der SC Bregenz siegt.", [("SC Bregenz", "ORG")], [("SC Bregenz", "organisation")]),
    ("en", "Friends of Peru met.", [("Friends of Peru", "ORG")], [("Friends of Peru", "organisation")]),
    ("de", "Die Deutsche Werft baut.", [("Deutsche Werft", "ORG")], [("Deutsche Werft", "organisation")]),
    ("en", "The British Kite met.", [("British Kite", "ORG")], [("British Kite", "organisation")]),
    # Somebody grows around a part of their name.
    ("de", "Es kam Jan Braad Thomsen.", [("Jan Braad Thomsen", "PER")], [("Jan Braad Thomsen", "person")]),
    ("en", "It was Lord Quendlin.", [("Lord Quendlin", "PER")], [("Lord Quendlin", "person")]),
    # A known place takes no neighbour into its name, but a direction.
    ("de", "Olympiasieger Kroatien kommt.", [("Olympiasieger Kroatien", "LOC")], [("Kroatien", "country")]),
    ("en", "It rained in South Norway.", [("South Norway", "LOC")], [("South Norway", "place")]),
    ("en", "It rained in Humid Norway.", [("Humid Norway", "LOC")], [("Norway", "country")]),
    # What stands around a name is no part of it.
    ("de", "Es sprach die Quendlin.", [("die Quendlin", "PER")], [("Quendlin", "person")]),
    ("en", "The Quendlin met.", [("The Quendlin", "ORG")], [("Quendlin", "organisation")]),
    ("en", "It was Quendlin 2014 indeed.", [("Quendlin 2014", "LOC")], [("Quendlin", "place")]),
    ("de", "Er kam aus Quendlin - müde.", [("Quendlin - müde", "LOC")], [("Quendlin", "place")]),
    ("de", "Es kam Musikprofessor Abel Quo.", [("Musikprofessor Abel Quo", "PER")], [("Abel Quo", "person")]),
    ("en", "It was the country Quendlin.", [("country Quendlin", "LOC")], [("Quendlin", "place")]),
    ("de", "Sie kam aus dem Ortsteil Quendlin.", [("Ortsteil Quendlin", "ORG")], [("Quendlin", "place")]),
    ("de", "Es ist die Firma Quendel AG.", [("Firma Quendel AG", "ORG")], [("Quendel AG", "organisation")]),
    ("de", "Es kam Abel Quo für Lena.", [("Abel Quo für", "PER")], [("Abel Quo", "person")]),
    ("en", "It was Quendlin to be.", [("Quendlin to", "LOC")], [("Quendlin", "place")]),
    # A dash between two capitals may belong to the name of a place.
    ("en", "The riding of Quend - Linn voted.", [("Quend - Linn", "LOC")], [("Quend - Linn", "place")]),
    # The last word of a name tells what it is.
    ("de", "Er las die Quend Zeitung.", [("Quend Zeitung", "LOC")], [("Quend Zeitung", "organisation")]),
    ("en", "It was the Quend Library.", [("Quend Library", "PER")], [("Quend Library", "organisation")]),
    # The word before a name tells what it is.
    ("de", "Er sah Schloss Quendlin.", [("Quendlin", "PER")], [("Quendlin", "place")]),
    ("de", "Es half der Konzern Quendlin.", [("Quendlin", "LOC")], [("Quendlin", "organisation")]),
    ("en", "It was the company Quendlin.", [("Quendlin", "PER")], [("Quendlin", "organisation")]),
    ("en", "We saw her brother Quendlin.", [("Quendlin", "LOC")], [("Quendlin", "person")]),
    # Two names, or a short name and a noun, side by side are not one.
    (
        "de",
        "Die Afrikanische Union hob für die Union Zölle auf.",
        [("Union Zölle", "ORG")],
        [("Afrikanische Union", "organisation")],
    ),
    (
        "de",
        "So der Kyiv Independent Starmer.",
        [("Kyiv Independent Starmer", "ORG")],
        [("Kyiv Independent", "organisation"), ("Starmer", "person")],
    ),
    # In the name of a vote, with its year, places are no mentions; elsewhere they are.
    ("de", "Die Parlamentswahl in Peru 2016 war knapp.", [("Parlamentswahl in Peru 2016", "OTH")], []),
    ("en", "The 2016 Norway election was close.", [("2016 Norway election", "OTH")], []),
    ("de", "Das Finale in Peru 2016 war knapp.", [("Finale in Peru 2016", "OTH")], [("Peru", "country")]),
    ("en", "The Norway election was close.", [("Norway election", "OTH")], [("Norway", "country")]),
    # Common words are no names, however they are written.
    ("de", "Worüber klagt er?", [("Worüber", "PER")], []),
    ("en", "Meanwhile it rained.", [("Meanwhile", "ORG")], []),
    ("de", "Er schrieb die Filmmusik.", [("Filmmusik", "PER")], []),
    ("de", "Sie mögen Biker-Wochen.", [("Biker-Wochen", "LOC")], []),
    ("en", "It was a Victory.", [("Victory", "ORG")], []),
    ("de", "Das ist passé.", [("passé", "LOC")], []),
    # A surname that is a common word too counts where no article makes it one.
    ("de", "Es sprach Fels.", [("Fels", "PER")], [("Fels", "person")]),
    ("de", "Es steht auf dem Fels.", [("Fels", "PER")], []),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "proposals", "entities"), SHARED)
def test_names_are_shared(
    lang: str, text: str, proposals: list[tuple[str, str]], entities: list[tuple[str, str]]
) -> None:
    """Each name has one owner, by the rules that measuring gave."""
    assert found(read(text, lang, *proposals)) == entities


@pytest.mark.parametrize(
    ("lang", "text", "proposals"),
    [
        (
            "de",
            "Abel Quendlin kam. Später sprach Quendlin.",
            [("Abel Quendlin", "PER"), ("Quendlin.", "LOC")],
        ),
        (
            "en",
            "Abel Quendlin came. Later Quendlin spoke.",
            [("Abel Quendlin", "PER"), ("Quendlin spoke", "ORG")],
        ),
    ],
)
def test_a_surname_alone_means_whom_the_model_found_in_full(
    lang: str, text: str, proposals: list[tuple[str, str]]
) -> None:
    """Whatever the model takes the surname for later on."""
    names = [(one.text, one.name, one.kind.value) for one in read(text, lang, *proposals).entities]
    assert names == [("Abel Quendlin", "Abel Quendlin", "person"), ("Quendlin", "Abel Quendlin", "person")]


@pytest.mark.parametrize(
    ("text", "own", "parts"),
    [
        ("He won the 2024 United States presidential election.", [], ["United States"]),
        ("After the 2011 Canadian federal election in Quebec it rained.", [], ["Canadian", "Quebec"]),
        ("The 2014 European Parliament elections came.", [], ["European Parliament"]),
        ("They won at the 2012 European Union games in Norway.", [], ["European Union", "Norway"]),
        ("He left the 2025 NATO summit in Norway.", ["NATO", "Norway"], []),
        ("The United States holds an election.", ["United States"], []),
        ("In 2008 Norway won the election in Sweden.", ["Norway", "Sweden"], []),
        ("In 2019 Boris Johnson election posters hung.", ["Boris Johnson"], []),
    ],
)
def test_names_inside_the_name_of_an_election_are_parts(text: str, own: list[str], parts: list[str]) -> None:
    """An election with its year is a name; what it is made of tells whose it is."""
    reading = read(text, "en")
    assert [one.text for one in reading.entities] == own
    assert [one.text for one in reading.parts] == parts


@pytest.mark.parametrize(
    ("lang", "word", "small", "noun", "compound"),
    [
        ("de", "Nachher", True, False, False),
        ("en", "Whereas", True, False, False),
        ("de", "Berges", False, False, False),
        ("de", "Fels", False, True, False),
        ("de", "Talents", False, True, False),
        ("en", "Victory", False, True, False),
        ("de", "Wirtschaftshistorikern", False, False, False),
        ("de", "Wirtschaftshistoriker", False, False, True),
        ("en", "Supervictory", False, False, False),
        ("de", "Musik", False, True, False),
    ],
)
def test_common_words(lang: str, word: str, *, small: bool, noun: bool, compound: bool) -> None:
    """Small words, nouns in their forms, and German compounds of nouns."""
    words = CommonWords(lang)
    assert (words.small(word), words.noun(word), words.compound(word)) == (small, noun, compound)


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [("de", "Macron kommt.", "Emmanuel Macron"), ("en", "Macron will come.", "Emmanuel Macron")],
)
@pytest.mark.parametrize("label", ["PER", "LOC", "ORG"])
def test_who_is_known_by_a_short_name_stays_known(lang: str, text: str, name: str, label: str) -> None:
    """A proposal for the same words takes nobody's full name away."""
    (entity,) = read(text, lang, ("Macron", label)).entities
    assert (entity.kind, entity.name) == ("person", name)


def test_a_text_goes_to_the_model_in_pieces_of_whole_sentences() -> None:
    """All words once, in order, no white space; a piece ends with a sentence unless that is too long."""
    words = (["Eins", "zwei", ".", "\n"] * 300) + ["ohne"] * (2 * PIECE + 5)
    starts: list[bool | int | None] = [
        word == "Eins" or (word == "ohne" and words[at - 1] != "ohne") for at, word in enumerate(words)
    ]
    doc = Doc(spacy.blank("de").vocab, words=words, sent_starts=starts)
    cut = list(pieces(doc))
    assert [at for piece in cut for at in piece] == [at for at, word in enumerate(words) if word != "\n"]
    assert [len(piece) for piece in cut] == [900, PIECE, PIECE, 5]
    assert list(pieces(Doc(doc.vocab, words=[]))) == []


@pytest.mark.parametrize(
    ("lang", "text", "words", "kind"),
    [
        ("de", "Er wechselte zu den Calgary Flames.", "Calgary Flames", "organisation"),
        ("en", "He moved to the Calgary Flames.", "Calgary Flames", "organisation"),
        ("de", "Ein Sender für die Region Bristol Bay.", "Bristol Bay", "place"),
        ("en", "A station for the Bristol Bay region.", "Bristol Bay", "place"),
        ("de", "Das Buch erschien im Quendel Verlag.", "Quendel Verlag", "organisation"),
    ],
)
def test_names_by_their_last_word(lang: str, text: str, words: str, kind: str) -> None:
    """Teams of a town, places and publishers are named by their last word, whatever stands before it."""
    found = ArticleReader().read(Article(id="a", text=text, lang=lang)).entities
    assert (words, kind) in [(entity.text, entity.kind.value) for entity in found]
