"""Push at t, want between: from a feed to the console."""

from tests.acceptance.newsroom import INTERVAL, Newsroom

NORWAY = (
    "Norwegen entsendet 150 Ausbilder nach Litauen. Das beschloss die norwegische Regierung am Montag.\n"
    "„Wir gehen dorthin, solange man uns braucht“, sagte Verteidigungsministerin Liv Strand "
    "dem Sender Nordwelle."
)
NORWAY_AGAIN = "Die norwegische Regierung hat beschlossen, 150 Ausbilder nach Litauen zu entsenden."
CANADA = (
    "Canada will send 300 soldiers to Latvia, Defence Minister Ann Fields announced on Monday.\n"
    "“Our allies can count on us,” Fields told reporters in Ottawa."
)
SPORT = "Der Hafenklub hat das Endspiel am Montag mit 3:1 gewonnen. Der Trainer lobte seine Abwehr."


async def test_a_new_fact_is_told_within_one_interval(newsroom: Newsroom) -> None:
    """From publication to the console: the polling interval and two seconds at most."""
    newsroom.push(5, NORWAY)
    assert await newsroom.want((5, 5 + INTERVAL + 2), "Norwegen → Litauen", "150 Ausbilder")


async def test_the_key_quote_comes_with_its_speaker(newsroom: Newsroom) -> None:
    """The words that were said, verbatim, and who said them through whom."""
    newsroom.push(0, NORWAY)
    alert = await newsroom.want((0, 2), "„Wir gehen dorthin, solange man uns braucht“")
    assert "Liv Strand" in alert
    assert "Nordwelle" in alert


async def test_an_english_article_is_told_in_the_readers_words(newsroom: Newsroom) -> None:
    """Headline and facts in German, the quote as it was said."""
    newsroom.push(0, CANADA)
    assert await newsroom.want(
        (0, 2), "Neue Truppenzusage: Kanada → Lettland", "300 Soldaten", "“Our allies can count on us"
    )


async def test_the_same_fact_again_is_silent(newsroom: Newsroom) -> None:
    """Another article with the same fact gives no second alert."""
    newsroom.push(0, NORWAY)
    newsroom.push(100, NORWAY_AGAIN)
    assert await newsroom.want((0, 2), "Norwegen → Litauen")
    assert await newsroom.silent((3, 100 + 2 * INTERVAL))


async def test_other_news_is_silent(newsroom: Newsroom) -> None:
    """What no rule asks for is read and not told."""
    newsroom.push(0, SPORT)
    assert await newsroom.silent((0, INTERVAL))


async def test_old_news_at_the_first_fetch_is_silent(newsroom: Newsroom) -> None:
    """What is older than a day when its source is first fetched is read, not told."""
    newsroom.push(0, NORWAY, hours_old=30)
    assert await newsroom.silent((0, INTERVAL))


async def test_two_facts_of_one_poll_are_two_alerts(newsroom: Newsroom) -> None:
    """Articles that come together are told each."""
    newsroom.push(0, NORWAY)
    newsroom.push(0, CANADA)
    assert await newsroom.want((0, 2), "Norwegen → Litauen")
    assert await newsroom.want((0, 2), "Kanada → Lettland")
