"""What the store promises of updates, on the fake and the real store."""

import asyncio
from datetime import timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.alerts.model import Alert
from bot.ports.store import Delivery, DeliveryState, Store
from bot.storage.opening import open_store
from bot.storage.schema import MIGRATIONS
from bot.storage.store import SqlStore
from tests.storage.samples import CONSOLE, DESK, LATER, NOW, tell, update

HOUR = timedelta(hours=1)
Row = tuple[str, str | None, str | None, str]


async def take(store: Store) -> list[Row]:
    """What may go out later: key, message to edit, message to answer, id of the alert that it says."""
    return [_row(one) for one in await store.take_pending(LATER + HOUR, 10)]


def _row(one: Delivery) -> Row:
    return one.message.key, one.edits, one.message.reply_to, one.message.alert.id


async def sent(store: Store, key: str, message_id: str) -> None:
    """A message is out."""
    await store.record_sent(key, message_id, now=LATER)


async def told(store: Store, *places: object) -> Alert:
    """An alert that is out as message 17 in its only place."""
    first = await tell(store, "1", *places)  # type: ignore[arg-type]  # destinations
    await take(store)
    await sent(store, "1:console", "17")
    return first


async def test_edit_then_answer(store: Store) -> None:
    """The message that is out is edited to say the new state; when that is done the answer goes out."""
    first = await told(store)
    await update(store, "2", first, CONSOLE)
    assert await take(store) == [("1:console", "17", None, "2")]
    assert await take(store) == []
    await sent(store, "1:console", "17")
    assert await take(store) == [("2:console", None, "17", "2")]
    await sent(store, "2:console", "18")
    assert (await store.counts(LATER)).deliveries == {DeliveryState.SENT: 2}


async def test_waiting_places(store: Store) -> None:
    """A place has one row due at a time: first the edit, then the answer."""
    first = await told(store)
    await update(store, "2", first, CONSOLE)
    for key in ("1:console", "2:console"):
        assert await store.waiting_destinations(LATER) == [CONSOLE]
        assert [row[0] for row in await take(store)] == [key]
        assert await store.waiting_destinations(LATER) == []
        await sent(store, key, "17")


async def test_a_first_message_that_still_waits(store: Store) -> None:
    """It goes out with the new state at once: there is nothing to edit or answer."""
    first = await tell(store, "1")
    await update(store, "2", first, CONSOLE)
    assert await take(store) == [("1:console", None, None, "2")]
    await sent(store, "1:console", "17")
    assert await take(store) == []


async def test_a_first_message_that_may_have_arrived(store: Store) -> None:
    """It is answered all the same when it is sent again."""
    first = await tell(store, "1")
    await take(store)
    await store.repeat("1:console", "timeout", now=NOW, retry_at=NOW)
    await update(store, "2", first, CONSOLE)
    assert await take(store) == [("1:console", None, None, "2")]
    await sent(store, "1:console", "17")
    assert await take(store) == [("2:console", None, "17", "2")]


async def test_an_update_while_the_first_message_is_on_its_way(store: Store) -> None:
    """What went out says the old state: it is edited as soon as its id is known."""
    first = await tell(store, "1")
    assert await take(store) == [("1:console", None, None, "1")]
    await update(store, "2", first, CONSOLE)
    assert await take(store) == []
    await sent(store, "1:console", "17")
    assert await take(store) == [("1:console", "17", None, "2")]


async def test_an_update_while_an_edit_is_on_its_way(store: Store) -> None:
    """The message is edited once more, to the newest state; the answers keep their order."""
    first = await told(store)
    await update(store, "2", first, CONSOLE)
    await take(store)
    await update(store, "3", first, CONSOLE, at=LATER + timedelta(seconds=1))
    await sent(store, "1:console", "17")
    assert await take(store) == [("1:console", "17", None, "3")]
    await sent(store, "1:console", "17")
    assert [row[0] for row in await take(store)] == ["2:console", "3:console"]


async def test_two_updates_before_the_edit(store: Store) -> None:
    """One edit says the newest state; each change is told."""
    first = await told(store)
    for name in ("2", "3"):
        await update(store, name, first, CONSOLE)
    assert await take(store) == [("1:console", "17", None, "3")]
    await sent(store, "1:console", "17")
    assert [row[3] for row in await take(store)] == ["2", "3"]


async def test_an_edit_that_failed(store: Store) -> None:
    """The message is left alone from then on; this update and the next come by themselves."""
    first = await told(store)
    await update(store, "2", first, CONSOLE)
    await take(store)
    await store.record_not_sent("1:console", "gone", now=LATER, retry_at=None)
    assert await take(store) == [("2:console", None, None, "2")]
    await sent(store, "2:console", "18")
    await update(store, "3", first, CONSOLE)
    assert await take(store) == [("3:console", None, None, "3")]
    assert [trouble.why for trouble in await store.troubles(9)] == ["gone"]


