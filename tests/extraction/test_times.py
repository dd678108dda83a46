"""Time expressions: TIMEX3 values and days, German and English side by side."""

import re
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.model import Published
from bot.extraction.reading import begin
from tests.extraction.reading_times import MONDAY, NLP, STEPS, times


@pytest.mark.parametrize(
    ("lang", "marked", "values"),
    [
        # Absolute dates.
        ("de", "am [15. März]", "2025-03-15"),
        ("en", "on [March 15]", "2025-03-15"),
        ("de", "am [20. März 2025]", "2025-03-20"),
        ("en", "on [20 March 2025]", "2025-03-20"),
        ("en", "on [March 20th, 2025]", "2025-03-20"),
        ("de", "am [17.03.2025]", "2025-03-17"),
        ("en", "on [2025-03-18]", "2025-03-18"),
        ("de", "am [neunundzwanzigsten Mai]", "2025-05-29"),
        ("en", "on [the second of August]", "2025-08-02"),
        ("de", "im [März 2026]", "2026-03"),
        ("en", "in [March 2026]", "2026-03"),
        ("de", "im [Jahr 2026]", "2026"),
        ("en", "in [2026]", "2026"),
        ("de", "[Ende Januar]", "2025-01"),
        ("en", "in [late January]", "2025-01"),
        ("de", "[Anfang 2026]", "2026"),
        ("en", "in [early 2026]", "2026"),
        ("de", "im [Sommer 2026]", "2026-SU"),
        ("en", "in [the summer of 2026]", "2026-SU"),
        ("de", "im [dritten Quartal 2025]", "2025-Q3"),
        ("en", "in [the third quarter of 2025]", "2025-Q3"),
        ("de", "im [Q2 2026]", "2026-Q2"),
        ("en", "in [2026-Q2]", "2026-Q2"),
        ("de", "in [den neunziger Jahren]", "199"),
        ("en", "in [the 1990s]", "199"),
        ("de", "im [19. Jahrhundert]", "18"),
        ("en", "in [the nineteenth century]", "18"),
        ("de", "zu [Ostern 2025]", "2025-04-20"),
        ("en", "at [Easter 2025]", "2025-04-20"),
        # Days from the day of publication, a Monday.
        ("de", "Das war [gestern].", "2025-03-16"),
        ("en", "That was [yesterday].", "2025-03-16"),
        ("de", "[Übermorgen] reist sie ab.", "2025-03-19"),
        ("en", "She leaves [the day after tomorrow].", "2025-03-19"),
        ("de", "Sie sprach [gestern Abend].", "2025-03-16TEV"),
        ("en", "She spoke [yesterday evening].", "2025-03-16TEV"),
        ("de", "Der Gipfel fand am [Donnerstag] statt.", "2025-03-13"),
        ("en", "The summit took place on [Thursday].", "2025-03-13"),
        ("de", "Der Gipfel findet am [Donnerstag] statt.", "2025-03-20"),
        ("en", "The summit will take place on [Thursday].", "2025-03-20"),
        ("de", "Am [Montagabend] sagte er zu.", "2025-03-17TEV"),
        ("en", "He agreed on [Monday evening].", "2025-03-17TEV"),
        ("de", "am [kommenden Freitag]", "2025-03-21"),
        ("en", "this [coming Friday]", "2025-03-21"),
        ("de", "am [vergangenen Freitag]", "2025-03-14"),
        ("en", "[last Friday]", "2025-03-14"),
        ("en", "[next Friday]", "2025-03-28"),
        ("de", "Am [Wochenende] wurde verhandelt.", "2025-W11-WE"),
        ("de", "[nächste Woche]", "2025-W13"),
        ("en", "[next week]", "2025-W13"),
        ("de", "[letztes Jahr]", "2024"),
        ("en", "[last year]", "2024"),
        ("de", "[Ende nächsten Jahres]", "2026"),
        ("en", "[the end of next year]", "2026"),
        ("de", "im [Vorjahr]", "2024"),
        # Ranges: an expression for each end.
        ("de", "vom [3.] bis [5. Mai]", "2025-05-03 2025-05-05"),
        ("en", "between [3] and [5 May]", "2025-05-03 2025-05-05"),
        ("de", "am [10.] und [11. Juli]", "2025-07-10 2025-07-11"),
        ("en", "[November 18]-[19]", "2024-11-18 2024-11-19"),
        ("de", "[2022]-[2024]", "2022 2024"),
        ("en", "from [2022] to [2024]", "2022 2024"),
        # Clock times.
        ("de", "um [14.30 Uhr]", "2025-03-17T14:30"),
        ("en", "at [2:30 p.m.]", "2025-03-17T14:30"),
        ("de", "um [halb neun]", "2025-03-17T08:30"),
        ("en", "at [16:15 UTC]", "2025-03-17T16:15Z"),
        ("de", "von [14] bis [16.30 Uhr]", "2025-03-17T14:00 2025-03-17T16:30"),
        # Durations and sets.
        ("de", "[30 Tage]", "P30D"),
        ("en", "[30 days]", "P30D"),
        ("de", "eine [30-tägige] Pause", "P30D"),
        ("en", "a [30-day] pause", "P30D"),
        ("de", "[drei Jahre und vier Monate]", "P3Y4M"),
        ("en", "[three years and four months]", "P3Y4M"),
        ("de", "seit [Jahren]", "PXY"),
        ("en", "for [years]", "PXY"),
        ("de", "in [den letzten fünf Jahren]", "P5Y"),
        ("en", "in [the last five years]", "P5Y"),
        ("de", "in [den kommenden Tagen]", "PXD"),
        ("en", "in [the coming days]", "PXD"),
        ("de", "[jeden Montag]", "XXXX-WXX-1"),
        ("en", "[every Monday]", "XXXX-WXX-1"),
        ("de", "[täglich]", "P1D"),
        ("en", "[daily]", "P1D"),
        ("de", "[alle vier Jahre]", "P4Y"),
        ("en", "[every four years]", "P4Y"),
        # References without a date.
        ("de", "Das gilt [derzeit].", "PRESENT_REF"),
        ("en", "It is [currently] so.", "PRESENT_REF"),
        ("de", "Das war [damals] so.", "PAST_REF"),
        ("en", "in [the future]", "FUTURE_REF"),
    ],
)
def test_construct(lang: str, marked: str, values: str) -> None:
    """An expression is found with its TIMEX3 value."""
    text = marked.replace("[", "").replace("]", "")
    found = times(lang, text)
    assert [one.text for one in found] == re.findall(r"\[(.*?)\]", marked)
    assert [one.value for one in found] == values.split()
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("lang", "text", "first", "last"),
    [
        ("de", "Sie treffen sich am Donnerstag.", "2025-03-20", "2025-03-20"),
        ("en", "They will meet on Thursday.", "2025-03-20", "2025-03-20"),
        ("de", "im März 2026", "2026-03-01", "2026-03-31"),
        ("en", "in March 2026", "2026-03-01", "2026-03-31"),
        ("de", "im ersten Quartal 2026", "2026-01-01", "2026-03-31"),
        ("en", "the first half of 2026", "2026-01-01", "2026-06-30"),
        ("de", "Ende 2026", "2026-07-01", "2026-12-31"),
        ("en", "early June", "2025-06-01", "2025-06-15"),
        ("de", "nächste Woche", "2025-03-24", "2025-03-30"),
        ("en", "next week", "2025-03-24", "2025-03-30"),
        ("de", "am Wochenende wurde verhandelt", "2025-03-15", "2025-03-16"),
        ("en", "this weekend", "2025-03-22", "2025-03-23"),
        ("de", "vor zwei Wochen", "2025-03-03", "2025-03-03"),
        ("en", "two weeks ago", "2025-03-03", "2025-03-03"),
        ("de", "in drei Tagen reist sie ab", "2025-03-20", "2025-03-20"),
        ("en", "she will leave in three days", "2025-03-20", "2025-03-20"),
        ("de", "in den nächsten drei Tagen", "2025-03-18", "2025-03-20"),
        ("en", "in the next three days", "2025-03-18", "2025-03-20"),
        # A word before leaves one end open.
        ("de", "bis Dienstag", None, "2025-03-18"),
        ("en", "by Tuesday", None, "2025-03-18"),
        ("de", "spätestens am 5. Mai", None, "2025-05-05"),
        ("en", "no later than May 5", None, "2025-05-05"),
        ("de", "seit 2014", "2014-01-01", None),
        ("en", "since 2014", "2014-01-01", None),
        ("de", "vor dem 1. Mai 2025", None, "2025-04-30"),
        ("en", "before May 1, 2025", None, "2025-04-30"),
        ("de", "nach 2024", "2025-01-01", None),
        ("en", "after 2024", "2025-01-01", None),
        ("de", "30 Tage", None, None),
        ("en", "30 days", None, None),
    ],
)
def test_days(lang: str, text: str, first: str | None, last: str | None) -> None:
    """An expression says which days it means, as far as they are known."""
    (one,) = times(lang, text)
    assert (one.first, one.last) == (first, last)


