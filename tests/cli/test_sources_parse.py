import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.main import cli
from bot.errors import SourceError
from tests.sources.samples import ATOM, RSS, item, rss

KEYS = ["id", "title", "link", "published", "updated", "summary", "content", "author"]


def test_lines(tmp_path: Path) -> None:
    """Each entry is one line of JSON with the promised keys."""
    file = tmp_path / "feed.xml"
    file.write_text(ATOM)
    done = CliRunner().invoke(cli, ["sources", "parse", str(file)])
    first, second = map(json.loads, done.stdout.splitlines())
    assert list(first) == KEYS
    assert (first["id"], first["published"], first["author"]) == (
        "urn:1",
        "2026-03-02T09:00:00-05:00",
        "Ann Muster",
    )
    assert (second["published"], second["link"]) == ("2026-03-02", None)


def test_standard_input() -> None:
    """`-` reads standard input; relative links need the address of the feed."""
    feed = rss(item(title="Größe", link="/1"))
    done = CliRunner().invoke(
        cli, ["sources", "parse", "-", "--url", "https://a.example/f"], input=feed.encode()
    )
    assert json.loads(done.stdout)["link"] == "https://a.example/1"
    assert "Größe" in done.stdout


def test_odd_feed() -> None:
    """What was odd goes to standard error and leaves the lines clean."""
    done = CliRunner().invoke(cli, ["sources", "parse", "-"], input=RSS[: RSS.index("Ferry")].encode())
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == "depesche: cut off in the middle: 1 whole entries read\n"


@pytest.mark.parametrize(("body", "why"), [(b"<html>", "page is HTML"), (b"", "the feed is empty")])
def test_no_feed(body: bytes, why: str) -> None:
    """What is no feed is one clear error that names the place."""
    done = CliRunner().invoke(cli, ["sources", "parse", "-"], input=body)
    assert isinstance(done.exception, SourceError)
    assert str(done.exception).startswith(f"standard input: {why}")
