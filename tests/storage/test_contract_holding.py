"""What the store promises of held deliveries and summaries, on the fake and the real stores."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.alerts.collapse import Head, Telling
from bot.alerts.hours import Timing
from bot.alerts.model import Alert
from bot.extraction.findings import Findings
from bot.ports.alerts import Judged
from bot.ports.approvals import Ask
from bot.ports.holding import ChatHours, HeldFor, Hold
from bot.ports.messenger import Destination
from bot.ports.store import Delivery, DeliveryState, Store
from bot.stories.facts import Change, Slot
from tests.storage.samples import CONSOLE, DESK, LATER, NOW, alert, article

HOUR = timedelta(hours=1)
MORNING = NOW + 8 * HOUR
EDITORS = Destination(id="editors", kind="telegram", address="-100777", lang="de")


def until(moment: datetime = MORNING, why: HeldFor = HeldFor.QUIET) -> Hold:
    """Held for an hour of the clock."""
    return Hold(why=why, until=moment, channel="all")


def for_editors() -> Hold:
    """Held for an editor's word."""
    return Hold(why=HeldFor.APPROVAL, until=NOW + 4 * HOUR, channel="all", editors=EDITORS)


async def place(
    store: Store,
    name: str,
    *places: Destination,
    holds: Mapping[str, Hold] | None = None,
    updates: str | None = None,
    change: Change | None = None,
    at: datetime = NOW,
) -> Alert:
    """Put an alert, perhaps an update, into the outbox of these places, held as told."""
    about = article(f"about-{name}")
    told = replace(
        alert(name, about=about.id, key=updates or name), updates=updates, changes=(change,) if change else ()
    )
    asks = (Ask(editors=EDITORS, until=NOW + 4 * HOUR),) if holds and _asks(holds) else ()
    judged = Judged(
        alert=told,
        reason="new",
        push=True,
        destinations=places or (CONSOLE,),
        channels={one.id: "all" for one in places or (CONSOLE,)},
        holds=holds or {},
        asks=asks,
    )
    await store.record_judgement(about, Findings(lang="de"), [judged], story="s1", now=at)
    return told


def _asks(holds: Mapping[str, Hold]) -> bool:
    return any(hold.editors for hold in holds.values())


async def taken(store: Store, at: datetime = LATER) -> list[Delivery]:
    """What goes out at a moment."""
    return list(await store.take_pending(at, 20))


async def sent(store: Store, *keys: str, at: datetime = LATER) -> None:
    """All these messages are out, each under its key."""
    for key in keys:
        await store.record_sent(key, f"m-{key}", now=at)


async def states(store: Store) -> dict[DeliveryState, int]:
    """The deliveries by state."""
    return (await store.counts(LATER)).deliveries


async def test_what_is_held_waits(store: Store) -> None:
    """It does not go out, is listed with its end, and is due at its time."""
    await place(store, "1", holds={"console": until()})
    assert await taken(store, MORNING + HOUR) == []
    (held,) = await store.held()
    assert (held.destination, held.why, held.number, held.until) == (CONSOLE, HeldFor.QUIET, 1, MORNING)
    assert await store.held_due(MORNING - HOUR) == []
    (row,) = await store.held_due(MORNING)
    assert (row.key, row.channel, row.why, row.due) == ("1:console", "all", HeldFor.QUIET, MORNING)


async def test_released_by_itself(store: Store) -> None:
    """It goes out as the alert that it is, once."""
    await place(store, "1", holds={"console": until()})
    for _ in range(2):
        await store.release([Telling(key="1:console")], now=MORNING)
    (one,) = await taken(store, MORNING)
    assert (one.message.alert.id, one.message.bundle) == ("1", None)
    await store.release([Telling(key="1:console")], now=MORNING)
    assert await taken(store, MORNING) == []


async def gathered(store: Store) -> list[Delivery]:
    """Three held alerts, released as one summary, and what goes out then."""
    for name in ("1", "2", "3"):
        await place(store, name, holds={"console": until()})
    head = Head(why=Timing.QUIET, page=1, pages=1, total=3)
    await store.release([Telling(key="2:console", others=("1:console", "3:console"), head=head)], now=MORNING)
    return await taken(store, MORNING)


async def test_a_summary_is_one_message(store: Store) -> None:
    """One delivery carries all; the others need none of their own."""
    (one,) = await gathered(store)
    assert one.message.bundle
    assert one.message.bundle.head.total == 3
    assert [told.id for told in one.message.bundle.alerts] == ["1", "2", "3"]
    await sent(store, "2:console")
    assert await states(store) == {DeliveryState.SENT: 1, DeliveryState.GATHERED: 2}


