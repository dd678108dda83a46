"""Secrets: from the environment or a file, and into no text."""

from pathlib import Path

import pytest

from bot.app.secrets import Secrets, read_secrets
from bot.errors import ConfigError

TOKEN = "123456789:AAF" + "z" * 32


def test_a_token_comes_from_the_environment() -> None:
    """White space around it is dropped."""
    assert read_secrets({"DEPESCHE_TELEGRAM_TOKEN": f" {TOKEN}\n"}).telegram == TOKEN


def test_a_token_comes_from_a_file(tmp_path: Path) -> None:
    """The variable with _FILE names the file."""
    path = tmp_path / "token"
    path.write_text("xoxb-1-2-abc\n")
    assert read_secrets({"DEPESCHE_SLACK_BOT_TOKEN_FILE": str(path)}).slack_bot == "xoxb-1-2-abc"


def test_nothing_set_is_no_secret() -> None:
    """Without tokens there are none."""
    assert read_secrets({}) == Secrets()


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"DEPESCHE_TELEGRAM_TOKEN_FILE": "/nowhere/token"}, "DEPESCHE_TELEGRAM_TOKEN_FILE: /nowhere/token"),
        ({"DEPESCHE_TELEGRAM_TOKEN": TOKEN, "DEPESCHE_TELEGRAM_TOKEN_FILE": "x"}, "are both set"),
    ],
)
def test_a_mistake_names_the_variable_and_never_the_value(environment: dict[str, str], message: str) -> None:
    """One clear line, without the secret."""
    with pytest.raises(ConfigError) as found:
        read_secrets(environment)
    assert message in str(found.value)
    assert not any(
        value in str(found.value) for value in environment.values() if "abc" in value or TOKEN in value
    )


def test_a_representation_shows_no_secret() -> None:
    """Not even a debugger's print shows a token."""
    assert TOKEN not in repr(read_secrets({"DEPESCHE_TELEGRAM_TOKEN": TOKEN}))
