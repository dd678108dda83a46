"""What several pipelines agree on."""

import spacy
from spacy.language import Language

from deploy.models.committee import sentences, voted


def member(names: dict[str, str]) -> Language:
    """A pipeline that finds these words: words -> label."""
    nlp = spacy.blank("de")
    finder = nlp.add_pipe("entity_ruler")
    finder.add_patterns([{"label": label, "pattern": words} for words, label in names.items()])  # type: ignore[attr-defined]
    return nlp


def test_more_than_half_decide() -> None:
    """A name counts with its label where more than half of the members have it so."""
    members = [
        member({"Quendlin": "PER", "Abel": "PER"}),
        member({"Quendlin": "PER", "Abel": "LOC"}),
        member({"Quendlin": "LOC", "Nato": "ORG"}),
    ]
    (found,) = voted(members, ["Quendlin traf Abel bei der Nato."])
    assert [(found.text[m.start : m.end], m.label) for m in found.mentions] == [("Quendlin", "PER")]


def test_headings_and_endless_sentences_are_left_out() -> None:
    """Only sentences of common length are worth a vote."""
    cutter = spacy.blank("de")
    cutter.add_pipe("sentencizer")
    fitting = "Der Zug nach Quendlin hielt gestern eine Stunde lang."
    assert list(sentences(f"Kurz. {fitting} {'sehr ' * 100}lang.", cutter)) == [fitting]
