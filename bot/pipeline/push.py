"""Feeds that a hub pushes: subscribe, be confirmed, renew in time, take in what comes as if it was polled.

Whatever goes wrong with a hub, its feed is polled as before: a push only comes earlier.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errors import SourceError
from bot.pipeline import intervals, rhythm
from bot.pipeline.intervals import Bounds, Wishes
from bot.pipeline.poll import is_pushed
from bot.pipeline.signatures import is_signed
from bot.ports.clock import Clock
from bot.ports.hubs import HubAsker, HubState, HubStore, HubSubscription, HubWord, PushReader
from bot.ports.polling import SourceDue
from bot.ports.sources import Fetched, SourceSettings
from bot.ports.store import SourceStore

log = structlog.get_logger()

AT_ONCE = 20
SECRET_BYTES = 32
LEASES = (timedelta(hours=1), timedelta(days=30))  # a hub that promises less or more is asked again then
LEASE = timedelta(days=10)  # where it does not say
RENEW = 0.8  # of a lease
ANSWER = timedelta(hours=1)  # in which a hub should confirm
LONGEST_PAUSE = timedelta(days=1)


class PushStore(HubStore, SourceStore, Protocol):
    """The part of the store that pushing needs."""


@dataclass(kw_only=True)
class Pusher:
    """Keeps subscriptions at hubs, and takes in what they push; fulfils `HubNotes` and `PushReceiver`.

    Attributes:
        callback: From a token to the address that a hub is to call.
        randomness: Gives so many bytes that nobody can guess.
        found: Called as soon as a hub brought new articles.
    """

    store: PushStore
    asker: HubAsker
    reader: PushReader
    clock: Clock
    callback: Callable[[str], str]
    randomness: Callable[[int], bytes]
    bounds: Bounds = field(default_factory=Bounds)
    found: Callable[[], None] = lambda: None

    async def heard(self, source: SourceSettings, fetched: Fetched, known: HubSubscription | None) -> None:
        """A feed was polled: subscribe at the hub that it names, and let go of one that it names no more."""
        if fetched.hub is None or fetched.topic is None:
            if known and known.state is not HubState.ENDED:
                await self.store.put_hub(replace(known, state=HubState.ENDED))
            return
        same = known and (known.hub, known.topic) == (fetched.hub, fetched.topic)
        if same and known and known.state is not HubState.ENDED:
            return
        await self.store.put_hub(self._new(source.id, fetched.hub, fetched.topic))

    async def ask_due(self) -> int:
        """Ask the hubs whose time has come; return how many took the request."""
        due = await self.store.hubs_due(self.clock.now(), AT_ONCE)
        return sum([await self._ask(one) for one in due])

    async def answered(self, token: str, word: HubWord) -> bool:
        """Hear what a hub says of a subscription; whether that is what was wanted."""
        source = await self.store.source_with_token(token)
        if source is None or source.hub is None or word.topic != source.hub.topic:
            return False
        now, wanted = self.clock.now(), source.hub.state is not HubState.ENDED
        if word.mode == "denied":
            why = f"the hub denies it: {word.reason or 'it does not say why'}"
            await self.store.put_hub(_refused(source.hub, why, now))
            return True
        if word.mode != "subscribe":
            return word.mode == "unsubscribe" and not wanted
        if wanted:
            await self.store.put_hub(_confirmed(source.hub, word.lease, now))
        return wanted

    async def receive(self, token: str, body: bytes, content_type: str | None, signature: str | None) -> bool:
        """Take in what a hub pushed; False where the token names no subscription."""
        source = await self.store.source_with_token(token)
        if source is None or source.hub is None or source.hub.state is HubState.ENDED:
            return False
        if not is_signed(body, signature, source.hub.secret):
            log.warning("a push without a right signature was dropped", source=source.settings.name)
            return True
        try:
            fetched = await self.reader.read(source.settings, body, content_type)
        except SourceError as error:
            log.warning("a push could not be read", source=source.settings.name, why=str(error))
            return True
        await self._take_in(source, source.hub, fetched)
        return True

    async def _take_in(self, source: SourceDue, hub: HubSubscription, fetched: Fetched) -> None:
        """Store what came, exactly as a poll would."""
        now = self.clock.now()
        hub = replace(hub, pushed_at=now)
        learnt = rhythm.after_success(source.learnt, fetched, now, pushed=True)
        wishes = Wishes(set_to=source.settings.interval, pushed=is_pushed(hub, learnt, now))
        plan = intervals.after_success(now, learnt, self.bounds, wishes)
        new = await self.store.record_poll(
            source.settings.id,
            fetched,
            now=now,
            next_poll=plan.at,
            oldest_pushed=rhythm.oldest_pushed(now, source.last_success),
            learnt=replace(learnt, interval=plan.interval, why=plan.why),
        )
        if new:
            self.found()
        await self.store.put_hub(hub)

    async def _ask(self, subscription: HubSubscription) -> bool:
        now = self.clock.now()
        try:
            await self.asker.subscribe(subscription, self.callback(subscription.token))
        except SourceError as error:
            await self.store.put_hub(_refused(subscription, str(error), now))
            return False
        # The hub may have confirmed while it was asked.
        known = await self.store.hub_of(subscription.source_id)
        if known == subscription:
            await self.store.put_hub(replace(subscription, next_at=now + ANSWER))
        return True

    def _new(self, source_id: str, hub: str, topic: str) -> HubSubscription:
        return HubSubscription(
            source_id=source_id,
            hub=hub,
            topic=topic,
            token=self.randomness(SECRET_BYTES).hex(),
            secret=self.randomness(SECRET_BYTES).hex(),
            state=HubState.ASKED,
            next_at=self.clock.now(),
        )


def _confirmed(hub: HubSubscription, lease: int | None, now: datetime) -> HubSubscription:
    shortest, longest = LEASES
    asked = LEASE if lease is None else timedelta(seconds=min(lease, 10**9))
    granted = min(max(asked, shortest), longest)
    return replace(
        hub,
        state=HubState.ACTIVE,
        lease_until=now + granted,
        next_at=now + granted * RENEW,
        failures=0,
        reason=None,
    )


def _refused(hub: HubSubscription, reason: str, now: datetime) -> HubSubscription:
    """Asked again later and later; while its promise holds, it goes on."""
    holds = hub.state is HubState.ACTIVE and hub.lease_until is not None and hub.lease_until > now
    pause = min(ANSWER * 2 ** min(hub.failures, 6), LONGEST_PAUSE)
    return replace(
        hub,
        state=HubState.ACTIVE if holds else HubState.REFUSED,
        failures=hub.failures + 1,
        reason=reason[:300],
        next_at=now + pause,
    )
