"""Whose doing it is: of who is asked, of both in a compound, not of who only listens."""

import pytest

from bot.article.model import Article, Published
from bot.extraction.findings import Event
from bot.extraction.reader import ArticleReader

READER = ArticleReader()
PUBLISHED = Published.parse("2026-11-21")
PUTIN, ZELENSKY, MERZ, MACRON = "Q7747", "Q3874799", "Q566257", "Q3052772"


def event(lang: str, text: str) -> Event:
    """The first event of a sentence."""
    return READER.read(Article(id="a", text=text, lang=lang, published=PUBLISHED)).events[0]


@pytest.mark.parametrize(
    ("lang", "text", "actors"),
    [
        ("de", "Die Ukraine bat Deutschland und Frankreich, Soldaten zu schicken.", ["DE", "FR"]),
        ("en", "Ukraine asked Germany and France to send soldiers.", ["DE", "FR"]),
        ("de", "Selenskyj appellierte an die USA, Sanktionen gegen Russland zu verhängen.", ["US"]),
        ("en", "Zelensky called on the United States to impose sanctions on Russia.", ["US"]),
        ("de", "Deutschland wurde gebeten, 500 Soldaten nach Litauen zu entsenden.", ["DE"]),
        ("en", "Germany was asked to send 500 soldiers to Lithuania.", ["DE"]),
        ("en", "The US wants Poland to send soldiers to Ukraine.", ["PL"]),
    ],
)
def test_who_is_asked(lang: str, text: str, actors: list[str]) -> None:
    """Who is asked to do something is the one who would do it."""
    found = event(lang, text)
    assert found.modality.value == "demanded"
    assert [actor.id for actor in found.actors] == actors


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        ("de", "Das Merz-Macron-Telefonat ist für Montag geplant.", {MERZ, MACRON}),
        ("de", "Ein Putin-Selenskyj-Treffen am Montag gilt als sicher.", {PUTIN, ZELENSKY}),
        ("de", "Die USA-Russland-Gespräche beginnen am Montag in Wien.", {"US", "RU"}),
        ("en", "Putin-Zelensky talks are planned for Monday.", {PUTIN, ZELENSKY}),
        ("en", "US-Russia talks begin in Vienna on Monday.", {"US", "RU"}),
    ],
)
def test_both_in_one_word(lang: str, text: str, people: set[str]) -> None:
    """Both whom a compound names take part."""
    assert {who.id for who in event(lang, text).participants} == people


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        ("de", "Er sagte Reportern nach einem Treffen mit Macron, man sei sich einig.", {MACRON}),
        ("en", "He told reporters after a meeting with Macron that they agreed.", {MACRON}),
    ],
)
def test_who_listens(lang: str, text: str, people: set[str]) -> None:
    """Reporters who are told of a meeting are not in it."""
    assert {who.id for who in event(lang, text).participants} == people


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "modality"),
    [
        ("en", "Macron and Starmer will hold a phone call on a possible truce.", "consult.call", "scheduled"),
        ("en", "A call from Macron to Starmer on Monday is possible.", "consult.call", "under_discussion"),
        ("en", "Israel and Hamas have agreed to extend the truce, Qatar announced.", "ceasefire", "decided"),
        (
            "de",
            "Katar kündigte an, Israel und die Hamas hätten die Waffenruhe vereinbart.",
            "ceasefire",
            "decided",
        ),
    ],
)
def test_of_what_the_word_speaks(lang: str, text: str, event_type: str, modality: str) -> None:
    """A word before another noun, and the report of what was agreed, leave the event as real as it is."""
    found = READER.read(Article(id="a", text=text, lang=lang, published=PUBLISHED)).events
    assert [one.modality.value for one in found if one.type == event_type] == [modality]
