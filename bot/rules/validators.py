"""What no single field shows: combinations in a rule that cannot be meant."""

from collections.abc import Callable, Iterator

from bot.extraction.findings import PLOVER
from bot.located import Node
from bot.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateIs,
    EventIs,
    MediumIs,
    ModalityIs,
    Not,
    PartyIs,
    QuantityIs,
    SomeEvent,
    Where,
)
from bot.rules.fields import Notes
from bot.rules.headlines import OF_EVENTS, template
from bot.rules.model import Rule, Status
from bot.rules.rule_tests import UNLESS

Validator = Callable[[Rule, Node, Notes], None]


def walk(condition: Condition | None) -> Iterator[Condition]:
    """The condition and all inside it."""
    if condition is None:
        return
    yield condition
    if isinstance(condition, (AllOf, AnyOf)):
        for part in condition.parts:
            yield from walk(part)
    elif isinstance(condition, (Not, SomeEvent)):
        yield from walk(condition.part)


def required(condition: Condition) -> Iterator[Condition]:
    """The conditions that must hold whenever this one does."""
    if isinstance(condition, SomeEvent):
        yield from required(condition.part)
    elif isinstance(condition, AllOf):
        for part in condition.parts:
            yield from required(part)
    elif not isinstance(condition, (AnyOf, Not)):
        yield condition


def always_excluded(rule: Rule, root: Node, notes: Notes) -> None:
    """`unless` must leave something of `when`."""
    wanted = {
        modality
        for part in required(rule.when)
        if isinstance(part, ModalityIs)
        for modality in part.modalities
    }
    for part in rule.unless.parts if isinstance(rule.unless, AnyOf) else (rule.unless,):
        if isinstance(part, ModalityIs) and wanted and wanted <= set(part.modalities):
            notes.error(
                _at(part, root), "every modality that when asks for is excluded here: the rule never fires"
            )


def media_of_consultations(rule: Rule, root: Node, notes: Notes) -> None:
    """Only consultations have a medium."""
    types = {kind for part in required(rule.when) if isinstance(part, EventIs) for kind in part.types}
    silent = types and not any(PLOVER.get(kind, "CONSULT") == "CONSULT" for kind in types)
    for part in required(rule.when):
        if silent and isinstance(part, MediumIs):
            notes.error(_at(part, root), "only consult.* and peace.talks have a medium: the rule never fires")


def sentence_of_an_event(rule: Rule, root: Node, notes: Notes) -> None:
    """Without an event there is no sentence of it."""
    if isinstance(rule.when, SomeEvent):
        return
    for part in [*walk(rule.when), *walk(rule.unless)]:
        if getattr(part, "where", None) is Where.SENTENCE and not _inside_event(part, rule):
            notes.error(_at(part, root), "in: sentence needs a condition on an event beside it")


def _inside_event(part: Condition, rule: Rule) -> bool:
    groups = [group for group in [*walk(rule.when), *walk(rule.unless)] if isinstance(group, SomeEvent)]
    return any(part is inner for group in groups for inner in walk(group))


def asks_something(rule: Rule, root: Node, notes: Notes) -> None:
    """A rule that only excludes would fire on every article."""
    if isinstance(rule.when, Not):
        notes.error(root.at("when"), "when only excludes: the rule would fire on every article")


def tested(rule: Rule, root: Node, notes: Notes) -> None:
    """A live rule shows by tests what it is for, and what not."""
    if rule.status is not Status.LIVE:
        return
    if not rule.tests:
        notes.warn(root.at("status"), "the rule is live and has no tests: add tests, or set status: shadow")
    elif all(test.fires for test in rule.tests):
        notes.warn(
            root.at("tests"), "no test shows what the rule must not fire on: add one with fires: false"
        )


def because_is_asked(rule: Rule, root: Node, notes: Notes) -> None:
    """`because` names a condition of this rule."""
    keys = {_key(part) for part in [*walk(rule.when), *walk(rule.unless)]}
    keys |= {UNLESS} if rule.unless else set()
    for place, test in enumerate(rule.tests):
        if test.because and test.because not in keys:
            where = root.at("tests", place, "because")
            notes.error(where, f"the rule has no condition “{test.because}”")


def key_is_known(rule: Rule, root: Node, notes: Notes) -> None:
    """What tells facts apart must be something that rules on words alone can have."""
    if "novelty" in (root.value if isinstance(root.value, dict) else {}) and not _speaks_of_events(rule):
        notes.warn(
            root.at("novelty", "key"), "a rule without an event knows no slots: it is new once an article"
        )


def headline_can_be_filled(rule: Rule, root: Node, notes: Notes) -> None:
    """A rule without an event has nobody for `{actor}`; in brackets that does no harm."""
    if _speaks_of_events(rule):
        return
    empty = {
        (root.at("headline", lang), slot): None
        for lang, text in rule.headline.items()
        for piece in template(text)
        for slot in piece.slots
        if slot in OF_EVENTS and not piece.optional
    }
    for place, slot in empty:
        notes.error(place, f"the rule asks for no event: {{{slot}}} would always be empty")


def _speaks_of_events(rule: Rule) -> bool:
    return any(
        isinstance(part, (SomeEvent, EventIs, PartyIs, DateIs, QuantityIs)) for part in walk(rule.when)
    )


def _key(part: Condition) -> str:
    return str(part.slot) if isinstance(part, PartyIs) else part.key


def _at(part: Condition, root: Node) -> tuple[int, int]:
    return (part.line, part.column) if part.line else root.at("when")


VALIDATORS: tuple[Validator, ...] = (
    always_excluded,
    media_of_consultations,
    sentence_of_an_event,
    asks_something,
    tested,
    because_is_asked,
    key_is_known,
    headline_can_be_filled,
)