async def test_an_edit_that_is_tried_again(store: Store) -> None:
    """Its tries are counted apart from those of the message, and it says nothing of a repeat."""
    first = await told(store)
    await update(store, "2", first, CONSOLE)
    await take(store)
    await store.record_not_sent("1:console", "slow down", now=LATER, retry_at=LATER)
    (again,) = await store.take_pending(LATER, 9)
    assert (again.attempts, again.message.repeat, again.edits) == (1, False, "17")
    (left,) = await store.left_sending()
    assert (left.attempts, left.message.repeat, left.edits) == (1, False, "17")


async def test_a_first_message_that_nobody_knows_of(store: Store) -> None:
    """Where it is unconfirmed or failed, the update comes by itself and nothing is edited."""
    first = await tell(store, "1")
    await take(store)
    await store.record_unconfirmed("1:console", "timeout", now=NOW)
    await update(store, "2", first, CONSOLE)
    assert await take(store) == [("2:console", None, None, "2")]


async def test_a_place_that_did_not_get_the_first(store: Store) -> None:
    """A place subscribed later gets the update by itself; one unsubscribed since is edited in silence."""
    first = await told(store)
    await update(store, "2", first, DESK)
    assert await take(store) == [("1:console", "17", None, "2"), ("2:desk", None, None, "2")]


async def test_an_update_that_is_not_pushed(store: Store) -> None:
    """It edits nothing and is no state of its alert."""
    first = await told(store)
    await update(store, "2", first, CONSOLE, push=False)
    assert await take(store) == []
    assert await store.latest(9) == [first]


async def test_the_same_update_twice(store: Store) -> None:
    """A repeated judgement edits no second time."""
    first = await told(store)
    await update(store, "2", first, CONSOLE)
    await take(store)
    await sent(store, "1:console", "17")
    await update(store, "2", first, CONSOLE)
    assert await take(store) == [("2:console", None, "17", "2")]


async def test_latest_shows_the_present_state(store: Store) -> None:
    """Of an alert and its updates the newest, in its place; each can still be asked for by its id."""
    first = await told(store)
    other = await tell(store, "other")
    newest = await update(store, "2", first, CONSOLE)
    assert await store.latest(9) == [newest, other]
    assert await store.latest(9, demo=False) == [newest, other]
    assert await store.alerts_by_id("1", 9) == [first]
    assert await store.alerts_by_id("2", 9) == [newest]


async def test_an_update_is_no_further_alert(store: Store) -> None:
    """It is counted neither as an alert nor among those of its rule; it is known under its key."""
    first = await told(store)
    newest = await update(store, "2", first, CONSOLE)
    assert (await store.counts(NOW)).alerts == 1
    assert await store.pushed_by_rule(since=NOW - HOUR) == {"troop-commitment": 1}
    assert await store.told(first.rule_id, first.key, since=NOW, demo=False) == [first, newest]
    assert await store.told(first.rule_id, first.key, since=LATER, demo=False) == [newest]


async def test_an_edit_is_as_old_as_its_update(store: Store) -> None:
    """Of a paused place an edit is given up after its own time, not its message's."""
    first = await told(store)
    await update(store, "2", first, CONSOLE, at=NOW + 100 * HOUR)
    assert await store.give_up("console", "gone", before=NOW + 99 * HOUR, now=NOW + 100 * HOUR) == 0
    assert await store.give_up("console", "gone", before=NOW + 101 * HOUR, now=NOW + 101 * HOUR) == 2


async def test_updates_while_messages_are_recorded(store: Store) -> None:
    """Whatever comes first, judging or recording, the message is edited in the end."""
    for number in range(12):
        first = await tell(store, f"a{number}")
        await store.take_pending(NOW, 1)
        await asyncio.gather(
            sent(store, f"a{number}:console", "17"), update(store, f"b{number}", first, CONSOLE)
        )
        assert await take(store) == [(f"a{number}:console", "17", None, f"b{number}")]
        await sent(store, f"a{number}:console", "17")
        await take(store)


async def test_a_store_of_the_second_version(store_url: str) -> None:
    """What it told stays told, what waited goes out, and an update edits what was out."""
    store = await open_store(store_url)
    await tell(store, "1")
    await take(store)
    await sent(store, "1:console", "17")
    await tell(store, "waits")
    await _downgrade(store)
    await store.close()
    store = await open_store(store_url)
    (first,) = await store.told("troop-commitment", "1", since=NOW, demo=False)
    await update(store, "2", first, CONSOLE)
    edit, waits = ("1:console", "17", None, "2"), ("waits:console", None, None, "waits")
    assert sorted(await take(store)) == [edit, waits]
    await store.close()


async def _downgrade(store: SqlStore) -> None:
    def back(tx: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = tx
        command.downgrade(config, "0002")

    await store.database.write(back)
