"""Delivery: at least once, duplicates rare and visible."""

from datetime import datetime, timedelta

import pytest

from bot.article.model import Article
from bot.errors import StoreError
from bot.extraction.findings import Findings
from bot.pipeline.deliver import Deliverer
from bot.ports.alerts import Judged
from bot.ports.messenger import Ambiguous, Message, NotSent, Outcome, Reach, Sent
from bot.ports.store import DeliveryState
from bot.rules.model import Severity
from tests.fakes.alerts import CONSOLE, alert
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.simulation import simulate
from tests.fakes.store import FakeStore


async def outbox(severity: Severity = Severity.HIGH) -> tuple[FakeStore, FakeClock]:
    """A store with one alert to send to the console."""
    store, clock = FakeStore(), FakeClock()
    await fill(store, clock, severity)
    return store, clock


async def fill(store: FakeStore, clock: FakeClock, severity: Severity = Severity.HIGH) -> None:
    """Put the alert into the outbox."""
    article = Article(id="a1", text="Text.")
    await store.put_article(article, now=clock.now())
    judged = Judged(alert=alert(severity=severity), reason="new", push=True, destinations=(CONSOLE,))
    await store.record_judgement(article, Findings(lang="de"), [judged], story=None, now=clock.now())


async def state(store: FakeStore, clock: FakeClock) -> DeliveryState:
    """The state of the only delivery."""
    return next(iter((await store.counts(clock.now())).deliveries))


def deliverer(store: FakeStore, clock: FakeClock, messenger: FakeMessenger) -> Deliverer:
    """A worker with one platform."""
    return Deliverer(store=store, messengers={"console": messenger}, clock=clock)


OUTCOMES = [
    pytest.param(Sent(id="7"), Severity.LOW, DeliveryState.SENT, id="sent"),
    pytest.param(NotSent(reason="busy"), Severity.LOW, DeliveryState.PENDING, id="not sent"),
    pytest.param(
        NotSent(reason="blocked", permanent=True), Severity.LOW, DeliveryState.PENDING, id="blocked"
    ),
    pytest.param(
        NotSent(reason="bad", permanent=True, reach=Reach.MESSAGE),
        Severity.LOW,
        DeliveryState.FAILED,
        id="bad message",
    ),
    pytest.param(Ambiguous(reason="cut"), Severity.HIGH, DeliveryState.PENDING, id="ambiguous, high"),
    pytest.param(Ambiguous(reason="cut"), Severity.NORMAL, DeliveryState.UNCONFIRMED, id="ambiguous, normal"),
]


@pytest.mark.parametrize(("outcome", "severity", "wanted"), OUTCOMES)
async def test_what_becomes_of_a_delivery(
    outcome: Outcome, severity: Severity, wanted: DeliveryState
) -> None:
    """Sent is done; not sent waits or fails; ambiguous is repeated only from severity high on."""
    store, clock = await outbox(severity)
    await deliverer(store, clock, FakeMessenger([outcome])).deliver_pending()
    assert await state(store, clock) is wanted


@pytest.mark.parametrize(("outcome", "severity", "wanted"), OUTCOMES)
async def test_what_becomes_of_a_send_that_a_crash_cut_off(
    outcome: Outcome, severity: Severity, wanted: DeliveryState
) -> None:
    """At the start the messenger is asked, and its answer counts like that of a send."""
    store, clock = await outbox(severity)
    await store.take_pending(clock.now(), 10)
    assert await deliverer(store, clock, FakeMessenger(left=outcome)).recover() == 1
    assert await state(store, clock) is wanted


async def test_a_failed_send_is_tried_again_when_its_pause_is_over() -> None:
    """Before the platform's pause ends nothing is sent; after it the same message is."""
    store, clock = await outbox()
    messenger = FakeMessenger([NotSent(reason="slow down", retry_after=30)])
    worker = deliverer(store, clock, messenger)
    await worker.deliver_pending()
    clock.advance(29)
    assert await worker.deliver_pending() == 0
    clock.advance(1)
    assert await worker.deliver_pending() == 1
    assert len({message.key for message in messenger.sent}) == 1
    assert await state(store, clock) is DeliveryState.SENT


async def test_a_possible_repeat_says_so() -> None:
    """After an ambiguous send of high severity the next message is marked as a possible repeat."""
    store, clock = await outbox()
    messenger = FakeMessenger([Ambiguous(reason="cut off")])
    worker = deliverer(store, clock, messenger)
    await worker.deliver_pending()
    assert await worker.deliver_pending() == 0
    clock.advance(30)
    await worker.deliver_pending()
    assert [message.repeat for message in messenger.sent] == [False, True]


