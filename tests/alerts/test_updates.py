"""From an alert that changes what was told to its update, and the update in words."""

from dataclasses import replace
from typing import Any

from bot.alerts.brief import brief, update_brief
from bot.alerts.model import Alert
from bot.alerts.updates import judged
from bot.article.model import Published
from bot.extraction.findings import Bound, Modality, Quantity, Span
from bot.rules.model import Novelty
from bot.stories.facts import Change, Slot
from bot.stories.standing import Standing
from tests.fakes.alerts import alert, article_ref

ASKED = Novelty(update_when=("quantity", "modality", "date", "place"), quantity_change=0.1)
ENGLISH = article_ref(
    id="a2", source_name="Harbour Post", lang="en", published=Published.parse("2026-03-03T09:00:00+00:00")
)


def amount(value: float, text: str, unit: str = "soldier", bound: Bound = Bound.EXACT) -> Quantity:
    """A quantity as an article words it."""
    of = text.rpartition(" ")[2]
    return Quantity(start=0, end=len(text), text=text, value=value, low=None, high=None,
                    unit=unit, bound=bound, of=of)  # fmt: skip


def later(**changes: Any) -> Alert:
    """An English alert of the next day about the same, but for the changes."""
    values: dict[str, Any] = {"id": "alert-2", "article": ENGLISH, "quantity": amount(300, "300 trainers")}
    return alert(**{**values, **changes})


def updated(new: Alert, *told: Alert) -> Alert:
    """The update that an alert makes of what was told."""
    found = judged(new, told or (alert(),), [], ASKED)
    assert found.standing is Standing.CHANGED
    return found.alert


def test_an_update_names_what_it_updates() -> None:
    """It has an id of its own, and names the alert that was told first, also as the second update."""
    one = updated(later())
    two = updated(later(id="alert-3", quantity=amount(800, "800 trainers")), alert(), one)
    assert (one.updates, two.updates) == ("alert-1", "alert-1")
    assert len({"alert-1", one.id, two.id}) == 3
    assert two.changes[0].before == amount(300, "300 trainers")


def test_what_only_the_first_article_said_is_kept() -> None:
    """Place, date and amount stay where the new article leaves them open; the quote is the new one's."""
    bare = later(place=None, date=None, quantity=None, modality=Modality.OCCURRED, quote=None, actors=())
    update = updated(bare)
    assert (update.date, update.quote, update.article) == ("2026-05", None, ENGLISH)
    assert update.place
    assert (update.place.id, update.actors[0].id) == ("LT", "NO")
    # The words of the German article are no words for an English message.
    assert brief(update, "en").facts == "150 soldiers · happened · May 2026"
    assert brief(update, "de").facts == "150 Soldaten · erfolgt · Mai 2026"


def test_the_same_is_no_update() -> None:
    """Nothing asked for has changed."""
    found = judged(later(quantity=amount(150, "150 trainers")), [alert()], [], ASKED)
    assert (found.standing, found.alert.updates) == (Standing.SAME, None)


def test_a_meeting_that_is_put_off() -> None:
    """It stands as it stood, without its date; the words for “called off” are not used."""
    event: dict[str, Any] = {"event_type": "consult.meeting", "quantity": None, "date": "2026-03-05"}
    told = alert(modality=Modality.SCHEDULED, **event)
    evidence = Span(start=0, end=9, text="Das Treffen wurde auf Mittwoch verschoben.")
    off = alert(
        id="alert-2", modality=Modality.CANCELLED, evidence=evidence, **event | {"date": "2026-02-25"}
    )
    update = updated(off, told)
    assert (update.modality, update.date) == (Modality.SCHEDULED, None)
    assert update.changes == (Change(slot=Slot.DATE, before="2026-03-05", after=None),)
    new = updated(replace(off, date="2026-03-11"), told)
    assert (new.modality, new.date) == (Modality.SCHEDULED, "2026-03-11")


def test_a_denial_in_words_that_may_mean_something_else() -> None:
    """A rule that fires on denials makes no update of one of which nobody can be sure."""
    evidence = Span(start=0, end=9, text="Norwegen schickt keine Kampftruppen, sondern Ausbilder.")
    denied = alert(id="alert-2", modality=Modality.DENIED, evidence=evidence)
    assert judged(denied, [alert()], [], ASKED).standing is Standing.SAME


def test_the_message_brought_up_to_date() -> None:
    """It has the new facts, quote and source, and a line that says what changed."""
    update = updated(later(modality=Modality.OCCURRED))
    told = brief(update, "de")
    assert told.facts == "300 Soldaten · erfolgt · Mai 2026"
    assert told.update == "Aktualisiert: 150 → 300 Soldaten · beschlossen → erfolgt"
    assert "Harbour Post" in told.origin
    assert brief(alert(), "de").update is None


def test_the_answer_to_the_first_message() -> None:
    """It says what changed and of what, and where that stands; no quote."""
    told = update_brief(updated(later()), "en")
    assert told.headline == "Updated: 150 → 300 trainers"
    assert told.facts == "New troop commitment: Norway → Lithuania"
    assert "Harbour Post" in told.origin
    assert (told.quote, told.evidence, told.update) == (None, None, None)
