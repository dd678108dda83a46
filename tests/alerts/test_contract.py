import json
from collections.abc import Iterator
from typing import Any

from bot.alerts.compose import alerts_of
from bot.alerts.contract import findings_row
from bot.extraction.findings import Bound, EntityKind, Findings, Modality
from tests.fakes.findings import Written
from tests.fakes.rules import rule

KEYS = {
    "entities": "start end text kind name id subkind role country",
    "quotes": "start end text spans kind speaker cue via",
    "quantities": "start end text value low high unit bound of",
    "times": "start end text type value from to",
    "events": "type plover trigger evidence modality actors targets participants medium place date quantity"
    " said_by",
    "alerts": "rule severity headline modality evidence actors date quantity quote",
}


def written() -> Written:
    """One of everything."""
    told = Written(
        title="Oslo hilft", text="„Wir schicken im Mai bis zu 800 Soldaten nach Litauen“, sagte Ida Moen."
    )
    told.entity("Litauen", id="LT")
    told.entity("Ida Moen", EntityKind.PERSON, id="Q5", role="minister", country="NO")
    told.quote("Wir schicken im Mai bis zu 800 Soldaten nach Litauen", "Ida Moen")
    told.time("Mai", "2026-05")
    amount = told.quantity("bis zu 800 Soldaten", 800, bound=Bound.UP_TO)
    told.event(
        "schicken", modality=Modality.PLEDGED, actors=["Ida Moen"], place="Litauen", date="2026-05",
        quantity=amount,
    )  # fmt: skip
    return told


def row_of(told: Written) -> dict[str, Any]:
    """The row as it is read back."""
    alerts = alerts_of(told.article, told.findings, [rule()])
    row: dict[str, Any] = json.loads(json.dumps(findings_row("a", told.findings, alerts)))
    return row


def test_keys() -> None:
    """Each list of the row has objects with exactly the keys of schema 1, in their order."""
    row = row_of(written())
    assert (row["schema"], row["id"], row["lang"]) == (1, "a", "de")
    assert {name: " ".join(row[name][0]) for name in KEYS} == KEYS


def stretches(value: object) -> Iterator[dict[str, Any]]:
    """All objects of a row that have a place."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from stretches(part)


def test_places() -> None:
    """Whatever has a place has exactly the text that stands there."""
    told = written()
    found = list(stretches(row_of(told)))
    assert len(found) > 10
    assert all(told.article.content[part["start"] : part["end"]] == part["text"] for part in found)


def test_alert() -> None:
    """The alert says who, how many, when, and has its key quote with the speaker."""
    (alert,) = row_of(written())["alerts"]
    assert alert["headline"].startswith("Neue Truppenzusage: Ida Moen → Litauen")
    assert alert["quantity"] == {"value": 800, "unit": "soldier"}
    assert alert["actors"] == ["Ida Moen"]
    assert alert["quote"]["speaker"] == "Ida Moen"


def test_other_language() -> None:
    """An article in a language that is not read has a row with empty lists."""
    row = findings_row("a", Findings(lang=None), [])
    assert row["lang"] is None
    assert all(row[name] == [] for name in KEYS)
