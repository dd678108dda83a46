"""Fixtures for whoever tests against the server; import them in a conftest.py."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from tests.fakes.telegram import specification
from tests.fakes.telegram.server import TelegramServer


@asynccontextmanager
async def checked_server() -> AsyncIterator[TelegramServer]:
    """A running server; at the end the test fails if a rule was broken and nobody took notice."""
    async with TelegramServer() as server:
        yield server
    if server.violations:
        pytest.fail("rules of the Bot API were broken:\n  " + "\n  ".join(server.violations))


@pytest_asyncio.fixture
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """A running server that fails the test for broken rules."""
    async with checked_server() as server:
        yield server


@pytest.fixture
def telegram_specification() -> specification.Specification:
    """The published specification, or the test is skipped."""
    found = specification.load()
    if found is None:
        pytest.skip(f"needs the Bot API specification at {specification.path()}")
    return found
