"""What `OutboxStore` promises, on the fake and the real store."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import StoreError
from bot.ports.messenger import Message
from bot.ports.store import Delivery, DeliveryState, Store
from tests.storage.samples import CONSOLE, DESK, LATER, NOW, entry, poll, source, subscription, tell

SENDING = DeliveryState.SENDING


async def states(store: Store) -> dict[DeliveryState, int]:
    """How many rows are in each state."""
    return (await store.counts(NOW)).deliveries


async def test_subscriptions_follow_configuration(store: Store) -> None:
    """The subscriptions of the configuration are what was put last, in its order and without doubles."""
    await store.put_subscriptions([subscription(DESK), subscription(), subscription()], NOW)
    assert list(await store.subscriptions()) == [subscription(DESK), subscription()]
    other = subscription(channel="kyiv")
    await store.put_subscriptions([other], NOW)
    assert list(await store.subscriptions()) == [other]


async def test_destination_takes_its_new_address(store: Store) -> None:
    """A changed destination gets what was already waiting for it at its new address."""
    await store.put_subscriptions([subscription(DESK)], NOW)
    await tell(store, "1", DESK)
    moved = replace(DESK, address="-100999", lang="de", zone="Europe/Oslo")
    await store.put_subscriptions([subscription(moved)], NOW)
    assert [one.message.destination for one in await store.take_pending(NOW, 10)] == [moved]


async def test_rows_outlive_their_subscription(store: Store) -> None:
    """What was waiting for a destination is still there when its subscription goes."""
    await store.put_subscriptions([subscription(DESK)], NOW)
    await tell(store, "1", DESK)
    await store.put_subscriptions([], NOW)
    assert await store.subscriptions() == []
    assert len(await store.take_pending(NOW, 10)) == 1


async def test_taken_rows_are_whole(store: Store) -> None:
    """A taken row carries key, alert and destination, is being sent, and is no repeat."""
    told = await tell(store, "1")
    message = Message(key="1:console", alert=told, destination=CONSOLE)
    row = Delivery(message=message, state=SENDING, due=NOW, attempts=0)
    assert list(await store.take_pending(LATER, 10)) == [row]


async def test_rows_are_taken_once_and_in_order(store: Store) -> None:
    """Rows are taken oldest first, as many as asked for, each of them once."""
    for name in "cabd":
        await tell(store, name)
    keys = [[one.message.key for one in await store.take_pending(NOW, limit)] for limit in (3, 3, 3)]
    assert keys == [["c:console", "a:console", "b:console"], ["d:console"], []]


async def test_sent_is_the_end(store: Store) -> None:
    """A sent row is not taken again, and nothing recorded later changes that."""
    await tell(store, "1")
    await store.take_pending(NOW, 10)
    await store.record_sent("1:console", "17", now=NOW)
    await store.record_sent("1:console", "18", now=LATER)
    await store.record_not_sent("1:console", "HTTP 500", now=LATER, retry_at=LATER)
    await store.repeat("1:console", "timeout", now=LATER, retry_at=LATER)
    await store.record_unconfirmed("1:console", "timeout", now=LATER)
    assert await states(store) == {DeliveryState.SENT: 1}
    assert await store.take_pending(LATER, 10) == []


async def test_not_sent_waits_for_its_time(store: Store) -> None:
    """A row that surely was not sent is taken again when its time has come, with its tries counted."""
    await tell(store, "1")
    await store.take_pending(NOW, 10)
    await store.record_not_sent("1:console", "HTTP 500", now=NOW, retry_at=LATER)
    assert await store.take_pending(NOW, 10) == []
    (again,) = await store.take_pending(LATER, 10)
    assert (again.attempts, again.message.repeat) == (1, False)


async def test_failed_is_listed(store: Store) -> None:
    """A row that can never be sent is not taken again and is listed with reason and place."""
    await tell(store, "1", DESK)
    await store.take_pending(NOW, 10)
    await store.record_not_sent("1:desk", "chat not found", now=LATER, retry_at=None)
    assert await states(store) == {DeliveryState.FAILED: 1}
    (trouble,) = await store.troubles(10)
    assert (trouble.kind, trouble.why, trouble.at) == ("failed", "chat not found", LATER)
    assert trouble.what == "Title about-1 → desk"


async def test_repeat_says_so(store: Store) -> None:
    """A row that may be out waits for its time; its message then says that it may be a repeat."""
    await tell(store, "1")
    await store.take_pending(NOW, 10)
    await store.repeat("1:console", "timeout", now=NOW, retry_at=LATER)
    assert await store.take_pending(NOW, 10) == []
    (again,) = await store.take_pending(LATER, 10)
    assert (again.message.repeat, again.attempts, again.repeats) == (True, 1, 1)
    await store.record_not_sent("1:console", "HTTP 500", now=LATER, retry_at=LATER)
    (again,) = await store.take_pending(LATER, 10)
    assert (again.message.repeat, again.attempts, again.repeats) == (True, 2, 1)


async def test_unconfirmed_is_listed(store: Store) -> None:
    """A row of which nobody knows is not taken again and is listed."""
    await tell(store, "1")
    await store.take_pending(NOW, 10)
    await store.record_unconfirmed("1:console", "timeout", now=LATER)
    assert await store.take_pending(LATER, 10) == []
    assert [(one.kind, one.why) for one in await store.troubles(10)] == [("unconfirmed", "timeout")]


async def test_unconfirmed_may_turn_out_sent(store: Store) -> None:
    """A row of which nobody knew is sent once somebody finds out, and listed no more."""
    await tell(store, "1")
    await store.take_pending(NOW, 10)
    await store.record_unconfirmed("1:console", "timeout", now=NOW)
    await store.record_sent("1:console", "17", now=LATER)
    assert await states(store) == {DeliveryState.SENT: 1}
    assert await store.troubles(10) == []


async def test_left_sending(store: Store) -> None:
    """Rows taken but never recorded are found, and their messages say that they may be repeats."""
    await tell(store, "1")
    await tell(store, "2")
    assert await store.left_sending() == []
    await store.take_pending(NOW, 10)
    await store.record_sent("1:console", "17", now=NOW)
    (left,) = await store.left_sending()
    assert (left.message.key, left.message.repeat, left.attempts) == ("2:console", True, 0)


async def test_left_sending_was_not_sent(store: Store) -> None:
    """A left row that turns out not to be sent is taken again as no repeat."""
    await tell(store, "1")
    await store.take_pending(NOW, 10)
    await store.record_not_sent("1:console", "not there", now=NOW, retry_at=NOW)
    assert [one.message.repeat for one in await store.take_pending(NOW, 10)] == [False]


async def test_unknown_key(store: Store) -> None:
    """The outcome of a delivery that the store does not know is an error."""
    with pytest.raises(StoreError, match="no delivery `1:console`"):
        await store.record_sent("1:console", "17", now=NOW)
    with pytest.raises(StoreError, match="no delivery `1:console`"):
        await store.repeat("1:console", "timeout", now=NOW, retry_at=NOW)


async def test_two_workers_share_the_rows(store: Store) -> None:
    """Workers that take at the same time never take the same row, and together take all."""
    for number in range(30):
        await tell(store, f"{number:02}")
    taken = await asyncio.gather(*(store.take_pending(NOW, 4) for _ in range(10)))
    keys = [one.message.key for some in taken for one in some]
    assert sorted(keys) == [f"{number:02}:console" for number in range(30)]


async def test_two_pollers_of_one_source(store: Store) -> None:
    """Polls of one source that end at the same time count and store each entry once."""
    await store.put_sources([source()], NOW)
    first = [entry(str(number)) for number in range(40)]
    second = [entry(str(number)) for number in range(20, 60)]
    new = await asyncio.gather(poll(store, *first), poll(store, *second), poll(store, *first))
    assert sum(new) == 60
    assert sum((await store.counts(NOW)).articles.values()) == 60
