import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.headlines import SLOTS, TemplateError, filled, template
from bot.rules.loader import load_rule

FULL = {"actor": "Norwegen", "quantity": "150 Ausbilder", "place": "Litauen", "title": "Truppen", "date": ""}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{actor} schickt {quantity}", "Norwegen schickt 150 Ausbilder"),
        ("{title}: {actor}[ nach {place}]", "Truppen: Norwegen nach Litauen"),
        ("{actor} geht[, ab {date}].", "Norwegen geht."),
        ("{actor} [am {date}] nach {place}", "Norwegen nach Litauen"),
        ("[{actor} und ][{date}]{place}", "Norwegen und Litauen"),
        ("Nur Worte", "Nur Worte"),
        ("{actor} am {date}", None),
        ("[{date}]", None),
    ],
)
def test_filled(text: str, told: str | None) -> None:
    """Slots are filled, brackets with an empty slot fall away; an empty one elsewhere gives nothing."""
    assert filled(text, FULL) == told


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("{xyz} kommt", 0, "unknown slot “xyz”; known: actor"),
        ("x {actr}", 2, "did you mean “actor”?"),
        ("x {actor.__class__}", 2, "unknown slot"),
        ("x {0}", 2, "unknown slot"),
        ("{actor", 0, "the “{” has no partner"),
        ("actor}", 5, "the “}” has no partner"),
        ("a [b", 2, "the “[” has no partner: close it"),
        ("a b]", 3, "the “]” has no partner"),
        ("[a [b]]", 3, "the “[” has no partner"),
        ("x" * 201, 0, "may have 200 characters"),
    ],
)
def test_refused(text: str, column: int, words: str) -> None:
    """What is no template is named with its place."""
    with pytest.raises(TemplateError, match=r".") as caught:
        template(text)
    assert words in str(caught.value)
    assert caught.value.column == column


def test_values_are_no_templates() -> None:
    """Braces and brackets in a name stay what they are."""
    assert filled("{actor}!", {"actor": "{title} [x] %s {0}"}) == "{title} [x] %s {0}!"


@given(st.text(alphabet="ab {}[]", max_size=30), st.dictionaries(st.sampled_from(SLOTS), st.text(max_size=5)))
def test_any_text_is_a_template_or_a_mistake(text: str, values: dict[str, str]) -> None:
    """Any text is filled or refused, never half of it."""
    try:
        template(text)
    except TemplateError:
        return
    told = filled(text, values)
    assert told is None or told.strip() == told


def test_in_a_rule_file() -> None:
    """A file may word its headline in both languages, in one of them, or once for both."""
    head = "id: r\ntitle: t\nstatus: shadow\nwhen: {event: attack}\n"
    both, _ = load_rule(head + "headline: {de: '{actor} greift an', en: '{actor} attacks'}\n", "r.yml")
    one, _ = load_rule(head + "headline: {de: '{actor} greift an'}\n", "r.yml")
    same, _ = load_rule(head + "headline: '{actor}!'\n", "r.yml")
    assert both
    assert one
    assert same
    assert both.headline == {"de": "{actor} greift an", "en": "{actor} attacks"}
    assert one.headline == {"de": "{actor} greift an"}
    assert same.headline == {"de": "{actor}!", "en": "{actor}!"}
