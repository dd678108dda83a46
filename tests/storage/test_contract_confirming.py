"""What the store promises of what a further source confirms, on the fake and the real store."""

from dataclasses import replace
from datetime import timedelta

from bot.alerts.decide import Reason
from bot.alerts.model import Alert
from bot.extraction.findings import Findings
from bot.ports.alerts import Judged
from bot.ports.messenger import Destination
from bot.ports.store import Store
from bot.stories.carriers import Carrier
from tests.storage.samples import CONSOLE, DESK, LATER, NOW, article, tell, update

HOUR = timedelta(hours=1)
Row = tuple[str, str | None, str | None, str]


async def take(store: Store) -> list[Row]:
    """What may go out later: key, message to edit, message to answer, id of the state that it says."""
    taken = await store.take_pending(LATER + HOUR, 10)
    return [(one.message.key, one.edits, one.message.reply_to, one.message.alert.id) for one in taken]


async def out(store: Store) -> Alert:
    """An alert that is out as message 17 on the console."""
    first = await tell(store, "1")
    await take(store)
    await store.record_sent("1:console", "17", now=LATER)
    return first


async def confirm(store: Store, name: str, first: Alert, *places: Destination, quiet: bool = False) -> Alert:
    """One more source says it; the places get it now."""
    about = article(f"about-{name}")
    carriers = (Carrier(outlet="A", origin="a1"), Carrier(outlet=name, origin=about.id))
    state = replace(
        first, id=name, updates=first.updates or first.id, carriers=carriers, sources=2, confirmed=True
    )
    outcome = Judged(alert=state, reason=Reason.CONFIRMED, push=True, destinations=places, quiet=quiet)
    await store.record_judgement(about, Findings(lang="de"), [outcome], story=None, now=LATER)
    return state


async def test_the_message_that_is_out_is_edited(store: Store) -> None:
    """It says the sources now; nothing answers it, and no row is new."""
    first = await out(store)
    await confirm(store, "2", first)
    assert await take(store) == [("1:console", "17", None, "2")]
    await store.record_sent("1:console", "17", now=LATER)
    assert await take(store) == []
    assert sum((await store.counts(LATER)).deliveries.values()) == 1


async def test_a_place_that_has_it_gets_no_second_message(store: Store) -> None:
    """A channel that waited for the second source, at a place where another one told it, adds no row."""
    first = await out(store)
    await confirm(store, "2", first, CONSOLE)
    assert await take(store) == [("1:console", "17", None, "2")]
    await store.record_sent("1:console", "17", now=LATER)
    assert await take(store) == []


async def test_a_place_that_waited_gets_its_first_message(store: Store) -> None:
    """It is told as the alert itself, which later updates edit and answer."""
    first = await out(store)
    two = await confirm(store, "2", first, DESK)
    assert sorted(await take(store)) == [("1:console", "17", None, "2"), ("1:desk", None, None, "2")]
    await store.record_sent("1:console", "17", now=LATER)
    await store.record_sent("1:desk", "40", now=LATER)
    assert two.updates == "1"
    await update(store, "3", first, DESK, at=LATER + timedelta(seconds=1))
    assert sorted(await take(store)) == [("1:console", "17", None, "3"), ("1:desk", "40", None, "3")]
    await store.record_sent("1:desk", "40", now=LATER)
    assert await take(store) == [("3:desk", None, "40", "3")]


async def test_a_quiet_source_edits_nothing(store: Store) -> None:
    """Between the steps it is only kept; the next edit says it."""
    first = await out(store)
    await confirm(store, "2", first, quiet=True)
    assert await take(store) == []
    await confirm(store, "3", first)
    assert await take(store) == [("1:console", "17", None, "3")]


async def test_a_message_that_waits_still(store: Store) -> None:
    """It goes out once and says the sources at once."""
    first = await tell(store, "1")
    await confirm(store, "2", first, CONSOLE)
    assert await take(store) == [("1:console", None, None, "2")]


async def test_it_is_the_present_state(store: Store) -> None:
    """What is told next is compared with it, it is what there is now, and it is kept whole."""
    first = await out(store)
    state = await confirm(store, "2", first)
    assert list(await store.told(first.rule_id, first.key, since=NOW - HOUR, demo=False)) == [first, state]
    assert list(await store.latest(9)) == [state]
    assert (await store.counts(LATER)).alerts == 1


async def test_it_is_no_alert_of_the_confirming_article(store: Store) -> None:
    """When that article is edited, the state is not taken for what was found in it."""
    first = await out(store)
    await confirm(store, "2", first)
    assert await store.judged_of("about-2") == []
    assert [one.alert.id for one in await store.judged_of("about-1")] == ["1"]


async def test_the_same_source_recorded_twice(store: Store) -> None:
    """A repeated judgement edits no second time."""
    first = await out(store)
    for _ in range(2):
        await confirm(store, "2", first, DESK)
    taken = await take(store)
    assert sorted(row[0] for row in taken) == ["1:console", "1:desk"]
