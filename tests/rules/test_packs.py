# ruff: noqa: E501  (a row of the tables stays one line)
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Article, Published
from bot.extraction.events.packs import EventPack
from bot.extraction.findings import Event
from bot.extraction.reader import ArticleReader
from bot.rules.loader import EVENT_TYPES, load_rule
from bot.rules.packs import language_of_events, load_events, types_of

GERMAN = """\
types: {mining.close: COERCE}
classes:
  mines: [mine, bergwerk, tagebau]
verbs: [still|legen]
frames:
  - {type: mining.close, verbs: [schließen, stilllegen], with: [mines]}
  - {type: mining.close, nouns: [schließung, stilllegung], with: [mines]}
modality:
  verbs: {decided: [besiegeln]}
  tenses: {mining: {present: decided, past: occurred, future: expected}}
"""
ENGLISH = """\
classes: {mines: [mine, coal pit]}
verbs: [mothball]
frames:
  - {type: mining.close, verbs: [close, mothball], with: [mines]}
  - {type: mining.close, nouns: [closure], with: [mines]}
"""


def pack(text: str, lang: str) -> EventPack:
    """The pack of a file without mistakes."""
    found, issues = load_events(text, f"mining/events.{lang}.yml", lang)
    assert found is not None, issues
    assert not issues
    return found


PACKS = (pack(GERMAN, "de"), pack(ENGLISH, "en"))
BY_RULES = {"de": "none", "en": "none"}  # no trained model: events need none
READER = ArticleReader(BY_RULES, PACKS)
PLAIN = ArticleReader(BY_RULES)


def events(reader: ArticleReader, text: str) -> tuple[Event, ...]:
    """The events of a text published on 2 March 2026."""
    return reader.read(Article(id="a", text=text, published=Published.parse("2026-03-02"))).events


@pytest.mark.parametrize(
    ("text", "trigger", "modality", "actor"),
    [
        ("Polen will zwei Tagebaue stilllegen, sagte die Ministerin.", "stilllegen", "pledged", "Polen"),
        ("Polen legt drei seiner Bergwerke still.", "legt", "decided", "Polen"),
        ("Polen hat gestern das letzte Bergwerk geschlossen.", "geschlossen", "occurred", "Polen"),
        ("Die Opposition fordert die Schließung der Mine.", "Schließung", "demanded", None),
        ("Poland will close two mines next year.", "close", "expected", "Poland"),
        ("Poland has mothballed the mine.", "mothballed", "occurred", "Poland"),
        ("The minister ruled out the closure of the mines.", "closure", "denied", None),
    ],
)
def test_a_pack_brings_its_own_events(text: str, trigger: str, modality: str, actor: str | None) -> None:
    """Verbs, nouns and cues of a pack are read like those that ship, in every form."""
    (found,) = events(READER, text)
    assert (found.type, found.trigger.text, found.modality) == ("mining.close", trigger, modality)
    assert actor is None or [one.name for one in found.actors] == [actor]


def test_its_events_fall_under_the_ontology() -> None:
    """The PLOVER type stands where the pack says what it is."""
    (found,) = events(READER, "Polen will zwei Tagebaue stilllegen.")
    assert found.plover == "COERCE"


@pytest.mark.parametrize(
    "text",
    [
        "Deutschland schickt 300 Soldaten nach Litauen und schließt eine Mine.",
        "Norwegen besiegelt ein Abkommen über 500 Soldaten für Lettland.",
        "Canada closed its embassy and imposed sanctions on Belarus.",
        "Die Minister treffen sich am Freitag am Bergwerk in Kattowitz.",
    ],
)
def test_a_pack_changes_nothing_else(text: str) -> None:
    """Events of other types are read with a pack as without it."""
    others = tuple(one for one in events(READER, text) if one.type != "mining.close")
    assert others == events(PLAIN, text)


def test_events_come_in_the_order_of_the_text() -> None:
    """Those of packs stand among the others by their place in the text."""
    text = "Polen schließt im Mai zwei Bergwerke. Deutschland schickt 300 Soldaten nach Litauen."
    assert [one.type for one in events(READER, text)] == ["mining.close", "troops.commit"]


