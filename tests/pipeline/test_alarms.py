"""What the owner hears of a source, once each."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.article.model import Entry, Published
from bot.errors import DisallowedError, GoneError, SourceError
from bot.pipeline.alarms import alarm
from bot.pipeline.intervals import Bounds
from bot.pipeline.poll import Poller
from bot.ports.notices import Notice
from bot.ports.polling import Learnt, SourceState
from bot.ports.sources import SourceSettings
from tests.fakes.clock import FakeClock
from tests.fakes.feeds import FakeFeeds
from tests.fakes.store import FakeStore

A = SourceSettings(id="a", kind="feed", url="https://a.example/feed", name="Tagesblatt")
B = SourceSettings(id="b", kind="feed", url="https://b.example/feed", name="Gazette")
HALF_HOUR = timedelta(minutes=30)


@dataclass
class Board:
    """Fulfils `Notices`; keeps what hangs there."""

    posted: list[Notice] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    async def post(self, notice: Notice) -> bool:
        """Hang it up."""
        self.posted.append(notice)
        return True

    async def withdraw(self, key: str) -> None:
        """Take it off."""
        self.withdrawn.append(key)


async def desk(*sources: SourceSettings) -> tuple[Board, FakeFeeds, FakeClock, Poller]:
    """A poller with a board."""
    store, clock, feeds, board = FakeStore(), FakeClock(), FakeFeeds(), Board()
    await store.put_sources(sources, clock.now())
    bounds = Bounds(shortest=HALF_HOUR, longest=HALF_HOUR)
    poller = Poller(store=store, fetcher=feeds, clock=clock, bounds=bounds, jitter=lambda: 0.0, notices=board)
    return board, feeds, clock, poller


async def pass_hours(poller: Poller, clock: FakeClock, hours: float) -> None:
    """Poll on for so many hours."""
    for _ in range(round(hours * 2)):
        await poller.poll_due()
        clock.advance(1800)


async def test_a_broken_feed_is_told_once_and_withdrawn_when_it_mends() -> None:
    """After a day of failures, with the reason; not again while it lasts."""
    board, feeds, clock, poller = await desk(A, B)
    feeds.errors["a"] = SourceError("HTTP 503: the server has a problem")
    await pass_hours(poller, clock, 60)
    (notice,) = board.posted
    assert "„Tagesblatt“" in notice.text("de")
    assert "“Tagesblatt” has not been readable" in notice.text("en")
    assert "HTTP 503" in notice.text("de")
    del feeds.errors["a"]
    await pass_hours(poller, clock, 7)
    assert board.withdrawn == [notice.key]


async def test_a_short_trouble_is_told_to_nobody() -> None:
    """A few bad hours are no alarm."""
    board, feeds, clock, poller = await desk(A)
    feeds.errors["a"] = SourceError("HTTP 503")
    await pass_hours(poller, clock, 12)
    del feeds.errors["a"]
    await pass_hours(poller, clock, 12)
    assert (board.posted, board.withdrawn) == ([], [])


async def test_a_feed_gone_silent_is_told_once() -> None:
    """It answers, but brings nothing for far longer than it used to."""
    board, feeds, clock, poller = await desk(A)
    for hours in range(20):
        published = Published(at=clock.now() - timedelta(hours=hours))
        feeds.push("a", Entry(key=str(hours), title=str(hours), published=published))
    await pass_hours(poller, clock, 72)
    (notice,) = board.posted
    assert "24 Meldungen am Tag" in notice.text("de")
    assert "24 items a day" in notice.text("en")


@pytest.mark.parametrize(
    ("error", "words"),
    [(GoneError("HTTP 410"), "410"), (DisallowedError("robots"), "robots.txt")],
)
async def test_what_is_gone_or_not_allowed_is_told_at_once(error: SourceError, words: str) -> None:
    """There is nothing to wait for."""
    board, feeds, clock, poller = await desk(A)
    feeds.errors["a"] = error
    await pass_hours(poller, clock, 1)
    (notice,) = board.posted
    assert words in notice.text("de")
    assert words in notice.text("en")


def test_the_same_spell_has_the_same_key() -> None:
    """A kill between telling and recording leads to no second notice."""
    clock = FakeClock()
    before = Learnt(state=SourceState.FAILING, failing_since=clock.now())
    after = Learnt(state=SourceState.BROKEN, failing_since=clock.now())
    one, again = (alarm(A, before, after, clock.now() + timedelta(hours=hours), "x") for hours in (24, 25))
    assert one
    assert again
    assert one.key == again.key


async def test_a_mistake_of_ours_in_one_source_stops_no_other() -> None:
    """It is that source's failure, shown as such, and waits like any other."""
    _, feeds, _, poller = await desk(A, B)
    feeds.errors["a"] = RecursionError("deep")  # type: ignore[assignment]
    polled = {one.source.id: str(one.error) for one in await poller.poll_due()}
    assert polled["b"] == "None"
    assert "a mistake of ours" in polled["a"]
    assert await poller.poll_due() == []
