"""`depesche sources add`, `check`, `import`, `export`, against servers on loopback."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app.settings import source_settings
from bot.cli.main import cli
from bot.cli.options import load_config
from bot.errors import DepescheError
from bot.ports.polling import Learnt, SourceState, Why
from bot.storage.opening import open_store
from tests.fakes.feed_server import FeedServer, Reply
from tests.fakes.feed_thread import served
from tests.sources.kinds.samples import mastodon_rss
from tests.sources.samples import HTML_WITH_FEED, RSS, RSS_END, RSS_HEAD

NEWS = """<html lang="de"><head><title>Norwegen schickt Ausbilder</title></head><body><article>
<h1>Norwegen schickt Ausbilder</h1><p>Norwegen hat beschlossen, 150 Ausbilder nach Litauen zu entsenden.
„Wir bleiben dort, solange man uns braucht“, sagte Verteidigungsminister Tore Sandvik am Montag in Oslo.</p>
<p>Die Ausbilder sollen ab Mai in Rukla arbeiten, wie die Regierung mitteilte.</p></article></body></html>"""


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    """A server of feeds and pages."""
    with served() as running:
        item = (
            f"<item><title>Norwegen schickt Ausbilder</title><link>{running.url('/a')}</link>"
            "<pubDate>Mon, 02 Mar 2026 10:00:00 +0000</pubDate></item>"
        )
        running.script("/rss", Reply(body=RSS_HEAD + item + RSS_END))
        running.script("/a", Reply(body=NEWS, content_type="text/html; charset=utf-8"))
        running.script("/", Reply(body=HTML_WITH_FEED.replace("/rss.xml", "/rss"), content_type="text/html"))
        running.script("/@amt.rss", Reply(body=mastodon_rss("<p>Der Hafen ist zu.</p>")))
        running.script("/plain", Reply(body=RSS))
        running.script("/gone", Reply(status=410))
        yield running


def configured(folder: Path, *lines: str) -> Path:
    """A configuration that may fetch from loopback."""
    path = folder / "my.yml"
    sources = "".join(f"\n  {line}" for line in lines) or " []"
    path.write_text(
        f"language: en\ntime_zone: UTC\nstore: {folder}/x.sqlite\n"
        "polling: {allow_networks: [127.0.0.0/8]}\n"
        f"models: {{de: none, en: none}}\n# My sources\nsources:{sources}\n"
    )
    return path


def run(*command: str | Path, config: Path | None = None, given: bytes | None = None) -> Result:
    """Run a command of `depesche sources`."""
    where = ["--config", str(config)] if config else []
    return CliRunner().invoke(cli, ["sources", *map(str, command), *where], input=given)


def test_add(server: FeedServer, tmp_path: Path) -> None:
    """A page's feed is found; its newest entries, what would be read, and the line are shown."""
    path = configured(tmp_path)
    before = path.read_text()
    done = run("add", server.url("/"), config=path)
    told = done.output.splitlines()
    assert told[:4] == [
        f"Found: feed {server.url('/rss')}",
        "The newest entries:",
        "  2026-03-02 10:00 Norwegen schickt Ausbilder",
        "From the newest the bot would read:",
    ]
    assert told[4].startswith("  Names       Norwegen, Litauen, Tore Sandvik")
    assert any("Tore Sandvik: „Wir bleiben dort, solange" in line for line in told)
    assert any(line.startswith("  Events      troops.commit · Norway → Lithuania · decided") for line in told)
    assert told[-3:] == [
        "Line for the configuration, under `sources:`:",
        f'  - {{name: Tagesblatt, url: "{server.url("/rss")}", lang: de}}',
        "To write it there: again with --write --config FILE",
    ]
    assert max(map(len, told)) <= 80
    assert done.exit_code == 0
    assert path.read_text() == before


