"""A rule's own headline, in words, on every platform, harmless whatever stands in it."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.brief import brief, update_brief
from bot.alerts.headline import HEADLINE_LIMIT, headline, slot_values
from bot.extraction.findings import Actor
from bot.platforms.console.messenger import rendered
from bot.platforms.slack.rendering import render
from bot.platforms.telegram.messenger import laid_out
from bot.rules.headlines import SLOTS
from tests.fakes.alerts import CONSOLE, alert, change
from tests.fakes.telegram.entities import parse_html
from tests.platforms.telegram.samples import message

JOINER = "\u2060"  # Telegram's rendering parts @ from names with it, so that nobody is called
GERMAN = "{actor} schickt [{quantity}] [nach {place}]"
BOTH = {"de": GERMAN, "en": "{actor} sends [{quantity}] [to {place}]"}


@pytest.mark.parametrize(
    ("lang", "changes", "expected"),
    [
        ("de", {}, "Norwegen schickt 150 Ausbilder nach Litauen"),
        ("en", {}, "Norway sends 150 soldiers to Lithuania"),
        ("de", {"quantity": None, "place": None}, "Norwegen schickt"),
        ("de", {"actors": ()}, "Neue Truppenzusage → Litauen"),
        ("en", {"rule_headline": {"de": GERMAN}}, "New troop commitment: Norway → Lithuania"),
        ("de", {"rule_headline": {"de": "{title}: {modality}, {date}"}},
         "Neue Truppenzusage: beschlossen, Mai 2026"),
        ("de", {"rule_headline": {"de": "{source}: {speaker}"}}, "Tagesblatt: die Verteidigungsministerin"),
    ],
)  # fmt: skip
def test_own_headline(lang: str, changes: dict[str, object], expected: str) -> None:
    """Slots speak the reader's language; where one that must be there is not, the usual headline stands."""
    assert headline(alert(**{"rule_headline": BOTH, **changes}), lang) == expected


def test_every_slot_has_a_value() -> None:
    """A template may name every slot, and an alert knows what each of them means."""
    assert set(slot_values(alert(), "de")) == set(SLOTS)


def test_it_stands_in_every_message() -> None:
    """Console, Telegram and Slack show it, and so does an update below what changed."""
    told = alert(rule_headline=BOTH)
    words = "Norwegen schickt 150 Ausbilder nach Litauen"
    assert brief(told, "de").headline == words
    assert words in " ".join(rendered(dataclasses.replace(message("1"), alert=told, destination=CONSOLE)))
    assert words in str(laid_out(dataclasses.replace(message("1"), alert=told)).html)
    assert words in str(render(brief(told, "de"), lang="de", alert_id="alert-1"))
    assert update_brief(alert(rule_headline=BOTH, updates="x", changes=(change(),)), "de").facts == words


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_names_in_it_do_no_harm(name: str) -> None:
    """Whatever a name holds, it is one line of text: no markup, no escapes, no template, no endless line."""
    told = alert(rule_headline={"de": "{actor} & <b>{place}</b>"}, actors=(Actor(name=f"x{name}"),))
    found = headline(told, "de")
    assert len(found) <= HEADLINE_LIMIT
    assert "\n" not in found
    assert "\x1b" not in found
    shown = parse_html(laid_out(dataclasses.replace(message("1"), alert=told)).html).text
    assert found.replace(JOINER, "") in shown.replace(JOINER, "")