async def test_a_summary_that_fails(store: Store) -> None:
    """It is listed with how many more alerts it told."""
    await gathered(store)
    await store.record_not_sent("2:console", "refused", now=MORNING, retry_at=None)
    assert [one.what for one in await store.troubles(9)] == ["Title about-2 +2 → console"]


async def test_an_update_of_what_a_summary_told(store: Store) -> None:
    """The summary is edited to say the new state; only then the update answers it and says whom it means."""
    await gathered(store)
    await sent(store, "2:console")
    await place(store, "1b", updates="1", at=MORNING)
    (edit,) = await taken(store, MORNING)
    assert edit.edits == "m-2:console"
    assert edit.message.bundle
    assert [told.id for told in edit.message.bundle.alerts] == ["1b", "2", "3"]
    await store.record_sent("2:console", "m-2:console", now=MORNING)
    (new,) = await taken(store, MORNING)
    assert (new.message.key, new.message.reply_to) == ("1b:console", "m-2:console")
    assert new.message.number == edit.message.bundle.numbers["1b"]


async def test_an_update_of_the_alert_that_carries_a_summary(store: Store) -> None:
    """It answers the summary as well, by its number."""
    await gathered(store)
    await sent(store, "2:console")
    await place(store, "2b", updates="2", at=MORNING)
    (edit,) = await taken(store, MORNING)
    await store.record_sent("2:console", "m-2:console", now=MORNING)
    (new,) = await taken(store, MORNING)
    assert edit.message.bundle
    assert new.message.reply_to == "m-2:console"
    assert new.message.number == edit.message.bundle.numbers["2b"]


async def test_an_update_before_its_summary_is_out(store: Store) -> None:
    """The summary will say the new state itself, and nothing follows."""
    for name in ("1", "2"):
        await place(store, name, holds={"console": until()})
    head = Head(why=Timing.QUIET, page=1, pages=1, total=2)
    await store.release([Telling(key="2:console", others=("1:console",), head=head)], now=MORNING)
    await place(store, "1b", updates="1", at=MORNING)
    (one,) = await taken(store, MORNING)
    assert one.message.bundle
    assert [told.id for told in one.message.bundle.alerts] == ["1b", "2"]
    await store.record_sent("2:console", "m", now=MORNING)
    assert await taken(store, MORNING) == []


async def test_a_summary_answers_nothing(store: Store) -> None:
    """Also where the alert that carries it is an update of one that was told by itself."""
    await place(store, "1")
    await taken(store)
    await sent(store, "1:console")
    await place(store, "1b", updates="1", holds={"console": until()})
    await place(store, "2", holds={"console": until()})
    await taken(store)
    await sent(store, "1:console")
    head = Head(why=Timing.DIGEST, page=1, pages=1, total=2)
    await store.release([Telling(key="1b:console", others=("2:console",), head=head)], now=MORNING)
    (one,) = await taken(store, MORNING)
    assert one.message.bundle
    assert (one.message.reply_to, one.message.number) == (None, None)


async def test_a_number_stays_with_its_alert(store: Store) -> None:
    """All states of an alert have one number, and it names the newest of them."""
    for name in ("1", "2"):
        await place(store, name)
    await place(store, "1b", updates="1")
    numbers = await store.numbers(["1", "1b", "2", "9"])
    assert numbers["1"] == numbers["1b"] != numbers["2"]
    assert set(numbers) == {"1", "1b", "2"}
    newest = await store.alert_numbered(numbers["1"])
    assert newest is not None
    assert newest.id == "1b"


@pytest.mark.parametrize("number", [0, 4_711, 10**30])
async def test_a_number_of_no_alert(store: Store, number: int) -> None:
    """It names none, however long it is."""
    await place(store, "1")
    assert await store.alert_numbered(number) is None


async def test_pages_keep_their_order(store: Store) -> None:
    """The messages of one release go out in the order of their pages."""
    for name in ("1", "2"):
        await place(store, name, holds={"console": until()})
    heads = [Head(why=Timing.DIGEST, page=page, pages=2, total=2) for page in (1, 2)]
    pages = [Telling(key=key, head=head) for key, head in zip(("2:console", "1:console"), heads, strict=True)]
    await store.release(pages, now=MORNING)
    keys = [one.message.key for one in await taken(store, MORNING + HOUR)]
    assert keys == ["2:console", "1:console"]


async def test_an_update_of_a_held_alert(store: Store) -> None:
    """The alert will say the newest state; there is one row."""
    await place(store, "1", holds={"console": until()})
    await place(store, "2", updates="1", holds={"console": until()})
    (row,) = await store.held_due(MORNING)
    assert (row.key, row.alert.id) == ("1:console", "2")


