"""The stores that all fulfil one contract."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports.store import Store
from bot.storage.opening import open_store
from tests.fakes.store import FakeStore


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite store without content, made once."""

    async def make(path: Path) -> None:
        await (await open_store(str(path))).close()

    path = tmp_path_factory.mktemp("store") / "fresh.sqlite"
    asyncio.run(make(path))
    return path


@pytest.fixture
def store_path(fresh_file: Path, tmp_path: Path) -> Path:
    """A fresh SQLite store of the test's own."""
    return Path(shutil.copy(fresh_file, tmp_path / "store.sqlite"))


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """A fresh real store of each kind."""
    return _fresh(request)


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def any_url(request: pytest.FixtureRequest) -> str | None:
    """The same, and None for the fake."""
    return None if request.param == "fake" else _fresh(request)


def _fresh(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("store_path" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
async def store(any_url: str | None) -> AsyncIterator[Store]:
    """A fresh store of each kind."""
    opened: Store = await open_store(any_url) if any_url else FakeStore()
    yield opened
    await opened.close()


@pytest.fixture
async def real_store(store_url: str) -> AsyncIterator[Store]:
    """A fresh real store of each kind."""
    opened = await open_store(store_url)
    yield opened
    await opened.close()
