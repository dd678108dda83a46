"""Marked sentences in each notation; the sentences are our own."""

import json
import re
from pathlib import Path
from zlib import crc32

import pytest

from deploy.models import mentions, sources
from deploy.models.mentions import Marked, Mention


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("[Anna Kreuz|PER] traf in [Gent|LOC] den Rat.", [("Anna Kreuz", "PER"), ("Gent", "LOC")]),
        ("[Ada Cross|PER] met the [Council|ORG]'s envoy.", [("Ada Cross", "PER"), ("Council", "ORG")]),
        ("Niemand kam.", []),
        ("Brackets [sic] stay.", []),
    ],
)
def test_inline_notation(line: str, names: list[tuple[str, str]]) -> None:
    """A name stands in brackets with its label, and its offsets are those of the bare text."""
    sentence = mentions.inline(line)
    assert [(sentence.text[m.start : m.end], m.label) for m in sentence.mentions] == names
    assert "|" not in sentence.text


@pytest.mark.parametrize(
    ("label", "ours"),
    [
        ("PER", "PER"),
        ("politician", "PER"),
        ("country", "LOC"),
        ("location", "LOC"),
        ("politicalparty", "ORG"),
        ("organisation", "ORG"),
        ("election", "OTH"),
        ("LOCderiv", None),
        ("ORGpart", None),
        ("misc", None),
    ],
)
def test_labels_of_reference_data(tmp_path: Path, label: str, ours: str | None) -> None:
    """Each source's labels become ours; derived forms and parts of compounds are no names."""
    path = tmp_path / "names.jsonl"
    path.write_text(json.dumps({"text": "Zu Gent", "ents": [[3, 7, label]]}) + "\n", encoding="utf-8")
    found = () if ours is None else (Mention(start=3, end=7, label=ours),)
    assert mentions.reference(path) == [Marked(text="Zu Gent", mentions=found)]


def test_of_two_names_that_overlap_the_longer_stands() -> None:
    """A name inside another is left out."""
    outer, inner = Mention(start=0, end=9, label="ORG"), Mention(start=4, end=9, label="LOC")
    assert list(mentions.apart([inner, outer])) == [outer]


def test_own_text_leaves_comments_out(tmp_path: Path) -> None:
    """Lines that begin with # and empty lines are no sentences."""
    (tmp_path / "a.txt").write_text("# Notes\n\n[Gent|LOC] wartet.\n", encoding="utf-8")
    assert [sentence.text for sentence in mentions.own(tmp_path)] == ["Gent wartet."]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_all_our_own_text_is_well_formed(lang: str) -> None:
    """No sentence keeps a piece of the notation, and no name begins or ends with a space."""
    sentences = mentions.own(sources.OWN / lang)
    assert len(sentences) > 2000
    assert [s.text for s in sentences if re.search(r"\|(PER|LOC|ORG)\b|\[[^\]]*\|", s.text)] == []
    names = [s.text[m.start : m.end] for s in sentences for m in s.mentions]
    assert [name for name in names if name != name.strip()] == []


def test_marks_of_another_edition_are_refused(tmp_path: Path) -> None:
    """Offsets fit only the sentence that was marked."""
    path = tmp_path / "de_tree.jsonl"
    check = crc32(b"Es kam Abel Quo.")
    path.write_text(json.dumps({"sentence": 1, "check": check, "ents": [[7, 15, "PER"]]}) + "\n")
    (found,) = mentions.marks(path, ["Davor.", "Es kam Abel Quo."])
    assert [found.text[m.start : m.end] for m in found.mentions] == ["Abel Quo"]
    with pytest.raises(ValueError, match="sentence 1 differs"):
        mentions.marks(path, ["Davor.", "Es kam Abel Qua."])
