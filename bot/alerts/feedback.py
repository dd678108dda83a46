"""From an alert that people judged to a test for the file of its rule."""

from collections.abc import Mapping
from dataclasses import replace

import yaml

from bot.alerts.model import Alert
from bot.article.model import Article
from bot.rules.checking import ReadArticle, check
from bot.rules.model import Rule, RuleTest

WIDTH = 100


def case_of(alert: Alert, article: Article, rule: Rule, read: ReadArticle, *, useful: bool) -> RuleTest:
    """A test that says what the alert's readers say: as short a text, and as much expected, as holds.

    The shortest text is the paragraph of the evidence; where the rule does not fire on it alone, it is the
    whole text. What is expected of a useful alert is what it told, if the rule finds it in that text.

    Args:
        alert: What was told.
        article: Where it was found.
        rule: As it is now.
        read: Reads an article.
        useful: Whether the rule should fire.
    """
    published = str(article.published) if article.published else "2000-01-01"
    whole = RuleTest(
        text=article.text,
        title=article.title,
        lang=article.lang if article.lang in ("de", "en") else None,
        published=published,
        fires=True,
        line=0,
    )
    short = replace(whole, text=_paragraph(article.text, alert.evidence.start), title=None, lang=None)
    expected = _expected(alert)
    tries = [replace(one, expect=expect) for one in (short, whole) for expect in (expected, {})]
    fits = next((one for one in tries if holds(one, rule, read)), whole)
    return fits if useful else replace(fits, fires=False, expect={})


def yaml_lines(test: RuleTest) -> str:
    """The lines of a test, as they go below `tests:`, two spaces in."""
    fields = {
        "text": test.text,
        **({"title": test.title} if test.title else {}),
        **({"lang": test.lang} if test.lang else {}),
        "published": test.published,
        "fires": _plain(test.expect) or test.fires,
    }
    shown = yaml.safe_dump([fields], allow_unicode=True, sort_keys=False, width=WIDTH)
    return "\n".join(f"  {line}" for line in shown.splitlines())


def _paragraph(text: str, at: int) -> str:
    """The line of a text that holds a place, or the whole where there is no such place."""
    if not 0 <= at < len(text):
        return text
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip() or text


def _expected(alert: Alert) -> Mapping[str, object]:
    """What the alert told, in the words of a test."""
    actors = tuple(actor.id for actor in alert.actors if actor.id)
    quantity = alert.quantity.value if alert.quantity else None
    found = {
        "actor": actors,
        "quantity": int(quantity) if quantity is not None and quantity.is_integer() else quantity,
        "modality": str(alert.modality) if alert.modality else None,
    }
    return {key: value for key, value in found.items() if value not in (None, ())}


def _plain(expect: Mapping[str, object]) -> dict[str, object]:
    """As YAML has it: one name by itself, several as a list."""
    return {key: _one_or_list(value) for key, value in expect.items()}


def _one_or_list(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    return value[0] if len(value) == 1 else list(value)


def holds(test: RuleTest, rule: Rule, read: ReadArticle) -> bool:
    """Whether the rule does what the test says."""
    return all(result.passed for result in check(replace(rule, tests=(test,)), read))
