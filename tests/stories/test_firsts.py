from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.model import Novelty
from bot.stories.firsts import Newness, Seen, newcomers, newness

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST = Novelty(key=("type", "actor"), first=("actor",), window=timedelta(days=180))
TROOPS = "r · type=troops.commit · actor="


@pytest.mark.parametrize(
    ("key", "earlier", "new"),
    [
        (TROOPS + "NO", [], ["NO"]),
        (TROOPS + "NO", [TROOPS + "NO"], []),
        (TROOPS + "NO", [TROOPS + "DK"], ["NO"]),
        (TROOPS + "DK+NO", [TROOPS + "DK"], ["NO"]),
        (TROOPS + "NO", [TROOPS + "DK+NO+SE"], []),
        (TROOPS + "NO", ["r · type=troops.withdraw · actor=NO"], ["NO"]),
        (TROOPS + "?", [], []),
        (TROOPS + "ida moen", [TROOPS + "?"], ["ida moen"]),
        # Who meets is one list, whichever slot was asked for.
        ("r · type=consult.call · participant=FR", ["r · type=consult.call · participant=DE+FR"], []),
        # A key that was too long ends in half a name and a digest.
        (TROOPS + "NO", [TROOPS + "DK+NO+SWE…0123456789abcdef"], []),
        (TROOPS + "SE", [TROOPS + "DK+NO+SE…0123456789abcdef"], ["SE"]),
    ],
)
def test_newcomers(key: str, earlier: list[str], new: list[str]) -> None:
    """New is who was in no earlier match with the same rest of the key; the unknown is never new."""
    assert [values[0] for values in newcomers(key, FIRST, earlier)] == new


def test_two_slots_are_a_pair() -> None:
    """With two slots it is the pair that must be new."""
    both = Novelty(key=("actor", "place"), first=("actor", "place"))
    earlier = ["r · actor=NO · place=LT", "r · actor=DK · place=LV"]
    assert newcomers("r · actor=NO · place=LV", both, earlier) == [("NO", "LV")]
    assert newcomers("r · actor=DK · place=LV", both, earlier) == []


def test_a_rule_that_does_not_ask() -> None:
    """A rule without `first` is asked nothing."""
    assert newness(TROOPS + "NO", Novelty(), Seen(), NOW) is Newness.NOT_ASKED


@pytest.mark.parametrize(
    ("days", "expected"), [(None, Newness.LEARNING), (13, Newness.LEARNING), (14, Newness.FIRST)]
)
def test_learning(days: int | None, expected: Newness) -> None:
    """A rule that learns calls nobody new until it has watched for so long."""
    novelty = Novelty(key=("type", "actor"), first=("actor",), learn=timedelta(days=14))
    since = None if days is None else NOW - timedelta(days=days)
    assert newness(TROOPS + "NO", novelty, Seen(since=since), NOW) is expected


def test_known_comes_before_learning() -> None:
    """Who was met before is known, also while the rule learns."""
    novelty = Novelty(key=("type", "actor"), first=("actor",), learn=timedelta(days=14))
    assert newness(TROOPS + "NO", novelty, Seen(keys=(TROOPS + "NO",), since=NOW), NOW) is Newness.KNOWN
