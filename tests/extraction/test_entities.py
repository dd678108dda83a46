"""Entities: what is named, which name it has, what it is on the day of the article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extraction.findings import Entity, EntityKind
from tests.extraction.reading_entities import DAY, read


def named(text: str, lang: str, words: str, day: str | None = DAY) -> Entity | None:
    """The entity that covers exactly these words, where they stand first."""
    at = text.index(words)
    found = read(text, lang, day).entities
    return next((one for one in found if (one.start, one.end) == (at, at + len(words))), None)


@pytest.mark.parametrize(
    ("lang", "text", "words", "kind", "name", "id_"),
    [
        ("de", "Die Truppen der USA ziehen ab.", "USA", "country", "USA", "US"),
        ("de", "Russlands Armee rückt vor.", "Russlands", "country", "Russland", "RU"),
        ("de", "Er reiste in die Türkei.", "Türkei", "country", "Türkei", "TR"),
        (
            "de",
            "Das Vereinigte Königreich zahlt.",
            "Vereinigte Königreich",
            "country",
            "Großbritannien",
            "GB",
        ),
        ("de", "Hilfe aus den Vereinigten Staaten kam an.", "Vereinigten Staaten", "country", "USA", "US"),
        ("de", "Die Elfenbeinküste wählt.", "Elfenbeinküste", "country", "Elfenbeinküste", "CI"),
        ("de", "Südkoreas Präsident sprach.", "Südkoreas", "country", "Südkorea", "KR"),
        ("en", "The U.S. and Britain agreed.", "U.S.", "country", "United States", "US"),
        ("en", "The UK agreed.", "UK", "country", "Britain", "GB"),
        ("en", "South Korea's army fired.", "South Korea", "country", "South Korea", "KR"),
        ("en", "Türkiye objected.", "Türkiye", "country", "Turkey", "TR"),
        ("de", "Die Nato berät.", "Nato", "organisation", "Nato", "Q7184"),
        ("de", "Die NATO berät.", "NATO", "organisation", "Nato", "Q7184"),
        ("en", "The European Union acts.", "European Union", "organisation", "EU", "Q458"),
        ("de", "Die Vereinten Nationen warnen.", "Vereinten Nationen", "organisation", "UN", "Q1065"),
        ("de", "Keir Starmers Plan steht.", "Keir Starmers", "person", "Keir Starmer", "Q6383803"),
        ("de", "Selenskyjs Rede wirkte.", "Selenskyjs", "person", "Wolodymyr Selenskyj", "Q3874799"),
        ("en", "Zelenskyy's speech worked.", "Zelenskyy", "person", "Volodymyr Zelensky", "Q3874799"),
        ("de", "In Saporischschja brennt es.", "Saporischschja", "place", "Saporischschja", None),
        ("en", "Fighting in the Donbas went on.", "Donbas", "place", "Donbas", None),
        ("de", "Grönland bleibt ruhig.", "Grönland", "place", "Grönland", "GL"),
    ],
)
def test_known_names(lang: str, text: str, words: str, kind: str, name: str, id_: str | None) -> None:
    """A known name has its kind, its everyday name and its id in every form."""
    entity = named(text, lang, words)
    assert entity is not None
    assert (entity.kind, entity.name, entity.id) == (kind, name, id_)


@pytest.mark.parametrize(
    ("lang", "text", "words", "country"),
    [
        ("de", "Die britischen Soldaten kamen.", "britischen", "GB"),
        ("de", "Viele Ukrainerinnen flohen.", "Ukrainerinnen", "UA"),
        ("de", "Ein Franzose siegte.", "Franzose", "FR"),
        ("de", "US-amerikanische Berater halfen.", "US-amerikanische", "US"),
        ("de", "US-Truppen ziehen ab.", "US", "US"),
        ("de", "Die deutsch-französische Brigade übt.", "deutsch", "DE"),
        ("de", "Die Polinnen gewannen.", "Polinnen", "PL"),
        ("en", "British troops arrived.", "British", "GB"),
        ("en", "Many Ukrainians fled.", "Ukrainians", "UA"),
        ("en", "Two Frenchmen won.", "Frenchmen", "FR"),
        ("en", "A Dutch ship sank.", "Dutch", "NL"),
    ],
)
def test_nationalities(lang: str, text: str, words: str, country: str) -> None:
    """Adjectives and inhabitants are nationalities with their country."""
    entity = named(text, lang, words)
    assert entity is not None
    assert (entity.kind, entity.country, entity.id) == (EntityKind.NATIONALITY, country, country)


@pytest.mark.parametrize(
    ("lang", "text", "words", "kind"),
    [
        ("de", "Moskau bestätigte den Termin.", "Moskau", "organisation"),
        ("de", "Aus Moskau hieß es, man prüfe das.", "Moskau", "organisation"),
        ("de", "Gestern erklärte Washington seinen Rückzug.", "Washington", "organisation"),
        ("de", "Washington hat neue Zölle angekündigt.", "Washington", "organisation"),
        ("de", "Der Druck auf Teheran wächst.", "Teheran", "organisation"),
        ("de", "Ein Angriff auf Kiew traf ein Haus.", "Kiew", "place"),
        ("de", "Sie trafen sich in London.", "London", "place"),
        ("de", "Er flog nach Moskau.", "Moskau", "place"),
        ("de", "Berlin hat viele Einwohner.", "Berlin", "place"),
        ("de", "Moskaus Forderungen sind bekannt.", "Moskaus", "organisation"),
        ("de", "Berlins Straßen sind leer.", "Berlins", "place"),
        ("de", "Im fernen Moskau sprach er.", "Moskau", "place"),
        ("de", "Der Bahnhof Wien wurde geräumt.", "Wien", "place"),
        ("de", "Der Kreml dementierte.", "Kreml", "organisation"),
        ("de", "Im Kreml empfing er Gäste.", "Kreml", "place"),
        ("de", "Vor dem Weißen Haus standen Leute.", "Weißen Haus", "place"),
        ("de", "Ein Sprecher des Weißen Hauses schwieg.", "Weißen Hauses", "organisation"),
        ("en", "Moscow confirmed the date.", "Moscow", "organisation"),
        ("en", "Moscow's demands are known.", "Moscow", "organisation"),
        ("en", "Moscow's streets are empty.", "Moscow", "place"),
        ("en", "They met in London.", "London", "place"),
        ("en", "Pressure on Tehran grows.", "Tehran", "organisation"),
        ("en", "A strike on Kyiv hit a house.", "Kyiv", "place"),
        ("en", "Downing Street declined to comment.", "Downing Street", "organisation"),
        ("en", "Crowds stood outside the White House.", "White House", "place"),
    ],
)
def test_seats_of_government(lang: str, text: str, words: str, kind: str) -> None:
    """A capital is a government when it acts or is acted on, a place when something is there."""
    entity = named(text, lang, words)
    assert entity is not None
    assert entity.kind == kind
    assert (entity.subkind == "government") is (kind == "organisation")
    assert entity.country


@pytest.mark.parametrize(
    ("lang", "text", "words", "subkind"),
    [
        ("de", "Das meldet die Nachrichtenagentur Reuters.", "Reuters", "media"),
        ("en", "That was reported by The Kyiv Independent.", "The Kyiv Independent", "media"),
        ("de", "Die „Koalition der Willigen“ tagt.", "Koalition der Willigen", "coalition"),
        ("en", "The coalition of the willing meets.", "coalition of the willing", "coalition"),
        ("de", "Die SPD stimmt zu.", "SPD", "party"),
        ("de", "Die G7-Staaten beraten.", "G7-Staaten", "coalition"),
        ("de", "Die Zeitschrift „Stern“ schreibt das.", "Stern", "media"),
    ],
)
def test_organisations(lang: str, text: str, words: str, subkind: str) -> None:
    """Media, coalitions and parties are organisations of their own kinds."""
    entity = named(text, lang, words)
    assert entity is not None
    assert (entity.kind, entity.subkind) == (EntityKind.ORGANISATION, subkind)


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "They told us to wait.", "us"),
        ("en", "HE TOLD US WHAT TO DO", "US"),
        ("de", "Das Essen war kalt.", "Essen"),
        ("de", "Am Himmel stand ein Stern.", "Stern"),
        ("de", "Die Welt hofft auf Frieden.", "Welt"),
        ("de", "Die Zeit läuft davon.", "Zeit"),
        ("en", "That was nice of him.", "nice"),
        ("en", "May he rest.", "May"),
        ("de", "Im August regnete es.", "August"),
        ("de", "Die Regierung prüft das Angebot.", "Angebot"),
    ],
)
def test_common_words_are_no_names(lang: str, text: str, words: str) -> None:
    """A word that only looks like a name is none."""
    assert named(text, lang, words) is None


@pytest.mark.parametrize(
    ("lang", "text", "words", "name"),
    [
        ("de", "Das sagte Jan Müller gestern.", "Jan Müller", "Jan Müller"),
        ("de", "Jan Müller kam. Später ging Müller.", "Müller.", None),
        ("de", "Außenminister Pavlo Hrytsenko sprach.", "Pavlo Hrytsenko", "Pavlo Hrytsenko"),
        ("de", "Frau Wiegold widersprach.", "Wiegold", "Wiegold"),
        ("de", "Es kam Johann van der Meer.", "Johann van der Meer", "Johann van der Meer"),
        ("en", "It was Jane Q. Miller who left.", "Jane Q. Miller", "Jane Q. Miller"),
        ("en", "The spokesman Tom al-Harbi left.", "Tom al-Harbi", "Tom al-Harbi"),
        ("en", "Foreign Minister Dao Van Anh spoke.", "Dao Van Anh", "Dao Van Anh"),
        ("de", "Es starb Heinrich XIV. im Mai.", "Heinrich XIV.", "Heinrich XIV."),
        ("de", "Er sah Heinrich XIV.", "Heinrich XIV", "Heinrich XIV"),
        ("en", "It was Henry VI who died.", "Henry VI", "Henry VI"),
    ],
)
def test_unknown_people(lang: str, text: str, words: str, name: str | None) -> None:
    """People nobody listed are found by given name, title or role."""
    entity = named(text, lang, words)
    assert (entity.name if entity else None) == name


@pytest.mark.parametrize(
    ("lang", "text", "words", "kind"),
    [
        ("de", "Es brannte in der Lindwurmstraße.", "Lindwurmstraße", "place"),
        ("de", "Am Eichenplatz 12 brennt es.", "Eichenplatz 12", "place"),
        ("de", "Es fehlt an einem Kitaplatz.", "Kitaplatz", None),
        ("de", "Die Hauptstraße war gesperrt.", "Hauptstraße", None),
        ("en", "A fire broke out in Larch Street.", "Larch Street", "place"),
    ],
)
def test_streets(lang: str, text: str, words: str, kind: str | None) -> None:
    """A street or square is a place, with the number of a house; a kind of street is none."""
    entity = named(text, lang, words)
    assert (entity.kind.value if entity else None) == kind


@pytest.mark.parametrize(
    ("lang", "text", "words", "found"),
    [
        ("de", "Das meldete die Quedlinger Zeitung.", "Quedlinger Zeitung", True),
        ("de", "Der Nordische Skiverband tagt.", "Nordische Skiverband", True),
        ("de", "Der Verband tagt.", "Der Verband", False),
        ("de", "Er mag jede große Zeitung.", "große Zeitung", False),
        ("en", "The Quedling Council met.", "Quedling Council", True),
    ],
)
def test_organisations_by_their_town(lang: str, text: str, words: str, *, found: bool) -> None:
    """A town or region and what it is make an organisation."""
    entity = named(text, lang, words)
    assert (entity is not None and entity.kind is EntityKind.ORGANISATION) is found


def test_surname_alone_means_who_was_named_in_full() -> None:
    """A surname means the person whose full name the text has, in the genitive too."""
    text = "Minister Jan Lindqvist kam. Lindqvists Plan ist alt, sagte Lindqvist."
    people = [one.name for one in read(text, "de").entities]
    assert people == ["Jan Lindqvist"] * 3


def test_a_namesake_is_not_the_famous_one() -> None:
    """Only the full name in the text decides whom a famous surname means."""
    text = "Lara Trump spoke in Ohio. Later Trump left."
    assert [one.name for one in read(text, "en").entities if one.kind == "person"] == ["Lara Trump"] * 2


@pytest.mark.parametrize(
    ("day", "role", "country"),
    [
        ("2020-05-01", "chancellor", "DE"),
        ("2023-05-01", None, "DE"),
        ("2004-05-01", None, "DE"),
        (None, None, "DE"),
    ],
)
def test_role_on_the_day(day: str | None, role: str | None, country: str) -> None:
    """Role and country are those of the article's day; without a day those of today."""
    entity = named("Das sagte Angela Merkel.", "de", "Angela Merkel", day)
    assert entity is not None
    assert (entity.role, entity.country) == (role, country)


