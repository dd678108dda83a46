"""`depesche replay`: every kind of file, and what goes wrong."""

import json
from pathlib import Path
from typing import TextIO, cast

import pytest
from click.testing import CliRunner, Result

from bot.app.config import Config
from bot.app.replaying import replay_articles
from bot.article.model import Article
from bot.cli.main import cli

TEXT = "Norwegen entsendet 150 Ausbilder nach Litauen. Das beschloss die Regierung in Oslo am Montag."
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><guid>1</guid>'
    "<title>Norwegen hilft</title><pubDate>Mon, 02 Mar 2026 12:00:00 +0100</pubDate>"
    f"<description>{TEXT}</description></item></channel></rss>"
)
FILLER = "Die Entscheidung fiel nach langer Beratung, wie aus der Hauptstadt berichtet wird. " * 6
HTML = (
    "<!doctype html><html lang=de><head><title>Norwegen hilft</title></head><body><article>"
    f"<h1>Norwegen hilft</h1><p>{TEXT}</p><p>{FILLER}</p></article></body></html>"
)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPESCHE_LANGUAGE", "en")


def replay(*arguments: str, given: str | None = None) -> Result:
    """Run `depesche replay`."""
    return CliRunner().invoke(cli, ["replay", *arguments], input=given)


FILES = [
    pytest.param("a.txt", TEXT, id="plain text"),
    pytest.param("a.html", HTML, id="HTML page"),
    pytest.param("a.xml", RSS, id="feed"),
    pytest.param("a.jsonl", json.dumps({"id": "a", "text": TEXT, "lang": "de"}), id="JSON lines"),
    pytest.param("no-ending", "\ufeff" + TEXT, id="byte order mark, no ending"),
]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_each_kind_of_file_gives_its_alert(tmp_path: Path, name: str, content: str) -> None:
    """What a file is is found out from what is in it."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    result = replay(str(path), "--published", "2026-03-02")
    assert result.stdout.count("New troop commitment: Norway → Lithuania") == 1
    assert result.exit_code == 0


def test_an_old_article_is_not_late(tmp_path: Path) -> None:
    """Who replays the news of March asks what would have been told then."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = replay(str(path), "--published", "2026-03-02")
    assert "Mon, 2 March 2026 · #security" in result.stdout
    assert "late" not in result.stdout


def test_a_language_that_is_not_read_is_said() -> None:
    """Else no alert would look like no news."""
    french = (
        "Le gouvernement enverra des soldats en Lituanie. Le ministre a dit que les soldats y resteraient."
    )
    said = replay("-", "--published", "2026-03-02", given=french).stderr
    assert "neither German nor English" in said


class Screen:
    """A terminal that notes in one list what progress and alerts do to it."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.noted: list[str] = []

    def step(self) -> None:
        """Progress: one more."""
        self.noted.append("step")

    def end(self) -> None:
        """Progress: off the screen."""
        self.noted.append("end")

    def write(self, text: str) -> None:
        """Alerts."""
        self.noted.append("alert" if "Norway" in text else text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """No colours."""
        return False


async def test_progress_is_off_the_screen_while_alerts_are_written() -> None:
    """Each article counts as a step, also without an alert; the line goes only where it is in the way."""
    screen = Screen()
    config = Config(language="en", demo=False)
    articles = [
        Article(id="a", text="Das Wetter bleibt mild.", lang="de"),
        Article(id="b", text=TEXT, lang="de"),
    ]
    await replay_articles(config, articles, cast("TextIO", screen), screen)
    assert screen.noted == ["step", "end", "alert", "step", "end"]


def test_standard_input_is_a_file_too() -> None:
    """A dash reads from standard input."""
    assert "Norway → Lithuania" in replay("-", "--published", "2026-03-02", given=TEXT).stdout


def test_an_article_without_a_date_is_told() -> None:
    """Words such as Tuesday stay open without a date; the user learns how to give one."""
    assert "--published 2026-03-02" in replay("-", given=TEXT).stderr


def test_an_article_without_date_and_title_is_called_by_its_file(tmp_path: Path) -> None:
    """A hash would tell nobody which file is meant."""
    path = tmp_path / "ohne.txt"
    path.write_text(TEXT)
    assert f"{path} has no date" in replay(str(path)).stderr


def test_no_alert_is_said_in_a_line() -> None:
    """Silence would look like a fault."""
    result = replay(
        "-", "--published", "2026-03-02", given="Das Wetter bleibt am Montag freundlich und mild."
    )
    assert result.stdout == ""
    assert "No alert in this article." in result.stderr


BAD = [
    pytest.param("missing.txt", None, "No such file", id="missing"),
    pytest.param("empty.txt", "", "is empty", id="empty"),
    pytest.param("menu.html", "<html><body></body></html>", "no main text", id="no text"),
    pytest.param("bad.jsonl", '{"id": "a"}', "line 1: `text` must be a text", id="bad row"),
    pytest.param("long.txt", "Wort für Wort. " * 150_000, "longer than 2,000,000 characters", id="too long"),
    pytest.param("nul.bin", "Norwegen\0entsendet", "is no text", id="NUL bytes"),
    pytest.param("odd.bin", "\x01\x02\x0e ab" * 20, "is no text", id="control signs"),
    pytest.param("bad.xml", "<?xml version='1.0'?><html2/>", "bad.xml", id="no feed"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_a_bad_file_is_one_line_and_the_others_go_on(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    """The line names the file and the trouble; the good file's alert is printed; the status is 1."""
    if content is not None:
        (tmp_path / name).write_text(content)
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    result = replay(str(tmp_path / name), str(good), "--published", "2026-03-02")
    lines = [line for line in result.stderr.splitlines() if name in line and line.startswith("depesche:")]
    assert len(lines) == 1
    assert message in lines[0]
    assert "Norway → Lithuania" in result.stdout
    assert result.exit_code == 1


def test_a_bad_date_is_refused_with_the_form_to_write() -> None:
    """The command line names the mend."""
    result = replay("-", "--published", "gestern", given=TEXT)
    assert result.exit_code == 2
    assert "write 2026-03-02" in result.output
