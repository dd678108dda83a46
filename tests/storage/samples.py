"""Values for the tests of the store, at noon UTC on Monday, 2 March 2026."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.alerts.model import Alert, ArticleRef
from bot.article.model import Article, Entry, Published
from bot.extraction.findings import Findings, Span
from bot.ports.alerts import Judged
from bot.ports.messenger import Destination
from bot.ports.sources import Fetched, SourceSettings
from bot.ports.store import Store, Subscription
from bot.rules.model import Severity

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
CONSOLE = Destination(id="console", kind="console", address="-", lang="de", zone="Europe/Berlin")
DESK = Destination(id="desk", kind="telegram", address="-100123")
FULL = "<p>" + "Das Kabinett hat lange beraten und am Ende beschlossen. " * 10 + "</p>"


def source(id: str = "a", **changes: str) -> SourceSettings:  # noqa: A002 - the field's name
    """A feed; `changes` replaces its kind, url or name."""
    values = {"kind": "feed", "url": f"https://{id}.example/feed", "name": id.upper()} | changes
    return SourceSettings(id=id, kind=values["kind"], url=values["url"], name=values["name"])


def entry(key: str, hours_old: float | None = None, **changes: str | None) -> Entry:
    """An entry with a link of its own; `changes` replaces its texts."""
    published = None if hours_old is None else Published(at=NOW - timedelta(hours=hours_old))
    texts = {"title": f"Title {key}", "link": f"https://a.example/{key}", "summary": "Ein Satz."} | changes
    return Entry(
        key=key,
        published=published,
        title=texts["title"],
        link=texts["link"],
        summary=texts["summary"],
        content=texts.get("content"),
    )


async def poll(
    store: Store, *entries: Entry, source_id: str = "a", oldest_pushed: datetime | None = None
) -> int:
    """Record a poll that brought these entries."""
    fetched = Fetched(changed=True, entries=entries)
    return await store.record_poll(source_id, fetched, now=NOW, next_poll=LATER, oldest_pushed=oldest_pushed)


def article(name: str = "x", text: str = "Norwegen schickt Ausbilder.", *, demo: bool = False) -> Article:
    """An article that came whole."""
    return Article(
        id=name,
        text=text,
        title=f"Title {name}",
        lang="de",
        url=f"https://a.example/{name}",
        source_name="A",
        published=Published.parse("2026-03-02T14:30+01:00"),
        demo=demo,
    )


def alert(name: str = "x1", *, about: str = "x", key: str = "NO", demo: bool = False) -> Alert:
    """An alert about an article."""
    return Alert(
        id=name,
        rule_id="troop-commitment",
        rule_title={"de": "Neue Truppenzusage", "en": "New troop commitment"},
        severity=Severity.HIGH,
        tags=("security",),
        article=ArticleRef(
            id=about,
            title=f"Title {about}",
            url=None,
            source_id=None,
            source_name="A",
            published=Published.parse("2026-03-02T14:30+01:00"),
            lang="de",
        ),
        evidence=Span(start=9, end=36, text="Norwegen schickt Ausbilder."),
        key=key,
        demo=demo,
    )


def judged(told: Alert, *places: Destination, push: bool = True) -> Judged:
    """An alert that goes to these places."""
    return Judged(alert=told, reason="new" if push else "known", push=push, destinations=places)


async def tell(
    store: Store, name: str = "x1", *places: Destination, at: datetime = NOW, push: bool = True
) -> Alert:
    """Put an alert about an article of its own into the outbox of these places, else of the console."""
    about = article(f"about-{name}")
    told = alert(name, about=about.id, key=name)
    outcome = judged(told, *(places or (CONSOLE,)), push=push)
    await store.record_judgement(about, Findings(lang="de"), [outcome], story=None, now=at)
    return told


async def update(
    store: Store, name: str, first: Alert, *places: Destination, at: datetime = LATER, push: bool = True
) -> Alert:
    """Put an update of an alert into the outbox of these places, out of an article of its own."""
    about = article(f"about-{name}")
    told = replace(alert(name, about=about.id, key=first.key), updates=first.id)
    outcome = judged(told, *places, push=push)
    await store.record_judgement(about, Findings(lang="de"), [outcome], story=None, now=at)
    return told


def subscription(place: Destination = CONSOLE, channel: str = "all") -> Subscription:
    """A channel shown at a place."""
    return Subscription(channel=channel, destination=place)
