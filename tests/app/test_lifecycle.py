"""Small parts of the running bot."""

import sys
from pathlib import Path

import pytest

from bot.app.lifecycle import called_as


@pytest.mark.parametrize(
    ("started", "wanted"),
    [(".venv/bin/depesche", ".venv/bin/depesche"), ("/opt/bot/__main__.py", "depesche"), ("", "depesche")],
)
def test_the_user_is_told_what_to_type(started: str, wanted: str) -> None:
    """A program started by its path is named by it."""
    assert called_as(started) == wanted


def test_a_program_on_the_path_is_named_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the shell finds needs no path."""
    program = tmp_path / "depesche"
    program.write_text(f"#!{sys.executable}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert called_as(str(program)) == "depesche"
