"""How far a long work is."""

import io
from dataclasses import dataclass

from bot.cli.progress import Progress


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@dataclass
class Watch:
    """A clock that stands where it was put."""

    now: float = 0.0

    def __call__(self) -> float:
        """The present moment."""
        return self.now


def shown(stream: io.StringIO, *moments: float) -> str:
    """What is written when the steps end at these seconds."""
    watch = Watch()
    progress = Progress(what="articles", total=len(moments), stream=stream, clock=watch)
    for watch.now in moments:
        progress.step()
    progress.end()
    return stream.getvalue()


def test_short_work_says_nothing() -> None:
    """What is done in two seconds says nothing, on a screen or elsewhere."""
    assert shown(Screen(), 0.1, 1.9) == ""
    assert shown(io.StringIO(), 0.1, 9.9) == ""


def test_long_work_on_a_screen() -> None:
    """On a screen one line changes at most twice a second and is taken away in the end."""
    assert (
        shown(Screen(), 1, 2, 2.1, 3)
        == "\r\x1b[K2 of 4 articles (50 %)\r\x1b[K4 of 4 articles (100 %)\r\x1b[K"
    )


def test_long_work_in_a_log() -> None:
    """Elsewhere there is a whole line every ten seconds, without control signs."""
    assert shown(io.StringIO(), 5, 10, 15, 20) == "2 of 4 articles (50 %)\n4 of 4 articles (100 %)\n"


def test_closed_standard_error() -> None:
    """Where standard error is closed, nothing is said and nothing fails."""
    progress = Progress(what="articles", stream=None, clock=Watch(99))
    progress.step()
    progress.end()
    assert progress.done == 1
