"""Whether an alert is told, and why."""

import pytest

from bot.alerts.decide import Facts, Reason, decide
from bot.stories.firsts import Newness
from bot.stories.standing import Standing

NEW, SAME, CHANGED, OUTDATED = Standing.NEW, Standing.SAME, Standing.CHANGED, Standing.OUTDATED
TABLE = [
    # live, push, standing, destinations, retracts, reason
    (True, True, NEW, 1, False, Reason.NEW),
    (True, True, NEW, 0, False, Reason.NO_DESTINATION),
    (True, True, SAME, 1, False, Reason.KNOWN_FACT),
    (True, True, SAME, 0, False, Reason.KNOWN_FACT),
    (True, True, CHANGED, 1, False, Reason.UPDATE),
    (True, True, CHANGED, 0, False, Reason.NO_DESTINATION),
    (True, True, OUTDATED, 1, False, Reason.OUTDATED),
    (True, True, CHANGED, 1, True, Reason.UPDATE),
    (True, True, SAME, 1, True, Reason.KNOWN_FACT),
    (True, True, NEW, 1, True, Reason.NEVER_TOLD),
    (True, False, NEW, 1, False, Reason.OLD),
    (True, False, CHANGED, 1, False, Reason.OLD),
    (False, True, NEW, 1, False, Reason.SHADOW),
    (False, False, SAME, 0, False, Reason.SHADOW),
]


@pytest.mark.parametrize(
    ("newness", "live", "reason"),
    [
        (Newness.FIRST, True, Reason.NEW),
        (Newness.KNOWN, True, Reason.NOT_FIRST),
        (Newness.LEARNING, True, Reason.LEARNING),
        (Newness.KNOWN, False, Reason.NOT_FIRST),
        (Newness.FIRST, False, Reason.SHADOW),
    ],
)
def test_the_first_time(newness: Newness, reason: Reason, *, live: bool) -> None:
    """What is not the first time is kept back, and in shadow not counted as what would have been told."""
    facts = Facts(live=live, push=True, standing=NEW, destinations=1, newness=newness)
    assert decide(facts).reason is reason


@pytest.mark.parametrize(("live", "push", "standing", "destinations", "retracts", "reason"), TABLE)
def test_the_first_reason_decides(
    *, live: bool, push: bool, standing: Standing, destinations: int, retracts: bool, reason: Reason
) -> None:
    """Shadow, old, known, outdated, never told and unwanted alerts are kept back; the rest is told."""
    facts = Facts(live=live, push=push, standing=standing, destinations=destinations, retracts=retracts)
    decision = decide(facts)
    assert decision.reason is reason
    assert decision.push == (reason in (Reason.NEW, Reason.UPDATE))
