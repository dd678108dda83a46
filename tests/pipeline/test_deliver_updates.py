"""Delivery of updates: the first message is edited, then answered."""

from datetime import timedelta

import pytest

from bot.extraction.findings import Findings
from bot.pipeline.deliver import Deliverer
from bot.pipeline.pacing import GIVE_UP
from bot.ports.alerts import Judged
from bot.ports.messenger import Ambiguous, Message, NotSent, Outcome, Reach
from bot.ports.store import DeliveryState
from bot.rules.model import Severity
from tests.fakes.alerts import CONSOLE, alert, article_ref
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.store import FakeStore
from tests.storage.samples import article

SENT, FAILED = DeliveryState.SENT, DeliveryState.FAILED
GONE = NotSent(reason="the message is gone", permanent=True, reach=Reach.MESSAGE)


class Desk:
    """A store, a platform and the worker between them."""

    def __init__(self, messenger: FakeMessenger) -> None:
        self.store, self.clock, self.messenger = FakeStore(), FakeClock(), messenger
        self.worker = self.start()

    def start(self) -> Deliverer:
        """A worker, as after a start."""
        return Deliverer(store=self.store, messengers={"console": self.messenger}, clock=self.clock)

    async def tell(
        self, name: str = "1", updates: str | None = None, severity: Severity = Severity.LOW
    ) -> None:
        """Put an alert or the update of one into the outbox."""
        told = alert(id=name, updates=updates, severity=severity, article=article_ref(id=f"about-{name}"))
        found = Judged(alert=told, reason="new", push=True, destinations=(CONSOLE,))
        about = article(f"about-{name}")
        await self.store.record_judgement(
            about, Findings(lang="de"), [found], story=None, now=self.clock.now()
        )

    async def deliver(self, seconds: int = 1) -> None:
        """Let the worker work for some seconds."""
        for _ in range(seconds):
            await self.worker.deliver_pending()
            self.clock.advance(1)

    @property
    def edits(self) -> list[tuple[str, str]]:
        """Which message was edited to say which alert."""
        return [(number, message.alert.id) for number, message in self.messenger.edited]

    @property
    def sends(self) -> list[tuple[str, str | None]]:
        """Which alert was sent, and which message it answered."""
        return [(message.alert.id, message.reply_to) for message in self.messenger.sent]

    async def states(self) -> dict[DeliveryState, int]:
        """How many rows are in each state."""
        return (await self.store.counts(self.clock.now())).deliveries


async def told(*, edits: tuple[Outcome, ...] = (), outcomes: tuple[Outcome, ...] = ()) -> Desk:
    """A desk whose alert 1 is out as message m1, and whose update 2 waits."""
    desk = Desk(FakeMessenger(outcomes, edits=edits))
    await desk.tell()
    await desk.deliver()
    await desk.tell("2", updates="1")
    return desk


async def test_first_the_edit_then_the_answer() -> None:
    """The message that is out says the new state before anybody is told that it changed."""
    desk = await told()
    await desk.deliver()
    assert desk.edits == [("m1", "2")]
    assert desk.sends == [("1", None), ("2", "m1")]
    assert await desk.states() == {SENT: 2}


async def test_a_flood_pause_in_between() -> None:
    """Told to wait, the edit is made when the pause is over, and the answer waits with it."""
    desk = await told(edits=(NotSent(reason="slow down", retry_after=30),))
    await desk.deliver(30)
    assert (len(desk.edits), len(desk.sends)) == (1, 1)
    await desk.deliver(2)
    assert desk.edits == [("m1", "2"), ("m1", "2")]
    assert desk.sends == [("1", None), ("2", "m1")]


@pytest.mark.parametrize("left", [1, 3])
async def test_an_edit_without_an_answer_is_made_again(left: int) -> None:
    """However low its severity: to edit twice does no harm, and nothing speaks of a repeat."""
    desk = await told(edits=(Ambiguous(reason="cut off"),) * left)
    await desk.deliver(60)
    assert desk.edits == [("m1", "2")] * (left + 1)
    assert not any(message.repeat for _, message in desk.messenger.edited)
    assert desk.sends == [("1", None), ("2", "m1")]
    assert desk.messenger.asked == []
    assert await desk.states() == {SENT: 2}


