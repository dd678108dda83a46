"""Rules for tests of what comes after the matching."""

from dataclasses import replace
from typing import Any

from bot.rules.loader import load_rule
from bot.rules.model import Rule

TEXT = """
id: troop-commitment
title: {de: Neue Truppenzusage, en: New troop commitment}
severity: high
status: live
tags: [security]
when:
  event: '*'
"""


def rule(**changes: Any) -> Rule:
    """A live rule that holds for every event, with some attributes changed."""
    loaded, issues = load_rule(TEXT, "test")
    if loaded is None:
        raise AssertionError(issues)
    return replace(loaded, **changes)
