"""When to try again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pipeline.pacing import (
    Limit,
    Sends,
    may_send_at,
    next_repeat,
    next_send,
    pause_after,
    slack_limits,
    telegram_limits,
    with_send,
    without_old,
)
from bot.ports.messenger import Destination, NotSent, Reach
from bot.ports.pauses import Pause

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 5), (2, 10), (3, 20), (7, 320), (8, 600), (10**6, 600)]
)
def test_a_failed_send_waits_longer_and_longer(attempts: int, seconds: float) -> None:
    """Pauses double from five seconds to ten minutes."""
    assert (next_send(NOW, attempts=attempts) - NOW).total_seconds() == seconds


@pytest.mark.parametrize(("repeats", "seconds"), [(0, 30), (1, 60), (3, 240), (4, None), (9, None)])
def test_a_possible_repeat_is_made_four_times(repeats: int, seconds: float | None) -> None:
    """Each waits longer than the one before; after the fourth there is none."""
    again = next_repeat(NOW, repeats=repeats)
    assert (again and (again - NOW).total_seconds()) == seconds


TOPIC = Destination(id="t", kind="telegram", address="-100/7")


def lapsed(failures: int, *, over: bool = True) -> Pause:
    """A pause that is just over, or lasts."""
    until = NOW if over else NOW + timedelta(seconds=1)
    return Pause(scope="x", reason="before", since=NOW - timedelta(minutes=5), until=until, failures=failures)


@pytest.mark.parametrize(
    ("refusal", "known", "scope", "seconds", "broken", "failures"),
    [
        (NotSent(reason="r", retry_after=30), None, "telegram:-100", 30, False, 1),
        (NotSent(reason="r", retry_after=30, reach=Reach.PLATFORM), None, "telegram", 30, False, 1),
        (NotSent(reason="r", retry_after=3.5), lapsed(4), "telegram:-100", 3.5, False, 5),
        (NotSent(reason="r", retry_after=10**9), None, "telegram:-100", 86400, False, 1),
        (NotSent(reason="r", permanent=True), None, "telegram:-100/7", 21600, True, 1),
        (NotSent(reason="r", permanent=True, reach=Reach.PLATFORM), None, "telegram", 21600, True, 1),
        (NotSent(reason="r"), None, "telegram:-100/7", 5, False, 1),
        (NotSent(reason="r"), lapsed(3), "telegram:-100/7", 40, False, 4),
        (NotSent(reason="r"), lapsed(3, over=False), "telegram:-100/7", 20, False, 3),
    ],
)
def test_a_refusal_pauses_what_it_names(
    refusal: NotSent,
    known: Pause | None,
    scope: str,
    seconds: float,
    broken: bool,  # noqa: FBT001 - a column of the table
    failures: int,
) -> None:
    """Asked for: to the second; broken: probed after six hours; else longer with each failure in a row."""
    pause = pause_after(refusal, TOPIC, known, now=NOW)
    since = known.since if known else NOW
    until = NOW + timedelta(seconds=seconds)
    assert pause == Pause(scope=scope, reason="r", since=since, until=until, broken=broken, failures=failures)


@pytest.mark.parametrize(
    "refusal",
    [NotSent(reason="r", permanent=True, reach=Reach.MESSAGE), NotSent(reason="r", moved_to="-200")],
)
def test_a_bad_message_and_a_move_pause_nothing(refusal: NotSent) -> None:
    """The next message to the same destination may be fine."""
    assert pause_after(refusal, TOPIC, None, now=NOW) is None


def place(address: str, kind: str = "telegram") -> Destination:
    """A destination."""
    return Destination(id=f"{kind}:{address}", kind=kind, address=address)


def burst(number: int, limits: Sequence[Limit]) -> list[float]:
    """The seconds at which so many messages go out that are all due at second 0."""
    sends: Sends = {}
    now, seconds = NOW, []
    for _ in range(number):
        now = may_send_at(sends, limits, now)
        sends = with_send(sends, limits, now)
        seconds.append((now - NOW).total_seconds())
    return seconds


def test_a_private_chat_gets_one_message_a_second() -> None:
    """At the published pace, from the first message on."""
    assert burst(4, telegram_limits(place("123"))) == [0, 1, 2, 3]


def test_a_group_gets_twenty_messages_a_minute() -> None:
    """One a second until the twentieth; the next when the first is a minute old."""
    assert burst(41, telegram_limits(place("-100/7")))[18:22] == [18, 19, 60, 61]
    assert burst(41, telegram_limits(place("-100/7")))[40] == 120


def test_a_slack_channel_gets_one_message_a_second() -> None:
    """At the published pace."""
    assert burst(3, slack_limits(place("C1", "slack"))) == [0, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 3)), max_size=150))
def test_no_window_has_more_than_its_limit(traffic: list[tuple[int, float]]) -> None:
    """Whenever and to whom messages come: every window keeps its limit."""
    sends: Sends = {}
    now, log = NOW, list[tuple[str, datetime]]()
    for chat, pause in traffic:
        to = place(f"-{chat}" if chat % 2 else str(chat))
        limits = telegram_limits(to)
        now = may_send_at(without_old(sends, now), limits, now + timedelta(seconds=pause))
        sends = with_send(sends, limits, now)
        log += [(limit.key, now) for limit in limits]
        for limit in limits:
            window = now - timedelta(seconds=limit.seconds)
            assert sum(key == limit.key and moment > window for key, moment in log) <= limit.count


def test_topics_share_the_limits_of_their_chat() -> None:
    """Two topics of a group are one chat to Telegram."""
    one, other = telegram_limits(place("-100/7")), telegram_limits(place("-100/8"))
    assert (may_send_at(with_send({}, one, NOW), other, NOW) - NOW).total_seconds() == 1
