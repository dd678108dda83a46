from functools import cache
from pathlib import Path

import pytest

from bot.extraction.reader import ArticleReader
from bot.rules.checking import article_of, check
from bot.rules.loader import load_rule
from bot.rules.model import Rule, Status

RULES = Path(__file__).parents[2] / "rules"
FILES = sorted((RULES / "standard").glob("*.yml"))
EXAMPLES = sorted((RULES / "examples").glob("*.yml"))


@cache
def reader() -> ArticleReader:
    """One reader for all tests of this file."""
    return ArticleReader()


def load(path: Path) -> Rule:
    """The rule of a file that ships."""
    rule, issues = load_rule(path.read_text(encoding="utf-8"), str(path))
    assert rule is not None, issues
    return rule


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_rules_in_use_show_both_languages(path: Path) -> None:
    """A live rule has at least 12 tests, German and English ones, a third of them with nothing to fire on."""
    rule = load(path)
    assert rule.status is Status.LIVE
    langs = {reader().read(article_of(rule, test)).lang for test in rule.tests}
    assert {"de", "en"} <= langs
    assert len(rule.tests) >= 12
    assert 3 * sum(not test.fires for test in rule.tests) >= len(rule.tests)


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_examples_run_unseen(path: Path) -> None:
    """An example runs in shadow, counted and never sent, with tests that fire and tests that do not."""
    rule = load(path)
    assert rule.status is Status.SHADOW
    assert {bool(test.fires) for test in rule.tests} == {True, False}


@pytest.mark.parametrize("path", [*FILES, *EXAMPLES], ids=[path.stem for path in [*FILES, *EXAMPLES]])
def test_tests_inside_the_files(path: Path) -> None:
    """The tests inside the shipped rules hold with the real reader."""
    problems = [str(result) for result in check(load(path), reader().read) if not result.passed]
    assert not problems, "\n".join(problems)
