"""Logs: short lines, and never a secret."""

import json

import pytest
import structlog

from bot.app import logs

TELEGRAM = "123456789:AAE" + "x" * 32
SLACK = "xoxb-1234567890-abcdefghij"


@pytest.fixture(autouse=True)
def _fresh_structlog() -> object:
    yield
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"https://api.telegram.org/bot{TELEGRAM}/getMe", "https://api.telegram.org/bot…/getMe"),
        (f"token {SLACK} refused", "token … refused"),
        ("postgresql://ann:geheim@db/news", "postgresql://…@db/news"),
        ("at 12:30 nothing", "at 12:30 nothing"),
    ],
)
def test_secrets_are_cut_out(text: str, wanted: str) -> None:
    """Tokens and passwords inside a text are replaced."""
    assert logs.redacted(text) == wanted


@pytest.mark.parametrize("form", ["console", "json"])
def test_no_secret_reaches_a_log(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the event nor its details show a token, in either format."""
    logs.configure(form=form, level="info")
    structlog.get_logger().warning(f"refused {TELEGRAM}", url=f"https://x/{SLACK}")
    written = capsys.readouterr().err
    assert "refused" in written
    assert TELEGRAM not in written
    assert SLACK not in written


def test_json_logs_are_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A machine can read each line by itself."""
    logs.configure(form="json", level="info")
    structlog.get_logger().info("polled", new=3)
    assert json.loads(capsys.readouterr().err)["new"] == 3


def test_the_level_keeps_the_rest_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Below the configured level nothing is written."""
    logs.configure(form="console", level="warning")
    structlog.get_logger().info("polled")
    assert capsys.readouterr().err == ""
