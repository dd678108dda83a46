import json
from datetime import timedelta
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.findings import PLOVER, QuoteKind
from bot.located import MAX_DEPTH
from bot.rules.blocks import CONDITION_KEYS
from bot.rules.conditions import EventIs, SomeEvent
from bot.rules.loader import KEYS, load_rule
from bot.rules.model import Novelty, QuoteChoice, Severity, Status

FULL = dedent("""\
    id: full
    title: {de: Voll, en: Full}
    description: All keys.
    status: shadow
    severity: critical
    tags: [a, b-c]
    when:
      event: consult.*
    novelty:
      key: [actor, target]
      window: 2w
      update_when: [quantity changes 25%, modality]
    quote: {prefer: [leader], kinds: [direct]}
    tests:
      - text: Ein Treffen.
        title: Gipfel
        lang: de
        published: 2026-03-02T10:00:00+01:00
        fires: {actor: [DE, FR], date: 2026-03-04}
      - {text: Nichts., published: 2026-03-02, fires: false, because: event}
    """)


def test_all_keys() -> None:
    """Every key of a rule file arrives in the rule."""
    rule, issues = load_rule(FULL, "full.yml")
    assert not issues
    assert rule is not None
    assert rule.title == {"de": "Voll", "en": "Full"}
    assert (rule.status, rule.severity, rule.tags) == (Status.SHADOW, Severity.CRITICAL, ("a", "b-c"))
    assert rule.novelty == Novelty(
        key=("actor", "target"),
        window=timedelta(days=14),
        update_when=("quantity", "modality"),
        quantity_change=0.25,
    )
    assert rule.quote == QuoteChoice(prefer=("leader",), kinds=(QuoteKind.DIRECT,))
    first, second = rule.tests
    assert (first.title, first.lang, first.line) == ("Gipfel", "de", 15)
    assert first.expect == {"actor": ("DE", "FR"), "date": "2026-03-04"}
    assert (second.fires, second.because) == (False, "event")


def test_defaults() -> None:
    """What a rule leaves out has its usual value; a title without language serves for all."""
    rule, _ = load_rule("id: r\ntitle: t\nstatus: shadow\nwhen: {text: a}\n", "r.yml")
    assert rule is not None
    assert rule.title == {"de": "t", "en": "t"}
    assert (rule.severity, rule.tags, rule.description) == (Severity.NORMAL, (), "")
    assert (rule.novelty, rule.quote) == (Novelty(), QuoteChoice())


def test_wildcards_are_written_out() -> None:
    """`consult.*` becomes all types that begin so."""
    rule, _ = load_rule(FULL, "full.yml")
    assert rule is not None
    assert isinstance(rule.when, SomeEvent)
    assert isinstance(rule.when.part, EventIs)
    assert rule.when.part.types == {kind for kind in PLOVER if kind.startswith("consult.")}


def test_norway_is_no_truth_value() -> None:
    """`NO` and `no` stay words."""
    rule, issues = load_rule("id: r\ntitle: no\nstatus: shadow\nwhen: {actor: {country: NO}}\n", "r.yml")
    assert not issues
    assert rule is not None
    assert rule.title["de"] == "no"


def test_byte_order_mark_and_own_event_types() -> None:
    """A byte order mark does no harm, and a pack's own event types are known when handed in."""
    text = "\ufeffid: r\ntitle: t\nstatus: shadow\nwhen: {event: flood.*}\n"
    assert load_rule(text, "r.yml")[0] is None
    assert load_rule(text, "r.yml", event_types=frozenset({"flood.warning"}))[0] is not None


@pytest.mark.parametrize(
    "text",
    [
        "when: " + "{not: " * (MAX_DEPTH + 5) + "{text: a}" + "}" * (MAX_DEPTH + 5),
        "when: " + "[" * 100_000,
        "id: r\ntitle: " + "x" * 2_000_000,
        "a: &x [1]\nb: [*x, *x]",
        "when: {pattern: '" + "(a{100}){100}" * 20 + "'}",
        "\x00\x01",
        "id: r\n---\nid: s\n",
    ],
    ids=["deep", "brackets", "long", "alias", "pattern", "control", "documents"],
)
def test_hostile_files(text: str) -> None:
    """A file made to hurt costs an issue, not an exception."""
    rule, issues = load_rule(text, "r.yml")
    assert rule is None
    assert issues


_words = st.sampled_from(
    [
        *KEYS,
        *CONDITION_KEYS,
        *PLOVER,
        "kind",
        "role",
        "unit",
        "at_least",
        "within",
        "words",
        "in",
        "NATO",
        "10d",
        "*",
    ]
)
_scalars = st.one_of(
    _words, st.booleans(), st.none(), st.integers(-9, 10**20), st.floats(), st.text(max_size=12)
)
_values = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(_words, st.text(max_size=5)), inner, max_size=5),
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(KEYS), _values, max_size=11))
def test_random_values_never_crash_the_loader(value: object) -> None:
    """Any value at any key gives a rule or issues inside the file, never an exception."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=True)
    rule, issues = load_rule(text, "r.yml")
    assert rule is not None or issues
    assert all(issue.line <= len(text.splitlines()) for issue in issues)


@given(st.text(alphabet=st.sampled_from("abc:-[]{}#&*!|>'\"%@`,? \n\t\\é\ufeff0.\x00"), max_size=80))
def test_random_text_never_crashes_the_loader(text: str) -> None:
    """Any text gives a rule or issues, never an exception."""
    rule, issues = load_rule("when: {text: a}\n" + text, "r.yml")
    assert rule is not None or issues
