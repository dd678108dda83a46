"""Who said what."""

from time import perf_counter

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.reading_quotes import read, told

WORDS = [
    "Holm",
    "sagte",
    "er",
    "sei",
    "dass",
    "nach",
    "Angaben",
    "und",
    "so",
    "wie",
    "laut",
    "zu",
    "der",
    "said",
]
ODD = [*"„“\"'»«,.:\n()", *WORDS, "that", "the", "he", "will", "according", "to"]


GERMAN = [
    (
        "before the verb",
        "„Wir gehen dorthin, solange man uns braucht“, sagte Verteidigungsminister Tore Sandvik in Oslo.",
        [("direct", "Wir gehen dorthin, solange man uns braucht", "Verteidigungsminister Tore Sandvik")],
    ),
    (
        "several sentences in one quotation",
        "„Wir kommen bald. Dann bleiben wir lange“, erklärte die Ministerin.",
        [("direct", "Wir kommen bald. Dann bleiben wir lange", "die Ministerin")],
    ),
    (
        "interrupted",
        "„Wir kommen“, sagte Holm, „und wir bleiben.“",
        [("direct", "Wir kommen / und wir bleiben.", "Holm")],
    ),
    (
        "colon with a verb",
        "Holm fügte hinzu: »Wir kommen bald.«",
        [("direct", "Wir kommen bald.", "Holm")],
    ),
    ("colon without a verb", "Holm: „Wir kommen bald“", [("direct", "Wir kommen bald", "Holm")]),
    (
        "clause with dass",
        "Die Regierung kündigte am Montag an, dass sie 300 Soldaten schickt.",
        [("indirect", "dass sie 300 Soldaten schickt", "Die Regierung")],
    ),
    (
        "Konjunktiv behind the verb",
        "Die Ministerin sagte, es gebe einen Plan für den Abzug.",
        [("indirect", "es gebe einen Plan für den Abzug", "Die Ministerin")],
    ),
    (
        "Konjunktiv before the verb",
        "Es gebe einen Plan für den Abzug, teilte die Behörde mit.",
        [("indirect", "Es gebe einen Plan für den Abzug", "die Behörde")],
    ),
    (
        "infinitive with zu",
        "Dänemark versprach, mehr Schiffe zu entsenden.",
        [("indirect", "mehr Schiffe zu entsenden", "Dänemark")],
    ),
    (
        "so",
        "Der Einsatz werde verlängert, so der Minister.",
        [("indirect", "Der Einsatz werde verlängert", "der Minister")],
    ),
    (
        "laut",
        "Laut der Polizei kamen 5000 Menschen zu dem Treffen.",
        [("indirect", "kamen 5000 Menschen zu dem Treffen", "der Polizei")],
    ),
    (
        "nach Angaben",
        "Der Einsatz dauert nach Angaben des Ministeriums drei Jahre.",
        [("indirect", "Der Einsatz dauert / drei Jahre", "des Ministeriums")],
    ),
    (
        "zufolge",
        "Einem Sprecher zufolge sind alle Schiffe im Hafen.",
        [("indirect", "sind alle Schiffe im Hafen", "Einem Sprecher")],
    ),
    (
        "wie",
        "Wie das Ministerium mitteilte, sind alle Schiffe im Hafen.",
        [("indirect", "sind alle Schiffe im Hafen", "das Ministerium")],
    ),
    (
        "goes on in the Konjunktiv",
        "Der Zug sei entgleist, sagte die Feuerwehr. Verletzt worden sei niemand. Man suche weiter.",
        [
            ("indirect", "Der Zug sei entgleist", "die Feuerwehr"),
            ("indirect", "Verletzt worden sei niemand. Man suche weiter", "die Feuerwehr"),
        ],
    ),
    (
        "the sentence before",
        "Der Hafen bleibt gesperrt. Das teilte die Verwaltung mit.",
        [("indirect", "Der Hafen bleibt gesperrt", "die Verwaltung")],
    ),
    (
        "subject before an insertion",
        "Tore Holm, der Chef der Werft, sagte, die Schiffe seien fertig.",
        [("indirect", "die Schiffe seien fertig", "Tore Holm")],
    ),
    (
        "shared subject",
        "Holm forderte Neuwahlen und sagte, er werde zustimmen.",
        [("reported", "Holm forderte Neuwahlen", "Holm"), ("indirect", "er werde zustimmen", "Holm")],
    ),
    (
        "fragment",
        "Holm nannte den Entwurf „völlig untauglich“.",
        [("fragment", "völlig untauglich", "Holm")],
    ),
    (
        "fragment in a reported clause",
        "Sie sagte, es gebe „breite Zustimmung“ für den Plan.",
        [
            ("indirect", "es gebe „breite Zustimmung“ für den Plan", "Sie"),
            ("fragment", "breite Zustimmung", "Sie"),
        ],
    ),
    (
        "summed up",
        "Die Opposition forderte schärfere Gesetze.",
        [("reported", "Die Opposition forderte schärfere Gesetze", "Die Opposition")],
    ),
    (
        "perfect tense",
        "Die Werft hat mitgeteilt, dass drei Schiffe fertig sind.",
        [("indirect", "dass drei Schiffe fertig sind", "Die Werft")],
    ),
    (
        "passive",
        "Von der Werft wurde mitgeteilt, dass drei Schiffe fertig sind.",
        [("indirect", "dass drei Schiffe fertig sind", "der Werft")],
    ),
    (
        "noun",
        "Holm ist der Ansicht, dass drei Schiffe genügen.",
        [("indirect", "dass drei Schiffe genügen", "Holm")],
    ),
    (
        "wonach",
        "Es gibt einen Bericht, wonach drei Schiffe fehlen.",
        [("indirect", "drei Schiffe fehlen", "einen Bericht")],
    ),
    (
        "the article speaks on",
        "Die Werft versprach, drei Schiffe zu liefern; der Hafen ist noch gesperrt.",
        [("indirect", "drei Schiffe zu liefern", "Die Werft")],
    ),
    (
        "noun phrase that is no subject",
        "Als Reaktion auf den Streik erklärte ein Sprecher, es gebe keine Pläne.",
        [("indirect", "es gebe keine Pläne", "ein Sprecher")],
    ),
    ("nobody", "Die Lage sei ruhig, hieß es.", [("indirect", "Die Lage sei ruhig", None)]),
]

