"""The start with a hundred thousand rule files: read for the first time, and unchanged."""

import gc
import json
import random
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app.packs import load_all
from bot.app.rule_cache import RuleCache
from bot.app.rule_watch import stamps
from bot.extraction.findings import PLOVER
from tests.bench.rule_crowd import COUNTRIES, SYLLABLES

MANY, IN_FOLDER = 100_000, 1_000
EVENTS = sorted(PLOVER)


def texts(number: int) -> Iterator[str]:
    """That many different rule files, as short ones of a newsroom are."""
    chance = random.Random(7)  # noqa: S311  (the same files in every run, nothing secret)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(3, 5))) for _ in range(30_000)]
    for at in range(number):
        when: dict[str, object] = {"text": chance.sample(words, 2)}
        if at % 2:
            when |= {"event": chance.choice(EVENTS), "actor": {"country": chance.sample(COUNTRIES, 2)}}
        yield (
            f"id: rule-{at}\ntitle: {{de: Regel {at}, en: Rule {at}}}\ndescription: {words[at % 30_000]}\n"
            f"status: shadow\nseverity: low\ntags: [{words[at % 50]}]\nwhen: {json.dumps(when)}\n"
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, a thousand in a folder."""
    path = tmp_path_factory.mktemp("rules")
    for at, text in enumerate(texts(MANY)):
        pack = path / f"pack-{at // IN_FOLDER}"
        pack.mkdir(exist_ok=True)
        (pack / f"rule-{at}.yml").write_text(text, encoding="utf-8")
    return path


def test_start(folder: Path, tmp_path: Path) -> None:
    """Unchanged files cost a small part of what reading them costs."""
    took: list[tuple[float, float]] = []
    for _ in range(3):
        begun, busy = time.perf_counter(), time.process_time()
        book, _, issues = load_all([folder], cache=RuleCache(tmp_path / "store.rules", whole=True))
        took.append((time.perf_counter() - begun, time.process_time() - busy))
        assert (len(book.index), issues) == (MANY, [])
        del book
        gc.collect()
    (cold, cold_cpu), *warm = took
    least, least_cpu = min(warm)
    megabytes = (tmp_path / "store.rules").stat().st_size / 1e6
    print(
        f"\nstart with {MANY:,} rule files: cold {cold:.0f} s ({cold_cpu:.0f} s of CPU),"
        f" unchanged {least:.1f} s ({least_cpu:.1f} s of CPU), kept in {megabytes:.0f} MB"
    )
    assert least_cpu < 25
    assert cold_cpu / least_cpu > 2


def test_memory(folder: Path, tmp_path: Path) -> None:
    """Rules, book and index together."""
    some = sorted(folder.iterdir())[:10]
    tracemalloc.start()
    book, _, _ = load_all(some)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    each = held / len(book.index)
    print(f"\nrules, book and index: {each * MANY / 1e6:.0f} MB for {MANY:,}")
    assert each * MANY < 600e6


def test_sweep(folder: Path) -> None:
    """Looking whether any of the files has changed."""
    begun = time.process_time()
    assert len(stamps([folder])) == MANY
    print(f"\nlooking at {MANY:,} files: {time.process_time() - begun:.1f} s of CPU")
