"""`depesche ledger`, `upcoming` and `calendar`: shown, and written out for tables and programs."""

import asyncio
import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from bot.article.model import Article
from bot.cli.ledger_rows import COLUMNS, cell
from bot.cli.main import cli
from bot.extraction.findings import Actor, Findings, Medium, Modality
from bot.ports.alerts import Judged
from bot.storage.opening import open_store
from bot.stories.facts import Slot
from tests.fakes.alerts import alert, article_ref

FORMULA = '=HYPERLINK("https://bad.example","x")'
TODAY = datetime.now(UTC)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration of a bot that has read of two commitments and a meeting in three days."""
    folder = tmp_path_factory.mktemp("bot")
    asyncio.run(_fill(str(folder / "store.sqlite")))
    path = folder / "my.yml"
    path.write_text(f"store: {folder}/store.sqlite\nlanguage: en\ntime_zone: Europe/Berlin\ndemo: false\n")
    return path


async def _fill(url: str) -> None:
    store = await open_store(url)
    day = (TODAY + timedelta(days=3)).date().isoformat()
    people = (Actor(name="Friedrich Merz", id="Q566257", country="DE"), Actor(name="France", id="FR"))
    alerts: list[dict[str, Any]] = [
        {},
        {
            "event_type": "aid.money",
            "actors": (Actor(name="@evil", id=None),),
            "place": None,
            "article": article_ref(id="b", source_name="+Blatt", url=FORMULA),
        },
        {
            "event_type": "consult.meeting", "medium": Medium.MEETING, "modality": Modality.SCHEDULED,
            "participants": people, "actors": (), "date": day, "quantity": None,
        },
    ]  # fmt: skip
    for number, changes in enumerate(alerts):
        told = alert(**{"id": f"alert-{number}", **changes})
        about = Article(id=f"x{number}", text="Text.")
        judged = Judged(alert=told, reason="new", push=False)
        await store.record_judgement(about, Findings(lang="de"), [judged], story=None, now=TODAY)
    (entry,) = await store.ledger_by_id((await store.ledger_by_id("", 9))[-1].id, 2)
    await store.correct_entry(
        entry.id, Slot.DATE, "2026-06", by="slack:U1 Ada", now=TODAY + timedelta(minutes=1)
    )
    await store.close()


def run(config: Path, *arguments: str) -> Result:
    """Run `depesche`; the bot's words go to standard output."""
    result = CliRunner().invoke(cli, [*arguments, "--config", str(config)])
    assert result.exit_code == 0, result.output
    return result


def test_show(config: Path) -> None:
    """All entries, or those asked for by kind and name."""
    both, one = run(config, "ledger", "show").stdout, run(config, "ledger", "show", "troops", "NO").stdout
    assert both.startswith("Troops: Norway → Lithuania\n150 soldiers · decided · June 2026*\n")
    assert "Aid: @evil" in both
    assert "Aid" not in one


def test_what_is_not_there_is_said_of_the_words(config: Path) -> None:
    """A ledger with entries is never called empty, whatever was asked for."""
    assert run(config, "ledger", "show", "xyzzy").stdout == "Nothing in the ledger for “xyzzy”.\n"


EMPTY = [
    (("ledger", "show"), "The ledger is empty"),
    (("ledger", "log"), "Nobody has corrected"),
    (("calendar", "show"), "No dates known until"),
]


@pytest.mark.parametrize(("command", "line"), EMPTY)
def test_an_empty_store_is_said_in_a_line(tmp_path: Path, command: tuple[str, ...], line: str) -> None:
    """Silence would look like a fault."""
    path = tmp_path / "my.yml"
    path.write_text(f"store: {tmp_path}/store.sqlite\nlanguage: en\n")
    asyncio.run(_empty(f"{tmp_path}/store.sqlite"))
    (said,) = run(path, *command).stdout.splitlines()
    assert said.startswith(line)


async def _empty(url: str) -> None:
    await (await open_store(url)).close()


def test_show_one(config: Path) -> None:
    """By its id with history, evidence and who corrected what."""
    start = run(config, "ledger", "show", "troops").stdout.split(" · ")[-1].strip()
    said = run(config, "ledger", "show", start).stdout
    assert "slack:U1 Ada · date: 2026-05 → 2026-06" in said
    assert "„Wir bleiben, solange man uns braucht.“ — die Verteidigungsministerin" in said
    assert start in run(config, "ledger", "log").stdout


def test_csv_runs_no_formula(config: Path) -> None:
    """Every column is there, and no cell begins as a spreadsheet's formula does."""
    rows = list(csv.DictReader(io.StringIO(run(config, "ledger", "export", "--csv").stdout, newline="")))
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    assert [(row["who"], row["outlet"], row["url"]) for row in rows] == [
        ("Norwegen", "Tagesblatt", "https://example.org/a1"),
        ("'@evil", "'+Blatt", f"'{FORMULA}"),
    ]
    assert (rows[0]["value"], rows[0]["unit"], rows[0]["date"]) == ("150", "soldier", "2026-06")
    assert (rows[0]["corrected"], rows[0]["corrected_by"]) == ("date", "slack:U1 Ada")


CELLS = [
    (None, ""), (150.0, "150"), (4e10, "40000000000"), (-1.5, "-1.5"), ("plain", "plain"), ("a=b", "a=b"),
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"),
    ("＝1", "'＝1"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "written"), CELLS)
def test_cells(value: object, written: str) -> None:
    """Numbers stay numbers; text that a spreadsheet would run is marked as text."""
    assert cell(value) == written


def test_json(config: Path) -> None:
    """One object a line with the whole history and its evidence."""
    lines = run(config, "ledger", "export", "--json", "troops").stdout.splitlines()
    (entry,) = [json.loads(line) for line in lines]
    assert entry["who"] == [{"name": "Norwegen", "id": "NO", "country": None}]
    assert entry["date"] == "2026-06"
    (state,) = entry["history"]
    assert state["quantity"]["value"] == 150
    assert state["evidence"]["sentence"].startswith("Norwegen schickt 150 Ausbilder")


def test_upcoming(config: Path) -> None:
    """What lies within the days asked for."""
    assert "Meeting: Friedrich Merz – France, Lithuania" in run(config, "upcoming").stdout
    assert "Meeting" in run(config, "calendar", "show").stdout
    assert "No dates known until" in run(config, "upcoming", "1d").stdout
    wrong = CliRunner().invoke(cli, ["upcoming", "soon", "--config", str(config)])
    assert (wrong.exit_code, "such as 7d" in wrong.output) == (2, True)


def test_calendar_export(config: Path) -> None:
    """An iCalendar that a parser reads back."""
    body = CliRunner().invoke(cli, ["calendar", "export", "--config", str(config)]).stdout_bytes
    summaries = [str(event["SUMMARY"]) for event in Calendar.from_ical(body).walk("VEVENT")]
    assert "Meeting: Friedrich Merz – France, Lithuania" in summaries


@pytest.mark.parametrize("command", [("ledger", "show"), ("ledger", "export"), ("upcoming",)])
def test_before_the_first_run(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Asking makes no store; it is said that the bot has not run yet."""
    path = tmp_path / "my.yml"
    path.write_text(f"store: {tmp_path}/none.sqlite\nlanguage: en\n")
    assert "has not run here yet" in run(path, *command).stderr
    assert not (tmp_path / "none.sqlite").exists()
