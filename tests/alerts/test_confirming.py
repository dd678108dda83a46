"""When what an article says confirms what was told, and how that is shown."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from bot.alerts.brief import brief
from bot.alerts.confirming import STEPS, confirmed
from bot.alerts.model import Alert
from bot.alerts.routing import Channel, belongs
from bot.alerts.updates import judged
from bot.article.model import Published
from bot.extraction.findings import Modality
from bot.rules.model import Novelty
from bot.stories.carriers import Carrier
from tests.alerts.test_updates import amount
from tests.fakes.alerts import alert, article_ref

ASKED = Novelty(key=("actor", "place"), update_when=("quantity", "modality", "date"), quantity_change=0.1)
FIRST = Carrier(outlet="Tagesblatt", origin="a1", agencies=("dpa",))
TOLD = alert(carriers=(FIRST,))
HARBOUR = Carrier(outlet="Harbour Post", origin="a2")


def said(outlet: str = "Harbour Post", **changes: Any) -> Alert:
    """The same from an English outlet the next morning, but for the changes."""
    article = article_ref(
        id="a2", source_name=outlet, lang="en", published=Published.parse("2026-03-03T09:00:00+00:00")
    )
    return alert(**{"id": "alert-2", "article": article, **changes})


CONFIRMING = [
    # what is said, by whom, whether it confirms
    pytest.param({}, HARBOUR, True, id="another outlet"),
    pytest.param({"quantity": None}, HARBOUR, True, id="it gives no figure"),
    pytest.param({"quantity": amount(155, "155 trainers")}, HARBOUR, True, id="nearly the same figure"),
    pytest.param({"modality": Modality.PLEDGED}, HARBOUR, True, id="another word for as firm"),
    pytest.param({}, replace(HARBOUR, outlet="Tagesblatt"), False, id="the same outlet"),
    pytest.param({}, replace(HARBOUR, origin="a1"), False, id="a wire copy"),
    pytest.param({}, replace(HARBOUR, agencies=("dpa",)), False, id="the same agency"),
    pytest.param({"modality": Modality.UNDER_DISCUSSION}, HARBOUR, False, id="less firm"),
    pytest.param({"modality": Modality.DENIED}, HARBOUR, False, id="denied"),
    pytest.param({"quantity": amount(300, "300 trainers")}, HARBOUR, False, id="another figure"),
    pytest.param({"date": "2026-06"}, HARBOUR, False, id="another date"),
    pytest.param({"key": "actor=NO|place=?"}, HARBOUR, False, id="it may be another fact"),
]


def test_a_source_that_knows_more() -> None:
    """A date where there was none is no other one: it confirms all that was told."""
    assert confirmed(said(), replace(TOLD, date=None), HARBOUR, ASKED)


@pytest.mark.parametrize(("changes", "carrier", "confirms"), CONFIRMING)
def test_who_confirms(changes: dict[str, Any], carrier: Carrier, confirms: bool) -> None:  # noqa: FBT001  (a column of the table)
    """A source of its own that says the same, no less firmly."""
    found = confirmed(said(**changes), TOLD, carrier, ASKED)
    assert (found is not None) is confirms


def test_a_confirmed_state() -> None:
    """It says what was said, with one more source, as a state of the same alert."""
    found = confirmed(said(), TOLD, HARBOUR, ASKED)
    assert found
    assert (found.updates, found.sources, found.confirmed) == ("alert-1", 2, True)
    assert found.carriers == (FIRST, HARBOUR)
    same = replace(found, id=TOLD.id, updates=None, carriers=TOLD.carriers, sources=1, confirmed=False)
    assert same == TOLD


def test_ids_are_stable() -> None:
    """The same article confirms under the same id; another state or article under another one."""
    one = confirmed(said(), TOLD, HARBOUR, ASKED)
    again = confirmed(said(), TOLD, HARBOUR, ASKED)
    other = confirmed(said(id="alert-3"), TOLD, HARBOUR, ASKED)
    assert one
    assert again
    assert other
    assert one.id == again.id
    assert len({one.id, other.id, TOLD.id, "alert-2"}) == 4


def test_a_third_source() -> None:
    """It is counted on from the confirmed state, still under the first alert."""
    two = confirmed(said(), TOLD, HARBOUR, ASKED)
    assert two
    third = Carrier(outlet="Fjordbote", origin="a3")
    three = confirmed(said("Fjordbote", id="alert-3"), two, third, ASKED)
    assert three
    assert (three.sources, three.updates) == (3, "alert-1")
    assert confirmed(said(id="alert-4"), three, HARBOUR, ASKED) is None


def test_a_state_told_before_carriers_were_kept() -> None:
    """Its own article is its first source."""
    old = alert()
    found = confirmed(said(), old, HARBOUR, ASKED)
    assert found
    assert found.carriers == (Carrier(outlet="Tagesblatt", origin="a1"), HARBOUR)
    assert confirmed(said(), old, replace(HARBOUR, outlet="Tagesblatt"), ASKED) is None


def test_an_update_of_what_was_confirmed() -> None:
    """It begins with one source again, but those who wait for the confirmed go on being told."""
    two = confirmed(said(), TOLD, HARBOUR, ASKED)
    assert two
    more = judged(said(quantity=amount(300, "300 trainers")), [TOLD, two], [], ASKED).alert
    assert (more.sources, more.confirmed, more.updates) == (1, True, "alert-1")


def test_channels_for_the_confirmed() -> None:
    """They take what two sources said; all others take either."""
    two = confirmed(said(), TOLD, HARBOUR, ASKED)
    assert two
    sure, any_ = Channel(name="sure", confirmed=True), Channel(name="any")
    assert [belongs(one, sure) for one in (TOLD, two)] == [False, True]
    assert [belongs(one, any_) for one in (TOLD, two)] == [True, True]


@pytest.mark.parametrize(
    ("lang", "sources", "shown"),
    [
        ("de", 2, "+1 Quelle · bestätigt"),
        ("en", 2, "+1 source · confirmed"),
        ("de", 4, "+3 Quellen · bestätigt"),
        ("en", 4, "+3 sources · confirmed"),
    ],
)
def test_sources_in_words(lang: str, sources: int, shown: str) -> None:
    """The line of the source counts the others and says that it is confirmed."""
    assert shown in brief(replace(TOLD, sources=sources, confirmed=True), lang).origin


@pytest.mark.parametrize(("lang", "word"), [("de", "bestätigt"), ("en", "confirmed")])
def test_one_source_in_words(lang: str, word: str) -> None:
    """What one source says is not called confirmed, an update of the confirmed neither."""
    assert word not in brief(replace(TOLD, confirmed=True), lang).origin


def test_steps_begin_with_the_second_source() -> None:
    """The second source is always shown; later ones ever more seldom."""
    steps = sorted(STEPS)
    assert steps[0] == 2
    gaps = [later - step for step, later in itertools.pairwise(steps)]
    assert gaps == sorted(gaps)
