"""Quantities: numbers with what they count, German and English side by side."""

from itertools import pairwise
from time import process_time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.components.quantities import QuantityReader
from bot.extraction.findings import Quantity
from bot.extraction.reading import reading_of

READERS = {lang: QuantityReader(lang) for lang in ("de", "en")}
NLP = {lang: spacy.blank(lang) for lang in ("de", "en")}


def quantities(lang: str, text: str) -> list[Quantity]:
    """What the reader finds in a text."""
    return reading_of(READERS[lang](NLP[lang].make_doc(text))).quantities


@pytest.mark.parametrize(
    ("lang", "marked", "value", "unit", "bound", "of"),
    [
        ("de", "Geplant sind [bis zu 30.000 Soldaten].", 30000, "soldier", "up_to", "Soldaten"),
        ("en", "Plans foresee [up to 30,000 troops].", 30000, "soldier", "up_to", "troops"),
        ("de", "[Mehr als 30 Länder] sagten zu.", 30, "country", "more_than", "Länder"),
        ("en", "[More than 30 countries] agreed.", 30, "country", "more_than", "countries"),
        ("de", "[Rund ein Dutzend Staaten] zögert.", 12, "country", "about", "Staaten"),
        ("en", "[About a dozen nations] hesitate.", 12, "country", "about", "nations"),
        ("de", "Es geht um [40 Milliarden Euro].", 4e10, "EUR", "exact", "Euro"),
        ("en", "The fund holds [$40bn].", 4e10, "USD", "exact", None),
        ("de", "das [500-Millionen-Euro]-Paket", 5e8, "EUR", "exact", "Euro"),
        ("en", "a [500-million-euro] package", 5e8, "EUR", "exact", "euro"),
        ("de", "eine [30-tägige] Waffenruhe", 30, "day", "exact", None),
        ("de", "ein [dreijähriger] Einsatz", 3, "year", "exact", None),
        ("en", "a [30-day] ceasefire", 30, "day", "exact", "day"),
        ("de", "Sie schickt [800 statt 500 Soldaten].", 800, "soldier", "exact", "Soldaten"),
        ("de", "Es gibt [30 statt bisher 20 Panzer].", 30, "vehicle", "exact", "Panzer"),
        ("en", "It sends [800 instead of 500 soldiers].", 800, "soldier", "exact", "soldiers"),
        ("de", "Es sind [500 statt 400 Millionen Euro].", 5e8, "EUR", "exact", "Euro"),
        ("en", "It pays [500 instead of 400 million euros].", 5e8, "EUR", "exact", "euros"),
        ("de", "Spanien zieht [150 seiner rund 300 Soldaten] ab.", 150, "soldier", "exact", "Soldaten"),
        ("en", "Spain pulls out [150 of its roughly 300 soldiers].", 150, "soldier", "exact", "soldiers"),
        ("de", "[Rund 20 der 27 Länder] stimmten zu.", 20, "country", "about", "Länder"),
        ("en", "[About 20 of the 27 countries] agreed.", 20, "country", "about", "countries"),
        ("de", "Polen liefert [14 seiner Panzer].", 14, "vehicle", "exact", "Panzer"),
        ("en", "Poland gives away [14 of its tanks].", 14, "vehicle", "exact", "tanks"),
        ("de", "Es fehlen [2 der 3 Millionen Euro].", 2e6, "EUR", "exact", "Euro"),
        ("en", "It pulls out [half of its 300 soldiers].", 150, "soldier", "exact", "soldiers"),
        ("de", "[500 weitere deutsche Soldaten]", 500, "soldier", "exact", "Soldaten"),
        ("en", "[500 additional British soldiers]", 500, "soldier", "exact", "soldiers"),
        ("de", "[zweihundertfünfzig NATO-Soldaten]", 250, "soldier", "exact", "NATO-Soldaten"),
        ("en", "[three hundred thousand people]", 300000, "person", "exact", "people"),
        ("de", "ein Plus von [2,5 Prozent]", 2.5, "percent", "exact", None),
        ("en", "a rise of [2.5 per cent]", 2.5, "percent", "exact", None),
        ("de", "[zwei Drittel] der Abgeordneten", 200 / 3, "percent", "exact", None),
        ("en", "[two-thirds] of the deputies", 200 / 3, "percent", "exact", None),
        ("de", "[Hunderte Menschen] flohen.", 200, "person", "at_least", "Menschen"),
        ("en", "[Hundreds of people] fled.", 200, "person", "at_least", "people"),
        ("en", "[12 state officials] resigned.", 12, "person", "exact", "officials"),
        ("de", "[18 Kampfpanzer] kamen an.", 18, "vehicle", "exact", "Kampfpanzer"),
        ("en", "[30 fighter jets] took off.", 30, "aircraft", "exact", "fighter jets"),
        # Without a noun, where the number says that it is an amount.
        ("de", "[Rund ein Dutzend] zögert noch.", 12, "other", "about", None),
        ("en", "[Around a dozen] still hesitate.", 12, "other", "about", None),
        ("de", "Es sind [über 2 Millionen].", 2e6, "other", "more_than", None),
        ("en", "There are [over 2 million].", 2e6, "other", "more_than", None),
        # Many, not said how many; a multiplier alone.
        ("de", "[Mehrere tausend Soldaten] folgen.", 2000, "soldier", "at_least", "Soldaten"),
        ("en", "[Several thousand soldiers] follow.", 2000, "soldier", "at_least", "soldiers"),
        ("de", "[Ein paar Milliarden Euro] fehlen.", 2e9, "EUR", "at_least", "Euro"),
        ("en", "[Billions of dollars] are missing.", 2e9, "USD", "at_least", "dollars"),
        ("de", "[hundert Panzer]", 100, "vehicle", "exact", "Panzer"),
        ("en", "[a hundred tanks]", 100, "vehicle", "exact", "tanks"),
        # Halves.
        ("de", "[zweieinhalb Millionen Menschen]", 2.5e6, "person", "exact", "Menschen"),
        ("en", "[two and a half million people]", 2.5e6, "person", "exact", "people"),
        ("de", "[knapp die Hälfte] der Truppe", 50, "percent", "about", None),
        ("en", "[nearly half] of the force", 50, "percent", "about", None),
        ("de", "[eine halbe Million Menschen]", 5e5, "person", "exact", "Menschen"),
        ("en", "[half a million people]", 5e5, "person", "exact", "people"),
        # A make with a figure between the number and the noun.
        ("de", "[20 Leopard-2-Panzer]", 20, "vehicle", "exact", "Leopard-2-Panzer"),
        ("en", "[20 Leopard 2 tanks]", 20, "vehicle", "exact", "tanks"),
        ("de", "[18 Leopard 2] an die Ukraine", 18, "vehicle", "exact", "Leopard 2"),
        ("en", "[18 Leopard 2] to Ukraine", 18, "vehicle", "exact", "Leopard 2"),
        ("de", "[zwölf weitere Caesar-Haubitzen]", 12, "vehicle", "exact", "Haubitzen"),
        ("en", "[12 more Caesar howitzers]", 12, "vehicle", "exact", "howitzers"),
        ("de", "[14 HIMARS-Raketenwerfer]", 14, "weapon", "exact", "Raketenwerfer"),
        ("en", "[14 HIMARS rocket launchers]", 14, "weapon", "exact", "rocket launchers"),
        ("en", "[six F-16 fighter jets]", 6, "aircraft", "exact", "fighter jets"),
        ("en", "[20 US-made drones]", 20, "aircraft", "exact", "drones"),
        ("de", "[12 F-16-Kampfjets]", 12, "aircraft", "exact", "F-16-Kampfjets"),
        ("en", "[12 F-16 fighter jets]", 12, "aircraft", "exact", "fighter jets"),
        # Both separators, spaces and apostrophes in figures.
        ("de", "[1.234.567 Menschen]", 1234567, "person", "exact", "Menschen"),
        ("en", "[1,234,567 people]", 1234567, "person", "exact", "people"),
        ("de", "[12 500 Soldaten]", 12500, "soldier", "exact", "Soldaten"),
        ("en", "[12,500 soldiers]", 12500, "soldier", "exact", "soldiers"),
        # Percent as an adjective, below zero, in points.
        ("de", "ein [2,5-prozentiges] Plus", 2.5, "percent", "exact", None),
        ("de", "ein Saldo von [-5 Prozent]", -5, "percent", "exact", None),
        ("en", "a change of [-5 percent]", -5, "percent", "exact", None),
        ("de", "[drei Prozentpunkte]", 3, "percent", "exact", None),
        ("en", "[three percentage points]", 3, "percent", "exact", None),
        # Areas are no lengths.
        ("de", "[300 Quadratkilometer] Wald", 300, "other", "exact", "Quadratkilometer"),
        ("en", "[300 square kilometres] of forest", 300, "other", "exact", "square kilometres"),
    ],
)
def test_construct(lang: str, marked: str, value: float, unit: str, bound: str, of: str | None) -> None:
    """A number is read with its bound, its unit and the noun it counts."""
    text = marked.replace("[", "").replace("]", "")
    (one,) = quantities(lang, text)
    assert f"[{one.text}]" in marked
    assert (one.unit, one.bound, one.of) == (unit, bound, of)
    assert one.value == pytest.approx(value)
    assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("lang", "text", "bound", "low", "value", "high"),
    [
        ("de", "zwischen 5.000 und 7.000 Soldaten", "range", 5000, 6000, 7000),
        ("en", "between 5,000 and 7,000 troops", "range", 5000, 6000, 7000),
        ("de", "10 bis 15 Millionen Euro", "range", 10e6, 12.5e6, 15e6),
        ("en", "10 to 15 million euros", "range", 10e6, 12.5e6, 15e6),
        ("de", "mindestens 20 Panzer", "at_least", 20, 20, None),
        ("en", "at least 20 tanks", "at_least", 20, 20, None),
        ("de", "weniger als 20 Panzer", "less_than", None, 20, 20),
        ("en", "fewer than 20 tanks", "less_than", None, 20, 20),
        ("de", "nicht mehr als 20 Panzer", "up_to", None, 20, 20),
        ("en", "no more than 20 tanks", "up_to", None, 20, 20),
        ("de", "knapp 20 Panzer", "about", None, 20, None),
        ("en", "nearly 20 tanks", "about", None, 20, None),
        ("de", "bis zu 30.000 Soldaten", "up_to", None, 30000, 30000),
        ("en", "up to 30,000 soldiers", "up_to", None, 30000, 30000),
        ("de", "5.000-7.000 Soldaten", "range", 5000, 6000, 7000),
        ("en", "5,000-7,000 soldiers", "range", 5000, 6000, 7000),
        ("de", "20 Panzer", "exact", None, 20, None),
        ("en", "20 tanks", "exact", None, 20, None),
    ],
)
def test_bound(lang: str, text: str, bound: str, low: float | None, value: float, high: float | None) -> None:
    """The words before a number say which of low, value and high it is."""
    (one,) = quantities(lang, text)
    assert (one.bound, one.low, one.value, one.high) == (bound, low, value, high)


