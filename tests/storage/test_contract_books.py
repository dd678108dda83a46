"""Ledger and calendar, on the fake and the real stores."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.alerts.decide import Reason
from bot.alerts.model import Alert
from bot.article.model import Published
from bot.errors import StoreError
from bot.extraction.findings import Actor, Bound, Findings, Medium, Modality, Quantity
from bot.ports.alerts import Judged
from bot.ports.calendar import CalendarLink
from bot.ports.ledger import Wanted
from bot.ports.store import Store
from bot.stories.calendar_model import Status
from bot.stories.facts import Slot
from bot.stories.ledger import Kind
from bot.stories.ledger_present import present
from tests.fakes.alerts import alert as commitment
from tests.fakes.alerts import article_ref
from tests.storage.samples import NOW, article

ALL = Wanted()
DE = Actor(name="Friedrich Merz", id="Q566257", kind="person", country="DE")
FR = Actor(name="Emmanuel Macron", id="Q3052772", kind="person", country="FR")
ANYTIME = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


async def tell(store: Store, name: str, *, reason: str = "new", demo: bool = False, **changes: Any) -> Alert:
    """Record one alert out of an article of its own, published an hour after the one before."""
    hour = len(name) + 6  # the names of a test get longer one by one
    published = Published.parse(f"2026-03-02T{hour:02}:00+01:00")
    ref = article_ref(id=name, published=published, source_name=changes.pop("outlet", "Tagesblatt"))
    told = commitment(**{"id": f"alert-{name}", "article": ref, "demo": demo, "date": None, **changes})
    judged = Judged(alert=told, reason=reason, push=False)
    about = replace(article(name, demo=demo), published=published)
    await store.record_judgement(about, Findings(lang="de"), [judged], story=None, now=NOW)
    return told


def soldiers(number: float) -> Quantity:
    """So many soldiers."""
    return Quantity(
        start=0, end=1, text=f"{number:g}", value=number, low=None, high=None, unit="soldier",
        bound=Bound.EXACT,
    )  # fmt: skip


def meeting(**changes: Any) -> dict[str, Any]:
    """What makes an alert one of a meeting on 5 March in Berlin."""
    values: dict[str, Any] = {
        "event_type": "consult.meeting",
        "medium": Medium.MEETING,
        "modality": Modality.SCHEDULED,
        "participants": (DE, FR),
        "actors": (),
        "place": Actor(name="Berlin", country="DE"),
        "date": "2026-03-05",
        "quantity": None,
    }
    return {**values, **changes}


async def test_a_commitment_is_an_entry_with_its_evidence(store: Store) -> None:
    """What one alert says is one entry, which knows article, sentence, quote and speaker."""
    told = await tell(store, "a")
    (entry,) = await store.ledger(ALL, limit=9)
    evidence = entry.last.evidence
    assert (entry.kind, evidence.article, evidence.alert) == (Kind.TROOPS, "a", told.id)
    assert (evidence.sentence, evidence.said_by) == (told.evidence.text, "die Verteidigungsministerin")
    assert evidence.quote == "Wir bleiben, solange man uns braucht."
    assert evidence.published == told.article.published


async def test_changes_stay_one_entry(store: Store) -> None:
    """Another figure is another state of the same entry; a further article that says the same is none."""
    await tell(store, "a")
    await tell(store, "bb", quantity=soldiers(300))
    await tell(store, "ccc", quantity=soldiers(300), outlet="Abendblatt")
    (entry,) = await store.ledger(ALL, limit=9)
    assert [state.fact.quantity and state.fact.quantity.value for state in entry.states] == [150, 300]
    assert entry.outlets == ("Tagesblatt", "Abendblatt")


async def test_what_is_not_sent_is_entered(store: Store) -> None:
    """A fact is one whether somebody was told of it or not."""
    for reason, code in (("old", "NO"), ("known_fact", "SE"), ("no_destination", "FI"), ("new", "DK")):
        await tell(store, reason, reason=reason, actors=(Actor(name=code, id=code, kind="country"),))
    assert await store.ledger_size(ALL) == 4


async def test_what_is_on_trial_or_made_up_is_not_entered(store: Store) -> None:
    """Neither a rule in shadow nor a demo article enters anything in ledger or calendar."""
    await tell(store, "a", reason=Reason.SHADOW)
    await tell(store, "bb", demo=True)
    await tell(store, "ccc", reason=Reason.SHADOW, **meeting())
    await tell(store, "dddd", demo=True, **meeting())
    assert await store.ledger_size(ALL) == 0
    assert await store.calendar(**ANYTIME) == []


async def test_recording_an_article_again_changes_nothing(store: Store) -> None:
    """A repeated judgement enters nothing twice."""
    await tell(store, "a")
    before = await store.ledger(ALL, limit=9)
    await tell(store, "a", quantity=soldiers(900))
    assert await store.ledger(ALL, limit=9) == before


WANTED = [
    (Wanted(), 2),
    (Wanted(kinds=(Kind.TROOPS,)), 1),
    (Wanted(kinds=(Kind.TROOPS, Kind.AID)), 2),
    (Wanted(kinds=(Kind.SANCTIONS,)), 0),
    (Wanted(names=("no",)), 1),
    (Wanted(names=("norway",)), 1),
    (Wanted(names=("no", "lt")), 1),
    (Wanted(names=("no", "ua")), 0),
    (Wanted(names=("nor",)), 0),
    (Wanted(names=("%",)), 0),
    (Wanted(dropped=True), 0),
]


async def test_looking_up(store: Store) -> None:
    """Entries are found by kind and by whole names of who and where, all of them."""
    await tell(store, "a")
    ukraine = (Actor(name="Ukraine", id="UA", kind="country", country="UA"),)
    germany = (Actor(name="Deutschland", id="DE", kind="country", country="DE"),)
    await tell(store, "bb", event_type="aid.weapons", actors=germany, targets=ukraine, place=None)
    for wanted, number in WANTED:
        assert len(await store.ledger(wanted, limit=9)) == number
        assert await store.ledger_size(wanted) == number


async def test_pages(store: Store) -> None:
    """A page begins where the last one ended, newest change first."""
    for name, code in (("a", "NO"), ("bb", "SE"), ("ccc", "FI")):
        await tell(store, name, actors=(Actor(name=code, id=code, kind="country"),))
    pages = [await store.ledger(ALL, limit=2, offset=offset) for offset in (0, 2)]
    assert [[one.actors[0].id for one in page] for page in pages] == [["FI", "SE"], ["NO"]]


async def test_a_correction_sticks(store: Store) -> None:
    """What an admin set stays whatever is reported later, which stands beside it; who and when are logged."""
    await tell(store, "a")
    (entry,) = await store.ledger(ALL, limit=9)
    await store.correct_entry(entry.id, Slot.QUANTITY, soldiers(200), by="slack:U1 Ada", now=NOW)
    await tell(store, "bb", quantity=soldiers(500))
    (after,) = await store.ledger(ALL, limit=9)
    shown = present(replace(after, states=(*after.states[:-1], replace(after.last, at=NOW + timedelta(1)))))
    assert shown.quantity == soldiers(200)
    assert shown.contested == ((Slot.QUANTITY, soldiers(500)),)
    (line,) = await store.ledger_log(entry.id, 9)
    assert (line.what, line.before, line.after) == ("quantity", "150 soldier", "200 soldier")
    assert (line.by, line.at) == ("slack:U1 Ada", NOW)
    assert await store.ledger_log(None, 9) == [line]


async def test_a_corrected_name_is_found(store: Store) -> None:
    """An entry is looked up by what it was corrected to as well."""
    await tell(store, "a")
    (entry,) = await store.ledger(ALL, limit=9)
    sweden = (Actor(name="Schweden", id="SE", kind="country"),)
    await store.correct_entry(entry.id, Slot.ACTOR, sweden, by="x", now=NOW)
    assert await store.ledger_size(Wanted(names=("se",))) == 1


async def test_dropped_entries_stay_out(store: Store) -> None:
    """What was dropped is shown no more and takes up what is reported later; it can be put back."""
    await tell(store, "a")
    (entry,) = await store.ledger(ALL, limit=9)
    await store.drop_entry(entry.id, dropped=True, by="x", now=NOW)
    await tell(store, "bb", quantity=soldiers(300))
    assert await store.ledger(ALL, limit=9) == []
    (gone,) = await store.ledger(Wanted(dropped=True), limit=9)
    assert len(gone.states) == 2
    await store.drop_entry(entry.id, dropped=False, by="y", now=NOW)
    assert await store.ledger_size(ALL) == 1
    assert [(line.what, line.by) for line in await store.ledger_log(entry.id, 9)] == [
        ("restore", "y"), ("drop", "x"),
    ]  # fmt: skip


async def test_unknown_entries(store: Store) -> None:
    """Correcting or dropping what is not there is an error that names it; looking it up finds nothing."""
    with pytest.raises(StoreError, match="no entry `nope`"):
        await store.correct_entry("nope", Slot.DATE, "2026", by="x", now=NOW)
    with pytest.raises(StoreError, match="no entry `nope`"):
        await store.drop_entry("nope", dropped=True, by="x", now=NOW)
    assert await store.ledger_by_id("nope", 2) == []


async def test_by_id(store: Store) -> None:
    """An entry of either book is found by the beginning of its id."""
    await tell(store, "a")
    await tell(store, "bb", **meeting())
    (entry,) = await store.ledger(ALL, limit=9)
    (event,) = await store.calendar(**ANYTIME)
    assert await store.ledger_by_id(entry.id[:6], 2) == [entry]
    assert await store.calendar_by_id(event.id[:6], 2) == [event]
    assert await store.calendar_by_id("%", 2) == []


async def test_a_retracted_alert_leaves_both_books(store: Store) -> None:
    """What an alert and its updates brought goes; an entry that rests on others goes back to them."""
    first = await tell(store, "a")
    await tell(store, "bb", quantity=soldiers(300), updates=first.id)
    await tell(store, "ccc", **meeting())
    later = await tell(store, "dddd", **meeting(modality=Modality.CANCELLED))
    assert await store.forget_alert(later.id, now=NOW) == 1
    (event,) = await store.calendar(**ANYTIME)
    assert event.now.status is Status.AHEAD
    assert await store.forget_alert(first.id, now=NOW) == 1
    assert await store.ledger(ALL, limit=9) == []
    assert await store.forget_alert(first.id, now=NOW) == 0


async def test_two_mentions_are_one_meeting(store: Store) -> None:
    """Whoever tells it, one meeting is one entry, in the order of days among others."""
    await tell(store, "a", **meeting(date="2026-03-09", participants=(FR, Actor(name="Rom", id="Q1"))))
    await tell(store, "bb", **meeting())
    await tell(store, "ccc", outlet="Abendblatt", **meeting(place=None))
    first, second = await store.calendar(**ANYTIME)
    assert (first.now.date, second.now.date) == ("2026-03-05", "2026-03-09")
    assert first.outlets == ("Tagesblatt", "Abendblatt")


async def test_days(store: Store) -> None:
    """Both ends of a stretch of days belong to it."""
    await tell(store, "a", **meeting())
    stretches = (((3, 1), (3, 4), 0), ((3, 5), (3, 5), 1), ((3, 6), (3, 31), 0), ((1, 1), (12, 31), 1))
    for first, last, found in stretches:
        assert len(await store.calendar(first=date(2026, *first), last=date(2026, *last))) == found


async def test_put_off_is_kept_in_mind(store: Store) -> None:
    """What was put off is found after its old day, because its new one is still to come."""
    await tell(store, "a", **meeting())
    await tell(
        store, "bb", **meeting(modality=Modality.CANCELLED, evidence=replace(
            commitment().evidence, text="Das Treffen wurde verschoben."
        ))
    )  # fmt: skip
    (event,) = await store.calendar(first=date(2026, 4, 1), last=date(2026, 4, 2))
    assert event.now.status is Status.PUT_OFF


async def test_links(store: Store) -> None:
    """Addresses hold until whoever made them voids them, or all are voided."""
    for number, user in enumerate(("ada", "ada", "bo")):
        link = CalendarLink(digest=f"d{number}", kind="slack", user=user, lang="de", created=NOW)
        await store.put_calendar_link(link)
    assert {link.user for link in await store.calendar_links()} == {"ada", "bo"}
    assert await store.revoke_calendar_links("slack", "ada") == 2
    assert await store.revoke_calendar_links("telegram", "bo") == 0
    assert [link.digest for link in await store.calendar_links()] == ["d2"]
    assert await store.revoke_calendar_links() == 1
    assert await store.calendar_links() == []
