"""Events that a rule would hold for if they were not denied or called off, or over.

They are no news of their own; they change what was told before: a meeting that was announced took place.
Sentences in which a negation may mean something else are left out: to call a thing denied that is not would
be wrong in public.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.extraction.findings import Event, Modality
from bot.rules.conditions import ModalityIs, SomeEvent
from bot.rules.matcher import matches_in
from bot.rules.measures import days_of
from bot.rules.model import Match, Rule
from bot.rules.validators import walk
from bot.rules.view import View
from bot.stories.calendar_model import CONSULT, family
from bot.stories.facts import NO, Slot, is_hedged, says_moved
from bot.stories.new_days import new_day


def retracted_in(rule: Rule, view: View) -> list[Match]:
    """The matches of a rule for events that an article denies, calls off or calls over, with that modality.

    Only where the rule asks for changes of modality, and only events for which it does not fire as they are.
    """
    if Slot.MODALITY not in rule.novelty.update_when or not isinstance(rule.when, SomeEvent):
        return []
    left = [event for event in view.findings.events if _ends(event, view)]
    found: list[Match] = []
    for changes in _supposed(rule) if left else ():
        held = _as_if(rule, view, left, changes)
        left = [event for event, match in zip(left, held, strict=True) if match is None]
        found += [match for match in held if match and changes]
    return sorted(found, key=lambda match: match.evidence.start)


def _supposed(rule: Rule) -> list[dict[str, Any]]:
    """The events as they are; as if they took place, in a way that the rule asks for; that without a date.

    For “was put off to Wednesday” is read as the Wednesday gone by.
    """
    named = [part.modalities for part in walk(rule.when) if isinstance(part, ModalityIs)]
    first = (next((one for one in modalities if one not in NO), None) for modalities in named)
    taken: list[dict[str, Any]] = [{"modality": one} for one in dict.fromkeys(first) if one]
    return [{}, *taken, *(changes | {"date": None} for changes in taken)]


def ends_something(event: Event) -> bool:
    """Whether an event may take back what was told, or say that it took place on its day."""
    return event.modality in NO or _is_over(event)


def _is_over(event: Event) -> bool:
    return event.modality is Modality.OCCURRED and event.date is not None and family(event.type) == CONSULT


def _ends(event: Event, view: View) -> bool:
    if _moved_to(event, view):
        return True
    if not _is_over(event):
        return event.modality in NO and not _is_hedged(event, view)
    # “Has been moved to Friday” happened, but not the meeting.
    published, days = view.article.published, days_of(event.date or "")
    ahead = published is not None and days is not None and days[0] > published.day
    return not ahead and not says_moved(event.evidence.text, view.findings.lang)


def _moved_to(event: Event, view: View) -> str | None:
    """The new day of a meeting of which the article says, in the past, that it was moved there."""
    published, sentence = view.article.published, event.evidence
    dated = event.date if family(event.type) == CONSULT and published else None
    if not dated or not published or not says_moved(sentence.text, view.findings.lang):
        return None
    return new_day(dated, sentence, view.findings, published.day)


def _is_hedged(event: Event, view: View) -> bool:
    return is_hedged(event.evidence.text, view.findings.lang)


def _as_if(rule: Rule, view: View, events: list[Event], changes: Mapping[str, Any]) -> list[Match | None]:
    """For each event its match, if it were changed so."""
    supposed = [replace(event, **changes) for event in events]
    read = View(article=view.article, findings=replace(view.findings, events=tuple(supposed)))
    matches = {id(match.event): match for match in matches_in(rule, read)} if events else {}
    return [
        _restored(matches[id(one)], event, view) if id(one) in matches else None
        for one, event in zip(supposed, events, strict=True)
    ]


def _restored(match: Match, event: Event, view: View) -> Match:
    if new := _moved_to(event, view):
        event = replace(event, modality=Modality.SCHEDULED, date=new)
    because = tuple(line for line in match.because if not line.startswith("modality"))
    told = replace(
        match, event=event, modality=event.modality, because=(*because, f"modality: {event.modality}")
    )
    return replace(told, date=event.date) if new or _is_over(event) else told
