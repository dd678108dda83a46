"""Alerts that editors let out or keep back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.alerts.control import Approval
from bot.alerts.model import Alert
from bot.ports.messenger import Destination


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Editors are to decide on an alert until then."""

    editors: Destination
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Who decides: the platform, the chat they do it in, and who they are."""

    kind: str
    chat: str
    user: str
    name: str


class Ruling(StrEnum):
    """What became of an editor's word."""

    DONE = "done"
    ALREADY = "already"  # another editor was quicker, or it is too late
    CHANGED = "changed"  # the alert says something else by now: nothing is decided
    NOT_ASKED = "not_asked"  # nobody asked these editors


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """The outcome of an editor's word, and how the alert stands now.

    Attributes:
        by: Who decided, or None.
    """

    ruling: Ruling
    state: Approval | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """An alert that waits for editors."""

    alert: Alert
    editors: Destination
    until: datetime


class ApprovalStore(Protocol):
    """What editors decide. Of two at once one wins; what is decided stays so."""

    async def decide(self, alert_id: str, verdict: Approval, editor: Editor, *, now: datetime) -> Ruled:
        """Take an editor's word on the state of an alert that has this id.

        SENT: what waits goes out as the hours allow. DROPPED: it never does. The message to the editors is
        edited to say so.
        """
        ...

    async def expire(self, *, now: datetime) -> int:
        """End what nobody decided in time: its deliveries fail, visibly; return how many asks there were."""
        ...

    async def awaited(self) -> Sequence[Awaited]:
        """What waits for editors, soonest over first."""
        ...
