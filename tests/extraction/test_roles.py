"""Roles: who is called by an office, how far the phrase goes, whose office it is, who is meant."""

import pytest

from bot.extraction.lexicon import lexicon
from bot.extraction.role_nouns import role_nouns
from bot.extraction.roles import Level, Number, RoleMention, covers, levels
from tests.extraction.reading_entities import DAY, read


def role(text: str, lang: str, head: str, day: str | None = DAY) -> RoleMention:
    """The mention with this role noun."""
    at = text.index(head)
    return next(one for one in read(text, lang, day).roles if one.head == (at, at + len(head)))


@pytest.mark.parametrize(
    ("lang", "text", "head", "phrase"),
    [
        (
            "de",
            "Das teilte ein Sprecher des britischen Premierministers Keir Starmer mit.",
            "Sprecher",
            "ein Sprecher des britischen Premierministers Keir Starmer",
        ),
        ("de", "Der polnische Außenminister reist ab.", "Außenminister", "Der polnische Außenminister"),
        ("de", "Frankreichs Präsident kommt.", "Präsident", "Frankreichs Präsident"),
        (
            "de",
            "Es sprach ein hochrangiger ukrainischer Beamter.",
            "Beamter",
            "ein hochrangiger ukrainischer Beamter",
        ),
        (
            "de",
            "Die Sprecherin der Bundesregierung schwieg.",
            "Sprecherin",
            "Die Sprecherin der Bundesregierung",
        ),
        ("de", "Ein Sprecher des Ministeriums schwieg.", "Sprecher", "Ein Sprecher des Ministeriums"),
        ("de", "Das war Präsident Emmanuel Macron.", "Präsident", "Präsident Emmanuel Macron"),
        ("de", "Zwei Soldaten wurden von einem Offizier befragt.", "Offizier", "einem Offizier"),
        (
            "en",
            "That was said by a spokesman for Prime Minister Keir Starmer on Monday.",
            "spokesman",
            "a spokesman for Prime Minister Keir Starmer",
        ),
        ("en", "Britain's prime minister left.", "prime minister", "Britain's prime minister"),
        ("en", "A senior Ukrainian official left.", "official", "A senior Ukrainian official"),
        ("en", "The president of France spoke.", "president", "The president of France"),
        (
            "en",
            "A spokeswoman for the foreign ministry spoke.",
            "spokeswoman",
            "A spokeswoman for the foreign ministry",
        ),
        ("en", "The US ambassador to Ukraine left.", "ambassador", "The US ambassador to Ukraine"),
    ],
)
def test_extent(lang: str, text: str, head: str, phrase: str) -> None:
    """The phrase runs from the determiner to the end of name and attribute."""
    assert role(text, lang, head).text == phrase


@pytest.mark.parametrize(
    ("lang", "text", "head", "keyword", "level", "country", "body"),
    [
        ("de", "Der US-Präsident sprach.", "US-Präsident", "president", "head", "US", None),
        ("de", "Der Kremlchef sprach.", "Kremlchef", "president", "head", "RU", None),
        (
            "de",
            "Die EU-Außenbeauftragte sprach.",
            "EU-Außenbeauftragte",
            "EU foreign policy chief",
            "chief",
            None,
            "EU",
        ),
        (
            "de",
            "Der Nato-Generalsekretär sprach.",
            "Nato-Generalsekretär",
            "NATO secretary general",
            "chief",
            None,
            "NATO",
        ),
        (
            "de",
            "Die italienische Verteidigungsministerin sprach.",
            "Verteidigungsministerin",
            "defence minister",
            "minister",
            "IT",
            None,
        ),
        (
            "de",
            "Der stellvertretende russische Außenminister sprach.",
            "Außenminister",
            "deputy foreign minister",
            "official",
            "RU",
            None,
        ),
        (
            "de",
            "Der spanische Vize-Außenminister sprach.",
            "Vize-Außenminister",
            "deputy foreign minister",
            "official",
            "ES",
            None,
        ),
        (
            "de",
            "Ein Sprecher des Weißen Hauses sprach.",
            "Sprecher",
            "spokesperson",
            "spokesperson",
            "US",
            "Weißes Haus",
        ),
        ("de", "Der SPD-Chef sprach.", "SPD-Chef", "party leader", "politician", None, "SPD"),
        ("de", "Der Vereinspräsident sprach.", "Vereinspräsident", "president", "other", None, None),
        (
            "de",
            "Der Präsident der deutschen Sparkassen sprach.",
            "Präsident",
            "president",
            "other",
            "DE",
            None,
        ),
        (
            "en",
            "The EU foreign policy chief spoke.",
            "foreign policy chief",
            "EU foreign policy chief",
            "chief",
            None,
            "EU",
        ),
        (
            "en",
            "NATO's secretary general spoke.",
            "secretary general",
            "NATO secretary general",
            "chief",
            None,
            "NATO",
        ),
        (
            "en",
            "The White House spokeswoman spoke.",
            "spokeswoman",
            "spokesperson",
            "spokesperson",
            "US",
            "White House",
        ),
        ("en", "The German chancellor spoke.", "chancellor", "chancellor", "head", "DE", None),
        (
            "en",
            "The deputy foreign minister of Iran spoke.",
            "foreign minister",
            "deputy foreign minister",
            "official",
            "IR",
            None,
        ),
        (
            "en",
            "UK Defence Secretary Jo Bloggs spoke.",
            "Defence Secretary",
            "defence minister",
            "minister",
            "GB",
            None,
        ),
    ],
)
def test_whose_office(  # noqa: PLR0917  (a table row has one column a field)
    lang: str, text: str, head: str, keyword: str, level: str, country: str | None, body: str | None
) -> None:
    """The keyword is the same in both languages; country and body come from any of the words around."""
    found = role(text, lang, head)
    assert (found.role, found.level, found.country, found.body) == (keyword, level, country, body)


