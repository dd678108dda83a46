"""Timings side by side in one run, as ratios; `make bench` prints them.

A shared machine drifts, so both sides of a ratio are measured in turn and the median of the rounds counts.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
import spacy

from bot.alerts.compose import alerts_of
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.article.model import Article, Published
from bot.extraction.reader import ArticleReader
from bot.extraction.trained.standing import State, standing
from bot.rules.matcher import match_all

GERMAN = (
    "Norwegen entsendet 150 Ausbilder nach Litauen. Das gab die Regierung in Oslo am Montag bekannt. "
    "„Wir gehen dorthin, solange man uns braucht“, sagte die Verteidigungsministerin dem Sender Nordwelle. "
    "Am Donnerstag will sie in Vilnius mit ihrem litauischen Kollegen sprechen. "
    "Die Kosten von 12 Millionen Euro trage Norwegen. "
) * 8
ENGLISH = (
    "Canada will send 300 troops to Latvia next month, the government in Ottawa said on Tuesday. "
    "“We keep our promises,” Defence Minister Ann Fields told reporters. "
    "Talks with Estonia are planned for Friday in Tallinn. "
    "The mission is expected to cost 40 million dollars and to last until the end of 2027. "
) * 8
ROUNDS = 7
FLOOR = {"bundled": 2_000, "none": 3_000}  # words/s, far below what a quiet core does


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ratio(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of `one`, and the median ratio of one to the other, measured in turn."""
    one(), other()
    pairs = [(seconds(one), seconds(other)) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in pairs), statistics.median(a / b for a, b in pairs)


@pytest.mark.parametrize("choice", ["bundled", "none"])
@pytest.mark.parametrize(("lang", "text"), [("de", GERMAN), ("en", ENGLISH)])
def test_reading(lang: str, text: str, choice: str) -> None:
    """Words a second of the whole reading."""
    reader, bare = ArticleReader({lang: choice}), spacy.blank(lang)
    article = Article(id="a", text=text, lang=lang, published=Published.parse("2026-03-02"))
    took, times = ratio(lambda: reader.read(article), lambda: bare(text))
    speed = len(text.split()) / took
    print(f"\nreading {lang}, model {choice}: {speed:,.0f} words/s, {times:.1f} x the bare tokeniser")
    assert speed > FLOOR[choice]


@pytest.mark.parametrize(("lang", "text"), [("de", GERMAN), ("en", ENGLISH)])
def test_reading_against_the_bare_pipeline(lang: str, text: str) -> None:
    """The whole reading against all that the bundled pipeline does by itself: tags, syntax and names."""
    found = standing(lang)
    if found.state is not State.READY or found.path is None:
        pytest.skip("the bundled model is not here: `make models` builds it")
    reader, bare = ArticleReader(), spacy.load(found.path)
    article = Article(id="a", text=text, lang=lang, published=Published.parse("2026-03-02"))
    took, times = ratio(lambda: reader.read(article), lambda: bare(text))
    print(f"\nreading {lang}: {times:.2f} x the bare statistical pipeline, {1000 * took:.0f} ms an article")
    assert times < 1.5


@pytest.mark.parametrize("pieces", [4, 16])
@pytest.mark.parametrize(("lang", "text"), [("de", GERMAN), ("en", ENGLISH)])
def test_reading_is_linear(lang: str, text: str, pieces: int) -> None:
    """So many times the text takes about so many times the time."""
    reader = ArticleReader()
    small, large = (
        Article(id="a", text="\n".join([text] * n), lang=lang, published=Published.parse("2026-03-02"))
        for n in (1, pieces)
    )
    _, times = ratio(lambda: reader.read(large), lambda: reader.read(small))
    print(f"\nreading {lang} of {pieces} x the text: {times:.1f} x the time")
    assert times < 2.5 * pieces


def test_rules() -> None:
    """What checking the standard rules adds to reading."""
    reader = ArticleReader()
    article = Article(id="a", text=GERMAN, lang="de", published=Published.parse("2026-03-02"))
    findings = reader.read(article)
    rules = load_folders([standard_rules()])[0].rules
    took, times = ratio(lambda: match_all(rules, article, findings), lambda: reader.read(article))
    print(f"\nrules: {1000 * took:.2f} ms an article, {times:.3f} x the reading")
    assert times < 1


def test_judging_is_linear() -> None:
    """Four times the text takes about four times the time to judge, quotes and all."""
    reader, rules = ArticleReader(), load_folders([standard_rules()])[0].rules
    small, large = (
        Article(id="a", text="\n".join([GERMAN] * n), lang="de", published=Published.parse("2026-03-02"))
        for n in (2, 8)
    )
    read = {article.text: reader.read(article) for article in (small, large)}
    took, times = ratio(
        lambda: alerts_of(large, read[large.text], rules), lambda: alerts_of(small, read[small.text], rules)
    )
    print(f"\njudging 4 x the text: {times:.1f} x the time, {1000 * took:.0f} ms")
    assert times < 12


def test_memory() -> None:
    """Peak memory of a process with both languages loaded."""
    program = (
        "import resource; from bot.extraction.reader import ArticleReader; ArticleReader().load(); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    unit = 1024 if sys.platform != "darwin" else 1024**2
    print(f"\nboth languages loaded: {int(run.stdout) / unit:.0f} MB")
    assert int(run.stdout) / unit < 600
