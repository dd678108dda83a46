"""Reminders: to whom they go, and that each comes once whatever happens to the bot."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.hours import Hours, parse_quiet
from bot.alerts.routing import Channel
from bot.article.model import Article
from bot.commands.calendar_lines import reminder
from bot.extraction.findings import Findings
from bot.pipeline.notices import NoticePost
from bot.pipeline.reminders import Reminders
from bot.ports.alerts import Judged
from bot.ports.holding import Manner
from bot.ports.messenger import Destination
from bot.ports.mutes import Mute, of_rule
from bot.ports.store import Subscription
from tests.fakes.alerts import alert
from tests.fakes.clock import FakeClock
from tests.fakes.meetings import MACRON, MERZ, entry, version
from tests.fakes.store import FakeStore
from tests.fakes.teller import FakeTeller

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONE = ZoneInfo("Europe/Berlin")
TEAM = Destination(id="team", kind="telegram", address="-1", lang="de", zone="Europe/Berlin")
OTHERS = Destination(id="others", kind="telegram", address="-2", lang="en", zone="Europe/Berlin")


class Bench:
    """A bot whose channel `diplomacy` is reminded a day before; noon UTC on 2 March."""

    def __init__(self, *places: Destination, quiet: str | None = None, remind: timedelta = DAY) -> None:
        self.store, self.clock, self.teller = FakeStore(), FakeClock(), FakeTeller()
        self.places, self.quiet, self.remind = places or (TEAM,), quiet, remind
        self.start()

    def start(self) -> None:
        """Start the bot anew on what its store holds."""
        self.post = NoticePost(
            store=self.store,
            tellers={"telegram": self.teller},
            clock=self.clock,
            lang="de",
            reserve=lambda _place: True,
        )
        hours = Hours(quiet=parse_quiet(self.quiet or ""))
        self.reminders = Reminders(
            store=self.store,
            clock=self.clock,
            notices=self.post,
            channels={"diplomacy": Channel(name="diplomacy", tags=frozenset({"diplomacy"}))},
            manners={"diplomacy": Manner(hours=hours)},
            remind={"diplomacy": self.remind},
            zone=ZoneInfo("Europe/Berlin"),
            words=reminder,
        )

    async def open(self, date: str = "2026-03-05", tag: str = "diplomacy") -> "Bench":
        """Know of a meeting on 5 March, or on another date, out of an alert with this tag."""
        now = self.clock.now()
        await self.store.put_subscriptions(
            [Subscription(channel="diplomacy", destination=place) for place in self.places], now
        )
        told = alert(id="x", tags=(tag,), event_type="protest", date=None)
        judged = Judged(alert=told, reason="new", push=True)
        await self.store.record_judgement(
            Article(id="a", text="T."), Findings(lang="de"), [judged], story=None, now=now
        )
        self.store.meetings["ab12"] = entry(version(date=date, participants=(MERZ, MACRON)))
        return self

    async def at(self, hours: float) -> list[tuple[str, str]]:
        """What was told within so many hours."""
        return await self.until(self.clock.now() + timedelta(hours=hours))

    async def until(self, moment: datetime) -> list[tuple[str, str]]:
        """What was told before then, looked at each quarter of an hour."""
        while self.clock.now() < moment:
            await self.reminders.remind_due()
            await self.post.tell_due()
            self.clock.advance(900)
        told, self.teller.told = self.teller.told, []
        return told


TOLD = (
    "⏰ Do., 5. März 2026: Treffen: Friedrich Merz – Emmanuel Macron, Berlin\n"
    "angesetzt\nhttps://example.org/a"
)


async def test_a_reminder_comes_once() -> None:
    """At its time, in the language of the place, and never again, whether the bot is restarted or not."""
    bench = await Bench().open()
    assert await bench.at(43.75) == []
    assert await bench.at(1) == [("-1", TOLD)]
    bench.start()
    assert await bench.at(48) == []


async def test_each_place_is_reminded() -> None:
    """In its own language."""
    told = await (await Bench(TEAM, OTHERS).open()).at(60)
    assert [(place, text.split(":")[0]) for place, text in told] == [
        ("-1", "⏰ Do., 5. März 2026"), ("-2", "⏰ Thu, 5 March 2026"),
    ]  # fmt: skip


async def test_a_stopped_bot_reminds_when_it_is_back() -> None:
    """As long as the event has not begun."""
    bench = await Bench().open()
    bench.clock.advance(60 * 3600)
    bench.start()
    assert await bench.at(1) == [("-1", TOLD)]


async def test_what_the_channel_does_not_select() -> None:
    """No reminder comes of an event whose alert was none of the channel's."""
    assert await (await Bench().open(tag="security")).at(100) == []


