from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.extraction.findings import Bound, EntityKind, Medium, Modality
from bot.rules.model import Match, Novelty
from bot.rules.view import View
from bot.stories.novelty import LONGEST, novelty_key
from tests.fakes.findings import Written
from tests.fakes.rules import rule


def key_of(written: Written, *slots: str) -> str:
    """The key of the article's first event."""
    event = written.events[0]
    match = Match(
        rule=rule(novelty=Novelty(key=slots, window=timedelta(days=1))), evidence=event.evidence, event=event
    )
    return novelty_key(match, View(article=written.article, findings=written.findings))


def test_same_fact_in_two_languages() -> None:
    """A fact told in German by the minister and in English by the country has one key."""
    german = Written(text="Ministerin Ida Moen schickt 150 Soldaten nach Litauen.")
    german.entity("Ida Moen", EntityKind.PERSON, id="Q5", role="minister", country="NO")
    german.entity("Litauen", id="LT")
    german.event("schickt", actors=["Ida Moen"], place="Litauen")
    english = Written(text="Norway sends 150 soldiers to Lithuania.", lang="en")
    english.entity("Norway", id="NO")
    english.entity("Lithuania", id="LT")
    english.event("sends", actors=["Norway"], targets=["Lithuania"])
    assert key_of(german, "actor", "place") == "troop-commitment · actor=NO · place=LT"
    assert key_of(english, "actor", "place") == key_of(german, "actor", "place")


def test_meeting_from_either_side() -> None:
    """A meeting has one key, whoever is told to meet whom; people count, not their countries."""
    keys = set()
    for one, other, participants in (("Ana Ruiz", "Bo Lind", False), ("Bo Lind", "Ana Ruiz", True)):
        written = Written(text=f"{one} trifft {other} am 5. März.")
        written.entity("Ana Ruiz", EntityKind.PERSON, id="Q1", role="president", country="PE")
        written.entity("Bo Lind", EntityKind.PERSON, id="Q2", role="prime minister", country="SE")
        who: dict[str, Any] = (
            {"participants": [one, other]} if participants else {"actors": [one], "targets": [other]}
        )
        written.event(
            "trifft", "consult.meeting", Modality.SCHEDULED, date="2026-03-05", medium=Medium.MEETING, **who
        )
        keys.add(key_of(written, "participant", "actor", "date"))
    assert keys == {"troop-commitment · participant=Q1+Q2 · date=2026-03-05"}


@pytest.mark.parametrize(("amount", "words"), [(1800, "1.800"), (1823, "1.823")])
def test_rounded_amounts(amount: int, words: str) -> None:
    """An amount is known by its first two figures and its unit."""
    written = Written(text=f"Rund {words} Soldaten kommen.")
    quantity = written.quantity(f"{words} Soldaten", amount, bound=Bound.ABOUT)
    written.event("kommen", quantity=quantity)
    assert (
        key_of(written, "type", "quantity") == "troop-commitment · type=troops.commit · quantity=1800 soldier"
    )


def test_slots_that_may_change() -> None:
    """A slot whose change is an update tells no facts apart, unless nothing else would."""
    written = Written(text="Norwegen schickt 150 Soldaten.")
    written.entity("Norwegen", id="NO")
    quantity = written.quantity("150 Soldaten", 150)
    event = written.event("schickt", actors=["Norwegen"], quantity=quantity, date="2026-05")
    view = View(article=written.article, findings=written.findings)

    def key(slots: tuple[str, ...], updates: tuple[str, ...]) -> str:
        novelty = Novelty(key=slots, update_when=updates)
        return novelty_key(Match(rule=rule(novelty=novelty), evidence=event.evidence, event=event), view)

    assert key(("actor", "quantity", "date"), ("quantity", "date")) == "troop-commitment · actor=NO"
    assert key(("quantity",), ("quantity",)) == "troop-commitment · quantity=150 soldier"


def test_words_where_no_id_is_known() -> None:
    """Who has no id is known by stems, whatever the endings; who is not named is a question mark."""
    written = Written(text="Ein Bündnis kleiner Staaten schickt Soldaten.")
    written.event("schickt", actors=["Bündnis kleiner Staaten"])
    assert key_of(written, "actor", "place") == "troop-commitment · actor=bundni klei staat · place=?"


def test_rule_without_event() -> None:
    """A rule on words alone is known by the words that show it."""
    written = Written(text="Das Hochwasser steigt.")
    match = Match(rule=rule(), evidence=written.span(written.text))
    view = View(article=written.article, findings=written.findings)
    assert novelty_key(match, view) == "troop-commitment · words=hochwa steig"
    assert novelty_key(replace(match), view) == novelty_key(match, view)


def test_long_keys() -> None:
    """A key of many words is cut to its longest length; another last word still makes another key."""
    keys = set()
    for last in ("Norwegen", "Schweden"):
        names = " ".join(f"Ort{number}" for number in range(200))
        written = Written(text=f"Das Hochwasser steigt in {names} {last}.")
        match = Match(rule=rule(), evidence=written.span(written.text))
        keys.add(novelty_key(match, View(article=written.article, findings=written.findings)))
    assert [len(key) for key in keys] == [LONGEST, LONGEST]
