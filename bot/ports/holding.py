"""Alerts that are held: until quiet hours end, for a digest, for an hour with room, for an editor's word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.alerts.collapse import Telling
from bot.alerts.hours import Hours
from bot.alerts.model import Alert
from bot.ports.messenger import Destination


class HeldFor(StrEnum):
    """What an alert waits for at its place."""

    QUIET = "quiet"
    DIGEST = "digest"
    CAP = "cap"
    REVIEW = "review"  # the hours were changed, or an editor let it out: decided anew at once
    APPROVAL = "approval"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """How an alert is held at one place.

    Attributes:
        until: When it is looked at again; with APPROVAL when it is too late to decide.
        channel: By which channel it comes there.
        editors: With APPROVAL, the destination whose people decide.
    """

    why: HeldFor
    until: datetime
    channel: str
    editors: Destination | None = None


@dataclass(frozen=True, kw_only=True)
class HeldRow:
    """A held delivery whose time has come.

    Attributes:
        alert: As it stands now.
        due: When its time came.
    """

    key: str
    alert: Alert
    destination: Destination
    channel: str
    why: HeldFor
    due: datetime


@dataclass(frozen=True, kw_only=True)
class HeldSum:
    """How many alerts wait at one place for one reason, and until when the first does."""

    destination: Destination
    why: HeldFor
    number: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class ChatHours:
    """What a chat chose by command, as it is written there.

    Attributes:
        quiet: `22:00-07:00`, `off`, or None: as the channel says.
        digest: `daily 07:30`, `mon 07:30`, `off`, or None: as the channel says.
    """

    kind: str
    address: str
    quiet: str | None = None
    digest: str | None = None


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a channel is told.

    Attributes:
        editors: Whose word its alerts wait for; None: nobody's.
        patience: How long they wait for it.
    """

    hours: Hours = field(default_factory=Hours)
    editors: Destination | None = None
    patience: timedelta = timedelta(hours=4)


class HoldingStore(Protocol):
    """Deliveries that are held. One that is held never goes out before it is released."""

    async def told_lately(self, *, since: datetime) -> Mapping[tuple[str, str], Sequence[datetime]]:
        """(destination id, channel) -> when its messages came there, or may come that are on their way."""
        ...

    async def held_due(self, now: datetime) -> Sequence[HeldRow]:
        """What is held and whose time has come, in the order of coming; not what waits for editors."""
        ...

    async def late(self, before: datetime) -> Sequence[HeldRow]:
        """What was due before then and surely did not go out, for REVIEW; no summaries, no questions."""
        ...

    async def hold_back(self, keys: Sequence[str], why: HeldFor, until: datetime) -> None:
        """Hold deliveries that are pending and surely did not go out."""
        ...

    async def release(self, tellings: Sequence[Telling], *, now: datetime) -> None:
        """Let held deliveries go out, in this order; the others of a telling are told by its message.

        A delivery that is not held any more is left alone.
        """
        ...

    async def hold_on(self, keys: Sequence[str], why: HeldFor, until: datetime) -> None:
        """Hold these on, for this reason until then."""
        ...

    async def drop(self, keys: Sequence[str], reason: str, *, now: datetime) -> None:
        """Never send these held deliveries."""
        ...

    async def held(self) -> Sequence[HeldSum]:
        """All that is held, by place and reason."""
        ...

    async def put_hours(self, hours: ChatHours, *, now: datetime) -> None:
        """Make these the hours of a chat; what is held there is decided anew."""
        ...

    async def chat_hours(self) -> Sequence[ChatHours]:
        """What chats chose."""
        ...

    async def unconfirmed(
        self, kind: str | None = None, chat: str | None = None
    ) -> Sequence[tuple[Alert, Destination]]:
        """Deliveries of which nobody knows whether they arrived, in a chat or everywhere, oldest first."""
        ...

    async def resend(self, kind: str | None = None, chat: str | None = None, *, now: datetime) -> int:
        """Let them go out again, marked as possible repeats; return how many there were."""
        ...
