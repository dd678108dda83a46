"""What is taken for what: the classes behind the scores, printed by `make accuracy`."""

import json
from collections.abc import Callable, Iterator

import pytest

from tests.accuracy.confusions import (
    NOTHING,
    Pair,
    Row,
    entity_pairs,
    quote_pairs,
    spec_pairs,
    table,
    time_pairs,
)
from tests.accuracy.test_scores import DATA, EVAL, output

needs_data = pytest.mark.skipif(not EVAL.exists(), reason=f"no reference data at {DATA.parent}")
Pairs = Callable[[Row, Row], Iterator[Pair]]
SETS = [
    (quote_pairs, "quotes", "quotes_de/dev.jsonl"),
    (time_pairs, "times", "times_de/dev.jsonl"),
    (time_pairs, "times", "times_en/dev.jsonl"),
    (spec_pairs, "expect", "specs/de.jsonl"),
    (spec_pairs, "expect", "specs/en.jsonl"),
    (entity_pairs, "ents", "entities_de/germeval_dev.jsonl"),
    (entity_pairs, "ents", "entities_en/crossner_politics_dev.jsonl"),
]


@needs_data
@pytest.mark.parametrize(("pairs_of", "field", "gold"), SETS)
def test_confusion_classes(pairs_of: Pairs, field: str, gold: str) -> None:
    """Every gold item falls into one class."""
    wanted = [json.loads(line) for line in (DATA / gold).read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: row for row in map(json.loads, output("extract", gold).splitlines())}
    pairs = [pair for row in wanted for pair in pairs_of(row, found[row["id"]])]
    print(f"\n{gold}\n{table(pairs)}")
    assert sum(one != NOTHING for one, _ in pairs) == sum(len(row[field]) for row in wanted)


def test_entities_in_place_elsewhere_and_not_at_all() -> None:
    """A name is found as itself, as something else, in other bounds, not at all, or where there is none."""
    gold = {"ents": [[0, 5, "PER"], [10, 15, "ORG"], [20, 30, "LOC"], [40, 45, "LOC"]]}
    given = [(0, 5, "person"), (10, 15, "place"), (22, 30, "place"), (60, 65, "organisation")]
    found = {"entities": [{"start": start, "end": end, "kind": kind} for start, end, kind in given]}
    wanted = [("PER", "PER"), ("ORG", "LOC"), ("LOC", "other bounds"), ("LOC", "-"), ("-", "ORG")]
    assert list(entity_pairs(gold, found)) == wanted


def test_quotes_by_kind_and_speaker() -> None:
    """A quote is found with the right speaker, the wrong one or none, or where there is none."""
    spans = [[[0, 10]], [[20, 30]], [[40, 50]], [[60, 70]]]
    gold = {"text": "x", "quotes": [{"type": "Direct", "spans": one, "speaker": [[90, 95]]} for one in spans]}
    speakers = [
        {"start": 90, "end": 95, "basis": "explicit"},
        {"start": 80, "end": 85, "basis": "carried"},
        None,
    ]
    quotes = [
        {"kind": "direct", "spans": place, "speaker": speaker}
        for place, speaker in zip(spans, speakers, strict=False)
    ]
    found = {"quotes": [*quotes, {"kind": "fragment", "spans": [[100, 110]], "speaker": None}]}
    assert [kind for _, kind in quote_pairs(gold, found)] == [
        "direct, explicit speaker right",
        "direct, carried speaker wrong",
        "direct, no speaker",
        "-",
        "fragment",
    ]
