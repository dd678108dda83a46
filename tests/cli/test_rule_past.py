"""`depesche rules backtest`, `coverage` and `export`: rules over articles of the past, and back to files."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.article.model import Article, Published
from bot.cli.main import cli
from bot.extraction.findings import Findings
from bot.storage.opening import open_store

RULE = """\
id: strike
title: {{de: Streik, en: Strike}}
headline: {{en: 'Strike[ in {{place}}]'}}
status: shadow
when:
  event: protest
  text: [{words}]
unless:
  - modality: historical
novelty: {{key: [type, place], window: 7d}}
"""
ARTICLES = [
    ("a", "2026-03-02", "Port workers are protesting in Antwerp."),
    ("b", "2026-03-03", "Pilots are protesting in Paris."),
    ("c", "2026-03-03", "Port workers are still protesting in Antwerp."),
    ("d", "2026-03-12", "Port workers are protesting in Antwerp again."),
]


def run(*words: str | Path) -> Result:
    """Run `depesche rules …`."""
    return CliRunner().invoke(cli, ["rules", *map(str, words)])


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Four articles as JSON lines."""
    rows = [{"id": name, "published": day, "text": text, "lang": "en"} for name, day, text in ARTICLES]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with one rule of its own and a store beside it."""
    folder = tmp_path / "rules" / "labour"
    folder.mkdir(parents=True)
    (folder / "strike.yml").write_text(RULE.format(words="port"), encoding="utf-8")
    path = tmp_path / "my.yml"
    path.write_text(
        f"language: en\ntime_zone: UTC\nstore: {tmp_path / 'my.sqlite'}\nsources: []\n"
        "models: {de: none, en: none}\n"
        f"rules: {{standard: false, folder: {tmp_path / 'rules'}}}\n",
        encoding="utf-8",
    )
    return path


def test_backtest_by_day(articles: Path, config: Path) -> None:
    """What a rule would have told stands under its day; the same fact is told once within the window."""
    result = run("backtest", "strike", "--articles", articles, "--config", config)
    assert result.output.splitlines() == [
        "strike: 4 articles",
        "day         fires",
        "2026-03-02      1",
        "  · Strike in Antwerp",
        "2026-03-12      1",
        "  · Strike in Antwerp",
        "all             2",
        "kept back: 1 known_fact",
    ]


def test_backtest_of_an_edit(articles: Path, config: Path, tmp_path: Path) -> None:
    """An edited file stands beside the rule in force: what both tell, and what only one of them does."""
    edit = tmp_path / "strike.yml"
    edit.write_text(RULE.format(words="pilot"), encoding="utf-8")
    lines = run("backtest", edit, "--articles", articles, "--config", config).output.splitlines()
    assert lines[1] == "day         file  in force"
    assert lines[2:8] == [
        "2026-03-02     0         1",
        "  - Strike in Antwerp",
        "2026-03-03     1         0",
        "  + Strike in Paris",
        "2026-03-12     0         1",
        "  - Strike in Antwerp",
    ]
    assert lines[8] == "all            1         2"


def test_backtest_for_scripts(articles: Path, config: Path) -> None:
    """As JSON each alert names its article and the sentence that shows it."""
    result = run("backtest", "strike", "--articles", articles, "--config", config, "--format", "json")
    found = json.loads(result.output)
    assert (found["rule"], found["articles"]) == ("strike", 4)
    assert [(day["day"], [one["article"] for one in day["both"]]) for day in found["days"]] == [
        ("2026-03-02", ["a"]),
        ("2026-03-12", ["d"]),
    ]


def test_backtest_over_the_store(config: Path, tmp_path: Path) -> None:
    """Stored articles are read anew where asked for; what was found in them counts otherwise."""

    async def fill() -> None:
        store = await open_store(str(tmp_path / "my.sqlite"))
        for name, day, text in ARTICLES[:2]:
            article = Article(id=name, text=text, lang="en", published=Published.parse(day))
            await store.record_judgement(article, Findings(lang="en"), [], story=None, now=datetime.now(UTC))
        await store.close()

    asyncio.run(fill())
    noted = run("backtest", "strike", "--config", config).output.splitlines()
    assert noted == ["strike: 2 articles", "nothing would have been told"]
    anew = run("backtest", "strike", "--config", config, "--reread").output.splitlines()
    assert anew[1].split() == ["day", "fires", "told"]
    assert anew[2].split()[1:] == ["1", "0"]
    assert anew[3] == "  · Strike in Antwerp"


def test_types_of_packs_may_be_missing_in_the_store(config: Path, tmp_path: Path) -> None:
    """Whoever asks for a type of a pack is told that stored findings may lack it."""
    folder = tmp_path / "rules" / "labour"
    events = "frames: [{type: labour.lockout, nouns: [lockout]}]\n"
    (folder / "events.en.yml").write_text(events, encoding="utf-8")
    rule = "id: lockout\ntitle: t\nstatus: live\nwhen: {event: labour.lockout}\n"
    (folder / "lockout.yml").write_text(rule, encoding="utf-8")
    asyncio.run(_empty(tmp_path / "my.sqlite"))
    assert "add --reread" in run("backtest", "lockout", "--config", config).output
    assert "add --reread" not in run("backtest", "lockout", "--config", config, "--reread").output


async def _empty(path: Path) -> None:
    store = await open_store(str(path))
    await store.close()


def test_backtest_without_a_store(config: Path) -> None:
    """Where the bot has not run yet, the mend is named."""
    result = run("backtest", "strike", "--config", config)
    assert "--articles FILE" in str(result.exception)


def test_coverage_names_what_never_holds(articles: Path, config: Path, tmp_path: Path) -> None:
    """A rule that never fires is named, with the conditions that never held and those never reached."""
    silent = RULE.replace("id: strike", "id: silent").format(words="zeppelin")
    (tmp_path / "rules" / "labour" / "silent.yml").write_text(silent, encoding="utf-8")
    result = run("coverage", "--articles", articles, "--config", config)
    assert result.output.splitlines() == [
        "2 rules, 4 articles; 1 never fired",
        "silent: never fires",
        "  line 7: text never holds, asked 4 times",
        "  line 9: modality never reached: what stands before it decides",
        "strike: fires in 3",
        "  line 9: modality never excludes, asked 3 times",
    ]


def test_coverage_of_nothing_blames_no_rule(config: Path, tmp_path: Path) -> None:
    """Where no article is stored, no condition is said to be out of reach."""
    asyncio.run(_empty(tmp_path / "my.sqlite"))
    assert (
        run("coverage", "--config", config).stdout == "1 rule, 0 articles: there is nothing to try them on\n"
    )


def test_coverage_for_scripts(articles: Path, config: Path) -> None:
    """As JSON each condition has its line and its numbers."""
    result = run("coverage", "--articles", articles, "--config", config, "--format", "json")
    (one,) = json.loads(result.output)
    assert (one["rule"], one["articles"], one["fired"]) == ("strike", 4, 3)
    assert one["conditions"][1] == {"key": "text", "line": 7, "unless": False, "asked": 4, "held": 3}


def test_export_gives_back_the_files(config: Path, tmp_path: Path) -> None:
    """The rules in force are written pack by pack with the schema, and load again; a second time is fine."""
    events = tmp_path / "rules" / "labour" / "events.en.yml"
    events.write_text("frames: [{type: labour.lockout, nouns: [lockout]}]\n", encoding="utf-8")
    out = tmp_path / "out"
    for _ in range(2):
        result = run("export", out, "--config", config)
        assert (result.exit_code, result.output) == (0, f"{out}: 1 rule written, in 1 pack\n")
    written = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert written == {"labour/strike.yml", "labour/events.en.yml", "rule.schema.json"}
    assert "labour.lockout" in (out / "rule.schema.json").read_text(encoding="utf-8")
    assert run("check", out).exit_code == 0


def test_export_loses_nothing(config: Path, tmp_path: Path) -> None:
    """A file that is there and differs stays, unless somebody insists."""
    out = tmp_path / "out" / "labour"
    out.mkdir(parents=True)
    (out / "strike.yml").write_text("mine", encoding="utf-8")
    result = run("export", tmp_path / "out", "--config", config)
    assert "labour/strike.yml differ there" in str(result.exception)
    assert (out / "strike.yml").read_text(encoding="utf-8") == "mine"
    assert run("export", tmp_path / "out", "--config", config, "--force").exit_code == 0
    assert (out / "strike.yml").read_text(encoding="utf-8").startswith("id: strike")
