"""The child process of the readers."""

import subprocess
import sys

from pydantic import TypeAdapter

from bot.article.model import Article

ARTICLE = TypeAdapter(Article).dump_json(Article(id="a", text="Norwegen schickt 150 Ausbilder."))
LONG = TypeAdapter(Article).dump_json(Article(id="b", text="Wort " * 400_001, lang="de"))


def child() -> subprocess.Popen[bytes]:
    """A reader process that has said it is ready."""
    found = subprocess.Popen(
        [sys.executable, "-m", "bot.app.reader_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert found.stdout is not None
    assert found.stdout.readline() == b"ready\n"
    return found


def test_a_dead_parent_is_left_in_silence() -> None:
    """Nobody takes the answer any more: the child ends without a word on the terminal."""
    with child() as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stderr is not None
        reader.stdout.close()
        reader.stdin.write(ARTICLE + b"\n")
        reader.stdin.close()
        assert reader.stderr.read() == b""
        assert reader.wait() == 0


def test_an_article_too_long_is_one_line() -> None:
    """The reason is told as it is, and the next article is read."""
    with child() as reader:
        out, _ = reader.communicate(LONG + b"\n" + ARTICLE + b"\n")
    first, second = out.splitlines()
    assert first == b"longer than 2,000,000 characters"
    assert second.startswith(b"{")
