"""`depesche extract` and `depesche cluster`: the contract, line by line."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import cli
from bot.extraction.findings import PLOVER, Basis, Bound, EntityKind, Medium, Modality, QuoteKind, TimeType

GERMAN = (
    "Die Bundesregierung hat am Montag 40 Millionen Euro für Moldau zugesagt. „Wir lassen unsere Nachbarn "
    "nicht allein“, sagte Außenministerin Mira Sand laut dem Sender Rheinwelle. Am Donnerstag will sie "
    "in Chișinău mit der Regierung sprechen. Mehr als 20 Länder könnten bis zu 500 Soldaten entsenden."
)
ENGLISH = (
    "Canada will send 200 troops to Latvia next month, the government in Ottawa said on Tuesday. “We keep "
    "our promises,” Defence Minister Ann Fields told reporters. Talks with Estonia are planned for Friday."
)
ROWS: list[dict[str, Any]] = [
    {"id": "de", "text": GERMAN, "published": "2026-03-02", "title": "Hilfe für Moldau"},
    {"id": "en", "text": ENGLISH, "published": "2026-03-03T18:00:00-05:00", "title": None, "more": 1},
    {"id": "fr", "text": "Le gouvernement a annoncé mardi une aide de dix millions d'euros.", "lang": None},
    {"id": "empty", "text": ""},
    {"id": "odd", "text": "\u00a0\u00ad„„»« \U0001f7e0\n\n\t… 12.000.000 ‚’ (", "title": " "},
]


def run(command: str, rows: list[Any]) -> Result:
    """Run a command on JSON lines."""
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    return CliRunner().invoke(cli, [command], input=lines + "\n")


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    """What `extract` says of all rows."""
    result = run("extract", ROWS)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """All objects with a start, however deep."""
    if isinstance(value, dict):
        if value.get("start") is not None:
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def test_there_is_one_object_a_line_in_the_same_order(found: list[dict[str, Any]]) -> None:
    """Ids come back in the order they went in, each with the schema's number."""
    assert [row["id"] for row in found] == [row["id"] for row in ROWS]
    assert {row["schema"] for row in found} == {1}


def test_every_object_with_offsets_has_exactly_their_text(found: list[dict[str, Any]]) -> None:
    """Offsets count code points of title, blank line and text; of the text alone for a blank title."""
    count = 0
    for row, given in zip(found, ROWS, strict=True):
        title = given.get("title") or ""
        content = f"{title}\n\n{given['text']}" if title.strip() else given["text"]
        for span in spans(row):
            assert content[span["start"] : span["end"]] == span["text"]
            count += 1
    assert count > 30


def test_every_list_is_there_and_filled_for_news(found: list[dict[str, Any]]) -> None:
    """Entities, quotes, quantities, times, events and alerts exist in both languages."""
    for row in found[:2]:
        for name in ("entities", "quotes", "quantities", "times", "events", "alerts"):
            assert row[name], f"{row['id']}: {name}"


@pytest.mark.parametrize(
    ("objects", "field", "allowed"),
    [
        ("entities", "kind", set(EntityKind)),
        ("quotes", "kind", set(QuoteKind)),
        ("quantities", "bound", set(Bound)),
        ("times", "type", set(TimeType)),
        ("events", "type", set(PLOVER)),
        ("events", "modality", set(Modality)),
        ("events", "medium", {None, *Medium}),
    ],
)
def test_closed_lists_are_kept(
    found: list[dict[str, Any]], objects: str, field: str, allowed: set[str | None]
) -> None:
    """What the contract enumerates holds nothing else."""
    values = {one[field] for row in found for one in row[objects]}
    assert values <= allowed
    assert values


KEYS = {
    "entities": "start end text kind name id subkind role country",
    "quotes": "start end text spans kind speaker cue via",
    "quantities": "start end text value low high unit bound of",
    "times": "start end text type value from to",
    "events": (
        "type plover trigger evidence modality actors targets participants medium place date quantity said_by"
    ),
    "alerts": "rule severity headline modality evidence actors date quantity quote",
}


@pytest.mark.parametrize(("objects", "keys"), KEYS.items())
def test_objects_have_the_keys_of_the_contract(found: list[dict[str, Any]], objects: str, keys: str) -> None:
    """No key is missing, none is added."""
    given = {frozenset(one) for row in found for one in row[objects]}
    assert given == {frozenset(keys.split())}


def test_speakers_rest_on_a_named_basis(found: list[dict[str, Any]]) -> None:
    """A speaker says on what its name rests."""
    bases = {quote["speaker"]["basis"] for row in found for quote in row["quotes"] if quote["speaker"]}
    assert bases <= set(Basis)


def test_another_language_says_so(found: list[dict[str, Any]]) -> None:
    """What is neither German nor English has no language, and no alert."""
    assert found[2]["lang"] is None
    assert found[2]["alerts"] == []


@pytest.mark.parametrize("command", ["extract", "cluster"])
def test_a_bad_line_stands_in_its_place_and_the_run_goes_on(command: str) -> None:
    """The bad line gives its error between the good ones; the exit status is 1."""
    result = run(command, [ROWS[0], "{", "", {"id": "x"}, ROWS[1]])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["id"], "error" in row) for row in rows] == [
        ("de", False),
        (None, True),
        (None, True),
        ("x", True),
        ("en", False),
    ]
    assert result.exit_code == 1


def test_articles_of_one_event_share_a_story() -> None:
    """Two reports of one event are one story, another event is another."""
    again = {"id": "again", "text": ENGLISH.replace("200", "about 200"), "published": "2026-03-03"}
    rows = [json.loads(line) for line in run("cluster", [ROWS[0], ROWS[1], again]).stdout.splitlines()]
    stories = {row["id"]: row["story"] for row in rows}
    assert stories["en"] == stories["again"] != stories["de"]


@pytest.mark.parametrize("command", ["extract", "cluster"])
def test_an_article_too_long_is_an_error_row(command: str) -> None:
    """The row says how long an article may be, and the next one is read."""
    result = run(command, [{"id": "long", "text": "Wort " * 400_001, "lang": "de"}, ROWS[1]])
    first, second = [json.loads(line) for line in result.stdout.splitlines()]
    assert first == {"id": "long", "error": "longer than 2,000,000 characters"}
    assert "error" not in second
