"""The JSON forms in the store."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.alerts import model as alerts
from bot.alerts.model import Alert
from bot.article.model import Entry, Published
from bot.extraction import findings
from bot.extraction.findings import Findings, Modality, Span
from bot.rules.model import Severity
from bot.storage.columns import storable
from bot.storage.jsontext import ALERT, CALENDAR_ENTRY, ENTRY, FINDINGS, LEDGER_ENTRY, Form
from bot.stories.calendar_model import Status

MOMENTS = st.datetimes(
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
DAYS = st.dates().map(lambda day: Published.parse(day.isoformat()))
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(Published, DAYS | st.builds(Published, at=MOMENTS))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def whole(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Values of a dataclass with every field filled, those with a default too."""
    return st.builds(kind, **{field.name: ... for field in fields(kind)})


for module in (findings, alerts):
    for kind in vars(module).values():
        if is_dataclass(kind) and isinstance(kind, type) and kind is not Published:
            st.register_type_strategy(kind, whole(kind))


@pytest.mark.parametrize(
    ("form", "kind"),
    [(FINDINGS, Findings), (ALERT, Alert), (ENTRY, Entry)],
    ids=["findings", "alert", "entry"],
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_round_trip(form: Form[Any], kind: type[Any], data: st.DataObject) -> None:
    """What comes out equals what went in, also in the offset of its times."""
    value = data.draw(whole(kind))
    again = form.load(form.dump(value))
    assert again == value
    assert repr_of_times(again) == repr_of_times(value)


def repr_of_times(value: object) -> list[str]:
    """Published times as text, because equal moments may differ in their offset."""
    holders = (value, getattr(value, "article", None))
    return [str(getattr(one, name, None)) for one in holders for name in ("published", "updated")]


@given(st.text(st.characters(), max_size=20))
def test_any_string_is_stored(text: str) -> None:
    """A string that is no valid Unicode becomes storable at the same length."""
    stored = storable(ENTRY.dump(Entry(key="1", title=text)))
    stored.encode()
    title = ENTRY.load(stored).title
    assert title is not None
    assert len(title) == len(text)
    assert storable(title) == storable(text)


def test_text_of_the_first_version() -> None:
    """An alert that the first version wrote can be read for ever; what it did not know has its default."""
    alert = ALERT.load(
        '{"id":"1","rule_id":"troop-commitment","rule_title":{"de":"Zusage","en":"Pledge"},'
        '"severity":"high","tags":["security"],"article":{"id":"x","title":null,"url":null,'
        '"source_id":null,"source_name":"A","published":{"at":"2026-03-02T14:30:00+01:00","exact":true},'
        '"lang":"de"},"evidence":{"start":0,"end":4,"text":"Text"},"key":"NO","modality":"decided",'
        '"because":["event"],"sources":1,"demo":false,"dropped_since":1}'
    )
    assert (alert.severity, alert.modality, alert.quote) == (Severity.HIGH, Modality.DECIDED, None)
    assert (alert.updates, alert.changes) == (None, ())
    assert alert.article.published == Published(at=datetime(2026, 3, 2, 13, 30, tzinfo=UTC))
    assert alert.evidence == Span(start=0, end=4, text="Text")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"lang":1}', '{"id":"1"}'])
def test_other_text(text: str) -> None:
    """A text that is not the JSON of the kind is an error."""
    with pytest.raises(ValueError, match=r"."):
        ALERT.load(text)


OLD_EVIDENCE = (
    '{"article":"a","alert":"x","first":"x","title":null,"url":null,"outlet":"A","published":'
    '{"at":"2026-03-02T14:30:00+01:00","exact":true},"lang":"de","sentence":"Text.","quote":null}'
)


def test_entries_of_the_first_version() -> None:
    """Of ledger and calendar; what came later has its default."""
    entry = LEDGER_ENTRY.load(
        '{"id":"1","kind":"troops","event_type":"troops.commit","actors":[{"name":"Norwegen","id":"NO"}],'
        '"targets":[],"states":[{"fact":{"modality":"decided","date":null,"quantity":null,"places":[]},'
        f'"evidence":{OLD_EVIDENCE},"at":"2026-03-02T12:00:00Z"}}],"corrections":[{{"slot":"date",'
        '"value":"2026-05","before":null,"by":"a","at":"2026-03-02T12:00:00Z"}]}'
    )
    assert (entry.dropped, entry.mentions, entry.states[0].disputed) == (False, (), False)
    assert (entry.corrections[0].value, str(entry.last.evidence.published)) == (
        "2026-05", "2026-03-02T14:30:00+01:00",
    )  # fmt: skip
    event = CALENDAR_ENTRY.load(
        '{"id":"1","event_type":"consult.call","versions":[{"status":"ahead","date":"2026-03-05",'
        '"modality":"scheduled","place":null,"medium":"call","participants":[],'
        f'"evidence":{OLD_EVIDENCE},"at":"2026-03-02T12:00:00Z"}}]}}'
    )
    assert (event.now.status, event.alerts) == (Status.AHEAD, ())