@pytest.mark.parametrize(("day", "name"), [("2021-05-01", "Boris Johnson"), ("2024-12-01", "Boris Johnson")])
def test_short_name_means_the_one_in_office(day: str, name: str) -> None:
    """A surname alone means who had the office or was last in it."""
    entity = named("Johnson lehnte ab.", "de", "Johnson", day)
    assert entity is not None
    assert entity.name == name


def test_officials_of_a_union_have_no_country() -> None:
    """Who acts for the EU acts for no country."""
    entity = named("Kaja Kallas warnte.", "de", "Kaja Kallas")
    assert entity is not None
    assert (entity.role, entity.country) == ("EU foreign policy chief", None)


@pytest.mark.parametrize(
    ("text", "part", "name"),
    [
        ("Der EU-Gipfel beginnt.", "EU", "EU"),
        ("Der Ukrainekrieg dauert an.", "Ukraine", "Ukraine"),
        ("Die Kiewer Regierung schweigt.", "Kiew", "Kiew"),
        ("Die Trump-Regierung schweigt.", "Trump", "Donald Trump"),
    ],
)
def test_names_inside_words_are_noted_apart(text: str, part: str, name: str) -> None:
    """`EU` in `EU-Gipfel` is no entity but tells whose summit it is."""
    reading = read(text, "de")
    assert [(one.text, one.name) for one in reading.parts] == [(part, name)]
    assert reading.entities == []


@pytest.mark.parametrize(
    "text", ["Nach der Indienststellung fuhr das Schiff.", "Der Weltkrieg endete.", "Ein Trauerspiel."]
)
def test_words_without_names_inside(text: str) -> None:
    """A word that only begins like a name has no part."""
    assert read(text, "de").parts == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Moskau",
                "Jan",
                "Müller",
                "der",
                "US-Präsident",
                "von",
                "Leyen",
                "\n",
                "„",
                "“",
                ",",
                "EU",
                "Georgia",
                "’s",
            ]
        ),
        max_size=25,
    ),
    st.sampled_from(["de", "en"]),
)
def test_entities_are_sorted_apart_and_cut_from_the_text(words: list[str], lang: str) -> None:
    """Whatever the words: entities come in order, do not overlap, and are what the text has there."""
    text = " ".join(words)
    reached = 0
    for entity in read(text, lang).entities:
        assert entity.start >= reached
        assert entity.text == text[entity.start : entity.end]
        reached = entity.end