@pytest.mark.parametrize(
    ("lang", "text", "unit", "value"),
    [
        ("de", "3 US-Dollar", "USD", 3),
        ("de", "5 kanadische Dollar", "CAD", 5),
        ("de", "EUR 40 Mio.", "EUR", 40e6),
        ("de", "30.000,50 Euro", "EUR", 30000.5),
        ("en", "30,000.50 euros", "EUR", 30000.5),
        ("de", "zwei Euro fünfzig", "EUR", 2.5),
        ("en", "thirteen dollars forty five", "USD", 13.45),
        ("de", "12’500 Franken", "CHF", 12500),
        ("de", "2 Mrd. Rubel", "RUB", 2e9),
        ("de", "7 Griwna", "UAH", 7),
        ("en", "C$ 5 million", "CAD", 5e6),
        ("en", "£2.5m", "GBP", 2.5e6),
        ("en", "4 million hryvnias", "UAH", 4e6),
        ("en", "3 dollars 50 cents", "USD", 3.5),
        ("en", "¥300", "JPY", 300),
    ],
)
def test_money(lang: str, text: str, unit: str, value: float) -> None:
    """Money is in the major unit of its currency, multiplied out."""
    (one,) = quantities(lang, text)
    assert (one.unit, one.value, one.text) == (unit, value, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Artikel 5 der NATO-Verträge"),
        ("de", "Im Jahr 2024 Soldaten zu entsenden, war neu."),
        ("de", "Am 20. März um 13 Uhr"),
        ("de", "Die Su-25 und der A400M landeten."),
        ("de", "Der G7-Gipfel am dritten Tag"),
        ("de", "Das war vor zwei Wochen."),
        ("de", "ein 36-Jähriger"),
        ("de", "Sie gewannen 3:1."),
        ("de", "Telefon 030/18 400"),
        ("en", "Article 5 of the treaty"),
        ("en", "In 2024 soldiers left."),
        ("en", "On March 18 troops moved."),
        ("en", "The F-16 and the A400M landed."),
        ("en", "two weeks ago"),
        ("en", "the 81st awards"),
        ("en", "in two thousand and twenty"),
    ],
)
def test_no_quantity(lang: str, text: str) -> None:
    """Names, dates, clock times, ages, ordinals and scores count nothing."""
    assert not quantities(lang, text)


