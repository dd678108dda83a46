"""Changes in words, in golden pairs: German and English, each as a reader of that language sees it."""

import pytest

from bot.alerts.brief import brief
from bot.alerts.changing import changes_in
from bot.extraction.findings import Actor, Bound, Quantity
from bot.stories.facts import Change, Slot, Value
from tests.fakes.alerts import alert, article_ref

EXACT, ABOUT, RANGE = Bound.EXACT, Bound.ABOUT, Bound.RANGE
# Of each pair the noun as a German and as an English article has it.
SOLDIERS, TANKS = ("soldier", "Soldaten", "soldiers"), ("vehicle", "Panzern", "tanks")
TRAINERS = ("soldier", "Ausbildern", "trainers")
BATTALIONS = ("other", "Bataillone", "battalions")
EURO, DOLLAR = ("EUR", "Euro", "euros"), ("USD", "US-Dollar", None)
ZLOTY, CROWN = ("PLN", "Zloty", "zlotys"), ("SEK", "Kronen", "kronor")
PERCENT, DAYS = ("percent", None, None), ("day", None, "day")
TONNES, KILOGRAMS = ("tonne", "Tonnen", "tonnes"), ("kilogram", "Kilogramm", "kilograms")

Noun = tuple[str, str | None, str | None]
Amount = tuple[float | tuple[float, float], Bound]


def amount(value: Amount, noun: Noun, lang: str) -> Quantity:
    """An amount as an article of this language has it; its text is in a style that is never ours."""
    figure, bound = value
    low, high = figure if isinstance(figure, tuple) else (None, None)
    middle = (low + high) / 2 if low is not None and high is not None else figure
    assert isinstance(middle, float | int)
    unit, german, english = noun
    of = german if lang == "de" else english
    text = f"{middle!r} statt 7 {of}" if lang == "de" else f"{middle!r} rather than 7 {of}"
    return Quantity(
        start=0, end=9, text=text, value=middle, low=low, high=high, unit=unit, bound=bound, of=of
    )


AMOUNTS: list[tuple[Noun, Amount | None, Amount, str, str]] = [
    # what is counted, before, after, German, English
    (TRAINERS, (150, EXACT), (300, EXACT), "150 → 300 Ausbilder", "150 → 300 trainers"),
    (TANKS, (20, EXACT), (30, EXACT), "20 → 30 Panzer", "20 → 30 tanks"),
    (TANKS, (1, EXACT), (2, EXACT), "1 → 2 Panzer", "1 → 2 tanks"),
    (TANKS, None, (30, EXACT), "jetzt 30 Panzer", "now 30 tanks"),
    (BATTALIONS, (2, EXACT), (3, EXACT), "2 → 3 Bataillone", "2 → 3 battalions"),
    (SOLDIERS, (800, EXACT), (1200, EXACT), "800 → 1.200 Soldaten", "800 → 1,200 soldiers"),
    (SOLDIERS, (800, Bound.UP_TO), (1200, ABOUT), "bis zu 800 → rund 1.200 Soldaten",
     "up to 800 → about 1,200 soldiers"),
    (SOLDIERS, (500, Bound.MORE_THAN), (500, Bound.LESS_THAN), "mehr als 500 → weniger als 500 Soldaten",
     "more than 500 → fewer than 500 soldiers"),
    (SOLDIERS, (500, EXACT), (700, Bound.AT_LEAST), "500 → mindestens 700 Soldaten",
     "500 → at least 700 soldiers"),
    (SOLDIERS, (3000, EXACT), ((5000, 7000), RANGE), "3.000 → 5.000–7.000 Soldaten",
     "3,000 → 5,000–7,000 soldiers"),
    (SOLDIERS, ((5000, 7000), RANGE), ((8000, 9000), RANGE), "5.000–7.000 → 8.000–9.000 Soldaten",
     "5,000–7,000 → 8,000–9,000 soldiers"),
    (EURO, (4e8, EXACT), (5e8, EXACT), "400 → 500 Mio. Euro", "€400 → €500 million"),
    (EURO, (8e8, EXACT), (1.2e9, EXACT), "800 Mio. → 1,2 Mrd. Euro", "€800 million → €1.2 billion"),
    (EURO, (90000, EXACT), (4e6, EXACT), "90.000 → 4 Mio. Euro", "€90,000 → €4 million"),
    (EURO, (1e9, EXACT), ((1.5e9, 2e9), RANGE), "1 → 1,5–2 Mrd. Euro", "€1 → €1.5–2 billion"),
    (EURO, (5e8, EXACT), ((8e8, 1.2e9), RANGE), "500 Mio. → 800 Mio. bis 1,2 Mrd. Euro",
     "€500 million → €800 million to €1.2 billion"),
    (DOLLAR, (4e10, Bound.UP_TO), (6e10, ABOUT), "bis zu 40 → rund 60 Mrd. US-Dollar",
     "up to $40 → about $60 billion"),
    (ZLOTY, (5e6, EXACT), (6e6, EXACT), "5 → 6 Mio. Zloty", "PLN 5 → PLN 6 million"),
    (CROWN, (5e6, EXACT), (6e6, EXACT), "5 → 6 Mio. Kronen", "SEK 5 → SEK 6 million"),
    (PERCENT, (2, EXACT), (2.5, EXACT), "2 → 2,5 Prozent", "2 → 2.5 percent"),
    (PERCENT, (10, EXACT), (200 / 3, ABOUT), "10 → rund 66,67 Prozent", "10 → about 66.67 percent"),
    (DAYS, (30, EXACT), (60, EXACT), "30 → 60 Tage", "30 → 60 days"),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "before", "after", "german", "english"), AMOUNTS)
