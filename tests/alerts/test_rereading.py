"""How an alert stands that an article gives after its outlet has changed it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.alerts.brief import brief
from bot.alerts.lateness import hours_late, with_lateness
from bot.alerts.model import Alert
from bot.alerts.rereading import judged_again, rereading
from bot.alerts.updates import Judgement
from bot.article.model import Published
from bot.extraction.findings import Actor
from bot.rules.model import Novelty
from bot.stories.facts import Slot
from bot.stories.standing import Standing
from tests.alerts.test_updates import amount
from tests.fakes.alerts import alert, article_ref

NOVELTY = Novelty(key=("actor", "place"), update_when=("quantity", "modality"), quantity_change=0.1)
EDITED = article_ref(edited=Published.parse("2026-03-02T16:00:00+01:00"))
ESTONIA = {"key": "NO|EE", "place": Actor(name="Estland", id="EE", kind="country")}
NEW, SAME, CHANGED = Standing.NEW, Standing.SAME, Standing.CHANGED


def later(**changes: Any) -> Alert:
    """What the changed article says."""
    return alert(**{"id": "again", "article": EDITED, **changes})


def judged(new: Alert, *told: tuple[Alert, bool], beside: tuple[Alert, ...] = ()) -> Judgement:
    """How it stands where these were found in the article before, and beside it these now."""
    same = [one for one, push in told if push and one.key == new.key]
    before = rereading(told, [new, *beside])
    return judged_again(new, same, [], NOVELTY, before)


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, SAME),
        ({"quantity": amount(300, "300 Ausbilder")}, CHANGED),
        ({"date": "2026-06"}, SAME),
        (ESTONIA, CHANGED),
        ({"key": "NO|?", "place": None}, SAME),
        ({"key": "NO|LT=?", "place": None}, SAME),
    ],
)
def test_what_an_edit_makes_of_what_was_told(changes: dict[str, Any], standing: Standing) -> None:
    """The same, an update, also under another key; never a second alert."""
    assert judged(later(**changes), (alert(), True)).standing is standing


def test_a_corrected_place_is_an_update_that_says_so() -> None:
    """Of the alert that was told, with the old and the new place."""
    found = judged(later(**ESTONIA), (alert(), True)).alert
    assert found.updates == "alert-1"
    assert [change.slot for change in found.changes] == [Slot.PLACE]
    assert found.place
    assert found.place.id == "EE"


def test_a_fact_beside_the_told_one_is_new() -> None:
    """The article still says the first, and says another."""
    assert judged(later(**ESTONIA), (alert(), True), beside=(later(id="still"),)).standing is NEW


def test_half_a_fact_beside_the_told_one_is_silent() -> None:
    """It may be the same one."""
    half = later(key="actor=NO · place=?", place=None)
    assert judged(half, (alert(), True), beside=(later(id="still"),)).standing is SAME


def test_two_corrections_do_not_update_one_alert_twice() -> None:
    """What the first of them took is taken."""
    before = rereading([(alert(), True)], [later(**ESTONIA)])
    assert judged_again(later(**ESTONIA), [], [], NOVELTY, before, taken={"alert-1"}).standing is NEW


def test_what_was_found_and_not_told_is_no_news_either() -> None:
    """It was known before the edit, and kept back for its reason."""
    assert judged(later(), (alert(), False)).standing is SAME


def test_an_article_that_told_nothing_may_tell_now() -> None:
    """Its first alert is one like any other."""
    assert judged(later()).standing is NEW


def test_only_the_last_edition_counts_as_said_before() -> None:
    """Back from 300 to the first figure is a change."""
    update = replace(
        alert(id="two", article=EDITED, quantity=amount(300, "300 Ausbilder")), updates="alert-1"
    )
    back = later(article=article_ref(edited=Published.parse("2026-03-02T18:00:00+01:00")))
    assert judged(back, (alert(), True), (update, True)).standing is CHANGED


NOON = datetime(2026, 3, 2, 13, 30, tzinfo=UTC)  # when the sample article was published


@pytest.mark.parametrize(
    ("published", "edited", "hours", "late"),
    [
        ("2026-03-02T14:30:00+01:00", None, 2.9, 0),
        ("2026-03-02T14:30:00+01:00", None, 8.5, 8),
        ("2026-03-02T14:30:00+01:00", "2026-03-02T22:00:00+01:00", 8.5, 0),
        ("2026-03-02", None, 9, 0),
        ("2026-03-02", None, 24, 13),
        (None, None, 99, 0),
    ],
)
def test_how_late_an_alert_is(published: str | None, edited: str | None, hours: float, late: int) -> None:
    """Since it was published or last changed; of a bare day since its end; unknown is not late."""
    moments = [Published.parse(text) if text else None for text in (published, edited)]
    one = alert(article=article_ref(published=moments[0], edited=moments[1]))
    assert hours_late(one, NOON + timedelta(hours=hours)) == late


@pytest.mark.parametrize(
    ("hours", "german", "english"),
    [
        (8, "verspätet: 8 Stunden nach Erscheinen", "late: 8 hours after publication"),
        (60, "verspätet: 2 Tage nach Erscheinen", "late: 2 days after publication"),
    ],
)
def test_late_news_says_so(hours: int, german: str, english: str) -> None:
    """Where it says when it was published."""
    one = with_lateness(alert(), NOON + timedelta(hours=hours))
    assert german in brief(one, "de").origin
    assert english in brief(one, "en").origin


def test_a_demo_is_never_late() -> None:
    """Its articles are old by nature."""
    assert with_lateness(alert(demo=True), NOON + timedelta(days=9)).late == 0
