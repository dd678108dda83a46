"""Time expressions as news uses them: announced days, holidays, fiscal years, sets, stretches."""

import pytest

from tests.extraction.reading_times import times

WEDNESDAY = "2025-03-19"

# language, text with each expression in brackets, values
VALUES = [
    # What is announced lies ahead, the announcing behind.
    ("de", "Holm kündigte am [Montag] für [Freitag] eine Rede an.", "2025-03-17 2025-03-21"),
    ("en", "On [Monday] Holm announced a speech for [Friday].", "2025-03-17 2025-03-21"),
    ("de", "Der für [Freitag] geplante Gipfel wurde am [Montag] abgesagt.", "2025-03-21 2025-03-17"),
    ("en", "The summit, planned for [Friday], was cancelled on [Monday].", "2025-03-21 2025-03-17"),
    ("de", "Holm sagte am [Freitag], man werde sich am [Dienstag] treffen.", "2025-03-14 2025-03-25"),
    ("en", "Holm said on [Friday] they would meet on [Tuesday].", "2025-03-14 2025-03-25"),
    ("de", "Vor der Wahl am [Sonntag] marschierten Tausende.", "2025-03-23"),
    ("en", "Ahead of [Sunday]'s vote thousands marched.", "2025-03-23"),
    ("de", "Nach der Wahl am [Sonntag] marschierten Tausende.", "2025-03-16"),
    ("en", "After the vote on [Sunday] thousands marched.", "2025-03-16"),
    ("de", "Am [Wochenende] wurde gewählt.", "2025-W11-WE"),
    ("en", "They voted at [the weekend].", "2025-W11-WE"),
    ("en", "They met [last Monday], not [next Monday].", "2025-03-10 2025-03-24"),
    # Holidays by rule.
    ("de", "am [Muttertag] und am [ersten Advent]", "2025-05-11 2024-12-01"),
    ("en", "on [Mother's Day] and on [Thanksgiving]", "2025-05-11 2024-11-28"),
    ("de", "am [Buß- und Bettag] und am [zweiten Weihnachtstag]", "2024-11-20 2024-12-26"),
    ("en", "on [Labor Day 2024] and on [Black Friday]", "2024-09-02 2024-11-29"),
    # Fiscal years have no days of their own.
    ("de", "im [zweiten Quartal des Geschäftsjahres 2024/25]", "FY2024-Q2"),
    ("en", "in [the second quarter of fiscal 2025]", "FY2025-Q2"),
    ("en", "in [fiscal year 2026]", "FY2026"),
    # Edges in one word, and parts of this year.
    ("de", "zum [Jahresende] und zur [Monatsmitte]", "2025 2025-03"),
    ("de", "[dieses Jahr früher] und [nächstes Jahr später]", "2025 2026"),
    # Sets.
    ("de", "[jeden zweiten Tag] und [jeden Montagmorgen]", "P2D XXXX-WXX-1TMO"),
    ("en", "[every other day] and [each Monday morning]", "P2D XXXX-WXX-1TMO"),
    # Lengths.
    ("de", "vor [einem halben Jahrhundert]", "P50Y"),
    ("en", "[half a century ago]", "1975-03-19"),
    ("en", "[three weeks from now]", "2025-04-09"),
    ("en", "for [one and a quarter years]", "P1.25Y"),
    ("en", "for [30 minutes] [later this week]", "PT30M 2025-W12"),
    # Years in words.
    ("de", "im Jahr [zweitausendfünfzehn]", "2015"),
    ("en", "in [nineteen ninety]", "1990"),
    ("en", "in [two thousand and twenty]", "2020"),
    # Days in figures, and in words.
    ("de", "am [29/2] und nicht 24/7", "2024-02-29"),
    ("en", "[11/20], [11/22] and 3/4 of them", "2024-11-20 2024-11-22"),
    ("en", "on [the 27th of January]", "2025-01-27"),
    ("en", "on [Tuesday the eleventh]", "2025-03-11"),
    ("en", "[15 April of 87]", "1987-04-15"),
    ("en", "It may be in [may].", "2025-05"),
    ("de", "am [2020/23/Sep]", "2020-09-23"),
    ("en", "on [2016 10 16] and on [5.12]", "2016-10-16 2025-05-12"),
    # What comes again, and how often in a length of time.
    ("de", "Der Rat tagt [jeden letzten Samstag im Monat].", "P1M"),
    ("en", "The council meets on [the first Monday of every month].", "P1M"),
    ("de", "Sie kamen [Jahr für Jahr].", "P1Y"),
    ("en", "They came [year after year].", "P1Y"),
    ("de", "500 Anträge im [Jahr]", "P1Y"),
    ("en", "500 requests [per year]", "P1Y"),
    # A length that a clause dates, and one that is not counted.
    ("de", "[der Tag], an dem es endete", "P1D"),
    ("en", "[the day] when it ended", "P1D"),
    ("de", "[Wochen später] war Ruhe.", "PXW"),
    ("en", "[Weeks later] it was quiet.", "PXW"),
    # The same, a year before.
    ("de", "im [Februar] mehr als im [gleichen Zeitraum des Vorjahres]", "2025-02 2024-02"),
    ("en", "in [February] more than [the same period last year]", "2025-02 2024-02"),
    ("de", "im [ersten Quartal 2024] gegenüber dem [Vorjahresquartal]", "2024-Q1 2023-Q1"),
    ("en", "in [the first quarter of 2024] from [the same quarter a year earlier]", "2024-Q1 2023-Q1"),
    ("en", "more than [the same month a year ago]", "2024-03"),
    # The day last named.
    ("de", "Am [3. Mai 2024] kam er, [am selben Tag] ging er.", "2024-05-03 2024-05-03"),
    ("en", "He came on [May 3, 2024] and left [that same day].", "2024-05-03 2024-05-03"),
    # Clock times and the days they belong to.
    ("de", "Sie sprach um [14 Uhr] am [Montag].", "2025-03-17T14:00 2025-03-17"),
    ("en", "She spoke at [16:15 UTC], [June 1, 2024].", "2024-06-01T16:15Z 2024-06-01"),
    ("en", "He was found by [10am on Sunday morning].", "2025-03-16T10:00"),
    ("de", "Der Rat tagt [morgen]. Beginn ist um [9 Uhr].", "2025-03-20 2025-03-20T09:00"),
    ("de", "Köln: Konzert, [morgen]. Bonn: Tanz, [20 Uhr].", "2025-03-20 2025-03-19T20:00"),
    ("en", "Bonn: concert, [tomorrow]. Cologne: dance, [8 p.m.]", "2025-03-20 2025-03-19T20:00"),
    # Millennia, and what is over.
    ("de", "im [dritten Jahrtausend]", "2"),
    ("en", "in [the third millennium]", "2"),
    ("de", "der [Ex]-Minister", "PAST_REF"),
    ("de", "1700 im [vergangenen Jahr]", "2024"),
]


