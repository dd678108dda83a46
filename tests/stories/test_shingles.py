"""Edited copies by sampled shingles: small tables; the crowd of 100,000 is in the bench."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.shingles import SAMPLE, ShingleIndex, sketch_of
from tests.bench.story_crowd import Newsroom

TEXTS = 300


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Texts of a few hundred words."""
    return list(Newsroom(seed=5).texts(TEXTS))


@pytest.fixture(scope="module")
def index(texts: list[str]) -> ShingleIndex:
    """All of them."""
    index = ShingleIndex()
    for number, text in enumerate(texts):
        index.add(str(number), sketch_of(text))
    return index


@pytest.mark.parametrize(("changed", "least"), [(0.05, 0.99), (0.10, 0.95), (0.20, 0.80)])
def test_copies_are_found(texts: list[str], index: ShingleIndex, changed: float, least: float) -> None:
    """With so many words changed, this share of the copies leads to its original."""
    room = Newsroom(seed=6)
    kin = [index.nearest(sketch_of(room.edited(text, changed))) for text in texts]
    found = sum(one is not None and one.is_copy and one.key == str(n) for n, one in enumerate(kin))
    assert found / TEXTS >= least


def test_others_are_not(index: ShingleIndex) -> None:
    """Texts that only share the phrases of every newsroom are no kin."""
    assert all(index.nearest(sketch_of(text)) is None for text in Newsroom(seed=7).texts(TEXTS))


def test_an_excerpt_is_a_copy(texts: list[str], index: ShingleIndex) -> None:
    """Of a text of which only a half is printed nothing is news."""
    words = max(texts, key=len).split()
    kin = index.nearest(sketch_of(" ".join(words[: len(words) // 2])))
    assert kin is not None
    assert kin.is_copy


def test_the_same_end_behind_news_is_no_copy(texts: list[str], index: ShingleIndex) -> None:
    """It is said to share that part."""
    words = max(texts, key=len).split()
    news = next(Newsroom(seed=8).texts(1)).split()[:110]
    kin = index.nearest(sketch_of(" ".join([*news, *words[-180:]])))
    assert kin is not None
    assert not kin.is_copy


def test_what_is_removed_is_not_found(texts: list[str]) -> None:
    """The oldest goes when there are more texts than wanted; a text nobody knows is no mistake."""
    index = ShingleIndex(most=1)
    index.add("a", sketch_of(texts[0]))
    index.add("b", sketch_of(texts[0]))
    index.remove("c")
    found = index.nearest(sketch_of(texts[0]))
    assert (len(index), found and found.key) == (1, "b")


@pytest.mark.parametrize("text", ["", "Hafen", "zwei Wörter"])
def test_texts_too_short(text: str) -> None:
    """What has no three words in a row is like nothing."""
    index = ShingleIndex()
    index.add("a", sketch_of(text))
    assert index.nearest(sketch_of(text)) is None


def test_case_and_marks_do_not_count() -> None:
    """The sketch is that of the words."""
    assert sketch_of("Der Hafen, sagt er, bleibt!") == sketch_of("der hafen sagt er bleibt")


@given(st.text(max_size=3_000))
def test_sketches_stay_small(text: str) -> None:
    """Whatever the text, a sketch holds each hash once, those of its level only."""
    sketch = sketch_of(text)
    assert len(set(sketch.hashes)) == len(sketch.hashes) <= 6 * SAMPLE
    assert not any(one & ((1 << sketch.level) - 1) for one in sketch.hashes)
