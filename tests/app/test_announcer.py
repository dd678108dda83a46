"""What the operator is told: each change once."""

import pytest

from bot.app.announcer import Announcer
from bot.errors import OfflineError, SourceError
from bot.pipeline.poll import Polled
from bot.ports.sources import SourceSettings


def source(name: str, kind: str = "feed") -> SourceSettings:
    """A source by its name."""
    return SourceSettings(id=name, kind=kind, url=f"https://{name}.example/", name=name)


def told(*rounds: list[Polled]) -> list[str]:
    """The lines that some rounds of polling give."""
    lines: list[str] = []
    announcer = Announcer(lang="en", tell=lines.append)
    for round_ in rounds:
        announcer.polled(round_)
    return lines


NO_NET = [Polled(source=source(name), error=OfflineError("no connection")) for name in ("a", "b")]
FINE = [Polled(source=source(name)) for name in ("a", "b")]
ONE_GONE = [Polled(source=source("a"), error=OfflineError("unknown host")), Polled(source=source("b"))]
BROKEN = [Polled(source=source("a"), error=SourceError("HTTP 500")), Polled(source=source("b"))]
DEMO = [Polled(source=source("demo", "demo"), new=12)]


def test_no_internet_is_one_line_however_long_it_lasts() -> None:
    """Rounds that all fail for want of a network are told once."""
    assert told(NO_NET, NO_NET, NO_NET) == [
        "2 sources not reached: no connection to the internet. Trying again quietly."
    ]


def test_the_network_coming_back_is_told() -> None:
    """The first round that reaches something ends the state."""
    assert told(NO_NET, FINE)[-1] == "Connected again"


def test_one_unreachable_host_is_that_sources_trouble() -> None:
    """While others are reached, the internet is there."""
    assert told(ONE_GONE) == ["1 source failed. Why: depesche status"]


def test_a_failing_source_is_told_when_it_begins_to_fail() -> None:
    """A source that goes on failing is not told again; after a success it may be."""
    assert len(told(BROKEN, BROKEN)) == 1
    assert len(told(BROKEN, FINE, BROKEN)) == 2


def test_the_demo_says_nothing_of_the_internet() -> None:
    """Demo articles come from the program itself and are no sign of a network."""
    assert told(NO_NET, DEMO, NO_NET)[1:] == ["12 new articles"]


def test_idle_is_told_once_after_each_spell_of_work() -> None:
    """New articles make the next idle moment worth a line again."""
    lines: list[str] = []
    announcer = Announcer(lang="de", tell=lines.append)
    announcer.idle()
    announcer.idle()
    announcer.polled(DEMO)
    announcer.idle()
    assert [line[:4] for line in lines] == ["Alle", "12 n", "Alle"]


@pytest.mark.parametrize(
    ("lang", "rules", "sources", "wanted"),
    [
        ("en", 1, 1, "1 rule · 1 source · stop with Ctrl-C"),
        ("en", 12, 0, "12 rules · 0 sources · stop with Ctrl-C"),
        ("de", 1, 1, "1 Regel · 1 Quelle · Ende mit Strg-C"),
        ("de", 0, 2, "0 Regeln · 2 Quellen · Ende mit Strg-C"),
    ],
)
def test_how_much_is_watched(lang: str, rules: int, sources: int, wanted: str) -> None:
    """One is singular, all else plural."""
    lines: list[str] = []
    Announcer(lang=lang, tell=lines.append).watching(rules=rules, sources=sources)
    assert lines == [wanted]
