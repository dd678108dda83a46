"""Reminders: to whom they go, and that each comes once whatever happens to the bot."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

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

DAY = timedelta(days=1)
TEAM = Destination(id="team", kind="telegram", address="-1", lang="de", zone="Europe/Berlin")
OTHERS = Destination(id="others", kind="telegram", address="-2", lang="en", zone="Europe/Berlin")


class Bench:
    """A bot whose channel `diplomacy` is reminded a day before; noon UTC on 2 March."""

    def __init__(self, *places: Destination, quiet: str | None = None) -> None:
        self.store, self.clock, self.teller = FakeStore(), FakeClock(), FakeTeller()
        self.places, self.quiet = places or (TEAM,), quiet
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
            remind={"diplomacy": DAY},
            zone=ZoneInfo("Europe/Berlin"),
            words=reminder,
        )

    async def open(self, *tags: str) -> "Bench":
        """Know of a meeting on 5 March, out of an alert with these tags."""
        now = self.clock.now()
        await self.store.put_subscriptions(
            [Subscription(channel="diplomacy", destination=place) for place in self.places], now
        )
        told = alert(id="x", tags=tags or ("diplomacy",), event_type="protest", date=None)
        judged = Judged(alert=told, reason="new", push=True)
        await self.store.record_judgement(
            Article(id="a", text="T."), Findings(lang="de"), [judged], story=None, now=now
        )
        self.store.meetings["ab12"] = entry(version(participants=(MERZ, MACRON)))
        return self

    async def at(self, hours: float) -> list[tuple[str, str]]:
        """What was told by then, looked at each quarter of an hour."""
        until = self.clock.now() + timedelta(hours=hours)
        while self.clock.now() < until:
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
    assert await (await Bench().open("security")).at(100) == []


async def test_what_was_muted() -> None:
    """Who muted the rule is not reminded."""
    bench = await Bench().open()
    until = bench.clock.now() + 30 * DAY
    mute = Mute(kind="telegram", address="-1", subject=of_rule("troop-commitment"), until=until)
    await bench.store.mute(mute)
    assert await bench.at(100) == []


async def test_quiet_hours() -> None:
    """What falls into them comes when they end."""
    bench = await Bench(quiet="22:00-10:30").open()
    assert await bench.at(45.25) == []
    assert len(await bench.at(0.5)) == 1


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