async def test_a_critical_update_of_a_held_alert(store: Store) -> None:
    """What may not wait takes the held message along, at once."""
    await place(store, "1", holds={"console": until()})
    await place(store, "2", updates="1")
    (one,) = await taken(store)
    assert (one.message.key, one.message.alert.id) == ("1:console", "2")


async def test_superseded_overnight(store: Store) -> None:
    """Of two held updates only the newest is told, with what changed since the reader last looked."""
    await place(store, "1")
    await taken(store)
    await sent(store, "1:console")
    steps = (("2", "pledged", "decided"), ("3", "decided", "ongoing"))
    for name, before, after in steps:
        change = Change(slot=Slot.MODALITY, before=before, after=after)
        await place(store, name, updates="1", holds={"console": until()}, change=change)
    await store.release([Telling(key="3:console")], now=MORNING)
    (edit,) = await taken(store, MORNING)
    assert (edit.edits, edit.message.alert.id) == ("m-1:console", "3")
    await sent(store, "1:console")
    (answer,) = await taken(store, MORNING)
    assert answer.message.alert.changes == (Change(slot=Slot.MODALITY, before="pledged", after="ongoing"),)
    assert (await states(store))[DeliveryState.SUPERSEDED] == 1


async def test_held_on(store: Store) -> None:
    """A digest that was missed waits for the next one."""
    await place(store, "1", holds={"console": until(why=HeldFor.DIGEST)})
    await store.hold_on(["1:console"], HeldFor.DIGEST, MORNING + HOUR)
    assert await store.held_due(MORNING) == []
    assert [row.due for row in await store.held_due(MORNING + HOUR)] == [MORNING + HOUR]


async def test_dropped(store: Store) -> None:
    """It is never sent; what is not held is left alone."""
    await place(store, "1", holds={"console": until()})
    await place(store, "2")
    await store.drop(["1:console", "2:console"], "unsubscribed", now=NOW)
    assert await store.held_due(MORNING) == []
    assert [one.message.key for one in await taken(store)] == ["2:console"]
    assert (await states(store))[DeliveryState.DROPPED] == 1


async def test_hours_of_a_chat(store: Store) -> None:
    """They are kept, replaced, and what is held there is looked at anew; other chats keep theirs."""
    for one in (CONSOLE, DESK):
        await place(store, one.id, one, holds={one.id: until()})
    chosen = ChatHours(kind="telegram", address="-100123", quiet="23:00-06:00")
    await store.put_hours(chosen, now=NOW)
    await store.put_hours(replace(chosen, digest="off"), now=NOW)
    assert await store.chat_hours() == [replace(chosen, digest="off")]
    (row,) = await store.held_due(NOW)
    assert (row.destination, row.why) == (DESK, HeldFor.REVIEW)


async def test_told_lately(store: Store) -> None:
    """What a channel told at a place, or is about to, by when it was judged; what is held does not count."""
    await place(store, "0", at=NOW - 2 * HOUR)
    await place(store, "1", CONSOLE, DESK, at=NOW - HOUR / 2)
    await place(store, "2", holds={"console": until()})
    lately = await store.told_lately(since=NOW - HOUR)
    assert lately == {("console", "all"): [NOW - HOUR / 2], ("desk", "all"): [NOW - HOUR / 2]}


async def test_resending(store: Store) -> None:
    """What nobody knows to have arrived goes out again, marked, in one chat or everywhere."""
    for name, one in (("1", CONSOLE), ("2", DESK)):
        await place(store, name, one)
    for one_taken in await taken(store):
        await store.record_unconfirmed(one_taken.message.key, "timeout", now=LATER)
    assert [told.id for told, _ in await store.unconfirmed("telegram", "-100123")] == ["2"]
    assert await store.resend("telegram", "-100123", now=LATER) == 1
    (again,) = await taken(store)
    assert (again.message.key, again.message.repeat) == ("2:desk", True)
    assert await store.resend(now=LATER) == 1
    assert await store.unconfirmed() == []


async def test_what_is_late_is_held_back(store: Store) -> None:
    """Only what surely did not go out: neither what is out or on its way, nor what may have arrived."""
    for name in ("1", "2", "3", "4"):
        await place(store, name)
    for one in await store.take_pending(NOW, 3):
        if one.message.key == "1:console":
            await sent(store, "1:console")
        if one.message.key == "2:console":
            await store.repeat("2:console", "timeout", now=NOW, retry_at=NOW)
    assert [row.key for row in await store.late(LATER)] == ["4:console"]
    assert await store.late(NOW) == []
    await store.hold_back(["2:console", "3:console", "4:console"], HeldFor.QUIET, MORNING)
    assert [row.key for row in await store.held_due(MORNING)] == ["4:console"]
