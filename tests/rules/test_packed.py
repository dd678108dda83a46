"""Rules to plain values and back."""

import json
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bot.extraction.findings import Modality
from bot.rules.conditions import AllOf, Condition, DateIs, Not, TextHas
from bot.rules.loader import load_rule
from bot.rules.model import Novelty, Rule, RuleTest
from bot.rules.packed import _codec, _condition, _dataclass, _kinds, packed, unpacked
from tests.fakes.rules import rule
from tests.rules.index.test_rule_index import TREES, made

FILES = sorted((Path(__file__).parents[2] / "rules").rglob("*.yml"))


def again(packed_rule: Rule) -> Rule:
    """The rule after a way through JSON."""
    return unpacked(json.loads(json.dumps(packed(packed_rule))), packed_rule.place)


def lines(condition: Any) -> list[tuple[int, int]]:
    """Where conditions stand in their file, which no comparison sees."""
    inner = getattr(condition, "parts", ()) or [getattr(condition, "part", None)]
    return [(condition.line, condition.column), *(at for one in inner if one for at in lines(one))]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_shipped_rules_come_back_as_they_were(path: Path) -> None:
    """With tests, places in the file and versions."""
    loaded, _ = load_rule(path.read_text(encoding="utf-8"), str(path))
    if loaded is None:
        pytest.skip("holds no rule, but event types")
    back = again(loaded)
    assert back == loaded
    assert (back.version, lines(back.when)) == (loaded.version, lines(loaded.when))


@given(TREES)
def test_any_rule_comes_back_as_it_was(tree: object) -> None:
    """Whatever its conditions."""
    loaded = made(1, tree)
    assert loaded is None or again(loaded) == loaded


def test_values_of_all_types_come_back() -> None:
    """Days, durations, numbers, missing ones, tuples in what a test expects."""
    when = DateIs(within=timedelta(days=3, hours=1), after=date(2026, 3, 2), line=4, column=7)
    test = RuleTest(
        text="x", published="2026-03-02", fires=True, line=3, expect={"actor": ("DE", "FR"), "quantity": 5}
    )
    changed = rule(
        when=AllOf(parts=(when, Not(part=TextHas(phrases=())))),
        unless=None,
        tests=(test,),
        novelty=Novelty(window=timedelta(hours=5), quantity_change=0.1),
        version="ab",
        cap=0,
    )
    assert again(changed) == changed
    assert (again(changed).version, again(changed).cap) == ("ab", 0)


def test_every_condition_there_is_can_be_packed() -> None:
    """Whoever adds one with a type that cannot is told here, and not at somebody's start."""
    kinds: list[Any] = _kinds(Condition)
    assert _condition()
    assert all(map(_dataclass, kinds))


def test_what_cannot_be_packed_is_refused() -> None:
    """Rather than kept wrongly."""
    for kind in (bytes, int | Modality, dict[int, str], tuple[int, str]):
        with pytest.raises(TypeError):
            _codec(kind)


@pytest.mark.parametrize(
    "damage", [lambda some: some[:-1], lambda _: [], lambda some: [*some[:-6], *([None] * 6)][:3]]
)
def test_what_is_no_rule_is_an_error(damage: Any) -> None:
    """One of those that the cache expects."""
    with pytest.raises((TypeError, ValueError, KeyError, IndexError, AttributeError)):
        unpacked(damage(packed(rule())), "r.yml")
    assert len(packed(rule())) == len(fields(Rule))
