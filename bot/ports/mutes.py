"""Mutes: a chat does not want to hear of a rule or a story for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Mute:
    """Nothing of a subject to one address.

    Attributes:
        subject: See `of_rule`, `of_story` and `of_alert`.
    """

    kind: str
    address: str
    subject: str
    until: datetime


def of_rule(rule_id: str) -> str:
    """All alerts of a rule."""
    return f"rule:{rule_id}"


def of_story(story: str) -> str:
    """All alerts of a story, whatever the rule."""
    return f"story:{story}"


def of_alert(alert_id: str) -> str:
    """An alert with all its updates; the id is the first one's."""
    return f"alert:{alert_id}"


class MuteStore(Protocol):
    """Mutes that last."""

    async def mute(self, mute: Mute) -> None:
        """Put a mute; it replaces the one that its subject has there."""
        ...

    async def unmute(self, kind: str, address: str, subject: str | None = None) -> int:
        """Take the mute of a subject back, or all of an address; return how many there were."""
        ...

    async def mutes(self, now: datetime) -> Sequence[Mute]:
        """Those that last, soonest over first."""
        ...

    async def story_of(self, alert_id: str) -> str | None:
        """The story that the article of an alert belongs to; None where there is none."""
        ...
