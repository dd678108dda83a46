"""Alerts and retractions by the index over the rules are those of the plain loop."""

import json
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.compose import alerts_of, found_in, retractions_of
from bot.extraction.findings import Findings, Modality
from bot.rules.index.rule_index import RuleIndex
from bot.rules.loader import load_rule
from bot.rules.model import Rule
from tests.fakes.findings import Written
from tests.rules.index.test_rule_index import STORIES, TREES

REAL = [Modality.DECIDED, Modality.DEMANDED, Modality.SCHEDULED]
DEEDS = st.builds(
    lambda how, tree: {"all": [{"event": "*"}, {"modality": how}, *([tree] if tree else [])]},
    st.lists(st.sampled_from([str(one) for one in REAL]), min_size=1, unique=True),
    st.none() | TREES,
)
UPDATES = st.sampled_from([(), ("modality",), ("modality", "date")])
MODALITIES = st.lists(st.sampled_from([*REAL, Modality.DENIED, Modality.CANCELLED]), min_size=4, max_size=4)
DENIED = Written(text="Frankreich entsendet keine Soldaten nach Litauen.")
DENIED.event("entsendet", "troops.commit", modality=Modality.DENIED)


def made(number: int, tree: object, updates: Sequence[str]) -> Rule | None:
    """A rule; None where the loader finds it impossible."""
    parts = {"id": f"r{number}", "title": "t", "status": "live", "when": tree}
    return load_rule(json.dumps(parts | {"novelty": {"update_when": list(updates)}}), f"r{number}.yml")[0]


def as_real(findings: Findings, modalities: Sequence[Modality]) -> Findings:
    """The same events, real in other ways."""
    changed = [replace(one, modality=how) for one, how in zip(findings.events, modalities, strict=False)]
    return replace(findings, events=tuple(changed))


@given(st.lists(st.tuples(TREES | DEEDS, UPDATES), max_size=6), MODALITIES)
def test_the_index_changes_no_alert_and_no_retraction(
    drafts: list[tuple[object, tuple[str, ...]]], modalities: list[Modality]
) -> None:
    """Whatever the rules, and however real the events are."""
    rules = [rule for number, draft in enumerate(drafts) if (rule := made(number, *draft))]
    index = RuleIndex(rules)
    for told in STORIES:
        article, findings = told.article, as_real(told.findings, modalities)
        loop = alerts_of(article, findings, rules), retractions_of(article, findings, rules)
        assert found_in(article, findings, index) == loop


def test_what_is_denied_is_a_candidate_for_a_rule_that_asks_for_deeds() -> None:
    """The rule does not hold, and its retraction is found."""
    rule = made(1, {"event": "troops.commit", "modality": ["decided"]}, ["modality"])
    assert rule
    alerts, retractions = found_in(DENIED.article, DENIED.findings, RuleIndex([rule]))
    assert (alerts, [one.modality for one in retractions]) == ([], [Modality.DENIED])


def test_without_a_denial_only_what_can_hold_is_judged() -> None:
    """The need for a modality stands in the way of a rule, where nothing is denied."""
    rule = made(1, {"event": "troops.commit", "modality": ["decided"]}, ["modality"])
    assert rule
    told = Written(text="Die Opposition fordert, Soldaten zu entsenden.")
    told.event("entsenden", "troops.commit", modality=Modality.DEMANDED)
    assert found_in(told.article, told.findings, RuleIndex([rule])) == ([], [])
