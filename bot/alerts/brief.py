"""The brief: what an alert says to a person, line by line, before a platform lays it out.

Every text is plain: no markup, no escapes. Complete as it stands.
"""

import re
from dataclasses import dataclass, replace
from datetime import tzinfo

from babel.dates import format_datetime

from bot.alerts.amounts import amount_shown
from bot.alerts.changing import changes_in
from bot.alerts.headline import HEADLINE_LIMIT, NAME_LIMIT, headline, is_counted
from bot.alerts.lateness import HOURS_TO
from bot.alerts.model import Alert, KeyQuote
from bot.alerts.wording import day_in, words
from bot.article.cleaning import one_line
from bot.article.model import Published
from bot.extraction.findings import Modality, QuoteKind
from bot.rules.model import Severity

MARKS = {Severity.LOW: "⚪", Severity.NORMAL: "🟡", Severity.HIGH: "🟠", Severity.CRITICAL: "🔴"}
LINK_LIMIT = 2000
QUOTE_LIMIT = 300
EVIDENCE_LIMIT = 300
VERBATIM = frozenset({QuoteKind.DIRECT, QuoteKind.FRAGMENT})
_CLAUSE_END = re.compile(r"[.!?;:,–—](?=\s)")


@dataclass(frozen=True, kw_only=True)
class Brief:
    """An alert in words.

    Attributes:
        mark: The severity as a coloured sign; `severity` says it in a word.
        facts: How much, how sure, when, joined by ` · `; may be empty.
        quote: The key quote, or None; in the marks of its language if they are the speaker's own words.
        said: Who said it and through whom, or None.
        evidence: The sentence of the article, where there is no quote.
        origin: Source, time, further sources, tags.
        update: What changed, where it is an update: `Updated: 150 → 300 trainers`.
        notice: What people decided about it: that it was taken back, or waits for approval; else None.
    """

    mark: str
    severity: str
    headline: str
    facts: str
    quote: str | None
    said: str | None
    evidence: str | None
    origin: str
    link: str | None
    demo: str | None
    update: str | None = None
    notice: str | None = None


def brief(alert: Alert, lang: str, zone: tzinfo | None = None) -> Brief:
    """Put an alert into words.

    Args:
        alert: What is told.
        lang: `de` or `en`: the reader's language; quotes and evidence stay in their own.
        zone: The reader's time zone; None for the system's.
    """
    return Brief(
        mark=MARKS[alert.severity],
        severity=words(lang)["severity"][alert.severity],
        headline=headline(alert, lang),
        facts=" · ".join(_facts(alert, lang)),
        quote=_quote(alert.quote, alert.article.lang or lang) if alert.quote else None,
        said=_said(alert.quote, lang) if alert.quote else None,
        evidence=None if alert.quote else shortened(one_line(alert.evidence.text, 2000), EVIDENCE_LIMIT),
        origin=" · ".join(_origin(alert, lang, zone)),
        link=one_line(alert.article.url, LINK_LIMIT) if alert.article.url else None,
        demo=words(lang)["demo"] if alert.demo else None,
        update=_update(alert, lang) if alert.changes else None,
    )


def update_brief(alert: Alert, lang: str, zone: tzinfo | None = None) -> Brief:
    """An update in words where it answers the message that was told first: only what changed."""
    whole = brief(alert, lang, zone)
    return replace(
        whole, headline=_update(alert, lang), facts=whole.headline, quote=None, said=None, evidence=None,
        update=None,
    )  # fmt: skip


def _update(alert: Alert, lang: str) -> str:
    changes = changes_in(alert.changes, alert.article.lang, lang)
    form = "contradiction" if any(change.sides for change in alert.changes) else "updated"
    return one_line(str(words(lang)[form]).format(changes=changes), HEADLINE_LIMIT)


def _facts(alert: Alert, lang: str) -> list[str]:
    wordings, facts = words(lang), []
    if alert.quantity and not any(is_counted(actor, alert) for actor in alert.actors):
        facts.append(amount_shown(alert.quantity, alert.article.lang, lang))
    if alert.medium:
        facts.append(wordings["medium"][alert.medium])
    facts += _said_of(alert, lang)
    if alert.date:
        facts.append(day_in(alert.date, lang))
    return facts


def _said_of(alert: Alert, lang: str) -> list[str]:
    """What it is, where the title leaves it open, and how sure: `lifting · decided`, `broken`."""
    wordings = words(lang)
    sure = [wordings["modality"][alert.modality]] if alert.modality else []
    kind = wordings["event"].get(alert.event_type)
    if kind is None:
        return sure
    return [kind["done"]] if alert.modality is Modality.OCCURRED else [kind["open"], *sure]


def _quote(quote: KeyQuote, lang: str) -> str:
    """The quote; what is only reported stands without marks."""
    opening, closing = words(lang if lang in ("de", "en") else "en")["marks"]
    if quote.kind not in VERBATIM:
        opening = closing = ""
    return f"{opening}{shortened(one_line(quote.text, 5000), QUOTE_LIMIT)}{closing}"


def _said(quote: KeyQuote, lang: str) -> str | None:
    who = ", ".join(one_line(part, 120) for part in (quote.speaker, quote.role) if part)
    via = words(lang)["via"].format(medium=one_line(quote.via, NAME_LIMIT)) if quote.via else None
    return ", ".join(part for part in (who, via) if part) or None


def shortened(text: str, limit: int) -> str:
    """The text, cut at the last clause border before `limit` characters and marked with `…`."""
    if len(text) <= limit:
        return text
    room = text[: limit - 1]
    borders = [border.start() for border in _CLAUSE_END.finditer(room)]
    if borders and borders[-1] >= limit // 3:
        return room[: borders[-1]].rstrip() + " …"
    return room.rsplit(" ", 1)[0].rstrip() + " …"


def _origin(alert: Alert, lang: str, zone: tzinfo | None) -> list[str]:
    wordings, article = words(lang), alert.article
    parts = [one_line(article.source_name, NAME_LIMIT)] if article.source_name else []
    if article.published:
        parts.append(_time(article.published, lang, zone))
    if article.paywalled:
        parts.append(wordings["paywalled"])
    if alert.late:
        parts.append(_late(alert.late, lang))
    if more := alert.sources - 1:
        parts.append(wordings["more_sources_one" if more == 1 else "more_sources"].format(n=more))
        parts.append(wordings["confirmed"])
    return parts + [f"#{tag}" for tag in alert.tags]


def _late(hours: int, lang: str) -> str:
    """That it is told late, and how late."""
    if hours < HOURS_TO:
        return str(words(lang)["late_hours"].format(n=hours))
    return str(words(lang)["late_days"].format(n=round(hours / 24)))


def _time(published: Published, lang: str, zone: tzinfo | None) -> str:
    if not published.exact:
        return day_in(published.day.isoformat(), lang)
    pattern = "dd.MM.yyyy HH:mm" if lang == "de" else "d MMM yyyy HH:mm"
    return format_datetime(published.at.astimezone(zone), pattern, locale=lang)
