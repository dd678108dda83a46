"""Articles in, ledger and calendar out, with and without a restart after each article."""

import asyncio
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bot.alerts.model import Alert
from bot.alerts.routing import Channel
from bot.app.replaying import ReaderHere
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.article.model import Article, Published
from bot.pipeline.judge import Judge
from bot.ports.ledger import Wanted
from bot.ports.store import Subscription
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from bot.stories.calendar_model import CalendarEntry
from bot.stories.ledger import Entry
from bot.stories.ledger_present import changes, present
from bot.stories.similarity import StoryIndex
from bot.web.ical import to_ical
from tests.fakes.alerts import CONSOLE
from tests.fakes.clock import FakeClock

SHARED = Path(os.environ.get("DEPESCHE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SEED = SHARED / "seed" / "article.txt"
READER = ReaderHere()
RULES = load_folders([standard_rules()])[0]
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (f"2026-03-{day:02}T09:00+01:00" for day in (2, 3, 4, 6))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without content, made once."""
    path = tmp_path_factory.mktemp("books") / "fresh.sqlite"

    async def make() -> None:
        await (await open_store(str(path))).close()

    asyncio.run(make())
    return path


@pytest.fixture
def path(fresh: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    return Path(shutil.copy(fresh, tmp_path / "store.sqlite"))


@dataclass(frozen=True, kw_only=True)
class Books:
    """What stands in ledger and calendar at the end, and the alerts as they were told last."""

    ledger: Sequence[Entry]
    calendar: Sequence[CalendarEntry]
    told: Sequence[Alert]


async def books(path: Path, articles: Sequence[tuple[str, str]], *, restart: bool = False) -> Books:
    """Let the bot read articles, given as moment and text, each by another outlet."""
    clock, store = FakeClock(datetime(2020, 1, 1, tzinfo=UTC)), await open_store(str(path))
    for number, (published, text) in enumerate(articles):
        if restart:
            await store.close()
            store = await open_store(str(path))
        await store.put_subscriptions([Subscription(channel="all", destination=CONSOLE)], clock.now())
        at = Published.parse(published)
        clock.advance((at.at - clock.now()).total_seconds() + 60)
        article = Article(id=f"a{number}", text=text, source_name=f"Blatt {number}", published=at)
        await store.put_article(article, now=clock.now())
        await _judge(store, clock).judge_waiting()
    ledger = await store.ledger(Wanted(), limit=99)
    calendar = await store.calendar(first=date(2025, 1, 1), last=date(2027, 1, 1))
    told = await store.latest(99)
    await store.close()
    return Books(ledger=ledger, calendar=calendar, told=told)


def _judge(store: SqlStore, clock: FakeClock) -> Judge:
    channels = {"all": Channel(name="all")}
    return Judge(
        store=store, reader=READER, clock=clock, rules=RULES, channels=channels, stories=StoryIndex()
    )


def row(entry: Entry) -> tuple[Any, ...]:
    """Kind, who, where, how many, how firm, when."""
    now = present(entry)
    who, where = ("+".join(sorted(one.id or one.name for one in some)) for some in (now.actors, now.where))
    amount = now.quantity.value if now.quantity else None
    return str(entry.kind), who, where, amount, str(now.modality), now.date


MEETING = "Bundeskanzler Friedrich Merz und Präsident Emmanuel Macron treffen sich am Donnerstag in Berlin."
HOUR = "Chancellor Friedrich Merz will meet President Emmanuel Macron in Berlin on Thursday at 2 pm."
OFFICES = "Der Bundeskanzler empfängt am Donnerstag den französischen Präsidenten in Berlin."
MOVED = "Friedrich Merz und Emmanuel Macron treffen sich erst am Freitag statt am Donnerstag in Berlin."
MOVED_EN = "The meeting between Merz and Macron in Berlin has been moved to Friday."
LATER = "Das Treffen von Friedrich Merz und Emmanuel Macron wurde auf den 12. März verlegt."
PUT_OFF = "The meeting between Friedrich Merz and Emmanuel Macron in Berlin has been postponed."
NEW_DAY = "Friedrich Merz und Emmanuel Macron treffen sich nun am 12. März in Paris."
CANCELLED = "Das für Donnerstag geplante Treffen von Friedrich Merz und Emmanuel Macron ist abgesagt worden."
MET = "Friedrich Merz met Emmanuel Macron in Berlin on Thursday."
MET_UNDATED = "Friedrich Merz und Emmanuel Macron haben sich in Berlin getroffen."
AFTER_ALL = (
    "The postponed meeting between Friedrich Merz and Emmanuel Macron took place in Berlin on Thursday."
)
OTHERS = "Friedrich Merz met Giorgia Meloni in Berlin on Thursday."
COUNCIL = "Die Außenminister der EU kommen am 9. März zu einer Krisensitzung in Brüssel zusammen."
COUNCIL_EN = "EU foreign ministers will hold an emergency meeting in Brussels on 9 March."
SUMMIT = "Die NATO-Staaten planen im Juni einen Gipfel in Den Haag."
SUMMIT_EN = "The NATO summit in The Hague will take place on 24 June."

MEETINGS = [
    pytest.param([(MONDAY, MEETING)], [("ahead", "2026-03-05", "Berlin")], id="announced"),
    pytest.param(
        [(MONDAY, MEETING), (MONDAY, HOUR), (TUESDAY, OFFICES)],
        [("ahead", "2026-03-05T14:00", "Berlin")],
        id="one meeting, its hour, in two languages",
    ),
    pytest.param(
        [(MONDAY, MEETING), (TUESDAY, MOVED)], [("ahead", "2026-03-06", "Berlin")], id="moved to Friday"
    ),
    pytest.param(
        [(MONDAY, MEETING), (TUESDAY, MOVED_EN)],
        [("ahead", "2026-03-06", "Berlin")],
        id="moved to Friday, in the perfect",
    ),
    pytest.param(
        [(MONDAY, MEETING), (TUESDAY, LATER)], [("ahead", "2026-03-12", "Berlin")], id="moved to a date"
    ),
    pytest.param(
        [(MONDAY, MEETING), (TUESDAY, PUT_OFF)], [("put_off", "2026-03-05", "Berlin")], id="put off"
    ),
    pytest.param(
        [(MONDAY, MEETING), (TUESDAY, PUT_OFF), (WEDNESDAY, NEW_DAY)],
        [("ahead", "2026-03-12", "Paris")],
        id="put off, then a new day and place",
    ),
    pytest.param(
        [(MONDAY, MEETING), (TUESDAY, CANCELLED)], [("cancelled", "2026-03-05", "Berlin")], id="called off"
    ),
    pytest.param(
        [(MONDAY, MEETING), (FRIDAY, MET)], [("took_place", "2026-03-05", "Berlin")], id="it took place"
    ),
    pytest.param(
        [(MONDAY, MEETING), (FRIDAY, MET_UNDATED)],
        [("took_place", "2026-03-05", "Berlin")],
        id="it took place, on no named day",
    ),
    pytest.param([(MONDAY, MEETING), (FRIDAY, OTHERS)], [("ahead", "2026-03-05", "Berlin")], id="others met"),
    pytest.param(
        [(MONDAY, MEETING), (FRIDAY, AFTER_ALL)],
        [("took_place", "2026-03-05", "Berlin")],
        id="it took place, though it had been put off once",
    ),
    pytest.param([(MONDAY, CANCELLED), (FRIDAY, MET)], [], id="never announced"),
    pytest.param(
        [(MONDAY, COUNCIL), (MONDAY, COUNCIL_EN)], [("ahead", "2026-03-09", "Brüssel")], id="a council"
    ),
    pytest.param(
        [(MONDAY, SUMMIT), (MONDAY, SUMMIT_EN)],
        [("ahead", "2026-06-24", "Den Haag")],
        id="a month, then its day",
    ),
]


@pytest.mark.parametrize(("articles", "wanted"), MEETINGS)
async def test_calendar(
    path: Path, articles: list[tuple[str, str]], wanted: list[tuple[str, str, str]]
) -> None:
    """Each meeting is one entry that says how it stands, whoever told it in which language."""
    found = (await books(path, articles)).calendar
    shown = [(str(one.now.status), one.now.date, one.now.place and one.now.place.name) for one in found]
    assert shown == wanted


TRAINERS = "Norwegen entsendet 150 Ausbilder nach Litauen."
MORE = "Norway has decided to send 300 trainers to Lithuania from May."
NONE = "Norwegen schickt doch keine Ausbilder nach Litauen, sagte die Verteidigungsministerin."
AID = "Deutschland sagt der Ukraine 400 Millionen Euro Finanzhilfe zu."
MORE_AID = "Germany pledged 500 million euros in financial aid to Ukraine."
TANKS = "Deutschland liefert der Ukraine 20 Panzer."
SANCTIONS = "Die EU hat Sanktionen gegen Russland beschlossen."
TRUCE = "Israel und die Hamas haben sich auf eine Waffenruhe von 60 Tagen geeinigt."
ANOTHER = "Norwegen entsendet weitere 200 Ausbilder nach Litauen."
DEMAND = "Die Opposition fordert, 500 Soldaten nach Litauen zu entsenden."

COMMITMENTS = [
    pytest.param([(MONDAY, TRAINERS)], [("troops", "NO", "LT", 150, "decided", None)], id="troops"),
    pytest.param(
        [(MONDAY, TRAINERS), (TUESDAY, MORE)],
        [("troops", "NO", "LT", 300, "decided", "2026-05")],
        id="more, and from when",
    ),
    pytest.param(
        [(MONDAY, TRAINERS), (TUESDAY, NONE)], [("troops", "NO", "LT", 150, "denied", None)], id="withdrawn"
    ),
    pytest.param([(MONDAY, NONE)], [], id="a denial of nothing"),
    pytest.param(
        [(MONDAY, TRAINERS), (TUESDAY, ANOTHER), (WEDNESDAY, TRAINERS)],
        [("troops", "NO", "LT", 150, "decided", None), ("troops", "NO", "LT", 200, "decided", None)],
        id="more on top, and the first once more",
    ),
    pytest.param([(MONDAY, DEMAND)], [], id="a demand"),
    pytest.param(
        [(MONDAY, AID), (TUESDAY, MORE_AID), (TUESDAY, TANKS)],
        [("aid", "DE", "UA", 20, "decided", None), ("aid", "DE", "UA", 5e8, "pledged", None)],
        id="money and tanks",
    ),
    pytest.param(
        [(MONDAY, SANCTIONS), (TUESDAY, TRUCE)],
        [
            ("ceasefire", "IL+Q38799", "", 60, "decided", None),
            ("sanctions", "Q458", "RU", None, "decided", None),
        ],
        id="sanctions and a truce",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("articles", "wanted"), COMMITMENTS)
async def test_ledger(path: Path, articles: list[tuple[str, str]], wanted: list[tuple[Any, ...]]) -> None:
    """Each commitment is one entry in its newest state."""
    assert [row(one) for one in (await books(path, articles)).ledger] == wanted


async def test_a_late_article_is_history(path: Path) -> None:
    """An article that comes after the change it preceded stands before it, and changes nothing."""
    articles = [(TUESDAY, MORE), (MONDAY, TRAINERS)]
    (entry,) = (await books(path, articles)).ledger
    amounts = [state.fact.quantity and state.fact.quantity.value for state, _ in changes(entry)]
    assert amounts == [150, 300]
    assert row(entry)[3:] == (300, "decided", "2026-05")


WEEK = [
    (MONDAY, MEETING), (MONDAY, TRAINERS), (MONDAY, SUMMIT), (MONDAY, AID), (TUESDAY, MORE),
    (TUESDAY, MOVED), (TUESDAY, SUMMIT_EN), (WEDNESDAY, COUNCIL), (WEDNESDAY, MORE_AID), (FRIDAY, NONE),
]  # fmt: skip


async def test_a_restart_changes_nothing(path: Path, fresh: Path, tmp_path: Path) -> None:
    """The same articles give the same ledger, calendar and feed when the bot is restarted after each."""
    once = await books(path, WEEK)
    again = await books(Path(shutil.copy(fresh, tmp_path / "again.sqlite")), WEEK, restart=True)
    assert again == once
    body = to_ical(once.calendar, "de")
    assert to_ical(again.calendar, "de") == body
    events = {str(event["SUMMARY"]): event for event in Calendar.from_ical(body).walk("VEVENT")}
    assert list(events) == [
        "Treffen: Friedrich Merz – Emmanuel Macron, Berlin",
        "Treffen: Außenminister der EU, Brüssel",
        "Abgesagt: Truppen: Norwegen, Litauen",
        "Gipfel: NATO-Staaten, Den Haag",
    ]
    first: Any = next(iter(events.values()))
    assert (first["DTSTART"].dt, first["SEQUENCE"]) == (date(2026, 3, 6), 1)


async def test_a_demo_article_enters_nothing(path: Path) -> None:
    """Ledger and calendar stay empty whatever the demo says."""
    store, clock = await open_store(str(path)), FakeClock()
    for text in (TRAINERS, MEETING):
        article = Article(id=text[:9], text=text, published=Published.parse(MONDAY), demo=True)
        await store.put_article(article, now=clock.now())
    await _judge(store, clock).judge_waiting()
    assert await store.ledger_size(Wanted()) == 0
    assert await store.calendar(first=date(2026, 1, 1), last=date(2027, 1, 1)) == []
    await store.close()


TOLD = [
    pytest.param(MET, ("scheduled", "occurred"), id="it took place"),
    pytest.param(CANCELLED, ("scheduled", "cancelled"), id="called off"),
    pytest.param(MOVED, ("2026-03-05", "2026-03-06"), id="moved"),
    pytest.param(MOVED_EN, ("2026-03-05", "2026-03-06"), id="moved, in the perfect"),
    pytest.param(LATER, ("2026-03-05", "2026-03-12"), id="moved to a date"),
    pytest.param(OTHERS, None, id="others met"),
]


@pytest.mark.parametrize(("later", "change"), TOLD)
async def test_the_message_follows_the_calendar(
    path: Path, later: str, change: tuple[str, str] | None
) -> None:
    """What becomes of an announced meeting is told as an update of its alert, once."""
    articles = [(MONDAY, MEETING), (FRIDAY if later in (MET, OTHERS) else TUESDAY, later)]
    again = (articles[-1][0].replace("T09", "T11"), later)
    told = (await books(path, [*articles, again])).told
    assert [(one.before, one.after) for alert in told for one in alert.changes] == (
        [change] if change else []
    )
    assert len(told) == 1


@pytest.mark.skipif(not SEED.exists(), reason=f"the seed article is not at {SEED}")
async def test_the_seed_tells_each_meeting_once(path: Path) -> None:
    """The London meeting of 20 March and the phone call of 18 March, each once."""
    articles = [("2025-03-17", SEED.read_text("utf-8"))]
    calendar = (await books(path, articles)).calendar
    shown = [(one.now.date, str(one.now.medium), one.now.place and one.now.place.name) for one in calendar]
    assert shown == [("2025-03-18", "call", None), ("2025-03-20", "meeting", "London")]
