"""Who appears for the first time: push at t, want between."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from bot.app.replaying import ReaderHere
from bot.app.shipped import standard_rules
from bot.rules.loader import load_rule
from bot.rules.model import Rule, Status
from bot.rules.rule_book import RuleBook
from tests.acceptance.newsroom import INTERVAL, Newsroom

FIJI = "Fidschi entsendet 120 Soldaten in den Libanon, teilte die Regierung am Montag mit."
FIJI_AGAIN = "Fidschi will weitere 300 Soldaten nach Südsudan schicken, teilte die Regierung mit."
BOTH = "Fidschi und Neuseeland entsenden 500 Soldaten nach Osttimor."
SANCTIONS = "Fidschi hat Sanktionen gegen Belarus verhängt."


def new_actor(*, learn: timedelta = timedelta(0), status: Status = Status.LIVE) -> Rule:
    """The example that ships, as somebody would put it in use."""
    path = standard_rules() / "examples" / "new-actor.yml"
    rule, _ = load_rule(path.read_text(encoding="utf-8"), str(path))
    assert rule is not None
    return replace(rule, status=status, novelty=replace(rule.novelty, learn=learn))


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose one rule asks for the first time; one reader serves all of them."""
    newsroom.judge.reader = reader()
    newsroom.judge.rules = RuleBook.of(new_actor())
    return newsroom


@cache
def reader() -> ReaderHere:
    """Reads without a trained model: countries need none."""
    return ReaderHere({"de": "none", "en": "none"})


async def test_the_first_time_is_told_and_the_second_is_not(room: Newsroom) -> None:
    """A state is told at its first event of a type, with the rule's own headline, and not at its second."""
    room.push(0, FIJI)
    room.push(10, FIJI_AGAIN)
    assert await room.want((0, 2), "Zum ersten Mal: Fidschi", "120 Soldaten")
    assert await room.silent((3, 10 + INTERVAL))


async def test_who_comes_along_with_a_known_one_is_new(room: Newsroom) -> None:
    """Beside one who is known a new one is told."""
    room.push(0, FIJI)
    room.push(10, BOTH)
    await room.want((0, 2), "Fidschi")
    assert await room.want((10, 10 + INTERVAL), "Neuseeland")


async def test_another_type_of_event_is_another_first_time(room: Newsroom) -> None:
    """Who is known for troops is new with sanctions."""
    room.push(0, FIJI)
    room.push(10, SANCTIONS)
    await room.want((0, 2), "Fidschi")
    assert await room.want((10, 10 + INTERVAL), "Zum ersten Mal: Fidschi → Belarus")


async def test_old_news_teaches(room: Newsroom) -> None:
    """Who stood in old news at the first fetch was not told, and is known all the same."""
    room.push(0, FIJI, hours_old=30)
    room.push(10, FIJI_AGAIN)
    assert await room.silent((0, 10 + INTERVAL))


async def test_a_rule_that_learns_is_silent_at_first(room: Newsroom) -> None:
    """While it learns it only watches; then who was never seen is told."""
    room.judge.rules = RuleBook.of(new_actor(learn=timedelta(seconds=50)))
    room.push(0, FIJI)
    room.push(10, BOTH)
    assert await room.silent((0, 9))
    assert await room.want((10, 10 + INTERVAL), "Neuseeland")


async def test_what_was_seen_in_shadow_is_known(room: Newsroom) -> None:
    """A rule that goes live knows whom it met in shadow."""
    room.judge.rules = RuleBook.of(new_actor(status=Status.SHADOW))
    room.push(0, FIJI)
    room.push(10, FIJI_AGAIN)
    assert await room.silent((0, 9))
    room.judge.rules = RuleBook.of(new_actor())
    assert await room.silent((10, 10 + INTERVAL))
