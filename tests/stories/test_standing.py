"""How a fact stands to what was told before."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.extraction.findings import Modality
from bot.rules.model import Novelty
from bot.stories.facts import Change, Fact, Slot, says_revised
from bot.stories.standing import Standing, Told, standing
from tests.stories.test_facts import amount

AT = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
TROOPS = Novelty(key=("actor", "place"), update_when=("quantity", "modality", "date"), quantity_change=0.1)
MEETING = Novelty(key=("participant", "date"), update_when=("date", "modality"))
HOUR = dt.timedelta(hours=1)


def fact(value: float | None = None, hours: int = 0, outlet: str = "A", **changes: Any) -> Fact:
    """So many soldiers, told some hours after noon by an outlet."""
    values: dict[str, Any] = {
        "modality": Modality.DECIDED,
        "date": None,
        "quantity": amount(value) if value else None,
        "day": AT.date(),
        "published": AT + hours * HOUR,
        "outlet": outlet,
    }
    return Fact(**{**values, **changes})


def told(*facts: Fact) -> list[Told]:
    """An alert and its updates."""
    return [Told(id=str(number), first="0", fact=one) for number, one in enumerate(facts)]


def stands(new: Fact, *before: Fact, novelty: Novelty = TROOPS) -> Standing:
    """How a fact stands to an alert and its updates."""
    return standing(new, told(*before), [], novelty).standing


def test_what_was_not_told_is_new() -> None:
    """Nothing under its key was told."""
    assert stands(fact(150)) is Standing.NEW


def test_the_same_again() -> None:
    """The same figure, or none, from whomever."""
    assert stands(fact(150, 1, "B"), fact(150)) is Standing.SAME
    assert stands(fact(None, 1, "B"), fact(150)) is Standing.SAME


def test_a_change_is_measured_from_the_present_state() -> None:
    """What an update told is known; the next change is one from there."""
    assert stands(fact(300, 1), fact(150)) is Standing.CHANGED
    assert stands(fact(300, 2, "B"), fact(150), fact(300, 1)) is Standing.SAME
    verdict = standing(fact(500, 2), told(fact(150), fact(300, 1)), [], TROOPS)
    assert verdict.told
    assert (verdict.told.id, verdict.told.first) == ("1", "0")
    assert verdict.changes[0].before == amount(300)


def test_a_late_copy_of_the_first_figure() -> None:
    """Other outlets that still tell the first figure take nothing back; the outlet of the new one may."""
    state = fact(150, 0, "A"), fact(300, 1, "B")
    assert stands(fact(150, 2, "C"), *state) is Standing.OUTDATED
    assert stands(fact(150, 2, "A"), *state) is Standing.OUTDATED
    assert stands(fact(150, 2, "B"), *state) is Standing.CHANGED


def test_a_first_figure_beside_real_news() -> None:
    """An old figure with a new state of the thing is news."""
    state = fact(150, modality=Modality.EXPECTED), fact(300, 1, "B", modality=Modality.EXPECTED)
    assert stands(fact(150, 2, "C", modality=Modality.DECIDED), *state) is Standing.CHANGED


def test_an_article_older_than_what_is_told() -> None:
    """Feeds are late: what was published before the present state changes nothing, to the hour or the day."""
    assert stands(fact(150, -2, "B"), fact(300)) is Standing.OUTDATED
    day_before = fact(150, outlet="B", published=None, day=AT.date() - dt.timedelta(days=1))
    assert stands(day_before, fact(300)) is Standing.OUTDATED


def test_a_figure_and_its_old_one_in_one_article() -> None:
    """Of one article one thing is told; the other figure in it is background."""
    verdict = standing(fact(150, 1), told(fact(150)), [fact(300, 1)], TROOPS)
    assert verdict.standing is Standing.SAME


def test_another_unit_in_between() -> None:
    """An amount is compared with the last one that can be compared with it."""
    vehicles = fact(hours=1, outlet="B", quantity=amount(20, "vehicle"), modality=Modality.OCCURRED)
    later = fact(800, 2, "C", modality=Modality.OCCURRED)
    assert stands(later, fact(150), vehicles) is Standing.CHANGED
    assert stands(fact(150, 2, "C", modality=Modality.OCCURRED), fact(150), vehicles) is Standing.SAME


def test_a_fact_that_may_be_another_one() -> None:
    """Where it is not known who acts or where, nothing is called a change."""
    assert stands(fact(300, 1, vague=True), fact(150, vague=True)) is Standing.SAME


def test_a_date_where_there_was_none() -> None:
    """It is no news by itself, but is told with other news."""
    assert stands(fact(150, 1, date="2026-05"), fact(150)) is Standing.SAME
    verdict = standing(fact(300, 1, date="2026-05"), told(fact(150)), [], TROOPS)
    assert [str(change.slot) for change in verdict.changes] == ["quantity", "date"]


def test_only_what_the_rule_asks_about() -> None:
    """Without `update_when` every change is the same fact."""
    assert stands(fact(300, 1), fact(150), novelty=Novelty()) is Standing.SAME


def meeting(date: str | None, hours: int = 0, **changes: Any) -> Fact:
    """A meeting on a day."""
    return fact(hours=hours, date=date, **{"modality": Modality.SCHEDULED, **changes})


def test_another_date_is_another_meeting() -> None:
    """People who meet twice have two meetings, unless the article says that it was moved."""
    first = meeting("2026-03-05")
    other = meeting("2026-03-09", 1)
    assert stands(other, first, novelty=MEETING) is Standing.NEW
    assert stands(replace(other, moved=True), first, novelty=MEETING) is Standing.CHANGED
    assert stands(meeting("2026-03-05", 1), first, novelty=MEETING) is Standing.SAME


def test_nobody_knows_which_meeting_was_moved() -> None:
    """Of two meetings ahead none is updated."""
    both = [Told(id=str(n), first=str(n), fact=meeting(f"2026-03-0{n}")) for n in (5, 7)]
    moved = meeting("2026-03-09", 1, moved=True)
    assert standing(moved, both, [], MEETING).standing is Standing.NEW


def test_a_meeting_without_a_date() -> None:
    """It may be the one that is known, if that lies ahead and it is known who meets."""
    undated = meeting(None, 1)
    assert stands(undated, meeting("2026-03-05"), novelty=MEETING) is Standing.SAME
    assert stands(undated, meeting("2026-02-27"), novelty=MEETING) is Standing.NEW
    assert stands(replace(undated, vague=True), meeting("2026-03-05"), novelty=MEETING) is Standing.NEW
    assert stands(meeting("2026-03-05", 1), meeting(None), novelty=MEETING) is Standing.CHANGED


def test_a_meeting_called_off() -> None:
    """The one on its day, else the one ahead."""
    off = meeting("2026-03-05", 1, modality=Modality.CANCELLED)
    assert stands(off, meeting("2026-03-05"), novelty=MEETING) is Standing.CHANGED
    assert stands(replace(off, date=None), meeting("2026-03-05"), novelty=MEETING) is Standing.CHANGED
    assert stands(replace(off, date="2026-03-09"), meeting("2026-03-05"), novelty=MEETING) is Standing.NEW


def test_two_meetings_in_one_article() -> None:
    """Another date in the same article is another meeting."""
    verdict = standing(meeting("2026-03-09"), [], [meeting("2026-03-05")], MEETING)
    assert verdict.standing is Standing.NEW


def sides(new: Fact, before: Fact, novelty: Novelty = TROOPS) -> list[tuple[str, tuple[str, str] | None]]:
    """What is told of a fact after another one: the slots, and who contradicts whom about them."""
    return [(str(change.slot), change.sides) for change in standing(new, told(before), [], novelty).changes]


MINUTES = dt.timedelta(minutes=40)


def test_two_outlets_with_two_figures() -> None:
    """Within the hour, and without a word of change, they contradict each other: both are named."""
    soon = fact(800, outlet="B", published=AT + MINUTES)
    assert sides(soon, fact(500)) == [("quantity", ("A", "B"))]
    verdict = standing(soon, told(fact(500)), [], TROOPS)
    assert verdict.standing is Standing.CHANGED
    assert verdict.changes == (
        Change(slot=Slot.QUANTITY, before=amount(500), after=amount(800), sides=("A", "B")),
    )


def test_an_earlier_article_that_is_read_late_contradicts() -> None:
    """Which of the two feeds was faster does not matter within the hour."""
    late = fact(800, outlet="B", published=AT - MINUTES)
    assert sides(late, fact(500)) == [("quantity", ("A", "B"))]


PLAIN = [
    pytest.param({"published": AT + 2 * HOUR}, id="later"),
    pytest.param({"outlet": "A"}, id="the same outlet"),
    pytest.param({"revises": True}, id="words of revision"),
    pytest.param({"outlet": None}, id="nobody knows who"),
    pytest.param({"published": None}, id="nobody knows when"),
    pytest.param({"modality": Modality.OCCURRED}, id="the thing has come further"),
]


@pytest.mark.parametrize("changes", PLAIN)
def test_a_plain_change(changes: dict[str, Any]) -> None:
    """It is no contradiction but a change, with nobody's sides."""
    new = fact(800, **{"outlet": "B", "published": AT + MINUTES, **changes})
    found = sides(new, fact(500))
    assert ("quantity", None) in found
    assert all(side is None for _, side in found)


def test_two_days_for_what_was_decided() -> None:
    """Another month is contradicted like another figure."""
    before = fact(500, date="2026-05")
    soon = fact(500, outlet="B", published=AT + MINUTES, date="2026-06")
    assert sides(soon, before) == [("date", ("A", "B"))]


REVISED = [
    ("de", "Deutschland stockt auf: Nun sollen 800 Soldaten nach Litauen gehen.", True),
    ("de", "Die Regierung entsendet 800 statt 500 Soldaten.", True),
    ("de", "Deutschland schickt 800 Soldaten nach Litauen.", False),
    ("en", "Germany will send 800 soldiers instead of 500.", True),
    ("en", "The contingent was increased to 800 soldiers.", True),
    ("en", "Germany will send 800 soldiers to Lithuania.", False),
]


@pytest.mark.parametrize(("lang", "text", "revises"), REVISED)
def test_words_of_revision(lang: str, text: str, revises: bool) -> None:  # noqa: FBT001  (a column of the table)
    """Whoever says that there are more now knows of the first figure."""
    assert says_revised(text, lang) is revises
