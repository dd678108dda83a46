"""What was read out of an article, in a few short lines: for people who want to see what the bot sees."""

from collections.abc import Iterator

from bot.alerts.amounts import amount_shown
from bot.alerts.wording import day_in, name_in, words
from bot.article.cleaning import one_line
from bot.commands.wording import say
from bot.extraction.findings import Event, Findings, Quote, QuoteKind

NAMES, QUOTES, EVENTS = 8, 3, 5
QUOTE_LIMIT = 140  # characters
NAME_LIMIT = 60


def findings_lines(found: Findings, lang: str) -> Iterator[tuple[str, str]]:
    """Label and text of each line, the label once: names, quotes, events."""
    names = list(dict.fromkeys(one_line(entity.name, NAME_LIMIT) for entity in found.entities))
    groups = {
        "source_entities": [", ".join(names[:NAMES]) + _more(len(names), NAMES)] if names else [],
        "source_quotes": [_quote(quote, found.lang) for quote in found.quotes[:QUOTES]],
        "source_events": [_event(event, found.lang, lang) for event in found.events[:EVENTS]],
    }
    if not any(groups.values()):
        yield "", say(lang, "source_nothing_read")
    for key, texts in groups.items():
        for number, text in enumerate(texts):
            yield "" if number else say(lang, key), text


def _more(number: int, shown: int) -> str:
    return f" +{number - shown}" if number > shown else ""


def _quote(quote: Quote, given: str | None) -> str:
    """Who says what; in quotation marks where they are the speaker's own words."""
    text = one_line(quote.text, QUOTE_LIMIT)
    if quote.kind in (QuoteKind.DIRECT, QuoteKind.FRAGMENT):
        text = f"„{text}“" if given == "de" else f"“{text}”"
    who = one_line(quote.speaker.name, NAME_LIMIT) if quote.speaker else "?"
    return f"{who}: {text}"


def _event(event: Event, given: str | None, lang: str) -> str:
    """Type, who → whom or where, how sure, how much, when; of a meeting all who meet, and the place."""
    who, joint = (event.participants, " – ") if event.participants else (event.actors[:2], " / ")
    actors = joint.join(one_line(name_in(actor, lang), NAME_LIMIT) for actor in who[:3])
    where = [*event.targets[:1], *([event.place] if event.place else [])]
    aim = one_line(name_in(where[0], lang), NAME_LIMIT) if where else ""
    parts = [
        event.type,
        (", " if event.participants else " → ").join(filter(None, (actors, aim))),
        str(words(lang)["modality"][event.modality]),
        amount_shown(event.quantity, given, lang) if event.quantity else "",
        day_in(event.date, lang) if event.date else "",
    ]
    return " · ".join(filter(None, parts))