ENGLISH = [
    (
        "before the verb",
        "“We will stay as long as we are needed,” said Tore Sandvik.",
        [("direct", "We will stay as long as we are needed", "Tore Sandvik")],
    ),
    (
        "subject before the verb",
        '"We are ready," Mr. Holm told reporters in Oslo.',
        [("direct", "We are ready", "Mr. Holm")],
    ),
    (
        "interrupted",
        "“I think,” Holm said, “that we need time.”",
        [("direct", "I think / that we need time.", "Holm")],
    ),
    (
        "question",
        "“Will it work?” Holm asked. Nobody answered.",
        [("direct", "Will it work?", "Holm")],
    ),
    ("colon", "Holm: “We will come.”", [("direct", "We will come.", "Holm")]),
    (
        "that",
        "The ministry announced on Monday that 300 soldiers would leave.",
        [("indirect", "that 300 soldiers would leave", "The ministry")],
    ),
    (
        "without that",
        "The Kremlin said Putin would come on Tuesday.",
        [("indirect", "Putin would come on Tuesday", "The Kremlin")],
    ),
    (
        "clause before the verb",
        "Norway will send 150 instructors, the defence minister said on Monday.",
        [("indirect", "Norway will send 150 instructors", "the defence minister")],
    ),
    (
        "according to",
        "According to the ministry, 300 soldiers have arrived.",
        [("indirect", "300 soldiers have arrived", "the ministry")],
    ),
    (
        "according to, behind",
        "The ship left on Friday, according to a spokesman for the navy.",
        [("indirect", "The ship left on Friday", "a spokesman for the navy")],
    ),
    ("as", "As the agency reported, the talks failed.", [("indirect", "the talks failed", "the agency")]),
    (
        "infinitive",
        "Germany vowed to send more tanks.",
        [("indirect", "to send more tanks", "Germany")],
    ),
    (
        "insertion",
        "Tore Holm, who arrived late, said he was not worried.",
        [("indirect", "he was not worried", "Tore Holm")],
    ),
    ("fragment", 'Holm called the plan "a disgrace".', [("fragment", "a disgrace", "Holm")]),
    (
        "summed up",
        "Holm called for tougher laws.",
        [("reported", "Holm called for tougher laws", "Holm")],
    ),
    (
        "somebody set off by commas behind the words",
        "“This is the start,” Tore Holm, the head of the yard, said in a statement.",
        [("direct", "This is the start", "Tore Holm")],
    ),
    (
        "decision told by others",
        "The union agreed to extend the ban, diplomats said.",
        [("indirect", "The union agreed to extend the ban", "diplomats")],
    ),
    (
        "participle",
        "Holm suggested a deal was close, telling a local paper: “We are almost there.”",
        [("indirect", "a deal was close", "Holm"), ("direct", "We are almost there.", "Holm")],
    ),
    (
        "a noun that looks like a verb",
        "The leaders plan to hold a phone call, the port said.",
        [("indirect", "The leaders plan to hold a phone call", "the port")],
    ),
    (
        "a plural noun that looks like a verb",
        "Media reports said the ships had left.",
        [("indirect", "the ships had left", "Media reports")],
    ),
    (
        "a plain present",
        "Port officials say the ships will leave.",
        [("indirect", "the ships will leave", "Port officials")],
    ),
    (
        "two verbs",
        "She said the plan had failed, but added: “We will try again.”",
        [("indirect", "the plan had failed", "She"), ("direct", "We will try again.", "She")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in GERMAN], ids=[row[0] for row in GERMAN])
def test_german(text: str, wanted: list[tuple[str, str, str | None]]) -> None:
    """German quotes have their kind, exact words and the words for their speaker."""
    assert told(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in ENGLISH], ids=[row[0] for row in ENGLISH])
