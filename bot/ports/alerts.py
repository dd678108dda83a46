"""Alerts as the store keeps them: what was decided about each, and what was told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.alerts.model import Alert
from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.ports.approvals import Ask
from bot.ports.holding import Hold
from bot.ports.messenger import Destination
from bot.ports.stories import Kept


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The outcome for one alert: `reason` of decide(), and where it goes.

    Attributes:
        channels: Destination id -> the channel by which it comes there.
        holds: Destination id -> how it is held there; it goes at once to those left out.
        same_as: The told state that it says again, or None.
        quiet: Messages that are out need not say it before their next edit.
        asks: Editors who are asked before it goes where they have a say.
    """

    alert: Alert
    reason: str
    push: bool
    destinations: tuple[Destination, ...] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    holds: Mapping[str, Hold] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    same_as: Alert | None = None
    quiet: bool = False


class AlertStore(Protocol):
    """What was found, decided and told."""

    async def record_judgement(
        self,
        article: Article,
        findings: Findings,
        judged: Sequence[Judged],
        *,
        story: str | None,
        now: datetime,
        kept: Kept | None = None,
    ) -> None:
        """Store what was found and decided, and mark the article `read`, all in one transaction.

        The article where it is unknown, findings, story, what its story is known by, alerts, and one outbox
        row per (pushed alert, destination), whose key is `<alert id>:<destination id>`. Rows of an alert that
        a pushed one updates and whose message is out become pending again, to be edited; where it surely
        never left, it will say the new state itself, and the update gets no row of its own. Repeating it
        changes nothing.

        Of what is confirmed the rows are those of the alert that is confirmed, where a place has none yet.

        A row with a hold waits for it; of updates that wait at one place only the newest is told. Editors get
        a row that asks them, and an update of what they are still asked about asks no second time.
        """
        ...

    async def told(self, rule_id: str, key: str, *, since: datetime, demo: bool) -> Sequence[Alert]:
        """What the rule has pushed under a novelty key since then, oldest first, updates among them.

        Demo alerts and real ones do not know of each other.
        """
        ...

    async def latest(self, limit: int, *, demo: bool = True) -> Sequence[Alert]:
        """The newest pushed alerts, newest first; with `demo` False only real ones.

        Of one that was updated only its newest state, in that one's place.
        """
        ...

    async def alerts_by_id(self, start: str, limit: int) -> Sequence[Alert]:
        """Alerts whose id begins so, newest first, pushed or not."""
        ...

    async def numbers(self, alert_ids: Collection[str]) -> Mapping[str, int]:
        """Alert -> the number by which people name it; an alert keeps its own through all its updates."""
        ...

    async def alert_numbered(self, number: int) -> Alert | None:
        """The newest pushed state of the alert with this number, or None."""
        ...

    async def pushed_by_rule(self, *, since: datetime) -> Mapping[str, int]:
        """Rule id -> real alerts pushed since then, without updates; rules without any are left out."""
        ...
