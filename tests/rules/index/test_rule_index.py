import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.findings import EntityKind, Medium, Modality, QuoteKind
from bot.rules.index.rule_index import RuleIndex
from bot.rules.loader import load_rule
from bot.rules.matcher import match_all, matches_in
from bot.rules.model import Match, Rule
from bot.rules.view import View
from tests.fakes.findings import Written
from tests.rules.test_matching import commitment, when


def meeting() -> Written:
    """A call in English, with a quote and two people."""
    told = Written(
        text=(
            "Prime Minister Ann Field will call President Otero on Friday.\n"
            "“We owe our armies the truth,” Field said.\n"
            "NATO’s exercises near Kraków cost 40 million euros."
        ),
        title="Leaders to talk",
        source="Courier",
        lang="en",
    )
    told.entity("Ann Field", EntityKind.PERSON, id="Q2", role="prime minister", country="GB")
    told.entity("Otero", EntityKind.PERSON, role="president")
    told.entity("NATO", EntityKind.ORGANISATION, id="Q7184", subkind="coalition")
    told.entity("Kraków", EntityKind.PLACE, country="PL")
    told.quote("We owe our armies the truth", "Field", kind=QuoteKind.DIRECT)
    told.event(
        "call",
        "consult.call",
        modality=Modality.SCHEDULED,
        actors=["Ann Field"],
        participants=["Otero"],
        medium=Medium.CALL,
        date="2026-03-06",
    )
    return told


STORIES = [commitment(), meeting(), Written(text="", lang="en"), Written(text="Усе тихо 😀\n", lang="uk")]
BLOCKS: list[dict[str, object]] = [
    {"event": "troops.commit"},
    {"event": "consult.*"},
    {"actor": "NO"},
    {"actor": {"kind": "person", "role": "prime minister"}},
    {"actor": {"role": "leader", "country": "NATO"}},
    {"anyone": {"name": "Otero"}},
    {"modality": ["demanded", "scheduled"]},
    {"medium": "call"},
    {"place": {"country": "PL"}},
    {"place": "Litauen"},
    {"quantity": {"unit": "soldier", "at_least": 500, "if_given": True}},
    {"date": {"future": True}},
    {"entity": {"role": "pr*"}},
    {"entity": "Q7184"},
    {"quote": {"words": ["army", "Truppe"]}},
    {"quote": {"speaker": {"country": "GB"}}},
    {"text": "Soldat"},
    {"text": ["größere Truppe", "exercise near Kraków"]},
    {"text": ["*übung", "*ppe"]},
    {"text": ["schicken", "owe"]},
    {"text": ["größere Truppe", "Opposition fordern"]},
    {"text": "exerc*"},
    {"text": "*ITION*"},
    {"text": {"words": "Oslo", "in": "title"}},
    {"pattern": r"\bolda|oppos(i|y)tion\b"},
    {"pattern": r"b(is|y) zu [0-9]+"},
    {"pattern": "[0-9]{2} million"},
    {"source": "Nordblatt"},
    {"source": {"tier": "press"}},
    {"source": {"name": "Nordblatt", "tier": ["agency", "official"]}},
    {"place": {"region": "Baltics"}},
    {"language": "en"},
]
TREES = st.recursive(
    st.sampled_from(BLOCKS),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)


def made(number: int, tree: object) -> Rule | None:
    """A rule of these blocks; None where the loader finds them impossible."""
    text = json.dumps({"id": f"r{number}", "title": "t", "status": "live", "when": tree})
    return load_rule(text, f"r{number}.yml")[0]


def by_index(index: RuleIndex, told: Written) -> list[Match]:
    """What the rules that the index names give."""
    view = View(article=told.article, findings=told.findings)
    return [found for rule in index.candidates(view) for found in matches_in(rule, view)]


def by_loop(rules: Sequence[Rule], told: Written) -> list[Match]:
    """What all rules give."""
    return match_all(rules, told.article, told.findings)


@given(st.lists(TREES, max_size=8))
def test_the_index_changes_no_verdict(trees: list[object]) -> None:
    """Whatever the rules: the same matches in the same order as the plain loop."""
    rules = [rule for number, tree in enumerate(trees) if (rule := made(number, tree))]
    index = RuleIndex(rules)
    for told in STORIES:
        assert by_index(index, told) == by_loop(rules, told)


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | TREES), max_size=12))
def test_edits_leave_the_index_as_if_built_anew(edits: list[tuple[int, object]]) -> None:
    """Rules put, changed and dropped in any order: as an index of what is left."""
    index = RuleIndex()
    left: dict[int, Rule] = {}
    for number, tree in edits:
        rule = made(number, tree) if tree is not None else None
        if rule is None:
            index.drop(f"r{number}")
            left.pop(number, None)
        else:
            index.put(rule)
            left[number] = rule
    assert len(index) == len(left)
    for told in STORIES:
        assert by_index(index, told) == by_loop(list(left.values()), told)


NAMED = [
    ("event: troops.commit\nactor: NO", True),
    ("event: troops.commit\nactor: FR", False),
    ("event: attack\nactor: NO", False),
    ("actor: NO\ntext: Kranich", False),
    ("any:\n  - text: Kranich\n  - text: Brigade", True),
    ("any:\n  - text: Kranich\n  - text: Storch", False),
    ("text: Brigade\nnot: {text: Kranich}", True),
    ("text: 'Kran*'", False),
    ("text: '*brigade'", True),
    (r"pattern: '\bKranich'", False),
    (r"pattern: '[0-9]{3} Soldat'", True),
]


@pytest.mark.parametrize(("conditions", "named"), NAMED)
def test_only_rules_that_could_hold_are_candidates(conditions: str, *, named: bool) -> None:
    """A rule that lacks any of its needs in the article is not even judged."""
    told = commitment()
    view = View(article=told.article, findings=told.findings)
    assert bool(RuleIndex([when(conditions)]).candidates(view)) is named


def test_a_draft_is_no_candidate() -> None:
    """A rule that becomes a draft leaves the index."""
    rule = when("text: Brigade")
    index = RuleIndex([rule])
    text = json.dumps({"id": rule.id, "title": "t", "status": "draft", "when": {"text": "Brigade"}})
    draft, _ = load_rule(text, "r.yml")
    assert draft
    index.put(draft)
    assert len(index) == 0
    assert by_index(index, commitment()) == []
