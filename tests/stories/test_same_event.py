from dataclasses import replace
from typing import Any

import pytest

from bot.extraction.findings import Bound, EntityKind, Event, Medium, Modality
from bot.rules.model import Match
from bot.rules.view import View
from bot.stories.same_event import groups, merged
from tests.fakes.findings import Written
from tests.fakes.rules import rule


def view_of(written: Written) -> View:
    """The article as the rules see it."""
    return View(article=written.article, findings=written.findings)


def match_of(event: Event) -> Match:
    """What the matcher makes of an event."""
    return Match(
        rule=rule(),
        evidence=event.evidence,
        event=event,
        modality=event.modality,
        actors=event.actors,
        date=event.date,
        quantity=event.quantity,
    )


def events_told(written: Written) -> list[list[str]]:
    """The triggers of each group."""
    found = groups([match_of(event) for event in written.events], view_of(written))
    return [[match.event.trigger.text for match in group if match.event] for group in found]


def test_meeting_told_twice() -> None:
    """A meeting told once by weekday and place and once by date and another word is one event."""
    written = Written(
        text="Die Stabschefs der Ostsee-Runde kommen am Donnerstag in Riga zusammen.\n"
        "Mehr ist nicht bekannt.\n"
        "Die Ostsee-Runde plant für den 5. März Militärgespräche."
    )
    consult: dict[str, Any] = {"modality": Modality.SCHEDULED, "date": "2026-03-05"}
    written.event(
        "zusammen", "consult.meeting", participants=["Stabschefs der Ostsee-Runde"], place="Riga",
        medium=Medium.MEETING, **consult,
    )  # fmt: skip
    written.event(
        "Militärgespräche", "consult.talks", actors=["Ostsee-Runde"], medium=Medium.TALKS, **consult
    )
    assert events_told(written) == [["zusammen", "Militärgespräche"]]


def test_amounts_part() -> None:
    """Different amounts that differ in modality as well stay two events."""
    written = Written(
        text="More than 40 states are expected to send troops to Kosovo.\n"
        "Some states are discussing plans to deploy up to 9,000 soldiers in Kosovo.",
        lang="en",
    )
    written.entity("Kosovo", id="XK")
    written.event(
        "send", modality=Modality.EXPECTED, actors=["More than 40 states"], place="Kosovo",
        quantity=written.quantity("More than 40 states", 40, "country", Bound.MORE_THAN),
    )  # fmt: skip
    written.event(
        "deploy", modality=Modality.UNDER_DISCUSSION, actors=["Some states"], place="Kosovo",
        quantity=written.quantity("up to 9,000 soldiers", 9000, "soldier", Bound.UP_TO),
    )  # fmt: skip
    assert events_told(written) == [["send"], ["deploy"]]


def test_other_people_the_same_day() -> None:
    """Two calls on one day between other people are two events."""
    written = Written(
        text="Ana Ruiz ruft am Dienstag Bo Lind an.\nCem Kaya telefoniert am Dienstag mit Dan Roth."
    )
    for place, name in enumerate(("Ana Ruiz", "Bo Lind", "Cem Kaya", "Dan Roth")):
        written.entity(name, EntityKind.PERSON, id=f"Q{place}")
    call: dict[str, Any] = {"modality": Modality.SCHEDULED, "date": "2026-03-03", "medium": Medium.CALL}
    written.event("ruft", "consult.call", participants=["Ana Ruiz", "Bo Lind"], **call)
    written.event("telefoniert", "consult.call", participants=["Cem Kaya", "Dan Roth"], **call)
    assert events_told(written) == [["ruft"], ["telefoniert"]]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"date": "2026-03-05"}, {"date": "2026-03-06"}, False),
        ({"date": "2026-03-05"}, {"date": "2026-03"}, True),
        ({"date": "2026-03-05"}, {}, True),
        ({"medium": Medium.CALL}, {"medium": Medium.VISIT}, False),
        ({"medium": Medium.VIDEO}, {"medium": Medium.SUMMIT}, True),
        ({"modality": Modality.CANCELLED}, {"modality": Modality.SCHEDULED}, False),
        ({"modality": Modality.HISTORICAL}, {"modality": Modality.SCHEDULED}, False),
    ],
)
def test_consultations(first: dict[str, Any], second: dict[str, Any], same: bool) -> None:  # noqa: FBT001
    """The same two people meet once unless day, way or reality contradict."""
    written = Written(text="Ana Ruiz trifft Bo Lind.\nDie Reise von Ana Ruiz zu Bo Lind ist lang.")
    written.entity("Ana Ruiz", EntityKind.PERSON, id="Q1")
    written.entity("Bo Lind", EntityKind.PERSON, id="Q2")
    both: dict[str, Any] = {"participants": ["Ana Ruiz", "Bo Lind"]}
    written.event("trifft", "consult.meeting", **{"modality": Modality.SCHEDULED, **both, **first})
    written.event("Reise", "consult.visit", **{"modality": Modality.SCHEDULED, **both, **second})
    assert (len(events_told(written)) == 1) is same


