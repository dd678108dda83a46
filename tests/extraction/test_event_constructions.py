"""Constructions that news is told in: conditions, hearsay, open decisions, actors and days unsaid."""

import pytest

from bot.article.model import Article, Published
from bot.extraction.findings import Event
from bot.extraction.reader import ArticleReader

READER = ArticleReader()
PUBLISHED = Published.parse("2026-03-02")  # a Monday


def events(lang: str, text: str, event_type: str) -> list[Event]:
    """The events of a type (or family) in a text."""
    article = Article(id="a", text=text, lang=lang, published=PUBLISHED)
    return [event for event in READER.read(article).events if event.type.startswith(event_type)]


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "modality"),
    [
        # Conditions.
        ("de", "Italien könnte Soldaten entsenden, sollte die Waffenruhe halten.", "troops.commit",
         "hypothetical"),
        ("en", "If the truce holds, Italy could send soldiers.", "troops.commit", "hypothetical"),
        ("de", "Die EU verhängt Sanktionen, falls die Gespräche scheitern.", "sanction.impose", "threatened"),
        ("en", "The EU will impose sanctions if the talks fail.", "sanction.impose", "threatened"),
        ("de", "Die EU warnt Georgien vor Sanktionen.", "sanction.impose", "threatened"),
        ("en", "The EU warned Georgia of sanctions.", "sanction.impose", "threatened"),
        ("en", "The rebels said they would halt their attacks if the port was reopened.", "ceasefire",
         "offered"),
        # Hearsay.
        ("de", "Oslo wies Berichte zurück, wonach Norwegen Truppen entsendet.", "troops.commit", "denied"),
        ("de", "Berichte, wonach Norwegen Truppen entsendet, wies Oslo zurück.", "troops.commit", "denied"),
        ("en", "Oslo denied reports that Norway was sending troops.", "troops.commit", "denied"),
        # Decisions still open.
        ("de", "Das Parlament will am Freitag über die Entsendung von 80 Soldaten entscheiden.",
         "troops.commit",
         "under_discussion"),
        ("en", "Parliament is to vote on sending 80 soldiers.", "troops.commit", "under_discussion"),
        ("de", "Die Regierung entscheidet, ob sie Panzer liefert.", "aid.weapons", "under_discussion"),
        ("en", "The government will decide whether to deliver tanks.", "aid.weapons", "under_discussion"),
        ("de", "Das Parlament stimmte der Entsendung von 80 Soldaten zu.", "troops.commit", "decided"),
        ("en", "Parliament voted to send 80 soldiers.", "troops.commit", "decided"),
        # What the money is for.
        ("de", "Japan gibt 50 Millionen Euro, um Schulen in Nepal aufzubauen.", "aid.money", "decided"),
        ("en", "Japan will provide $50 million to rebuild schools in Nepal.", "aid.money", "pledged"),
        # Not agreed.
        ("en", "The two sides failed to agree on a truce.", "ceasefire", "denied"),
        # Planned once.
        ("de", "Ein Treffen von Lula und Milei war seit Langem geplant.", "consult.meeting", "historical"),
        ("en", "A meeting between Lula and Milei had long been planned.", "consult.meeting", "historical"),
    ],
)  # fmt: skip
def test_how_real(lang: str, text: str, event_type: str, modality: str) -> None:
    """Conditions, hearsay and decisions still to be taken leave an event less real."""
    assert modality in {event.modality.value for event in events(lang, text, event_type)}