def test_add_and_write(server: FeedServer, tmp_path: Path) -> None:
    """With --write the line goes into the file, whose comments stay; a second time it is known."""
    path = configured(tmp_path)
    done = run("add", server.url("/@amt"), "--name", "Amt: neu", "--write", config=path)
    assert done.output.splitlines()[-1] == f"Written into {path}; all else in it stays as it was."
    text = path.read_text()
    assert "# My sources\n" in text
    (source,) = load_config(path).sources
    assert (source.name, source.kind, source.url) == ("Amt: neu", "mastodon", server.url("/@amt"))
    again = run("add", server.url("/@amt"), "--write", config=path)
    assert again.output.splitlines()[-1] == "In the configuration already: “Amt: neu”"
    assert (again.exit_code, path.read_text()) == (1, text)


def test_add_a_folder(tmp_path: Path) -> None:
    """A folder is a source too, empty or not."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    done = run("add", inbox, config=configured(tmp_path))
    assert f'  - {{name: inbox, kind: folder, path: "{inbox}"}}' in done.output.splitlines()


def test_add_as_told(server: FeedServer, tmp_path: Path) -> None:
    """Whoever knows better names the kind, or the links of a page; what cannot be is told."""
    server.script("/list", Reply(body="<p><a href='/a'>Kurz</a></p>", content_type="text/html"))
    path = configured(tmp_path)
    done = run("add", server.url("/list"), "--links", "p a", "--name", "Liste", config=path)
    line = f'  - {{name: Liste, kind: page, url: "{server.url("/list")}", links: p a}}'
    assert line in done.output.splitlines()
    failed = run("add", server.url("/list"), "--kind", "feed", config=path)
    assert "not a feed" in str(failed.exception)
    failed = run("add", server.url("/list"), "--kind", "telegram", config=path)
    assert "is not the address of a public channel" in str(failed.exception)
    failed = run("add", server.url("/list"), "--links", "p >", config=path)
    assert "`p >` is no CSS selector" in str(failed.exception)
    failed = run("add", server.url("/list"), "--links", "p a", "--kind", "feed", config=path)
    assert "belongs to `kind: page`" in str(failed.exception)


def test_add_nothing(server: FeedServer, tmp_path: Path) -> None:
    """What leads nowhere is one line; --write without a file too."""
    path = configured(tmp_path)
    failed = run("add", server.url("/nowhere"), config=path)
    assert isinstance(failed.exception, DepescheError)
    assert "HTTP 404" in str(failed.exception)
    failed = run("add", server.url("/rss"), "--write")
    assert "`--write` needs a file: --config my.yml" in str(failed.exception)


def lines_of(server: FeedServer) -> list[str]:
    """Two sources that answer and one that does not."""
    return [
        f"- {{name: Tagesblatt, url: '{server.url('/plain')}'}}",
        f"- {{name: Hafenamt, kind: mastodon, url: '{server.url('/@amt')}'}}",
        f"- {{name: Verschwunden, url: '{server.url('/gone')}'}}",
    ]


def test_check(server: FeedServer, tmp_path: Path) -> None:
    """Each source is asked now; one that does not answer says why, and the exit status says it too."""
    done = run("check", config=configured(tmp_path, *lines_of(server)))
    assert done.output.splitlines() == [
        "✓ Tagesblatt                 2 entries · the newest 2026-03-02 22:30",
        "✓ Hafenamt                   1 entry · 2026-03-02 09:00",
        "! Verschwunden               HTTP 410: gone for good; take this address out",
        "2 of 3 sources answer",
    ]
    assert done.exit_code == 1
    assert not (tmp_path / "x.sqlite").exists()


def test_check_tells_the_whole_reason(tmp_path: Path) -> None:
    """What names the mend is put on further lines, not cut."""
    path = configured(
        tmp_path, f"- {{name: Ablage, kind: folder, path: {tmp_path / ('weit-' * 12 + 'weg')}}}"
    )
    done = run("check", config=path)
    assert "…" not in done.output
    assert max(map(len, done.output.splitlines())) <= 80
    assert "weg" in done.output


def test_check_one(server: FeedServer, tmp_path: Path) -> None:
    """A name asks one source; a name that nobody has says which was probably meant."""
    path = configured(tmp_path, *lines_of(server))
    assert run("check", "hafen", config=path).exit_code == 0
    told = run("check", "Tagesblatt", config=path).output.splitlines()
    assert told[0].startswith("✓ Tagesblatt")
    failed = run("check", "Tagesblat", config=configured(tmp_path, lines_of(server)[1], lines_of(server)[2]))
    assert str(failed.exception) == "there is no source `Tagesblat` in the configuration"
    failed = run("check", "Hafnamt", config=path)
    assert str(failed.exception).endswith(": did you mean `Hafenamt`?")


def test_check_tells_what_the_store_knows(server: FeedServer, tmp_path: Path) -> None:
    """Below a source stands what polling taught of it; asking stores nothing."""
    path = configured(tmp_path, *lines_of(server))
    config = load_config(path)
    asyncio.run(_learn(config.store, [source_settings(source) for source in config.sources]))
    told = run("check", config=path).output.splitlines()
    assert told[1] == "  not yet verified · every 6 h · 12 a day"
    assert told[2] == "  broken since 2026-03-01 08:00 · 1 failure: HTTP 500"
    assert told == run("check", config=path).output.splitlines()


async def _learn(place: str, sources: list) -> None:  # type: ignore[type-arg]  # settings of sources
    store = await open_store(place)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    learnt = Learnt(
        interval=timedelta(hours=6),
        why=Why.FAILING,
        items_per_day=12.0,
        state=SourceState.BROKEN,
        since=datetime(2026, 3, 1, 8, tzinfo=UTC),
    )
    await store.put_sources(sources, now)
    await store.record_failure(sources[0].id, "HTTP 500", now=now, next_poll=now, learnt=learnt)
    await store.close()


def test_there_and_back(server: FeedServer, tmp_path: Path) -> None:
    """What is exported can be imported: into a file whose comments stay, and only once."""
    path = configured(tmp_path, *lines_of(server))
    exported = run("export", config=path)
    (tmp_path / "other").mkdir()
    other = configured(tmp_path / "other")
    shown = run("import", "-", config=other, given=exported.output.encode())
    assert f'  - {{name: Tagesblatt, url: "{server.url("/plain")}"}}' in shown.output.splitlines()
    assert load_config(other).sources == ()
    done = run("import", "-", "--write", config=other, given=exported.output.encode())
    assert done.output.splitlines() == [
        f"Written into {other}; all else in it stays as it was.",
        "3 new sources, 0 are configured already",
    ]
    assert load_config(other).sources == load_config(path).sources
    again = run("import", "-", "--write", config=other, given=exported.output.encode())
    assert again.output.splitlines() == ["0 new sources, 3 are configured already"]


def test_export_leaves_folders_out(tmp_path: Path) -> None:
    """A folder is named on standard error, so that nobody misses it."""
    done = run("export", config=configured(tmp_path, "- {name: Inbox, kind: folder, path: /srv/in}"))
    assert "Inbox" not in done.stdout
    assert done.stderr == "Folders have no place in a list for feed readers: Inbox\n"


def test_import_of_something_else(tmp_path: Path) -> None:
    """A file that is no list is one line with its name; a mistake in one is told with its line."""
    failed = run("import", "-", config=configured(tmp_path), given=b"hello")
    assert str(failed.exception).startswith("standard input: not OPML")
    text = b'<opml><body>\n<outline xmlUrl="ftp://x"/>\n<outline xmlUrl="https://y.example"/></body></opml>'
    done = run("import", "-", config=configured(tmp_path), given=text)
    assert done.stderr.splitlines()[0] == "standard input:2:1: warning: `ftp://x` is no web address: left out"
    assert (done.stdout.strip(), done.exit_code) == ('- {name: y.example, url: "https://y.example"}', 1)
