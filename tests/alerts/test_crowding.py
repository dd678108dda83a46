"""How much a rule may tell in an hour."""

from datetime import UTC, datetime

import pytest

from bot.alerts.crowding import Crowd, crowd, end_of_hour, hour_of
from bot.alerts.decide import Facts, Reason, decide
from bot.stories.standing import Standing


@pytest.mark.parametrize(
    ("told", "cap", "found"),
    [
        (0, 3, Crowd.FREE),
        (2, 3, Crowd.FREE),
        (3, 3, Crowd.OVER),
        (14, 3, Crowd.OVER),
        (15, 3, Crowd.RUNAWAY),
        (10_000, None, Crowd.FREE),
        (10_000, 0, Crowd.FREE),
    ],
)
def test_crowd(told: int, cap: int | None, found: Crowd) -> None:
    """Free up to the cap, over it up to five times the cap, then runaway; without a cap never."""
    assert crowd(told, cap) is found


def test_an_hour_is_one_of_the_clock() -> None:
    """What is above the cap comes when it ends."""
    now = datetime(2026, 3, 2, 14, 59, 59, 9, tzinfo=UTC)
    assert (hour_of(now).hour, hour_of(now).minute, end_of_hour(now).hour) == (14, 0, 15)


@pytest.mark.parametrize(
    ("crowded", "standing", "live", "reason", "push"),
    [
        (Crowd.OVER, Standing.NEW, True, Reason.COLLAPSED, True),
        (Crowd.OVER, Standing.CHANGED, True, Reason.UPDATE, True),
        (Crowd.OVER, Standing.SAME, True, Reason.KNOWN_FACT, False),
        (Crowd.RUNAWAY, Standing.NEW, True, Reason.RAN_AWAY, False),
        (Crowd.RUNAWAY, Standing.CHANGED, True, Reason.RAN_AWAY, False),
        (Crowd.RUNAWAY, Standing.NEW, False, Reason.SHADOW, False),
    ],
)
def test_decide(crowded: Crowd, standing: Standing, live: bool, reason: Reason, push: bool) -> None:  # noqa: FBT001
    """The surplus is told in a summary, updates as they come; what ran away is counted only."""
    decision = decide(Facts(live=live, push=True, standing=standing, destinations=1, crowd=crowded))
    assert (decision.reason, decision.push) == (reason, push)
