"""Whatever happens to deliveries in whatever order, the real store and the one in memory agree."""

import shutil
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.alerts.collapse import Held, tellings
from bot.alerts.control import Approval, Correction
from bot.alerts.hours import Timing
from bot.ports.approvals import Editor
from bot.ports.holding import Hold
from bot.ports.messenger import Message
from bot.ports.store import Store
from bot.storage.opening import open_store
from tests.fakes.store import FakeStore
from tests.storage.samples import CONSOLE, DESK, NOW
from tests.storage.test_contract_holding import MORNING, for_editors, place, until

ANNA = Editor(kind="telegram", chat="-100777", user="1", name="Anna")
HOLDS: tuple[Callable[[], Hold] | None, ...] = (None, until, for_editors)
PLACES = ((CONSOLE,), (DESK,), (CONSOLE, DESK))
STEPS = ("tell", "update", "send", "lose", "release", "decide", "retract", "resend", "late")
Step = tuple[str, int, int]


@dataclass(kw_only=True)
class Course:
    """One store, and what was told in it so far."""

    store: Store
    now: datetime = NOW
    first: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    seen: list[object] = field(default_factory=list)

    async def go(self, step: Step) -> None:
        """Take a step, and note all that can be seen after it."""
        name, one, other = step
        self.now += timedelta(seconds=1)
        act: Callable[[int, int], Coroutine[Any, Any, None]] = getattr(self, f"_{name}")
        await act(one, other)
        held = [(row.destination.id, row.why, row.number, row.until) for row in await self.store.held()]
        self.seen.append((step, sorted(held), dict((await self.store.counts(self.now)).deliveries)))

    async def _tell(self, one: int, other: int) -> None:
        name = f"n{len(self.states)}"
        self.first.append(name)
        await self._place(name, one, other, None)

    async def _update(self, one: int, other: int) -> None:
        if self.first:
            await self._place(f"n{len(self.states)}", one, other, self.first[(one + other) % len(self.first)])

    async def _place(self, name: str, one: int, other: int, updates: str | None) -> None:
        self.states.append(name)
        hold = HOLDS[one % len(HOLDS)]
        places = PLACES[other % len(PLACES)]
        holds: Mapping[str, Hold] = {to.id: hold() for to in places} if hold else {}
        await place(self.store, name, *places, holds=holds, updates=updates, at=self.now)

    async def _send(self, one: int, other: int) -> None:
        """Most get through, some do not."""
        for number, taken in enumerate(await self.store.take_pending(self.now, 20)):
            key = taken.message.key
            self.seen.append((key, taken.edits, taken.message.reply_to, taken.repeats, _said(taken.message)))
            if (number + one + other) % 5 == 4:
                await self.store.record_not_sent(key, "busy", now=self.now, retry_at=self.now)
            else:
                await self.store.record_sent(key, taken.edits or f"m-{key}", now=self.now)

    async def _lose(self, one: int, other: int) -> None:
        """Nobody knows what became of one; another is still on its way when more happens."""
        for taken in await self.store.take_pending(self.now, 1 + one % 2):
            if other % 2 and taken.edits is None:
                await self.store.record_unconfirmed(taken.message.key, "timeout", now=self.now)

    async def _release(self, one: int, other: int) -> None:
        rows: dict[str, list[Held]] = {}
        for row in await self.store.held_due(MORNING + timedelta(hours=1)):
            rows.setdefault(row.destination.id, []).append(Held(key=row.key, alert=row.alert))
        for held in rows.values():
            why = Timing.DIGEST if (one + other) % 2 else Timing.QUIET
            await self.store.release(tellings(held, why), now=self.now)

    async def _decide(self, one: int, other: int) -> None:
        if self.states:
            name = self.states[-1 - one % len(self.states)]
            verdict = Approval.SENT if other % 3 else Approval.DROPPED
            self.seen.append(await self.store.decide(name, verdict, ANNA, now=self.now))

    async def _retract(self, one: int, other: int) -> None:
        if self.states and not other % 2:
            correction = Correction(at=self.now, by="Anna")
            name = self.states[one % len(self.states)]
            self.seen.append(await self.store.retract(name, correction, now=self.now))

    async def _resend(self, one: int, other: int) -> None:
        at = self.now + timedelta(hours=5) if one % 4 == 0 and other % 2 else self.now
        self.seen.append((await self.store.resend(now=self.now), await self.store.expire(now=at)))

    async def _late(self, one: int, other: int) -> None:
        """What was on its way at a crash surely did not arrive, or did."""
        for left in await self.store.left_sending():
            self.seen.append((left.message.key, left.edits, _said(left.message)))
            if (one + other) % 2:
                await self.store.record_sent(left.message.key, left.edits or "m", now=self.now)
            else:
                await self.store.record_not_sent(left.message.key, "cut", now=self.now, retry_at=self.now)


def _said(message: Message) -> tuple[object, ...]:
    bundle = message.bundle
    told = (
        (tuple(alert.id for alert in bundle.alerts), sorted(bundle.retracted), bundle.head, bundle.numbers)
        if bundle
        else None
    )
    asking = (message.asking.state, message.asking.by) if message.asking else None
    return message.alert.id, message.repeat, told, message.correction, asking, message.number


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.integers(0, 5)), min_size=5, max_size=24
    )
)
async def test_any_course_of_things(fresh_file: Path, tmp_path: Path, steps: list[Step]) -> None:
    """After each of any steps both say the same of what goes out, what it says, and what is held."""
    real = await open_store(str(shutil.copy(fresh_file, tmp_path / "course.sqlite")))
    try:
        courses = [Course(store=real), Course(store=FakeStore())]
        for course in courses:
            for step in steps:
                await course.go(step)
        assert courses[0].seen == courses[1].seen
    finally:
        await real.close()
