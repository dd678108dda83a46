"""PostgreSQL for the tests of several rooms; one thread for the mathematics below them."""

import os
from collections.abc import Iterator

import pytest

from bot.errors import StoreError
from tests.storage.server import ServerSchema

# Before numpy is loaded, as the command line does: its threads would wait for each other.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

LOCAL = "postgresql://postgres@127.0.0.1/postgres"


@pytest.fixture(scope="session")
def server() -> Iterator[ServerSchema]:
    """A schema with tables in a PostgreSQL database, made once for each worker; skips where there is none."""
    made = ServerSchema(os.environ.get("DEPESCHE_TEST_POSTGRES_URL", LOCAL))
    try:
        made.make()
    except StoreError as error:
        pytest.skip(f"no PostgreSQL to test with (DEPESCHE_TEST_POSTGRES_URL names another): {error}")
    yield made
    made.drop()


@pytest.fixture
def postgres_url(server: ServerSchema) -> str:
    """A fresh PostgreSQL store of the test's own."""
    server.empty()
    return server.url
