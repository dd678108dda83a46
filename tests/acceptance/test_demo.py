"""The demo articles, read by the real reader and judged by the standard rules."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from bot.alerts.compose import alerts_of
from bot.alerts.model import Alert
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.article.model import Article, Published
from bot.extraction.reader import ArticleReader
from bot.rules.model import Status
from bot.sources.demo_feed import demo_articles, filled

STARTED = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday

TOLD = {
    "demo-norway-de": ("troop-commitment", "Unsere Ausbilder bleiben dort, solange man sie braucht"),
    "demo-norway-en": ("troop-commitment", "Our instructors will stay for as long as they are needed"),
    "demo-leaders-call": (
        "leader-meeting",
        "Die beiden werden am Telefon offen über alle strittigen Fragen reden",
    ),
    "demo-adriatic-meeting": ("leader-meeting", "When the prime ministers meet, the railway"),
    "demo-eu-sanctions": ("sanctions", "Diese Sanktionen treffen die Betriebe"),
    "demo-new-zealand-sanctions": ("sanctions", "These sanctions close our ports"),
    "demo-denmark-aid": ("aid-pledge", "Mit den 45 Millionen Euro kommt Moldau"),
    "demo-ireland-aid": ("aid-pledge", "This aid will reach families in Sudan"),
    "demo-sudan-talks": ("ceasefire-talks", "Eine Waffenruhe von zwei Wochen wäre kurz"),
}
SILENT = ("demo-austria-denied", "demo-museum", "demo-football")


@cache
def articles() -> dict[str, Article]:
    """The demo articles as they are on the fourth of March."""
    return {
        demo.id: Article(
            id=demo.id,
            title=demo.title,
            text=filled(demo.text, STARTED - timedelta(hours=demo.hours_ago), demo.lang).strip(),
            source_name=demo.source,
            published=Published(at=STARTED - timedelta(hours=demo.hours_ago)),
            demo=True,
        )
        for demo in demo_articles()
    }


@cache
def reader() -> ArticleReader:
    """One reader for all."""
    return ArticleReader()


@cache
def alerts(name: str) -> tuple[Alert, ...]:
    """What the live standard rules give for one demo article."""
    article = articles()[name]
    rules = load_folders([standard_rules()])[0].rules
    live = [rule for rule in rules if rule.status is Status.LIVE]
    return tuple(alerts_of(article, reader().read(article), live))


def test_every_article_has_its_place() -> None:
    """Each demo article either alerts or is there to stay silent."""
    assert set(articles()) == {*TOLD, *SILENT}


@pytest.mark.parametrize("name", TOLD)
def test_told_once_with_its_quote(name: str) -> None:
    """The article gives one alert, of its rule, with its quote cut to the character from the text."""
    rule, words = TOLD[name]
    (alert,) = alerts(name)
    assert alert.rule_id == rule
    assert alert.quote is not None
    assert alert.quote.text.startswith(words)
    assert articles()[name].content[alert.quote.start : alert.quote.end] == alert.quote.text


@pytest.mark.parametrize("name", SILENT)
def test_silent(name: str) -> None:
    """What is denied, long past or sport gives no alert."""
    assert alerts(name) == ()


def test_same_fact_in_two_languages() -> None:
    """The fact that a German and an English article tell has one novelty key."""
    assert alerts("demo-norway-de")[0].key == alerts("demo-norway-en")[0].key


@pytest.mark.parametrize("name", [*TOLD, *SILENT])
def test_length(name: str) -> None:
    """Demo articles are as long as short news: 80 to 200 words."""
    assert 80 <= len(articles()[name].text.split()) <= 200