def test_ends_of_a_range_know_the_whole() -> None:
    """Each end of a range has its own value and the days of the range."""
    start, end = times("de", "vom 3. bis 5. Mai")
    assert (start.value, end.value) == ("2025-05-03", "2025-05-05")
    assert {(start.first, start.last), (end.first, end.last)} == {("2025-05-03", "2025-05-05")}


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        (
            "de",
            "Das Amt bestätigte am Montag, dass der Kanzler am Dienstag telefonieren wird.",
            ["2025-03-17", "2025-03-18"],
        ),
        (
            "en",
            "The office said on Friday that the chancellor will call on Tuesday.",
            ["2025-03-14", "2025-03-18"],
        ),
        ("de", "Der Erlass vom Freitag gilt.", ["2025-03-14"]),
        ("de", "Der Rat hat im November, wie berichtet, zugestimmt.", ["2024-11"]),
        ("en", "The council agreed in November.", ["2024-11"]),
        ("de", "Der Rat soll im November zustimmen.", ["2025-11"]),
        ("en", "The council is due to agree in November.", ["2025-11"]),
        ("de", "Am 3. Mai 2024 begann es. Am nächsten Tag war Ruhe.", ["2024-05-03", "2024-05-04"]),
        ("en", "It began on May 3, 2024. The next day it was quiet.", ["2024-05-03", "2024-05-04"]),
    ],
)
def test_context(lang: str, text: str, values: list[str]) -> None:
    """Tense, the words around and the day last named say which day is meant."""
    assert [one.value for one in times(lang, text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("am 15. März 2025", ["2025-03-15"]),
        ("am 15. März", ["XXXX-03-15"]),
        ("am Montag", ["XXXX-WXX-1"]),
        ("gestern", [None]),
        ("nächste Woche", [None]),
        ("zwei Wochen", ["P2W"]),
    ],
)
def test_no_day_of_publication(text: str, values: list[str | None]) -> None:
    """Without an anchor an expression keeps the value it has by itself."""
    assert [one.value for one in times("de", text, None)] == values


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "ein 36-jähriger Mann"),
        ("de", "Sie ist 19 Jahre alt."),
        ("de", "für 2000 Euro"),
        ("de", "der Flug A2025"),
        ("en", "It may march on."),
        ("en", "He is 19 years old."),
        ("en", "$2000"),
        ("en", "a second try"),
    ],
)
def test_no_time(lang: str, text: str) -> None:
    """Ages, amounts, names and days that do not exist are no time expressions."""
    assert not times(lang, text)


