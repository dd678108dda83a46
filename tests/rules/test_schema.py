import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.located import plain_yaml
from bot.rules.blocks import CONDITION_KEYS
from bot.rules.loader import load_rule
from bot.rules.schema import rule_schema

RULES = Path(__file__).parents[2] / "rules"
FILES = sorted(RULES.rglob("*.yml"))
VALID = Draft202012Validator(rule_schema())
HEAD = "id: r\ntitle: Probe\nstatus: live\n"


def wrong(text: str) -> list[str]:
    """What the schema says against a rule file."""
    return [error.message for error in VALID.iter_errors(plain_yaml(text, "r.yml"))]


def test_the_schema_is_a_schema() -> None:
    """It is valid by the meta-schema it names."""
    Draft202012Validator.check_schema(rule_schema())


def test_the_shipped_schema_is_of_today() -> None:
    """The file that shipped rules point to is what `depesche rules schema` prints."""
    shipped = json.loads((RULES / "rule.schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(rule_schema())), "depesche rules schema > rules/rule.schema.json"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_shipped_rules_fit(path: Path) -> None:
    """Every rule that ships has the shape."""
    assert wrong(path.read_text(encoding="utf-8")) == []


def test_every_condition_is_in_it() -> None:
    """An editor completes each condition there is."""
    assert tuple(rule_schema()["$defs"]["block"]["properties"]) == CONDITION_KEYS


TAKEN = [
    "when: {event: troops.commit}",
    "when: {event: [troops.*, attack]}",
    "when: [{text: Hafen}, {not: {text: [See, sea]}}]",
    "when: {any: [{actor: NO}, {anyone: {kind: country, role: leader, country: [EU, NATO]}}]}",
    "when: {event: aid.money, quantity: {unit: EUR, at_least: 5, if_given: true}}",
    "when: {text: {words: [Hafen], in: title}, date: {within: 10d}}",
    "when: {pattern: {regex: 'ab+c', in: article}}",
    "when: {quote: {speaker: {role: minister}, words: Truppen, kind: [direct]}}",
    "when: {entity: {name: Elbe, in: title}}",
    "when: {text: Hafen}\nnovelty: {key: [type], window: 2w, update_when: [quantity changes 10%, date]}",
    "when: {text: Hafen}\ntests: [{text: Am Hafen, published: '2026-03-02', fires: {actor: DE}}]",
    "when: {text: Hafen}\ncap: 20/h",
    "when: {text: Hafen}\ncap: off",
    "when: {source: {tier: [official, agency], name: Tagesblatt}}",
    "when: {event: attack, place: {region: Baltikum}}",
    "when: {event: attack}\nheadline: {de: '{actor}[ in {place}]'}",
    "when: {event: attack}\nnovelty: {first: country, window: 180d, learn: 14d}",
    "when: {source: a}\ntests: [{text: b, published: '2026-03-02', fires: true, source: a, tier: press}]",
]
REFUSED = [
    "when: {evnt: troops.commit}",
    "when: {event: troops.comit}",
    "when: {}",
    "when: []",
    "when: {actor: {knd: country}}",
    "when: {event: aid.money, quantity: {unit: euros, at_least: 5}}",
    "when: {event: aid.money, quantity: {at_least: -5}}",
    "when: {text: {words: [Hafen], in: headline}}",
    "when: {date: {within: soon}}",
    "when: {any: {text: Hafen}}",
    "when: {text: Hafen}\nseverity: urgent",
    "when: {text: Hafen}\nnovelty: {update_when: [modality changes 10%%]}",
    "when: {text: Hafen}\ntests: [{text: Im Hafen, fires: true}]",
    "when: {text: Hafen}\ncolour: red",
    "when: {text: Hafen}\ncap: 20/day",
    "when: {source: {tier: radio}}",
    "when: {event: attack, place: {region: Mars}}",
    "when: {event: attack}\nheadline: {fr: x}",
    "when: {event: attack}\nnovelty: {first: type}",
    "when: {text: Hafen}\ncap: 0/h",
]


@pytest.mark.parametrize("conditions", TAKEN)
def test_what_the_loader_takes_fits(conditions: str) -> None:
    """A rule that loads has the shape."""
    assert load_rule(HEAD + conditions, "r.yml")[0] is not None
    assert wrong(HEAD + conditions) == []


@pytest.mark.parametrize("conditions", REFUSED)
def test_mistakes_of_shape_are_underlined(conditions: str) -> None:
    """What the loader refuses for its shape, an editor underlines."""
    assert load_rule(HEAD + conditions, "r.yml")[0] is None
    assert wrong(HEAD + conditions)


@pytest.mark.parametrize("missing", ["id", "title", "status", "when"])
def test_what_every_rule_needs_is_asked_for(missing: str) -> None:
    """A file without one of the four keys does not fit."""
    whole: dict[str, Any] = {"id": "r", "title": "t", "status": "live", "when": {"text": "Hafen"}}
    assert not list(VALID.iter_errors(whole))
    assert list(VALID.iter_errors({key: value for key, value in whole.items() if key != missing}))