ODD = [
    "",
    " ",
    "\u00a0",
    "🇺🇦 30 🚀 Panzer",
    "bis zu\u00a030.000\u00a0Sol\u00addaten",
    "½",
    "1" * 5000,
    "30.000." * 9,
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text(text: str) -> None:
    """Odd characters neither break the reader nor shift its offsets."""
    for lang in ("de", "en"):
        for one in quantities(lang, text):
            assert text[one.start : one.end] == one.text


def test_hyphens_and_spaces_of_typesetting_do_not_hide_a_quantity() -> None:
    """No-break spaces and soft hyphens count as what they stand for."""
    (one,) = quantities("de", "bis zu\u00a030.000\u00a0Sol\u00addaten")
    assert (one.value, one.unit, one.bound) == (30000, "soldier", "up_to")


FRAGMENTS = st.sampled_from(
    [
        *(
            "bis zu",
            "mehr als",
            "zwischen",
            "und",
            "Millionen",
            "Mrd.",
            "Euro",
            "Soldaten",
            "weitere",
            "halb",
        ),
        *("30", "30.000", "2,5", "$", "%", "-", "tägige", ",", ".", "\n", "einhundert", "Hunderte", "ein"),
        *(
            "dozen",
            "up to",
            "between",
            "and",
            "3bn",
            "troops",
            "per cent",
            "½",
            "\u00a0",
            "\u00ad",
            "🚀",
            "of",
        ),
    ]
)


@given(st.lists(FRAGMENTS, max_size=12), st.sampled_from(["", " "]), st.sampled_from(["de", "en"]))
def test_any_mix_of_words(parts: list[str], gap: str, lang: str) -> None:
    """Whatever stands together, spans equal the text, in order, without overlap."""
    text = gap.join(parts)
    found = quantities(lang, text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("line", ["30 ", "eins ", "bis zu ", "ein halb und ", "Hunderte von alten "])
def test_long_lines_cost_time_in_proportion(line: str) -> None:
    """Four times the text makes about four times the work, far from sixteen, even without an end in sight."""
    # The quickest of three: a busy machine makes a run slower, never quicker.
    steps = [min(_steps(line * (size // len(line))) for _ in range(3)) for size in (10_000, 40_000)]
    assert steps[1] < 8 * steps[0]


def _steps(text: str) -> float:
    reader, doc = READERS["de"], NLP["de"].make_doc(text)
    start = process_time()
    reader(doc)
    return process_time() - start + 0.005
