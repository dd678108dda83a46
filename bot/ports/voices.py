"""What people think of alerts: useful or wrong, one voice per person and alert."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.alerts.model import Alert
from bot.article.model import Article


class Opinion(StrEnum):
    """What somebody thinks of an alert."""

    USEFUL = "useful"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Somebody's opinion of an alert.

    Attributes:
        alert_id: Of the state of the alert that they saw.
        kind: Their platform, as in `Destination.kind`.
        user: The platform's id of them.
    """

    alert_id: str
    kind: str
    user: str
    opinion: Opinion


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many voices of each kind."""

    useful: int = 0
    wrong: int = 0

    @property
    def n(self) -> int:
        """How many voices in all."""
        return self.useful + self.wrong

    @property
    def precision(self) -> float | None:
        """The share of useful ones, or None without any."""
        return self.useful / self.n if self.n else None


@dataclass(frozen=True, kw_only=True)
class Marked:
    """An alert that people judged, with its article."""

    alert: Alert
    article: Article
    tally: Tally


class VoiceStore(Protocol):
    """Opinions. Somebody who changes theirs has the last one counted; an alert and its updates are one."""

    async def put_voice(self, voice: Voice, *, now: datetime) -> Tally:
        """Count a voice; return how the alert stands now.

        Raises:
            StoreError: There is no such alert.
        """
        ...

    async def tallies(self) -> Mapping[str, Tally]:
        """Rule id -> the voices on its alerts; rules without any are left out."""
        ...

    async def marked(self, rule_id: str) -> Sequence[Marked]:
        """The alerts of a rule that somebody judged, in the state they judged, oldest first."""
        ...
