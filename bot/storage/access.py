"""People, claims, and the subscriptions that chats make."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, or_, select, update

from bot.ports.access import ChatSubscription, Claim, Member, Role, Tries
from bot.ports.messenger import Destination
from bot.storage.database import Part, reads, writes
from bot.storage.rows import DESTINATION, destination_of, destination_values
from bot.storage.tables import claim_tries, claims, destinations, members, subscriptions
from bot.storage.upsert import insert_new, put_rows


class Access(Part):
    """Fulfils `bot.ports.access.AccessStore`."""

    @reads
    def roles(self, tx: Connection, kind: str, ids: Sequence[str]) -> Mapping[str, Role]:
        """The roles of these persons and chats."""
        query = select(members.c.id, members.c.role).where(members.c.kind == kind, members.c.id.in_(ids))
        return {row.id: Role(row.role) for row in tx.execute(query)}

    @reads
    def members(self, tx: Connection) -> Sequence[Member]:
        """Everybody who was let in."""
        found = [
            Member(kind=row.kind, id=row.id, role=Role(row.role), name=row.name)
            for row in tx.execute(select(members).order_by(members.c.seq))
        ]
        return sorted(found, key=lambda member: member.role is not Role.OWNER)

    @writes
    def put_member(self, tx: Connection, member: Member, *, now: datetime) -> None:
        """Let somebody in."""
        _put_member(tx, member, now)

    @writes
    def remove_member(self, tx: Connection, kind: str, member_id: str) -> bool:
        """Let somebody in no more."""
        wanted = members.c.kind == kind, members.c.id == member_id, members.c.role != Role.OWNER
        left = _forget_asked(tx, select(destinations.c.id).where(_in_chat(kind, member_id)))
        return bool(tx.execute(delete(members).where(*wanted)).rowcount) or left

    @writes
    def put_claim(self, tx: Connection, claim: Claim) -> None:
        """Make this the claim of its platform."""
        tx.execute(delete(claim_tries).where(claim_tries.c.kind == claim.kind))
        row = {"kind": claim.kind, "salt": claim.salt, "digest": claim.digest}
        put_rows(tx, claims, [row | {"expires_at": claim.expires, "tries": claim.tries}])

    @reads
    def claim(self, tx: Connection, kind: str) -> Claim | None:
        """The claim that waits to be used."""
        row = tx.execute(select(claims).where(claims.c.kind == kind)).one_or_none()
        if row is None:
            return None
        return Claim(kind=row.kind, salt=row.salt, digest=row.digest, expires=row.expires_at, tries=row.tries)

    @reads
    def claim_tries(self, tx: Connection, kind: str, user: str) -> Tries | None:
        """The wrong codes of a person."""
        row = tx.execute(select(claim_tries).where(*_tries_of(kind, user))).one_or_none()
        return None if row is None else Tries(count=row.tries, next_at=row.next_at)

    @writes
    def count_claim_try(self, tx: Connection, kind: str, user: str, *, next_at: datetime) -> None:
        """Count a wrong code."""
        insert_new(tx, claim_tries, [{"kind": kind, "user_id": user, "tries": 0, "next_at": next_at}])
        values = {"tries": claim_tries.c.tries + 1, "next_at": next_at}
        tx.execute(update(claim_tries).where(*_tries_of(kind, user)).values(values))
        tx.execute(update(claims).where(claims.c.kind == kind).values(tries=claims.c.tries + 1))

    @writes
    def use_claim(self, tx: Connection, claim: Claim, owner: Member, *, now: datetime) -> bool:
        """Make this person the owner, if the claim is still there."""
        same = claims.c.kind == claim.kind, claims.c.digest == claim.digest
        if not tx.execute(delete(claims).where(*same)).rowcount:
            return False
        tx.execute(delete(claim_tries).where(claim_tries.c.kind == claim.kind))
        _put_member(tx, owner, now)
        same_person = members.c.kind == owner.kind, members.c.id == owner.id
        tx.execute(update(members).where(*same_person).values(role=owner.role))
        return True

    @reads
    def chat_subscriptions(self, tx: Connection, kind: str, chat: str) -> Sequence[ChatSubscription]:
        """What a chat gets."""
        columns = subscriptions.c.channel, subscriptions.c.configured, *DESTINATION
        query = select(*columns).join_from(subscriptions, destinations).where(_in_chat(kind, chat))
        return [
            ChatSubscription(channel=row.channel, destination=destination_of(row), configured=row.configured)
            for row in tx.execute(query.order_by(subscriptions.c.channel, subscriptions.c.seq))
        ]

    @writes
    def subscribe(self, tx: Connection, channel: str, destination: Destination, *, now: datetime) -> None:  # noqa: ARG002
        """Subscribe a destination."""
        here = destinations.c.kind == destination.kind, destinations.c.address == destination.address
        known = select(destinations.c.id).where(*here).order_by(destinations.c.id).limit(1)
        place = tx.scalar(known)
        if place is None:
            place = destination.id
            put_rows(tx, destinations, [destination_values(destination) | {"moved_from": None}])
        row = {"channel": channel, "destination_id": place, "configured": False, "asked": True}
        insert_new(tx, subscriptions, [row])
        same = subscriptions.c.channel == channel, subscriptions.c.destination_id == place
        tx.execute(update(subscriptions).where(*same).values(asked=True))

    @writes
    def unsubscribe(self, tx: Connection, channel: str, kind: str, address: str) -> bool:
        """Take back what `subscribe` gave."""
        here = destinations.c.kind == kind, destinations.c.address == address
        places = select(destinations.c.id).where(*here)
        return _forget_asked(tx, places, subscriptions.c.channel == channel)


def _put_member(tx: Connection, member: Member, now: datetime) -> None:
    """Insert a member, or give a known one its new name and role; an owner stays owner."""
    same = members.c.kind == member.kind, members.c.id == member.id
    insert_new(tx, members, [vars(member) | {"created_at": now}])
    role = case((members.c.role == Role.OWNER, Role.OWNER), else_=member.role)
    tx.execute(update(members).where(*same).values(name=member.name, role=role))


def _tries_of(kind: str, user: str) -> tuple[ColumnElement[bool], ...]:
    return claim_tries.c.kind == kind, claim_tries.c.user_id == user


def _in_chat(kind: str, chat: str) -> ColumnElement[bool]:
    """Whether a row of `destinations` is the chat or a topic in it."""
    address = destinations.c.address
    return and_(
        destinations.c.kind == kind,
        or_(address == chat, address.startswith(f"{chat}/", autoescape=True)),
    )


def _forget_asked(tx: Connection, places: Select[str], *which: ColumnElement[bool]) -> bool:
    """Take back what chats asked for at these places; the configuration's share stays."""
    mine = subscriptions.c.destination_id.in_(places), subscriptions.c.asked, *which
    asked = tx.execute(update(subscriptions).where(*mine).values(asked=False)).rowcount
    tx.execute(delete(subscriptions).where(~subscriptions.c.asked, ~subscriptions.c.configured))
    return bool(asked)
