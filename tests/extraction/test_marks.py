"""What stands inside quotation marks."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extraction.quotes.marks import stretches


def inside(text: str) -> list[str]:
    """The words of each stretch."""
    return [text[one.start : one.end] for one in stretches(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("„Wir kommen“, sagte Holm.", ["Wir kommen"]),
        ("“We come,” said Holm.", ["We come,"]),
        ('"Wir kommen", sagte Holm, "und bleiben."', ["Wir kommen", "und bleiben."]),
        ("»Ja« und «Nein» und « oui » und ›so‹", ["Ja", "Nein", "oui", "so"]),
        ("„Das ist ‚so‘ gemeint“", ["Das ist ‚so‘ gemeint", "so"]),
        ("„Das ist „Unsinn““, rief er.", ["Das ist „Unsinn“", "Unsinn"]),
        ('„Wir kommen", sagte Holm.', ["Wir kommen"]),
        ("”Vi kommer”, sa Holm.", ["Vi kommer"]),
        ("``We come'', said Holm.", ["We come"]),
        ("(„Ja“)", ["Ja"]),
    ],
)
def test_styles(text: str, wanted: list[str]) -> None:
    """Every style of marks is read, nested and mixed."""
    assert inside(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Holms' Wagen und wie geht's?", []),
        ("It's the 90s' best: ‘I can’t,’ she said.", ["I can’t,"]),
        ("'The boys' game is over,' she said.", ["The boys' game is over,"]),
        ("’90s music isn’t dead", []),
    ],
)
def test_apostrophes(text: str, wanted: list[str]) -> None:
    """An apostrophe is no quotation mark."""
    assert inside(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("„Eins. Zwei.", []),
        ("Eins.“ Zwei.", []),
        ('Er sagte "ja. Und dann "nein" dazu', ["nein"]),
        ("„Eins.\nZwei.“ Drei.", ["Eins.\nZwei."]),
        ("“One.\n\n“Two.” Three.", ["One.", "Two."]),
        ("„Eins\n\nZwei „drei“ vier", ["drei"]),
    ],
)
def test_unbalanced(text: str, wanted: list[str]) -> None:
    """A mark without its partner swallows nothing; a quotation over paragraphs is kept."""
    assert inside(text) == wanted


@given(st.text(alphabet="aB .,\n„“”\"'»«‚‘’`(", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    """Whatever the text, stretches lie in it, between their marks, in order."""
    found = stretches(text)
    assert found == sorted(found, key=lambda one: (one.start, -one.end))
    for one in found:
        assert 0 <= one.outer_start < one.start < one.end <= one.outer_end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]


@pytest.mark.parametrize("unit", ["„a ", '"a ', "'a ", "„a“ ", "“a\n", "»a\n\n"])
def test_long(unit: str) -> None:
    """100 kB of marks are paired in time that grows with the length."""
    took = perf_counter()
    stretches(unit * (100_000 // len(unit)))
    assert perf_counter() - took < 5
