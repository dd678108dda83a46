"""Push at t, edit at t, want between: what an outlet changes in an article that was told."""

import pytest

from tests.acceptance.newsroom import INTERVAL, Newsroom

FIRST = (
    "Norwegen entsendet 150 Ausbilder nach Litauen.\n"
    "„Wir gehen dorthin, solange man uns braucht“, sagte Verteidigungsministerin Liv Strand."
)
ENGLISH = "Canada will send 300 soldiers to Latvia, Defence Minister Ann Fields announced on Monday."
SPORT = "Der Hafenklub hat das Endspiel am Montag mit 3:1 gewonnen. Der Trainer lobte seine Abwehr."
AT_ONCE = (0, 2)
LATER = 5
THEN = (3, INTERVAL + 2)
AFTER = (INTERVAL + 3, 2 * INTERVAL + 2)


@pytest.mark.parametrize(
    ("first", "edited", "change"),
    [
        pytest.param(FIRST, FIRST.replace("150", "300"), "150 → 300 Ausbilder", id="a figure"),
        pytest.param(ENGLISH, ENGLISH.replace("300", "900"), "300 → 900 Soldaten", id="a figure, in English"),
        pytest.param(FIRST, FIRST.replace("Litauen", "Estland"), "Litauen → Estland", id="a place"),
        pytest.param(FIRST, FIRST.replace("Norwegen", "Dänemark"), "Norwegen → Dänemark", id="who"),
        pytest.param(FIRST, FIRST.replace("solange", "so lange"), None, id="a slip of the pen"),
    ],
)
async def test_an_edited_article_is_an_update_or_nothing(
    newsroom: Newsroom, first: str, edited: str, change: str | None
) -> None:
    """Never a second alert: what changed is told as an update, what did not is silent."""
    newsroom.push(0, first)
    newsroom.edit(LATER, edited)
    assert await newsroom.want(AT_ONCE)
    if change is None:
        assert await newsroom.silent(THEN)
    else:
        assert await newsroom.want(THEN, "Aktualisiert", change)


async def test_a_new_headline_is_silent(newsroom: Newsroom) -> None:
    """The same article under another title says the same, and its history has the old one."""
    newsroom.push(0, FIRST, title="Norwegen schickt Ausbilder")
    newsroom.edit(LATER, FIRST, title="Mehr Ausbilder aus Norwegen")
    assert await newsroom.want(AT_ONCE)
    assert await newsroom.silent(THEN)
    (alert,) = await newsroom.store.latest(9)
    (old,) = await newsroom.store.editions(alert.article.id)
    assert (old.number, old.title) == (1, "Norwegen schickt Ausbilder")


async def test_an_edit_that_brings_the_news_is_told(newsroom: Newsroom) -> None:
    """An article that said nothing of interest may do so later: that is its first alert."""
    newsroom.push(0, SPORT)
    newsroom.edit(LATER, f"{SPORT}\n{FIRST}")
    assert await newsroom.silent(AT_ONCE)
    assert "Aktualisiert" not in await newsroom.want(THEN, "Norwegen → Litauen")


async def test_a_further_fact_beside_the_first_is_an_alert_of_its_own(newsroom: Newsroom) -> None:
    """What stands there as before is not told again, what is new beside it is."""
    newsroom.push(0, FIRST)
    newsroom.edit(LATER, f"{FIRST}\n\nDänemark entsendet 80 Soldaten nach Lettland.")
    assert await newsroom.want(AT_ONCE, "Norwegen → Litauen")
    assert "Aktualisiert" not in await newsroom.want(THEN, "Dänemark → Lettland")


async def test_two_edits_are_two_updates(newsroom: Newsroom) -> None:
    """Each is compared with the state before it; back to the first figure is an update as well."""
    newsroom.push(0, FIRST)
    newsroom.edit(LATER, FIRST.replace("150", "300"))
    newsroom.edit(INTERVAL + LATER, FIRST)
    assert await newsroom.want(AT_ONCE, "150 Ausbilder")
    assert await newsroom.want(THEN, "150 → 300 Ausbilder")
    assert await newsroom.want(AFTER, "300 → 150 Ausbilder")


async def test_a_retitled_copy_does_not_bring_back_an_old_figure(newsroom: Newsroom) -> None:
    """A later article told 300; the first one, retitled, still says its 150 and changes nothing."""
    newsroom.push(0, FIRST)
    newsroom.push(LATER, FIRST.replace("150", "300"))
    newsroom.edit(INTERVAL + LATER, FIRST, title="Anders überschrieben")
    assert await newsroom.want(AT_ONCE, "150 Ausbilder")
    assert await newsroom.want(THEN, "150 → 300 Ausbilder")
    assert await newsroom.silent(AFTER)


async def test_news_after_a_downtime_comes_once_oldest_first_and_says_that_it_is_late(
    newsroom: Newsroom,
) -> None:
    """Eight hours away: everything still in the feeds is told, with how late it is."""
    newsroom.push(0, SPORT)
    await newsroom.run_until(2)
    newsroom.clock.advance(8 * 3600)
    newsroom.push(3, ENGLISH, hours_old=1)
    newsroom.push(3, FIRST, hours_old=7.5)
    await newsroom.run_until(3)
    shown = [alert for second, alert in newsroom.shown if second == 3]
    assert ["Litauen" in alert for alert in shown] == [True, False]
    assert "verspätet: 7 Stunden nach Erscheinen" in shown[0]
    assert "verspätet" not in shown[1]