@pytest.mark.parametrize(("lang", "marked", "values"), VALUES)
def test_values(lang: str, marked: str, values: str) -> None:
    """Each expression is found as marked, with its TIMEX3 value."""
    text = marked.replace("[", "").replace("]", "")
    wanted = [part.partition("]")[0] for part in marked.split("[")[1:]]
    found = times(lang, text, WEDNESDAY)
    assert [one.text for one in found] == wanted
    assert [one.value for one in found] == values.split()


@pytest.mark.parametrize(
    ("lang", "text", "first", "last"),
    [
        ("de", "vom 12. Januar 2025 bis zum 22. Januar 2025", "2025-01-12", "2025-01-22"),
        ("en", "from 12 January 2025 to January 22, 2025", "2025-01-12", "2025-01-22"),
        ("de", "von März 2014 bis Mai 2016", "2014-03-01", "2016-05-31"),
        ("en", "from March 2014 until May 2016", "2014-03-01", "2016-05-31"),
        ("de", "Die Messe läuft von Montag bis Mittwoch.", "2025-03-24", "2025-03-26"),
        ("en", "It was open between Monday and Friday.", "2025-03-10", "2025-03-14"),
    ],
)
def test_stretches(lang: str, text: str, first: str, last: str) -> None:
    """Two dates with a word for "to" between them both have the days of the whole stretch."""
    assert [(one.first, one.last) for one in times(lang, text, WEDNESDAY)] == [(first, last)] * 2


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Jugendliche ab 16 Jahren"),
        ("en", "under 18 years"),
        ("de", "im Alter von 50 Jahren"),
        ("en", "at the age of 50 years"),
        ("de", "Eintritt für Kinder bis 15 Jahre"),
        ("de", "ihr siebenjähriger Sohn"),
    ],
)
def test_ages(lang: str, text: str) -> None:
    """An age is no length of time."""
    assert times(lang, text, WEDNESDAY) == []


def test_today_is_vague_without_a_day_near() -> None:
    """In the present tense "heute" is a day where a day of these days stands near, else nowadays."""
    near = times("de", "Holm tagt heute in Bonn. Am Montag war Holm in Köln.", WEDNESDAY)
    far = times("de", "Holm lebt heute in Bonn.", WEDNESDAY)
    assert [near[0].value, far[0].value] == ["2025-03-19", "PRESENT_REF"]
    assert far[0].first == WEDNESDAY
