"""Errors that a running bot outlives."""

from structlog.testing import capture_logs

from bot.app.troubles import Troubles
from bot.errors import StoreError


def troubled(troubles: Troubles, doing: str, error: Exception | None) -> None:
    """A step of a loop that raises, or does not."""
    with troubles.outlived(doing):
        if error:
            raise error


def told(*steps: tuple[str, Exception | None]) -> list[tuple[str, str | None]]:
    """What is logged of these steps, without traces."""
    troubles = Troubles()
    with capture_logs() as logs:
        for doing, error in steps:
            troubled(troubles, doing, error)
    return [(line["event"], line.get("error")) for line in logs if line["log_level"] != "debug"]


def test_told_once_while_it_lasts() -> None:
    """One trouble of several loops is told when it begins and when the last of them goes on."""
    lost = StoreError("news: the connection was lost")
    steps = [("polling", lost), ("reading", lost), ("polling", lost), ("polling", None), ("reading", None)]
    assert told(*steps) == [
        ("waiting until this is mended", "news: the connection was lost"),
        ("mended, going on", None),
    ]


def test_another_trouble_is_told() -> None:
    """A trouble that turns into another one is told again."""
    assert [error for _, error in told(("reading", StoreError("a")), ("reading", StoreError("b")))] == [
        "a",
        "b",
    ]


def test_unforeseen_error() -> None:
    """An error nobody foresaw is told with its kind, and does not end the loop."""
    assert told(("reading", ValueError("odd"))) == [("unforeseen error, going on", "ValueError: odd")]


def test_nothing_to_tell() -> None:
    """Steps that go well say nothing."""
    assert told(("reading", None), ("reading", None)) == []
