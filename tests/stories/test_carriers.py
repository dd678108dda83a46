"""How many of those who carry a fact are sources of their own."""

import pytest

from bot.stories.carriers import Carrier, adds

FIRST = Carrier(outlet="Tagesblatt", origin="a1", agencies=("dpa",))
SECOND = Carrier(outlet="Harbour Post", origin="a2")

CARRIERS = [
    # outlet, origin, agencies, whether it is a source of its own beside the first two
    pytest.param("Fjordbote", "a3", (), True, id="another outlet, its own text"),
    pytest.param("Fjordbote", "a3", ("AFP",), True, id="another agency"),
    pytest.param(None, "a3", (), True, id="an outlet that nobody names"),
    pytest.param("Tagesblatt", "a3", (), False, id="the first outlet again"),
    pytest.param("Harbour Post", "a3", (), False, id="the second outlet again"),
    pytest.param("Fjordbote", "a1", (), False, id="a copy of the first text"),
    pytest.param("Fjordbote", "a2", (), False, id="a copy of the second text"),
    pytest.param("Fjordbote", "a3", ("dpa",), False, id="the same agency"),
    pytest.param("Fjordbote", "a3", ("AFP", "dpa"), False, id="the same agency among others"),
]


@pytest.mark.parametrize(("outlet", "origin", "agencies", "own"), CARRIERS)
def test_sources_of_their_own(outlet: str | None, origin: str, agencies: tuple[str, ...], own: bool) -> None:  # noqa: FBT001  (a column of the table)
    """An outlet counts once, and so does a text or an agency however many print it."""
    assert adds(Carrier(outlet=outlet, origin=origin, agencies=agencies), [FIRST, SECOND]) is own


def test_outlets_that_nobody_names() -> None:
    """Two articles without an outlet are not taken for one outlet's."""
    one, other = Carrier(outlet=None, origin="a1"), Carrier(outlet=None, origin="a2")
    assert adds(other, [one])


def test_leaning_goes_both_ways() -> None:
    """Whoever leans on another is leant on by it as well."""
    copy = Carrier(outlet="Fjordbote", origin="a1")
    assert copy.leans_on(FIRST)
    assert FIRST.leans_on(copy)
    assert not copy.leans_on(SECOND)
    assert not SECOND.leans_on(copy)


def test_the_first_carrier() -> None:
    """Where nobody is known yet, anybody is a source."""
    assert adds(FIRST, [])
