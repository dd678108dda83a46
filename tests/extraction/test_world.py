"""The world: every country has its words in both languages; names on the day; nothing is told twice."""

from datetime import date

import pytest

from bot.extraction.inflection import english_plural, forms
from bot.extraction.lexicon import knowledge
from bot.extraction.organisations import organisations
from bot.extraction.people import holders, people
from bot.extraction.places import places
from bot.extraction.roles import levels
from bot.extraction.world import seats, territories, territory_name

LANGUAGES = ("de", "en")


@pytest.mark.parametrize(
    ("code", "german", "english"),
    [
        ("GB", "Großbritannien", "Britain"),
        ("US", "USA", "United States"),
        ("TR", "Türkei", "Turkey"),
        ("KR", "Südkorea", "South Korea"),
        ("CZ", "Tschechien", "Czech Republic"),
        ("CI", "Elfenbeinküste", "Ivory Coast"),
        ("QQ", "QQ", "QQ"),
    ],
)
def test_everyday_names(code: str, german: str, english: str) -> None:
    """A territory has the name newspapers use; what nobody knows keeps its code."""
    assert (territory_name(code, "de"), territory_name(code, "en")) == (german, english)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_has_words(lang: str) -> None:
    """Every state has a name, and all but a handful of small ones adjective, inhabitants and capital."""
    states = [one for one in territories(lang).values() if one.within is None and one.code != "EH"]
    assert len(states) >= 195
    assert {one.code for one in states if not one.nationality} <= {
        "CG", "KN", "TT", "VA", "VC", "DM", "GW", "KI", "LC", "LS", "SB", "SC", "ST", "VU",
    }  # fmt: skip
    assert {one.code for one in states if not one.capitals} <= {"MC", "SG", "SM", "VA", "DJ", "LU", "SC"}


def test_german_and_english_know_the_same_states() -> None:
    """No state is missing in one language."""
    assert territories("de").keys() == territories("en").keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_adjective_of_two_countries(lang: str) -> None:
    """An adjective or inhabitant belongs to one country."""
    owners: dict[str, set[str]] = {}
    for one in territories(lang).values():
        for form in one.nationality:
            owners.setdefault(form, set()).add(one.code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_seats_belong_to_known_countries(lang: str) -> None:
    """The country of each seat and place exists."""
    known = set(territories(lang))
    assert {seat.country for seat in seats(lang)} <= known
    assert {place.country for place in places(lang) if place.country} <= known


def test_people_are_consistent() -> None:
    """Names and ids are unique, offices have a level, terms end after they begin."""
    everybody = people()
    assert len(everybody) >= 150
    names = [one.names[0] for one in everybody]
    assert sorted(set(names)) == sorted(names)
    ids = [one.id for one in everybody if one.id]
    assert sorted(set(ids)) == sorted(ids)
    for one in everybody:
        assert one.offices or one.nation, one.names[0]
        for office in one.offices:
            assert office.role in levels(), one.names[0]
            assert office.last is None or office.first <= office.last, one.names[0]


def test_one_head_of_a_state_at_a_time() -> None:
    """No two people hold the same office of head of a state on the same day."""
    for year in range(2005, 2027):
        for code in ("US", "DE", "FR", "GB", "RU", "UA", "PL", "IT", "TR", "IL", "CN"):
            for role in ("president", "prime minister", "chancellor"):
                assert len(holders(role, date(year, 6, 1), country=code)) <= 1, (year, code, role)


def test_organisations_are_consistent() -> None:
    """Codes are unique and media are many."""
    codes = [one["code"] for group in knowledge("organisations").values() for one in group if "code" in one]
    assert sorted(set(codes)) == sorted(codes)
    media = [one for one in organisations("de") if one.subkind == "media"]
    assert len(media) >= 150


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("prime minister", "prime ministers"),
        ("secretary of state", "secretaries of state"),
        ("spokesman", "spokesmen"),
        ("attorney general", "attorneys general"),
        ("Japanese", "Japanese"),
    ],
)
def test_english_plurals(noun: str, plural: str) -> None:
    """The plural stands on the noun, not on what follows it."""
    assert english_plural(noun) == plural


@pytest.mark.parametrize(
    ("noun", "some"),
    [
        ("Ukrainer", {"Ukrainers", "Ukrainern", "Ukrainerin", "Ukrainerinnen"}),
        ("Brite", {"Briten", "Britin", "Britinnen"}),
        ("Präsident", {"Präsidenten", "Präsidentin"}),
        ("Israeli", {"Israelis"}),
        ("Beauftragte", {"Beauftragter", "Beauftragten", "Beauftragtem"}),
    ],
)
def test_german_forms(noun: str, some: set[str]) -> None:
    """The ending tells the declension."""
    assert some <= set(forms(noun, "de"))
