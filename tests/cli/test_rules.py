"""`depesche rules`: what a journalist sees while writing one."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import cli

WIDE = 80
RULE = """\
id: {id}
title: {{de: Streik, en: Strike}}
status: draft
when:
  event: protest
tests:
  - text: Im Hamburger Hafen streiken seit Montag die Lotsen.
    published: 2026-03-02
    fires: true
  - text: {text}
    published: 2026-03-02
    fires: false
"""


def run(*words: str | Path, given: str = "") -> Result:
    """Run `depesche rules …`."""
    return CliRunner().invoke(cli, ["rules", *map(str, words)], input=given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two rules, one test of the second is wrong."""
    calm, wrong = "Im Hafen liegt ein neues Schiff.", "Dock workers are protesting at the port."
    (tmp_path / "calm.yml").write_text(RULE.format(id="calm", text=calm), encoding="utf-8")
    (tmp_path / "wrong.yml").write_text(RULE.format(id="wrong", text=wrong), encoding="utf-8")
    return tmp_path


def test_a_failed_test_is_told_with_what_decided(folder: Path) -> None:
    """File, line, what the rule did, and the conditions that held; the exit status is 1."""
    result = run("test", folder)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith(f"{folder / 'wrong.yml'}:10:1: error: test of wrong: fires and should not")
    assert lines[1] == "    + event: protest on “protesting”"
    assert lines[-1] == "2 rules, 4 tests, 1 failed"


def test_one_rule_alone_can_be_tested(folder: Path) -> None:
    """`--rule` runs the tests of that rule only."""
    result = run("test", folder, "--rule", "calm")
    assert (result.exit_code, result.output) == (0, "1 rule, 2 tests, 0 failed\n")


def test_a_rule_that_is_not_there(folder: Path) -> None:
    """An unknown rule is told with those there are."""
    result = run("test", folder, "--rule", "clam")
    assert str(result.exception) == "there is no rule “clam”; there are: calm, wrong"


def test_junit_has_a_case_for_each_test(folder: Path) -> None:
    """The report names rule, line and problem."""
    run("test", folder, "--junit", folder / "report.xml")
    root = ET.fromstring((folder / "report.xml").read_bytes())  # noqa: S314  (written a line above)
    suites = {suite.get("name"): suite for suite in root}
    assert (suites["calm"].get("tests"), suites["calm"].get("failures")) == ("2", "0")
    failure = suites["wrong"].find("testcase/failure")
    assert failure is not None
    assert "fires and should not" in str(failure.get("message"))


def test_mistakes_for_scripts(folder: Path) -> None:
    """As JSON each issue is an object with its place; counts go to standard error."""
    (folder / "bad.yml").write_text(
        "id: bad\ntitle: t\nstatus: live\nwhen: {evnt: attack}\n", encoding="utf-8"
    )
    issues = json.loads(run("check", folder, "--no-tests", "--format", "json").stdout)
    assert [(Path(one["place"]).name, one["line"], one["column"]) for one in issues] == [("bad.yml", 4, 8)]


def test_mistakes_for_github(folder: Path) -> None:
    """Each issue is an annotation at its line."""
    (folder / "bad.yml").write_text(
        "id: bad\ntitle: t\nstatus: live\nwhen: {evnt: attack}\n", encoding="utf-8"
    )
    line = run("check", folder, "--no-tests", "--format", "github").stdout.splitlines()[0]
    assert line.startswith(f"::error file={folder / 'bad.yml'},line=4,col=8::unknown key “evnt”")


EXPLAINED = [
    ("Die Lotsen streiken seit Montag.", "calm fires", "+ event: protest on “streiken”"),
    ("Die Regierung trifft sich am Freitag.", "calm does not fire", "- event: "),
    ("Es regnet.", "calm does not fire: there is no event in the article", "- event: nothing instead of"),
]


@pytest.mark.parametrize(("text", "outcome", "condition"), EXPLAINED)
def test_why_a_rule_fires_or_not(folder: Path, text: str, outcome: str, condition: str) -> None:
    """The outcome, then a line for each condition up to the one that failed."""
    result = run("explain", folder / "calm.yml", "-", "--published", "2026-03-02", given=text)
    assert result.exit_code == 0
    first, *conditions = result.output.splitlines()
    assert first == f"standard input: {outcome}"
    assert conditions[-1].startswith(condition)


def test_a_rule_of_the_configuration_is_explained_by_its_id() -> None:
    """The standard rules are known by their names."""
    text = "Norwegen entsendet 150 Ausbilder nach Litauen."
    result = run("explain", "troop-commitment", "-", "--published", "2026-03-02", given=text)
    assert result.output.startswith("standard input: troop-commitment fires\n+ event: troops.commit")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_new_rule_passes_its_check(tmp_path: Path, lang: str) -> None:
    """What `new` writes is valid, its tests pass, and it fits a terminal."""
    config = tmp_path / "my.yml"
    config.write_text(f"language: {lang}\nsources: [{{name: X, url: https://x.example}}]\n", encoding="utf-8")
    begun = run("new", "port-strike", "--folder", tmp_path / "mine", "--config", config)
    assert begun.exit_code == 0, begun.exception
    result = run("check", tmp_path / "mine")
    assert (result.exit_code, result.output) == (0, "1 rule, 3 tests, 0 issues\n")
    text = (tmp_path / "mine" / "port-strike.yml").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= WIDE
    schema = json.loads((tmp_path / "mine" / "rule.schema.json").read_text(encoding="utf-8"))
    assert schema["title"] == "A rule of Depesche"


def test_a_schema_that_is_there_stays(tmp_path: Path) -> None:
    """`new` does not write over a schema that somebody put there."""
    (tmp_path / "rule.schema.json").write_text("mine", encoding="utf-8")
    assert run("new", "port-strike", "--folder", tmp_path).exit_code == 0
    assert (tmp_path / "rule.schema.json").read_text(encoding="utf-8") == "mine"


def test_a_pack_is_checked_with_its_event_types(tmp_path: Path) -> None:
    """`check` knows what a pack brings, for the folder and for one file of it; its mistakes are told."""
    (tmp_path / "events.en.yml").write_text(
        "classes: {mines: [mine]}\nframes: [{type: mining.close, verbs: [close], with: [mines]}]\n",
        encoding="utf-8",
    )
    rule = "id: closing\ntitle: t\nstatus: shadow\nwhen: {event: mining.close}\ntests:\n"
    test = "  - {text: Poland has closed the mine., published: 2026-03-02, fires: true}\n"
    (tmp_path / "closing.yml").write_text(rule + test, encoding="utf-8")
    for path in (tmp_path, tmp_path / "closing.yml"):
        assert run("check", path).output == "1 rule, 1 test, 0 issues\n"
    (tmp_path / "events.en.yml").write_text("frames: []\n", encoding="utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path / 'events.en.yml'}:1:9: error: frames must be a list" in result.output


def test_a_rule_is_never_written_over(folder: Path) -> None:
    """`new` leaves a file that is there as it is."""
    before = (folder / "calm.yml").read_text(encoding="utf-8")
    result = run("new", "calm", "--folder", folder)
    assert "is there already" in str(result.exception)
    assert (folder / "calm.yml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["Streik", "a b", "../x", "a" * 81])
def test_a_name_that_is_no_id(tmp_path: Path, name: str) -> None:
    """`new` takes ids only."""
    assert "is no id" in str(run("new", name, "--folder", tmp_path).exception)


def test_the_schema_is_printed() -> None:
    """`schema` prints JSON that an editor takes."""
    assert json.loads(run("schema").output)["title"] == "A rule of Depesche"
