"""What thousands of feeds cost the process that polls them; `make bench` prints it."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FEEDS = 5_000
CYCLE = 600  # seconds
CORE = 0.10  # of a core at most; a quiet machine needs far less
MEGABYTES = 400
ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def farm() -> Iterator[str]:
    """The port of a running farm."""
    command = [sys.executable, "-m", "tests.bench.feed_farm"]
    with subprocess.Popen(  # noqa: S603 - a module of ours
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdin
        yield child.stdout.readline().strip()
        child.stdin.close()


def test_five_thousand_feeds_in_ten_minutes(tmp_path: Path) -> None:
    """A cycle in which half the feeds answer 304 and the others have one new entry."""
    with farm() as port:
        command = [
            sys.executable,
            "-m",
            "tests.bench.poll_day",
            port,
            str(FEEDS),
            "2",
            str(tmp_path / "store"),
        ]
        found = json.loads(
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
        )
    first, second = (seconds / CYCLE for seconds in found["seconds"])
    print(
        f"\n{FEEDS:,} feeds, a cycle of ten minutes: {second:.1%} of a core"
        f" (the first one, with all entries new: {first:.1%}), peak {found['peak_mb']:.0f} MB"
    )
    assert (found["polls"], found["new"], found["failed"]) == ([FEEDS, FEEDS], [20 * FEEDS, FEEDS // 2], 0)
    assert second < CORE
    assert found["peak_mb"] < MEGABYTES
