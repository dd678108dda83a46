"""What the store promises of editors, retractions, mutes and voices, on the fake and the real stores."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.alerts.collapse import Telling
from bot.alerts.control import Approval, Correction
from bot.errors import StoreError
from bot.ports.approvals import Editor, Ruled, Ruling
from bot.ports.holding import HeldFor
from bot.ports.ledger import Wanted
from bot.ports.mutes import Mute
from bot.ports.store import DeliveryState, Store
from bot.ports.voices import Opinion, Tally, Voice
from tests.storage.samples import CONSOLE, DESK, LATER, NOW
from tests.storage.test_contract_books import tell
from tests.storage.test_contract_holding import (
    HOUR,
    MORNING,
    for_editors,
    gathered,
    place,
    sent,
    states,
    taken,
    until,
)

ANNA = Editor(kind="telegram", chat="-100777", user="1", name="Anna")
BEN = Editor(kind="telegram", chat="-100777", user="2", name="Ben")
WRONG = Correction(at=NOW, by="Anna", note="Falsche Zahl.")


async def asked(store: Store, name: str = "1", **changes: str) -> None:
    """An alert for the desk that waits for editors, whose message is out."""
    await place(store, name, DESK, holds={"desk": for_editors()}, **changes)  # type: ignore[arg-type]  # updates
    for one in await taken(store):
        await sent(store, one.message.key)


async def test_editors_are_asked(store: Store) -> None:
    """They get the alert with the question; its readers get nothing yet."""
    await place(store, "1", DESK, holds={"desk": for_editors()})
    (one,) = await taken(store)
    assert one.message.destination.id == "editors"
    assert one.message.asking
    assert one.message.asking.state is Approval.AWAITING
    (waits,) = await store.awaited()
    assert (waits.alert.id, waits.until) == ("1", NOW + 4 * HOUR)
    assert [held.why for held in await store.held()] == [HeldFor.APPROVAL]


async def test_an_editor_lets_it_out(store: Store) -> None:
    """It is looked at by its hours at once, and the question shows who decided."""
    await asked(store)
    assert await store.decide("1", Approval.SENT, ANNA, now=LATER) == Ruled(
        ruling=Ruling.DONE, state=Approval.SENT, by="Anna"
    )
    (row,) = await store.held_due(LATER)
    assert (row.key, row.why) == ("1:desk", HeldFor.REVIEW)
    (edit,) = await taken(store)
    assert edit.edits == "m-1:editors"
    assert edit.message.asking
    assert (edit.message.asking.state, edit.message.asking.by) == (Approval.SENT, "Anna")
    await store.release([Telling(key="1:desk")], now=LATER)
    assert [one.message.key for one in await taken(store)] == ["1:desk"]


async def test_an_editor_keeps_it_back(store: Store) -> None:
    """It is never sent, and who comes later is told so."""
    await asked(store)
    await store.decide("1", Approval.DROPPED, ANNA, now=LATER)
    late = await store.decide("1", Approval.SENT, BEN, now=LATER)
    assert late == Ruled(ruling=Ruling.ALREADY, state=Approval.DROPPED, by="Anna")
    assert await store.held_due(LATER) == []
    assert (await states(store))[DeliveryState.DROPPED] == 1


async def test_two_editors_at_once(store: Store) -> None:
    """One wins, the other learns who."""
    await asked(store)
    both = await asyncio.gather(
        store.decide("1", Approval.SENT, ANNA, now=LATER), store.decide("1", Approval.DROPPED, BEN, now=LATER)
    )
    assert sorted(one.ruling for one in both) == [Ruling.ALREADY, Ruling.DONE]
    assert len({one.by for one in both}) == 1


async def test_who_was_not_asked(store: Store) -> None:
    """Another chat decides nothing, nor does anybody about an alert that is none."""
    await asked(store)
    for name, editor in (("1", replace(ANNA, chat="-1")), ("nope", ANNA)):
        found = await store.decide(name, Approval.SENT, editor, now=LATER)
        assert found.ruling is Ruling.NOT_ASKED


async def test_nobody_decides(store: Store) -> None:
    """After its time it fails visibly, and the question says so."""
    await asked(store)
    assert await store.expire(now=NOW + HOUR) == 0
    assert await store.expire(now=NOW + 4 * HOUR) == 1
    assert [trouble.why for trouble in await store.troubles(9)] == ["no editor decided in time"]
    (edit,) = await taken(store, NOW + 5 * HOUR)
    assert edit.message.asking
    assert edit.message.asking.state is Approval.EXPIRED
    assert (await store.decide("1", Approval.SENT, ANNA, now=MORNING)).ruling is Ruling.ALREADY


async def test_an_update_of_what_waits_replaces_it(store: Store) -> None:
    """The question is edited; a tap on what it said before decides nothing."""
    await asked(store)
    await asked(store, "2", updates="1")
    assert len(await store.awaited()) == 1
    assert (await store.decide("1", Approval.SENT, ANNA, now=LATER)).ruling is Ruling.CHANGED
    assert (await store.decide("2", Approval.SENT, ANNA, now=LATER)).ruling is Ruling.DONE
    (row,) = await store.held_due(LATER)
    assert (row.key, row.alert.id) == ("1:desk", "2")


async def approved(store: Store) -> None:
    """An alert that editors let out and its readers have."""
    await asked(store)
    await store.decide("1", Approval.SENT, ANNA, now=LATER)
    await store.release([Telling(key="1:desk")], now=LATER)
    for one in await taken(store):
        await sent(store, one.message.key)


async def test_an_update_of_what_was_approved_waits_too(store: Store) -> None:
    """Until editors let it out readers see what they saw; then the message is edited and answered."""
    await approved(store)
    await place(store, "2", DESK, holds={"desk": for_editors()}, updates="1")
    shown = {one.message.key: one.message.alert.id for one in await taken(store)}
    assert shown["1:desk"] == "1"
    for key in shown:
        await sent(store, key)
    for one in await taken(store):
        await sent(store, one.message.key)
    await store.decide("2", Approval.SENT, BEN, now=LATER)
    await store.release([Telling(key="2:desk")], now=LATER)
    edits = {one.message.key: one.message.alert.id for one in await taken(store)}
    assert edits["1:desk"] == "2"


async def test_an_update_that_was_dropped_is_never_shown(store: Store) -> None:
    """The message of its alert stays as it was approved, also when it is edited later."""
    await approved(store)
    await asked(store, "2", updates="1")
    await store.decide("2", Approval.DROPPED, ANNA, now=LATER)
    for one in await taken(store):
        await sent(store, one.message.key)
    await store.retract("1", WRONG, now=LATER)
    edits = {one.message.key: one.message.alert.id for one in await taken(store)}
    assert edits["1:desk"] == "1"


async def test_a_place_without_editors_does_not_wait(store: Store) -> None:
    """What waits for editors at one place is told at another that has none."""
    await place(store, "1", CONSOLE, DESK)
    await taken(store)
    await sent(store, "1:console", "1:desk")
    await place(store, "2", CONSOLE, DESK, holds={"desk": for_editors()}, updates="1")
    shown = {one.message.key: one.message.alert.id for one in await taken(store)}
    assert (shown["1:console"], shown["1:desk"]) == ("2", "1")


async def test_a_newer_update_replaces_a_waiting_one(store: Store) -> None:
    """Editors decide on the newest; the older question says that it was replaced."""
    await approved(store)
    await asked(store, "2", updates="1")
    await asked(store, "3", updates="1")
    assert [one.alert.id for one in await store.awaited()] == ["3"]
    found = await store.decide("2", Approval.SENT, ANNA, now=LATER)
    assert (found.ruling, found.state) == (Ruling.ALREADY, Approval.REPLACED)


async def test_a_retraction_edits_what_is_out(store: Store) -> None:
    """First message and update say that they were taken back; repeated, it changes nothing."""
    await place(store, "1")
    await taken(store)
    await sent(store, "1:console")
    assert await store.retract("1", WRONG, now=LATER)
    assert not await store.retract("1", replace(WRONG, note="?"), now=LATER)
    (edit,) = await taken(store)
    assert (edit.edits, edit.message.correction) == ("m-1:console", WRONG)
    await sent(store, "1:console")
    assert await taken(store) == []
    assert await store.retracted(["1", "2"]) == {"1": WRONG}


async def test_a_retraction_of_what_waits(store: Store) -> None:
    """What is held or waits for editors or for its turn is never sent."""
    await place(store, "1", holds={"console": until()})
    await place(store, "2", DESK, holds={"desk": for_editors()})
    await place(store, "3")
    for name in ("1", "2", "3"):
        await store.retract(name, WRONG, now=NOW)
    assert await taken(store, MORNING) == []
    assert await store.held_due(MORNING) == []
    assert await store.awaited() == []


async def test_a_retraction_of_what_is_on_its_way(store: Store) -> None:
    """It is edited as soon as its id is known, or dropped when it did not arrive."""
    await place(store, "1", CONSOLE, DESK)
    await taken(store)
    await store.retract("1", WRONG, now=LATER)
    await sent(store, "1:console")
    await store.record_not_sent("1:desk", "busy", now=LATER, retry_at=LATER)
    (edit,) = await taken(store)
    assert (edit.message.key, edit.message.correction) == ("1:console", WRONG)
    assert (await states(store))[DeliveryState.DROPPED] == 1


async def test_an_update_is_taken_back_with_its_alert(store: Store) -> None:
    """Whichever of them is named."""
    await place(store, "1")
    await place(store, "2", DESK, updates="1")
    await store.retract("2", WRONG, now=LATER)
    assert set(await store.retracted(["1", "2"])) == {"1", "2"}


async def test_summaries_leave_out_what_was_taken_back(store: Store) -> None:
    """One that is not out tells the others only; one that is out is edited and marks it."""
    await gathered(store)
    await store.record_not_sent("2:console", "busy", now=MORNING, retry_at=MORNING)
    await store.retract("2", WRONG, now=MORNING)
    (one,) = await taken(store, MORNING)
    assert one.message.bundle
    assert [told.id for told in one.message.bundle.alerts] == ["1", "3"]
    await sent(store, "2:console")
    await store.retract("3", WRONG, now=MORNING)
    (edit,) = await taken(store, MORNING)
    assert edit.message.bundle
    assert edit.message.bundle.retracted == {"2", "3"}


async def test_the_ledger_forgets_what_was_taken_back(store: Store) -> None:
    """Its entry is gone with it, in the same step."""
    told = await tell(store, "a")
    assert await store.ledger_size(Wanted()) == 1
    await store.retract(told.id, WRONG, now=LATER)
    assert await store.ledger_size(Wanted()) == 0


async def test_no_alert_to_take_back(store: Store) -> None:
    """An unknown id is an error."""
    with pytest.raises(StoreError):
        await store.retract("nope", WRONG, now=NOW)


async def test_mutes(store: Store) -> None:
    """They last until their end, are replaced, and are taken back one by one or all."""
    mute = Mute(kind="telegram", address="-1", subject="rule:a", until=LATER)
    for one in (mute, replace(mute, until=MORNING), replace(mute, subject="rule:b")):
        await store.mute(one)
    assert [one.subject for one in await store.mutes(NOW)] == ["rule:b", "rule:a"]
    assert [one.subject for one in await store.mutes(LATER)] == ["rule:a"]
    assert await store.unmute("telegram", "-1", "rule:a") == 1
    assert await store.unmute("telegram", "-1") == 1
    assert await store.mutes(NOW) == []


async def test_the_story_of_an_alert(store: Store) -> None:
    """That of its article."""
    await place(store, "1")
    assert await store.story_of("1") == "s1"
    assert await store.story_of("nope") is None


def voice(alert_id: str, user: str, opinion: Opinion) -> Voice:
    """Somebody's opinion."""
    return Voice(alert_id=alert_id, kind="telegram", user=user, opinion=opinion)


async def test_one_voice_a_person(store: Store) -> None:
    """Who changes theirs, or judges an update of it, still has one."""
    await place(store, "1")
    await place(store, "2", updates="1")
    await store.put_voice(voice("1", "a", Opinion.USEFUL), now=NOW)
    await store.put_voice(voice("1", "b", Opinion.USEFUL), now=NOW)
    assert await store.put_voice(voice("2", "a", Opinion.WRONG), now=LATER) == Tally(useful=1, wrong=1)
    assert await store.tallies() == {"troop-commitment": Tally(useful=1, wrong=1)}
    marked = await store.marked("troop-commitment")
    assert [(one.alert.id, one.article.id, one.tally) for one in marked] == [
        ("1", "about-1", Tally(useful=1)),
        ("2", "about-2", Tally(wrong=1)),
    ]
    assert await store.marked("other") == []


async def test_no_alert_to_judge(store: Store) -> None:
    """An unknown id is an error."""
    with pytest.raises(StoreError):
        await store.put_voice(voice("nope", "a", Opinion.USEFUL), now=NOW + timedelta(0))
