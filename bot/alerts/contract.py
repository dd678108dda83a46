"""The row that `depesche extract` prints: findings and alerts of one article, schema 1.

The order of keys is part of what people see; the values are those of the findings, some under the names
that the printed form gives them (`from` and `to` of times, `speaker` of a key quote).
"""

from collections.abc import Sequence
from typing import Any

from bot.alerts.headline import headline
from bot.alerts.model import Alert, KeyQuote
from bot.extraction.findings import (
    SCHEMA,
    Actor,
    Entity,
    Event,
    Findings,
    Quantity,
    Quote,
    Span,
    Speaker,
    TimeExpression,
)

Row = dict[str, Any]
USUAL = "en"  # language of headlines where that of the article is not known


def findings_row(article_id: str, findings: Findings, alerts: Sequence[Alert]) -> Row:
    """One line of output, as plain values that JSON can hold."""
    return {
        "schema": SCHEMA,
        "id": article_id,
        "lang": findings.lang,
        "entities": [_entity(entity) for entity in findings.entities],
        "quotes": [_quote(quote) for quote in findings.quotes],
        "quantities": [_quantity(quantity) for quantity in findings.quantities],
        "times": [_time(time) for time in findings.times],
        "events": [_event(event) for event in findings.events],
        "alerts": [_alert(alert, findings.lang or USUAL) for alert in alerts],
    }


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text}


def _entity(entity: Entity) -> Row:
    return {
        **_span(entity),
        "kind": str(entity.kind),
        "name": entity.name,
        "id": entity.id,
        "subkind": entity.subkind,
        "role": entity.role,
        "country": entity.country,
    }


def _speaker(speaker: Speaker) -> Row:
    return {**_span(speaker), "name": speaker.name, "id": speaker.id, "basis": str(speaker.basis)}


def _quote(quote: Quote) -> Row:
    return {
        **_span(quote),
        "spans": [list(part) for part in quote.spans],
        "kind": str(quote.kind),
        "speaker": _speaker(quote.speaker) if quote.speaker else None,
        "cue": _span(quote.cue) if quote.cue else None,
        "via": quote.via,
    }


def _number(value: float | None) -> float | int | None:
    """A whole number without a decimal point."""
    return int(value) if value is not None and value == int(value) else value


def _quantity(quantity: Quantity) -> Row:
    return {
        **_span(quantity),
        "value": _number(quantity.value),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "unit": quantity.unit,
        "bound": str(quantity.bound),
        "of": quantity.of,
    }


def _time(time: TimeExpression) -> Row:
    return {
        **_span(time),
        "type": str(time.type),
        "value": time.value,
        "from": time.first,
        "to": time.last,
    }


def _actor(actor: Actor) -> Row:
    return {
        "name": actor.name,
        "id": actor.id,
        "start": actor.start,
        "end": actor.end,
        "text": actor.text,
    }


def _event(event: Event) -> Row:
    return {
        "type": event.type,
        "plover": event.plover,
        "trigger": _span(event.trigger),
        "evidence": _span(event.evidence),
        "modality": str(event.modality),
        "actors": [_actor(actor) for actor in event.actors],
        "targets": [_actor(actor) for actor in event.targets],
        "participants": [_actor(actor) for actor in event.participants],
        "medium": str(event.medium) if event.medium else None,
        "place": _actor(event.place) if event.place else None,
        "date": event.date,
        "quantity": _quantity(event.quantity) if event.quantity else None,
        "said_by": _speaker(event.said_by) if event.said_by else None,
    }


def _alert(alert: Alert, lang: str) -> Row:
    return {
        "rule": alert.rule_id,
        "severity": str(alert.severity),
        "headline": headline(alert, lang),
        "modality": str(alert.modality) if alert.modality else None,
        "evidence": _span(alert.evidence),
        "actors": list(dict.fromkeys(actor.name for actor in (*alert.actors, *alert.participants))),
        "date": alert.date,
        "quantity": _alert_quantity(alert.quantity) if alert.quantity else None,
        "quote": _key_quote(alert.quote) if alert.quote else None,
    }


def _alert_quantity(quantity: Quantity) -> Row:
    return {"value": _number(quantity.value), "unit": quantity.unit}


def _key_quote(quote: KeyQuote) -> Row:
    return {"start": quote.start, "end": quote.end, "text": quote.text, "speaker": quote.speaker}
