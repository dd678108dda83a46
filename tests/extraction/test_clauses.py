"""Clauses: where they begin, and how they hang on one another."""

import pytest
import spacy

from bot.extraction.clause_tree import cut_clauses
from bot.extraction.clauses import clause_words
from bot.extraction.components import sentences, verbs
from bot.extraction.reading import reading_of
from bot.extraction.verbgroups import read_line, verb_group

FACTORIES = (sentences, verbs)


def clauses(lang: str, text: str) -> list[tuple[str, int | None, str]]:
    """Link, parent and words of each clause of a sentence."""
    nlp = spacy.blank(lang)
    for name in ("depesche_sentences", "depesche_verbs"):
        nlp.add_pipe(name, config={"lang": lang})
    doc = nlp(text)
    line = read_line(doc, reading_of(doc).verbs, clause_words(lang), lang)
    return [
        (clause.link.value, clause.parent, " ".join(doc[i].text for i in clause.tokens))
        for clause in cut_clauses(line, 0, len(doc), lang)
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            "Der Minister, der gestern kam, sagte, dass er Soldaten schickt.",
            [
                ("main", None, "Der Minister sagte"),
                ("relative", 0, "der gestern kam"),
                ("complement", 0, "dass er Soldaten schickt"),
            ],
        ),
        (
            "de",
            "Das Land plant, Waffen zu liefern.",
            [("main", None, "Das Land plant"), ("infinitive", 0, "Waffen zu liefern")],
        ),
        (
            "de",
            "„Wir gehen“, sagte er.",
            [("complement", 1, "Wir gehen"), ("main", None, "sagte er")],
        ),
        (
            "de",
            "Sollte er kommen, würde sie gehen.",
            [("condition", 1, "Sollte er kommen"), ("main", None, "würde sie gehen")],
        ),
        (
            "de",
            "Er sagte, dass wir helfen, Waffen liefern und Geld geben.",
            [
                ("main", None, "Er sagte"),
                ("complement", 0, "dass wir helfen"),
                ("complement", 0, "Waffen liefern"),
                ("complement", 0, "Geld geben"),
            ],
        ),
        (
            "en",
            "The minister said on Monday he would send troops if asked.",
            [
                ("main", None, "The minister said on Monday"),
                ("complement", 0, "he would send troops"),
                ("condition", 1, "if asked"),
            ],
        ),
        (
            "en",
            "Britain, which left early, plans to send troops.",
            [
                ("main", None, "Britain plans"),
                ("relative", 0, "which left early"),
                ("infinitive", 0, "to send troops"),
            ],
        ),
        (
            "en",
            "“We will go,” she said.",
            [("complement", 1, "We will go"), ("main", None, "she said")],
        ),
    ],
)
def test_clauses(lang: str, text: str, expected: list[tuple[str, int | None, str]]) -> None:
    """A sentence is cut where its signs, opening words and verbs say, and resumed behind insertions."""
    assert clauses(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "lemma", "time", "passive"),
    [
        ("de", "Sie kündigten den Abzug an", "ankündigen", "past", False),
        ("de", "Das Treffen ist verschoben worden", "verschieben", "past", True),
        ("de", "Die Truppen werden verlegt", "verlegen", "present", True),
        ("de", "Er wird Truppen schicken", "schicken", "future", False),
        ("en", "They called the meeting off", "call off", "past", False),
        ("en", "The meeting has been postponed", "postpone", "past", True),
        ("en", "Troops are deployed", "deploy", "present", True),
        ("en", "They will send troops", "send", "future", False),
    ],
)
def test_verb_group(lang: str, text: str, lemma: str, time: str, passive: bool) -> None:  # noqa: FBT001
    """Auxiliaries, particles and the main verb are read together."""
    nlp = spacy.blank(lang)
    nlp.add_pipe("depesche_sentences", config={"lang": lang})
    nlp.add_pipe("depesche_verbs", config={"lang": lang})
    doc = nlp(text)
    words = clause_words(lang)
    line = read_line(doc, reading_of(doc).verbs, words, lang)
    (clause,) = cut_clauses(line, 0, len(doc), lang)
    group = verb_group(line, clause, words, lang)
    assert lemma in group.lemmas
    assert (group.time, group.passive) == (time, passive)
