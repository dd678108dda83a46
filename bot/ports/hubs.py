"""WebSub: subscriptions of feeds at the hubs that push them (W3C Recommendation of 23 January 2018)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.ports.sources import Fetched, SourceSettings


class HubState(StrEnum):
    """How a subscription stands."""

    ASKED = "asked"  # the hub has not confirmed it yet
    ACTIVE = "active"  # the hub pushes
    REFUSED = "refused"  # the hub said no, or cannot be reached: the feed is polled
    ENDED = "ended"  # the feed names this hub no more


@dataclass(frozen=True, kw_only=True)
class HubSubscription:
    """A feed at its hub.

    Attributes:
        token: Unguessable end of the address that the hub calls; names the subscription.
        secret: Signs what the hub sends. Never shown, never logged.
        lease_until: Until when the hub has promised to push; None before it confirmed.
        next_at: When to ask the hub (again).
        failures: Tries in a row that failed.
        pushed_at: When the hub last brought something, rightly signed.
    """

    source_id: str
    hub: str
    topic: str
    token: str
    secret: str = field(repr=False)
    state: HubState
    next_at: datetime
    lease_until: datetime | None = None
    failures: int = 0
    reason: str | None = None
    pushed_at: datetime | None = None


class HubStore(Protocol):
    """Subscriptions at hubs; at most one for each source."""

    async def put_hub(self, subscription: HubSubscription) -> None:
        """Keep a subscription in place of the one its source has."""
        ...

    async def hub_of(self, source_id: str) -> HubSubscription | None:
        """The subscription of a source."""
        ...

    async def hubs_due(self, now: datetime, limit: int) -> Sequence[HubSubscription]:
        """Subscriptions of polled sources, asked or to be renewed by now, longest due first."""
        ...


@dataclass(frozen=True, kw_only=True)
class HubWord:
    """What a hub says to the address of a subscription before it pushes.

    Attributes:
        mode: `subscribe`, `unsubscribe` or `denied`.
        lease: For how many seconds it will push; None where it does not say.
        reason: Why it denies, or None.
    """

    mode: str
    topic: str
    lease: int | None = None
    reason: str | None = None


class PushReceiver(Protocol):
    """Takes what hubs send."""

    async def answered(self, token: str, word: HubWord) -> bool:
        """Hear what a hub says of a subscription; whether that is what was wanted."""
        ...

    async def receive(self, token: str, body: bytes, content_type: str | None, signature: str | None) -> bool:
        """Take in what a hub pushed; False where the token names no subscription.

        What is wrongly signed, or cannot be read, is dropped without a word to the sender.
        """
        ...


class HubAsker(Protocol):
    """Speaks to hubs."""

    async def subscribe(self, subscription: HubSubscription, callback: str) -> None:
        """Ask the hub to push a topic to a callback; its answer comes there.

        Raises:
            SourceError: The hub does not take the request; one line why.
        """
        ...


class PushReader(Protocol):
    """Understands what a hub pushed, as if it had been polled."""

    async def read(self, source: SourceSettings, body: bytes, content_type: str | None) -> Fetched:
        """Read a body.

        Raises:
            SourceError: It is no feed, or one that cannot be used.
        """
        ...