@pytest.mark.parametrize(
    ("lang", "text", "family"),
    [
        ("de", "In Mali sind seit Jahren französische Soldaten stationiert.", "troops"),
        ("en", "About 900 American soldiers are stationed in the country.", "troops"),
        ("de", "Die Ministerin dankte den im Einsatz befindlichen Soldaten.", "troops"),
        ("en", "Two men died during the deployment of the soldiers.", "troops"),
        ("de", "Der Vorsitzende der Konferenz dankte den Gästen.", "consult"),
        ("en", "The chairman of the conference thanked the guests.", "consult"),
        ("de", "Nach den Sanktionen gegen Iran brach der Handel ein.", "sanction"),
        ("en", "The firm went bankrupt after Western sanctions cut it off.", "sanction"),
        ("de", "Die beiden Supermärkte vereinbarten einen Waffenstillstand im Preiskampf.", "ceasefire"),
        ("en", "The two supermarket chains declared a truce in their price war.", "ceasefire"),
        ("de", "Im Handelsstreit vereinbarten die USA und China eine Waffenruhe.", "ceasefire"),
        ("en", "The US and China extended their tariff truce.", "ceasefire"),
        ("de", "Der mexikanische Präsident Felipe Rojas ließ Hilfsgüter in die Täler fliegen.", "aid"),
        ("en", "Mexican President Felipe Rojas sent relief supplies to the valleys.", "aid"),
        ("de", "Der Stadtrat bewilligte 5 Millionen Euro für eine Brücke.", "aid"),
        ("en", "The city council approved 5 million dollars for a bridge.", "aid"),
    ],
)  # fmt: skip
def test_no_event(lang: str, text: str, family: str) -> None:
    """How things stand, settings, figures of speech and help at home are no events."""
    assert events(lang, text, family) == []


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "who"),
    [
        # His country, their countries.
        ("de", "Der kanadische Premierminister sagte, sein Land schicke zwei Fregatten.", "troops.commit",
         ["CA"]),
        ("en", "The Canadian prime minister said his country would send two frigates.", "troops.commit",
         ["CA"]),
        ("de", "Estland und Lettland erklärten, ihre Länder würden Soldaten stellen.", "troops.commit",
         ["EE", "LV"]),
        ("en", "Estonia and Latvia said their countries would send soldiers.", "troops.commit", ["EE", "LV"]),
        # Whose soldiers they are.
        ("en", "Burundi announced that its 1,200 soldiers would leave.", "troops.withdraw", ["BI"]),
        ("de", "Deutsche Soldaten werden nach Litauen verlegt.", "troops.commit", ["DE"]),
        ("en", "German soldiers will be sent to Lithuania.", "troops.commit", ["DE"]),
        ("de", "Der Abzug der europäischen Friedenstruppe beginnt.", "troops.withdraw", ["Q458"]),
        ("en", "The withdrawal of the European peacekeepers begins.", "troops.withdraw", ["Q458"]),
        # Who says what will be done.
        ("de", "500 Soldaten würden verlegt, sagte der norwegische Verteidigungsminister.",
         "troops.commit", ["NO"]),
        ("en", "The Norwegian defence minister said 500 soldiers would be sent.", "troops.commit", ["NO"]),
        # The cabinet in a capital; the latter.
        ("de", "Das Kabinett in Helsinki billigte die Entsendung von 200 Soldaten.", "troops.commit", ["FI"]),
        ("en", "The cabinet in Helsinki approved the deployment of 200 soldiers.", "troops.commit", ["FI"]),
        ("de", "Das Dossier ging an den UN-Sicherheitsrat. Dieser könnte Sanktionen beschließen.",
         "sanction.impose",
         ["UN-Sicherheitsrat"]),
    ],
)  # fmt: skip
def test_who_acts(lang: str, text: str, event_type: str, who: list[str]) -> None:
    """Who acts is found where the clause itself does not name anybody."""
    (event,) = events(lang, text, event_type)
    assert [actor.id or actor.name for actor in event.actors] == who


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Neben Norwegen sollen auch andere Länder Soldaten stellen."),
        ("de", "Er hofft, dass andere Länder Soldaten schicken."),
        ("en", "He hopes that other countries will send soldiers."),
    ],
)
def test_others_are_nobody_in_particular(lang: str, text: str) -> None:
    """`Other countries` act as nobody in particular, in their own words only."""
    found = events(lang, text, "troops.commit")
    assert found
    assert all(actor.kind is None for event in found for actor in event.actors if actor.id is None)


@pytest.mark.parametrize(
    ("lang", "text", "participants", "day"),
    [
        ("de", "Merz trifft Meloni. Das Treffen ist für Freitag geplant.", {"Q566257", "Q451791"},
         "2026-03-06"),
        ("en", "Merz will meet Meloni. The meeting is planned for Friday.", {"Q566257", "Q451791"},
         "2026-03-06"),
        ("de",
         "Die Nato-Verteidigungsminister reden über Drohnen. Das Treffen in Brüssel ist am 17. März.", None,
         "2026-03-17"),
        ("en", "NATO defence ministers will discuss drones. The meeting in Brussels is on March 17.", None,
         "2026-03-17"),
    ],
)  # fmt: skip
def test_the_meeting_told_before(lang: str, text: str, participants: set[str] | None, day: str) -> None:
    """`The meeting` takes who takes part from what was told before."""
    event = events(lang, text, "consult.meeting")[-1]
    assert event.date == day
    assert event.participants
    if participants:
        assert participants == {one.id for one in event.participants}


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "day"),
    [
        ("de", "Belgien bereitet den EU-Gipfel vor, der am 12. März beginnt.", "consult.summit",
         "2026-03-12"),
        ("en", "They prepare the EU summit, which opens on March 12.", "consult.summit", "2026-03-12"),
        ("en", "Donors will give $20 million for the victims of the August earthquake in Nepal.",
         "aid.money", None),
        ("de", "Die Miliz brach die Waffenruhe vom Januar.", "ceasefire.broken", None),
    ],
)  # fmt: skip
def test_day(lang: str, text: str, event_type: str, day: str | None) -> None:
    """A relative clause says when a meeting is; the day of another noun is not the event's."""
    (event,) = events(lang, text, event_type)
    assert event.date == day


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("de", "Finnland entsendet 200 Pioniere nach Moldau.", 200),
        ("en", "Finland is sending 200 army engineers to Moldova.", 200),
        ("de", "Die Truppe wächst: Sie wird von 2000 auf 12.000 Soldaten verstärkt.", 12000),
    ],
)
def test_how_many(lang: str, text: str, value: float) -> None:
    """Soldiers by any name are counted as such, and no number is taken for a year."""
    (event,) = events(lang, text, "troops.commit")
    assert event.quantity is not None
    assert (event.quantity.value, event.quantity.unit) == (value, "soldier")
    assert event.date is None
