"""Rules by the hundred thousand, against one bare scan of the text and against the plain loop."""

import functools
import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import pytest
from ahocorasick_rs import AhoCorasick

from bot.article.model import Article, Published
from bot.extraction.findings import Findings
from bot.extraction.reader import ArticleReader
from bot.rules.conditions import AllOf, Condition, QuoteIs, SomeEvent, TextHas
from bot.rules.index.rule_index import RuleIndex
from bot.rules.matcher import match_all, matches_in
from bot.rules.model import Match, Rule
from bot.rules.view import View
from bot.rules.words import WordIndex
from bot.sources.demo_feed import demo_articles, filled
from tests.bench.rule_crowd import Crowd

MANY, FEW, WORDS = 100_000, 1_000, 500
ROUNDS = 31


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.fixture(scope="module")
def article() -> Article:
    """Five hundred words of German news."""
    day = datetime(2026, 3, 2, tzinfo=UTC)
    told = " ".join(filled(one.text, day, "de") for one in demo_articles() if one.lang == "de")
    text = " ".join(told.split()[:WORDS])
    return Article(id="a", text=text, lang="de", published=Published.parse("2026-03-02"))


@pytest.fixture(scope="module")
def findings(article: Article) -> Findings:
    """What is read in it."""
    return ArticleReader().read(article)


@pytest.fixture(scope="module")
def rules(article: Article) -> list[Rule]:
    """All the rules; set aside for the collector of garbage, as the bot does with what it keeps."""
    made = list(Crowd([word for word in article.text.split() if len(word) > 3]).rules(MANY))
    gc.freeze()
    return made


def phrases(condition: Condition) -> Iterator[str]:
    """The words that a rule looks for, as a bare scan would."""
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from phrases(part)
    elif isinstance(condition, SomeEvent):
        yield from phrases(condition.part)
    elif isinstance(condition, (TextHas, QuoteIs)):
        yield from (str(phrase).strip("*").casefold() for phrase in condition.phrases)


def matched(index: RuleIndex, article: Article, findings: Findings) -> list[Match]:
    """The matches of one article, nothing kept from before."""
    view = View(article=article, findings=findings)
    return [found for rule in index.candidates(view) for found in matches_in(rule, view)]


def bare(rules: Iterable[Rule], article: Article) -> Callable[[], object]:
    """One scan for all the words of all rules, and the text in its stems."""
    automaton = AhoCorasick(sorted({words for rule in rules for words in phrases(rule.when)}))

    def scan() -> None:
        WordIndex(article.content, "de")
        automaton.find_matches_as_indexes(article.content.casefold(), overlapping=True)

    return scan


def test_many_rules(article: Article, findings: Findings, rules: list[Rule]) -> None:
    """A hundred thousand rules cost about what one scan of the text costs, and give what the loop gives."""
    many, few, scan = RuleIndex(rules), RuleIndex(rules[:FEW]), bare(rules, article)
    gc.freeze()
    loop = seconds(lambda: match_all(rules, article, findings))
    assert matched(many, article, findings) == match_all(rules, article, findings)
    rounds = [
        (
            seconds(lambda: matched(many, article, findings)),
            seconds(lambda: matched(few, article, findings)),
            seconds(scan),
        )
        for _ in range(ROUNDS)
    ]
    took = statistics.median(one for one, _, _ in rounds)
    by_few = statistics.median(one / other for one, other, _ in rounds)
    by_scan = statistics.median(one / other for one, _, other in rounds)
    found = len(matched(many, article, findings))
    print(
        f"\n{MANY:,} rules, {found} matches: {1000 * took:.2f} ms, {by_scan:.1f} x a bare scan, "
        f"{by_few:.1f} x {FEW:,} rules, {loop / took:,.0f} x faster than the loop"
    )
    assert by_scan < 8
    assert by_few < 20
    assert loop / took > 300


def test_building(rules: list[Rule]) -> None:
    """The index over parsed rules: seconds and memory."""
    took = seconds(lambda: RuleIndex(rules))
    tracemalloc.start()
    index = RuleIndex(rules)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"\nindex of {len(index):,} rules: {took:.1f} s, {held / 1e6:.0f} MB")
    assert took < 20
    assert held < 300e6


def test_an_edit(article: Article, findings: Findings, rules: list[Rule]) -> None:
    """One rule changed among them is live at the next article."""
    index = RuleIndex(rules)
    matched(index, article, findings)
    took = statistics.median(seconds(functools.partial(index.put, rule)) for rule in rules[:ROUNDS])
    print(f"\none edit: {1000 * took:.3f} ms")
    assert took < 0.1