async def test_what_was_muted() -> None:
    """Who muted the rule is not reminded."""
    bench = await Bench().open()
    until = bench.clock.now() + 30 * DAY
    mute = Mute(kind="telegram", address="-1", subject=of_rule("troop-commitment"), until=until)
    await bench.store.mute(mute)
    assert await bench.at(100) == []


NIGHTS = [
    # quiet hours, when it begins on 5 March, how long before, when people are told: day and hour of Berlin
    ("22:00-10:30", "", DAY, (4, 10, 30)),  # a mere day counts as nine o'clock
    ("22:00-07:00", "T05:00", 2 * HOUR, (4, 21, 30)),
    ("22:00-07:00", "T07:59", 2 * HOUR, (4, 21, 30)),  # its end would be too late
    ("22:00-07:00", "T08:00", 2 * HOUR, (5, 7, 0)),
    ("22:00-07:00", "T05:00", DAY, (4, 7, 0)),  # a night earlier: the end of that one
    ("22:00-07:00", "T23:30", 2 * HOUR, (5, 21, 30)),  # not in them anyway
    ("22:00-07:00", "T22:30", HOUR, (5, 21, 30)),
    ("01:00-06:30", "T06:30", 6 * HOUR, (5, 0, 30)),
    ("12:00-14:00", "T14:30", HOUR, (5, 11, 30)),  # a nap
]


@pytest.mark.parametrize(("quiet", "time", "before", "told"), NIGHTS)
async def test_quiet_hours(quiet: str, time: str, before: timedelta, told: tuple[int, int, int]) -> None:
    """What falls into them comes before they begin where their end would be too late, else at their end."""
    bench = await Bench(quiet=quiet, remind=before).open(f"2026-03-05{time}")
    at = datetime(2026, 3, *told, tzinfo=ZONE)
    assert await bench.until(at) == []
    assert len(await bench.until(at + timedelta(minutes=15))) == 1
    bench.start()
    assert await bench.at(72) == []


async def test_a_bot_that_was_stopped_before_the_quiet_hours() -> None:
    """It reminds at their end if the event is still ahead, and of what is over not at all."""
    for time, told in (("T05:00", 0), ("T07:30", 1)):
        bench = await Bench(quiet="22:00-07:00", remind=2 * HOUR).open(f"2026-03-05{time}")
        bench.clock.advance(58 * 3600)  # eleven in the evening
        assert await bench.until(datetime(2026, 3, 5, 7, 0, tzinfo=ZONE)) == []
        assert len(await bench.at(0.25)) == told
        assert await bench.at(24) == []


@pytest.mark.parametrize(
    ("day", "time", "told"),
    [
        ("2026-03-29", "T05:00", "2026-03-28T20:30:00+00:00"),  # the night is an hour shorter
        ("2026-03-29", "T09:00", "2026-03-29T05:00:00+00:00"),
        ("2026-10-25", "T05:00", "2026-10-24T19:30:00+00:00"),  # and an hour longer
        ("2026-10-25", "T08:30", "2026-10-25T06:00:00+00:00"),
    ],
)
async def test_quiet_hours_when_clocks_change(day: str, time: str, told: str) -> None:
    """Their beginning and their end are what the clocks of the place say."""
    bench = await Bench(quiet="22:00-07:00", remind=4 * HOUR).open(f"{day}{time}")
    at = datetime.fromisoformat(told)
    bench.clock.advance((at - bench.clock.now() - DAY).total_seconds())
    assert await bench.until(at) == []
    assert len(await bench.until(at + timedelta(minutes=15))) == 1


async def test_what_becomes_known_in_the_evening() -> None:
    """Of what the alert itself said after the reminder would have come nobody is reminded."""
    bench = await Bench(quiet="22:00-07:00", remind=2 * HOUR).open("2026-03-05T05:00")
    known = bench.store.meetings["ab12"]
    evening = datetime(2026, 3, 4, 21, 45, tzinfo=ZONE)
    bench.store.meetings["ab12"] = replace(known, versions=(replace(known.versions[0], at=evening),))
    bench.clock.advance((evening - bench.clock.now()).total_seconds())
    assert await bench.at(24) == []


async def test_a_moved_event() -> None:
    """Is reminded of again, before its new day."""
    bench = await Bench().open()
    assert len(await bench.at(46)) == 1
    known = bench.store.meetings["ab12"]
    moved = version(date="2026-03-09", at=bench.clock.now())
    bench.store.meetings["ab12"] = replace(known, versions=(*known.versions, moved))
    (told,) = await bench.at(150)
    assert "Mo., 9. März 2026" in told[1]
    assert "verlegt, vorher: Do., 5. März 2026" in told[1]
