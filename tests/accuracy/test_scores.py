"""Scores on the public reference data, by its own scorers; `make accuracy` prints them.

A floor stands well below the figure, so that only a fall fails. Skipped where the data is not there.
"""

import functools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.extraction.trained.standing import State, standing

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("DEPESCHE_SHARED", ROOT.parent / "shared"))
DATA, EVAL = SHARED / "data", SHARED / "eval"
pytestmark = pytest.mark.skipif(not EVAL.exists(), reason=f"no reference data at {SHARED}")


@functools.cache
def output(command: str, *gold: str) -> bytes:
    """What `depesche extract` or `depesche cluster` says of gold files."""
    rows = b"".join((DATA / name).read_bytes() for name in gold)
    run = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", "bot", command], input=rows, stdout=subprocess.PIPE, check=False, cwd=ROOT
    )
    assert run.returncode in (0, 1)  # 1: a row could not be read in full, such as a date in no known order
    return run.stdout


def scored(tmp_path: Path, script: str, predicted: bytes, *arguments: str) -> str:
    """What a scorer prints."""
    path = tmp_path / "predicted.jsonl"
    path.write_bytes(predicted)
    words = [str(path) if word == "PRED" else word for word in arguments]
    run = subprocess.run(  # noqa: S603  (a scorer of the reference data)
        [sys.executable, str(EVAL / script), *words], capture_output=True, text=True, check=True
    )
    print(f"\n{run.stdout}", end="")
    return run.stdout


# task, gold file, pattern of the figure, floor
SCORES = [
    ("quotes", "quotes_de/dev.jsonl", r"attributed quotes  overlap>=0.3 .* F +([\d.]+)", 66.0),
    ("quotes", "quotes_de/dev.jsonl", r"\nquotes  overlap>=0.8 .* F +([\d.]+)", 60.0),
    ("times", "times_de/dev.jsonl", r"value .* F +([\d.]+)", 72.0),
    ("times", "times_en/dev.jsonl", r"value .* F +([\d.]+)", 45.0),
    ("specs", "specs/de.jsonl", r"all +([\d.]+) %", 80.0),
    ("specs", "specs/en.jsonl", r"all +([\d.]+) %", 80.0),
]


@pytest.mark.parametrize(("task", "gold", "figure", "floor"), SCORES)
def test_extraction_scores(tmp_path: Path, task: str, gold: str, figure: str, floor: float) -> None:
    """Each figure of the reading is above its floor."""
    text = scored(tmp_path, "score.py", output("extract", gold), task, str(DATA / gold), "PRED")
    found = re.search(figure, "\n" + text)
    assert found
    assert float(found[1]) >= floor


# language, gold file, floor with the bundled model, floor of the rules alone
NAMES = [
    ("de", "entities_de/germeval_dev.jsonl", 68.0, 53.0),
    ("en", "entities_en/crossner_politics_dev.jsonl", 74.0, 53.0),
]


@pytest.mark.parametrize("choice", ["bundled", "none"])
@pytest.mark.parametrize(("lang", "gold", "with_model", "by_rules"), NAMES)
def test_names(tmp_path: Path, lang: str, gold: str, with_model: float, by_rules: float, choice: str) -> None:
    """Persons, places and organisations, with the bundled model and by the rules alone."""
    if standing(lang, choice).state is State.NOT_BUILT:
        pytest.skip("the bundled model is not here: `make models` builds it")
    config = tmp_path / "models.yml"
    config.write_text(f"models: {{de: {choice}, en: {choice}}}\n")
    rows = (DATA / gold).read_bytes()
    run = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", "bot", "extract", "--config", str(config)],
        input=rows,
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
    )
    text = scored(tmp_path, "score.py", run.stdout, "entities", str(DATA / gold), "PRED")
    found = re.search(r"all .* F +([\d.]+)", text)
    assert found
    assert float(found[1]) >= (with_model if choice == "bundled" else by_rules)


def test_story_score(tmp_path: Path) -> None:
    """One pass in order puts articles of one event together and look-alikes apart."""
    gold = "stories_en/ecb_dev.jsonl"
    text = scored(tmp_path, "score.py", output("cluster", gold), "stories", str(DATA / gold), "PRED")
    found = re.search(r"BCubed .* F ([\d.]+)", text)
    assert found
    assert float(found[1]) >= 0.83


def test_alert_score(tmp_path: Path) -> None:
    """The standard rules find the desk editor's alerts, and keep silent on most other articles."""
    articles = ("quotes_de/dev.jsonl", "quotes_de/train.jsonl")
    paths = [str(DATA / name) for name in articles]
    text = scored(
        tmp_path,
        "score_alerts.py",
        output("extract", *articles),
        str(DATA / "alerts_de/dev.jsonl"),
        "PRED",
        *paths,
    )
    events = re.search(r"all .*\n +event .* F +([\d.]+)", text)
    quiet = re.search(r"without any gold alert (\d+), of these with an alert (\d+)", text)
    assert events
    assert quiet
    assert float(events[1]) >= 50.0
    assert int(quiet[2]) / int(quiet[1]) < 0.05
