"""From alerts and findings to what the ledger and the calendar are told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.alerts.compose import ref_of
from bot.alerts.model import Alert, ArticleRef
from bot.alerts.updates import fact_of
from bot.article.cleaning import one_line
from bot.article.model import Article
from bot.extraction.findings import Actor, Event, Findings, Modality, Span, TimeType
from bot.stories.additions import is_additional
from bot.stories.calendar_model import CONSULT, OFF, OVER, Mention, family
from bot.stories.evidence import Evidence, plain
from bot.stories.facts import Slot, is_hedged, says_moved
from bot.stories.ledger import Report, kind_of
from bot.stories.new_days import new_day

_HOUR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
SENTENCE_LIMIT = 600  # characters kept of a sentence or quote
NAME_LIMIT = 120


def report_of(alert: Alert) -> Report | None:
    """What the ledger is told by an alert; None where it is no commitment, or from a demo article."""
    kind = kind_of(alert.event_type)
    if kind is None or alert.demo or alert.event_type is None:
        return None
    fact = fact_of(alert)
    actors = tuple(plain(one) for one in alert.actors or alert.participants)
    return Report(
        kind=kind,
        event_type=alert.event_type,
        actors=actors,
        targets=tuple(plain(one) for one in alert.targets if plain(one) not in actors),
        fact=replace(fact, actors=actors, places=tuple(plain(one) for one in fact.places)),
        evidence=evidence_of(alert),
        additional=_is_additional(alert),
    )


def _is_additional(alert: Alert) -> bool:
    amount, sentence = alert.quantity, alert.evidence
    return amount is not None and is_additional(amount, sentence.text, sentence.start, alert.article.lang)


def evidence_of(alert: Alert) -> Evidence:
    """Where an alert was read, with its key quote."""
    quote = alert.quote
    shown = seen_in(alert.article, alert.evidence.text)
    shown = replace(shown, alert=alert.id, first=alert.updates or alert.id)
    if quote is None:
        return shown
    speaker = ", ".join(part for part in (quote.speaker, quote.role) if part)
    return replace(
        shown,
        quote=one_line(quote.text, SENTENCE_LIMIT),
        said_by=one_line(speaker, NAME_LIMIT) or None,
        via=one_line(quote.via, NAME_LIMIT) if quote.via else None,
    )


def seen_in(article: ArticleRef, sentence: str) -> Evidence:
    """A sentence of an article that no alert was made of."""
    return Evidence(
        article=article.id,
        alert=None,
        first=None,
        title=one_line(article.title, SENTENCE_LIMIT) if article.title else None,
        url=article.url,
        outlet=article.source_name or article.source_id,
        published=article.published,
        lang=article.lang,
        sentence=one_line(sentence, SENTENCE_LIMIT),
    )


def mentions_of(article: Article, findings: Findings, alerts: Sequence[Alert], today: date) -> list[Mention]:
    """What the calendar is told by an article: its alerts announce, its other events change entries.

    Args:
        article: What was read.
        findings: What was found in it.
        alerts: Made of it by rules that are live.
        today: The day of reading, for articles that do not say when they were published.
    """
    if article.demo:
        return []
    day = article.published.day if article.published else today
    told = [mention for alert in alerts if (mention := _announced(alert, findings, day))]
    ref = ref_of(article, findings)
    return told + [
        _changes(event, ref, findings, day) for event in findings.events if _may_change(event, ref)
    ]


def _announced(alert: Alert, findings: Findings, day: date) -> Mention | None:
    """What an alert announces, moves or calls off."""
    if alert.event_type is None or alert.modality is None:
        return None
    fact = fact_of(alert)
    if fact.date is None and not fact.moved and alert.modality not in OFF | OVER:
        return None  # without a day it announces nothing
    said = Mention(
        event_type=alert.event_type,
        medium=alert.medium,
        modality=alert.modality,
        participants=_people(alert.participants, alert.actors, alert.targets),
        place=plain(alert.place) if alert.place else None,
        date=_with_hour(fact.date, alert.evidence, findings),
        moved=fact.moved,
        announces=alert.modality not in OFF,
        day=day,
        evidence=evidence_of(alert),
        relocated=any(change.slot is Slot.PLACE for change in alert.changes),
    )
    return _as_moved(said, alert.date, alert.evidence, findings) if fact.moved else said


def _may_change(event: Event, article: ArticleRef) -> bool:
    """Whether an event that no alert was made of may change what the calendar holds."""
    if family(event.type) != CONSULT:
        return False
    if event.modality in OFF:
        return not is_hedged(event.evidence.text, article.lang)
    return event.modality is Modality.OCCURRED or says_moved(event.evidence.text, article.lang)


def _changes(event: Event, article: ArticleRef, findings: Findings, day: date) -> Mention:
    moved = says_moved(event.evidence.text, article.lang)
    said = Mention(
        event_type=event.type,
        medium=event.medium,
        modality=event.modality,
        participants=_people(event.participants, event.actors, event.targets),
        place=plain(event.place) if event.place else None,
        date=_with_hour(event.date, event.evidence, findings),
        moved=moved,
        announces=False,
        day=day,
        evidence=seen_in(article, event.evidence.text),
    )
    return _as_moved(said, event.date, event.evidence, findings) if moved else said


def _as_moved(said: Mention, day: str | None, sentence: Span, findings: Findings) -> Mention:
    """What “was moved to Friday” says: with its new day an announcement, without one put off."""
    if said.modality not in OFF | OVER:
        return said
    new = new_day(day, sentence, findings, said.day) if day else None
    if new:
        return replace(said, modality=Modality.SCHEDULED, date=new)
    if said.modality in OFF:
        return replace(said, modality=Modality.CANCELLED)
    # “The postponed summit took place on Thursday” did; “has been moved” says of the summit nothing sure.
    over = said.date is not None
    return replace(said, moved=not over, modality=said.modality if over else Modality.HISTORICAL)


def _people(
    participants: Sequence[Actor], actors: Sequence[Actor], targets: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Those who take part, each once."""
    everybody = participants or (*actors, *targets)
    return tuple(dict.fromkeys(plain(one) for one in everybody))


def _with_hour(day: str | None, sentence: Span, findings: Findings) -> str | None:
    """The day with the hour that its sentence names, where it names one of that day."""
    if day is None:
        return None
    hours = {
        time.value
        for time in findings.times
        if time.type is TimeType.TIME
        and time.value
        and time.value.startswith(f"{day}T")
        and _HOUR.fullmatch(time.value)
        and sentence.start <= time.start < sentence.end
    }
    return hours.pop() if len(hours) == 1 else day
