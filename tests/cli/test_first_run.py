"""`depesche status` and `depesche latest` before the bot has run."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import cli

SAID = {"de": "Der Bot ist hier noch nicht gelaufen", "en": "The bot has not run here yet"}


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("command", ["status", "latest"])
def test_asking_does_not_make_a_store(tmp_path: Path, command: str, lang: str) -> None:
    """One line says that there is nothing yet; no file and no folder is left behind."""
    store = tmp_path / "var" / "bot.sqlite"
    config = tmp_path / "my.yml"
    config.write_text(f"store: {store}\nlanguage: {lang}\n")
    result = CliRunner().invoke(cli, [command, "--config", str(config)])
    assert result.stdout.startswith(SAID[lang])
    assert str(store) in result.stdout
    assert list(tmp_path.iterdir()) == [config]
