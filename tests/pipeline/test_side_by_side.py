"""Deliveries to many destinations in simulated time: push at t, want between."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.alerts.model import Alert
from bot.article.model import Article
from bot.extraction.findings import Findings
from bot.pipeline.deliver import Deliverer
from bot.ports.alerts import Judged
from bot.ports.messenger import Destination, Message, NotSent, Outcome, Reach, Sent
from bot.ports.store import DeliveryState
from tests.fakes.alerts import alert, article_ref
from tests.fakes.clock import START, FakeClock
from tests.fakes.simulation import settle, simulate
from tests.fakes.store import FakeStore

Script = Callable[[Message, float], Outcome | None]


class Platform:
    """A platform in simulated time.

    Attributes:
        script: What it answers to a message at a second; None for Sent.
        seconds: Destination id -> how long a send takes; others take none.
        calls: Second, destination id and alert id of every call.
        out: The same of what got through.
    """

    def __init__(self, clock: FakeClock, script: Script = lambda *_: None) -> None:
        self.clock, self.script = clock, script
        self.seconds: dict[str, float] = {}
        self.calls: list[tuple[float, str, str]] = []
        self.out: list[tuple[float, str, str]] = []

    async def send(self, message: Message) -> Outcome:
        """Answer by script."""
        second = (self.clock.now() - START).total_seconds()
        call = (second, message.destination.id, message.alert.id)
        self.calls.append(call)
        if pause := self.seconds.get(message.destination.id):
            await self.clock.sleep(pause)
        if answer := self.script(message, second):
            return answer
        self.out.append(call)
        return Sent(id="1")

    async def edit(self, message: Message, message_id: str) -> Outcome:  # noqa: ARG002  (the port's signature)
        """As if nothing had to be changed."""
        return Sent(id=message_id)

    async def reconcile(self, message: Message) -> Outcome:
        """It was not sent."""
        return NotSent(reason=f"{message.key} is not there")

    def seconds_of(self, place: str) -> list[float]:
        """When something got through to a destination."""
        return [second for second, where, _ in self.out if where == place]


def chat(number: int) -> Destination:
    """A Telegram chat: odd ones are groups."""
    address = f"-{number}" if number % 2 else str(number)
    return Destination(id=f"chat-{number}", kind="telegram", address=address)


async def push(store: FakeStore, at: datetime, name: str, *places: Destination) -> Alert:
    """Put an alert into the outbox."""
    told = alert(id=name, article=article_ref(id=name))
    judged = Judged(alert=told, reason="new", push=True, destinations=places)
    article = Article(id=name, text="Text.")
    await store.record_judgement(article, Findings(lang="de"), [judged], story=None, now=at)
    return told


def worker(store: FakeStore, clock: FakeClock, platform: Platform) -> Deliverer:
    """A worker for Telegram."""
    return Deliverer(store=store, messengers={"telegram": platform}, clock=clock)


async def house(script: Script = lambda *_: None) -> tuple[FakeStore, FakeClock, Platform, Deliverer]:
    """A store, a clock, a platform and a worker."""
    store, clock = FakeStore(), FakeClock()
    platform = Platform(clock, script)
    return store, clock, platform, worker(store, clock, platform)


async def test_two_hundred_alerts_to_thirty_chats() -> None:
    """All 6,000 arrive once and in order, as fast as the published limits let them and no faster."""
    store, clock, platform, deliverer = await house()
    chats = [chat(number) for number in range(1, 31)]
    for number in range(200):
        await push(store, clock.now(), f"a{number:03}", *chats)
    await simulate(clock, 620, deliverer, step=0.5)
    assert len(platform.out) == len(set(platform.out)) == 6000
    for place in chats:
        assert [name for _, where, name in platform.out if where == place.id] == sorted(
            name for _, where, name in platform.out if where == place.id
        )
        times = platform.seconds_of(place.id)
        assert min(after - before for before, after in pairwise(times)) >= 1
        if place.address.startswith("-"):
            assert min(after - before for before, after in zip(times, times[20:], strict=False)) >= 60
        else:
            assert times[-1] <= 260  # 200 s for its own limit; some more, as 30 chats share 25 a second
    assert max(Counter(int(second) for second, _, _ in platform.out).values()) <= 25 + 25


async def test_chats_take_turns() -> None:
    """When many chats share what the platform takes in all, none is left behind."""
    store, clock, platform, deliverer = await house()
    chats = [chat(2 * number) for number in range(1, 101)]
    for number in range(10):
        await push(store, clock.now(), f"a{number}", *chats)
    await simulate(clock, 20, deliverer)
    got = Counter(where for _, where, _ in platform.out)
    assert len(got) == 100
    assert max(got.values()) - min(got.values()) <= 2


async def test_a_slow_chat_holds_up_no_other() -> None:
    """While one chat takes a minute for each message, the others get theirs at once."""
    store, clock, platform, deliverer = await house()
    platform.seconds["chat-2"] = 60
    await push(store, clock.now(), "a", chat(2), chat(4))
    await simulate(clock, 5, deliverer)
    await push(store, clock.now(), "b", chat(2), chat(4))
    await simulate(clock, 130, deliverer)
    assert platform.seconds_of("chat-4") == [0, 5]
    assert [name for _, where, name in platform.out if where == "chat-2"] == ["a", "b"]


async def test_one_message_at_a_time_per_chat() -> None:
    """The next message to a chat waits until what became of the one before is known."""
    store, clock, platform, deliverer = await house()
    platform.seconds["chat-2"] = 7
    for name in "abc":
        await push(store, clock.now(), name, chat(2))
    await simulate(clock, 30, deliverer)
    assert [second for second, _, _ in platform.calls] == pytest.approx([0, 7, 14], abs=1)


async def test_a_429_pauses_its_chat_alone() -> None:
    """Push at 0 and 1: the chat that is asked to slow down gets both at 30 s; the other at once."""

    def slow_down(message: Message, second: float) -> Outcome | None:
        flooded = message.destination.id == "chat-2" and second < 30
        return NotSent(reason="HTTP 429", retry_after=30 - second) if flooded else None

    store, clock, platform, deliverer = await house(slow_down)
    await push(store, clock.now(), "a", chat(2), chat(4))
    await simulate(clock, 1, deliverer)
    await push(store, clock.now(), "b", chat(2), chat(4))
    await simulate(clock, 60, deliverer)
    assert platform.seconds_of("chat-4") == [0, 1]
    assert [(second, name) for second, where, name in platform.out if where == "chat-2"] == [
        (30, "a"),
        (31, "b"),
    ]
    assert len(platform.calls) == 5, "the paused chat is not asked before its time"


async def test_a_429_storm() -> None:
    """A platform that refuses all for a minute, again and again, gets few calls and in the end all alerts."""

    def storm(message: Message, second: float) -> Outcome | None:
        away = (0 <= second < 60) or (62 <= second < 100)
        until = 60 if second < 60 else 100
        asked = NotSent(reason="HTTP 429", retry_after=until - second, reach=Reach.PLATFORM)
        return asked if away else None

    store, clock, platform, deliverer = await house(storm)
    chats = [chat(2 * number) for number in range(1, 31)]
    for number in range(10):
        await push(store, clock.now(), f"a{number}", *chats)
    await simulate(clock, 160, deliverer)
    assert len(platform.out) == 300
    assert len(platform.calls) - 300 <= 60, "of each wave only what was on its way is refused"
    assert not [second for second, _, _ in platform.calls if 1 <= second < 60]
    assert await store.pauses(clock.now()) == []


async def test_restart_in_the_middle_of_a_pause() -> None:
    """A worker that starts anew on the same store keeps the pause and loses nothing."""

    def slow_down(message: Message, second: float) -> Outcome | None:
        return NotSent(reason="HTTP 429", retry_after=100) if second == 0 else None

    store, clock, platform, first = await house(slow_down)
    await push(store, clock.now(), "a", chat(2))
    await simulate(clock, 40, first)
    await first.close()
    second = worker(store, clock, platform)
    assert await second.recover() == 0
    await push(store, clock.now(), "b", chat(2))
    await simulate(clock, 80, second)
    assert platform.out == [(100, "chat-2", "a"), (101, "chat-2", "b")]


async def test_a_blocked_chat_waits_and_is_probed() -> None:
    """Push at 0: no call but one every six hours, until somebody mends it; then what waited is delivered."""

    def blocked(message: Message, second: float) -> Outcome | None:
        return NotSent(reason="blocked", permanent=True) if second < 12 * 3600 else None

    store, clock, platform, deliverer = await house(blocked)
    for name in "ab":
        await push(store, clock.now(), name, chat(2))
    await simulate(clock, 13 * 3600, deliverer, step=60)
    assert [second for second, _, _ in platform.calls] == [0, 6 * 3600, 12 * 3600, 12 * 3600 + 60]
    assert sorted(name for _, _, name in platform.out) == ["a", "b"]
    assert await store.pauses(clock.now()) == []


async def test_a_message_that_a_chat_will_not_take_fails() -> None:
    """Refused once more for the same reason, while others got through: it is the message, not the chat."""

    def refused(message: Message, second: float) -> Outcome | None:
        return NotSent(reason="odd", permanent=True) if message.alert.id == "a" else None

    store, clock, platform, deliverer = await house(refused)
    for name in "abc":
        await push(store, clock.now(), name, chat(2))
    await simulate(clock, 7 * 3600, deliverer, step=60)
    assert [name for _, _, name in platform.out] == ["b", "c"]
    assert (await store.counts(clock.now())).deliveries[DeliveryState.FAILED] == 1
    assert await store.pauses(clock.now()) == []


async def test_a_broken_chat_is_tried_at_each_start() -> None:
    """A start may follow on a mended token or a lifted block."""

    def blocked(message: Message, second: float) -> Outcome | None:
        return NotSent(reason="token revoked", permanent=True, reach=Reach.PLATFORM) if second < 60 else None

    store, clock, platform, deliverer = await house(blocked)
    await push(store, clock.now(), "a", chat(2))
    await simulate(clock, 61, deliverer)
    assert platform.out == []
    again = worker(store, clock, platform)
    await again.recover()
    await simulate(clock, 1, again)
    assert [name for _, _, name in platform.out] == ["a"]


async def test_old_alerts_of_a_broken_chat_are_given_up_visibly() -> None:
    """After three days what waited fails and is listed; what came later waits on."""

    def blocked(*_: object) -> Outcome:
        return NotSent(reason="kicked", permanent=True)

    store, clock, _, deliverer = await house(blocked)
    for name in "ab":
        await push(store, clock.now(), name, chat(2))
    clock.advance(timedelta(days=2).total_seconds())
    await push(store, clock.now(), "c", chat(2))
    await simulate(clock, 32 * 3600, deliverer, step=600)
    states = (await store.counts(clock.now())).deliveries
    assert states == {DeliveryState.FAILED: 2, DeliveryState.PENDING: 1}
    assert {trouble.why for trouble in await store.troubles(9)} == {"kicked"}


async def test_a_moved_chat_is_followed_at_once() -> None:
    """The platform names a new address: that message and all later ones go there."""
    asked: list[str] = []

    def moved(message: Message, second: float) -> Outcome | None:
        asked.append(message.destination.address)
        gone = message.destination.address == "-1"
        return NotSent(reason="became a supergroup", moved_to="-100777") if gone else None

    store, clock, platform, deliverer = await house(moved)
    for name in "ab":
        await push(store, clock.now(), name, chat(1))
    await simulate(clock, 5, deliverer)
    assert asked == ["-1", "-100777", "-100777"]
    assert [name for _, _, name in platform.out] == ["a", "b"]


async def test_a_chat_that_moves_in_circles_is_followed_at_leisure() -> None:
    """Two addresses that name each other do not keep the worker busy."""

    def circle(message: Message, second: float) -> Outcome:
        return NotSent(reason="moved", moved_to="-2" if message.destination.address == "-1" else "-1")

    store, clock, platform, deliverer = await house(circle)
    await push(store, clock.now(), "a", chat(1))
    await simulate(clock, 600, deliverer)
    assert len(platform.calls) < 15


async def test_one_bad_row_does_not_hold_up_its_chat() -> None:
    """A row that fails each time, for no named reason, lets the others go first."""

    def bad(message: Message, second: float) -> Outcome | None:
        return NotSent(reason="HTTP 500") if message.alert.id == "a" else None

    store, clock, platform, deliverer = await house(bad)
    for name in "abc":
        await push(store, clock.now(), name, chat(2))
    await simulate(clock, 30, deliverer)
    assert [name for _, _, name in platform.out] == ["b", "c"]


async def test_a_network_that_is_gone_is_not_hammered() -> None:
    """Thirty chats without network for an hour: a try per chat at most every ten minutes in the end."""

    def gone(message: Message, second: float) -> Outcome | None:
        return NotSent(reason="no connection") if second < 3600 else None

    store, clock, platform, deliverer = await house(gone)
    chats = [chat(2 * number) for number in range(1, 31)]
    for number in range(5):
        await push(store, clock.now(), f"a{number}", *chats)
    await simulate(clock, 5000, deliverer, step=5)
    tries: dict[str, int] = defaultdict(int)
    for second, where, _ in platform.calls:
        tries[where] += second < 3600
    assert max(tries.values()) <= 14
    assert len(platform.out) == 150


async def test_the_end_lets_sends_end() -> None:
    """What is on its way at the end is recorded; nothing new begins."""
    store, clock, platform, deliverer = await house()
    platform.seconds["chat-2"] = 2
    for name in "ab":
        await push(store, clock.now(), name, chat(2))
    running = asyncio.create_task(deliverer.run(asyncio.Event()))
    await settle()
    running.cancel()
    await settle()
    clock.advance(2)
    with pytest.raises(asyncio.CancelledError):
        await running
    states = (await store.counts(clock.now())).deliveries
    assert states == {DeliveryState.SENT: 1, DeliveryState.PENDING: 1}


async def test_a_bell_wakes_the_worker() -> None:
    """A row that comes while a slow send is on its way elsewhere is sent when the bell rings."""
    store, clock, platform, deliverer = await house()
    platform.seconds["chat-2"] = 60
    await push(store, clock.now(), "a", chat(2))
    bell = asyncio.Event()
    running = asyncio.create_task(deliverer.run(bell))
    await settle()
    await push(store, clock.now(), "b", chat(4))
    bell.set()
    await settle()
    assert [name for _, _, name in platform.out] == ["b"]
    clock.advance(60)
    await settle()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
