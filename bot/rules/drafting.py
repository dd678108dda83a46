"""The beginning of a rule: a whole file that works, each part with a word on what it is for."""

from bot.errors import DepescheError
from bot.rules.loader import ID, LONGEST_ID

WORDS = {
    "de": {
        "schema": "so vervollständigt der Editor; neu: depesche rules schema",
        "title": "wie die Meldung heißt, auf Deutsch und Englisch",
        "headline": "eigene Worte darüber, ohne das #; was in [ ] leer bliebe, fällt weg",
        "description": "wann die Regel anschlägt, in einem Satz",
        "status": "draft: nur geprüft · shadow: läuft, sendet nichts · live",
        "severity": "low · normal · high · critical",
        "when": "all dies muss gelten; rules/README.md nennt alle Bedingungen",
        "unless": "nichts davon darf gelten",
        "novelty": "was eine Meldung neu macht, und für wie lange",
        "quote": "wessen Worte das Zitat sind",
        "tests": "mindestens einer, der anschlägt, und einer, der es nicht darf",
    },
    "en": {
        "schema": "lets your editor complete; anew: depesche rules schema",
        "title": "what the alert is called, in German and English",
        "headline": "words of your own above it, without the #; an empty [ ] is left out",
        "description": "when the rule fires, in one sentence",
        "status": "draft: only checked · shadow: runs, sends nothing · live",
        "severity": "low · normal · high · critical",
        "when": "all of these must hold; rules/README.md names every condition",
        "unless": "none of these may hold",
        "novelty": "what makes an alert new, and for how long",
        "quote": "whose words are the quote",
        "tests": "at least one that fires, and one that must not",
    },
}
FILE = """\
# yaml-language-server: $schema=rule.schema.json
# {schema}
id: {id}
# {title}
title: {{de: {name}, en: {name}}}
# {headline}
# headline: {{de: 'Streik[ in {{place}}]', en: 'Strike[ in {{place}}]'}}
# {description}
description: Workers are on strike at a port.
# {status}
status: draft
# {severity}
severity: normal
tags: [example]
# {when}
when:
  event: protest
  text: ['*hafen', '*häfen', harbour, port]
# {unless}
unless:
  - modality: historical
# {novelty}
novelty:
  key: [type, place]
  window: 7d
# {quote}
quote: {{prefer: [actor, about_event]}}
# {tests}
tests:
  - text: Im Hamburger Hafen streiken seit Montag die Lotsen.
    published: 2026-03-02
    fires: true
  - text: Dock workers are protesting at the port of Antwerp.
    published: 2026-03-02
    fires: true
  - text: Im Hafen liegt ein neues Schiff.
    published: 2026-03-02
    fires: false
    because: event
"""


def draft(rule_id: str, lang: str = "en") -> str:
    """A rule file to begin with, its comments in German or English.

    Raises:
        DepescheError: The id is none.
    """
    if not ID.fullmatch(rule_id) or len(rule_id) > LONGEST_ID:
        raise DepescheError(f"“{rule_id}” is no id: write small letters, digits and hyphens, such as my-rule")
    name = rule_id.replace("-", " ").capitalize()
    return FILE.format(id=rule_id, name=name, **WORDS.get(lang, WORDS["en"]))
