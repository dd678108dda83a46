from datetime import date, timedelta

import pytest

from bot.extraction.findings import Bound, Quantity
from bot.rules.conditions import DateIs, QuantityIs
from bot.rules.measures import date_lies, days_of, quantity_lies


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-03-02", "2026-03-02", "2026-03-02"),
        ("2026-03-02T14:30", "2026-03-02", "2026-03-02"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-W10", "2026-03-02", "2026-03-08"),
        ("2026-W10-WE", "2026-03-07", "2026-03-08"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_days(value: str, first: str, last: str) -> None:
    """A TIMEX3 date spans its days."""
    assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value", ["", "P2D", "PRESENT_REF", "2026-13", "2026-02-30", "2026-W60", "XXXX-03", "2026-H3"]
)
def test_no_days(value: str) -> None:
    """What is no date of the calendar spans no days."""
    assert days_of(value) is None


PUBLISHED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("condition", "value", "lies"),
    [
        (DateIs(future=True), "2026-03-02", True),
        (DateIs(future=True), "2026-03-01", False),
        (DateIs(future=True), "2026-03", True),
        (DateIs(future=True), "2026-02", False),
        (DateIs(within=timedelta(days=2)), "2026-03-04", True),
        (DateIs(within=timedelta(days=2)), "2026-03-05", False),
        (DateIs(within=timedelta(days=2)), "2026-03-01", False),
        (DateIs(within=timedelta(days=2)), "2026-W10", True),
        (DateIs(not_older=timedelta(days=2)), "2026-02-28", True),
        (DateIs(not_older=timedelta(days=2)), "2026-02-27", False),
        (DateIs(not_older=timedelta(days=2)), "2026-02", True),
        (DateIs(not_older=timedelta(days=2)), "2027", True),
        (DateIs(after=date(2026, 3, 2)), "2026-03-02", False),
        (DateIs(after=date(2026, 3, 2)), "2026-03-03", True),
        (DateIs(before=date(2026, 3, 2)), "2026-03-02", False),
        (DateIs(before=date(2026, 3, 2)), "2026-02", True),
        (DateIs(), "P2D", False),
        (DateIs(), "2026", True),
    ],
)
def test_date(condition: DateIs, value: str, lies: bool) -> None:  # noqa: FBT001  (a table's column)
    """Days count from the day of publication; a coarse date lies where one of its days does."""
    assert date_lies(condition, value, PUBLISHED) is lies


def quantity(
    value: float, unit: str = "soldier", bound: Bound = Bound.EXACT, high: float | None = None
) -> Quantity:
    """A quantity without words."""
    return Quantity(start=0, end=1, text="x", value=value, low=None, high=high, unit=unit, bound=bound)


@pytest.mark.parametrize(
    ("condition", "given", "lies"),
    [
        (QuantityIs(at_least=500), quantity(500), True),
        (QuantityIs(at_least=501), quantity(500), False),
        (QuantityIs(at_most=500), quantity(500), True),
        (QuantityIs(more_than=500), quantity(500), False),
        (QuantityIs(more_than=500), quantity(500, bound=Bound.MORE_THAN), True),
        (QuantityIs(less_than=500), quantity(500, bound=Bound.LESS_THAN), True),
        (QuantityIs(at_least=800), quantity(650, bound=Bound.RANGE, high=800), True),
        (QuantityIs(unit="soldier", at_least=1), quantity(5, "vehicle"), None),
        (QuantityIs(unit="metre", at_least=1500), quantity(2, "kilometre"), True),
        (QuantityIs(unit="tonne", at_least=1), quantity(900, "kilogram"), False),
        (QuantityIs(unit="day", at_least=14), quantity(2, "week"), True),
        (QuantityIs(unit="money", at_least=1e9), quantity(4e10, "EUR"), True),
        (QuantityIs(unit="EUR", at_least=1), quantity(4e10, "USD"), None),
        (QuantityIs(unit="money", at_least=1), quantity(5, "percent"), None),
        (QuantityIs(at_least=1), quantity(5, "percent"), True),
    ],
)
def test_quantity(condition: QuantityIs, given: Quantity, lies: bool | None) -> None:  # noqa: FBT001
    """Bounds look at the high end, convert units of one measure, and leave other units alone."""
    assert quantity_lies(condition, given) is lies
