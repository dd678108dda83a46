"""The status: what it shows, in both languages, at 80 columns."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.status import Report, lines
from bot.commands.wording import _words
from bot.ports.pauses import Pause
from bot.ports.store import ArticleState, Counts, DeliveryState, SourceStatus, Trouble

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


COUNTS = Counts(articles={}, deliveries={}, alerts=0, stories=0, lag=None)


def source(**changes: object) -> SourceStatus:
    """A verified source, but for the changes."""
    values: dict[str, object] = {
        "id": "a",
        "name": "Tagesblatt",
        "kind": "feed",
        "url": "https://tagesblatt.example/feed",
        "verified": True,
        "last_success": NOW - timedelta(minutes=3),
        "last_attempt": NOW - timedelta(minutes=3),
        "next_poll": NOW + timedelta(minutes=2),
        "failures": 0,
        "last_error": None,
        "articles": 12,
    }
    return SourceStatus(**{**values, **changes})  # type: ignore[arg-type]


def shown(*sources: SourceStatus, lang: str = "en", lag: float | None = None, troubles: int = 0) -> list[str]:
    """The lines of a report."""
    counts = Counts(
        articles={ArticleState.READ: 12, ArticleState.SET_ASIDE: 1},
        deliveries={DeliveryState.SENT: 9},
        alerts=9,
        stories=11,
        lag=lag,
    )
    trouble = Trouble(kind="set_aside", what="A very long title " * 9, why="took longer than 20 s", at=NOW)
    report = Report(at=NOW, sources=sources, counts=counts, troubles=[trouble] * troubles)
    return list(lines(report, lang, None))


def test_the_numbers_stand_in_a_line_each() -> None:
    """Articles, alerts, deliveries and lag are shown by state."""
    assert shown(source())[2:] == [
        "Articles    12 read · 1 set aside",
        "Alerts      9 · 11 stories",
        "Deliveries  9 sent",
        "Lag         nothing waits",
    ]


def test_a_source_that_never_answered_is_not_yet_verified() -> None:
    """Until its first success a source is marked so."""
    line = shown(source(verified=False, last_success=None, articles=0))[1]
    assert line.startswith("  · Tagesblatt")
    assert "not yet verified" in line


ASLEEP = [
    # minutes since the last source was asked, minutes until each is due, whether the bot seems to run
    pytest.param(3, [2], True, id="nothing due"),
    pytest.param(3, [-1, 2], True, id="a moment late"),
    pytest.param(60, [-50, 120], False, id="long due"),
    pytest.param(60, [-61, 120], True, id="due before already: in the configuration no more"),
    pytest.param(60, [-61], False, id="nothing else planned"),
]


@pytest.mark.parametrize(("ago", "due", "runs"), ASLEEP)
@pytest.mark.parametrize(
    ("lang", "words"),
    [("de", "Läuft der Bot?"), ("en", "is the bot running?")],
)
def test_a_bot_that_asks_no_source_may_not_run(
    ago: int, due: list[int], lang: str, words: str, *, runs: bool
) -> None:
    """A bot that was stopped must not look like one that is well."""
    asked = NOW - timedelta(minutes=ago)
    found = [source(last_attempt=asked, next_poll=NOW + timedelta(minutes=one)) for one in due]
    assert (words in shown(*found, lang=lang)[0]) is not runs


def test_a_failing_source_says_why() -> None:
    """The reason stands below the source."""
    line = shown(source(failures=2, last_error="HTTP 503"))[2]
    assert line.strip().endswith("HTTP 503")


def test_the_same_trouble_of_many_sources_is_told_once() -> None:
    """Without internet the sources are a list of names below one reason, their hosts left out."""
    hosts = [f"f{number}.example" for number in range(30)]
    gone = [
        source(
            name=host[:-8],
            url=f"https://{host}/feed",
            failures=1,
            last_error=f"{host} cannot be found",
            verified=False,
        )
        for host in hosts
    ]
    assert shown(source(), *gone)[2:5] == [
        "  ! 30 not yet verified: cannot be found",
        "    f0 · f1 · f2 · f3 · f4 · f5 · f6 · f7 · f8 · f9 · f10 · f11 · f12 · f13 ·",
        "    f14 · f15 · f16 · f17 · f18 · f19 · f20 · f21 · f22 · f23 · f24 · f25 · f26",
    ]


def test_an_odd_feed_says_what_is_odd() -> None:
    """A note on a usable feed, and the entries left out, stand below the source."""
    assert shown(source(note="cut off in the middle", skipped=1))[2].strip() == (
        "cut off in the middle · 1 broken entry left out"
    )


def test_a_waiting_article_shows_the_lag() -> None:
    """The lag is the age of the oldest article not yet read."""
    assert shown(lag=75.4)[-1] == "Lag         the oldest article has waited 75 s"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_line_is_wider_than_a_terminal(lang: str) -> None:
    """Long names, reasons and titles are shortened to 80 columns."""
    wide = source(
        name="Ministry of Very Long Names and Other Affairs", failures=3, last_error="no answer " * 20
    )
    assert max(len(line) for line in shown(wide, lang=lang, lag=3, troubles=3)) <= 80


@pytest.mark.parametrize(
    ("pause", "lang", "wanted"),
    [
        (
            Pause(scope="telegram:-100", reason="HTTP 429", since=NOW, until=NOW + timedelta(minutes=5)),
            "en",
            "Paused      telegram:-100: paused until 12:05: HTTP 429",
        ),
        (
            Pause(scope="slack:C1", reason="is_archived", since=NOW, until=NOW, broken=True),
            "de",
            "Pausiert    slack:C1: gestört, nächster Versuch mit der nächsten Meldung",
        ),
    ],
)
def test_pauses_say_until_when_and_why(pause: Pause, lang: str, wanted: str) -> None:
    """Each pause of sending has its line."""
    report = Report(at=NOW, sources=(), counts=COUNTS, troubles=(), pauses=[pause])
    (line,) = [line for line in lines(report, lang, ZoneInfo("UTC")) if pause.scope in line]
    assert line.startswith(wanted)
    assert len(line) <= 80


REJECTED = "Slack: token_revoked: the bot token was revoked: install the app again and use its new token"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_mend_is_not_cut(lang: str) -> None:
    """A long reason is wrapped at 80 columns, to its last word."""
    pause = Pause(scope="slack", reason=REJECTED, since=NOW, until=NOW, broken=True)
    report = Report(at=NOW, sources=(), counts=COUNTS, troubles=(), pauses=[pause])
    shown = list(lines(report, lang, ZoneInfo("UTC")))
    assert max(len(line) for line in shown) <= 80
    assert " ".join(" ".join(shown).split()).endswith(REJECTED)


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", "Impaired    telegram: questions not heard since 12:00: run only one"),
        ("de", "Gestört     telegram: hört keine Fragen seit 12:00: run only one"),
    ],
)
def test_what_else_does_not_work(lang: str, wanted: str) -> None:
    """What holds up no alert stands apart from the pauses; what the whole platform has is said once."""
    asides = {"telegram commands": "run only one", "slack commands": "revoked", "slack": "revoked"}
    pauses = [Pause(scope=scope, reason=why, since=NOW, until=NOW) for scope, why in asides.items()]
    report = Report(at=NOW, sources=(), counts=COUNTS, troubles=(), pauses=pauses)
    shown = list(lines(report, lang, ZoneInfo("UTC")))
    assert wanted in shown
    assert sum("revoked" in line for line in shown) == 1


def test_both_languages_have_the_same_sentences() -> None:
    """Every sentence of the bot exists in German and in English."""
    assert sorted(_words("de")) == sorted(_words("en"))