async def test_an_edit_that_raises_is_made_again() -> None:
    """A mistake of ours is no end."""

    class Broken(FakeMessenger):
        async def edit(self, message: Message, message_id: str) -> Outcome:
            await super().edit(message, message_id)
            if len(self.edited) == 1:
                raise RuntimeError("https://api.example/bot123:secret")
            return await super().edit(message, message_id)

    desk = Desk(Broken())
    await desk.tell()
    await desk.deliver()
    await desk.tell("2", updates="1")
    await desk.deliver(30)
    assert await desk.states() == {SENT: 2}


async def test_a_message_that_is_gone() -> None:
    """It is listed, and the update comes by itself; the next one too, without another try to edit."""
    desk = await told(edits=(GONE,))
    await desk.deliver()
    await desk.tell("3", updates="1")
    await desk.deliver()
    assert desk.edits == [("m1", "2")]
    assert desk.sends == [("1", None), ("2", None), ("3", None)]
    assert [trouble.why for trouble in await desk.store.troubles(9)] == [GONE.reason]
    assert await desk.store.pauses(desk.clock.now()) == []


async def test_killed_before_the_edit_was_recorded() -> None:
    """At the start it is made at once again, without asking the platform; then the answer goes out."""
    desk = await told()
    await desk.store.take_pending(desk.clock.now(), 1)
    desk.worker = desk.start()
    assert await desk.worker.recover() == 1
    await desk.deliver()
    assert desk.messenger.asked == []
    assert desk.edits == [("m1", "2")]
    assert desk.sends == [("1", None), ("2", "m1")]


async def test_an_update_before_the_first_message_is_out() -> None:
    """A first message that had to wait goes out with the new state; there is nothing to answer."""
    desk = Desk(FakeMessenger([NotSent(reason="slow down", retry_after=30)]))
    await desk.tell()
    await desk.deliver()
    await desk.tell("2", updates="1")
    await desk.deliver(40)
    assert desk.edits == []
    assert desk.sends == [("1", None), ("2", None)]
    assert await desk.states() == {SENT: 1}


async def test_an_update_of_what_may_have_arrived() -> None:
    """A first message that is sent again because its answer was lost is answered all the same."""
    desk = Desk(FakeMessenger([Ambiguous(reason="cut off")]))
    await desk.tell(severity=Severity.HIGH)
    await desk.deliver()
    await desk.tell("2", updates="1", severity=Severity.HIGH)
    await desk.deliver(60)
    assert desk.edits == []
    assert desk.sends == [("1", None), ("2", None), ("2", "m2")]


async def test_a_first_message_of_which_nobody_knows() -> None:
    """An unconfirmed message is not edited: the update comes by itself."""
    desk = await told(outcomes=(Ambiguous(reason="cut off"),))
    await desk.deliver()
    assert desk.edits == []
    assert desk.sends == [("1", None), ("2", None)]


async def test_two_updates_in_a_row() -> None:
    """The message says the last state; both changes are told, in their order."""
    desk = await told()
    await desk.tell("3", updates="1")
    await desk.deliver()
    assert set(desk.edits) == {("m1", "3")}
    assert desk.sends == [("1", None), ("2", "m1"), ("3", "m1")]


async def test_many_updates_leave_an_edit_its_tries() -> None:
    """Tries are counted from the last success: an old message is not given up at its first hiccup."""
    desk = Desk(FakeMessenger(edits=[]))
    await desk.tell()
    await desk.deliver()
    for number in range(2, 40):
        await desk.tell(str(number), updates="1")
        await desk.deliver()
    (row,) = (row for row in desk.store.outbox.values() if row.alert.id == "1")
    assert row.attempts == 39
    await desk.tell("40", updates="1")
    desk.messenger._edits = [Ambiguous(reason="hiccup")]
    await desk.deliver(30)
    assert (row.state, row.message_id) == (SENT, "m1")


async def test_a_place_that_is_closed_for_days() -> None:
    """The edit and the answer are given up like any message, counted from the update."""
    desk = await told(edits=(NotSent(reason="blocked", permanent=True),) * 99)
    desk.clock.advance(GIVE_UP.total_seconds() - 60)
    await desk.deliver()
    assert (await desk.states()).get(FAILED) is None
    desk.clock.advance(timedelta(hours=7).total_seconds())
    await desk.deliver()
    assert await desk.states() == {FAILED: 2}
