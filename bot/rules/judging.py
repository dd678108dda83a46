"""Judge one condition on one event, or on the article as a whole: a verdict with the words that decided."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from bot.extraction.findings import Actor, Entity, EntityKind, Event, Quote, Span
from bot.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateIs,
    EntityIs,
    EventIs,
    LanguageIs,
    MediumIs,
    ModalityIs,
    Not,
    PartyIs,
    PatternFound,
    PlaceIs,
    QuantityIs,
    QuoteIs,
    Slot,
    SomeEvent,
    SourceIs,
    TextHas,
    Who,
)
from bot.rules.measures import date_lies, days_of, quantity_lies, says_date, says_quantity
from bot.rules.patterns import compiled
from bot.rules.verdicts import Reason, Verdict
from bot.rules.view import View, answers, traits_of

PLACES = frozenset({EntityKind.PLACE, EntityKind.COUNTRY})


def judge(condition: Condition, view: View, event: Event | None) -> Verdict:
    """Judge a condition; without an event, those on quantity, date and place look at the whole article."""
    return _JUDGES[type(condition)](condition, view, event)


def _verdict(
    condition: Condition, *, holds: bool, found: str = "", wanted: str = "", span: Span | None = None
) -> Verdict:
    reason = Reason.HELD if holds else Reason.OTHER if found else Reason.MISSING
    return Verdict(
        key=condition.key, reason=reason, line=condition.line, found=found, wanted=wanted, span=span
    )


def _all(condition: AllOf, view: View, event: Event | None) -> Verdict:
    parts: list[Verdict] = []
    for part in condition.parts:
        parts.append(judge(part, view, event))
        if not parts[-1].holds:
            break
    reason = parts[-1].reason if parts else Reason.HELD
    return Verdict(key=condition.key, reason=reason, line=condition.line, parts=tuple(parts))


def _any(condition: AnyOf, view: View, event: Event | None) -> Verdict:
    """The first part that holds; if none does, the one that came furthest."""
    parts: list[Verdict] = []
    for part in condition.parts:
        parts.append(judge(part, view, event))
        if parts[-1].holds:
            return parts[-1]
    return furthest(parts)


def furthest(verdicts: Iterable[Verdict]) -> Verdict:
    """Of several failed verdicts the one of which most conditions held; the first of equals."""
    return max(verdicts, key=lambda verdict: len(verdict.held()))


def _not(condition: Not, view: View, event: Event | None) -> Verdict:
    inner = judge(condition.part, view, event)
    if not inner.holds:
        return _verdict(condition, holds=True)
    return excluded(inner)


def excluded(inner: Verdict) -> Verdict:
    """The verdict on something that holds and must not."""
    leaf = next(reversed(inner.held()), inner)
    return replace(leaf, reason=Reason.EXCLUDED, parts=())


def _some_event(condition: SomeEvent, view: View, event: Event | None) -> Verdict:
    if event is not None:
        return judge(condition.part, view, event)
    verdicts = []
    for candidate in view.findings.events:
        verdict = judge(condition.part, view, candidate)
        if verdict.holds:
            return replace(verdict, event=candidate)
        verdicts.append(replace(verdict, event=candidate))
    return furthest(verdicts) if verdicts else _verdict(condition, holds=False, wanted="an event")


def _event(condition: EventIs, view: View, event: Event | None) -> Verdict:  # noqa: ARG001  (one signature)
    wanted = _or(sorted(condition.types))
    if event is None:
        return _verdict(condition, holds=False, wanted=wanted)
    found = f"{event.type} on “{event.trigger.text}”"
    return _verdict(
        condition, holds=event.type in condition.types, found=found, wanted=wanted, span=event.trigger
    )


def _modality(condition: ModalityIs, view: View, event: Event | None) -> Verdict:  # noqa: ARG001
    wanted = _or(condition.modalities)
    if event is None:
        return _verdict(condition, holds=False, wanted=wanted)
    holds = event.modality in condition.modalities
    return _verdict(condition, holds=holds, found=event.modality, wanted=wanted, span=event.evidence)


def _medium(condition: MediumIs, view: View, event: Event | None) -> Verdict:  # noqa: ARG001
    found = event.medium if event else None
    wanted = _or(condition.media)
    return _verdict(condition, holds=found in condition.media, found=found or "", wanted=wanted)


def _party(condition: PartyIs, view: View, event: Event | None) -> Verdict:
    verdict = _someone(condition, condition.who, _in_slot(condition.slot, event), view)
    return replace(verdict, key=str(condition.slot))


def _in_slot(slot: Slot, event: Event | None) -> tuple[Actor, ...]:
    if event is None:
        return ()
    slots = {Slot.ACTOR: event.actors, Slot.TARGET: event.targets, Slot.PARTICIPANT: event.participants}
    return slots.get(slot, event.actors + event.targets + event.participants)


def _someone(condition: Condition, who: Who, candidates: tuple[Actor, ...], view: View) -> Verdict:
    wanted = says_who(who)
    for candidate in candidates:
        if answers(who, view.traits(candidate)):
            return _verdict(
                condition, holds=True, found=candidate.name, wanted=wanted, span=_where(candidate)
            )
    names = _or([candidate.name for candidate in candidates])
    return _verdict(condition, holds=False, found=names, wanted=wanted)


def _where(actor: Actor) -> Span | None:
    if actor.start is None or actor.end is None:
        return None
    return Span(start=actor.start, end=actor.end, text=actor.text or "")


def _place(condition: PlaceIs, view: View, event: Event | None) -> Verdict:
    if event is not None:
        return _someone(condition, condition.who, (event.place,) if event.place else (), view)
    places = [entity for entity in view.findings.entities if entity.kind in PLACES]
    return _mentioned(condition, condition.who, places)


def _entity(condition: EntityIs, view: View, event: Event | None) -> Verdict:
    start, end = view.stretch(condition.where, event)
    inside = [entity for entity in view.findings.entities if start <= entity.start and entity.end <= end]
    return _mentioned(condition, condition.who, inside)


def _mentioned(condition: Condition, who: Who, entities: Iterable[Entity]) -> Verdict:
    wanted = says_who(who)
    for entity in entities:
        if answers(who, traits_of(entity)):
            return _verdict(condition, holds=True, found=entity.text, wanted=wanted, span=entity)
    return _verdict(condition, holds=False, wanted=wanted)


def _quantity(condition: QuantityIs, view: View, event: Event | None) -> Verdict:
    given = [event.quantity] if event and event.quantity else [] if event else view.findings.quantities
    wanted = says_quantity(condition)
    verdicts = []
    for quantity in given:
        lies = quantity_lies(condition, quantity)
        if lies is not None:
            verdicts.append(
                _verdict(condition, holds=lies, found=quantity.text, wanted=wanted, span=quantity)
            )
    if not verdicts and condition.if_given:
        return _verdict(condition, holds=True, found="none given")
    held = [verdict for verdict in verdicts if verdict.holds]
    found = given[0].text if given else ""
    return next(iter(held or verdicts), _verdict(condition, holds=False, found=found, wanted=wanted))


def _date(condition: DateIs, view: View, event: Event | None) -> Verdict:
    named = [event.date] if event and event.date else [] if event else [t.value for t in view.findings.times]
    known = [value for value in named if value and days_of(value)]
    wanted = says_date(condition)
    if not known:
        if condition.if_given:
            return _verdict(condition, holds=True, found="none given")
        return _verdict(condition, holds=False, wanted=wanted)
    held = [value for value in known if date_lies(condition, value, view.day)]
    return _verdict(condition, holds=bool(held), found=(held or known)[0], wanted=wanted)


def _quote(condition: QuoteIs, view: View, event: Event | None) -> Verdict:  # noqa: ARG001
    wanted = " ".join(filter(None, ["a quote", says_who(condition.speaker), _or(condition.phrases)]))
    for quote in view.findings.quotes:
        if _says(condition, quote, view):
            return _verdict(condition, holds=True, found=quote.text, wanted=wanted, span=quote)
    return _verdict(condition, holds=False, wanted=wanted)


def _says(condition: QuoteIs, quote: Quote, view: View) -> bool:
    if condition.kinds and quote.kind not in condition.kinds:
        return False
    if condition.phrases and not view.words.find(condition.phrases, quote.start, quote.end):
        return False
    if condition.speaker is None:
        return True
    return quote.speaker is not None and answers(condition.speaker, view.traits(quote.speaker))


def _source(condition: SourceIs, view: View, event: Event | None) -> Verdict:  # noqa: ARG001
    article = view.article
    names = [name for name in (article.source_name, article.source_id) if name]
    named = not condition.sources or any(name.lower() in condition.sources for name in names)
    fits = not condition.tiers or article.source_tier in condition.tiers
    tier = [f"({article.source_tier})"] if condition.tiers and article.source_tier else []
    wanted = " of ".join(filter(None, [_or(condition.tiers), _or(condition.sources)]))
    return _verdict(condition, holds=named and fits, found=" ".join(names[:1] + tier), wanted=wanted)


def _language(condition: LanguageIs, view: View, event: Event | None) -> Verdict:  # noqa: ARG001
    lang = view.findings.lang or view.article.lang or ""
    return _verdict(condition, holds=lang in condition.languages, found=lang, wanted=_or(condition.languages))


def _text(condition: TextHas, view: View, event: Event | None) -> Verdict:
    span = view.words.find(condition.phrases, *view.stretch(condition.where, event))
    return _verdict(
        condition,
        holds=span is not None,
        found=span.text if span else "",
        wanted=_or(condition.phrases),
        span=span,
    )


def _pattern(condition: PatternFound, view: View, event: Event | None) -> Verdict:
    start, end = view.stretch(condition.where, event)
    found = compiled(condition.pattern).search(view.article.content[start:end])
    if found is None:
        return _verdict(condition, holds=False, wanted=condition.pattern)
    first, last = start + found.start(), start + found.end()
    span = Span(start=first, end=last, text=view.article.content[first:last])
    return _verdict(condition, holds=True, found=span.text, wanted=condition.pattern, span=span)


def says_who(who: Who | None) -> str:
    """A description in words."""
    if who is None:
        return ""
    named = [*who.named, *who.kinds, *who.roles]
    return _or(named) + (f" of {_or(who.countries)}" if who.countries else "")


def _or(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))


# Typed by the key: each judge takes its own kind of condition.
_JUDGES: dict[type[Condition], Callable[[Any, View, Event | None], Verdict]] = {
    AllOf: _all,
    AnyOf: _any,
    Not: _not,
    SomeEvent: _some_event,
    EventIs: _event,
    PartyIs: _party,
    ModalityIs: _modality,
    MediumIs: _medium,
    QuantityIs: _quantity,
    DateIs: _date,
    PlaceIs: _place,
    EntityIs: _entity,
    QuoteIs: _quote,
    SourceIs: _source,
    LanguageIs: _language,
    TextHas: _text,
    PatternFound: _pattern,
}
