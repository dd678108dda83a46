"""Events told by the way or by others: days of telling, background, implied actors, private sanctions."""

from time import perf_counter

import pytest

from bot.article.model import Article, Published
from bot.extraction.findings import Event
from bot.extraction.reader import ArticleReader

READER = ArticleReader()
PUBLISHED = Published.parse("2026-03-02")  # a Monday


def events(lang: str, text: str, title: str | None = None) -> list[Event]:
    """What is read out of a text."""
    article = Article(id="a", text=text, title=title, lang=lang, published=PUBLISHED)
    return list(READER.read(article).events)


def one(lang: str, text: str, event_type: str) -> Event:
    """The only event of a type."""
    (event,) = (event for event in events(lang, text) if event.type == event_type)
    return event


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("de", "Paris kündigte das Treffen mit Selenskyj am Mittwoch an.", None),
        ("en", "Paris announced the meeting with Zelensky on Wednesday.", None),
        ("de", "Paris kündigte am Montag für Freitag ein Treffen mit Selenskyj an.", "2026-03-06"),
        ("en", "Paris announced on Monday a meeting with Zelensky for Friday.", "2026-03-06"),
        ("de", "Paris kündigte ein Treffen mit Selenskyj für Donnerstag an.", "2026-03-05"),
        ("en", "Paris announced a meeting with Zelensky next Thursday.", "2026-03-12"),
        ("de", "Das Treffen mit Selenskyj am 6. März wurde von Paris bekanntgegeben.", "2026-03-06"),
        ("en", "The meeting with Zelensky on March 6 was announced by Paris.", "2026-03-06"),
    ],
)
def test_day_of_telling(lang: str, text: str, day: str | None) -> None:
    """A day beside a verb of announcing is that of the announcement, unless it is tied to the event."""
    event = one(lang, text, "consult.meeting")
    assert event.date == day


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "modality"),
    [
        (
            "de",
            "1960, als 15 Länder Truppen in den Kongo schickten, war das anders.",
            "troops.commit",
            "historical",
        ),
        (
            "en",
            "In 1960, when 15 countries sent troops to Congo, things were different.",
            "troops.commit",
            "historical",
        ),
        (
            "de",
            "Im Jahr 2007 fror Japan Konten ein und verhängte ein Embargo gegen Iran.",
            "sanction.impose",
            "historical",
        ),
        (
            "en",
            "In 2007 Japan broke off the talks with Iran and sent 200 soldiers to Kuwait.",
            "troops.commit",
            "historical",
        ),
        ("de", "Die USA hatten Sanktionen gegen Iran verhängt.", "sanction.impose", "historical"),
        ("en", "The US had imposed sanctions on Iran.", "sanction.impose", "historical"),
        (
            "de",
            "Kenia, das 200 Soldaten nach Haiti geschickt hatte, schweigt.",
            "troops.commit",
            "historical",
        ),
        ("de", "Am Sonntag hatte Macron mit Lula telefoniert.", "consult.call", "occurred"),
        ("en", "On Sunday Macron had phoned Lula.", "consult.call", "occurred"),
        ("en", "Tokyo said it had imposed sanctions on Iran.", "sanction.impose", "occurred"),
        ("de", "Tokio teilte mit, es habe Sanktionen gegen Iran verhängt.", "sanction.impose", "occurred"),
    ],
)
def test_background(lang: str, text: str, event_type: str, modality: str) -> None:
    """What is long ago, or told as before the past with no day near, is background."""
    found = [event for event in events(lang, text) if event.type == event_type]
    assert {event.modality.value for event in found} == {modality}


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "actors"),
    [
        (
            "de",
            "Die EU-Außenbeauftragte sagte, es gebe Unterstützung für ein Paket von 9 Milliarden Euro.",
            "aid.money",
            ["EU"],
        ),
        (
            "en",
            "The Nato secretary general said there was support for a package of 9 billion euros.",
            "aid.money",
            ["NATO"],
        ),
        (
            "de",
            "Die finnische Ministerin sagte, man werde 90 Soldaten nach Kenia schicken.",
            "troops.commit",
            ["Finnland"],
        ),
        ("de", "Die Regierung in Oslo schickt 90 Soldaten nach Kenia.", "troops.commit", ["Norwegen"]),
        ("en", "The government in Oslo is sending 90 soldiers to Kenya.", "troops.commit", ["Norway"]),
        (
            "de",
            "Finnland zögert. Dennoch schickt das Land 90 Soldaten nach Kenia.",
            "troops.commit",
            ["Finnland"],
        ),
        (
            "en",
            "Finland is hesitant. Yet that country will send 90 soldiers to Kenya.",
            "troops.commit",
            ["Finland"],
        ),
        ("en", "Several governments want to send soldiers.", "troops.commit", ["Several governments"]),
        (
            "de",
            "Finnland und Polen erwägen, Soldaten zu schicken.",
            "troops.commit",
            ["Finnland", "Polen"],
        ),
        (
            "en",
            "Finland and Poland are considering sending soldiers.",
            "troops.commit",
            ["Finland", "Poland"],
        ),
        (
            "en",
            "He said Finland and Poland were sending soldiers.",
            "troops.commit",
            ["Finland", "Poland"],
        ),
        (
            "de",
            "Rund zehn Länder, darunter Finnland und Polen, wollen Soldaten schicken.",
            "troops.commit",
            ["Rund zehn Länder", "Finnland", "Polen"],
        ),
        (
            "en",
            "About ten countries, including Finland and Poland, want to send soldiers.",
            "troops.commit",
            ["About ten countries", "Finland", "Poland"],
        ),
    ],
)
def test_implied_actors(lang: str, text: str, event_type: str, actors: list[str]) -> None:
    """Officials act for whom they speak, governments for their state, and all that are joined or listed."""
    assert [actor.name for actor in one(lang, text, event_type).actors] == actors


@pytest.mark.parametrize(
    ("lang", "text", "political"),
    [
        ("de", "Die Liga verhängte Sanktionen gegen drei Spieler.", False),
        ("en", "The league imposed sanctions on three players.", False),
        ("de", "Das Gericht verhängte Sanktionen gegen das Unternehmen.", False),
        ("en", "The court imposed sanctions on the company.", False),
        ("de", "Der Konzern droht Mitarbeitern mit Sanktionen.", False),
        ("en", "The company threatened its employees with sanctions.", False),
        ("de", "Der Bundestag beschloss Sanktionen gegen Schüler.", False),
        ("de", "Russland droht mit Sanktionen gegen deutsche Firmen.", True),
        ("en", "Japan imposed sanctions on six shipping companies.", True),
        ("de", "Neue Sanktionen gegen Iran wurden am Montag beschlossen.", True),
        ("en", "The Russian Federation imposed sanctions on German officials.", True),
    ],
)
def test_private_sanctions(lang: str, text: str, political: bool) -> None:  # noqa: FBT001
    """What leagues, courts and companies impose, and what hits players or staff, is no event."""
    found = [event for event in events(lang, text) if event.type.startswith("sanction")]
    assert bool(found) is political


@pytest.mark.parametrize(
    ("lang", "unit"),
    [("de", "er sagte, "), ("en", "he said, "), ("de", "er schickt Soldaten und "), ("de", "A. ")],
)
def test_endless_sentence(lang: str, unit: str) -> None:
    """A sentence without end is read in time that grows with its length, not its square."""
    took = perf_counter()
    events(lang, unit * (20_000 // len(unit)))
    assert perf_counter() - took < 15
