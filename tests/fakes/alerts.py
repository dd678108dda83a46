"""Alerts and messages built by hand."""

from dataclasses import replace
from typing import Any

from bot.alerts.model import Alert, ArticleRef, KeyQuote
from bot.article.model import Published
from bot.extraction.findings import Actor, Bound, Modality, Quantity, QuoteKind, Span
from bot.ports.messenger import Destination, Message
from bot.rules.model import Severity
from bot.stories.facts import Change, Slot

CONSOLE = Destination(id="console:-", kind="console", address="-", lang="de", zone="Europe/Berlin")
EVIDENCE = Span(start=0, end=58, text="Norwegen schickt 150 Ausbilder nach Litauen, hieß es in Oslo.")


def article_ref(**changes: Any) -> ArticleRef:
    """A German article, but for the changes."""
    values: dict[str, Any] = {
        "id": "a1",
        "title": "Norwegen schickt Ausbilder",
        "url": "https://example.org/a1",
        "source_id": "tagesblatt",
        "source_name": "Tagesblatt",
        "published": Published.parse("2026-03-02T14:30:00+01:00"),
        "lang": "de",
    }
    return ArticleRef(**{**values, **changes})


def alert(**changes: Any) -> Alert:
    """A troop commitment, but for the changes."""
    values: dict[str, Any] = {
        "id": "alert-1",
        "rule_id": "troop-commitment",
        "rule_title": {"de": "Neue Truppenzusage", "en": "New troop commitment"},
        "severity": Severity.HIGH,
        "tags": ("security",),
        "article": article_ref(),
        "evidence": EVIDENCE,
        "key": "NO|LT",
        "event_type": "troops.commit",
        "modality": Modality.DECIDED,
        "actors": (Actor(name="Norwegen", id="NO", kind="country"),),
        "place": Actor(name="Litauen", id="LT", kind="country"),
        "date": "2026-05",
        "quantity": Quantity(
            start=17, end=30, text="150 Ausbilder", value=150, low=None, high=None,
            unit="soldier", bound=Bound.EXACT, of="Ausbilder",
        ),
        "quote": KeyQuote(
            start=60, end=100, text="Wir bleiben, solange man uns braucht.", kind=QuoteKind.DIRECT,
            speaker="die Verteidigungsministerin", via="Sender Nord",
        ),
    }  # fmt: skip
    return Alert(**{**values, **changes})


def change() -> Change:
    """From 80 to the 150 of the alert."""
    told = alert().quantity
    if told is None:
        raise AssertionError("the alert above has an amount")
    return Change(slot=Slot.QUANTITY, before=replace(told, value=80, text="80 Ausbilder"), after=told)


def message(key: str = "alert-1:console:-", *, repeat: bool = False, **changes: Any) -> Message:
    """An alert for the console."""
    return Message(key=key, alert=alert(**changes), destination=CONSOLE, repeat=repeat)
