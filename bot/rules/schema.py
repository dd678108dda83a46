"""The JSON Schema of a rule file, so that editors complete and underline while somebody writes.

Built from the same lists the loader reads by, so that the two cannot drift apart. It knows the shape of a
file; what only meaning shows (a wrong id, bounds that no number meets) is the loader's to tell.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.article.model import Tier
from bot.extraction.findings import PLOVER, Medium, Modality, QuoteKind
from bot.extraction.lexicon import LANGUAGES
from bot.rules.blocks import BOUNDS, CONDITION_KEYS
from bot.rules.caps import CAP, OFF
from bot.rules.conditions import Slot, Where
from bot.rules.descriptions import kinds
from bot.rules.headlines import LONGEST as LONGEST_HEADLINE
from bot.rules.loader import ID, LONGEST_ID, PREFERENCES, REQUIRED, TAG
from bot.rules.model import Severity, Status
from bot.rules.novelty_block import FIRSTS, SLOTS, UPDATES
from bot.rules.rule_tests import BECAUSE, EXPECTED
from bot.rules.vocabulary import country_groups, regions, role_groups, units

Schema = dict[str, Any]
ADDRESS = "https://json-schema.org/draft/2020-12/schema"
DURATION: Schema = {"type": "string", "pattern": r"^\d{1,5} ?(min|h|d|w|minutes?|hours?|days?|weeks?)$"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
TEXT: Schema = {"type": ["string", "integer"]}
TEMPLATE: Schema = {"type": "string", "maxLength": LONGEST_HEADLINE}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number", "minimum": 0}


def rule_schema(event_types: Iterable[str] = PLOVER) -> Schema:
    """The schema of one rule file, JSON Schema 2020-12."""
    return {
        "$schema": ADDRESS,
        "title": "A rule of Depesche",
        **_block(
            {
                "id": {"type": "string", "pattern": f"^{ID.pattern}$", "maxLength": LONGEST_ID},
                "title": {"anyOf": [TEXT, _block(dict.fromkeys(LANGUAGES, TEXT))]},
                "headline": {"anyOf": [TEMPLATE, _block(dict.fromkeys(LANGUAGES, TEMPLATE), least=1)]},
                "description": TEXT,
                "status": _choice(Status),
                "severity": _choice(Severity),
                "tags": _some({"type": "string", "pattern": f"^{TAG.pattern}$"}),
                "when": _ref("blocks"),
                "unless": _ref("blocks"),
                "novelty": _novelty(),
                "quote": _block({"prefer": _choices(PREFERENCES), "kinds": _choices(QuoteKind)}),
                "cap": {"type": "string", "pattern": f"^({CAP.pattern}|{OFF})$"},
                "tests": {"type": "array", "items": _test()},
            },
            required=REQUIRED,
        ),
        "$defs": _definitions(sorted(event_types)),
    }


def _definitions(event_types: list[str]) -> Schema:
    named = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}
    described = _described(named)
    return {
        "blocks": {"anyOf": [_ref("block"), {"type": "array", "items": _ref("block"), "minItems": 1}]},
        "block": _block(_conditions(event_types), least=1),
        "words": named,
        "who": {"anyOf": [named, _block(described, least=1)]},
        "mention": {"anyOf": [named, _block({**described, "in": _choice(Where)}, least=1)]},
    }


def _described(named: Schema) -> Schema:
    """What somebody can be described by."""
    return {
        "kind": _choices(kinds()),
        "id": named,
        "name": named,
        "role": {**named, "examples": list(role_groups())},
        "country": {**named, "examples": list(country_groups())},
        "region": _choices(regions()),
    }


def _conditions(event_types: list[str]) -> Schema:
    """Each condition by its key; a key without a line here would fail at once."""
    families = sorted({name.split(".")[0] + ".*" for name in event_types if "." in name})
    known: Schema = {
        "event": _some({"enum": [*event_types, *families, "*"]}),
        **dict.fromkeys(map(str, Slot), _ref("who")),
        "modality": _choices(Modality),
        "medium": _choices(Medium),
        "quantity": _quantity(),
        "date": _date(),
        "place": _ref("who"),
        "entity": _ref("mention"),
        "quote": _quote(),
        "source": _source(),
        "language": _choices(LANGUAGES),
        "text": _worded("words", _ref("words")),
        "pattern": _worded("regex", TEXT),
        "all": _ref("blocks"),
        "any": {"type": "array", "items": _ref("block"), "minItems": 1},
        "not": _ref("blocks"),
    }
    return {key: known[key] for key in CONDITION_KEYS}


def _quantity() -> Schema:
    unit = {"type": "string", "anyOf": [{"enum": list(units())}, {"pattern": "^[A-Z]{3}$"}]}
    return _block({"unit": unit, **dict.fromkeys(BOUNDS, NUMBER), "if_given": FLAG}, least=1)


def _date() -> Schema:
    where = {"within": DURATION, "not_older": DURATION, "after": DAY, "before": DAY, "future": FLAG}
    return _block({**where, "if_given": FLAG}, least=1)


def _source() -> Schema:
    return {"anyOf": [_ref("words"), _block({"name": _ref("words"), "tier": _choices(Tier)}, least=1)]}


def _quote() -> Schema:
    return _block({"speaker": _ref("who"), "words": _ref("words"), "kind": _choices(QuoteKind)}, least=1)


def _worded(key: str, words: Schema) -> Schema:
    return {"anyOf": [words, _block({key: words, "in": _choice(Where)}, required=[key])]}


def _novelty() -> Schema:
    changes = {"type": "string", "pattern": f"^(?:{UPDATES.pattern})$"}
    return _block(
        {
            "key": _choices(SLOTS),
            "window": DURATION,
            "update_when": _some(changes),
            "first": _choices(FIRSTS),
            "learn": DURATION,
        }
    )


def _test() -> Schema:
    expected: Schema = {key: {} for key in EXPECTED} | {"quantity": NUMBER}
    parts: Schema = {
        "text": TEXT,
        "title": TEXT,
        "published": TEXT,
        "lang": _choice(LANGUAGES),
        "source": TEXT,
        "tier": _choice(Tier),
        "fires": {"anyOf": [FLAG, _block(expected, least=1)]},
        "because": _choice(BECAUSE),
    }
    return _block(parts, required=["text", "published", "fires"])


def _block(parts: Schema, *, required: Iterable[str] = (), least: int = 0) -> Schema:
    """A block of these keys and no others."""
    made: Schema = {"type": "object", "additionalProperties": False, "properties": parts}
    return (
        made
        | ({"required": list(required)} if required else {})
        | ({"minProperties": least} if least else {})
    )


def _choice(words: Iterable[str]) -> Schema:
    return {"enum": list(map(str, words))}


def _choices(words: Iterable[str]) -> Schema:
    return _some(_choice(words))


def _some(one: Mapping[str, Any]) -> Schema:
    """One, or a list."""
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
