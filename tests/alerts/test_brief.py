import dataclasses
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.brief import QUOTE_LIMIT, brief, shortened
from bot.alerts.headline import headline
from bot.alerts.model import KeyQuote
from bot.article.model import Published
from bot.extraction.findings import Actor, Bound, Medium, Modality, Quantity, QuoteKind
from tests.fakes.alerts import alert, article_ref

BERLIN = ZoneInfo("Europe/Berlin")
LITHUANIA = Actor(name="Litauen", id="LT", kind="country")
LIND, RUIZ = Actor(name="Bo Lind", id="Q2", kind="person"), Actor(name="Ana Ruiz", kind="person")

CALL = {"date": "2026-03-05", "medium": Medium.CALL, "modality": Modality.SCHEDULED, "quantity": None}


def quantity(text: str, value: float, unit: str, bound: Bound = Bound.EXACT, start: int = 17) -> Quantity:
    """A quantity at a place."""
    return Quantity(
        start=start,
        end=start + len(text),
        text=text,
        value=value,
        low=None,
        high=None,
        unit=unit,
        bound=bound,
    )


@pytest.mark.parametrize(
    ("lang", "changes", "expected"),
    [
        ("de", {}, "Neue Truppenzusage: Norwegen → Litauen"),
        ("en", {}, "New troop commitment: Norway → Lithuania"),
        ("en", {"place": None, "targets": (LITHUANIA,)}, "New troop commitment: Norway → Lithuania"),
        ("de", {"actors": ()}, "Neue Truppenzusage → Litauen"),
        ("de", {"actors": (), "place": None}, "Neue Truppenzusage"),
        ("de", {"participants": (LIND, RUIZ), "place": Actor(name="Genf")},
         "Neue Truppenzusage: Bo Lind – Ana Ruiz, Genf"),
        ("en", {"participants": (LIND, RUIZ), "place": Actor(name="Genf")},
         "New troop commitment: Bo Lind – Ana Ruiz, Geneva"),
        ("de", {"actors": (Actor(name="Die Stabschefs"),)}, "Neue Truppenzusage: Stabschefs → Litauen"),
    ],
)  # fmt: skip
def test_headline(lang: str, changes: dict[str, object], expected: str) -> None:
    """Title, who and where to, in the reader's language; people who meet are joined by a dash."""
    assert headline(alert(**changes), lang) == expected


@pytest.mark.parametrize(
    ("lang", "event_type", "modality", "expected"),
    [
        ("de", "ceasefire.broken", Modality.OCCURRED, "gebrochen"),
        ("en", "ceasefire.broken", Modality.OCCURRED, "broken"),
        ("de", "sanction.lift", Modality.UNDER_DISCUSSION, "Aufhebung · im Gespräch"),
        ("en", "sanction.lift", Modality.UNDER_DISCUSSION, "lifting · under discussion"),
        ("de", "sanction.extend", Modality.DECIDED, "Verlängerung · beschlossen"),
        ("en", "sanction.extend", Modality.DECIDED, "extension · decided"),
        ("en", "troops.commit", Modality.OCCURRED, "happened"),
    ],
)
def test_what_a_title_leaves_open(lang: str, event_type: str, modality: Modality, expected: str) -> None:
    """Of a rule for truces or sanctions the facts say whether one is broken, lifted or extended."""
    told = alert(event_type=event_type, modality=modality, quantity=None, date=None)
    assert brief(told, lang).facts == expected


def test_counted_countries() -> None:
    """Countries that are only counted stand in the headline once, in words of the reader's language."""
    number = quantity("mehr als 30 Ländern", 30, "country", Bound.MORE_THAN)
    told = alert(
        quantity=number, actors=(Actor(name="mehr als 30 Ländern", start=17, end=36, kind="country"),)
    )
    assert headline(told, "de") == "Neue Truppenzusage: mehr als 30 Länder → Litauen"
    assert headline(told, "en") == "New troop commitment: more than 30 countries → Lithuania"
    assert "30" not in brief(told, "de").facts


