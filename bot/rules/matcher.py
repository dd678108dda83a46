"""Which rules hold in an article: one match for each event a rule holds for.

`match_all` is the plain loop. An index that names the few rules worth judging goes between it and
`matches_in`; the verdicts must stay those of the loop.
"""

from collections.abc import Iterable

from bot.article.model import Article
from bot.extraction.findings import Event, Findings, Quantity, Span
from bot.rules.conditions import SomeEvent
from bot.rules.judging import excluded, judge
from bot.rules.model import Match, Rule, Status
from bot.rules.verdicts import Verdict
from bot.rules.view import View


def match(rule: Rule, article: Article, findings: Findings) -> list[Match]:
    """The matches of one rule, in the order of the text; none for a draft."""
    return matches_in(rule, View(article=article, findings=findings))


def match_all(rules: Iterable[Rule], article: Article, findings: Findings) -> list[Match]:
    """The matches of all rules that are not drafts, rule by rule."""
    view = View(article=article, findings=findings)
    return [found for rule in rules for found in matches_in(rule, view)]


def matches_in(rule: Rule, view: View) -> list[Match]:
    """The matches of one rule in an article that others look at as well."""
    if rule.status is Status.DRAFT:
        return []
    judged = ((event, verdict_on(rule, view, event)) for event in candidates(rule, view))
    return [_match(rule, view, event, verdict) for event, verdict in judged if verdict.holds]


def candidates(rule: Rule, view: View) -> tuple[Event | None, ...]:
    """What a rule is judged on: each event, or the article once."""
    return view.findings.events if isinstance(rule.when, SomeEvent) else (None,)


def verdict_on(rule: Rule, view: View, event: Event | None) -> Verdict:
    """The verdict of `when`, or if that holds and `unless` does as well, of the part that excludes."""
    when = judge(rule.when, view, event)
    if not when.holds or rule.unless is None:
        return when
    unless = judge(rule.unless, view, event)
    return excluded(unless) if unless.holds else when


def _match(rule: Rule, view: View, event: Event | None, verdict: Verdict) -> Match:
    held = verdict.held()
    because = tuple(map(str, held))
    event = event or _witness(verdict)
    if event is None:
        return Match(
            rule=rule, evidence=_evidence(held, view), quantity=_quantity(held, view), because=because
        )
    return Match(
        rule=rule,
        evidence=event.evidence,
        event=event,
        modality=event.modality,
        actors=event.actors,
        date=event.date,
        quantity=event.quantity,
        because=because,
    )


def _witness(verdict: Verdict) -> Event | None:
    """The event that a part of a rule on the whole article held for."""
    if verdict.event is not None:
        return verdict.event
    return next(filter(None, map(_witness, verdict.parts)), None)


def _evidence(held: list[Verdict], view: View) -> Span:
    """The sentence of the first words that decided; where none did, the first sentence of the body."""
    places = [verdict.span.start for verdict in held if verdict.span]
    body = [at for at in places if at >= view.article.text_start]
    return view.sentence(min(body or places, default=view.article.text_start))


def _quantity(held: list[Verdict], view: View) -> Quantity | None:
    spans = [verdict.span for verdict in held if verdict.key == "quantity"]
    return next((quantity for quantity in view.findings.quantities if quantity in spans), None)
