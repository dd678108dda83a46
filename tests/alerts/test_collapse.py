"""What becomes of held alerts: singly or in summaries, and updates that replace one another."""

from dataclasses import replace

import pytest

from bot.alerts.collapse import LINES, Held, caught_up, tellings
from bot.alerts.hours import Timing
from bot.alerts.model import Alert
from bot.rules.model import Severity
from bot.stories.facts import Change, Slot
from tests.fakes.alerts import alert

LOW, HIGH = Severity.LOW, Severity.HIGH


def held(*severities: Severity) -> list[Held]:
    """Alerts `0`, `1`, … of these severities."""
    return [Held(key=f"{n}", alert=alert(id=f"{n}", severity=one)) for n, one in enumerate(severities)]


@pytest.mark.parametrize(
    ("why", "number", "messages"),
    [
        (Timing.QUIET, 1, [1]),
        (Timing.QUIET, 3, [1, 1, 1]),
        (Timing.QUIET, 4, [4]),
        (Timing.CAP, 1, [1]),
        (Timing.CAP, 2, [2]),
        (Timing.DIGEST, 1, [1]),
        (Timing.DIGEST, LINES + 2, [LINES, 2]),
    ],
)
def test_how_many_messages(why: Timing, number: int, messages: list[int]) -> None:
    """A few of a night and a single surplus come by themselves, everything else in summaries that fit."""
    found = tellings(held(*[HIGH] * number), why)
    assert [1 + len(one.others) for one in found] == messages
    assert {one.head is None for one in found} == {why is not Timing.DIGEST and max(messages) == 1}
    assert sorted(key for one in found for key in (one.key, *one.others)) == sorted(map(str, range(number)))


def test_the_most_severe_carries_the_summary() -> None:
    """It stands first; alike ones keep the order of their coming."""
    (one,) = tellings(held(LOW, HIGH, LOW, HIGH), Timing.QUIET)
    assert (one.key, one.others) == ("1", ("3", "0", "2"))


def changed(*changes: tuple[Slot, str | None, str | None]) -> Alert:
    """An update with these changes."""
    made = tuple(Change(slot=slot, before=before, after=after) for slot, before, after in changes)
    return alert(updates="0", changes=made)


@pytest.mark.parametrize(
    ("missed", "newest", "wanted"),
    [
        ([(Slot.MODALITY, "offered", "pledged")], (Slot.MODALITY, "pledged", "decided"),
         [(Slot.MODALITY, "offered", "decided")]),
        ([(Slot.DATE, "2026-03-03", "2026-03-04")], (Slot.MODALITY, "pledged", "decided"),
         [(Slot.DATE, "2026-03-03", "2026-03-04"), (Slot.MODALITY, "pledged", "decided")]),
        ([(Slot.DATE, "2026-03-03", "2026-03-04")], (Slot.DATE, "2026-03-04", None),
         [(Slot.DATE, "2026-03-03", None)]),
    ],
)  # fmt: skip
def test_what_was_missed_is_told_with_the_newest(
    missed: list[tuple[Slot, str, str]], newest: tuple[Slot, str, str | None], wanted: list[object]
) -> None:
    """From what the reader knew to what holds now, slot by slot."""
    found = caught_up(changed(newest), [changed(*missed)])
    assert [(one.slot, one.before, one.after) for one in found.changes] == wanted


def test_there_and_back_again() -> None:
    """Where in the end nothing changed, the last step is told: a message without words would be odd."""
    newest = changed((Slot.MODALITY, "pledged", "offered"))
    found = caught_up(newest, [changed((Slot.MODALITY, "offered", "pledged"))])
    assert found == replace(newest)
