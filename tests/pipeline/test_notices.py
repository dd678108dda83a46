"""Notices: to the owner or to places, once, in turn, after what the platforms say."""

from typing import Any

import pytest

from bot.pipeline.deliver import Deliverer
from bot.pipeline.notices import NoticePost
from bot.ports.access import Member, Role
from bot.ports.messenger import Ambiguous, Destination, NotSent, Reach
from bot.ports.notices import Notice
from bot.ports.pauses import Pause
from tests.fakes.clock import FakeClock
from tests.fakes.store import FakeStore
from tests.fakes.teller import FakeTeller

BROKEN = Notice(key="rule broken a.yml 1", texts={"de": "Kaputt.", "en": "Broken."})
OWNER = Member(kind="telegram", id="7", role=Role.OWNER)
GUEST = Member(kind="telegram", id="8", role=Role.MEMBER)


class Bench:
    """A post with a teller for Telegram and one for the console."""

    def __init__(self, *outcomes: Any, free: bool = True) -> None:
        self.store, self.clock = FakeStore(), FakeClock()
        self.telegram, self.console = FakeTeller(outcomes), FakeTeller()
        self.free = free
        self.post = NoticePost(
            store=self.store,
            tellers={"telegram": self.telegram, "console": self.console},
            clock=self.clock,
            lang="de",
            reserve=lambda _place: self.free,
        )

    async def own(self, *members: Member) -> None:
        """Let people in."""
        for member in members:
            await self.store.put_member(member, now=self.clock.now())

    async def tell_later(self, seconds: float) -> int:
        """Look again after a while."""
        self.clock.advance(seconds)
        return await self.post.tell_due()


async def test_the_owner_reads_it_in_the_chat_of_the_two() -> None:
    """Members do not; the language is the configuration's, where no other is known."""
    bench = Bench()
    await bench.own(OWNER, GUEST)
    assert await bench.post.post(BROKEN)
    assert await bench.post.tell_due() == 1
    assert (bench.telegram.told, bench.console.told) == ([("7", "Kaputt.")], [])


@pytest.mark.parametrize("owners", [[], [Member(kind="slack", id="U7", role=Role.OWNER)]])
async def test_without_an_owner_who_can_be_reached_the_console_shows_it(owners: list[Member]) -> None:
    """Also where the platform of the owner does not run."""
    bench = Bench()
    await bench.own(*owners)
    await bench.post.post(BROKEN)
    await bench.post.tell_due()
    assert bench.console.told == [("-", "Kaputt.")]


async def test_the_same_key_is_told_once() -> None:
    """Also after it was told; a withdrawn one is news again."""
    bench = Bench()
    assert [await bench.post.post(BROKEN), await bench.post.post(BROKEN)] == [True, False]
    await bench.post.tell_due()
    assert not await bench.post.post(BROKEN)
    await bench.post.withdraw(BROKEN.key)
    assert await bench.post.post(BROKEN)
    await bench.post.tell_due()
    assert len(bench.console.told) == 2


async def test_places_read_it_in_their_language() -> None:
    """Each once; a language that we do not speak reads English."""
    here = Destination(id="a", kind="telegram", address="-100", lang="de")
    there = Destination(id="b", kind="telegram", address="-200", lang="fr")
    bench = Bench()
    await bench.post.post(Notice(key="k", texts=BROKEN.texts, to=(here, there)))
    assert await bench.post.tell_due() == 2
    assert sorted(bench.telegram.told) == [("-100", "Kaputt."), ("-200", "Broken.")]


async def test_what_was_refused_is_told_later_and_its_pause_is_kept() -> None:
    """The pause that the platform asks for holds up alerts, too."""
    bench = Bench(NotSent(reason="HTTP 429", retry_after=30, reach=Reach.PLATFORM))
    await bench.own(OWNER)
    await bench.post.post(BROKEN)
    assert await bench.post.tell_due() == 0
    (pause,) = await bench.store.pauses(bench.clock.now())
    assert pause.scope == "telegram"
    assert [await bench.tell_later(10), await bench.tell_later(21)] == [0, 1]
    assert len(bench.telegram.told) == 2


async def test_what_may_have_arrived_is_not_told_again() -> None:
    """Nor is what cannot be told at all."""
    bench = Bench(Ambiguous(reason="cut"), NotSent(reason="too odd", permanent=True, reach=Reach.MESSAGE))
    await bench.own(OWNER)
    for key in ("a", "b"):
        await bench.post.post(Notice(key=key, texts=BROKEN.texts))
    await bench.post.tell_due()
    assert await bench.tell_later(10**6) == 0
    assert len(bench.telegram.told) == 2


async def test_a_moved_chat_is_followed() -> None:
    """At once, where the platform names the new address."""
    bench = Bench(NotSent(reason="upgraded", moved_to="-1009"))
    await bench.own(OWNER)
    await bench.post.post(BROKEN)
    assert await bench.post.tell_due() == 1
    assert [place for place, _ in bench.telegram.told] == ["7", "-1009"]


async def test_without_a_free_place_it_waits_for_its_turn() -> None:
    """The limits of a platform count alerts and notices together."""
    bench = Bench(free=False)
    await bench.post.post(BROKEN)
    assert await bench.post.tell_due() == 0
    bench.free = True
    assert await bench.post.tell_due() == 1


async def test_what_gets_through_shows_that_the_place_is_mended() -> None:
    """A broken pause that is over is taken back."""
    bench = Bench()
    await bench.own(OWNER)
    now = bench.clock.now()
    await bench.store.put_pause(
        Pause(scope="telegram:7", reason="blocked", since=now, until=now, broken=True)
    )
    await bench.post.post(BROKEN)
    await bench.post.tell_due()
    assert list(await bench.store.pauses(now)) == []


async def test_a_reserved_place_counts_among_the_sends() -> None:
    """Telegram takes one message a second in a chat, whether alert or notice; others are free."""
    clock = FakeClock()
    deliverer = Deliverer(store=FakeStore(), messengers={}, clock=clock)
    here, there = (Destination(id=one, kind="telegram", address=one) for one in ("7", "8"))
    assert [deliverer.reserve(here), deliverer.reserve(here), deliverer.reserve(there)] == [True, False, True]
    clock.advance(1)
    assert deliverer.reserve(here)
