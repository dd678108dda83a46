"""What is moved, withdrawn, stopped or falls apart, and news verbs for ships and for joining others."""

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
    ("lang", "text", "day"),
    [
        (
            "de",
            "Das Treffen zwischen Putin und Selenskyj ist auf nächste Woche verschoben worden.",
            "2026-W48",
        ),
        ("en", "The meeting between Putin and Zelensky has been postponed until next week.", "2026-W48"),
        ("de", "Das Telefonat von Merz und Trump wurde auf Montag vorverlegt.", "2026-11-23"),
        ("en", "The call between Merz and Trump was brought forward to Monday.", "2026-11-23"),
        (
            "de",
            "Macron hat seinen für Dienstag geplanten Besuch in Warschau auf Mittwoch verlegt.",
            "2026-11-25",
        ),
        ("en", "Macron has moved his visit to Warsaw from Tuesday to Wednesday.", "2026-11-25"),
        ("de", "Der Gipfel der Nato findet am Freitag statt am Donnerstag statt.", "2026-11-27"),
        ("en", "The NATO summit will take place on Friday instead of Thursday.", "2026-11-27"),
        ("de", "Das Treffen der Außenminister ist auf den 5. Dezember vertagt worden.", "2026-12-05"),
        ("en", "The foreign ministers' meeting was pushed back to December 5.", "2026-12-05"),
        ("de", "Der Kanzler will seine Reise nach Kiew auf Januar verschieben.", "2027-01"),
    ],
)
def test_a_new_day(lang: str, text: str, day: str) -> None:
    """What is moved to a day is scheduled for that day."""
    assert [(event.modality.value, event.date) for event in events(lang, text)] == [("scheduled", day)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Friedensgespräche in Genf wurden auf unbestimmte Zeit vertagt."),
        ("en", "The peace talks in Geneva were postponed indefinitely."),
        ("de", "Der für Freitag geplante Gipfel wurde verschoben."),
        ("en", "A summit planned for Friday has been postponed."),
        ("de", "Der Besuch von Macron in Warschau verschiebt sich um zwei Tage."),
        ("en", "Macron's visit to Warsaw has been delayed by two days."),
        ("de", "Die Gespräche zwischen Iran und den USA sind geplatzt."),
        ("en", "Talks between Iran and the United States have broken down."),
    ],
)
def test_put_off(lang: str, text: str) -> None:
    """What is put off without a new day does not take place."""
    assert [event.modality.value for event in events(lang, text)] == ["cancelled"]


@pytest.mark.parametrize(
    ("lang", "text", "event_type"),
    [
        (
            "de",
            "Polen hat sein Angebot zurückgezogen, 500 Soldaten nach Litauen zu schicken.",
            "troops.commit",
        ),
        ("en", "Poland has withdrawn its offer to send 500 soldiers to Lithuania.", "troops.commit"),
        ("de", "Warschau nahm das Versprechen zurück, Panzer an die Ukraine zu liefern.", "aid.weapons"),
        ("en", "Germany went back on its promise to send tanks to Ukraine.", "aid.weapons"),
        ("de", "Frankreich hat die Lieferung von Raketen an die Ukraine gestoppt.", "aid.weapons"),
        ("en", "France has halted the delivery of missiles to Ukraine.", "aid.weapons"),
    ],
)
def test_taken_back(lang: str, text: str, event_type: str) -> None:
    """An offer or promise that is withdrawn, and a delivery that is stopped, are cancelled."""
    assert [(event.type, event.modality.value) for event in events(lang, text)] == [(event_type, "cancelled")]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("de", "Die Waffenruhe im Sudan ist zusammengebrochen.", "ceasefire.broken occurred"),
        ("en", "The truce in Sudan has collapsed.", "ceasefire.broken occurred"),
        ("de", "Die Waffenruhe im Sudan hält nicht.", "ceasefire.broken occurred"),
        ("en", "The truce in Sudan is not holding.", "ceasefire.broken occurred"),
        ("de", "Die Waffenruhe hält.", "ceasefire ongoing"),
        ("en", "The ceasefire holds.", "ceasefire ongoing"),
        ("de", "Die Waffenruhe im Sudan beginnt am Freitag.", "ceasefire scheduled"),
        ("en", "The 72-hour truce begins on Friday.", "ceasefire scheduled"),
        ("de", "Norwegen schließt sich den Sanktionen der EU gegen Belarus an.", "sanction.impose decided"),
        ("en", "Norway joined the EU sanctions against Belarus.", "sanction.impose decided"),
        ("de", "Zwei französische Kriegsschiffe laufen nach Zypern aus.", "troops.commit decided"),
        ("en", "Two French warships are sailing to Cyprus.", "troops.commit decided"),
        (
            "de",
            "Kanada schickt nicht nur 300 Soldaten nach Lettland, sondern auch Panzer.",
            "troops.commit decided",
        ),
        ("en", "Canada will send not only 300 soldiers to Latvia but also tanks.", "troops.commit pledged"),
        (
            "de",
            "Die USA haben grünes Licht für die Lieferung von Raketen an Polen erteilt.",
            "aid.weapons decided",
        ),
        (
            "en",
            "Washington gave the green light for the delivery of missiles to Poland.",
            "aid.weapons decided",
        ),
        ("de", "Deutschland verlegt 500 Soldaten bis Dezember nach Litauen.", "troops.commit decided"),
        ("en", "Germany will move 500 troops to Lithuania by December.", "troops.commit pledged"),
    ],
)
def test_news_verbs(lang: str, text: str, told: str) -> None:
    """The verbs in which news tells of truces, sanctions and ships; `not only` denies nothing."""
    assert [f"{event.type} {event.modality.value}" for event in events(lang, text)] == [told]
