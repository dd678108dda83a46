"""What `AccessStore` promises, and alerts by id and rule, on the fake and the real store."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.extraction.findings import Findings
from bot.ports.access import ChatSubscription, Claim, Member, Role, Tries
from bot.ports.messenger import Destination
from bot.ports.store import Store, Subscription
from tests.storage.samples import (
    CONSOLE,
    DESK,
    LATER,
    NOW,
    alert,
    article,
    judged,
    subscription,
    tell,
)

ANNA = Member(kind="telegram", id="17", role=Role.OWNER, name="Anna")
BEN = Member(kind="telegram", id="18", role=Role.MEMBER, name="Ben")
CLAIM = Claim(kind="telegram", salt="ab", digest="cd", expires=LATER)
TOPIC = Destination(id="telegram:-100123/7", kind="telegram", address="-100123/7", lang="de")


async def test_roles(store: Store) -> None:
    """Whoever was let in has a role on that platform; strangers have none."""
    await store.put_claim(CLAIM)
    assert await store.use_claim(CLAIM, ANNA, now=NOW)
    await store.put_member(BEN, now=NOW)
    found = await store.roles("telegram", ["18", "17", "19"])
    assert found == {"17": Role.OWNER, "18": Role.MEMBER}
    assert await store.roles("slack", ["17"]) == {}


async def test_members(store: Store) -> None:
    """Owners come first; letting somebody in again renews name and role, but an owner's."""
    await store.put_member(BEN, now=NOW)
    await store.put_claim(CLAIM)
    await store.use_claim(CLAIM, ANNA, now=NOW)
    await store.put_member(replace(ANNA, role=Role.MEMBER, name="Anna B."), now=NOW)
    await store.put_member(replace(BEN, role=Role.EDITOR), now=NOW)
    assert list(await store.members()) == [replace(ANNA, name="Anna B."), replace(BEN, role=Role.EDITOR)]


async def test_members_leave(store: Store) -> None:
    """Members can be taken out, once; owners stay."""
    await store.put_member(BEN, now=NOW)
    await store.put_claim(CLAIM)
    await store.use_claim(CLAIM, ANNA, now=NOW)
    assert [await store.remove_member("telegram", one) for one in ("18", "18", "17")] == [True, False, False]
    assert list(await store.members()) == [ANNA]


async def test_a_member_becomes_owner(store: Store) -> None:
    """Whoever claims the bot owns it, also if they were let in before."""
    await store.put_member(BEN, now=NOW)
    await store.put_claim(CLAIM)
    assert await store.use_claim(CLAIM, replace(BEN, role=Role.OWNER), now=NOW)
    assert await store.roles("telegram", ["18"]) == {"18": Role.OWNER}


async def test_a_claim_is_used_once(store: Store) -> None:
    """Of several who use it at the same time one becomes owner; then it is gone."""
    await store.put_claim(CLAIM)
    people = [Member(kind="telegram", id=str(number), role=Role.OWNER) for number in range(5)]
    used = await asyncio.gather(*(store.use_claim(CLAIM, one, now=NOW) for one in people))
    assert sorted(used) == [False, False, False, False, True]
    assert len(await store.members()) == 1
    assert await store.claim("telegram") is None


async def test_an_older_claim_is_void(store: Store) -> None:
    """A claim that was replaced cannot be used."""
    await store.put_claim(CLAIM)
    await store.put_claim(replace(CLAIM, digest="ef"))
    assert not await store.use_claim(CLAIM, ANNA, now=NOW)
    assert await store.claim("telegram") == replace(CLAIM, digest="ef")
    assert await store.claim("slack") is None


async def test_wrong_codes_are_counted(store: Store) -> None:
    """They are counted for each person and for the claim; a new claim counts anew."""
    await store.put_claim(CLAIM)
    for user, minute in (("17", 1), ("17", 2), ("18", 3)):
        await store.count_claim_try("telegram", user, next_at=NOW + timedelta(minutes=minute))
    assert await store.claim_tries("telegram", "17") == Tries(count=2, next_at=NOW + timedelta(minutes=2))
    assert await store.claim_tries("slack", "17") is None
    assert await store.claim("telegram") == replace(CLAIM, tries=3)
    await store.put_claim(CLAIM)
    assert await store.claim_tries("telegram", "17") is None
    assert await store.claim("telegram") == CLAIM


async def test_chats_subscribe(store: Store) -> None:
    """A subscription made in a chat is there as often as asked for once, and outlasts the configuration."""
    for _ in range(2):
        await store.subscribe("kyiv", TOPIC, now=NOW)
    await store.put_subscriptions([subscription()], NOW)
    assert set(await store.subscriptions()) == {
        subscription(),
        Subscription(channel="kyiv", destination=TOPIC),
    }


