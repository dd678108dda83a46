"""What a rule would have told of the past."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.alerts.backtesting import Fired, Past, Trial, by_day
from bot.alerts.decide import Reason
from bot.article.model import Published
from bot.extraction.findings import Modality
from bot.rules.conditions import ModalityIs, bind
from bot.rules.model import Novelty, Status
from tests.fakes.findings import Written
from tests.fakes.rules import rule

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEY = Novelty(key=("actor", "place"), window=timedelta(days=14), update_when=("quantity",))


def past(day: int, who: str = "Norwegen", number: int = 150, *, push: bool = True, **event: object) -> Past:
    """An article of a day, counted from Monday: somebody sends so many soldiers to Lithuania."""
    at = MONDAY + timedelta(days=day)
    told = Written(text=f"{who} schickt {number} Soldaten nach Litauen.", published=at.date().isoformat())
    told.entity(who, id={"Norwegen": "NO", "Polen": "PL"}[who])
    told.entity("Litauen", id="LT")
    amount = told.quantity(f"{number} Soldaten", number)
    told.event("schickt", actors=[who], place="Litauen", quantity=amount, **event)  # type: ignore[arg-type]
    article = replace(told.article, id=f"{who}{day}", published=Published(at=at))
    return Past(article=article, findings=told.findings, at=at, day=at.date(), push=push)


def trial(novelty: Novelty, *articles: Past, status: Status = Status.LIVE) -> Trial:
    """A rule over these articles."""
    made = Trial(rule=rule(novelty=novelty, status=status))
    for one in articles:
        made.take(one)
    return made


def told(made: Trial) -> list[tuple[str, bool]]:
    """Article and whether it was an update."""
    return [(one.alert.article.id, one.update) for one in made.fired]


def test_novelty_counts() -> None:
    """The same fact is told once in the window, a changed one as an update, and again after the window."""
    made = trial(KEY, past(0), past(1), past(2, number=900), past(30, number=900))
    assert told(made) == [("Norwegen0", False), ("Norwegen2", True), ("Norwegen30", False)]
    assert made.kept == {Reason.KNOWN_FACT: 1}


def test_a_rule_in_shadow_is_tried_as_if_live() -> None:
    """What would be told does not hang on the status of the rule."""
    assert told(trial(KEY, past(0), status=Status.SHADOW)) == [("Norwegen0", False)]
    assert told(trial(KEY, past(0), status=Status.DRAFT)) == [("Norwegen0", False)]


def test_old_news_is_kept_back() -> None:
    """What was old when its source was first fetched would not have been told."""
    made = trial(KEY, past(0, push=False), past(1))
    assert told(made) == [("Norwegen1", False)]
    assert made.kept == {Reason.OLD: 1}


def test_a_denial_of_nothing_is_kept_back() -> None:
    """What takes back a thing that was never told is not told; what was told it changes."""
    asked = rule(
        novelty=replace(KEY, update_when=("modality",)), when=bind(ModalityIs(modalities=(Modality.DECIDED,)))
    )
    made = Trial(rule=asked)
    for one in (past(0, modality=Modality.DENIED), past(1), past(2, modality=Modality.DENIED)):
        made.take(one)
    assert told(made) == [("Norwegen1", False), ("Norwegen2", True)]
    assert made.kept == {Reason.NEVER_TOLD: 1}


def test_first_times() -> None:
    """A rule that asks for the first time tells everybody once, after it has learned."""
    first = Novelty(key=("type", "actor"), first=("actor",), window=timedelta(days=180))
    assert told(trial(first, past(0), past(20), past(21, "Polen"))) == [
        ("Norwegen0", False),
        ("Polen21", False),
    ]
    learning = trial(replace(first, learn=timedelta(days=14)), past(0), past(20), past(21, "Polen"))
    assert told(learning) == [("Polen21", False)]
    assert learning.kept == {Reason.LEARNING: 1, Reason.NOT_FIRST: 1}


def test_two_versions_day_by_day() -> None:
    """What both tell, what only one does, and what the bot told stand under their day."""
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    one, other = trial(KEY, past(0), past(1, "Polen")).fired
    third = Fired(id="x", day=tuesday, alert=one.alert)
    first, second = by_day([one, other], [one, third], [monday, monday])
    assert (first.day, first.both, first.only, first.missing, first.told) == (monday, (one,), (), (), 2)
    assert (second.day, second.both, second.only, second.missing) == (tuesday, (), (other,), (third,))


def test_one_version_alone() -> None:
    """Without another version, all it tells stands in the middle."""
    fired = trial(KEY, past(0)).fired
    (day,) = by_day(fired, None, [])
    assert (day.both, day.only, day.missing, day.told) == (tuple(fired), (), (), 0)
