"""The first real article: what a desk editor wants pushed from it, and its traps."""

import os
from functools import cache
from pathlib import Path

import pytest

from bot.alerts.compose import alerts_of
from bot.alerts.model import Alert
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.article.model import Article, Published
from bot.extraction.findings import Findings, QuoteKind
from bot.extraction.reader import ArticleReader
from bot.rules.model import Status

SHARED = Path(os.environ.get("DEPESCHE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SEED = SHARED / "seed" / "article.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"the seed article is not at {SEED}")


@cache
def read() -> tuple[Article, Findings, tuple[Alert, ...]]:
    """The article, its findings and its alerts."""
    article = Article(id="seed", text=SEED.read_text("utf-8"), published=Published.parse("2025-03-17"))
    findings = ArticleReader().read(article)
    rules = [rule for rule in load_folders([standard_rules()])[0].rules if rule.status is Status.LIVE]
    return article, findings, tuple(alerts_of(article, findings, rules))


def found(rule: str, **slots: object) -> list[Alert]:
    """The alerts of a rule with these slots: date, amount, modality, medium."""
    return [alert for alert in read()[2] if alert.rule_id == rule and _fits(alert, slots)]


def _fits(alert: Alert, slots: dict[str, object]) -> bool:
    given = {
        "date": alert.date,
        "modality": alert.modality,
        "medium": alert.medium,
        "amount": (alert.quantity.value, alert.quantity.unit) if alert.quantity else None,
    }
    return all(given[name] == value for name, value in slots.items())


# rule, slots, words of the key quote, words of its speaker
TABLE = [
    pytest.param(
        "troop-commitment", {"amount": (30, "country"), "modality": "expected"},
        "Beteiligung von mehr als 30", "Sprecher", id="more than 30 countries",
    ),
    pytest.param(
        "troop-commitment", {"modality": "offered"}, "langfristige Verpflichtung", "Beamte", id="open-ended"
    ),
    pytest.param(
        "troop-commitment", {"amount": (30_000, "soldier"), "modality": "under_discussion"}, None, None,
        id="30,000 soldiers",
    ),
    pytest.param(
        "leader-meeting", {"date": "2025-03-18", "medium": "call"},
        "über Land sprechen", "Trump", id="the call",
    ),
    pytest.param(
        "leader-meeting", {"date": "2025-03-20"}, "operative Phase", "Starmer", id="the London meeting"
    ),
    pytest.param(
        "sanctions", {"modality": "decided"}, "den Druck auf Russland weiter", "Starmer", id="agreed"
    ),
    pytest.param("sanctions", {"modality": "under_discussion"}, None, None, id="frozen assets"),
    pytest.param(
        "aid-pledge", {"amount": (40e9, "EUR"), "modality": "proposed"}, "politische Unterstützung", "Kallas",
        id="40 billion",
    ),
    pytest.param(
        "ceasefire-talks", {"amount": (30, "day"), "modality": "proposed"}, None, None, id="30-day ceasefire"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "slots", "words", "speaker"), TABLE)
def test_each_wanted_event_is_one_alert_with_its_quote(
    rule: str, slots: dict[str, object], words: str | None, speaker: str | None
) -> None:
    """Every row of the table is told exactly once, with the right words and who said them."""
    alerts = found(rule, **slots)
    assert len(alerts) == 1
    quote = alerts[0].quote
    if words is not None:
        assert quote is not None
        assert words in quote.text
        assert speaker is not None
        assert speaker in (quote.speaker or "")


def test_nothing_else_is_told() -> None:
    """The article gives the wanted alerts and no others."""
    assert len(read()[2]) == len(TABLE)


def test_every_key_quote_is_verbatim() -> None:
    """A key quote is the text between its offsets."""
    article, _, alerts = read()
    quotes = [alert.quote for alert in alerts if alert.quote]
    assert quotes
    assert all(article.content[quote.start : quote.end] == quote.text for quote in quotes)


def test_a_name_in_marks_is_no_quote() -> None:
    """The coalition's name is never a quote."""
    assert not [quote for quote in read()[1].quotes if quote.text == "Koalition der Willigen"]


def test_the_speaker_is_not_the_medium_that_relays() -> None:
    """Who is quoted by the Kyiv Independent is Starmer."""
    quotes = [quote for quote in read()[1].quotes if quote.text.startswith("Wir wissen aus der jüngeren")]
    assert [(quote.speaker and quote.speaker.name, quote.via) for quote in quotes] == [
        ("Keir Starmer", "Kyiv Independent")
    ]


def test_he_after_the_kremlin_is_never_putin() -> None:
    """The sentence after the Kremlin's is Trump's or nobody's."""
    quotes = [quote for quote in read()[1].quotes if quote.text.startswith("Wir werden sehen, ob wir bis")]
    assert quotes
    assert all("Putin" not in (quote.speaker.name if quote.speaker else "") for quote in quotes)


def test_past_meetings_are_no_alert() -> None:
    """Neither the summit of 15 March nor the meeting two weeks ago is told."""
    told = {alert.date for alert in found("leader-meeting")}
    assert told == {"2025-03-18", "2025-03-20"}


def test_the_weekend_is_the_past_one() -> None:
    """Work done on the weekend was done before the article."""
    weekend = [time for time in read()[1].times if "Wochenende" in time.text]
    assert [(time.first, time.last) for time in weekend] == [("2025-03-15", "2025-03-16")]


def test_a_quote_shortened_by_a_subheading_is_not_the_key_quote() -> None:
    """Key quotes come from the body, whole."""
    assert all(
        alert.quote.kind is not QuoteKind.DIRECT or not alert.quote.text.startswith("Werden über Land")
        for alert in read()[2]
        if alert.quote
    )
