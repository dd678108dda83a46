"""Entries of the ledger as rows of a table and as objects for programs."""

from collections.abc import Sequence
from typing import Any

from bot.extraction.findings import Actor, Quantity
from bot.stories.evidence import Evidence
from bot.stories.ledger import Entry, State
from bot.stories.ledger_present import present

COLUMNS = (
    "id", "kind", "event", "who", "who_ids", "where", "where_ids", "value", "low", "high", "bound", "unit",
    "modality", "date", "since", "changed", "states", "sources", "outlet", "published", "said_by", "quote",
    "sentence", "url", "corrected", "corrected_by",
)  # fmt: skip
# A spreadsheet takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> str:
    """A value for a table; text that a spreadsheet would run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.15g}"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def entry_row(entry: Entry) -> Sequence[object]:
    """The values of `COLUMNS`."""
    now, evidence = present(entry), entry.last.evidence
    amount = now.quantity
    corrections = entry.corrections
    return (
        entry.id,
        entry.kind,
        entry.event_type,
        _names(now.actors),
        _ids(now.actors),
        _names(now.where),
        _ids(now.where),
        *((amount.value, amount.low, amount.high, amount.bound, amount.unit) if amount else (None,) * 5),
        now.modality,
        now.date,
        now.since.isoformat(),
        entry.last.at.isoformat(),
        len(entry.states),
        len(entry.outlets),
        evidence.outlet,
        evidence.published,
        evidence.said_by,
        evidence.quote,
        evidence.sentence,
        evidence.url,
        ", ".join(sorted(now.corrected)),
        corrections[-1].by if corrections else None,
    )


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(one.name for one in actors)


def _ids(actors: Sequence[Actor]) -> str:
    return ", ".join(one.country or one.id or "" for one in actors)


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry with its whole history, as JSON values."""
    now = present(entry)
    return {
        "id": entry.id,
        "kind": entry.kind,
        "event": entry.event_type,
        "who": [_actor(one) for one in now.actors],
        "where": [_actor(one) for one in now.where],
        "quantity": _amount(now.quantity),
        "modality": now.modality,
        "date": now.date,
        "since": now.since.isoformat(),
        "outlets": list(entry.outlets),
        "corrected": sorted(now.corrected),
        "history": [_state(state) for state in entry.states],
    }


def _actor(actor: Actor) -> dict[str, str | None]:
    return {"name": actor.name, "id": actor.id, "country": actor.country}


def _amount(amount: Quantity | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    names = ("value", "low", "high", "bound", "unit", "of")
    return {name: getattr(amount, name) for name in names}


def _state(state: State) -> dict[str, Any]:
    fact = state.fact
    return {
        "quantity": _amount(fact.quantity),
        "modality": fact.modality,
        "date": fact.date,
        "entered": state.at.isoformat(),
        "evidence": _evidence(state.evidence),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    names = ("article", "alert", "title", "url", "outlet", "lang", "sentence", "quote", "said_by", "via")
    published = str(evidence.published) if evidence.published else None
    return {name: getattr(evidence, name) for name in names} | {"published": published}
