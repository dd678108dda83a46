"""What is denied or called off of what a rule asks for."""

import pytest

from bot.extraction.findings import Modality
from bot.rules.loader import load_rule
from bot.rules.model import Rule
from bot.rules.view import View
from bot.stories.retractions import retracted_in
from tests.fakes.findings import Written

TEXT = """
id: troop-commitment
title: {{de: Zusage, en: Pledge}}
status: live
when:
  event: troops.commit
  modality: {modality}
  date: {{future: true, if_given: true}}
novelty: {{key: [actor], update_when: [{updates}]}}
"""


def rule(modality: str = "[decided, pledged]", updates: str = "modality") -> Rule:
    """A rule on such events that lie ahead."""
    loaded, issues = load_rule(TEXT.format(modality=modality, updates=updates), "test")
    if loaded is None:
        raise AssertionError(issues)
    return loaded


def retracted(
    modality: Modality,
    by: Rule,
    *,
    type: str = "troops.commit",  # noqa: A002  (the field's name)
    date: str | None = None,
    text: str = "Norwegen schickt Soldaten.",
) -> list[Modality | None]:
    """The modalities of what is found in an article with one event."""
    written = Written(text=text)
    written.entity("Norwegen", id="NO")
    written.event("schickt", type, modality, actors=["Norwegen"], date=date)
    view = View(article=written.article, findings=written.findings)
    found = retracted_in(by, view)
    assert all(f"modality: {match.modality}" in match.because for match in found)
    return [match.modality for match in found]


@pytest.mark.parametrize("modality", [Modality.DENIED, Modality.CANCELLED])
def test_what_is_taken_back(modality: Modality) -> None:
    """An event that the rule would fire for if it took place; it keeps its modality."""
    assert retracted(modality, rule()) == [modality]


def test_what_is_not_taken_back() -> None:
    """What takes place, what the rule does not ask for, and what it fires for anyway."""
    assert retracted(Modality.DECIDED, rule()) == []
    assert retracted(Modality.DENIED, rule(), type="attack") == []
    assert retracted(Modality.DENIED, rule("[decided, denied]")) == []
    assert retracted(Modality.DENIED, rule(updates="date")) == []


def test_a_sentence_that_may_deny_something_else() -> None:
    """It takes nothing back."""
    hedged = "Norwegen schickt Soldaten wie nie zuvor."
    assert retracted(Modality.DENIED, rule(), text=hedged) == []


def test_a_date_gone_by() -> None:
    """“Was put off to Wednesday” is read as the Wednesday before: it hides nothing."""
    assert retracted(Modality.CANCELLED, rule(), date="2026-02-25") == [Modality.CANCELLED]


def test_either_of_two_modalities() -> None:
    """A rule that asks for different modalities in different cases is tried with each."""
    text = TEXT.replace(
        "modality: {modality}", "any: [{{modality: expected, medium: call}}, {{modality: decided}}]"
    )
    loaded, issues = load_rule(text.format(updates="modality"), "test")
    assert loaded, issues
    assert retracted(Modality.DENIED, loaded) == [Modality.DENIED]


MEETING = TEXT.replace("troops.commit", "consult.*")
OVER = [
    # type, date, whether it ends what was told
    ("consult.meeting", "2026-03-02", True),
    ("consult.meeting", None, False),
    ("troops.commit", "2026-03-02", False),
]


@pytest.mark.parametrize(("type", "date", "ends"), OVER)
def test_a_meeting_that_took_place_ends_its_announcement(
    type: str,  # noqa: A002  (the field's name)
    date: str | None,
    *,
    ends: bool,
) -> None:
    """Only a meeting, and only with its day: by it one knows which meeting it was."""
    meetings, issues = load_rule(MEETING.format(modality="[scheduled]", updates="modality"), "test")
    assert meetings is not None, issues
    found = retracted(Modality.OCCURRED, meetings, type=type, date=date)
    assert found == ([Modality.OCCURRED] if ends else [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The meeting has been moved to Monday.", "2026-03-02"),
        ("The leaders have met.", "2026-03-12"),
    ],
)
def test_a_meeting_that_was_moved_or_lies_ahead_did_not_take_place(text: str, date: str) -> None:
    """Whatever tense its words are in."""
    meetings, _ = load_rule(MEETING.format(modality="[scheduled]", updates="modality"), "test")
    assert meetings is not None
    written = Written(text=text, lang="en")
    written.event(text.split()[1], "consult.meeting", Modality.OCCURRED, date=date)
    view = View(article=written.article, findings=written.findings)
    assert retracted_in(meetings, view) == []
