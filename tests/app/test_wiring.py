"""Wiring."""

from pathlib import Path

import pytest

from bot.app.config import Config
from bot.app.wiring import journal_of


@pytest.mark.parametrize(
    ("store", "journal"),
    [
        ("var/depesche.sqlite", Path("var/depesche.journal")),
        ("sqlite:////srv/news.sqlite", Path("/srv/news.journal")),
        (":memory:", None),
    ],
)
def test_place_of_the_journal(store: str, journal: Path | None) -> None:
    """The console's journal lies beside the store's file, else in `var/`; a store in memory has none."""
    assert journal_of(Config(store=store)) == journal


def test_journals_of_servers() -> None:
    """Stores on servers have a journal each, whoever enters them by which password."""
    stores = [
        "postgresql://bot:a@db.example/news",
        "postgresql://bot:b@db.example/news",
        "postgresql://bot@x/news",
    ]
    first, same, other = [journal_of(Config(store=store)) for store in stores]
    assert first == same != other
    assert first is not None
    assert first.parent == Path("var")
