"""`/latest`, `/why`, `/rules`: what was told, for what reason, by which rules."""

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.alerts.brief import brief
from bot.alerts.headline import headline
from bot.alerts.model import Alert
from bot.alerts.wording import words
from bot.article.cleaning import one_line
from bot.commands.asking import Asked
from bot.commands.fitting import answer, clipped, fitted, fitting
from bot.ports.conversation import Answer
from bot.rules.model import Rule

USUAL = 5
MOST = 10
SHORT_ID = 8  # hex digits shown of an alert's 24
LEAST_ID = 4
LINK_LIMIT = 300
QUOTE_LIMIT = 160
REASONS_LIMIT = 1200
COUNTED = timedelta(days=7)
_HEX = re.compile(r"[0-9a-f]+")


async def latest(ask: Asked) -> Answer:
    """The newest alerts, newest first; demo alerts stay on the console."""
    wanted = ask.request.arguments.strip()
    if wanted and not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= MOST):
        return answer(ask.say("latest_how", n=MOST))
    alerts = await ask.desk.store.latest(int(wanted or USUAL), demo=False)
    return fitted(ask, (_told(ask, alert) for alert in alerts)) if alerts else answer(ask.say("no_alerts"))


def _told(ask: Asked, alert: Alert) -> str:
    """An alert in a few lines."""
    told = brief(alert, ask.lang, ask.zone)
    lines = [f"{told.mark} {told.headline}", told.facts, told.update or ""]
    if told.quote:
        lines.append(" — ".join(part for part in (clipped(told.quote, QUOTE_LIMIT), told.said) if part))
    lines.append(told.origin)
    if told.link and len(told.link) <= LINK_LIMIT:
        lines.append(told.link)
    lines.append(ask.say("why_hint", id=alert.id[:SHORT_ID]))
    return "\n".join(line for line in lines if line)


async def why(ask: Asked) -> Answer:
    """The conditions that held for an alert, and the sentence they held on."""
    wanted = ask.request.arguments.strip().lower()
    if len(wanted) < LEAST_ID or not _HEX.fullmatch(wanted):
        return answer(ask.say("why_how"))
    found = await ask.desk.store.alerts_by_id(wanted, 2)
    if not found:
        return answer(ask.say("no_such_alert", id=clipped(wanted, 30)))
    if len(found) > 1:
        return answer(ask.say("several_alerts", id=wanted))
    return answer(*_reasons(ask, found[0]))


def _reasons(ask: Asked, alert: Alert) -> Iterator[str]:
    told = brief(alert, ask.lang, ask.zone)
    yield f"{told.mark} {headline(alert, ask.lang)}"
    yield ask.say("why_rule", rule=alert.rule_id)
    yield "\n".join(fitting((f"• {one_line(line, 200)}" for line in alert.because), REASONS_LIMIT))
    yield ask.say("why_evidence", text=clipped(one_line(alert.evidence.text, 2000), 400))
    title = one_line(alert.article.title or "", 200)
    link = told.link if told.link and len(told.link) <= LINK_LIMIT else None
    yield "\n".join(part for part in (title, told.origin, link) if part)


async def rules(ask: Asked) -> Answer:
    """The rules, those whose id, title or tag has the word that was given."""
    word = ask.request.arguments.strip().casefold()
    chosen = [rule for _, rule in sorted(ask.desk.rules().items()) if word in _searchable(rule, ask.lang)]
    if not chosen:
        return answer(ask.say("no_such_rule", word=clipped(word, 60)) if word else ask.say("no_rules"))
    counts = await ask.desk.store.pushed_by_rule(since=ask.desk.clock.now() - COUNTED)
    texts = (_described(ask, rule, counts.get(rule.id, 0)) for rule in chosen)
    return fitted(ask, texts, ask.say("rules", n=len(chosen)))


def _described(ask: Asked, rule: Rule, pushed: int) -> str:
    severity = words(ask.lang)["severity"][rule.severity]
    facts = (severity, ask.say(f"rule_{rule.status}"), ask.say("pushed_lately", n=pushed))
    return f"{one_line(rule.title[ask.lang], 100)}\n{rule.id} · {' · '.join(facts)}"


def _searchable(rule: Rule, lang: str) -> str:
    return " ".join((rule.id, rule.title[lang], *rule.tags)).casefold()
