import json

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.explanation import Outcome, explain
from bot.rules.loader import load_rule
from bot.rules.matcher import match
from bot.rules.model import Rule
from tests.fakes.findings import Written
from tests.rules.test_matching import commitment

LEAVES: list[dict[str, object]] = [
    {"event": "troops.commit"},
    {"event": "attack"},
    {"actor": "NO"},
    {"modality": ["demanded", "denied"]},
    {"modality": "decided"},
    {"place": {"country": "NATO"}},
    {"quantity": {"unit": "soldier", "at_least": 500, "if_given": True}},
    {"date": {"future": True}},
    {"text": ["Truppe", "Brigade"]},
    {"text": {"words": "Brigade", "in": "title"}},
    {"entity": "DK"},
    {"source": "Nordblatt"},
]
BLOCKS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)
TOLD: Written = commitment()


def rule(when: object, unless: object = None) -> Rule | None:
    """A rule with these blocks; None where the loader finds them impossible."""
    made = {"id": "r", "title": "t", "status": "shadow", "when": when} | (
        {"unless": unless} if unless else {}
    )
    return load_rule(json.dumps(made), "r.yml")[0]


def fires(when: object) -> bool:
    """Whether a rule with this block fires."""
    made = rule(when)
    return made is not None and bool(match(made, TOLD.article, TOLD.findings))


@given(BLOCKS, st.none() | BLOCKS)
def test_explanation_and_match_agree(when: object, unless: object) -> None:
    """Whatever the nesting: a match exactly where the explanation says fired, and a reason where not."""
    made = rule(when, unless)
    if made is None:
        return
    why = explain(made, TOLD.article, TOLD.findings)
    assert (why.outcome is Outcome.FIRED) == bool(match(made, TOLD.article, TOLD.findings))
    assert (why.failed is None) == (why.outcome is Outcome.FIRED)


@given(BLOCKS, BLOCKS)
def test_unless_only_takes_away(when: object, unless: object) -> None:
    """`unless` never adds a match."""
    plain, less = rule(when), rule(when, unless)
    if plain is None or less is None:
        return
    assert len(match(less, TOLD.article, TOLD.findings)) <= len(match(plain, TOLD.article, TOLD.findings))


@given(BLOCKS)
def test_one_part_is_the_part(block: dict[str, object]) -> None:
    """`any` or `all` around one block changes nothing."""
    assert fires({"any": [block]}) == fires(block) == fires({"all": [block]})


@given(st.sampled_from(LEAVES))
def test_twice_not_is_the_same_for_the_article(leaf: dict[str, object]) -> None:
    """Not-not inside a rule that asks for something else holds where the part itself does."""
    anchor = {"source": "Nordblatt"}
    assert fires({"all": [anchor, {"not": {"not": leaf}}]}) == fires({"all": [anchor, leaf]})
