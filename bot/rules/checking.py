"""Run the tests inside a rule file with a reader that is handed in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.article.model import Article, Published
from bot.errors import Issue
from bot.extraction.findings import Actor, Findings
from bot.rules.explanation import Explanation, Outcome, explain
from bot.rules.model import Match, Rule, RuleTest
from bot.rules.rule_tests import UNLESS

ReadArticle = Callable[[Article], Findings]


@dataclass(frozen=True, kw_only=True)
class TestResult:
    """The outcome of one test.

    Attributes:
        problem: What is not as expected, one line; None if all is.
        explanation: Why the rule did what it did.
    """

    rule: Rule
    test: RuleTest
    problem: str | None
    explanation: Explanation

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return self.problem is None

    @property
    def issue(self) -> Issue:
        """What is not as expected, at its place in the file."""
        message = f"test of {self.rule.id}: {self.problem or 'passed'}"
        return Issue(place=self.rule.place, line=self.test.line, column=1, message=message)


def check(rule: Rule, read: ReadArticle) -> list[TestResult]:
    """Run all tests of a rule; a draft is tested as if it ran."""
    return [_run(rule.tried(), test, read) for test in rule.tests]


def article_of(rule: Rule, test: RuleTest) -> Article:
    """The article that a test describes."""
    return Article(
        id=f"{rule.id}:{test.line}",
        text=test.text,
        title=test.title,
        lang=test.lang,
        source_name=test.source,
        source_tier=test.tier,
        published=Published.parse(test.published),
    )


def _run(rule: Rule, test: RuleTest, read: ReadArticle) -> TestResult:
    article = article_of(rule, test)
    explanation = explain(rule, article, read(article))
    return TestResult(rule=rule, test=test, problem=_problem(test, explanation), explanation=explanation)


def _problem(test: RuleTest, explanation: Explanation) -> str | None:
    if test.fires:
        return _should_fire(test, explanation)
    if explanation.outcome is Outcome.FIRED:
        return f"fires and should not: {'; '.join(map(str, explanation.held))}"
    return _wrong_reason(test.because, explanation)


def _should_fire(test: RuleTest, explanation: Explanation) -> str | None:
    if explanation.outcome is not Outcome.FIRED:
        return f"does not fire: {explanation.failed}"
    missed = [_missed(test, found) for found in explanation.matches]
    fewest = min(missed, key=len)
    return f"fires, but {'; '.join(fewest)}" if fewest else None


def _wrong_reason(because: str | None, explanation: Explanation) -> str | None:
    failed = explanation.failed
    if because is None or failed is None:
        return None
    excluded = because == UNLESS and explanation.outcome is Outcome.EXCLUDED
    if excluded or failed.key == because:
        return None
    return f"does not fire, but for another reason than {because}: {failed}"


def _missed(test: RuleTest, found: Match) -> list[str]:
    return [
        f"{slot} is {_or(given)}, not {_or(_listed(wanted))}"
        for slot, wanted in test.expect.items()
        if not _fits(_listed(wanted), given := _given(slot, found))
    ]


def _listed(wanted: object) -> tuple[object, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def _fits(wanted: tuple[object, ...], given: set[object]) -> bool:
    return all(value in given for value in wanted)


def _given(slot: str, found: Match) -> set[object]:
    """What a match has in a slot: for people and places their names, ids and words."""
    event = found.event
    people = {
        "actor": found.actors,
        "target": event.targets if event else (),
        "participant": event.participants if event else (),
        "place": (event.place,) if event and event.place else (),
    }
    people["anyone"] = people["actor"] + people["target"] + people["participant"]
    if slot in people:
        return {word for actor in people[slot] for word in _names(actor)}
    quantity = found.quantity
    values: dict[str, object] = {
        "event": event.type if event else None,
        "medium": event.medium if event else None,
        "modality": found.modality,
        "date": found.date,
        "quantity": quantity.value if quantity else None,
        "unit": quantity.unit if quantity else None,
    }
    return {values[slot]} - {None}


def _names(actor: Actor) -> set[object]:
    return {word for word in (actor.name, actor.id, actor.text) if word}


def _or(words: Iterable[object]) -> str:
    return ", ".join(map(str, words)) or "nothing"