def test_sport_and_church_move_with_easter() -> None:
    """Days around Easter are counted from it."""
    assert [one.value for one in times("de", "Karfreitag 2026 und Pfingstmontag 2026")] == [
        "2026-04-03",
        "2026-05-25",
    ]


FRAGMENTS = st.sampled_from(
    [
        *(
            "am",
            "vom",
            "bis",
            "und",
            "Montag",
            "3.",
            "31.",
            "Februar",
            "Mai",
            "2025",
            "nächste",
            "Woche",
            "Jahr",
        ),
        *(
            "vor",
            "in",
            "drei",
            "Tagen",
            "Ende",
            "des",
            "Jahres",
            "14.30",
            "Uhr",
            "gestern",
            "Abend",
            "heute",
            "jeden",
        ),
        *(
            "9999",
            "0",
            "00",
            "99",
            "-",
            "/",
            "\n",
            ".",
            ",",
            "\u00a0",
            "\u00ad",
            "🚀",
            "Jahrhundert",
            "999999",
            "20.",
        ),
        *(
            "the",
            "last",
            "May",
            "of",
            "next",
            "year",
            "pm",
            "10/1",
            "ago",
            "week",
            "Q1",
            "half",
            "'s",
            "now",
            "to",
        ),
    ]
)
DAYS = st.sampled_from([MONDAY, "0001-01-01", "9999-12-31", "2024-02-29", None])


@given(st.lists(FRAGMENTS, max_size=12), st.sampled_from(["", " "]), st.sampled_from(["de", "en"]), DAYS)
def test_any_mix_of_words(parts: list[str], gap: str, lang: str, published: str | None) -> None:
    """Whatever stands together, on whatever day: spans equal the text, in order, without overlap."""
    text = gap.join(parts)
    found = times(lang, text, published)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "line", ["3. ", "im Jahr ", "Montag, den ", "2025-", "drei Jahre und ", "heute war ", "am "]
)
def test_long_lines_cost_time_in_proportion(line: str) -> None:
    """Four times the text makes about four times the work, far from sixteen, even without an end in sight."""
    # The quickest of three: a busy machine makes a run slower, never quicker.
    steps = [min(_seconds(line * (size // len(line))) for _ in range(3)) for size in (25_000, 100_000)]
    assert steps[1] < 8 * steps[0]


def _seconds(text: str) -> float:
    sentences, verbs, quantities, reader = STEPS["de"]
    doc = NLP["de"].make_doc(text)
    begin(doc, published=Published.parse(MONDAY), body_start=0)
    doc = quantities(verbs(sentences(doc)))
    start = process_time()
    reader(doc)
    return process_time() - start + 0.02
