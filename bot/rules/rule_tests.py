"""Read the tests that stand inside a rule file."""

from collections.abc import Callable, Mapping

from bot.article.model import Published, Tier
from bot.extraction.findings import Medium, Modality
from bot.extraction.lexicon import LANGUAGES
from bot.located import Node
from bot.rules import fields
from bot.rules.blocks import CONDITION_KEYS
from bot.rules.fields import Notes
from bot.rules.model import RuleTest

KEYS = ("text", "title", "published", "lang", "source", "tier", "fires", "because")
UNLESS = "unless"


def read_tests(node: Node, notes: Notes) -> tuple[RuleTest, ...]:
    """The tests of a rule, those with mistakes left out."""
    if not isinstance(node.value, list):
        notes.error(node, "tests must be a list, each test beginning with a dash")
        return ()
    return tuple(test for test in (_test(member, notes) for member in node.value) if test is not None)


def _test(node: Node, notes: Notes) -> RuleTest | None:
    given = fields.mapping(node, KEYS, notes, "a test")
    for key in ("text", "published", "fires"):
        if key not in given and isinstance(node.value, dict):
            notes.error(node, f"the test has no “{key}”")
    if not {"text", "published", "fires"} <= given.keys():
        return None
    fires = given["fires"].value is not False
    test = RuleTest(
        text=fields.line(given["text"], notes, "text") or "",
        published=_published(given["published"], notes),
        fires=fires,
        line=node.line,
        title=fields.line(given["title"], notes, "title") if "title" in given else None,
        lang=fields.choice(given["lang"], LANGUAGES, notes, "language") if "lang" in given else None,
        expect=_expect(given["fires"], notes) if fires else {},
        because=fields.choice(given["because"], BECAUSE, notes, "condition") if "because" in given else None,
        source=fields.line(given["source"], notes, "source") if "source" in given else None,
        tier=_tier(given["tier"], notes) if "tier" in given else None,
    )
    if test.fires and test.because:
        notes.error(node.at("because"), "because says why a rule does not fire: it goes with fires: false")
    return test


def _tier(node: Node, notes: Notes) -> Tier | None:
    name = fields.choice(node, tuple(Tier), notes, "tier")
    return Tier(name) if name else None


def _published(node: Node, notes: Notes) -> str:
    try:
        return str(Published.parse(str(node.value)))
    except ValueError:
        notes.error(node, "published must be a day such as 2026-03-02, or ISO 8601 with a time")
        return ""


def _expect(node: Node, notes: Notes) -> Mapping[str, object]:
    if node.value is True:
        return {}
    if not isinstance(node.value, dict):
        notes.error(
            node, "fires must be true, false, or what is expected, such as {quantity: 500, actor: DE}"
        )
        return {}
    given = fields.mapping(node, tuple(_EXPECTED), notes, "fires")
    return {key: _EXPECTED[key](member, notes) for key, member in given.items()}


def _names(node: Node, notes: Notes) -> object:
    return tuple(text for text, _ in fields.lines(node, notes, "a name or id"))


def _number(node: Node, notes: Notes) -> object:
    return fields.number(node, notes, "quantity")


def _word(node: Node, notes: Notes) -> object:
    return fields.line(node, notes, "the expected value")


def _modality(node: Node, notes: Notes) -> object:
    return fields.choice(node, tuple(Modality), notes, "modality")


def _medium(node: Node, notes: Notes) -> object:
    return fields.choice(node, tuple(Medium), notes, "medium")


BECAUSE = (*CONDITION_KEYS, UNLESS)
_EXPECTED: dict[str, Callable[[Node, Notes], object]] = {
    "event": _word,
    "actor": _names,
    "target": _names,
    "participant": _names,
    "anyone": _names,
    "place": _names,
    "date": _word,
    "quantity": _number,
    "unit": _word,
    "modality": _modality,
    "medium": _medium,
}
EXPECTED = tuple(_EXPECTED)
