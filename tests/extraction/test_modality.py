"""How real an event is: demanded is not planned is not decided."""

import pytest

from bot.article.model import Article, Published
from bot.extraction.findings import Event, Modality
from bot.extraction.reader import ArticleReader

READER = ArticleReader()
PUBLISHED = Published.parse("2026-03-02")  # a Monday

TABLE = [
    # language, sentence, type, modality
    ("de", "Norwegen hat 300 Soldaten nach Lettland verlegt.", "troops.commit", "occurred"),
    ("en", "Norway has sent 300 soldiers to Latvia.", "troops.commit", "occurred"),
    ("de", "Macron telefonierte am Sonntag mit Selenskyj.", "consult.call", "occurred"),
    ("en", "Macron met Zelensky on Sunday in Paris.", "consult.meeting", "occurred"),
    ("de", "Die Gespräche zwischen Ägypten und Israel dauern an.", "consult.talks", "ongoing"),
    ("en", "The talks between Egypt and Israel are continuing.", "consult.talks", "ongoing"),
    ("de", "Iran greift derzeit Ziele in Israel an.", "attack", "ongoing"),
    ("en", "Rebels are currently attacking the capital.", "attack", "ongoing"),
    ("de", "Scholz und Biden treffen sich am Freitag in Genf.", "consult.meeting", "scheduled"),
    ("en", "Scholz and Biden will meet in Geneva on Friday.", "consult.meeting", "scheduled"),
    ("de", "Ein Gipfel der EU ist für den 12. März geplant.", "consult.summit", "scheduled"),
    ("en", "An EU summit is scheduled for March 12.", "consult.summit", "scheduled"),
    ("de", "Kanada hat beschlossen, Panzer zu liefern.", "aid.weapons", "decided"),
    ("en", "Canada has decided to deliver tanks.", "aid.weapons", "decided"),
    ("de", "Die EU einigte sich auf neue Sanktionen gegen Belarus.", "sanction.impose", "decided"),
    ("en", "The EU agreed on new sanctions against Belarus.", "sanction.impose", "decided"),
    ("de", "Das Parlament billigte die Entsendung von 80 Soldaten.", "troops.commit", "decided"),
    ("en", "Parliament approved the deployment of 80 soldiers.", "troops.commit", "decided"),
    ("de", "Japan sagte dem Land 200 Millionen Euro Hilfe zu.", "aid.money", "pledged"),
    ("en", "Japan pledged 200 million euros in aid.", "aid.money", "pledged"),
    ("de", "Schweden will 400 Soldaten nach Finnland schicken.", "troops.commit", "pledged"),
    ("en", "Sweden announced it would send 400 soldiers to Finland.", "troops.commit", "pledged"),
    ("de", "Spanien ist bereit, Friedenstruppen zu stellen.", "troops.commit", "offered"),
    ("en", "Spain is willing to send peacekeepers.", "troops.commit", "offered"),
    ("de", "Katar bietet an, Zelte und Medikamente zu liefern.", "aid.humanitarian", "offered"),
    ("en", "Qatar offered to deliver tents and medicine.", "aid.humanitarian", "offered"),
    ("de", "Italien erwartet, dass die EU Sanktionen verhängt.", "sanction.impose", "expected"),
    ("en", "Italy expects the EU to impose sanctions.", "sanction.impose", "expected"),
    ("de", "Beobachter rechnen mit einem Abzug der Truppen.", "troops.withdraw", "expected"),
    ("en", "Observers expect a withdrawal of the troops.", "troops.withdraw", "expected"),
    ("de", "Die Minister berieten über die Lieferung von Panzern.", "aid.weapons", "under_discussion"),
    ("en", "The ministers discussed the delivery of tanks.", "aid.weapons", "under_discussion"),
    ("de", "Die Nato prüft, mehr Soldaten zu entsenden.", "troops.commit", "under_discussion"),
    ("en", "NATO is considering sending more soldiers.", "troops.commit", "under_discussion"),
    ("de", "Dänemark schließt nicht aus, Soldaten zu schicken.", "troops.commit", "under_discussion"),
    ("en", "Denmark did not rule out sending soldiers.", "troops.commit", "under_discussion"),
    ("de", "Die Türkei schlug eine Waffenruhe von zehn Tagen vor.", "ceasefire", "proposed"),
    ("en", "Turkey proposed a ceasefire of ten days.", "ceasefire", "proposed"),
    ("de", "Der Vorschlag für einen Gipfel kam aus Peking.", "consult.summit", "proposed"),
    ("en", "The proposal for a summit came from Beijing.", "consult.summit", "proposed"),
    ("de", "Ein Waffenstillstandsvorschlag liegt auf dem Tisch.", "ceasefire", "proposed"),
    ("de", "Die Opposition fordert Sanktionen gegen Belarus.", "sanction.impose", "demanded"),
    ("en", "The opposition demands sanctions against Belarus.", "sanction.impose", "demanded"),
    ("de", "Selenskyj forderte die Nato auf, Soldaten zu entsenden.", "troops.commit", "demanded"),
    ("en", "Zelensky urged NATO to deploy soldiers.", "troops.commit", "demanded"),
    ("de", "Die Forderung nach einer Waffenruhe wird lauter.", "ceasefire", "demanded"),
    ("en", "Calls for a ceasefire are growing.", "ceasefire", "demanded"),
    ("de", "Der Minister sagte, Europa müsse mehr Waffen liefern.", "aid.weapons", "demanded"),
    ("en", "Europe must supply more weapons, the minister said.", "aid.weapons", "demanded"),
    ("de", "Washington drohte mit neuen Sanktionen.", "sanction.impose", "threatened"),
    ("en", "Washington threatened to impose new sanctions.", "sanction.impose", "threatened"),
    ("de", "Ungarn lehnt die Entsendung von Soldaten ab.", "troops.commit", "denied"),
    ("en", "Hungary refuses to send soldiers.", "troops.commit", "denied"),
    ("de", "Österreich wird keine Soldaten entsenden.", "troops.commit", "denied"),
    ("en", "Austria will not send soldiers.", "troops.commit", "denied"),
    ("de", "Moskau dementierte, dass Truppen verlegt worden seien.", "troops.commit", "denied"),
    ("en", "Moscow denied that troops had been deployed.", "troops.commit", "denied"),
    ("de", "Das Treffen zwischen Lula und Milei wurde abgesagt.", "consult.meeting", "cancelled"),
    ("en", "The meeting between Lula and Milei was cancelled.", "consult.meeting", "cancelled"),
    ("de", "Der für Freitag geplante Gipfel wurde verschoben.", "consult.summit", "cancelled"),
    ("en", "A summit planned for Friday has been postponed.", "consult.summit", "cancelled"),
    ("de", "Falls Russland angreift, schickt Polen Truppen.", "troops.commit", "hypothetical"),
    ("en", "If Russia attacks, Poland will send troops.", "troops.commit", "hypothetical"),
    ("de", "Sollte Russland angreifen, würde Polen Truppen schicken.", "attack", "hypothetical"),
    ("de", "Jeder Staat, der Truppen stellt, zahlt selbst.", "troops.commit", "hypothetical"),
    ("en", "Any country that sends troops pays for them.", "troops.commit", "hypothetical"),
    ("de", "Im Jahr 2003 schickte Polen Soldaten in den Irak.", "troops.commit", "historical"),
    ("en", "In 2003 Poland sent soldiers to Iraq.", "troops.commit", "historical"),
]