def test_state_and_its_minister() -> None:
    """The minister of a country and the country itself offer the same troops."""
    written = Written(text="Norwegen schickt Truppen.\nMinisterin Ida Moen schickt 150 Soldaten.")
    written.entity("Norwegen", id="NO")
    written.entity("Ida Moen", EntityKind.PERSON, id="Q5", role="minister", country="NO")
    written.event("schickt Truppen", actors=["Norwegen"])
    written.event("schickt 150", actors=["Ida Moen"], quantity=written.quantity("150 Soldaten", 150))
    assert len(events_told(written)) == 1


@pytest.mark.parametrize(("amount", "same"), [(152, True), (400, False)])
def test_amounts_of_one_unit(amount: int, same: bool) -> None:  # noqa: FBT001
    """Amounts of the same unit that differ by more than a rounding are two events."""
    written = Written(text=f"Norwegen schickt 150 Soldaten.\nNorwegen entsendet {amount} Soldaten.")
    written.entity("Norwegen", id="NO")
    written.event("schickt", actors=["Norwegen"], quantity=written.quantity("150 Soldaten", 150))
    written.event("entsendet", actors=["Norwegen"], quantity=written.quantity(f"{amount} Soldaten", amount))
    assert (len(events_told(written)) == 1) is same


def test_merged() -> None:
    """The richest mention leads, open slots are filled, and the evidence comes from the body."""
    written = Written(
        title="Norwegen entsendet 150 Soldaten nach Litauen",
        text="Norwegen schickt Truppen, und zwar im Mai.",
    )
    written.entity("Norwegen", id="NO")
    written.entity("Litauen", id="LT")
    written.event(
        "entsendet", actors=["Norwegen"], place="Litauen", quantity=written.quantity("150 Soldaten", 150)
    )
    written.event("schickt", actors=["Norwegen"], date="2026-05")
    view = view_of(written)
    (group,) = groups([match_of(event) for event in written.events], view)
    match = merged(group, view)
    assert match.event is not None
    assert match.evidence.text == "Norwegen schickt Truppen, und zwar im Mai."
    assert match.event.trigger.text == "schickt"
    assert (
        match.date,
        match.quantity and match.quantity.value,
        match.event.place and match.event.place.id,
    ) == (
        "2026-05",
        150,
        "LT",
    )


def test_without_events() -> None:
    """Matches of a rule on words stay as they are."""
    written = Written(text="Hochwasser an der Oder.\nHochwasser an der Elbe.")
    matches = [Match(rule=rule(), evidence=written.span(line)) for line in written.text.split("\n")]
    found = groups(matches, view_of(written))
    assert [merged(group, view_of(written)) for group in found] == matches
    assert replace(matches[0]) == matches[0]


@pytest.mark.parametrize(
    ("text", "asked", "refused"),
    [
        ("Die EU fordert eine Waffenruhe.\nEs regnet.\nIsrael lehnt die Feuerpause ab.", "Waffenruhe",
         "Feuerpause"),
        ("The EU demands a ceasefire.\nIt rains.\nIsrael rejects the truce.", "ceasefire", "truce"),
    ],
)  # fmt: skip
def test_a_demand_and_its_refusal(text: str, asked: str, refused: str) -> None:
    """A truce that one demands and another refuses is one event; refused troops and offered ones are two."""
    for event_type, groups_of in (("ceasefire", 1), ("troops.commit", 2)):
        written = Written(text=text)
        written.entity("EU", EntityKind.ORGANISATION, id="Q458")
        written.entity("Israel", id="IL")
        written.event(asked, event_type, Modality.DEMANDED, actors=["EU"])
        written.event(refused, event_type, Modality.DENIED, actors=["Israel"])
        assert len(events_told(written)) == groups_of
