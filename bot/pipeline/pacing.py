"""When to send again, and when to send the next: pure functions of what is known.

The limits are those that the platforms publish. They are kept as windows ("at most 20 in any minute"), not
as a bucket that refills: a full bucket would let nearly twice the number through in its first minute.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.ports.messenger import Destination, NotSent, Reach
from bot.ports.pauses import Pause, address_scope, chat_of, chat_scope, platform_scope

SEND_PAUSE = timedelta(seconds=5)
LONGEST_SEND_PAUSE = timedelta(minutes=10)
REPEAT_PAUSE = timedelta(seconds=30)
MOST_TRIES = 30  # of a message that alone is refused: about four hours
MOST_REPEATS = 4  # what may have arrived each time is not sent for ever
PROBE = timedelta(hours=6)  # between tries of what only a person can mend
LONGEST_ASKED = timedelta(days=1)  # a platform that asks for more is asked again after a day
LONGEST_WINDOW = timedelta(minutes=2)
GIVE_UP = timedelta(days=3)  # an alert that could not be told over a long weekend is no news any more


def next_send(now: datetime, *, attempts: int) -> datetime:
    """After the `attempts`-th send in a row that surely failed: doubling from five seconds to ten minutes."""
    return now + _doubling(SEND_PAUSE, attempts)


def next_repeat(now: datetime, *, repeats: int, first: timedelta = REPEAT_PAUSE) -> datetime | None:
    """After a send that may have arrived, `repeats` such before it; None: not again, a person decides.

    The first repeat comes after `first`, each further one after twice as long, ten minutes at most.
    """
    if repeats >= MOST_REPEATS:
        return None
    return now + _doubling(first, repeats + 1)


def _doubling(first: timedelta, times: int) -> timedelta:
    pause: timedelta = min(first * 2 ** min(times - 1, 10), LONGEST_SEND_PAUSE)
    return pause


def pause_after(
    refusal: NotSent, destination: Destination, known: Pause | None, *, now: datetime
) -> Pause | None:
    """What a refused send pauses; None where it concerns its message alone.

    A pause that the platform asks for is kept to the second, what only a person can mend is probed now and
    then, anything else waits longer and longer.

    Args:
        refusal: What the platform said.
        destination: Where it was to go.
        known: The pause that the scope of the refusal has or had last, without a success since.
        now: The moment of the refusal.
    """
    if refusal.reach is Reach.MESSAGE or refusal.moved_to:
        return None
    # Several sends on their way at once are refused together: that is one failure.
    failures = (known.failures + (known.until <= now)) if known else 1
    if refusal.retry_after is not None:
        until = now + min(timedelta(seconds=max(refusal.retry_after, 0.0)), LONGEST_ASKED)
    elif refusal.permanent:
        until = now + PROBE
    else:
        until = next_send(now, attempts=failures)
    return Pause(
        scope=pause_scope(refusal, destination),
        reason=refusal.reason,
        since=known.since if known else now,
        until=until,
        broken=refusal.permanent,
        failures=failures,
    )


def pause_scope(refusal: NotSent, destination: Destination) -> str:
    """What a refusal concerns: the platform, the chat that is asked to slow down, or the one address."""
    if refusal.reach is Reach.PLATFORM:
        return platform_scope(destination)
    return chat_scope(destination) if refusal.retry_after is not None else address_scope(destination)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `count` messages in any `seconds` to what `key` names."""

    key: str
    count: int
    seconds: float


Limits = Callable[[Destination], Sequence[Limit]]


def telegram_limits(destination: Destination) -> Sequence[Limit]:
    """Telegram: one message a second per chat, twenty a minute per group, thirty a second in all.

    Published at core.telegram.org/bots/faq, "My bot is hitting limits". Groups have negative ids. Of the
    thirty a second, five are left to answers, which do not wait here.
    """
    chat = chat_of(destination.address)
    limits = [Limit(key="telegram", count=25, seconds=1), Limit(key=f"telegram:{chat}", count=1, seconds=1)]
    if chat.startswith("-"):
        limits.append(Limit(key=f"telegram:{chat} minute", count=20, seconds=60))
    return limits


def slack_limits(destination: Destination) -> Sequence[Limit]:
    """Slack: one message a second per channel, several hundred a minute in a workspace.

    Published at docs.slack.dev/apis/web-api/rate-limits, "Posting messages"; read as 300.
    """
    channel = Limit(key=f"slack:{chat_of(destination.address)}", count=1, seconds=1)
    return [Limit(key="slack", count=300, seconds=60), channel]


PUBLISHED: Mapping[str, Limits] = {"telegram": telegram_limits, "slack": slack_limits}

# Limit.key -> the moments of its last sends, oldest first.
Sends = Mapping[str, tuple[datetime, ...]]


def may_send_at(sends: Sends, limits: Sequence[Limit], now: datetime) -> datetime:
    """The first moment, `now` or later, at which one more message keeps all limits."""
    return max([now, *(_free_at(sends.get(limit.key, ()), limit) for limit in limits)])


def _free_at(moments: tuple[datetime, ...], limit: Limit) -> datetime:
    if len(moments) < limit.count:
        return datetime.min.replace(tzinfo=UTC)
    return moments[-limit.count] + timedelta(seconds=limit.seconds)


def with_send(sends: Sends, limits: Sequence[Limit], now: datetime) -> Sends:
    """The sends with one more, now; each limit keeps as many as it counts."""
    return {**sends, **{limit.key: (*sends.get(limit.key, ()), now)[-limit.count :] for limit in limits}}


def without_old(sends: Sends, now: datetime) -> Sends:
    """The sends without the keys that have been quiet for longer than any limit looks back."""
    return {key: moments for key, moments in sends.items() if now - moments[-1] < LONGEST_WINDOW}
