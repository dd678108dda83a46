"""Entries of the ledger in words, for a phone and for the command line."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from babel.dates import format_datetime

from bot.alerts.amounts import amount_in
from bot.alerts.brief import shortened
from bot.alerts.changing import changes_in
from bot.alerts.wording import day_in, name_in, without_article, words
from bot.article.cleaning import one_line
from bot.commands.ledger_words import kind_name
from bot.commands.wording import say
from bot.extraction.findings import Actor
from bot.ports.ledger import LogLine
from bot.stories.evidence import Evidence
from bot.stories.facts import Slot, Value
from bot.stories.ledger import Entry, State
from bot.stories.ledger_present import Present, changes, present

NAMES = 4
NAME_LIMIT = 60
SHORT_ID = 8
QUOTE_LIMIT = 240


def who_where(entry: Entry, lang: str) -> str:
    """`Norwegen → Litauen`."""
    now = present(entry)
    who, where = names(now.actors, lang, entry), names(now.where, lang, entry)
    return f"{who} → {where}" if where else who


def names(actors: Sequence[Actor], lang: str, entry: Entry) -> str:
    """Names in the reader's language, the first few."""
    given = entry.last.evidence.lang
    told = [one_line(without_article(name_in(one, lang), given), NAME_LIMIT) for one in actors]
    found = list(dict.fromkeys(told))
    more = f" {words(lang)['more_names'].format(n=len(found) - NAMES)}" if len(found) > NAMES else ""
    return ", ".join(found[:NAMES]) + more


def facts_of(now: Present, lang: str) -> str:
    """`300 Soldaten · beschlossen · Mai 2026`, a star behind what an admin set."""
    parts = []
    if now.quantity:
        parts.append(amount_in(now.quantity, lang) + _star(now, Slot.QUANTITY))
    if now.modality:
        parts.append(str(words(lang)["modality"][now.modality]) + _star(now, Slot.MODALITY))
    if now.date:
        parts.append(day_in(now.date, lang) + _star(now, Slot.DATE))
    return " · ".join(parts)


def _star(now: Present, slot: Slot) -> str:
    return "*" if slot in now.corrected else ""


def entry_lines(entry: Entry, lang: str, zone: tzinfo | None) -> Iterator[str]:
    """An entry in a few lines."""
    now = present(entry)
    yield f"{kind_name(entry.kind, lang)}: {who_where(entry, lang)}"
    if facts := facts_of(now, lang):
        yield facts
    if told := _changed(entry, lang):
        yield told
    yield from _contested(now, lang)
    since = say(lang, "ledger_since", time=moment(now.since, lang, zone))
    yield f"{since} · {say(lang, 'n_sources', n=max(len(entry.outlets), 1))} · {entry.id[:SHORT_ID]}"


def _changed(entry: Entry, lang: str) -> str:
    """What the last change was."""
    state, told = changes(entry)[-1]
    return f"↻ {changes_in(told, state.evidence.lang, lang)}" if told else ""


def _contested(now: Present, lang: str) -> Iterator[str]:
    for slot, value in now.contested:
        yield say(lang, "ledger_contested", value=value_in(slot, value, lang))


def value_in(slot: Slot, value: Value, lang: str) -> str:
    """A value of a slot in words."""
    match value:
        case None:
            return "–"
        case str():
            return str(words(lang)["modality"][value]) if slot is Slot.MODALITY else day_in(value, lang)
        case tuple():
            return ", ".join(name_in(one, lang) for one in value)
    return amount_in(value, lang)


def history(entry: Entry, lang: str, zone: tzinfo | None) -> Iterator[str]:
    """Each state with its evidence, oldest first, a paragraph each."""
    for state, told in changes(entry):
        lines = [_origin(state, lang, zone)]
        lines.append(changes_in(told, state.evidence.lang, lang) if told else _said(state, lang))
        lines += _evidence(state.evidence)
        yield "\n".join(filter(None, lines))


def _said(state: State, lang: str) -> str:
    fact = state.fact
    parts = [amount_in(fact.quantity, lang)] if fact.quantity else []
    if fact.modality:
        parts.append(str(words(lang)["modality"][fact.modality]))
    if fact.date:
        parts.append(day_in(fact.date, lang))
    return " · ".join(parts)


def _origin(state: State, lang: str, zone: tzinfo | None) -> str:
    evidence = state.evidence
    published = evidence.published
    if published is None:
        when = moment(state.at, lang, zone)
    elif published.exact:
        when = moment(published.at, lang, zone)
    else:
        when = day_in(published.day.isoformat(), lang)
    return " · ".join(part for part in (when, evidence.outlet) if part)


def _evidence(evidence: Evidence) -> Iterator[str]:
    """The key quote and who said it, else the sentence; and where it stands."""
    opening, closing = words(evidence.lang if evidence.lang in ("de", "en") else "en")["marks"]
    if evidence.quote:
        quote = f"{opening}{shortened(evidence.quote, QUOTE_LIMIT)}{closing}"
        via = f"({evidence.via})" if evidence.via else ""
        yield " ".join(
            part for part in (quote, f"— {evidence.said_by}" if evidence.said_by else "", via) if part
        )
    else:
        yield shortened(evidence.sentence, QUOTE_LIMIT)
    if evidence.url:
        yield one_line(evidence.url, 300)


def log_line(line: LogLine, lang: str, zone: tzinfo | None) -> str:
    """`02.03.2026 14:30 · slack:U1 Ada · quantity: 150 soldier → 300 soldier`."""
    set_to = f"{line.what}: {line.before or '–'} → {line.after or '–'}"
    told = set_to if line.what in [*Slot] else say(lang, f"ledger_log_{line.what}")
    return one_line(f"{moment(line.at, lang, zone)} · {line.by} · {told}", 300)


def moment(at: datetime, lang: str, zone: tzinfo | None) -> str:
    """A moment in the reader's zone."""
    pattern = "dd.MM.yyyy HH:mm" if lang == "de" else "d MMM yyyy HH:mm"
    return format_datetime(at.astimezone(zone), pattern, locale=lang)
