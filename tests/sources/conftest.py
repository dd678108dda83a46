from collections.abc import AsyncIterator

import pytest

from bot.sources.client import HttpClient
from bot.sources.guard import AddressGuard
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer
from tests.sources.samples import LOOPBACK, noon

QUICK = Limits(
    total=2.5, connect=2, silence=0.8, feed_bytes=200_000, page_bytes=100_000, redirects=3, robots=False
)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """A feed server on loopback."""
    async with FeedServer() as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    """A client that may go to loopback and waits for little."""
    opened = HttpClient(now=noon, limits=QUICK, guard=AddressGuard(LOOPBACK))
    yield opened
    await opened.close()


@pytest.fixture
def limits() -> Limits:
    """The limits of the client."""
    return QUICK
