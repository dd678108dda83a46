"""The whole bot on a fake clock: push at t, want between."""

from collections.abc import AsyncIterator

import pytest

from tests.acceptance.newsroom import Newsroom


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    """A bot with the standard rules, one source and the console."""
    room = await Newsroom.open()
    yield room
    await room.close()