async def test_a_chat_knows_what_it_gets(store: Store) -> None:
    """All topics of a chat count, other chats that begin alike do not; the configuration's are marked."""
    other = Destination(id="other", kind="telegram", address="-1001234")
    same_address = Destination(id="slack", kind="slack", address="-100123")
    await store.put_subscriptions(
        [subscription(DESK, "b"), subscription(other), subscription(same_address)], NOW
    )
    await store.subscribe("a", TOPIC, now=NOW)
    assert list(await store.chat_subscriptions("telegram", "-100123")) == [
        ChatSubscription(channel="a", destination=TOPIC, configured=False),
        ChatSubscription(channel="b", destination=DESK, configured=True),
    ]


async def test_a_known_place_is_not_made_twice(store: Store) -> None:
    """A chat that the configuration knows under another id keeps that and its settings."""
    await store.put_subscriptions([subscription(DESK)], NOW)
    here = Destination(id="telegram:-100123", kind="telegram", address="-100123", lang="de")
    await store.subscribe("kyiv", here, now=NOW)
    assert {one.destination for one in await store.subscriptions()} == {DESK}


async def test_a_moved_chat_is_known_by_its_new_address(store: Store) -> None:
    """Subscribing where a destination has moved to does not make a second one."""
    await store.put_subscriptions([subscription(DESK)], NOW)
    await store.move_destination("desk", "-100777")
    here = Destination(id="telegram:-100777", kind="telegram", address="-100777")
    await store.subscribe("kyiv", here, now=NOW)
    assert {one.destination.id for one in await store.subscriptions()} == {"desk"}


async def test_unsubscribing(store: Store) -> None:
    """What a chat asked for it can take back, once; what the configuration names stays."""
    await store.put_subscriptions([subscription(DESK, "all")], NOW)
    for channel in ("all", "kyiv"):
        await store.subscribe(channel, DESK, now=NOW)
    taken = [await store.unsubscribe(name, "telegram", "-100123") for name in ("all", "kyiv", "kyiv")]
    assert taken == [True, True, False]
    assert list(await store.subscriptions()) == [subscription(DESK, "all")]


async def test_what_configuration_and_chat_want_lasts_while_one_does(store: Store) -> None:
    """The configuration takes back only its own share."""
    await store.subscribe("all", DESK, now=NOW)
    await store.put_subscriptions([subscription(DESK, "all")], NOW)
    assert [one.configured for one in await store.chat_subscriptions("telegram", "-100123")] == [True]
    await store.put_subscriptions([], NOW)
    assert [one.configured for one in await store.chat_subscriptions("telegram", "-100123")] == [False]


async def test_who_leaves_takes_the_chats_subscriptions_along(store: Store) -> None:
    """A chat that is let in no more gets only what the configuration says, in all its topics."""
    await store.put_subscriptions([subscription(DESK, "all")], NOW)
    await store.subscribe("kyiv", TOPIC, now=NOW)
    await store.subscribe("kyiv", CONSOLE, now=NOW)
    assert await store.remove_member("telegram", "-100123")
    found = {(one.channel, one.destination.id) for one in await store.subscriptions()}
    assert found == {("all", "desk"), ("kyiv", "console")}


async def test_alerts_by_id(store: Store) -> None:
    """Alerts are found by how their id begins, newest first; signs of patterns stand for themselves."""
    for name in ("ab1", "ab2", "cd"):
        await tell(store, name)
    assert [one.id for one in await store.alerts_by_id("ab", 9)] == ["ab2", "ab1"]
    assert [one.id for one in await store.alerts_by_id("ab", 1)] == ["ab2"]
    assert [one.id for one in await store.alerts_by_id("%", 9)] == []


async def test_demo_alerts_can_be_left_out(store: Store) -> None:
    """The newest alerts come with or without the demo's; the count by rule is without."""
    shown = article("demo", demo=True)
    outcome = judged(alert("d", about="demo", demo=True), CONSOLE)
    await store.record_judgement(shown, Findings(lang="de"), [outcome], story=None, now=NOW)
    await tell(store, "old", at=NOW - timedelta(days=8))
    await tell(store, "new")
    await tell(store, "silent", push=False)
    assert [one.id for one in await store.latest(9, demo=False)] == ["new", "old"]
    assert len(await store.latest(9)) == 3
    assert dict(await store.pushed_by_rule(since=NOW - timedelta(days=7))) == {"troop-commitment": 1}