def test_amounts(noun: Noun, before: Amount | None, after: Amount, german: str, english: str) -> None:
    """One style on both sides, what is counted once and in the nominative, nothing of another figure."""
    for lang, told in (("de", german), ("en", english)):
        old = amount(before, noun, lang) if before else None
        change = Change(slot=Slot.QUANTITY, before=old, after=amount(after, noun, lang))
        assert changes_in([change], lang, lang) == told


def test_amounts_of_two_units() -> None:
    """Each side says what it counts."""
    change = Change(
        slot=Slot.QUANTITY,
        before=amount((2, EXACT), TONNES, "de"),
        after=amount((500, EXACT), KILOGRAMS, "de"),
    )
    assert changes_in([change], "de", "de") == "2 Tonnen → 500 Kilogramm"
    assert changes_in([change], "de", "en") == "2 tonnes → 500 kilograms"


def test_amounts_of_an_article_in_another_language() -> None:
    """What is counted is told in the reader's words."""
    change = Change(
        slot=Slot.QUANTITY,
        before=amount((150, EXACT), TRAINERS, "en"),
        after=amount((300, EXACT), TRAINERS, "de"),
    )
    assert changes_in([change], "de", "en") == "150 → 300 soldiers"
    assert changes_in([change], "en", "de") == "150 → 300 Soldaten"


BERLIN, PARIS = (Actor(name=name, kind="place") for name in ("Berlin", "Paris"))
NORWAY = Actor(name="Norwegen", id="NO", kind="country")
SWEDEN = Actor(name="Schweden", id="SE", kind="country")
OTHERS: list[tuple[Slot, Value, Value, str, str]] = [
    (Slot.MODALITY, "under_discussion", "decided", "im Gespräch → beschlossen", "under discussion → decided"),
    (Slot.MODALITY, "decided", "denied", "beschlossen → verneint", "decided → denied"),
    (Slot.MODALITY, "scheduled", "cancelled", "angesetzt → abgesagt", "scheduled → cancelled"),
    (Slot.DATE, "2026-03-03", "2026-03-04", "Dienstag, 3. März → Mittwoch, 4. März",
     "Tuesday, 3 March → Wednesday, 4 March"),
    (Slot.DATE, "2026-12-30", "2027-01-12", "Mi., 30. Dezember 2026 → Di., 12. Januar 2027",
     "Wed, 30 December 2026 → Tue, 12 January 2027"),
    (Slot.DATE, "2026-03", "2026-04-14", "März 2026 → Di., 14. April 2026",
     "March 2026 → Tue, 14 April 2026"),
    (Slot.DATE, "2026-05", "2026-06", "Mai → Juni 2026", "May → June 2026"),
    (Slot.DATE, "2026-12", "2027-01", "Dezember 2026 → Januar 2027", "December 2026 → January 2027"),
    (Slot.DATE, "2026-W10", "2026-W11", "10. → 11. Woche 2026", "week 10 → week 11, 2026"),
    (Slot.DATE, "2026-Q1", "2026-Q2", "1. → 2. Quartal 2026", "Q1 → Q2 2026"),
    (Slot.DATE, "2026-SU", "2026-FA", "Sommer → Herbst 2026", "summer → autumn 2026"),
    (Slot.DATE, "2026-H1", "2026-H2", "1. → 2. Halbjahr 2026", "H1 → H2 2026"),
    (Slot.DATE, "2026-W10-WE", "2026-W11", "Wochenende ab Sa., 7. März → 11. Woche 2026",
     "weekend of Sat, 7 March → week 11, 2026"),
    (Slot.DATE, "2026", "2027", "2026 → 2027", "2026 → 2027"),
    (Slot.DATE, None, "2026-05", "jetzt Mai 2026", "now May 2026"),
    (Slot.DATE, "2026-03-03", None, "Dienstag, 3. März → verschoben", "Tuesday, 3 March → postponed"),
    (Slot.DATE, "2026-05", None, "Mai 2026 → verschoben", "May 2026 → postponed"),
    (Slot.PLACE, (BERLIN,), (PARIS,), "Berlin → Paris", "Berlin → Paris"),
    (Slot.ACTOR, (NORWAY,), (SWEDEN, BERLIN), "Norwegen → Schweden, Berlin", "Norway → Sweden, Berlin"),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "before", "after", "german", "english"), OTHERS)