def test_english(text: str, wanted: list[tuple[str, str, str | None]]) -> None:
    """English quotes have their kind, exact words and the words for their speaker."""
    assert told(text, "en") == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Außenminister der „Koalition der Willigen“ trafen sich in Oslo."),
        ("de", "Der Frachter „Morgenröte“ lief im Hafen ein."),
        ("de", "Die sogenannte „Nordroute“ bleibt gesperrt."),
        ("de", "Die Zeitung „Tagesblatt“ erscheint nicht mehr."),
        ("en", "Holm and Sandvik will hold a phone call on Friday. The port confirmed the plan."),
        ("en", "The newspaper “Daily Sheet” closed on Friday."),
        ("en", "The ship “Aurora” reached Oslo."),
    ],
)
def test_no_quotes(lang: str, text: str) -> None:
    """Names, titles and sayings in quotation marks are no quotes."""
    assert read(text, lang) == []


@given(st.lists(st.sampled_from(ODD), max_size=30), st.sampled_from(["de", "en"]))
@settings(max_examples=300, deadline=None)
def test_any_text(words: list[str], lang: str) -> None:
    """Whatever the text, quotes are cut from exactly what came in, in order."""
    text = " ".join(words)
    found = read(text, lang)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert one.text == text[one.start : one.end]
        assert (one.spans[0][0], one.spans[-1][1]) == (one.start, one.end)
        assert all(start < end for start, end in one.spans)
        for part in (one.speaker, one.cue):
            assert part is None or part.text == text[part.start : part.end]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "unit", ["„Ja“, ", "er sagte, ", "he said ", "nach Angaben ", '" ', "und ist ", "Holm "]
)
def test_long_line(unit: str, lang: str) -> None:
    """A line of 100 kB is read in time that grows with its length, not its square."""
    nlp = spacy.blank(lang)
    for name in ("depesche_sentences", "depesche_verbs", "depesche_quotes"):
        nlp.add_pipe(name, config={"lang": lang})
    took = perf_counter()
    nlp(unit * (100_000 // len(unit)))
    assert perf_counter() - took < 10
