import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.index.literals import literals
from bot.rules.patterns import PatternError, compiled

TABLE = [
    (r"Panzer", {"panzer"}),
    (r"\bPanzer(haubitze)?n?\b", {"panzer"}),
    (r"(Panzer|Haubitze)n?", {"panzer", "haubitze"}),
    (r"Panzer|Haubitze", {"panzer", "haubitze"}),
    (r"Panzer|[A-Z]+", set()),
    (r"(?:Leopard )?2A[67]", set()),
    (r"(?P<type>tank)s+", {"tank"}),
    (r"(?i)tank", {"tank"}),
    (r"ta.k force", {"k force"}),
    (r"grenades?", {"grenade"}),
    (r"grenad{0,2}s", {"grena"}),
    (r"(tank)*er", set()),
    (r"(tank)+er", {"tank"}),
    (r"[a-z]{3}", set()),
    (r"\d+ Soldaten", {" soldaten"}),
    (r"über Nacht", {"ber nacht"}),
    (r"\pLabc", {"abc"}),
    (r"[[:alpha:]]bc tank", set()),
    (r"\Qa.b\E", set()),
    (r"a\.b", set()),
    (r"[]x]tank", {"tank"}),
    (r"^Moskau$", {"moskau"}),
    (r"()", set()),
    ("", set()),
]


@pytest.mark.parametrize(("pattern", "wanted"), TABLE)
def test_what_a_pattern_needs(pattern: str, wanted: set[str]) -> None:
    """The rarest literal of each alternative; nothing where any text might do."""
    assert literals(pattern) == wanted


PIECES = ["tank", "Ab", "k", "s", "ß", "x+", "y*", "z?", "(lo|la)", "(ne)?"]
PIECES += ["[a-c]", r"\b", ".", "|", "(", ")", "{2}", "^"]


@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join), st.data())
def test_what_is_found_has_a_literal(pattern: str, data: st.DataObject) -> None:
    """Whatever RE2 finds in a text, one of the literals stands in it."""
    try:
        program = compiled(pattern)
    except PatternError:
        return
    try:
        text = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    except re.error:  # what only RE2 understands
        return
    needed = literals(pattern)
    if needed and program.search(text):
        assert any(literal in text.casefold() for literal in needed)