def test_other_changes(slot: Slot, before: Value, after: Value, german: str, english: str) -> None:
    """Days are written out, of longer times what both sides share is said once."""
    change = Change(slot=slot, before=before, after=after)
    assert changes_in([change], "de", "de") == german
    assert changes_in([change], "de", "en") == english


def test_a_contradiction() -> None:
    """Both sides with who says it."""
    change = Change(
        slot=Slot.QUANTITY,
        before=amount(((500, 700), RANGE), SOLDIERS, "de"),
        after=amount((800, EXACT), SOLDIERS, "de"),
        sides=("Tagesblatt", "Harbour Post"),
    )
    assert changes_in([change], "de", "de") == "500–700 (Tagesblatt) – 800 Soldaten (Harbour Post)"
    assert changes_in([change], "de", "en") == "500–700 (Tagesblatt) – 800 soldiers (Harbour Post)"


FACTS = [
    # as the article words it, its noun, value, told
    ("de", "300 statt 150 Ausbildern", "Ausbildern", 300, "300 Ausbilder"),
    ("de", "sechs Caesar-Haubitzen", "Haubitzen", 6, "sechs Caesar-Haubitzen"),
    ("de", "20 Leopard-2-Panzern", "Leopard-2-Panzern", 20, "20 Leopard-2-Panzer"),
    ("de", "rund 1.800 zusätzliche Bundeswehrsoldaten", "Bundeswehrsoldaten", 1800,
     "rund 1.800 zusätzliche Bundeswehrsoldaten"),
    ("de", "40 Toten", "Toten", 40, "40 Tote"),
    ("de", "12 Flugzeugen", "Flugzeugen", 12, "12 Flugzeuge"),
    ("de", "12 Kampfdrohnen", "Kampfdrohnen", 12, "12 Kampfdrohnen"),
    ("de", "drei Geiseln", "Geiseln", 3, "drei Geiseln"),
    ("de", "500 Einsatzkräften", "Einsatzkräften", 500, "500 Einsatzkräfte"),
    ("de", "50 Ländern", "Ländern", 50, "50 Länder"),
    ("de", "200 Migranten", "Migranten", 200, "200 Migranten"),
    ("de", "30 Menschen", "Menschen", 30, "30 Menschen"),
    ("en", "30 instead of 20 tanks", "tanks", 30, "30 tanks"),
    ("en", "a dozen howitzers", "howitzers", 12, "a dozen howitzers"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "of", "value", "told"), FACTS)
def test_the_line_of_facts(lang: str, text: str, of: str, value: float, told: str) -> None:
    """As the article words it, but in the nominative and without the figure that is no more."""
    found = Quantity(
        start=0, end=9, text=text, value=value, low=None, high=None, unit="soldier", bound=EXACT, of=of
    )
    shown = alert(quantity=found, article=article_ref(lang=lang))
    assert brief(shown, lang).facts.split(" · ")[0] == told
