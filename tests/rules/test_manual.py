import re
from pathlib import Path

import pytest

from bot.extraction.findings import PLOVER, Modality
from bot.rules.blocks import CONDITION_KEYS
from bot.rules.loader import load_rule

RULES = Path(__file__).parents[2] / "rules"
MANUAL = (RULES / "README.md").read_text(encoding="utf-8")
FILES = sorted(RULES.rglob("*.yml"))


def test_the_manual_names_every_condition_type_and_modality() -> None:
    """The manual names every condition, event type and modality there is."""
    for word in [*CONDITION_KEYS, *PLOVER, *Modality]:
        assert re.search(rf"\b{re.escape(word)}\b", MANUAL), word


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
    """Every rule that ships is valid and begins with words for people."""
    text = path.read_text(encoding="utf-8")
    rule, issues = load_rule(text, str(path))
    assert rule is not None, issues
    assert not issues
    assert text.startswith("# ")
