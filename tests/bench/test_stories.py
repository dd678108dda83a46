"""Finding edited copies among 100,000 texts: how many, how wrongly, how fast, in how much memory.

The texts are made (`story_crowd.py`). datasketch is measured beside where it is installed; else what it
needed where it was.
"""

import importlib.util
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from bot.stories.shingles import ShingleIndex, shingles, sketch_of
from tests.bench.story_crowd import Newsroom

TEXTS = 100_000
COPIES = 1_000
OTHERS = 10_000
FOUND = {0.05: 0.99, 0.10: 0.95, 0.20: 0.60}
MINHASH = 12_600  # bytes a text, datasketch 2.0.0: 128 permutations, LSH with a threshold of 0.3
SLOWEST = 6.0
MEASURED = 2_000
TURN = 200


@pytest.fixture(scope="module")
def room() -> Newsroom:
    """Where the texts come from."""
    return Newsroom()


@pytest.fixture(scope="module")
def texts(room: Newsroom) -> list[str]:
    """The first of the texts, of which copies are made."""
    return list(room.texts(COPIES))


@pytest.fixture(scope="module")
def index(room: Newsroom, texts: list[str]) -> ShingleIndex:
    """All texts."""
    index = ShingleIndex(most=TEXTS + MEASURED)
    for number, text in enumerate(texts):
        index.add(f"a{number}", sketch_of(text))
    for number, text in enumerate(room.texts(TEXTS - COPIES)):
        index.add(f"b{number}", sketch_of(text))
    return index


@pytest.mark.parametrize(("changed", "least"), FOUND.items())
def test_edited_copies_are_found(
    room: Newsroom, texts: list[str], index: ShingleIndex, changed: float, least: float
) -> None:
    """Of copies with so many of their words changed, the share whose original is named."""
    found = 0
    for number, text in enumerate(texts):
        kin = index.nearest(sketch_of(room.edited(text, changed)))
        found += kin is not None and kin.is_copy and kin.key == f"a{number}"
    share = found / len(texts)
    print(f"\ncopies with {changed:.0%} of the words changed, among {len(index):,}: {share:.1%} found")
    assert share >= least


def test_others_are_no_copies(room: Newsroom, index: ShingleIndex) -> None:
    """A text that nobody copied has no original, nor does it reuse parts of another."""
    joined = sum(index.nearest(sketch_of(text)) is not None for text in room.texts(OTHERS))
    print(f"\nother texts taken for copies: {joined} of {OTHERS:,}")
    assert joined <= OTHERS / 1_000


def test_time_beside_hashing_once(room: Newsroom, index: ShingleIndex) -> None:
    """Looking for an original and being taken in, against hashing the shingles of the text once."""
    some = list(room.texts(MEASURED))
    number = 0

    def take_in(part: list[str]) -> None:
        nonlocal number
        for text in part:
            sketch = sketch_of(text)
            index.nearest(sketch)
            index.add(f"c{number}", sketch)
            number += 1

    ratios = []
    for begin in range(0, MEASURED, TURN):
        part = some[begin : begin + TURN]
        hashing = _seconds(partial(_hashed, part))
        ratios.append(_seconds(partial(take_in, part)) / hashing)
    ratio = sorted(ratios)[len(ratios) // 2]
    print(f"\ninsert and query: {ratio:.2f} x hashing the shingles once")
    assert ratio <= SLOWEST


def _hashed(texts: Sequence[str]) -> None:
    for text in texts:
        shingles(text)


def test_memory_beside_minhash(room: Newsroom) -> None:
    """Bytes a text, against MinHash with 128 permutations and LSH."""
    some = list(room.texts(MEASURED))

    def ours() -> object:
        index = ShingleIndex()
        for number, text in enumerate(some):
            index.add(f"a{number}", sketch_of(text))
        return index

    mine, theirs = _bytes(ours) / MEASURED, _minhash(some)
    print(f"\nmemory: {mine:,.0f} bytes a text, {mine / theirs:.2f} of MinHash ({theirs:,.0f})")
    assert mine <= 0.5 * theirs


def _minhash(texts: list[str]) -> float:
    """Bytes a text of datasketch."""
    if importlib.util.find_spec("datasketch") is None:
        return MINHASH
    from datasketch import (  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: PLC0415
        MinHash,
        MinHashLSH,
    )

    def theirs() -> object:
        lsh, kept = MinHashLSH(threshold=0.3, num_perm=128), []
        for number, text in enumerate(texts):
            words = text.split()
            one = MinHash(128)
            one.update_batch([" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)])
            lsh.insert(f"a{number}", one)
            kept.append(one)
        return lsh, kept

    return _bytes(theirs) / len(texts)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _bytes(build: Callable[[], object]) -> int:
    """What stays in memory of what is built."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    built = build()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del built
    return after - before
