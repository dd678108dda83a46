"""Who may use the bot from a chat, and what chats subscribed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.ports.messenger import Destination


class Role(StrEnum):
    """What somebody may do."""

    OWNER = "owner"  # claimed the bot; lets others in
    EDITOR = "editor"  # takes back what was told everywhere
    MEMBER = "member"  # let in; a person, or a chat as a whole


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person or chat that was let in.

    Attributes:
        kind: Platform, as in `Destination.kind`.
        id: The platform's id of the person or chat.
        name: What the platform called them then; for people to read.
    """

    kind: str
    id: str
    role: Role
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A one-time code by which a platform's first owner is found; the code itself is never stored.

    Attributes:
        salt: Hex.
        digest: Hex; of salt and code.
        tries: Wrong codes so far, by anybody.
    """

    kind: str
    salt: str
    digest: str
    expires: datetime
    tries: int = 0


@dataclass(frozen=True, kw_only=True)
class Tries:
    """Wrong codes of one person, and when the next one is looked at."""

    count: int
    next_at: datetime


@dataclass(frozen=True, kw_only=True)
class ChatSubscription:
    """A channel that a chat gets.

    Attributes:
        configured: It stands in the configuration and is taken back there only.
    """

    channel: str
    destination: Destination
    configured: bool


class AccessStore(Protocol):
    """People, claims, and the subscriptions that chats make."""

    async def roles(self, kind: str, ids: Sequence[str]) -> Mapping[str, Role]:
        """The roles of these persons and chats; strangers are left out."""
        ...

    async def members(self) -> Sequence[Member]:
        """Everybody who was let in, owners first, then in the order of their coming."""
        ...

    async def put_member(self, member: Member, *, now: datetime) -> None:
        """Let somebody in with a role, or give it to one who is in; an owner stays owner."""
        ...

    async def remove_member(self, kind: str, member_id: str) -> bool:
        """Take back what `put_member` gave, and what was subscribed to in that chat; False if neither was.

        An owner stays.
        """
        ...

    async def put_claim(self, claim: Claim) -> None:
        """Make this the claim of its platform; wrong tries are counted anew."""
        ...

    async def claim(self, kind: str) -> Claim | None:
        """The claim that waits to be used."""
        ...

    async def claim_tries(self, kind: str, user: str) -> Tries | None:
        """The wrong codes of a person; None without any."""
        ...

    async def count_claim_try(self, kind: str, user: str, *, next_at: datetime) -> None:
        """Count a wrong code, of the person and of the claim."""
        ...

    async def use_claim(self, claim: Claim, owner: Member, *, now: datetime) -> bool:
        """Make this person the owner; the claim is gone. False where another was quicker: nothing changes."""
        ...

    async def chat_subscriptions(self, kind: str, chat: str) -> Sequence[ChatSubscription]:
        """What a chat gets, all its topics included, by channel."""
        ...

    async def subscribe(self, channel: str, destination: Destination, *, now: datetime) -> None:
        """Subscribe a destination; one that the store knows by kind and address keeps its settings."""
        ...

    async def unsubscribe(self, channel: str, kind: str, address: str) -> bool:
        """Take back what `subscribe` gave; False if there was nothing. The configuration's stays."""
        ...