@pytest.mark.parametrize(
    ("lang", "text", "head", "person"),
    [
        ("de", "Der Kremlchef sprach.", "Kremlchef", "Wladimir Putin"),
        ("de", "Der französische Präsident sprach.", "Präsident", "Emmanuel Macron"),
        ("de", "Der frühere französische Präsident sprach.", "Präsident", None),
        ("de", "Ein französischer Präsident sprach.", "Präsident", None),
        ("de", "Donald Tusk kam an. Der Ministerpräsident sprach.", "Ministerpräsident", "Donald Tusk"),
        ("de", "Donald Tusk und Viktor Orbán kamen an. Der Regierungschef sprach.", "Regierungschef", None),
        ("de", "Keir Starmer, der britische Premierminister, sprach.", "Premierminister", "Keir Starmer"),
        ("de", "Ronald Reagans Außenminister sprach.", "Außenminister", None),
        ("de", "Die polnischen Minister sprachen.", "Minister", None),
        ("en", "The British prime minister spoke.", "prime minister", "Keir Starmer"),
        ("en", "The Canadian prime minister, Mark Carney, spoke.", "prime minister", "Mark Carney"),
        ("en", "Former US president Barack Obama spoke.", "president", "Barack Obama"),
        ("en", "The head of the bank spoke.", "head", None),
    ],
)
def test_who_is_meant(lang: str, text: str, head: str, person: str | None) -> None:
    """A name beside it, the only one in the text with that office, or who held it on the day."""
    assert role(text, lang, head).person == person


def test_the_day_decides_who_held_the_office() -> None:
    """The same words mean another person in another year."""
    text = "Der US-Präsident sprach."
    people = [
        role(text, "de", "US-Präsident", day).person for day in ("2006-05-01", "2012-05-01", "2022-05-01")
    ]
    assert people == ["George W. Bush", "Barack Obama", "Joe Biden"]


@pytest.mark.parametrize(
    ("lang", "text", "head", "plural"),
    [
        ("de", "Der Minister sprach.", "Minister", False),
        ("de", "Die Minister sprachen.", "Minister", True),
        ("de", "Die Außenbeauftragte sprach.", "Außenbeauftragte", False),
        ("de", "Die Außenbeauftragten sprachen.", "Außenbeauftragten", True),
        ("de", "Mehrere Sprecher schwiegen.", "Sprecher", True),
        ("de", "Britische Minister kamen.", "Minister", True),
        ("de", "Bis zu 300 Soldaten kamen.", "Soldaten", True),
        ("en", "The ministers spoke.", "ministers", True),
        ("en", "The attorneys general met.", "attorneys general", True),
    ],
)
def test_number(lang: str, text: str, head: str, plural: bool) -> None:  # noqa: FBT001
    """Where the form leaves the number open, determiner and adjective tell it."""
    assert role(text, lang, head).plural is plural


def test_somebody_unknown_takes_the_role_beside_the_name() -> None:
    """Role and country of an unknown person come from the text, for every mention of them."""
    found = read("Die maltesische Außenministerin Rosa Borg kam. Borg blieb.", "de").entities
    assert [(one.role, one.country) for one in found if one.kind == "person"] == [
        ("foreign minister", "MT")
    ] * 2


@pytest.mark.parametrize("text", ["In general, it rained.", "A general election is near.", "They head home."])
def test_words_that_are_no_roles_here(text: str) -> None:
    """`general` and `head` are roles only where something around makes them one."""
    assert read(text, "en").roles == []


@pytest.mark.parametrize("word", ["Lautsprecher", "Flugzeuge", "Halbleiter", "Trichter", "Montag"])
def test_german_words_that_end_like_roles(word: str) -> None:
    """A word that only ends like a role noun names nobody."""
    assert role_nouns("de", owner=lambda _: None, cut=str.split).find([word], 0) is None


def test_number_of_german_forms() -> None:
    """Forms tell their number where German tells it."""
    nouns = role_nouns("de", owner=lambda _: None, cut=str.split)
    numbers = []
    for word in ("Ministers", "Ministerinnen", "Minister"):
        found = nouns.find([word], 0)
        assert found is not None
        numbers.append(found[1].number)
    assert numbers == [Number.SINGULAR, Number.PLURAL, Number.EITHER]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_keywords_of_the_lexicons_have_a_level(lang: str) -> None:
    """No lexicon names a keyword that nobody gave a level."""
    assert set(lexicon(lang, "roles")["nouns"]) <= set(levels())


def test_leaders() -> None:
    """Heads, chiefs and ministers lead; spokespeople do not."""
    assert Level.MINISTER.leads
    assert not Level.SPOKESPERSON.leads
    assert covers("head of government", "chancellor")
    assert not covers("chancellor", "president")
