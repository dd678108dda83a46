"""What the store promises of pauses, moved destinations and rows given up, on the fake and the real store."""

from datetime import datetime, timedelta

import pytest

from bot.ports.messenger import Destination
from bot.ports.pauses import Pause
from bot.ports.store import DeliveryState, Store
from tests.storage.samples import CONSOLE, DESK, LATER, NOW, subscription, tell

TOPIC = Destination(id="topic", kind="telegram", address="-100123/7")
OTHER = Destination(id="other", kind="telegram", address="-1001234")
MUCH_LATER = LATER + timedelta(hours=1)


def pause(scope: str, **changes: object) -> Pause:
    """A pause from noon to five past."""
    values: dict[str, object] = {"scope": scope, "reason": "HTTP 429", "since": NOW, "until": LATER}
    return Pause(**{**values, **changes})  # type: ignore[arg-type]


async def put(store: Store, *pauses: Pause) -> None:
    """Put pauses by sends that did not get through; the rows of the sends stay failed."""
    for number, one in enumerate(pauses):
        told = await tell(store, f"put-{number}-{one.scope}", CONSOLE)
        await store.take_pending(NOW, 1, destination="console")
        await store.record_not_sent(f"{told.id}:console", "no", now=NOW, retry_at=None, pause=one)


async def taken(store: Store, at: datetime) -> list[str]:
    """The destinations of what can be taken, which are those that wait."""
    waiting = {one.id for one in await store.waiting_destinations(at)}
    places = [one.message.destination.id for one in await store.take_pending(at, 99)]
    assert set(places) == waiting
    return sorted(places)


async def test_what_is_aside_of_sending_holds_up_nothing(store: Store) -> None:
    """Put without a send, listed and lifted like a pause; no destination lies in it."""
    aside = pause("telegram commands", broken=True)
    await store.put_pause(aside)
    await tell(store, "x", DESK, TOPIC, OTHER, CONSOLE)
    assert list(await store.pauses(LATER)) == [aside]
    assert len(await taken(store, NOW)) == 4
    await store.lift_broken(["telegram commands"])
    assert list(await store.pauses(NOW)) == []


async def test_what_was_put_off_is_due_when_the_pause_is_lifted(store: Store) -> None:
    """The refused row need not wait for the probe of a place that somebody has mended."""
    refused = await tell(store, "x", DESK)
    await store.take_pending(NOW, 1)
    blocked = pause("telegram:-100123", broken=True)
    await store.record_not_sent(
        f"{refused.id}:desk", "blocked", now=NOW, retry_at=blocked.until, pause=blocked
    )
    assert await taken(store, NOW) == []
    await store.lift_broken(["telegram:-100123"])
    assert await taken(store, NOW) == ["desk"]


@pytest.mark.parametrize(
    ("scope", "free"),
    [
        ("telegram:-100123", ["console", "other"]),
        ("telegram:-100123/7", ["console", "desk", "other"]),
        ("telegram", ["console"]),
    ],
)
async def test_pause_holds_up_its_scope(store: Store, scope: str, free: list[str]) -> None:
    """The pause of a chat holds up its topics, that of an address only itself, that of a platform all."""
    await put(store, pause(scope))
    await tell(store, "x", DESK, TOPIC, OTHER, CONSOLE)
    assert await taken(store, NOW) == free
    assert len(await taken(store, LATER)) == 4 - len(free)


async def test_pauses_are_listed_while_they_last(store: Store) -> None:
    """A pause is listed until it is over; a broken one until something gets through."""
    short, broken = pause("telegram:1"), pause("telegram:-100123", broken=True, reason="blocked")
    await put(store, short, broken)
    assert list(await store.pauses(NOW)) == [broken, short]
    assert list(await store.pauses(LATER)) == [broken]
    await tell(store, "x", DESK)
    await store.take_pending(LATER, 9)
    await store.record_sent("x:desk", "17", now=LATER)
    assert list(await store.pauses(LATER)) == []