def test_rules_know_the_types_of_packs() -> None:
    """A rule may ask for a type of a pack, alone or by its family; without the pack it is unknown."""
    text = "id: r\ntitle: t\nstatus: shadow\nwhen: {event: [mining.close, mining.*]}\n"
    rule, issues = load_rule(text, "r.yml", event_types=EVENT_TYPES | types_of(PACKS))
    assert rule is not None, issues
    alone, issues = load_rule(text, "r.yml")
    assert alone is None
    assert "unknown event type “mining.close”" in issues[0].message


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("events.de.yml", "de"),
        ("events.en.yaml", "en"),
        ("events.yml", None),
        ("my-events.de.yml", None),
        ("sanctions.yml", None),
    ],
)
def test_files_of_events_by_name(name: str, lang: str | None) -> None:
    """A file of event types is known by its name; every other one is a rule."""
    assert language_of_events(name) == lang


FRAME = "  - {type: mining.close, nouns: [closure], with: [mines]}\n"
BAD = [
    ("", "0:0 the file is empty"),
    ("- a\n", "1:1 a file of event types must be a block of keys"),
    ("types: {a.b: AID}\n", "1:1 the key “frames” is missing"),
    ("frames: []\n", "1:9 frames must be a list"),
    ("frame: []\nframes:\n  - {type: a.b, nouns: [x]}\n", "1:1 unknown key “frame” in a file of event types: did you mean “frames”?"),
    ("frames:\n  - {nouns: [x]}\n", "2:5 the frame has no “type”"),
    ("frames:\n  - {type: attack, nouns: [x]}\n", "2:12 the event type “attack” ships with Depesche"),
    ("frames:\n  - {type: Mining, nouns: [x]}\n", "2:12 “Mining” is no event type"),
    ("frames:\n  - {type: a.b}\n", "2:5 the frame has neither verbs nor nouns"),
    ("frames:\n  - {type: a.b, verbs: [clse]}\n", "2:25 the verb “clse” is not known: did you mean “close”?"),
    ("frames:\n  - {type: a.b, verbs: [zzzzz]}\n", "2:25 the verb “zzzzz” is not known: name it under verbs, too"),
    ("frames:\n  - {type: a.b, nouns: [x], with: [mnes]}\n", "2:36 unknown class “mnes”"),
    ("frames:\n  - {type: a.b, nouns: ['(x)*']}\n", "2:25 “(x)*” is not a noun"),
    ("frames:\n  - {type: a.b, nouns: [x], who: no}\n", "2:34 who must be true or false, not “no”"),
    ("frames:\n  - {type: a.b, nouns: [x], parties: two}\n", "2:38 parties must be a number"),
    ("frames:\n  - {type: a.b, nouns: [x], medium: phone}\n", "2:37 unknown medium “phone”"),
    ("types: {a.b: MINING}\nframes:\n  - {type: a.b, nouns: [x]}\n", "1:14 unknown PLOVER type “MINING”"),
    ("classes: [a]\nframes:\n  - {type: a.b, nouns: [x]}\n", "1:10 classes must be a block of lists"),
    ("classes: {My Class: [a]}\nframes:\n  - {type: a.b, nouns: [x]}\n", "1:11 “My Class” is no name of a class"),
    ("modality: {verbs: {sure: [a]}}\nframes:\n  - {type: a.b, nouns: [x]}\n", "1:20 unknown key “sure” in modality.verbs"),
    ("modality: {tenses: {a: {past: occurred}}}\nframes:\n  - {type: a.b, nouns: [x]}\n", "1:24 say also what present, future means"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD, ids=[row[1] for row in BAD])
def test_one_mistake(text: str, expected: str) -> None:
    """Each mistake in a file of event types is one issue at its line and column, with its mend."""
    found, issues = load_events(text, "events.en.yml", "en")
    assert found is None
    told = [f"{one.line}:{one.column} {one.message}" for one in issues]
    assert len(told) == 1, told
    assert told[0].startswith(expected), told


def test_a_language_that_is_not_read() -> None:
    """Event types of a language that nobody reads are told, not ignored."""
    _, (issue,) = load_events(ENGLISH, "events.fr.yml", "fr")
    assert issue.message == "articles are read in de and en, not in “fr”"


PLAIN_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["close", "mine", "a.b", "attack", "*", "", "x y"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "verbs", "nouns", "with", "frames", "classes", "types", "modality", "tenses", "who", "parties", "medium"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(PLAIN_VALUES)
def test_any_file_is_a_pack_or_mistakes(value: object) -> None:
    """Whatever stands in the file: a pack that can be read with, or issues, never an exception."""
    found, issues = load_events(json.dumps(value), "events.en.yml", "en")
    assert found is not None or issues
    if found is not None and found.frames:
        events(ArticleReader(BY_RULES, [found]), "Poland closes a mine. Poland announced a meeting.")
