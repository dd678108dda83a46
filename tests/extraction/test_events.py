"""Events: types by trigger and frame, and their slots."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Article, Published
from bot.extraction.components.events import EventReader
from bot.extraction.conjugation import verb_lexicon
from bot.extraction.events.lexicon import build_lexicon
from bot.extraction.findings import PLOVER, Event
from bot.extraction.lexicon import lexicon
from bot.extraction.pipeline import build
from bot.extraction.reader import ArticleReader
from bot.extraction.reading import begin, reading_of

READER = ArticleReader()
PUBLISHED = Published.parse("2026-03-02")  # a Monday
SEED = Path(__file__).parents[3] / "shared" / "seed" / "article.txt"

TYPES = [
    ("de", "Schweden schickt 400 Soldaten nach Finnland.", "troops.commit"),
    ("en", "Sweden is sending 400 soldiers to Finland.", "troops.commit"),
    ("de", "Das Land stellt der Mission ein Bataillon bereit.", "troops.commit"),
    ("en", "The country is contributing a battalion to the mission.", "troops.commit"),
    ("de", "Spanien beteiligt sich an der Friedensmission.", "troops.commit"),
    ("en", "Spain will take part in the peacekeeping mission.", "troops.commit"),
    ("de", "Die Truppenentsendung wurde beschlossen.", "troops.commit"),
    ("en", "The troop deployment was approved.", "troops.commit"),
    ("de", "Frankreich zieht seine Soldaten aus Niger ab.", "troops.withdraw"),
    ("en", "France is withdrawing its troops from Niger.", "troops.withdraw"),
    ("de", "Lula rief am Sonntag Macron an.", "consult.call"),
    ("en", "Lula phoned Macron on Sunday.", "consult.call"),
    ("de", "Die Außenminister kommen in Wien zusammen.", "consult.meeting"),
    ("en", "The foreign ministers meet in Vienna on Friday.", "consult.meeting"),
    ("de", "Der Friedensgipfel beginnt am Samstag in Kairo.", "consult.summit"),
    ("en", "The peace summit opens in Cairo on Saturday.", "consult.summit"),
    ("de", "Modi reist am Dienstag nach Paris.", "consult.visit"),
    ("en", "Modi travels to Paris on Tuesday.", "consult.visit"),
    ("de", "Der Minister führte Gespräche mit China.", "consult.talks"),
    ("en", "The minister held talks with China.", "consult.talks"),
    ("de", "Die EU verhängte Sanktionen gegen Belarus.", "sanction.impose"),
    ("en", "The EU imposed sanctions on Belarus.", "sanction.impose"),
    ("de", "Die Schweiz fror russische Konten ein.", "sanction.impose"),
    ("en", "Switzerland froze Russian assets.", "sanction.impose"),
    ("de", "Die EU verlängerte die Sanktionen gegen Syrien.", "sanction.extend"),
    ("en", "The EU extended the sanctions against Syria.", "sanction.extend"),
    ("de", "Die USA hoben die Sanktionen gegen Syrien auf.", "sanction.lift"),
    ("en", "The US lifted the sanctions against Syria.", "sanction.lift"),
    ("de", "Japan gewährt Kenia einen Kredit von 90 Millionen Euro.", "aid.money"),
    ("en", "Japan granted Kenya a loan of 90 million euros.", "aid.money"),
    ("de", "Tschechien liefert der Ukraine Munition.", "aid.weapons"),
    ("en", "The Czech Republic supplies ammunition to Ukraine.", "aid.weapons"),
    ("de", "Ägypten schickte Hilfsgüter nach Libyen.", "aid.humanitarian"),
    ("en", "Egypt sent relief supplies to Libya.", "aid.humanitarian"),
    ("de", "Beide Seiten vereinbarten eine Feuerpause.", "ceasefire"),
    ("en", "Both sides agreed a truce.", "ceasefire"),
    ("de", "Die Miliz verletzte die Waffenruhe.", "ceasefire.broken"),
    ("en", "The militia broke the ceasefire.", "ceasefire.broken"),
    ("de", "Armenien und Aserbaidschan unterzeichneten ein Friedensabkommen.", "peace.agreement"),
    ("en", "Armenia and Azerbaijan signed a peace agreement.", "peace.agreement"),
    ("de", "Die Friedensgespräche begannen in Doha.", "peace.talks"),
    ("en", "Peace talks began in Doha.", "peace.talks"),
    ("de", "Der General drohte mit Vergeltung.", "threat"),
    ("en", "The general threatened to retaliate.", "threat"),
    ("de", "Kenia wirft dem Nachbarland Betrug vor.", "accusation"),
    ("en", "Kenya accused its neighbour of fraud.", "accusation"),
    ("de", "Die Regierung wies den Plan zurück.", "rejection"),
    ("en", "The government rejected the plan.", "rejection"),
    ("de", "Das Land mobilisiert Reservisten.", "mobilisation"),
    ("en", "The country called up reservists.", "mobilisation"),
    ("de", "Rebellen griffen einen Konvoi an.", "attack"),
    ("en", "Rebels attacked a convoy.", "attack"),
    ("de", "In Lima demonstrierten Tausende.", "protest"),
    ("en", "Thousands demonstrated in Lima.", "protest"),
]


def events(lang: str, text: str, title: str | None = None) -> list[Event]:
    """What is read out of a text."""
    article = Article(id="a", text=text, title=title, lang=lang, published=PUBLISHED)
    return list(READER.read(article).events)


def one(lang: str, text: str, event_type: str) -> Event:
    """The only event of a type."""
    (event,) = (event for event in events(lang, text) if event.type == event_type)
    return event


@pytest.mark.parametrize(("lang", "text", "event_type"), TYPES)
def test_type(lang: str, text: str, event_type: str) -> None:
    """Verbs with their objects and nouns with what is tied to them tell the type, once."""
    assert [event.type for event in events(lang, text)].count(event_type) == 1


def test_every_type_in_both_languages() -> None:
    """The table above has every type of the contract in German and in English."""
    for lang in ("de", "en"):
        assert {row[2] for row in TYPES if row[0] == lang} == set(PLOVER)


VERB_LISTS = ("telling", "open_verbs", "standing", "held", "asking", "moving", "withdrawing")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_lexicon_is_whole(lang: str) -> None:
    """Every verb of the event and modality lexicons has its forms, and every type its PLOVER type."""
    known = {form.lemma for forms in verb_lexicon(lang).forms.values() for form in forms}
    frames = lexicon(lang, "events")["frames"]
    verbs = {verb for frame in frames for verb in frame.get("verbs", ())}
    modality = lexicon(lang, "modality")
    lists = [*modality["verbs"].values(), *(modality[name] for name in VERB_LISTS)]
    cues = {verb for verbs in lists for verb in verbs}
    assert (verbs | cues) - known == set()
    assert {frame["type"] for frame in frames} == set(PLOVER)


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "actors", "targets"),
    [
        ("de", "Norwegen schickt 300 Soldaten nach Lettland.", "troops.commit", ["NO"], ["LV"]),
        ("en", "Norway will send 300 soldiers to Latvia.", "troops.commit", ["NO"], ["LV"]),
        ("de", "Nach Lettland schickt Norwegen 300 Soldaten.", "troops.commit", ["NO"], ["LV"]),
        ("de", "Norwegen plant, 300 Soldaten nach Lettland zu schicken.", "troops.commit", ["NO"], ["LV"]),
        ("en", "Norway plans to send 300 soldiers to Latvia.", "troops.commit", ["NO"], ["LV"]),
        ("de", "Gegen Belarus wurden von Kanada Sanktionen verhängt.", "sanction.impose", ["CA"], ["BY"]),
        ("en", "Sanctions were imposed on Belarus by Canada.", "sanction.impose", ["CA"], ["BY"]),
        ("de", "Japan und Kanada liefern der Ukraine Munition.", "aid.weapons", ["JP", "CA"], ["UA"]),
        ("en", "Japan and Canada supply ammunition to Ukraine.", "aid.weapons", ["JP", "CA"], ["UA"]),
        ("de", "Der Abzug der deutschen Soldaten aus Mali beginnt.", "troops.withdraw", ["DE"], []),
        ("en", "The withdrawal of German soldiers from Mali begins.", "troops.withdraw", ["DE"], []),
    ],
)
def test_who_and_whom(lang: str, text: str, event_type: str, actors: list[str], targets: list[str]) -> None:
    """Subject, agent phrase and nationality tell who does it; prepositions and case to whom."""
    event = one(lang, text, event_type)
    assert [actor.id for actor in event.actors] == actors
    assert [actor.id for actor in event.targets] == targets


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("de", "Macron und Selenskyj treffen sich am Freitag.", {"Emmanuel Macron", "Wolodymyr Selenskyj"}),
        ("en", "Macron will meet Zelensky on Friday.", {"Emmanuel Macron", "Volodymyr Zelensky"}),
        (
            "de",
            "Ein Treffen zwischen Macron und Selenskyj steht an.",
            {"Emmanuel Macron", "Wolodymyr Selenskyj"},
        ),
        (
            "en",
            "A meeting between Macron and Zelensky is planned.",
            {"Emmanuel Macron", "Volodymyr Zelensky"},
        ),
    ],
)
def test_participants(lang: str, text: str, names: set[str]) -> None:
    """Those who consult one another all take part, whatever the construction."""
    assert {person.name for person in one(lang, text, "consult.meeting").participants} == names


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Paris bestätigte am Montag, dass Macron am Freitag mit Selenskyj telefonieren wird."),
        ("en", "Paris confirmed on Monday that Macron will phone Zelensky on Friday."),
        ("de", "Macron kündigte am Montag ein Telefonat mit Selenskyj für den 6. März an."),
    ],
)
def test_own_date(lang: str, text: str) -> None:
    """The date is that of the event, not that of the announcement."""
    event = one(lang, text, "consult.call")
    assert (event.date, event.modality.value) == ("2026-03-06", "scheduled")


@pytest.mark.parametrize(
    ("lang", "text", "event_type", "value", "unit"),
    [
        ("de", "Kanada sagt 60 Millionen Dollar Hilfe zu.", "aid.money", 60_000_000, "USD"),
        ("en", "Canada pledged $60 million in aid.", "aid.money", 60_000_000, "USD"),
        ("de", "Vier Länder schicken bis zu 900 Soldaten.", "troops.commit", 900, "soldier"),
        ("en", "Four countries will send up to 900 soldiers.", "troops.commit", 900, "soldier"),
        ("de", "Sie vereinbarten eine Waffenruhe von zehn Tagen.", "ceasefire", 10, "day"),
        ("en", "They agreed a ceasefire of ten days.", "ceasefire", 10, "day"),
    ],
)
def test_quantity(lang: str, text: str, event_type: str, value: float, unit: str) -> None:
    """The amount is the one that fits the type."""
    quantity = one(lang, text, event_type).quantity
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("de", "Die Außenminister beraten sich am Freitag bei einem Treffen in Wien.", "Wien"),
        ("en", "The foreign ministers hold a meeting in Vienna on Friday.", "Vienna"),
    ],
)
def test_place(lang: str, text: str, place: str) -> None:
    """The place is in the clause of the event."""
    found = one(lang, text, "consult.meeting").place
    assert found is not None
    assert found.name == place


@pytest.mark.parametrize(
    ("lang", "text", "actor", "place"),
    [
        ("de", "Frankreich will seine Truppen bis Juni aus dem Tschad abziehen.", "FR", "TD"),
        ("de", "Frankreich hat beschlossen, seine Truppen aus dem Tschad abzuziehen.", "FR", "TD"),
        ("en", "Britain has decided to pull its troops out of Mali.", "GB", "ML"),
        ("en", "Spain will withdraw its soldiers from Lebanon.", "ES", "LB"),
    ],
)
def test_where_soldiers_leave_from(lang: str, text: str, actor: str, place: str) -> None:
    """The country that soldiers leave is the place of the withdrawal, not who withdraws them."""
    event = one(lang, text, "troops.withdraw")
    assert [who.id for who in event.actors] == [actor]
    assert event.place is not None
    assert event.place.id == place


def test_speaker_is_actor() -> None:
    """`We` in a quote is whoever says it, and the event is said by the same."""
    for lang, text in (
        ("de", "„Wir werden 500 Soldaten entsenden“, sagte Macron."),
        ("en", "“We will send 500 soldiers,” Macron said."),
    ):
        event = one(lang, text, "troops.commit")
        assert event.said_by is not None
        assert [actor.name for actor in event.actors] == [event.said_by.name] == ["Emmanuel Macron"]


def test_words_of_the_article_as_actor() -> None:
    """An amount of countries acts where nobody is named."""
    for lang, text in (
        ("de", "Mehr als 20 Länder schicken Soldaten."),
        ("en", "More than 20 countries will send soldiers."),
    ):
        event = one(lang, text, "troops.commit")
        assert [actor.text for actor in event.actors] == [text[: text.index(" s" if lang == "de" else " w")]]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("de", "Mehrere Regierungen sagten Hilfe zu.", "Mehrere Regierungen"),
        ("en", "Several governments pledged aid.", "Several governments"),
    ],
)
def test_government_without_name(lang: str, text: str, name: str) -> None:
    """Governments nobody names act in the words of the article."""
    assert [actor.name for actor in one(lang, text, "aid.money").actors] == [name]


def test_time_before_its_clause() -> None:
    """The time that a clause explains is the time of what it tells."""
    event = one(
        "de", "Seit 2003, als beide Länder einen Waffenstillstand schlossen, ist es ruhig.", "ceasefire"
    )
    assert (event.date, event.modality.value) == ("2003", "historical")


def test_attribute_is_no_verb() -> None:
    """A participle before a noun tells no event, and whoever acts in the passive is not its object."""
    assert not [
        e
        for e in events("de", "Er besuchte die in Mali stationierten Soldaten.")
        if e.type == "troops.commit"
    ]
    assert not events("de", "Der Mann wurde von Soldaten gestellt.")


def test_short_name() -> None:
    """`The union` is the organisation of that name before it."""
    text = "Die Afrikanische Union berät in Addis Abeba. Danach verhängte die Union Sanktionen gegen Niger."
    assert [actor.name for actor in one("de", text, "sanction.impose").actors] == ["Afrikanische Union"]


def test_noun_and_verb_are_one() -> None:
    """A noun and the verb that goes with it are one event."""
    for lang, text in (
        ("de", "Die Minister kamen zu einem Gipfel zusammen."),
        ("en", "The ministers gathered for a summit."),
    ):
        assert [event.type for event in events(lang, text)] == ["consult.summit"]


def test_body_before_headline() -> None:
    """What headline and body both tell is shown from the body."""
    found = events("de", "Norwegen schickt 300 Soldaten nach Lettland.", title="Norwegen schickt Soldaten")
    assert [event.evidence.text for event in found] == ["Norwegen schickt 300 Soldaten nach Lettland."]
    assert [event.type for event in events("de", "Mehr folgt.", title="Norwegen schickt Soldaten")] == [
        "troops.commit"
    ]


def test_pack_adds_a_type() -> None:
    """A rule pack brings types of its own in the form of the lexicon."""
    pack = {
        "classes": {"mines": ["mine", "bergwerk"]},
        "frames": [{"type": "mining.close", "verbs": ["schließen"], "with": ["mines"]}],
    }
    nlp = build("de")
    nlp.remove_pipe("depesche_events")
    doc = nlp.make_doc("Polen schloss im Mai drei Bergwerke.")
    begin(doc, published=PUBLISHED, body_start=0)
    doc = EventReader("de", build_lexicon("de", pack))(nlp(doc))
    assert [(event.type, event.trigger.text) for event in reading_of(doc).events] == [
        ("mining.close", "schloss")
    ]


WORDS = sorted(
    {word for row in TYPES for word in row[1].split()} | {",", "„", "“", ":", "dass", "if", "\n", "zu", "–"}
)


@settings(max_examples=150, deadline=None)
@given(lang=st.sampled_from(["de", "en"]), words=st.lists(st.sampled_from(WORDS), max_size=40))
def test_never_crashes(lang: str, words: list[str]) -> None:
    """Any words in any order are read, and every span is the text it stands for."""
    text = " ".join(words)
    for event in events(lang, text):
        spans: list[tuple[int | None, int | None, str | None]] = [
            (span.start, span.end, span.text) for span in (event.trigger, event.evidence)
        ]
        people = (*event.actors, *event.targets, *event.participants)
        spans += [(who.start, who.end, who.text) for who in people if who.start is not None]
        for start, end, words_there in spans:
            assert text[start:end] == words_there


def test_seed() -> None:
    """The events an editor wants from the seed article are there, with modality, date and amount."""
    if not SEED.exists():
        pytest.skip("the seed article is not here")
    article = Article(
        id="seed", text=SEED.read_text("utf-8"), lang="de", published=Published.parse("2025-03-17")
    )
    found = READER.read(article).events
    rows = {
        (event.type, event.modality.value, event.date, event.quantity.high or event.quantity.value)
        if event.quantity
        else (event.type, event.modality.value, event.date, None)
        for event in found
    }
    amounts = {(row[0], row[1], row[3]) for row in rows}
    assert {
        ("troops.commit", "under_discussion", 30_000),
        ("aid.money", "proposed", 40_000_000_000),
        ("ceasefire", "proposed", 30),
        ("troops.commit", "offered", None),
        ("sanction.impose", "decided", None),
        ("sanction.impose", "under_discussion", None),
    } <= amounts
    assert ("troops.commit", "expected") in {row[:2] for row in rows}
    assert {("consult.call", "scheduled", "2025-03-18"), ("consult.meeting", "scheduled", "2025-03-20")} <= {
        row[:3] for row in rows
    }
    past = {row[:2] for row in rows if row[0].startswith("consult") and row[2] and row[2] < "2025-03-17"}
    assert "scheduled" not in {modality for _, modality in past}