async def test_a_success_forgets_only_what_is_over(store: Store) -> None:
    """A message that was on its way when its platform was paused does not end the pause."""
    await tell(store, "x", DESK)
    await store.take_pending(NOW, 1)
    await put(store, pause("telegram"))
    await store.record_sent("x:desk", "17", now=NOW)
    assert await store.pause("telegram") == pause("telegram")


async def test_a_shorter_pause_never_cuts_a_longer_one(store: Store) -> None:
    """The pause put last tells why; the latest end counts."""
    await put(store, pause("telegram", until=MUCH_LATER), pause("telegram", reason="again", failures=2))
    assert await store.pause("telegram") == pause("telegram", reason="again", until=MUCH_LATER, failures=2)
    assert await store.pause("slack") is None


async def test_broken_pauses_are_lifted(store: Store) -> None:
    """Those named are taken back, or all; pauses that a platform asked for stay."""
    await put(store, pause("slack:C1", broken=True), pause("telegram", broken=True), pause("slack"))
    await store.lift_broken(["slack:C1", "slack"])
    assert [one.scope for one in await store.pauses(NOW)] == ["slack", "telegram"]
    await store.lift_broken()
    assert [one.scope for one in await store.pauses(NOW)] == ["slack"]


async def test_one_destination_at_a_time(store: Store) -> None:
    """Rows are taken for the destination asked for, and the longest waiting destination is first."""
    await tell(store, "a", OTHER, DESK)
    await tell(store, "b", DESK, at=NOW - timedelta(minutes=1))
    assert [one.id for one in await store.waiting_destinations(NOW)] == ["desk", "other"]
    keys = [one.message.key for one in await store.take_pending(NOW, 9, destination="desk")]
    assert keys == ["b:desk", "a:desk"]
    assert [one.id for one in await store.waiting_destinations(NOW)] == ["other"]


async def test_row_that_failed_lets_others_go_first(store: Store) -> None:
    """A row that waits after a failure is taken after those that were due before it."""
    for name in "ab":
        await tell(store, name)
    await store.take_pending(NOW, 1)
    await store.record_not_sent("a:console", "HTTP 500", now=NOW, retry_at=LATER)
    assert [one.message.key for one in await store.take_pending(LATER, 9)] == ["b:console", "a:console"]


async def test_a_moved_destination_stays_moved(store: Store) -> None:
    """What waits goes to the new address, also after the configuration has named the old one again."""
    await store.put_subscriptions([subscription(DESK)], NOW)
    await store.move_destination("desk", "-100777")
    await store.put_subscriptions([subscription(DESK)], NOW)
    assert [one.destination.address for one in await store.subscriptions()] == ["-100777"]
    await store.move_destination("desk", "-100888")
    await store.put_subscriptions([subscription(DESK)], NOW)
    await tell(store, "x", DESK)
    assert [one.message.destination.address for one in await store.take_pending(NOW, 9)] == ["-100888"]


async def test_a_new_address_in_the_configuration_wins(store: Store) -> None:
    """A destination that moved goes where a mended configuration says."""
    mended = Destination(id="desk", kind="telegram", address="-100555")
    await store.put_subscriptions([subscription(DESK)], NOW)
    await store.move_destination("desk", "-100777")
    for _ in range(2):
        await store.put_subscriptions([subscription(mended)], NOW)
        assert [one.destination for one in await store.subscriptions()] == [mended]


async def test_old_rows_are_given_up_visibly(store: Store) -> None:
    """Pending rows in a scope that were made before a moment fail and are listed; others stay."""
    await tell(store, "old", DESK, TOPIC, OTHER, CONSOLE)
    await tell(store, "new", DESK, at=LATER)
    assert await store.give_up("telegram:-100123", "blocked", before=LATER, now=LATER) == 2
    states = (await store.counts(LATER)).deliveries
    assert states == {DeliveryState.FAILED: 2, DeliveryState.PENDING: 3}
    assert {(one.kind, one.why, one.at) for one in await store.troubles(9)} == {("failed", "blocked", LATER)}
    assert await store.give_up("telegram", "token revoked", before=LATER, now=LATER) == 1
