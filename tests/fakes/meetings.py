"""Calendar entries built by hand."""

from datetime import UTC, datetime
from typing import Any

from bot.extraction.findings import Actor, Medium, Modality
from bot.stories.calendar_model import CalendarEntry, Status, Version
from bot.stories.evidence import Evidence

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MERZ = Actor(name="Friedrich Merz", id="Q566257", kind="person", country="DE")
MACRON = Actor(name="Emmanuel Macron", id="Q3052772", kind="person", country="FR")
BERLIN = Actor(name="Berlin", country="DE")


def evidence(**changes: Any) -> Evidence:
    """A German article, but for the changes."""
    values: dict[str, Any] = {
        "article": "a", "alert": "x", "first": "x", "title": None, "url": "https://example.org/a",
        "outlet": "Tagesblatt", "published": None, "lang": "de",
        "sentence": "Merz und Macron treffen sich; in Berlin, am Donnerstag.",
        "quote": "Wir haben viel zu tun", "said_by": "ein Sprecher",
    }  # fmt: skip
    return Evidence(**{**values, **changes})


def version(**changes: Any) -> Version:
    """A meeting on 5 March in Berlin, but for the changes."""
    values: dict[str, Any] = {
        "status": Status.AHEAD,
        "date": "2026-03-05",
        "modality": Modality.SCHEDULED,
        "place": BERLIN,
        "medium": Medium.MEETING,
        "participants": (MERZ, MACRON),
        "evidence": evidence(),
        "at": NOON,
    }
    return Version(**{**values, **changes})


def entry(*versions: Version, **changes: Any) -> CalendarEntry:
    """An entry of these versions, else of one."""
    values: dict[str, Any] = {
        "id": "ab12", "event_type": "consult.meeting", "versions": versions or (version(),),
        "alerts": ("x",), "outlets": ("Tagesblatt",),
    }  # fmt: skip
    return CalendarEntry(**{**values, **changes})
