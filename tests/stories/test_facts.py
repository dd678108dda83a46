"""What differs between two tellings of one fact, and what of it is news."""

import datetime as dt
from typing import Any

import pytest

from bot.extraction.findings import Actor, Bound, Modality, Quantity
from bot.rules.model import Novelty
from bot.stories.facts import Change, Fact, Slot, advances, differences, is_hedged, says_moved

MONDAY = dt.date(2026, 3, 2)
ALL = Novelty(update_when=("quantity", "modality", "date", "place", "actor"), quantity_change=0.1)


def fact(**changes: Any) -> Fact:
    """A fact of Monday that says that something was decided, but for the changes."""
    values: dict[str, Any] = {"modality": Modality.DECIDED, "date": None, "quantity": None, "day": MONDAY}
    return Fact(**{**values, **changes})


def amount(
    value: float, unit: str = "soldier", bound: Bound = Bound.EXACT, of: str = "", **ends: float
) -> Quantity:
    """So many; `low` and `high` for a range."""
    low, high = ends.get("low"), ends.get("high")
    return Quantity(start=0, end=1, text="x", value=value, low=low, high=high, unit=unit, bound=bound, of=of)


def changed(before: Fact, after: Fact, novelty: Novelty = ALL) -> list[str]:
    """The names of the slots that differ."""
    return [str(change.slot) for change in differences(before, after, novelty)]


AMOUNTS = [
    # before, after, whether it is another amount
    (amount(150), amount(300), True),
    (amount(150), amount(150, bound=Bound.MORE_THAN), False),
    (amount(150), amount(160), False),
    (amount(150), amount(165), True),
    (amount(500), amount(450), True),
    (amount(150, of="Ausbilder"), amount(300, of="Soldaten"), True),
    (amount(10, "tonne"), amount(10_000, "kilogram"), False),
    (amount(10, "tonne"), amount(20_000, "kilogram"), True),
    (amount(150), amount(20, "vehicle"), False),
    (amount(400e6, "EUR"), amount(500e6, "USD"), False),
    (amount(3, "other", of="Brücken"), amount(5, "other", of="Zelte"), False),
    (amount(3, "other", of="Brücken"), amount(5, "other", of="Brücken"), True),
    (amount(150, bound=Bound.RANGE, low=100, high=200), amount(180), False),
    (amount(150, bound=Bound.RANGE, low=100, high=200), amount(300), True),
    (None, amount(300), True),
    (amount(300), None, False),
]


@pytest.mark.parametrize(("before", "after", "other"), AMOUNTS)
def test_amounts(before: Quantity | None, after: Quantity | None, *, other: bool) -> None:
    """Amounts are compared where their units agree or convert, and change by the share the rule names."""
    assert changed(fact(quantity=before), fact(quantity=after)) == (["quantity"] if other else [])


def test_about_is_rounded() -> None:
    """A rounded amount is no other one, even where the rule asks for any change."""
    novelty = Novelty(update_when=("quantity",))
    about, exact = amount(1800, bound=Bound.ABOUT), amount(1823)
    assert changed(fact(quantity=about), fact(quantity=exact), novelty) == []
    assert changed(fact(quantity=amount(1800)), fact(quantity=exact), novelty) == ["quantity"]


M = Modality
FIRMNESS = [
    # before, after, whether they differ, whether that is news
    (M.UNDER_DISCUSSION, M.DECIDED, True, True),
    (M.EXPECTED, M.PLEDGED, True, True),
    (M.OFFERED, M.SCHEDULED, True, True),
    (M.DECIDED, M.OCCURRED, True, True),
    (M.PLEDGED, M.DECIDED, False, False),
    (M.SCHEDULED, M.DECIDED, False, False),
    (M.DECIDED, M.EXPECTED, True, False),
    (M.OCCURRED, M.DECIDED, True, False),
    (M.DECIDED, M.DENIED, True, True),
    (M.SCHEDULED, M.CANCELLED, True, True),
    (M.DENIED, M.DECIDED, True, True),
    (M.DENIED, M.CANCELLED, False, False),
    (M.DECIDED, M.HISTORICAL, False, False),
]


@pytest.mark.parametrize(("before", "after", "differs", "news"), FIRMNESS)
def test_how_firm_a_thing_is(before: Modality, after: Modality, *, differs: bool, news: bool) -> None:
    """A thing that gets firmer or is denied is news; told less firmly, or in another word, it is none."""
    found = differences(fact(modality=before), fact(modality=after), ALL)
    assert bool(found) == differs
    assert any(map(advances, found)) == news


