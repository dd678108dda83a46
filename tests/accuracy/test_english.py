"""Scores on our own English articles, by the scorers of the reference data; `make accuracy` prints them.

The tuning half may be looked into. Of the unseen half only figures are printed, and nobody tunes on it.
A floor stands well below the figure, so that only a fall fails.
"""

import collections
import functools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.accuracy.english import gold

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("DEPESCHE_SHARED", ROOT.parent / "shared")) / "eval"
HALVES = ["tuning", "unseen"]
FIGURES = {
    "attributed 0.3": re.compile(r"attributed quotes  overlap>=0.3 .* F +([\d.]+)"),
    "attributed 0.8": re.compile(r"attributed quotes  overlap>=0.8 .* F +([\d.]+)"),
    "document": re.compile(r"all +document .* F +([\d.]+)"),
    "event": re.compile(r"all +document .*\n +event .* F +([\d.]+)"),
}
# half, figure, floor
FLOORS = [
    ("tuning", "attributed 0.3", 85.0),
    ("tuning", "attributed 0.8", 78.0),
    ("tuning", "document", 50.0),
    ("tuning", "event", 48.0),
    ("unseen", "attributed 0.3", 78.0),
    ("unseen", "attributed 0.8", 73.0),
    ("unseen", "document", 46.0),
    ("unseen", "event", 45.0),
]


def articles(half: str) -> list[gold.Item]:
    """The articles of a half."""
    return gold.items(gold.HERE / f"{half}.yml")


def said_of(items: list[gold.Item]) -> str:
    """What `depesche extract` says of articles, one line each."""
    given = gold.lines([item.given for item in items])
    command = [sys.executable, "-m", "bot", "extract"]
    run = subprocess.run(command, input=given, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603  (our own program)
    return run.stdout


def scored(script: str, *arguments: str | Path) -> str:
    """What a scorer of the reference data prints."""
    command = [sys.executable, str(EVAL / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  (as above)


@functools.cache
def report(folder: Path, half: str) -> str:
    """What both scorers say of a half."""
    items = articles(half)
    rows = {
        "quotes": gold.lines([item.quotes for item in items]),
        "alerts": gold.lines([item.alerts for item in items]),
        "said": said_of(items),
    }
    paths = {name: folder / f"{half}-{name}.jsonl" for name in rows}
    for name, path in paths.items():
        path.write_text(rows[name], encoding="utf-8")
    quotes = scored("score.py", "quotes", paths["quotes"], paths["said"])
    return quotes + scored("score_alerts.py", paths["alerts"], paths["said"], paths["quotes"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the rows are written, once for all figures."""
    return tmp_path_factory.mktemp("english")


@pytest.mark.skipif(not EVAL.exists(), reason=f"no scorers at {EVAL}")
@pytest.mark.parametrize(("half", "figure", "floor"), FLOORS)
def test_english_scores(folder: Path, half: str, figure: str, floor: float) -> None:
    """Each figure of the English reading is above its floor, on what was tuned on and on what was not."""
    found = FIGURES[figure].search(report(folder, half))
    assert found
    print(f"\nenglish {half} {figure:14} F {found[1]}")
    assert float(found[1]) >= floor


def test_halves_are_whole() -> None:
    """Each half has at least 80 articles, about half of them without any alert, and none stands in both."""
    seen = [{item.given["id"] for item in articles(half)} for half in HALVES]
    assert not seen[0] & seen[1]
    for half in HALVES:
        items = articles(half)
        quiet = sum(not item.alerts["alerts"] for item in items)
        assert len(items) >= 80
        assert 0.4 <= quiet / len(items) <= 0.6


def test_halves_are_alike() -> None:
    """Kind by kind, both halves have as many articles."""
    kinds = [collections.Counter(item.kind for item in articles(half)) for half in HALVES]
    assert kinds[0] == kinds[1]


# what does not fit, an article's text and alerts, what the error names
MISTAKES = [
    ("a quote never closed", "{D a|“Yes,” [a:she] said.", [], "never closed"),
    ("a closing mark too many", "“Yes,”} she said.", [], "found }"),
    ("a quote by nobody marked", "{D a|“Yes,”} she said.", [], "no speaker marked a"),
    ("a speaker who says nothing", "[a:She] said nothing.", [], "without a quote"),
    ("an unknown type", "{X|“Yes,”} she said.", [], "no such type"),
    ("a lone part", "{D1|“Yes,”} she said.", [], "only one part"),
    ("evidence that is not there", "Peru will help.", [{"rule": "aid-pledge", "at": "Chile"}], "0 sentences"),
]


@pytest.mark.parametrize(("what", "text", "alerts", "names"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_mistakes_are_loud(what: str, text: str, alerts: list[gold.Row], names: str) -> None:
    """A mark or a word that does not fit its article is an error that names the article."""
    source = {"id": "en-0", "kind": "local", "published": "2026-01-01", "text": text, "alerts": alerts}
    with pytest.raises(gold.MarkError, match=f"^en-0: .*{names}"):
        gold.item_of(source)


def test_marks_become_offsets() -> None:
    """Offsets point into headline and text, parts belong together, what stands inside a quote is nested."""
    text = "# No deal\n{I1 a|The pact}, [a:he] said, {I1 a|was {D a|“dead”}}."
    item = gold.item_of({"id": "en-0", "kind": "local", "published": "2026-01-01", "text": text})
    whole = item.quotes["text"]
    assert (
        whole
        == f"{item.given['title']}\n\n{item.given['text']}"
        == "No deal\n\nThe pact, he said, was “dead”."
    )
    outer, inner = item.quotes["quotes"]
    assert [whole[a:b] for a, b in outer["spans"]] == ["The pact", "was “dead”"]
    assert [whole[a:b] for a, b in outer["speaker"]] == ["he"]
    assert (outer["nested"], inner["nested"]) == (False, True)
