import json

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.coverage import Coverage
from bot.rules.loader import load_rule
from bot.rules.matcher import match
from bot.rules.model import Rule
from bot.rules.view import View
from tests.rules.index.test_rule_index import STORIES, TREES
from tests.rules.test_matching import commitment, rule

VIEWS = [View(article=told.article, findings=told.findings) for told in STORIES]


def covered(one: Rule) -> Coverage:
    """A rule over all stories."""
    coverage = Coverage(rule=one)
    for view in VIEWS:
        coverage.take(view)
    return coverage


def remarks(conditions: str) -> list[str]:
    """What is worth a look in a rule over one story, as `key line: what`."""
    told, coverage = commitment(), Coverage(rule=rule(conditions))
    coverage.take(View(article=told.article, findings=told.findings))
    return [f"{one.key} {one.condition.line}: {says}" for one, says in coverage.remarks()]


def test_a_condition_that_never_holds() -> None:
    """What is asked and never holds is named, and what stands behind it is never reached."""
    assert remarks("when:\n  event: attack\n  modality: decided\n") == [
        "event 5: never holds, asked 2 times",
        "modality 6: never reached: what stands before it decides",
    ]


def test_parties_go_by_their_slot() -> None:
    """Who acts is named as the file names it."""
    assert remarks("when:\n  event: troops.commit\n  actor: SE\n") == ["actor 6: never holds, asked 2 times"]


def test_exclusions_are_told_as_such() -> None:
    """What stands under `unless` never excludes."""
    assert remarks("when:\n  event: troops.commit\nunless:\n  - text: Manöver\n") == [
        "text 7: never excludes, asked 2 times"
    ]


def test_a_rule_that_works_has_no_remarks() -> None:
    """Where each condition held at least once, there is nothing to say."""
    assert remarks("when:\n  event: troops.commit\n  modality: decided\n") == []


@given(TREES, st.none() | TREES)
def test_it_counts_what_the_matcher_matches(when: object, unless: object) -> None:
    """Whatever the nesting, a rule fires in as many articles as the matcher finds matches in."""
    made = {"id": "r", "title": "t", "status": "live", "when": when} | ({"unless": unless} if unless else {})
    one, _ = load_rule(json.dumps(made), "r.yml")
    if one is None:
        return
    assert covered(one).fired == sum(bool(match(one, told.article, told.findings)) for told in STORIES)


@given(TREES)
def test_held_is_never_more_than_asked(when: object) -> None:
    """A condition holds at most as often as it is asked."""
    made = {"id": "r", "title": "t", "status": "live", "when": when}
    one, _ = load_rule(json.dumps(made), "r.yml")
    if one is not None:
        assert all(0 <= reached.held <= reached.asked for reached in covered(one).conditions)
