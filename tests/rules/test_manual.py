import re
from pathlib import Path

import pytest

from bot.article.model import Tier
from bot.cli.rules import rules
from bot.extraction.findings import PLOVER, Modality
from bot.rules.blocks import CONDITION_KEYS
from bot.rules.headlines import SLOTS
from bot.rules.loader import KEYS, load_rule
from bot.rules.novelty_block import FIRSTS
from bot.rules.packs import load_events

RULES = Path(__file__).parents[2] / "rules"
MANUAL = (RULES / "README.md").read_text(encoding="utf-8")
FILES = sorted(RULES.rglob("*.yml"))


def test_the_manual_names_every_condition_type_and_modality() -> None:
    """The manual names every condition, event type and modality there is."""
    for word in [*CONDITION_KEYS, *PLOVER, *Modality]:
        assert re.search(rf"\b{re.escape(word)}\b", MANUAL), word


def test_the_manual_names_what_else_there_is_to_choose() -> None:
    """The manual names every key of a rule, slot of a headline, tier and slot that may be first."""
    for word in [*KEYS, *SLOTS, *Tier, *FIRSTS]:
        assert re.search(rf"\b{re.escape(word)}\b", MANUAL), word


def test_the_manual_names_every_command() -> None:
    """Each command for rules stands in the manual."""
    for name in rules.commands:
        assert f"depesche rules {name}" in MANUAL, name


def test_the_event_types_in_the_manual_are_valid() -> None:
    """The file of event types that the manual shows has no issues."""
    found = re.search(r"```yaml\n(types:.*?)```", MANUAL, re.DOTALL)
    assert found is not None
    pack, issues = load_events(found[1], "events.en.yml", "en")
    assert pack is not None
    assert not issues


def test_the_rule_in_the_manual_is_valid() -> None:
    """The rule that the manual begins with is a rule without issues."""
    found = re.search(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    assert found is not None
    rule, issues = load_rule(found[1], "troop-commitment.yml")
    assert rule is not None
    assert not issues


@pytest.mark.parametrize("row", re.findall(r"^\| `(\w+)` \| (`.*?`) \|", MANUAL, re.MULTILINE), ids=str)
def test_examples_of_conditions_are_valid(row: tuple[str, str]) -> None:
    """Each example in the manual's table is a condition without issues."""
    key, examples = row
    for example in re.findall(r"`(.+?)`", examples):
        rule, issues = load_rule(f"id: r\ntitle: t\nstatus: shadow\nwhen:\n  {key}: {example}\n", "r.yml")
        assert rule is not None, issues
        assert not issues


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_shipped_rules_have_no_issues(path: Path) -> None:
    """Every rule that ships is valid, lets editors complete it, and begins with words for people."""
    text = path.read_text(encoding="utf-8")
    rule, issues = load_rule(text, str(path))
    assert rule is not None, issues
    assert not issues
    first, second = text.splitlines()[:2]
    assert first == "# yaml-language-server: $schema=../rule.schema.json"
    assert second.startswith("# ")
