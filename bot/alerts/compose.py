"""From what was read and the rules to alerts."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from bot.alerts.key_quote import key_quotes
from bot.alerts.model import Alert, ArticleRef, KeyQuote
from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.rules.index.rule_index import RuleIndex
from bot.rules.matcher import matches_in
from bot.rules.model import Match, Rule
from bot.rules.view import View
from bot.stories.novelty import novelty_key
from bot.stories.retractions import ends_something, retracted_in
from bot.stories.same_event import groups, merged

MENTIONS = 30  # of one event; whoever tells it more often has said the key quote near one of them


def alerts_of(article: Article, findings: Findings, rules: Sequence[Rule]) -> list[Alert]:
    """The alerts of one article, in the order of the text; each event of a rule once.

    Args:
        article: What was read.
        findings: What was found in it.
        rules: Live rules and those in shadow; drafts give nothing.
    """
    return _alerts(View(article=article, findings=findings), rules)


def retractions_of(article: Article, findings: Findings, rules: Sequence[Rule]) -> list[Alert]:
    """What one article denies, calls off or calls over of what the rules ask for.

    It can only change what was told.

    Args:
        article: What was read.
        findings: What was found in it.
        rules: As of `alerts_of`.
    """
    view = View(article=article, findings=findings)
    return _retractions(view, rules) if _ends_some(findings) else []


def found_in(article: Article, findings: Findings, index: RuleIndex) -> tuple[list[Alert], list[Alert]]:
    """What `alerts_of` and `retractions_of` give for all rules of an index; only few of them are judged."""
    view, ends = View(article=article, findings=findings), _ends_some(findings)
    rules = index.candidates(view, any_modality=ends)
    return _alerts(view, rules), _retractions(view, rules) if ends else []


def _ends_some(findings: Findings) -> bool:
    return any(ends_something(event) for event in findings.events)


def _alerts(view: View, rules: Iterable[Rule]) -> list[Alert]:
    return _in_order(_of_matches(matches_in(rule, view), view) for rule in rules)


def _retractions(view: View, rules: Iterable[Rule]) -> list[Alert]:
    return _in_order(_of_matches(retracted_in(rule, view), view) for rule in rules)


def _in_order(found: Iterable[list[Alert]]) -> list[Alert]:
    alerts = [alert for some in found for alert in some]
    return sorted(alerts, key=lambda alert: (alert.evidence.start, alert.rule_id, alert.id))


def _of_matches(matches: Sequence[Match], view: View) -> list[Alert]:
    """The alerts of one rule."""
    events = groups(matches, view)
    told = [(merged(group, view), *group[:MENTIONS]) for group in events]
    return [
        _alert(told_of[0], quote, view) for told_of, quote in zip(told, key_quotes(told, view), strict=True)
    ]


def _alert(match: Match, quote: KeyQuote | None, view: View) -> Alert:
    """One alert out of the merged matches of one event."""
    article, rule, event = view.article, match.rule, match.event
    return Alert(
        id=alert_id(article, match),
        rule_id=rule.id,
        rule_title=rule.title,
        rule_headline=rule.headline,
        severity=rule.severity,
        tags=rule.tags,
        article=ref_of(article, view.findings),
        evidence=match.evidence,
        key=novelty_key(match, view),
        event_type=event.type if event else None,
        modality=match.modality,
        medium=event.medium if event else None,
        actors=match.actors,
        targets=event.targets if event else (),
        participants=event.participants if event else (),
        place=event.place if event else None,
        date=match.date,
        quantity=match.quantity,
        quote=quote,
        because=match.because,
        demo=article.demo,
    )


def alert_id(article: Article, match: Match) -> str:
    """24 hex digits; the same for the same edition of an article, rule and event at its place in the text."""
    edition = [str(article.edited)] if article.edited else []
    parts = (article.id, match.rule.id, *map(str, _places(match)), *edition)
    name = "".join(f"{len(part)}:{part}" for part in parts)
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _places(match: Match) -> tuple[int | str | None, ...]:
    """What tells the events of one sentence apart: `500 to Poland, 200 to Latvia` has one verb."""
    event = match.event
    if event is None:
        return (match.evidence.start,)
    quantity = event.quantity.start if event.quantity else None
    return (
        event.type,
        event.trigger.start,
        quantity,
        *(actor.start for actor in (*event.actors, *event.targets)),
    )


def ref_of(article: Article, findings: Findings) -> ArticleRef:
    """What an alert says of its article."""
    return ArticleRef(
        id=article.id,
        title=article.title,
        url=article.url,
        source_id=article.source_id,
        source_name=article.source_name,
        published=article.published,
        lang=findings.lang or article.lang,
        edited=article.edited,
        paywalled=article.paywalled,
    )
