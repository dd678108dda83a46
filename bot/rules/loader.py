"""A rule file to a rule. Takes text, not paths; every mistake is an issue with file, line and column."""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from bot.errors import Issue
from bot.extraction.findings import PLOVER, QuoteKind
from bot.extraction.lexicon import LANGUAGES
from bot.located import Node, read_yaml
from bot.rules import fields
from bot.rules.blocks import Blocks
from bot.rules.caps import read_cap
from bot.rules.conditions import Condition, SomeEvent, bind
from bot.rules.fields import Notes, TooManyIssuesError
from bot.rules.headlines import read_headline
from bot.rules.limits import LONGEST_FILE, is_small
from bot.rules.model import QuoteChoice, Rule, Severity, Status
from bot.rules.novelty_block import read_novelty
from bot.rules.rule_tests import read_tests
from bot.rules.validators import VALIDATORS

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
TAG = re.compile(r"[\w-]{1,40}")
REQUIRED = {
    "id": "small letters, digits and hyphens, as the file's name",
    "title": "one text, or {de: …, en: …}",
    "status": "draft (only checked), shadow (runs, sends nothing) or live",
    "when": "the conditions",
}
KEYS = (
    "id", "title", "headline", "description", "status", "severity", "tags", "when", "unless", "novelty",
    "quote", "cap", "tests",
)  # fmt: skip
PREFERENCES = ("actor", "target", "participant", "about_event", "leader")
EVENT_TYPES = frozenset(PLOVER)


def load_rule(
    text: str, place: str, *, event_types: frozenset[str] = EVENT_TYPES
) -> tuple[Rule | None, list[Issue]]:
    """Load one rule file.

    Returns:
        The rule, or None if an issue of severity `error` keeps it out; and all issues in order of place.
    """
    if len(text) > LONGEST_FILE:
        return None, [_whole(place, f"a rule file may have {LONGEST_FILE:,} characters: make several rules")]
    root, issues = read_yaml(text, place)
    if issues:
        return None, issues
    if root is None:
        return None, [_whole(place, "the file is empty")]
    notes = Notes(place)
    rule = None
    try:
        rule = _checked(root, notes, event_types)
        more = []
    except TooManyIssuesError:
        more = [_whole(place, f"more than {len(notes.issues)} mistakes: mend these, then check again")]
    ordered = sorted(notes.issues, key=lambda issue: (issue.line, issue.column))
    return (None if notes.fatal else rule), [*ordered, *more]


def _whole(place: str, message: str) -> Issue:
    """What is wrong with a file as a whole."""
    return Issue(place=place, line=0, column=0, message=message)


def _checked(root: Node, notes: Notes, event_types: frozenset[str]) -> Rule | None:
    if not is_small(root, notes):
        return None
    rule = _read(root, notes, event_types)
    if rule is not None:
        for validator in VALIDATORS:
            validator(rule, root, notes)
    return rule


def place_of_id(text: str, place: str) -> tuple[int, int]:
    """Line and column of the id in a rule file."""
    root, _ = read_yaml(text, place)
    return root.at("id") if root else (0, 0)


def _read(root: Node, notes: Notes, event_types: frozenset[str]) -> Rule | None:
    given = fields.mapping(root, KEYS, notes, "a rule")
    if isinstance(root.value, dict):
        for key, mend in REQUIRED.items():
            if key not in given:
                notes.error(root, f"the key “{key}” is missing: {mend}")
    blocks = Blocks(notes=notes, event_types=event_types)
    when = blocks.all_of(given["when"]) if "when" in given else None
    unless = blocks.none_of(given["unless"]) if "unless" in given else None
    parts: dict[str, Any] = {key: read(given[key], notes) for key, read in _PARTS.items() if key in given}
    if when is None or notes.fatal:
        return None
    return Rule(when=bind(when), unless=_bound_with(when, unless), place=notes.place, **(_USUAL | parts))


def _bound_with(when: Condition, unless: Condition | None) -> Condition | None:
    """In a rule about events, `unless` speaks of the same event as `when`."""
    if unless is None or isinstance(bind(when), SomeEvent):
        return unless
    return bind(unless)


def _id(node: Node, notes: Notes) -> str:
    text = fields.line(node, notes, "id") or ""
    if not text:
        return text
    if not ID.fullmatch(text) or len(text) > LONGEST_ID:
        mended = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID]
        notes.error(node, f"an id has small letters, digits and hyphens, such as “{mended or 'my-rule'}”")
    elif _called(notes.place) not in (None, text):
        notes.warn(node, f"the file is called {PurePath(notes.place).name}: call it {text}.yml")
    return text


def _called(place: str) -> str | None:
    """The name of a file without its ending; None for what is no file."""
    path = PurePath(place)
    return path.stem if path.suffix in (".yml", ".yaml") else None


def _title(node: Node, notes: Notes) -> dict[str, str]:
    if not isinstance(node.value, dict):
        text = fields.line(node, notes, "title") or ""
        return dict.fromkeys(LANGUAGES, text)
    given = fields.mapping(node, LANGUAGES, notes, "title")
    titles = {lang: fields.line(member, notes, "title") or "" for lang, member in given.items()}
    if not titles:
        notes.error(node, "title needs a text in de or en")
    other = next(iter(titles.values()), "")
    return {lang: titles.get(lang, other) for lang in LANGUAGES}


def _description(node: Node, notes: Notes) -> str:
    return fields.line(node, notes, "description") or ""


def _status(node: Node, notes: Notes) -> Status:
    return Status(fields.choice(node, tuple(Status), notes, "status") or Status.DRAFT)


def _severity(node: Node, notes: Notes) -> Severity:
    return Severity(fields.choice(node, tuple(Severity), notes, "severity") or Severity.NORMAL)


def _tags(node: Node, notes: Notes) -> tuple[str, ...]:
    texts = fields.lines(node, notes, "tags")
    for text, member in texts:
        if not TAG.fullmatch(text):
            notes.error(
                member, f"a tag is one word of letters, digits and hyphens, not “{fields.shown(text)}”"
            )
    return tuple(text for text, _ in texts)


def _quote(node: Node, notes: Notes) -> QuoteChoice:
    given = fields.mapping(node, ("prefer", "kinds"), notes, "quote")
    usual = QuoteChoice()
    prefer = (
        fields.choices(given["prefer"], PREFERENCES, notes, "quote preference") if "prefer" in given else ()
    )
    kinds = fields.choices(given["kinds"], tuple(QuoteKind), notes, "quote kind") if "kinds" in given else ()
    return QuoteChoice(prefer=prefer or usual.prefer, kinds=tuple(map(QuoteKind, kinds)) or usual.kinds)


_USUAL = {"description": "", "severity": Severity.NORMAL, "tags": ()}
_PARTS: dict[str, Callable[[Node, Notes], object]] = {
    "id": _id,
    "title": _title,
    "headline": read_headline,
    "description": _description,
    "status": _status,
    "severity": _severity,
    "tags": _tags,
    "novelty": read_novelty,
    "quote": _quote,
    "cap": read_cap,
    "tests": read_tests,
}
