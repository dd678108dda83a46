"""`/latest`, `/why`: what was told, and for what reason."""

from collections.abc import Iterator

from bot.alerts.brief import brief
from bot.alerts.control import Correction
from bot.alerts.headline import headline
from bot.alerts.model import Alert
from bot.alerts.noting import correction_in
from bot.article.cleaning import one_line
from bot.commands.asking import Asked
from bot.commands.fitting import answer, clipped, fitted, fitting
from bot.commands.naming import alert_named, names_of
from bot.ports.conversation import Answer

USUAL = 5
MOST = 10
LINK_LIMIT = 300
QUOTE_LIMIT = 160
REASONS_LIMIT = 1200


async def latest(ask: Asked) -> Answer:
    """The newest alerts, newest first; demo alerts stay on the console."""
    wanted = ask.request.arguments.strip()
    if wanted and not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= MOST):
        return answer(ask.say("latest_how", n=MOST))
    alerts = await ask.desk.store.latest(int(wanted or USUAL), demo=False)
    if not alerts:
        return answer(ask.say("no_alerts"))
    ids = [alert.id for alert in alerts]
    retracted, names = await ask.desk.store.retracted(ids), await names_of(ask, ids)
    return fitted(ask, (_told(ask, alert, names[alert.id], retracted.get(alert.id)) for alert in alerts))


def _told(ask: Asked, alert: Alert, name: str, correction: Correction | None) -> str:
    """An alert in a few lines."""
    told = brief(alert, ask.lang, ask.zone)
    notice = correction_in(correction, ask.lang, ask.zone) if correction else ""
    lines = [notice, f"{told.mark} {told.headline}", told.facts, told.update or ""]
    if told.quote:
        lines.append(" — ".join(part for part in (clipped(told.quote, QUOTE_LIMIT), told.said) if part))
    lines.append(told.origin)
    if told.link and len(told.link) <= LINK_LIMIT:
        lines.append(told.link)
    lines.append(ask.tappable("why", name))
    return "\n".join(line for line in lines if line)


async def why(ask: Asked) -> Answer:
    """The conditions that held for an alert, and the sentence they held on."""
    found = await alert_named(ask, ask.request.arguments.strip(), "why_how")
    if not isinstance(found, Alert):
        return found
    retracted = await ask.desk.store.retracted([found.id])
    return answer(_taken_back(ask, retracted.get(found.id)), *_reasons(ask, found))


def _taken_back(ask: Asked, correction: Correction | None) -> str:
    """The history says by whom."""
    if correction is None:
        return ""
    at = f"{correction.at.astimezone(ask.zone):%Y-%m-%d %H:%M}"
    return ask.say("retracted_by", time=at, by=correction.by, note=correction.note).strip()


def _reasons(ask: Asked, alert: Alert) -> Iterator[str]:
    told = brief(alert, ask.lang, ask.zone)
    yield f"{told.mark} {headline(alert, ask.lang)}"
    yield ask.say("why_rule", rule=alert.rule_id)
    yield "\n".join(fitting((f"• {one_line(line, 200)}" for line in alert.because), REASONS_LIMIT))
    yield ask.say("why_evidence", text=clipped(one_line(alert.evidence.text, 2000), 400))
    title = one_line(alert.article.title or "", 200)
    link = told.link if told.link and len(told.link) <= LINK_LIMIT else None
    yield "\n".join(part for part in (title, told.origin, link) if part)
