"""Who may use the bot, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.ports.access import ChatSubscription, Claim, Member, Role, Tries
from bot.ports.messenger import Destination
from bot.ports.pauses import chat_of
from tests.fakes.store_channels import FakeChannels


@dataclass(kw_only=True)
class FakeAccess(FakeChannels):
    """Fulfils `AccessStore`."""

    let_in: dict[tuple[str, str], Member] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    tries: dict[tuple[str, str], Tries] = field(default_factory=dict)

    async def roles(self, kind: str, ids: Sequence[str]) -> Mapping[str, Role]:
        """The roles of these persons and chats."""
        return {one: self.let_in[kind, one].role for one in ids if (kind, one) in self.let_in}

    async def members(self) -> Sequence[Member]:
        """Everybody who was let in."""
        return sorted(self.let_in.values(), key=lambda member: member.role is not Role.OWNER)

    async def put_member(self, member: Member, *, now: datetime) -> None:  # noqa: ARG002
        """Let somebody in."""
        known = self.let_in.get((member.kind, member.id), member)
        role = Role.OWNER if known.role is Role.OWNER else member.role
        self.let_in[member.kind, member.id] = replace(member, role=role)

    async def remove_member(self, kind: str, member_id: str) -> bool:
        """Let somebody in no more."""
        left = self._forget_asked(kind, chat=member_id)
        known = self.let_in.get((kind, member_id))
        if known and known.role is not Role.OWNER:
            del self.let_in[kind, member_id]
            return True
        return left

    async def put_claim(self, claim: Claim) -> None:
        """Make this the claim of its platform."""
        self.claims[claim.kind] = claim
        self._forget_tries(claim.kind)

    async def claim(self, kind: str) -> Claim | None:
        """The claim that waits to be used."""
        return self.claims.get(kind)

    async def claim_tries(self, kind: str, user: str) -> Tries | None:
        """The wrong codes of a person."""
        return self.tries.get((kind, user))

    async def count_claim_try(self, kind: str, user: str, *, next_at: datetime) -> None:
        """Count a wrong code."""
        known = self.tries.get((kind, user))
        self.tries[kind, user] = Tries(count=known.count + 1 if known else 1, next_at=next_at)
        if claim := self.claims.get(kind):
            self.claims[kind] = replace(claim, tries=claim.tries + 1)

    async def use_claim(self, claim: Claim, owner: Member, *, now: datetime) -> bool:  # noqa: ARG002
        """Make this person the owner, if the claim is still there."""
        known = self.claims.get(claim.kind)
        if known is None or known.digest != claim.digest:
            return False
        del self.claims[claim.kind]
        self._forget_tries(claim.kind)
        self.let_in[owner.kind, owner.id] = owner
        return True

    def _forget_tries(self, kind: str) -> None:
        self.tries = {key: tries for key, tries in self.tries.items() if key[0] != kind}

    async def chat_subscriptions(self, kind: str, chat: str) -> Sequence[ChatSubscription]:
        """What a chat gets."""
        found = [
            ChatSubscription(
                channel=one.channel,
                destination=self.destinations[one.destination_id],
                configured=one.configured,
            )
            for one in self.subscribed
        ]
        mine = [one for one in found if _in_chat(one.destination, kind, chat)]
        return sorted(mine, key=lambda one: one.channel)

    async def subscribe(self, channel: str, destination: Destination, *, now: datetime) -> None:  # noqa: ARG002
        """Subscribe a destination."""
        known = (one for one in self.destinations.values() if _same_place(one, destination))
        place = min((one.id for one in known), default=None)
        if place is None:
            place = destination.id
            self._put_destination(destination)
        self.subscription(channel, place).asked = True

    async def unsubscribe(self, channel: str, kind: str, address: str) -> bool:
        """Take back what `subscribe` gave."""
        return self._forget_asked(kind, address=address, channel=channel)

    def _forget_asked(
        self, kind: str, *, chat: str | None = None, address: str | None = None, channel: str | None = None
    ) -> bool:
        asked = False
        for one in self.subscribed:
            here = self.destinations[one.destination_id]
            placed = address == here.address if chat is None else _in_chat(here, kind, chat)
            if here.kind == kind and placed and channel in (None, one.channel) and one.asked:
                one.asked, asked = False, True
        self.subscribed = [one for one in self.subscribed if one.asked or one.configured]
        return asked


def _in_chat(destination: Destination, kind: str, chat: str) -> bool:
    return destination.kind == kind and chat_of(destination.address) == chat


def _same_place(one: Destination, other: Destination) -> bool:
    return (one.kind, one.address) == (other.kind, other.address)
