"""Which mentions are one event, and what becomes of it: the cases that articles rarely show."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Published
from bot.extraction.findings import Actor, Medium, Modality
from bot.stories.calendar import Noted, noted, without
from bot.stories.calendar_model import CalendarEntry, Mention, Precision, Status, precision_of
from tests.fakes.meetings import BERLIN, MACRON, MERZ, NOON, entry, evidence, version

MELONI = Actor(name="Giorgia Meloni", id="Q1", kind="person", country="IT")
FRANCE = Actor(name="France", id="FR", kind="country", country="FR")
PRESIDENT = Actor(name="der französische Präsident", kind="person", country="FR", office=True)
DIPLOMATS = Actor(name="Diplomaten", kind="person")
PARIS = Actor(name="Paris", country="FR")


def mention(day: int = 3, hour: int = 9, outlet: str = "Tagesblatt", **changes: Any) -> Mention:
    """The same meeting announced on a day of March, but for the changes."""
    published = Published(at=datetime(2026, 3, day, hour, tzinfo=NOON.tzinfo))
    values: dict[str, Any] = {
        "event_type": "consult.meeting",
        "medium": Medium.MEETING,
        "modality": Modality.SCHEDULED,
        "participants": (MERZ, MACRON),
        "place": BERLIN,
        "date": "2026-03-05",
        "moved": False,
        "announces": True,
        "day": date(2026, 3, day),
        "evidence": evidence(
            alert=f"m{day}{hour}", first=f"m{day}{hour}", outlet=outlet, published=published
        ),
    }
    return Mention(**{**values, **changes})


def after(
    *mentions: Mention, known: tuple[CalendarEntry, ...] = ()
) -> tuple[list[Noted], list[CalendarEntry]]:
    """What each mention did, and the calendar at the end."""
    entries, verdicts = {one.id: one for one in known}, []
    for number, one in enumerate(mentions):
        outcome = noted(list(entries.values()), one, NOON + timedelta(days=number))
        verdicts.append(outcome.noted)
        if outcome.entry:
            entries[outcome.entry.id] = outcome.entry
    return verdicts, list(entries.values())


SAME = [
    # what the second mention says otherwise, what it does
    ({"participants": (MACRON, MERZ)}, Noted.SAME),
    ({"participants": (MERZ, PRESIDENT)}, Noted.SAME),
    ({"participants": (MERZ, FRANCE)}, Noted.SAME),
    ({"participants": (MERZ, MACRON, MELONI)}, Noted.DETAIL),
    ({"participants": (MERZ, MELONI)}, Noted.NEW),
    ({"participants": (DIPLOMATS,)}, Noted.SAME),
    ({"participants": (DIPLOMATS,), "place": PARIS}, Noted.NEW),
    ({"participants": (), "place": None}, Noted.NEW),
    ({"event_type": "consult.visit", "medium": Medium.VISIT}, Noted.SAME),
    ({"event_type": "consult.call", "medium": Medium.CALL}, Noted.NEW),
    ({"event_type": "protest", "medium": None}, Noted.NEW),
    ({"date": "2026-03-12"}, Noted.NEW),
    ({"date": "2026-03"}, Noted.SAME),
    ({"date": "2026-03", "place": PARIS}, Noted.NEW),
    ({"date": "2026-03-05T14:00"}, Noted.DETAIL),
    ({"date": "2026-03-01"}, Noted.NOTHING),
    ({"date": None}, Noted.NOTHING),
    ({"modality": Modality.DEMANDED, "date": "2026-03-20"}, Noted.NOTHING),
    ({"announces": False, "date": "2026-03-20"}, Noted.NOTHING),
]


@pytest.mark.parametrize(("changes", "does"), SAME)
def test_a_second_mention(changes: dict[str, Any], does: Noted) -> None:
    """It is the same event where day, people and kind agree; vague people need the same place and day."""
    verdicts, entries = after(mention(2), mention(3, **changes))
    assert verdicts[1] is does
    assert len(entries) == (2 if does is Noted.NEW else 1)


OTHERWISE = [
    ({"modality": Modality.CANCELLED, "announces": False}, Noted.CANCELLED),
    ({"modality": Modality.DENIED, "announces": False, "date": None}, Noted.CANCELLED),
    (
        {"modality": Modality.CANCELLED, "announces": False, "participants": (MERZ,), "place": None},
        Noted.NOTHING,
    ),
    ({"modality": Modality.CANCELLED, "moved": True, "date": None}, Noted.PUT_OFF),
    ({"moved": True, "date": "2026-03-09"}, Noted.MOVED),
    ({"moved": True, "date": "2026-03-09", "participants": (MERZ,), "place": None}, Noted.NEW),
    ({"modality": Modality.OCCURRED, "announces": False}, Noted.SAME),  # two days before its day
]


@pytest.mark.parametrize(("changes", "does"), OTHERWISE)
def test_what_becomes_of_it(changes: dict[str, Any], does: Noted) -> None:
    """Called off, put off, moved; who is named alone meets many, and ends nothing."""
    assert after(mention(2), mention(3, **changes))[0][1] is does


def test_a_move_is_told_by_many() -> None:
    """The second outlet that tells of the move puts nothing off; the history keeps the first day."""
    moved: dict[str, Any] = {"moved": True, "date": "2026-03-06"}
    verdicts, (found,) = after(mention(2), mention(3, **moved), mention(3, 10, outlet="Abendblatt", **moved))
    assert verdicts == [Noted.NEW, Noted.MOVED, Noted.SAME]
    assert [one.date for one in found.versions] == ["2026-03-05", "2026-03-06"]
    assert found.outlets == ("Tagesblatt", "Abendblatt")


def test_of_two_meetings_ahead_nobody_knows_which_one_moved() -> None:
    """Then the new day is a meeting of its own, and both stay where they were."""
    verdicts, entries = after(
        mention(2), mention(2, date="2026-03-12"), mention(3, moved=True, date="2026-03-20")
    )
    assert verdicts == [Noted.NEW, Noted.NEW, Noted.NEW]
    assert {str(one.now.date) for one in entries} == {"2026-03-05", "2026-03-12", "2026-03-20"}


def test_an_alert_that_is_updated_says_which_one_moved() -> None:
    """The update of an alert moves what that alert announced."""
    first, other = mention(2), mention(2, 10, date="2026-03-12")
    moved = mention(3, moved=True, date="2026-03-06")
    moved = replace(moved, evidence=replace(moved.evidence, first=first.evidence.alert))
    verdicts, _ = after(first, other, moved)
    assert verdicts[-1] is Noted.MOVED


def test_only_who_called_it_off_calls_it_on_again() -> None:
    """A later copy of the announcement from elsewhere does not bring it back."""
    off = mention(3, modality=Modality.CANCELLED, announces=False)
    assert after(mention(2), off, mention(4, outlet="Abendblatt"))[0][-1] is Noted.SAME
    verdicts, (found,) = after(mention(2), off, mention(4))
    assert (verdicts[-1], found.now.status) == (Noted.AGAIN, Status.AHEAD)


def test_late_articles_change_nothing() -> None:
    """An announcement that comes after it was called off, but was published before, is outdated."""
    off = mention(3, modality=Modality.CANCELLED, announces=False)
    verdicts, (found,) = after(off, mention(4), off, mention(2))
    assert verdicts == [Noted.NOTHING, Noted.NEW, Noted.OUTDATED, Noted.OUTDATED]
    assert found.now.status is Status.AHEAD


def test_it_took_place_only_when_its_day_has_come() -> None:
    """On the day or later, and of what is over the report ends it once."""
    over: dict[str, Any] = {"modality": Modality.OCCURRED, "announces": False}
    verdicts, (found,) = after(mention(2), mention(5, 18, **over), mention(6, **over))
    assert verdicts == [Noted.NEW, Noted.TOOK_PLACE, Noted.SAME]
    assert (found.now.status, found.now.modality) == (Status.TOOK_PLACE, Modality.SCHEDULED)


def test_a_report_without_a_day_is_of_the_last_days() -> None:
    """A week later it may be of another meeting."""
    over: dict[str, Any] = {"modality": Modality.OCCURRED, "announces": False, "date": None}
    assert after(mention(2), mention(7, **over))[0][-1] is Noted.TOOK_PLACE
    assert after(mention(2), mention(12, **over))[0][-1] is Noted.NOTHING


PRECISIONS = [
    ("2026-03-05T14:00", Precision.TIME), ("2026-03-05", Precision.DAY), ("2026-03-05TMO", Precision.DAY),
    ("2026-W11", Precision.WEEK), ("2026-03", Precision.MONTH), ("2026-02", Precision.MONTH),
    ("2026-Q2", Precision.LONGER), ("2026", Precision.LONGER),
]  # fmt: skip


@pytest.mark.parametrize(("written", "precision"), PRECISIONS)
def test_precision(written: str, precision: Precision) -> None:
    """Of a TIMEX3 date."""
    assert precision_of(written) is precision


def test_what_an_alert_brought_goes_with_it() -> None:
    """Its version goes, the others stay; nothing is left of an entry that rested on it alone."""
    told = entry(version(), version(date="2026-03-06", evidence=evidence(alert="y", first="y")))
    left = without(told, "y")
    assert left is not None
    assert left.now.date == "2026-03-05"
    assert without(left, "x") is None


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(4)), st.integers(0, 3))
def test_the_order_of_one_poll_is_no_matter(order: list[int], hour: int) -> None:
    """Articles of one announcement make one entry of the exact day and hour, in whatever order they come."""
    said = [
        mention(2, hour), mention(2, hour, date="2026-03-05T14:00"),
        mention(2, hour, participants=(MERZ, PRESIDENT)), mention(2, hour, date="2026-03"),
    ]  # fmt: skip
    _, entries = after(*(said[number] for number in order))
    assert [(one.now.date, one.now.status) for one in entries] == [("2026-03-05T14:00", Status.AHEAD)]
