from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.article.markup import plain_text
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.demo_feed import DemoArticle, DemoFeed, demo_articles, filled, load_articles

STARTED = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=1)))  # a Tuesday
DEMO = SourceSettings(id="demo", kind="demo", url="demo:", name="Demo")
GERMAN = DemoArticle(
    id="eins",
    lang="de",
    hours_ago=6,
    source="Tagesblatt & Co",
    title="Rat <tagt> & schweigt",
    text="Der Rat tagt am {{weekday +2}}, dem {{date +2}}.\n„Ja“, sagte er.\n",
    link="https://example.org/eins?a=1&b=2",
)
ENGLISH = DemoArticle(
    id="two",
    lang="en",
    hours_ago=20,
    source="The Post",
    title="Council meets on {{weekday +1}}",
    text="It ends in {{month +60}}.",
    link="https://example.org/two",
)


async def fetch(feed: DemoFeed, known: Validators | None = None) -> Fetched:
    """Poll the demo feed."""
    return await feed.fetch(DEMO, known or Validators())


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("{{weekday +0}}", "de", "Dienstag"),
        ("{{weekday +2}}", "de", "Donnerstag"),
        ("{{weekday -1}}", "en", "Monday"),
        ("{{date +2}}", "de", "26. November"),
        ("{{date +2}}", "en", "26 November"),
        ("{{date +10}}", "de", "4. Dezember"),
        ("{{month +60}}", "de", "Januar 2027"),
        ("{{month +60}}", "en", "January 2027"),
        ("{{iso +2}}", "de", "2026-11-26"),
        ("am {{ weekday +1 }}, {{iso -30}}", "de", "am Mittwoch, 2026-10-25"),
    ],
)
def test_filled(text: str, lang: str, expected: str) -> None:
    """Placeholders become days in the words of the language."""
    assert filled(text, STARTED, lang) == expected


@pytest.mark.parametrize("text", ["{{year +1}}", "{{weekday}}", "{{weekday 2}}", "{{"])
def test_unknown_placeholder(text: str) -> None:
    """A placeholder that nobody knows is an error, not text in an alert."""
    with pytest.raises(ValueError, match=r"\{\{"):
        filled(text, STARTED, "de")


async def test_entries() -> None:
    """The articles come through the feed parser as they are, whole, dated and with stable keys."""
    fetched = await fetch(DemoFeed(started=STARTED, articles=(GERMAN, ENGLISH)))
    german, english = fetched.entries
    assert (german.key, german.title) == ("eins", "Rat <tagt> & schweigt")
    assert (german.link, german.source_name) == ("https://example.org/eins?a=1&b=2", "Tagesblatt & Co")
    assert (
        plain_text(german.content or "") == "Der Rat tagt am Donnerstag, dem 26. November.\n„Ja“, sagte er."
    )
    assert str(german.published) == "2026-11-24T06:00:00+01:00"
    assert english.title == "Council meets on Tuesday"


async def test_days_count_from_publication() -> None:
    """An article published the evening before counts its days from then, as its readers would."""
    fetched = await fetch(DemoFeed(started=STARTED, articles=(ENGLISH,)))
    (entry,) = fetched.entries
    assert entry.published is not None
    assert entry.published.day.strftime("%A") == "Monday"
    assert entry.title == "Council meets on Tuesday"


async def test_second_poll() -> None:
    """Asked again, nothing changed; at the next start the keys are the same."""
    feed = DemoFeed(started=STARTED, articles=(GERMAN, ENGLISH))
    first = await fetch(feed)
    assert not (await fetch(feed, first.validators)).changed
    later = await fetch(DemoFeed(started=STARTED + timedelta(days=3), articles=(GERMAN, ENGLISH)))
    assert [entry.key for entry in later.entries] == [entry.key for entry in first.entries]


async def test_shipped_articles() -> None:
    """The demo of the package is whole: German and English, different keys, no placeholder left."""
    fetched = await fetch(DemoFeed(started=datetime(2026, 3, 2, 23, tzinfo=UTC)))
    articles = demo_articles()
    assert [entry.key for entry in fetched.entries] == [article.id for article in articles]
    assert {article.lang for article in articles} == {"de", "en"}
    assert (fetched.skipped, fetched.note) == (0, None)
    assert not any("{{" in (entry.content or "{{") for entry in fetched.entries)
    assert all(entry.published and entry.link and entry.source_name for entry in fetched.entries)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1", "a list of articles is wanted"),
        ("- id: x", "article 1: exactly these keys"),
        (
            "- {id: a, lang: de, hours_ago: bald, source: s, title: t, text: x, link: l}",
            "hours_ago must be a number",
        ),
        ("- [", "demo.yml:2:"),
    ],
)
def test_bad_file(text: str, problem: str) -> None:
    """A mistake in a demo file is told with its place."""
    with pytest.raises(ValueError, match=problem):
        load_articles(text, "demo.yml")
