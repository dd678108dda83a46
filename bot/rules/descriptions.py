"""Read descriptions inside conditions: who is meant, which words, which unit."""

import difflib
import re
from collections.abc import Mapping

from bot.extraction.findings import EntityKind
from bot.located import Node
from bot.rules import fields
from bot.rules.conditions import Phrase, Who
from bot.rules.fields import Notes
from bot.rules.vocabulary import (
    country_group,
    country_groups,
    currencies,
    regions,
    role_group,
    role_groups,
    territories,
    units,
    vocabulary,
)

WHO_KEYS = ("kind", "id", "name", "role", "country", "region")
UNIT_EXAMPLE = "such as {unit: soldier, at_least: 50}"
ID = re.compile(r"[A-Z]{2}|Q[1-9]\d*")
PART = re.compile(r"\*?\w+\*?")
SHORTEST_CORE = 3  # letters beside a `*`
MOST_WORDS = 12  # in one phrase


def who_of(node: Node, notes: Notes, what: str, more: tuple[str, ...] = ()) -> Who | None:
    """A name, an id, a list of them, or a block; None after an issue."""
    if not isinstance(node.value, dict):
        named = tuple(text.lower() for text, _ in fields.lines(node, notes, what))
        return Who(named=named) if named else None
    given = fields.mapping(node, WHO_KEYS + more, notes, what)
    if not fields.some(node, given, WHO_KEYS, notes, f"{what} needs one of: {', '.join(WHO_KEYS)}"):
        return None
    names = [text for text, _ in fields.lines(given["name"], notes, "name")] if "name" in given else []
    ids = _ids(given["id"], notes) if "id" in given else []
    return Who(
        named=tuple(word.lower() for word in ids + names),
        kinds=fields.choices(given["kind"], kinds(), notes, "kind") if "kind" in given else (),
        roles=_roles(given["role"], notes) if "role" in given else (),
        countries=_lands(given, notes),
    )


def _lands(given: Mapping[str, Node], notes: Notes) -> tuple[str, ...]:
    """The countries meant; where country and region are given, those that are both."""
    countries = _countries(given["country"], notes) if "country" in given else ()
    if "region" not in given:
        return countries
    names = fields.choices(given["region"], tuple(regions()), notes, "region")
    inside = frozenset[str]().union(*(regions()[name] for name in names))
    if "country" not in given:
        return tuple(sorted(inside))
    both = tuple(code for code in countries if code in inside)
    if names and countries and not both:
        notes.error(given["region"], f"none of these countries lies in {', '.join(names)}")
    return both


def kinds() -> tuple[str, ...]:
    """The kinds that somebody can be of."""
    return tuple(dict.fromkeys([*map(str, EntityKind), *vocabulary()["kinds"]]))


def _ids(node: Node, notes: Notes) -> list[str]:
    found = []
    for text, member in fields.lines(node, notes, "id"):
        if ID.fullmatch(text):
            found.append(text)
        else:
            notes.error(
                member, f"“{fields.shown(text)}” is no id: write DE (ISO 3166), Q1065 (Wikidata), or use name"
            )
    return found


def _roles(node: Node, notes: Notes) -> tuple[str, ...]:
    found: list[str] = []
    for text, member in fields.lines(node, notes, "role"):
        close = difflib.get_close_matches(text.lower(), role_groups(), 1, 0.85) if len(text) <= 60 else []
        if close and text.lower() not in role_groups():
            notes.warn(member, f"role “{text}” is no group of offices: did you mean “{close[0]}”?")
        found += role_group(text)
    return tuple(found)


def _countries(node: Node, notes: Notes) -> tuple[str, ...]:
    found: list[str] = []
    for text, member in fields.lines(node, notes, "country"):
        if text in country_groups() or text in territories():
            found += country_group(text)
        else:
            hint = fields.meant(text, country_groups()) if len(text) > 2 else ""
            notes.error(
                member, f"unknown country “{fields.shown(text)}”: write ISO 3166 codes such as DE{hint}"
            )
    return tuple(dict.fromkeys(found))


def phrases_of(node: Node, notes: Notes) -> tuple[Phrase, ...]:
    """Words and phrases; `*` may stand at the start or end of a word."""
    found = []
    for text, member in fields.lines(node, notes, "text"):
        words = tuple(PART.findall(text))
        problem = _problem(text, words)
        if problem:
            notes.error(member, f"“{fields.shown(text)}”: {problem}")
        else:
            found.append(Phrase(words=words))
    return tuple(found)


def _problem(text: str, words: tuple[str, ...]) -> str | None:
    if not words:
        return "there is no word in it"
    if len(words) > MOST_WORDS:
        return f"a phrase may have {MOST_WORDS} words"
    if text.count("*") != sum(word.count("*") for word in words) or re.search(r"\w\*\w", text):
        return "* stands at the start or end of a word, for any letters"
    if any("*" in word and len(word.strip("*")) < SHORTEST_CORE for word in words):
        return f"beside * a word needs {SHORTEST_CORE} letters"
    return None


def unit_of(node: Node, notes: Notes) -> str | None:
    """A unit of the closed list, `money`, or an ISO 4217 currency."""
    if isinstance(node.value, str) and node.value in currencies():
        return node.value
    return fields.choice(node, units(), notes, "unit")
