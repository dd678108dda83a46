"""Who says what in German: insertions, appositions, sources, carried speakers."""

import pytest

from tests.extraction.reading_quotes import read, told

# sentence, kind, words, speaker
SAID = [
    (
        "Das Gesetz, so Ministerin Holm am Montag, werde bald gelten.",
        "indirect",
        "Das Gesetz / werde bald gelten",
        "Ministerin Holm",
    ),
    (
        "In zwei Jahren, so schätzen die Forscher, soll der Tunnel fertig sein.",
        "indirect",
        "In zwei Jahren / soll der Tunnel fertig sein",
        "die Forscher",
    ),
    (
        "Die Feuerwehr hat nach eigenen Angaben das halbe Dorf durchsucht.",
        "indirect",
        "Die Feuerwehr hat / das halbe Dorf durchsucht",
        "eigenen Angaben",
    ),
    (
        "Aus Sicht der Verbände hat die Klage keine Wirkung.",
        "indirect",
        "hat die Klage keine Wirkung",
        "der Verbände",
    ),
    (
        "Ein Bericht der Feuerwehr, wonach der Tunnel brannte, wurde bestritten.",
        "indirect",
        "der Tunnel brannte",
        "Ein Bericht der Feuerwehr",
    ),
    (
        "Laut hafenblog.de veröffentlichte das Amt drei Berichte.",
        "indirect",
        "veröffentlichte das Amt drei Berichte",
        "hafenblog.de",
    ),
    (
        "In dem Gutachten, das heute erschien, heißt es, der Tunnel sei sicher.",
        "indirect",
        "der Tunnel sei sicher",
        "dem Gutachten",
    ),
    (
        "Auf der Internetseite des Amtes heißt es, der Tunnel sei sicher.",
        "indirect",
        "der Tunnel sei sicher",
        "der Internetseite des Amtes",
    ),
    ("Holm ist überzeugt, dass der Tunnel hält.", "indirect", "dass der Tunnel hält", "Holm"),
    (
        "Die Behörde hält es für unwahrscheinlich, dass der Tunnel einstürzt.",
        "indirect",
        "dass der Tunnel einstürzt",
        "Die Behörde",
    ),
    ("Die Klausel besagt, dass der Käufer haftet.", "indirect", "dass der Käufer haftet", "Die Klausel"),
    ("Mit den Worten „Das war knapp“ trat Holm vor die Presse.", "direct", "Das war knapp", "Holm"),
    (
        "Holm hatte die Rolle der Fraktions- und Parteichefs betont: „Dort fällt die Entscheidung.“",
        "direct",
        "Dort fällt die Entscheidung.",
        "Holm",
    ),
    (
        "Die Rolle der Länder stellte der Vorsitzende Jan Holm in Frage: „Das trägt nicht.“",
        "direct",
        "Das trägt nicht.",
        "der Vorsitzende Jan Holm",
    ),
    (
        "Die Sprecherin der Grünen, Anja Holm, rügte die Pläne. Die Mittel seien viel zu knapp.",
        "indirect",
        "Die Mittel seien viel zu knapp",
        "Die Sprecherin der Grünen",
    ),
    (
        "Holm teilte mit, dass der Tunnel brannte. Ein Fahrer sei verletzt. Er habe Glück gehabt.",
        "indirect",
        "Ein Fahrer sei verletzt. Er habe Glück gehabt",
        "Holm",
    ),
]

SAID += [
    (
        "Die Forderung der Länder, den Tunnel zu sperren, wurde abgelehnt.",
        "indirect",
        "den Tunnel zu sperren",
        "der Länder",
    ),
    (
        "Der Tunnel, der nach Angaben der Polizei brannte, ist offen.",
        "indirect",
        "der / brannte",
        "der Polizei",
    ),
    (
        "Denn wie die Behörde mitteilte, ist der Tunnel offen.",
        "indirect",
        "ist der Tunnel offen",
        "die Behörde",
    ),
    (
        "Holm spricht von einem Fahrer, der den Brand gelegt habe.",
        "indirect",
        "der den Brand gelegt habe",
        "Holm",
    ),
    ("Holm griff die Länder an: „Das ist zu wenig.“", "direct", "Das ist zu wenig.", "Holm"),
    ("„Das ist zu wenig.“ so das Fazit der Länder.", "direct", "Das ist zu wenig.", "das Fazit der Länder"),
    ("Holm bezeichnete den Tunnel als „Wunder“.", "fragment", "Wunder", "Holm"),
]

SAID += [
    (
        "Holm befürchtet, sobald der Tunnel brenne, werde der Verkehr ruhen.",
        "indirect",
        "sobald der Tunnel brenne, werde der Verkehr ruhen",
        "Holm",
    ),
    (
        "Nach Angaben amerikanischer Behörden ist der Tunnel offen.",
        "indirect",
        "ist der Tunnel offen",
        "amerikanischer Behörden",
    ),
    (
        "Der Hafen ist zu, der Tunnel ist laut Polizei offen.",
        "indirect",
        "der Tunnel ist / offen",
        "Polizei",
    ),
    (
        "Holm rügte die Länder. Die Mittel seien knapp: „Das ist zu wenig.“",
        "direct",
        "Das ist zu wenig.",
        "Holm",
    ),
    (
        "Von der Feuerwehr wurde der Plan gerügt. Der Tunnel sei zu eng.",
        "indirect",
        "Der Tunnel sei zu eng",
        "der Feuerwehr",
    ),
    (
        "Die Polizei sucht Zeugen. Der Fahrer sei geflohen.",
        "indirect",
        "Der Fahrer sei geflohen",
        "Die Polizei",
    ),
]

NOTHING_SAID = [
    "Holm weigerte sich, den Tunnel zu sperren.",
    "An Bord befanden sich zwei Fahrer, beide kamen um.",
    "Das Gericht hat die Klausel für zulässig erklärt, wenn sie den Käufer schützt.",
    "Einige Fahrer trugen Helme.",
]


@pytest.mark.parametrize(("text", "kind", "words", "speaker"), SAID)
def test_german_attributions(text: str, kind: str, words: str, speaker: str) -> None:
    """Each construct gives its words to the one who says them."""
    assert (kind, words, speaker) in told(text)


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_german_deeds_are_no_quotes(text: str) -> None:
    """A verb of saying in another sense reports nobody's words."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("de", "Holm sagte, dass die „Nordlicht Reederei“ den Tunnel baut.", "Nordlicht Reederei"),
        ("en", "Moe said that the “Northern Light Line” builds the ferry.", "Northern Light Line"),
    ],
)
def test_names_in_marks_are_no_fragments(lang: str, text: str, name: str) -> None:
    """Capitals in quotation marks are a name."""
    assert name not in [words for _, words, _ in told(text, lang)]


def test_own_words_are_named_after_the_subject() -> None:
    """The words "eigenen Angaben" stand for whoever the sentence is about."""
    quotes = read("Die Polizei hat nach eigenen Angaben zwei Fahrer befragt.")
    assert [one.speaker.name for one in quotes if one.speaker] == ["Die Polizei"]
