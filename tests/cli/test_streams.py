"""Standard streams that are closed, full or gone: one line and a status, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = '{"id": "a", "text": "Norwegen entsendet 150 Ausbilder nach Litauen.", "published": "2026-03-02"}'
FULL = Path("/dev/full")


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which `$D` is the program."""
    line = command.replace("$D", f"{sys.executable} -m bot")
    return subprocess.run(  # noqa: S603  (our own lines)
        ["/bin/sh", "-c", line], capture_output=True, text=True, check=False, input=ARTICLE
    )


@pytest.mark.parametrize("command", ["$D extract <&-", "$D cluster <&-", "$D replay - <&-", "$D extract >&-"])
def test_a_closed_stream_is_one_line(command: str) -> None:
    """Without standard input or output the command says which one it lacks."""
    done = shell(command)
    assert done.stderr.splitlines()[-1].startswith("depesche: standard ")
    assert "Traceback" not in done.stderr
    assert done.returncode != 0


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["extract", "replay -", "config schema"])
def test_a_full_disk_is_one_line(command: str) -> None:
    """What cannot be written is told, and the status is not 0."""
    done = shell(f"$D {command} > {FULL}")
    assert done.stderr.splitlines() == ["depesche: reading or writing failed: No space left on device"]
    assert done.returncode == 1


def test_an_article_that_is_read_is_written() -> None:
    """The same line with its streams open."""
    done = shell("$D extract")
    assert '"id": "a"' in done.stdout
    assert (done.stderr, done.returncode) == ("", 0)