@pytest.mark.parametrize(
    ("lang", "changes", "expected"),
    [
        ("de", {}, "150 Ausbilder · beschlossen · Mai 2026"),
        ("en", {}, "150 soldiers · decided · May 2026"),
        ("de", CALL, "Telefonat · angesetzt · Do., 5. März 2026"),
        ("en", CALL, "phone call · scheduled · Thu, 5 March 2026"),
        ("de", {"quantity": quantity("30-tägigen", 30, "day"), "date": None}, "30 Tage · beschlossen"),
        ("en", {"quantity": quantity("bis zu 30.000 Soldaten", 30000, "soldier", Bound.UP_TO), "date": None},
         "up to 30,000 soldiers · decided"),
    ],
)  # fmt: skip
def test_facts(lang: str, changes: dict[str, object], expected: str) -> None:
    """How much, how sure and when, with the numbers, words and dates of the reader's language."""
    assert brief(alert(**changes), lang, BERLIN).facts == expected


@pytest.mark.parametrize(
    ("kind", "article_lang", "expected"),
    [
        (QuoteKind.DIRECT, "de", "„Wir bleiben“"),
        (QuoteKind.DIRECT, "en", "“Wir bleiben”"),
        (QuoteKind.FRAGMENT, "de", "„Wir bleiben“"),
        (QuoteKind.INDIRECT, "de", "Wir bleiben"),
    ],
)
def test_marks(kind: QuoteKind, article_lang: str, expected: str) -> None:
    """Marks are those of the quote's language, and stand only around words that somebody really said."""
    told = alert(
        quote=KeyQuote(start=0, end=11, text="Wir bleiben", kind=kind), article=article_ref(lang=article_lang)
    )
    assert brief(told, "en").quote == expected


def test_attribution() -> None:
    """Speaker, office and medium stand in one line; nothing where nobody is known."""
    quote = KeyQuote(start=0, end=3, text="Wir", kind=QuoteKind.DIRECT)
    full = dataclasses.replace(quote, speaker="Ida Moen", role="Ministerin", via="Nordfunk")
    assert brief(alert(quote=full), "de").said == "Ida Moen, Ministerin, via Nordfunk"
    assert brief(alert(quote=quote), "de").said is None


def test_sentence_where_nobody_is_quoted() -> None:
    """Without a key quote the sentence of the article stands in its place, without marks."""
    told = brief(alert(quote=None), "de")
    assert told.quote is None
    assert told.evidence == "Norwegen schickt 150 Ausbilder nach Litauen, hieß es in Oslo."


def test_origin() -> None:
    """Source, time in the reader's zone, further sources, that they confirm it, and tags."""
    told = alert(sources=3, article=article_ref(published=Published.parse("2026-03-02T12:00:00Z")))
    german, english = (brief(told, lang, BERLIN).origin for lang in ("de", "en"))
    assert german == "Tagesblatt · 02.03.2026 13:00 · +2 Quellen · bestätigt · #security"
    assert english == "Tagesblatt · 2 Mar 2026 13:00 · +2 sources · confirmed · #security"


@pytest.mark.parametrize(("lang", "lock"), [("de", "🔒 nur mit Abo"), ("en", "🔒 subscribers only")])
def test_paywall(lang: str, lock: str) -> None:
    """An article that only subscribers may read says so beside its source."""
    told = alert(article=dataclasses.replace(article_ref(), paywalled=True))
    assert lock in brief(told, lang, BERLIN).origin.split(" · ")
    assert "🔒" not in brief(alert(), lang, BERLIN).origin


def test_day_without_time() -> None:
    """Where only the day of publication is known no time is made up."""
    told = alert(article=article_ref(published=Published.parse("2026-03-02")))
    assert brief(told, "de", BERLIN).origin == "Tagesblatt · Mo., 2. März 2026 · #security"


def test_shortened_at_a_clause() -> None:
    """A long quote ends at a clause border with an ellipsis, and is not changed before it."""
    text = "Wir bleiben dort, solange es nötig ist, " * 20
    short = shortened(text, QUOTE_LIMIT)
    assert len(short) <= QUOTE_LIMIT + 1
    assert short.endswith((" dort …", " ist …"))
    assert text.startswith(short.removesuffix(" …"))


def test_one_phone_screen() -> None:
    """However long names and quotes are, the lines of an alert stay within some 900 characters."""
    long = "Ministerium für sehr lange Namen " * 30
    told = brief(
        alert(
            actors=tuple(Actor(name=f"{number} {long}") for number in range(9)),
            quote=KeyQuote(start=0, end=9, text=long * 9, kind=QuoteKind.DIRECT, speaker=long, via=long),
            article=article_ref(source_name=long),
        ),
        "de",
    )
    lines = (told.headline, told.facts, told.quote, told.said, told.origin)
    assert sum(len(line or "") for line in lines) < 900
