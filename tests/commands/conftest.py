"""The bot that the tests of this room talk to."""

import pytest

from tests.fakes.chat import Chat


@pytest.fixture
async def chat() -> Chat:
    """A bot with an owner and a member."""
    return await Chat().settle()
