"""Push at t, want between: what changes of something told before."""

import pytest

from tests.acceptance.newsroom import INTERVAL, Newsroom

OPEN = "Norwegen erwägt, 150 Ausbilder nach Litauen zu entsenden."
FIRST = (
    "Norwegen entsendet 150 Ausbilder nach Litauen.\n"
    "„Wir gehen dorthin, solange man uns braucht“, sagte Verteidigungsministerin Liv Strand."
)
MORE = "Norwegen entsendet 300 Ausbilder nach Litauen. „Es werden mehr“, sagte Ministerin Liv Strand."
MORE_ABROAD = "Norway has decided to send 300 trainers to Lithuania."
DENIED = "Norwegen schickt doch keine Ausbilder nach Litauen, sagte die Verteidigungsministerin."
MAY = "Norwegen entsendet im Mai 150 Ausbilder nach Litauen."
JUNE = "Norwegen entsendet erst im Juni 150 Ausbilder nach Litauen."
MEETING = "Bundeskanzler Friedrich Merz und Präsident Emmanuel Macron treffen sich am Dienstag in Berlin."
MOVED = "Friedrich Merz und Emmanuel Macron treffen sich erst am Mittwoch statt am Dienstag in Berlin."
PUT_OFF = "The meeting between Friedrich Merz and Emmanuel Macron in Berlin has been postponed."
OFF = (
    "Das für Dienstag geplante Treffen von Friedrich Merz und Emmanuel Macron in Berlin ist abgesagt worden."
)
PARIS = "Friedrich Merz und Emmanuel Macron treffen sich am 11. März in Paris."
AID = "Deutschland sagt der Ukraine weitere 400 Millionen Euro Finanzhilfe zu."
MORE_AID = "Germany pledged 500 million euros in financial aid to Ukraine."

CHANGES = [
    # told, said later, what is told of it
    pytest.param(FIRST, MORE, "150 → 300 Ausbilder", id="more"),
    pytest.param(FIRST, MORE_ABROAD, "150 → 300 Soldaten", id="more, in English"),
    pytest.param(OPEN, FIRST, "im Gespräch → beschlossen", id="decided"),
    pytest.param(FIRST, DENIED, "beschlossen → verneint", id="denied"),
    pytest.param(MAY, JUNE, "Mai → Juni 2026", id="later"),
    pytest.param(MEETING, MOVED, "Dienstag, 3. März → Mittwoch, 4. März", id="moved"),
    pytest.param(MEETING, PUT_OFF, "Dienstag, 3. März → verschoben", id="put off"),
    pytest.param(MEETING, OFF, "angesetzt → abgesagt", id="called off"),
    pytest.param(AID, MORE_AID, "400 → 500 Mio. Euro", id="more money"),
]
AT_ONCE = (0, 2)
LATER = 5
THEN = (3, INTERVAL + 2)  # until the poll that brings what was pushed later


@pytest.mark.parametrize(("told", "later", "change"), CHANGES)
async def test_what_changed_is_told_as_an_update(
    newsroom: Newsroom, told: str, later: str, change: str
) -> None:
    """A few lines that say what changed, of what, and by whom; and the newest state is what there is now."""
    newsroom.push(0, told)
    newsroom.push(LATER, later)
    first = await newsroom.want(AT_ONCE)
    update = await newsroom.want(THEN, "Aktualisiert", change)
    title = first.split("\n")[0].partition(" ")[2].partition(",")[0]
    assert title in update
    (now,) = await newsroom.store.latest(9)
    assert now.changes


SILENT = [
    pytest.param(FIRST, "Norway will send 150 trainers to Lithuania.", id="the same in English"),
    pytest.param(FIRST, OPEN, id="less firm"),
    pytest.param(FIRST, "Norwegen entsendet rund 160 Soldaten nach Litauen.", id="nearly the same"),
    pytest.param(FIRST, "Norwegen entsendet Soldaten nach Litauen.", id="no figure"),
    pytest.param(FIRST, "Norwegen schickt Soldaten nach Litauen wie nie zuvor.", id="no denial"),
    pytest.param(FIRST, "Norway will not send 900 soldiers to Lithuania.", id="another figure denied"),
    pytest.param(MEETING, MEETING.replace("Berlin", "der Hauptstadt"), id="the same meeting"),
]


@pytest.mark.parametrize(("told", "later"), SILENT)
async def test_the_same_fact_in_other_words_is_silent(newsroom: Newsroom, told: str, later: str) -> None:
    """Neither an alert nor an update."""
    newsroom.push(0, told)
    newsroom.push(LATER, later)
    assert await newsroom.want(AT_ONCE)
    assert await newsroom.silent(THEN)


async def test_another_meeting_is_an_alert(newsroom: Newsroom) -> None:
    """The same people on another day are not moved there, unless the article says so."""
    newsroom.push(0, MEETING)
    newsroom.push(LATER, PARIS)
    assert await newsroom.want(AT_ONCE, "Berlin")
    assert "Aktualisiert" not in await newsroom.want(THEN, "Paris")


async def test_a_denial_of_what_was_never_told_is_silent(newsroom: Newsroom) -> None:
    """It takes back nothing."""
    newsroom.push(0, DENIED)
    assert await newsroom.silent(AT_ONCE)


async def test_the_same_update_from_two_outlets_is_told_once(newsroom: Newsroom) -> None:
    """In one poll or in the next; then one more change is told from there."""
    newsroom.push(0, FIRST)
    newsroom.push(LATER, MORE)
    newsroom.push(LATER, MORE_ABROAD)
    newsroom.push(LATER + INTERVAL, MORE_ABROAD)
    newsroom.push(LATER + 2 * INTERVAL, "Norwegen entsendet nun 800 Ausbilder nach Litauen.")
    assert await newsroom.want(AT_ONCE)
    assert await newsroom.want(THEN, "150 → 300 Ausbilder")
    assert await newsroom.silent((THEN[1] + 1, 2 * INTERVAL + 2))
    assert await newsroom.want((2 * INTERVAL + 3, 3 * INTERVAL + 2), "300 → 800 Ausbilder")


async def test_an_article_of_old_and_new_figure_is_told_once(newsroom: Newsroom) -> None:
    """What it says of before is background."""
    newsroom.push(0, FIRST)
    both = f"{MORE} Zunächst hatte Norwegen 150 Ausbilder nach Litauen entsenden wollen."
    newsroom.push(LATER, both)
    assert await newsroom.want(AT_ONCE)
    assert await newsroom.want(THEN, "150 → 300 Ausbilder")


async def test_news_older_than_what_is_told_changes_nothing(newsroom: Newsroom) -> None:
    """A feed that is late brings the first figure after the second one."""
    newsroom.push(0, MORE)
    newsroom.push(LATER, FIRST, hours_old=1)
    assert await newsroom.want(AT_ONCE, "300 Ausbilder")
    assert await newsroom.silent(THEN)
