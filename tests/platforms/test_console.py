"""The console: what an alert looks like on a terminal, and what is known after a kill."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.console.journal import KEPT, Journal, Known
from bot.platforms.console.layout import WIDTH, columns, wrapped
from bot.platforms.console.messenger import ConsoleMessenger, rendered, takes_colour
from bot.ports.messenger import Ambiguous, NotSent, Sent
from tests.fakes.alerts import article_ref, message

GOLDEN = """\
🟠 Neue Truppenzusage: Norwegen → Litauen
   150 Ausbilder · beschlossen · Mai 2026 · hoch
   „Wir bleiben, solange man uns braucht.“
   — die Verteidigungsministerin, via Sender Nord
   Tagesblatt · 02.03.2026 14:30 · #security
   https://example.org/a1
"""


Opened = Callable[[], Journal]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens the journal of this test, as often as it is called."""
    journals: list[Journal] = []

    def open_journal() -> Journal:
        journals.append(Journal(tmp_path / "console.journal"))
        return journals[-1]

    yield open_journal
    for journal in journals:
        journal.close()


def test_an_alert_reads_like_this() -> None:
    """Severity, headline, facts, key quote with speaker and medium, source, time and link, in this order."""
    assert "\n".join(rendered(message())) == GOLDEN


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [({"demo": True}, "DEMO"), ({"sources": 3}, "+2 Quellen"), ({"quote": None}, "hieß es in Oslo")],
)
def test_what_else_an_alert_may_show(changes: dict[str, Any], wanted: str) -> None:
    """Demo label, further sources, and the sentence where nobody is quoted."""
    assert wanted in "\n".join(rendered(message(**changes)))


def test_a_repeat_says_so() -> None:
    """What may have been shown before is marked."""
    assert "vielleicht schon einmal gesendet" in " ".join(" ".join(rendered(message(repeat=True))).split())


def test_long_texts_stay_within_the_terminal() -> None:
    """However long titles and quotes are, no line but a link's is wider than 80 columns."""
    lines = rendered(message(article=article_ref(source_name="Ministerium " * 40, url=None)))
    assert max(columns(line) for line in lines) <= WIDTH


def test_terminal_escapes_never_reach_the_terminal() -> None:
    """Escapes in article text are taken out."""
    evil = "\x1b]0;pwned\x07\x1b[31mRot\x1b[0m\u202e"
    text = "\n".join(rendered(message(article=article_ref(source_name=evil, url=None))))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "Rot" in text


@given(st.text(max_size=300))
def test_wrapping_loses_no_word_and_keeps_the_width(text: str) -> None:
    """Whatever the text, lines fit and hold all of its signs but spaces."""
    lines = list(wrapped(text, first="", rest="   "))
    assert all(columns(line) <= WIDTH for line in lines)
    assert "".join("".join(lines).split(" ")) == "".join(text.split(" "))


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("🟠", 2), ("日本", 4), ("e\u0301", 1), ("👍\u200d", 2), ("", 0)]
)
def test_columns_are_those_of_a_terminal(text: str, width: int) -> None:
    """Wide signs take two columns, joined ones none."""
    assert columns(text) == width


async def test_a_message_is_written_once_and_noted(opened: Opened) -> None:
    """After a send the journal, opened anew, knows it as sent."""
    stream = io.StringIO()
    sent = await ConsoleMessenger(stream, opened()).send(message("k"))
    assert sent == Sent(id="k")
    assert stream.getvalue().count("Neue Truppenzusage") == 1
    assert await ConsoleMessenger(stream, opened()).reconcile(message("k")) == Sent(id="k")


@pytest.mark.parametrize(
    ("notes", "wanted"), [("", NotSent), ("printing k\n", Ambiguous), ("printing x\n", NotSent)]
)
async def test_after_a_kill_the_journal_says_what_is_known(
    tmp_path: Path, opened: Opened, notes: str, wanted: type
) -> None:
    """Never begun is not sent; begun and not ended is unknown."""
    (tmp_path / "console.journal").write_text(notes)
    outcome = await ConsoleMessenger(io.StringIO(), opened()).reconcile(message("k"))
    assert isinstance(outcome, wanted)


async def test_a_closed_console_is_told_calmly() -> None:
    """A stream that is gone gives a permanent NotSent, no exception."""
    stream = io.StringIO()
    stream.close()
    outcome = await ConsoleMessenger(stream, Journal(None)).send(message())
    assert isinstance(outcome, NotSent)
    assert outcome.permanent


def test_a_broken_pipe_ends_without_a_trace(tmp_path: Path) -> None:
    """A reader that has gone away is told once; the program ends without complaint of its own."""
    program = (
        "import asyncio, sys\n"
        "from bot.platforms.console.journal import Journal\n"
        "from bot.platforms.console.messenger import ConsoleMessenger\n"
        "from tests.fakes.alerts import message\n"
        "sys.stdin.read()\n"
        "outcome = asyncio.run(ConsoleMessenger(sys.stdout, Journal(None)).send(message()))\n"
        "print(outcome.reason, file=sys.stderr)\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe) as running:  # noqa: S603
        assert running.stdout
        running.stdout.close()
        running.stdout = None
        _, errors = running.communicate(b"")
    assert errors.decode().splitlines() == ["the console is closed (BrokenPipeError)"]
    assert running.returncode == 0


async def test_a_poor_encoding_loses_only_signs(tmp_path: Path) -> None:
    """Where the terminal knows no emoji the alert is written all the same."""
    with (tmp_path / "out").open("w", encoding="latin-1") as stream:
        assert await ConsoleMessenger(stream, Journal(None)).send(message("k")) == Sent(id="k")
    assert "Neue Truppenzusage: Norwegen" in (tmp_path / "out").read_text(encoding="latin-1")


async def test_an_unwritable_journal_keeps_the_alert(opened: Opened) -> None:
    """Without a note beforehand nothing is written, and it is tried again."""
    journal, stream = opened(), io.StringIO()
    journal.close()
    journal.begin = _full  # type: ignore[method-assign]
    outcome = await ConsoleMessenger(stream, journal).send(message("k"))
    assert isinstance(outcome, NotSent)
    assert not outcome.permanent
    assert stream.getvalue() == ""


def _full(key: str) -> None:
    raise OSError(28, "No space left on device")


def test_an_old_journal_is_cut_when_it_is_opened(tmp_path: Path, opened: Opened) -> None:
    """Only the newest notes are kept, and they still count."""
    path = tmp_path / "console.journal"
    path.write_text("".join(f"printing k{n}\nprinted k{n}\n" for n in range(KEPT)))
    journal = opened()
    assert len(path.read_text().splitlines()) == KEPT
    assert journal.known(f"k{KEPT - 1}") is Known.WRITTEN
    assert journal.known("k0") is Known.NEVER_BEGUN


@pytest.mark.parametrize(
    ("tty", "environment", "wanted"),
    [(True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    *, tty: bool, environment: dict[str, str], wanted: bool
) -> None:
    """No colour in files and pipes, nor where NO_COLOR is set."""
    stream = io.StringIO()
    stream.isatty = lambda: tty  # type: ignore[method-assign]
    assert takes_colour(stream, environment) is wanted