async def test_a_platform_that_can_be_asked_is_asked_before_a_repeat() -> None:
    """A message that the platform finds again after a lost answer is not sent twice."""
    store, clock = await outbox()
    messenger = FakeMessenger([Ambiguous(reason="answer lost")], left=Sent(id="found"))
    await deliverer(store, clock, messenger).deliver_pending()
    assert await state(store, clock) is DeliveryState.SENT
    assert len(messenger.sent) == 1


async def test_what_was_cut_off_before_the_call_is_sent_at_once() -> None:
    """Surely not sent after a crash means no pause."""
    store, clock = await outbox()
    await store.take_pending(clock.now(), 10)
    messenger = FakeMessenger(left=NotSent(reason="never begun"))
    worker = deliverer(store, clock, messenger)
    await worker.recover()
    assert await worker.deliver_pending() == 1
    assert messenger.sent[0].repeat is False


async def test_a_destination_without_a_platform_waits_and_is_listed() -> None:
    """A kind that is no longer configured is told; what waits is sent when it is configured again."""
    store, clock = await outbox()
    await Deliverer(store=store, messengers={}, clock=clock).deliver_pending()
    (pause,) = await store.pauses(clock.now())
    assert (pause.scope, pause.broken) == ("console", True)
    assert "not configured" in pause.reason
    again = deliverer(store, clock, FakeMessenger())
    await again.recover()
    assert await again.deliver_pending() == 1


@pytest.mark.parametrize(
    ("severity", "wanted"),
    [(Severity.HIGH, DeliveryState.PENDING), (Severity.LOW, DeliveryState.UNCONFIRMED)],
)
async def test_a_cut_off_send_without_a_platform_is_ambiguous(
    severity: Severity, wanted: DeliveryState
) -> None:
    """Where nobody can be asked what became of a send, it may be out."""
    store, clock = await outbox(severity)
    await store.take_pending(clock.now(), 10)
    await Deliverer(store=store, messengers={}, clock=clock).recover()
    assert await state(store, clock) is wanted


async def test_what_may_have_arrived_is_not_sent_for_ever() -> None:
    """After four possible repeats, with longer and longer pauses, a person decides."""
    store, clock = await outbox()
    messenger = FakeMessenger([Ambiguous(reason="cut")] * 9)
    worker, sent = deliverer(store, clock, messenger), []
    for second in range(1200):
        if await worker.deliver_pending():
            sent.append(second)
        clock.advance(1)
    assert sent == [0, 30, 90, 210, 450]
    assert await state(store, clock) is DeliveryState.UNCONFIRMED


async def test_a_messenger_that_raises_stops_nothing() -> None:
    """A mistake of ours counts as ambiguous, and its text, which may hold a token, is not stored."""

    class Broken(FakeMessenger):
        async def send(self, message: Message) -> Outcome:
            await super().send(message)
            raise RuntimeError("https://api.example/bot123:secret/sendMessage")

    store, clock = await outbox(Severity.LOW)
    await deliverer(store, clock, Broken()).deliver_pending()
    (trouble,) = await store.troubles(5)
    assert (trouble.kind, trouble.why) == ("unconfirmed", "unforeseen error (RuntimeError)")


async def test_an_outcome_outlasts_a_store_that_fails() -> None:
    """What became of a send is recorded when the store works again; the message is not sent twice."""

    class Failing(FakeStore):
        left = 3

        async def record_sent(self, key: str, message_id: str, *, now: datetime) -> None:
            self.left -= 1
            if self.left >= 0:
                raise StoreError("the disk is full")
            await super().record_sent(key, message_id, now=now)

    store, clock = Failing(), FakeClock()
    await fill(store, clock)
    messenger = FakeMessenger()
    worker = deliverer(store, clock, messenger)
    assert await worker.start_due() == 1
    await simulate(clock, 60, worker)
    assert await state(store, clock) is DeliveryState.SENT
    assert len(messenger.sent) == 1


async def test_nothing_is_sent_before_its_time() -> None:
    """An empty outbox sends nothing, now or later."""
    store, clock = await outbox()
    worker = deliverer(store, clock, FakeMessenger())
    await worker.deliver_pending()
    clock.advance(timedelta(days=1).total_seconds())
    assert await worker.deliver_pending() == 0
