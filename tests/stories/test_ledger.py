"""What a report does to the ledger: the cases that articles rarely show."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.amounts import amount_in
from bot.alerts.recording import report_of
from bot.article.model import Published
from bot.extraction.findings import Actor, Bound, Modality, Quantity
from bot.stories.additions import is_additional
from bot.stories.facts import Slot
from bot.stories.ledger import Entered, Entry, Kind, Report, entered, kind_of, without
from bot.stories.ledger_present import changes, corrected, present, searchable
from bot.stories.search import search_key
from tests.fakes.alerts import alert, article_ref
from tests.fakes.meetings import NOON

SWEDEN = Actor(name="Schweden", id="SE", kind="country", country="SE")
LATVIA = Actor(name="Lettland", id="LV", kind="country", country="LV")


def soldiers(number: float, bound: Bound = Bound.EXACT) -> Quantity:
    """So many soldiers."""
    return Quantity(start=0, end=1, text="", value=number, low=None, high=None, unit="soldier", bound=bound)


def report(hour: int = 9, **changes: Any) -> Report:
    """Norway sends 150 soldiers to Lithuania, published at an hour, but for the changes."""
    outlet = changes.pop("outlet", f"Blatt {hour}")
    ref = article_ref(id=f"a{hour}", source_name=outlet, published=Published(at=NOON.replace(hour=hour)))
    values: dict[str, Any] = {"id": f"alert-{hour}", "article": ref, "date": None, **changes}
    made = report_of(alert(**values))
    assert made is not None
    return made


def after(*reports: Report, days: float = 0.01) -> tuple[list[Entered], list[Entry]]:
    """What each report did, and the ledger at the end."""
    entries: dict[str, Entry] = {}
    verdicts = []
    for number, one in enumerate(reports):
        outcome = entered(list(entries.values()), one, NOON + number * timedelta(days=days))
        verdicts.append(outcome.entered)
        if outcome.entry:
            entries[outcome.entry.id] = outcome.entry
    return verdicts, list(entries.values())


SECOND = [
    ({}, Entered.SAME),
    ({"quantity": None}, Entered.SAME),
    ({"quantity": soldiers(300)}, Entered.CHANGED),
    ({"quantity": soldiers(152, Bound.ABOUT)}, Entered.SAME),
    ({"quantity": replace(soldiers(20), unit="vehicle")}, Entered.SAME),
    ({"modality": Modality.UNDER_DISCUSSION}, Entered.SAME),
    ({"modality": Modality.OCCURRED}, Entered.CHANGED),
    ({"modality": Modality.DENIED, "quantity": None}, Entered.CHANGED),
    ({"modality": Modality.DENIED, "quantity": soldiers(900)}, Entered.SAME),
    ({"modality": Modality.DEMANDED}, Entered.NO_COMMITMENT),
    ({"date": "2026-05"}, Entered.CHANGED),
    ({"place": LATVIA}, Entered.NEW),
    ({"place": None}, Entered.SAME),
    ({"place": None, "quantity": soldiers(900)}, Entered.SAME),  # perhaps another commitment
    ({"actors": (SWEDEN,)}, Entered.NEW),
    ({"actors": ()}, Entered.NO_COMMITMENT),
    ({"event_type": "troops.withdraw"}, Entered.NEW),
]


@pytest.mark.parametrize(("changes_", "does"), SECOND)
def test_a_second_report(changes_: dict[str, Any], does: Entered) -> None:
    """What is new, changed, the same, or no commitment at all, after 150 soldiers were decided."""
    verdicts, entries = after(report(9), report(10, **changes_))
    assert verdicts == [Entered.NEW, does]
    assert len(entries) == (2 if does is Entered.NEW else 1)


KINDS = [
    ("troops.commit", Kind.TROOPS), ("troops.withdraw", Kind.WITHDRAWAL), ("aid.money", Kind.AID),
    ("aid.vaccines", Kind.AID), ("sanction.lift", Kind.SANCTIONS), ("ceasefire", Kind.CEASEFIRE),
    ("ceasefire.broken", None), ("consult.call", None), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("event", "kind"), KINDS)
def test_kinds(event: str | None, kind: Kind | None) -> None:
    """Which events are commitments, those of rule packs in the same families too."""
    assert kind_of(event) is kind


def test_a_month_later_it_is_another_commitment() -> None:
    """A figure a month after the last report is no change of it, a denial still is."""
    assert after(report(9), report(10, quantity=soldiers(300)), days=31)[0][1] is Entered.NEW
    assert (
        after(report(9), report(10, modality=Modality.DENIED, quantity=None), days=31)[0][1]
        is Entered.CHANGED
    )


def test_a_month_without_a_word_makes_it_another_commitment() -> None:
    """What is told again and again goes on being the same one."""
    told = report(9), report(10), report(11, quantity=soldiers(300))
    assert after(*told, days=20)[0] == [Entered.NEW, Entered.SAME, Entered.CHANGED]


def test_what_an_article_leaves_open_stays() -> None:
    """A denial without a figure keeps the figure that was denied, and the history keeps all."""
    _, (entry,) = after(
        report(9), report(10, quantity=soldiers(300)), report(11, modality=Modality.DENIED, quantity=None)
    )
    now = present(entry)
    assert (now.quantity and now.quantity.value, now.modality) == (300, Modality.DENIED)
    told = [[str(change.slot) for change in changed] for _, changed in changes(entry)]
    assert told == [[], ["quantity"], ["modality"]]


def test_a_copy_of_the_first_report_changes_nothing() -> None:
    """The old figure from elsewhere, later, is a copy; from the outlet of the new one it is a change."""
    first, more = report(9), report(10, quantity=soldiers(300), outlet="B")
    assert after(first, more, report(11, outlet="C"))[0][-1] is Entered.SAME
    assert after(first, more, report(11, outlet="B"))[0][-1] is Entered.CHANGED


def test_a_late_report_stands_at_its_place() -> None:
    """Between the states that were published before and after it; a copy of an earlier one stands nowhere."""
    verdicts, (entry,) = after(
        report(9), report(12, quantity=soldiers(300)), report(10, quantity=soldiers(200)), report(11)
    )
    assert verdicts == [Entered.NEW, Entered.CHANGED, Entered.LATE, Entered.SAME]
    amounts = [state.fact.quantity and state.fact.quantity.value for state in entry.states]
    assert amounts == [150, 200, 300]


def test_corrections_lie_over_what_articles_say() -> None:
    """The last correction of a slot holds; what is carried along from before contests nothing."""
    _, (entry,) = after(report(9))
    for number in (200, 250):
        entry = corrected(entry, Slot.QUANTITY, soldiers(number), by="a", at=NOON + timedelta(minutes=1))
    entry = corrected(entry, Slot.PLACE, (LATVIA,), by="a", at=NOON + timedelta(minutes=1))
    outcome = entered([entry], report(10, date="2026-05", quantity=None), NOON + timedelta(minutes=2))
    assert outcome.entry is not None
    now = present(outcome.entry)
    assert (now.quantity, now.where, now.date) == (soldiers(250), (LATVIA,), "2026-05")
    assert now.contested == ()
    more = entered([entry], report(10, quantity=soldiers(800)), NOON + timedelta(minutes=2)).entry
    assert more is not None
    assert [
        amount_in(value, "en") for _, value in present(more).contested if isinstance(value, Quantity)
    ] == ["800 soldiers"]


def test_found_by_all_its_names() -> None:
    """By code and name of who and where, as they are typed in German and English."""
    _, (entry,) = after(report(9))
    names = searchable(entry)
    for typed in ("NO", "no", "Norwegen", "Norway", "LT", "Litauen"):
        assert f"|{search_key(typed)}|" in names
    assert "|or|" not in names


def test_without_an_alert() -> None:
    """What one alert and its updates brought goes; a first one with nothing beside it takes all of it."""
    _, (entry,) = after(report(9), report(10, quantity=soldiers(300)))
    left = without(entry, "alert-10")
    assert left is not None
    assert present(left).quantity == report(9).fact.quantity
    assert without(left, "alert-9") is None


def test_since_is_the_first_publication() -> None:
    """Whatever was read first."""
    _, (entry,) = after(report(10, quantity=soldiers(300)), report(9))
    assert present(entry).since == datetime(2026, 3, 2, 9, tzinfo=NOON.tzinfo)
    assert [state.fact.quantity and state.fact.quantity.value for state in entry.states] == [150, 300]


ADDITIONS = [
    ("de", "Deutschland gibt weitere ", "400 Euro", True),
    ("de", "Deutschland gibt ", "400 Euro", False),
    ("de", "Deutschland entsendet ", "500 weitere Soldaten", True),
    ("de", "Nach weiteren Beratungen gibt es ", "400 Euro", False),
    ("en", "Norway sends another ", "500 soldiers", True),
    ("en", "Norway sends ", "500 more soldiers", True),
    ("en", "Norway pledged an additional ", "400 euros", True),
    ("en", "Norway sends ", "more than 500 soldiers", False),
    (None, "Norway sends another ", "500 soldiers", False),
]


@pytest.mark.parametrize(("lang", "before", "amount", "additional"), ADDITIONS)
def test_what_comes_on_top(lang: str | None, before: str, amount: str, *, additional: bool) -> None:
    """Words beside an amount say so, not any in its sentence; a bound is none."""
    bound = Bound.MORE_THAN if "than" in amount else Bound.EXACT
    start = 100 + len(before)
    found = replace(soldiers(500, bound), start=start, end=start + len(amount), text=amount)
    assert is_additional(found, f"{before}{amount} in Berlin.", 100, lang) is additional


def test_what_comes_on_top_is_another_commitment() -> None:
    """And whoever tells one of the two amounts again speaks of that one."""
    verdicts, entries = after(
        report(9),
        replace(report(10, quantity=soldiers(200)), additional=True),
        replace(report(11, quantity=soldiers(200)), additional=True),
        report(12),
        report(13, quantity=soldiers(200)),
        report(14, quantity=soldiers(900)),
    )
    assert verdicts == [
        Entered.NEW, Entered.NEW, Entered.SAME, Entered.SAME, Entered.SAME, Entered.CHANGED,
    ]  # fmt: skip
    assert [len(entry.states) for entry in entries] == [1, 2]


def test_a_contradiction_shows_both_sides() -> None:
    """Two outlets that differ within the hour, without a word of a change, are shown beside each other."""
    _, (entry,) = after(report(9), replace_minutes(report(9, quantity=soldiers(300), outlet="B"), 20))
    assert present(entry).quantity == soldiers(300)
    ((_, none), (_, told)) = changes(entry)
    assert none == ()
    assert [(one.slot, one.sides) for one in told] == [(Slot.QUANTITY, ("Blatt 9", "B"))]


def replace_minutes(one: Report, minutes: int) -> Report:
    """The same, published so many minutes later, as another article."""
    at = NOON.replace(hour=9, minute=minutes)
    evidence = replace(one.evidence, article="other", alert="other", published=Published(at=at))
    return replace(one, fact=replace(one.fact, published=at), evidence=evidence)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 23), st.sampled_from((100, 200, 300))), min_size=1, max_size=8))
def test_the_history_is_in_the_order_of_publication(told: list[tuple[int, int]]) -> None:
    """Whatever order articles come in; each amount that the history shows was told, and nothing is lost."""
    reports = [report(hour, quantity=soldiers(number), outlet="A") for hour, number in told]
    _, entries = after(*reports)
    (entry,) = entries
    times = [state.fact.published for state in entry.states]
    assert times == sorted(times, key=lambda at: at or NOON)
    kept = {state.evidence.article for state in entry.states} | {one.article for one in entry.mentions}
    assert kept == {one.evidence.article for one in reports}
