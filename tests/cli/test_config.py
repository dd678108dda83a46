"""`depesche config check` and `depesche rules check`: what only the disk shows, and the counts."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import cli

SOURCE = "sources: [{name: X, url: https://x.example}]\n"


def config_check(folder: Path, text: str) -> Result:
    """Check a configuration text."""
    path = folder / "my.yml"
    path.write_text(text)
    return CliRunner().invoke(cli, ["config", "check", str(path)])


ODD = [
    pytest.param(
        "sources: []", ":1:1: warning: `sources`: nothing but the demo is polled", 0, id="demo only"
    ),
    pytest.param("sources: []\ndemo: false", "`sources`: nothing is polled: add sources", 0, id="nothing"),
    pytest.param(
        SOURCE + "rules: {folder: /no/such}",
        ":2:9: error: `rules.folder`: there is no folder `/no/such`: create it or mend the path",
        1,
        id="folder",
    ),
    pytest.param(
        SOURCE + "channels: {all: {rules: [troop-commitmnt]}}",
        "2:18: warning: `channels.all.rules`: there is no rule `troop-commitmnt`: "
        "did you mean `troop-commitment`?",
        0,
        id="rule",
    ),
]


@pytest.mark.parametrize(("text", "wanted", "status"), ODD)
def test_what_the_text_alone_does_not_show(tmp_path: Path, text: str, wanted: str, status: int) -> None:
    """Rules, folders and lists that select nothing are told with their place."""
    result = config_check(tmp_path, text)
    assert wanted in result.stdout
    assert result.exit_code == status


def test_one_is_singular(tmp_path: Path) -> None:
    """Counts are sentences."""
    assert config_check(tmp_path, SOURCE).stdout.endswith(": fine: 1 source, 1 channel, 1 destination\n")


def test_no_rule_is_plural(tmp_path: Path) -> None:
    """The counts of rules, tests and issues too."""
    result = CliRunner().invoke(cli, ["rules", "check", "--no-tests", str(tmp_path)])
    assert result.stdout == "0 rules, 0 tests, 0 issues\n"