DATES = [
    # before, after, whether the date differs
    ("2026-03-03", "2026-03-04", True),
    ("2026-05", "2026-06", True),
    ("2026-05", "2026-05-12", False),
    (None, "2026-03-04", True),
    ("2026-03-03", None, False),
    # An announcement's own day, and days gone by, are no dates of the thing.
    ("2026-05", "2026-03-02", False),
    ("2026-03-01", "2026-05", False),
    (None, "2026-02-27", False),
]


@pytest.mark.parametrize(("before", "after", "other"), DATES)
def test_dates(before: str | None, after: str | None, *, other: bool) -> None:
    """Only days that lay ahead are compared, and a day in May is no other date than May."""
    assert changed(fact(date=before), fact(date=after)) == (["date"] if other else [])


def test_what_is_put_off() -> None:
    """Without a new date it has none; where it had none nothing changed."""
    put_off = fact(modality=None, moved=True)
    (change,) = differences(fact(date="2026-03-05"), put_off, ALL)
    assert change == Change(slot=Slot.DATE, before="2026-03-05", after=None)
    assert changed(fact(), put_off) == []


def place(name: str, id: str | None = None, country: str | None = None, kind: str = "place") -> Actor:  # noqa: A002
    """A place."""
    return Actor(name=name, id=id, country=country, kind=kind)


PLACES = [
    # before, its language, after, whether it is another place
    (place("Berlin", country="DE"), "de", place("Paris", country="FR"), True),
    (place("Vienna", country="AT"), "en", place("Wien", country="AT"), False),
    (place("Litauen", "LT", "LT", "country"), "de", place("Vilnius", country="LT"), False),
    (place("Litauen", "LT", "LT", "country"), "de", place("Lettland", "LV", "LV", "country"), True),
    (place("Old Town"), "en", place("Altstadt"), False),
]


@pytest.mark.parametrize(("before", "lang", "after", "other"), PLACES)
def test_places(before: Actor, lang: str, after: Actor, *, other: bool) -> None:
    """A town in its country, or a name of another language that nobody knows, is no other place."""
    found = changed(fact(places=(before,), lang=lang), fact(places=(after,), lang="de"))
    assert found == (["place"] if other else [])


def test_only_what_is_asked_is_compared() -> None:
    """Slots that the rule does not name are left alone; how firm it is goes along with the others."""
    before = fact(modality=M.DECIDED, quantity=amount(150), date="2026-05")
    after = fact(modality=M.EXPECTED, quantity=amount(300), date="2026-06")
    assert changed(before, after, Novelty(update_when=("quantity",))) == ["quantity", "modality"]


DENIALS = [
    # what the denial says beside it, the slots that differ
    ({}, ["modality"]),
    ({"quantity": amount(150)}, ["modality"]),
    ({"date": "2026-05"}, ["modality"]),
    ({"quantity": amount(300)}, []),
    ({"date": "2026-06"}, []),
]


@pytest.mark.parametrize(("says", "slots"), DENIALS)
def test_a_denial_of_another_thing(says: dict[str, Any], slots: list[str]) -> None:
    """What is denied has the figure and the day that were told, or names none."""
    before = fact(quantity=amount(150), date="2026-05")
    assert changed(before, fact(modality=M.DENIED, **says)) == slots


HEDGED = [
    ("Kanada verlegt so viele Soldaten wie nie zuvor.", "de", True),
    ("Norwegen schickt keine Kampftruppen, sondern Ausbilder.", "de", True),
    ("Norwegen schickt die Soldaten nicht vor Juni.", "de", True),
    ("Norwegen schickt doch keine Soldaten nach Litauen.", "de", False),
    ("Norway will send not only trainers but also soldiers.", "en", True),
    ("Norway will not send the soldiers before June.", "en", True),
    ("Norway will not send soldiers to Lithuania.", "en", False),
]


@pytest.mark.parametrize(("text", "lang", "hedged"), HEDGED)
def test_words_beside_which_a_denial_is_no_denial(text: str, lang: str, *, hedged: bool) -> None:
    """Words that let a negation mean another thing, in German and English."""
    assert is_hedged(text, lang) == hedged


MOVED = [
    ("Das Treffen wurde auf Mittwoch verschoben.", "de", True),
    ("Die Minister kommen erst am Freitag zusammen.", "de", True),
    ("Der Gipfel findet am Freitag statt.", "de", False),
    ("The meeting has been postponed to Wednesday.", "en", True),
    ("The ministers will meet on Friday instead of on Monday.", "en", True),
    ("The ministers will meet on Friday.", "en", False),
    ("La réunion est reportée.", "fr", False),
]


@pytest.mark.parametrize(("text", "lang", "moved"), MOVED)
def test_words_of_moving(text: str, lang: str, *, moved: bool) -> None:
    """Words that say that a date is another one now, in German and English."""
    assert says_moved(text, lang) == moved
