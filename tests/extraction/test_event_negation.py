"""What is not so, or not any more: plans that nobody has, former plans and days, warnings, asides."""

import pytest

from bot.article.model import Article, Published
from bot.extraction.findings import Event
from bot.extraction.reader import ArticleReader

READER = ArticleReader()
PUBLISHED = Published.parse("2026-11-21")  # a Saturday


def events(lang: str, text: str) -> tuple[Event, ...]:
    """What is read out of a text."""
    return READER.read(Article(id="a", text=text, lang=lang, published=PUBLISHED)).events


@pytest.mark.parametrize(
    ("lang", "text", "event_type"),
    [
        ("de", "Es gibt keine Pläne für einen Abzug deutscher Soldaten aus dem Irak.", "troops.withdraw"),
        ("en", "There are no plans for a withdrawal of German soldiers from Iraq.", "troops.withdraw"),
        ("de", "Es gibt keine Anzeichen für einen Abzug der russischen Soldaten.", "troops.withdraw"),
        ("en", "There is no sign of a withdrawal of Russian troops.", "troops.withdraw"),
        ("de", "Es gibt keinen Beleg dafür, dass Russland Truppen nach Mali schickt.", "troops.commit"),
        ("en", "There is no evidence that Russia is sending troops to Mali.", "troops.commit"),
        ("de", "Kein Termin für Gespräche mit Selenskyj", "consult.talks"),
        ("en", "No date for Putin-Zelensky talks", "consult.talks"),
    ],
)
def test_a_noun_that_is_denied(lang: str, text: str, event_type: str) -> None:
    """Of what has no plan, no day and no sign nothing is told."""
    assert "denied" in [event.modality.value for event in events(lang, text) if event.type == event_type]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Es gibt Anzeichen für einen Abzug der russischen Soldaten."),
        ("en", "There are signs of a withdrawal of Russian troops."),
    ],
)
def test_a_sign(lang: str, text: str) -> None:
    """What there are signs of is expected."""
    assert [event.modality.value for event in events(lang, text)] == ["expected"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Ungarn warnte die EU davor, Sanktionen gegen Russland zu verhängen."),
        ("en", "Hungary warned the EU against imposing sanctions on Russia."),
    ],
)
def test_a_warning_against_doing_it(lang: str, text: str) -> None:
    """Who warns others against doing something does not threaten to do it."""
    found = [event.modality.value for event in events(lang, text) if event.type == "sanction.impose"]
    assert found == ["hypothetical"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Das Treffen zwischen Merz und Macron war ursprünglich für Freitag geplant."),
        ("en", "The meeting between Merz and Macron was originally planned for Friday."),
        ("de", "Ursprünglich sollten 800 Soldaten nach Litauen entsandt werden."),
        ("en", "Germany originally planned to send 800 soldiers to Lithuania."),
    ],
)
def test_what_was_meant_before(lang: str, text: str) -> None:
    """A plan of before is history."""
    assert [event.modality.value for event in events(lang, text)] == ["historical"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Der ursprünglich für Freitag geplante Gipfel in Wien findet am Montag statt."),
        ("de", "Der Gipfel in Wien, ursprünglich für Freitag geplant, findet am Montag statt."),
        ("en", "The summit in Vienna, originally planned for Friday, will take place on Monday."),
        ("en", "The originally planned summit in Vienna will take place on Monday."),
    ],
)
def test_a_day_of_before(lang: str, text: str) -> None:
    """A day that was once meant is not that of the event."""
    assert [(event.modality.value, event.date) for event in events(lang, text)] == [
        ("scheduled", "2026-11-23")
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Der Gipfel in Wien, ursprünglich für Freitag geplant, wurde abgesagt."),
        ("en", "The summit in Vienna, originally planned for Friday, was cancelled."),
    ],
)
def test_what_is_called_off_keeps_its_day(lang: str, text: str) -> None:
    """A summit that does not take place is known by the day it was meant for."""
    assert [(event.modality.value, event.date) for event in events(lang, text)] == [
        ("cancelled", "2026-11-27")
    ]


@pytest.mark.parametrize(
    ("lang", "text", "event_type"),
    [
        (
            "en",
            "Norway pledged 2 billion kroner to Ukraine, Prime Minister Støre said during a visit to Kyiv.",
            "consult.visit",
        ),
        (
            "de",
            "Norwegen sagt der Ukraine Geld zu, sagte Ministerpräsident Støre bei einem Besuch in Kiew.",
            "consult.visit",
        ),
        ("en", "“We keep what we promised,” he told reporters after meeting Macron.", "consult.meeting"),
    ],
)
def test_who_says_it_where(lang: str, text: str, event_type: str) -> None:
    """What is promised before the words `he said during a visit` says nothing of the visit."""
    found = [event.modality.value for event in events(lang, text) if event.type == event_type]
    assert found == ["occurred"]


def test_until_a_day_is_no_subordinate_clause() -> None:
    """`bis Ende März würden …` is what the minister announces, for his country."""
    minister = "Verteidigungsminister Boris Pistorius kündigte an"
    text = f"{minister}, bis Ende März 2027 würden weitere 1.200 Soldaten nach Litauen verlegt."
    (event,) = events("de", text)
    assert [actor.id for actor in event.actors] == ["DE"]
    assert (event.modality.value, event.date) == ("pledged", "2027-03")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "de",
            "Macron sagte, eine Entscheidung über die Entsendung von Soldaten nach Kiew sei nicht gefallen.",
        ),
        ("en", "Macron said no decision had been taken on sending soldiers to Ukraine."),
        ("de", "In Paris streitet man darüber, ob Frankreich Soldaten in die Ukraine schicken soll."),
        ("en", "Debate is raging in Paris over whether France should send soldiers to Ukraine."),
    ],
)
def test_what_is_not_decided(lang: str, text: str) -> None:
    """What nobody has decided yet, and what is asked, is under discussion."""
    assert [event.modality.value for event in events(lang, text)] == ["under_discussion"]


@pytest.mark.parametrize(
    ("lang", "text", "modality"),
    [
        ("de", "Frankreich rief zur Ruhe auf und bot an, eine neue Feuerpause zu vermitteln.", "offered"),
        ("en", "France urged both sides to show restraint and offered to mediate a new truce.", "offered"),
        ("en", "France failed to agree on a date but promised to send 300 soldiers to Chad.", "pledged"),
    ],
)
def test_a_second_verb_behind_an_infinitive(lang: str, text: str, modality: str) -> None:
    """A second verb of the main clause governs what follows it, not the first."""
    assert [event.modality.value for event in events(lang, text)] == [modality]