def events(lang: str, text: str) -> tuple[Event, ...]:
    """What is read out of a sentence."""
    return READER.read(Article(id="a", text=text, lang=lang, published=PUBLISHED)).events


@pytest.mark.parametrize(("lang", "text", "event_type", "modality"), TABLE)
def test_modality(lang: str, text: str, event_type: str, modality: str) -> None:
    """The words around an event say how real it is."""
    found = [(event.type, event.modality.value) for event in events(lang, text)]
    assert (event_type, modality) in found


def test_every_modality_in_both_languages() -> None:
    """The table above has every modality in German and in English."""
    for lang in ("de", "en"):
        assert {row[3] for row in TABLE if row[0] == lang} == {modality.value for modality in Modality}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Sanktionen gegen Iran treffen die Wirtschaft."),
        ("en", "Sanctions against Iran hurt the economy."),
        ("de", "Der Kanzler sprach über die Gespräche mit Kanada."),
        ("en", "The chancellor commented on the talks with Canada."),
    ],
)
def test_only_spoken_about(lang: str, text: str) -> None:
    """What is only mentioned, with nothing said of it, is no event."""
    found = {event.type.split(".")[0] for event in events(lang, text)}
    assert not found & {"sanction", "consult"}


@pytest.mark.parametrize(
    ("lang", "text", "modality"),
    [
        ("de", "„Wir brauchen Sanktionen gegen Iran“, forderte der Minister.", "demanded"),
        ("de", "Der Präsident: „Wir sind bereit, Soldaten zu schicken.“", "offered"),
        ("de", "Er bestätigte, dass die EU sich darauf geeinigt habe, Sanktionen zu verhängen.", "decided"),
        ("de", "Die Regierung kündigte an, keine Soldaten zu entsenden.", "denied"),
        ("de", "Der Präsident lehnte den Vorschlag einer Waffenruhe ab.", "denied"),
        ("de", "Das Kabinett nahm den Plan zur Entsendung von Soldaten an.", "decided"),
        ("en", "The minister said that the EU had agreed to impose sanctions.", "decided"),
        ("en", "The government announced that it would not send soldiers.", "denied"),
        ("en", "The president rejected a proposal for a ceasefire.", "denied"),
        ("en", "The cabinet approved a plan for the deployment of soldiers.", "decided"),
    ],
)
def test_nested(lang: str, text: str, modality: str) -> None:
    """Cues of clauses around, quotations and colon speech are read together."""
    shallow = ("rejection", "threat", "accusation")
    assert [event.modality.value for event in events(lang, text) if event.type not in shallow] == [modality]


@pytest.mark.parametrize(
    ("lang", "text", "modality"),
    [
        ("de", "Die Verhandlungen mit Iran seien schwierig gewesen, sagte der Minister.", "occurred"),
        ("de", "Die Gespräche mit Iran sind konstruktiv gewesen.", "occurred"),
        ("en", "The talks with Iran have been difficult.", "occurred"),
        ("de", "Nach dem Treffen mit Lula zeigte sich Macron zufrieden.", "occurred"),
        ("en", "After the meeting with Lula, Macron was satisfied.", "occurred"),
        ("de", "Macron ist zu Gesprächen mit Lula bereit.", "offered"),
        ("en", "Macron is ready for talks with Lula.", "offered"),
        ("de", "Macron war zu Gesprächen mit Lula bereit, wenn das Paket fällt.", "hypothetical"),
        ("en", "Macron was ready for talks with Lula if the fighting stopped.", "hypothetical"),
        ("de", "Die in Mali stationierten Soldaten Kenias feierten.", "historical"),
        ("en", "The Kenyan soldiers stationed in Mali celebrated.", "historical"),
        ("en", "The soldiers sent to Mali by Kenya celebrated on Monday.", "historical"),
    ],
)
def test_by_the_way(lang: str, text: str, modality: str) -> None:
    """What is told by the way: past talks, readiness with a condition, participles at a noun."""
    assert [event.modality.value for event in events(lang, text)] == [modality]
