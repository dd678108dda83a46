"""What may be written as `store`, and what people are told of it."""

from pathlib import Path

import pytest

from bot.storage.address import address_of, file_of, is_server, name_of


@pytest.mark.parametrize(
    ("store", "name"),
    [
        ("var/depesche.sqlite", "var/depesche.sqlite"),
        (":memory:", ":memory:"),
        ("sqlite:///var/x.sqlite", "var/x.sqlite"),
        ("postgresql://bot:hunter2@db.example/news", "postgresql://bot:***@db.example/news"),
        ("postgresql+asyncpg://bot@db.example:5433/news", "postgresql://bot@db.example:5433/news"),
        ("postgres://bot:hun%40ter2@db.example/news", "postgresql://bot:***@db.example/news"),
        ("postgresql://[::1]/news", "postgresql://[::1]/news"),
        (
            "postgresql:///news?host=/run/pg&user=bot&password=hunter2&search_path=desk",
            "postgresql:///news?host=%2Frun%2Fpg&search_path=desk",
        ),
    ],
)
def test_names(store: str, name: str) -> None:
    """A store is called by its file or its URL, never by its password."""
    assert name_of(store) == name


@pytest.mark.parametrize(
    ("store", "file"),
    [
        ("var/depesche.sqlite", Path("var/depesche.sqlite")),
        ("sqlite:////srv/x.sqlite", Path("/srv/x.sqlite")),
        (":memory:", None),
        ("sqlite://", None),
        ("postgresql://bot@db.example/news", None),
    ],
)
def test_files(store: str, file: Path | None) -> None:
    """A store has a file of its own, or it is in memory or on a server."""
    assert file_of(store) == file
    assert is_server(store) is store.startswith("postgresql")


def test_escapes() -> None:
    """What is escaped in a URL reaches the server unescaped."""
    address = address_of("postgresql://b%20t:p%40ss@db.example/n%20s")
    assert (address.username, address.password, address.database) == ("b t", "p@ss", "n s")
