"""Quiet hours, digests, caps and approval over whole nights; each step by a bot started anew."""

from datetime import time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.control import Approval
from bot.alerts.hours import DigestTimes, Hours, QuietHours, Timing, quiet_until
from bot.ports.approvals import Editor
from bot.ports.holding import ChatHours, HeldFor, Manner
from bot.ports.mutes import Mute, of_alert, of_rule, of_story
from bot.ports.pauses import Pause
from bot.ports.store import DeliveryState
from bot.rules.model import Severity
from bot.stories.facts import Change, Slot
from tests.pipeline.nights import BERLIN, EDITORS, Night, at

NIGHT = QuietHours(start=time(22), end=time(7))
QUIET = Manner(hours=Hours(quiet=NIGHT))
DAILY = Manner(hours=Hours(digest=DigestTimes(at=time(7, 30))))
CAPPED = Manner(hours=Hours(hourly=2))
ANNA = Editor(kind="chat", chat="2", user="7", name="Anna")


async def quiet_night(start: str = "2026-03-02T23:00") -> Night:
    """A desk that sleeps from ten to seven."""
    return await Night(manners={"all": QUIET}, start=start).open()


async def test_a_few_come_one_by_one() -> None:
    """Three alerts of the night are three messages at its end."""
    night = await quiet_night()
    for name in ("1", "2", "3"):
        await night.tell(name)
    await night.until("2026-03-03T08:00")
    assert night.said == [("03 07:00", "1"), ("03 07:00", "2"), ("03 07:00", "3")]


async def test_many_come_in_one_summary() -> None:
    """Four are one message, the most severe first."""
    night = await quiet_night()
    for name, severity in (
        ("1", Severity.LOW),
        ("2", Severity.HIGH),
        ("3", Severity.NORMAL),
        ("4", Severity.HIGH),
    ):
        await night.tell(name, severity)
    await night.until("2026-03-03T08:00")
    assert [moment for moment, _ in night.said] == ["03 07:00"]
    (_, message) = night.chat.got[0]
    assert message.bundle
    assert (message.bundle.head.why, message.bundle.head.total) == (Timing.QUIET, 4)


async def test_critical_passes() -> None:
    """It comes in the middle of the night; the others wait."""
    night = await quiet_night()
    await night.tell("1")
    await night.tell("2", Severity.CRITICAL)
    assert night.said == [("02 23:00", "2")]


async def test_only_the_newest_state_is_told() -> None:
    """What was told in the evening and changed twice overnight is answered once, from what was known."""
    night = await quiet_night("2026-03-02T20:00")
    await night.tell("1")
    await night.until("2026-03-02T23:00")
    for name, before, after in (("2", "offered", "pledged"), ("3", "pledged", "decided")):
        await night.tell(name, updates="1", changes=(Change(slot=Slot.MODALITY, before=before, after=after),))
    await night.until("2026-03-03T08:00")
    assert night.said == [("02 20:00", "1"), ("03 07:00", "3")]
    assert night.chat.got[-1][1].alert.changes[0].before == "offered"


async def test_what_came_and_changed_overnight_is_one_message() -> None:
    """The alert says its newest state."""
    night = await quiet_night()
    await night.tell("1")
    await night.tell("2", updates="1")
    await night.until("2026-03-03T08:00")
    assert night.said == [("03 07:00", "2")]


async def test_what_could_not_be_sent_in_the_evening() -> None:
    """A chat that takes nothing until midnight is not woken then."""
    night = await quiet_night("2026-03-02T21:50")
    end = at("2026-03-03T00:00")
    await night.store.put_pause(
        Pause(scope="chat", reason="down", since=night.clock.now(), until=end, failures=1)
    )
    await night.tell("1")
    await night.tell("2", Severity.CRITICAL)
    await night.until("2026-03-03T08:00")
    assert night.said == [("03 00:05", "2"), ("03 07:05", "1")]


async def test_a_chat_ends_its_quiet_hours() -> None:
    """What is held comes at once."""
    night = await quiet_night()
    await night.tell("1")
    await night.store.put_hours(ChatHours(kind="chat", address="1", quiet="off"), now=night.clock.now())
    await night.step()
    assert night.said == [("02 23:00", "1")]


async def test_a_chat_sleeps_longer() -> None:
    """What is held waits for the new end."""
    night = await quiet_night()
    await night.tell("1")
    await night.store.put_hours(
        ChatHours(kind="chat", address="1", quiet="22:00-09:00"), now=night.clock.now()
    )
    await night.until("2026-03-03T10:00")
    assert night.said == [("03 09:00", "1")]


async def test_a_chat_that_unsubscribes_overnight() -> None:
    """It gets nothing of what was held for it."""
    night = await quiet_night()
    await night.tell("1")
    await night.store.put_subscriptions([], night.clock.now())
    await night.until("2026-03-03T08:00")
    assert night.said == []
    assert await night.store.held() == []


async def test_a_digest() -> None:
    """One message at its time, also about a single alert; critical ones come at once."""
    night = await Night(manners={"all": DAILY}).open()
    await night.tell("1")
    await night.tell("2", Severity.CRITICAL)
    await night.until("2026-03-03T08:00")
    await night.tell("3")
    await night.until("2026-03-04T08:00")
    assert night.said == [("02 20:00", "2"), ("03 07:30", "1"), ("04 07:30", "3")]
    assert all(message.bundle for moment, message in night.chat.got[1:])


async def test_a_digest_of_many_pages() -> None:
    """Each alert once, at most fifteen a message, in the order of severity over all pages."""
    night = await Night(manners={"all": DAILY}).open()
    for number in range(20):
        await night.tell(f"{number}", Severity.HIGH if number % 2 else Severity.LOW)
    await night.until("2026-03-03T08:00")
    bundles = [message.bundle for _, message in night.chat.got if message.bundle]
    assert [(one.head.page, one.head.pages, one.head.total, len(one.alerts)) for one in bundles] == [
        (1, 2, 20, 15),
        (2, 2, 20, 5),
    ]
    ranks = [sorted((told.severity.rank for told in one.alerts), reverse=True) for one in bundles]
    assert ranks[0][-1] >= ranks[1][0]


async def test_a_digest_that_was_missed() -> None:
    """Some hours late it is told at the start, once."""
    night = await Night(manners={"all": DAILY}).open()
    await night.tell("1")
    await night.until("2026-03-03T10:00", down=True)
    await night.until("2026-03-03T12:00")
    assert night.said == [("03 10:00", "1")]


async def test_a_digest_that_is_too_late() -> None:
    """After a day out it comes with the next one."""
    night = await Night(manners={"all": DAILY}).open()
    await night.tell("1")
    await night.until("2026-03-03T18:00", down=True)
    await night.tell("2")
    await night.until("2026-03-04T12:00")
    assert night.said == [("04 07:30", "1+2")]


async def test_the_surplus_of_an_hour() -> None:
    """Two come at once, what is above in one summary when there is room; critical ones pass."""
    night = await Night(manners={"all": CAPPED}).open()
    for name in ("1", "2", "3", "4"):
        await night.tell(name)
    await night.tell("5", Severity.CRITICAL)
    await night.until("2026-03-02T22:00")
    assert night.said == [("02 20:00", "1"), ("02 20:00", "2"), ("02 20:00", "5"), ("02 21:00", "3+4")]


async def test_a_channel_that_need_not_wait() -> None:
    """Of two channels that bring an alert to one place the one without quiet hours brings it."""
    night = await Night(manners={"slow": QUIET, "quick": Manner()}, start="2026-03-02T23:00").open()
    await night.tell("1")
    assert night.said == [("02 23:00", "1")]


async def test_mutes() -> None:
    """Nothing of a rule, a story, or an alert with its updates; everything again when it is over."""
    night = await Night(manners={"all": Manner()}).open()
    for subject in (of_rule("troop-commitment"), of_story("s1"), of_alert("x")):
        end = night.clock.now() + timedelta(hours=1)
        await night.store.mute(Mute(kind="chat", address="1", subject=subject, until=end))
        await night.tell(f"muted by {subject}", updates="x" if subject == of_alert("x") else None)
        await night.store.unmute("chat", "1")
    assert night.said == []
    await night.tell("heard")
    assert night.said == [("02 20:00", "heard")]


async def test_muted_in_the_night() -> None:
    """What is held when its rule is muted does not come in the morning, nor after the mute."""
    night = await quiet_night()
    await night.tell("1")
    end = at("2026-03-03T09:00")
    await night.store.mute(Mute(kind="chat", address="1", subject=of_rule("troop-commitment"), until=end))
    await night.until("2026-03-03T12:00")
    assert night.said == []
    assert not await night.store.held()


async def test_a_morning_under_a_cap() -> None:
    """Three alerts of the night are one summary where the chat wants two messages an hour."""
    hours = Hours(quiet=NIGHT, hourly=2)
    night = await Night(manners={"all": Manner(hours=hours)}, start="2026-03-02T23:00").open()
    for name in ("1", "2", "3"):
        await night.tell(name)
    await night.until("2026-03-03T08:00")
    assert night.said == [("03 07:00", "1+2+3")]


async def test_what_editors_let_out_fills_the_hour() -> None:
    """Approved one after the other, the third waits like any alert above the cap."""
    manner = Manner(hours=Hours(hourly=2), editors=EDITORS)
    night = await Night(manners={"all": manner}).open()
    for name in ("1", "2", "3"):
        await night.tell(name)
        await night.store.decide(name, Approval.SENT, ANNA, now=night.clock.now())
        await night.step()
    await night.until("2026-03-02T22:00")
    told = [one for one, (_, message) in zip(night.said, night.chat.got, strict=True) if not message.asking]
    assert told == [("02 20:00", "1"), ("02 20:00", "2"), ("02 21:00", "3")]


async def test_approved_in_the_night() -> None:
    """Editors are asked at once; what they let out keeps the quiet hours of its readers."""
    manner = Manner(hours=Hours(quiet=NIGHT), editors=EDITORS)
    night = await Night(manners={"all": manner}, start="2026-03-02T23:00").open()
    await night.tell("1")
    assert [message.destination for _, message in night.chat.got] == [EDITORS]
    await night.store.decide("1", Approval.SENT, ANNA, now=night.clock.now())
    await night.step()
    assert [held.why for held in await night.store.held()] == [HeldFor.QUIET]
    await night.until("2026-03-03T08:00")
    assert night.said[1:] == [("03 07:00", "1")]


async def test_nobody_approves() -> None:
    """After four hours it fails, and the question says so; nothing is sent."""
    night = await Night(manners={"all": Manner(editors=EDITORS)}).open()
    await night.tell("1")
    await night.until("2026-03-03T01:00")
    assert len(night.chat.got) == 1
    assert [one.asking.state for one in night.chat.edited if one.asking] == [Approval.EXPIRED]
    assert (await night.store.counts(night.clock.now())).deliveries[DeliveryState.FAILED] == 1


@settings(max_examples=25, deadline=None)
@given(
    day=st.sampled_from(["2026-03-02", "2026-03-28", "2026-10-24"]),
    gaps=st.lists(st.integers(1, 300), min_size=1, max_size=7),
    severities=st.lists(st.sampled_from(Severity), min_size=7, max_size=7),
)
async def test_every_night(day: str, gaps: list[int], severities: list[Severity]) -> None:
    """Whatever comes when, also when clocks change: all is told once, and only critical ones at night."""
    night = await Night(manners={"all": QUIET}, start=f"{day}T18:00").open()
    critical = set()
    for number, (gap, severity) in enumerate(zip(gaps, severities, strict=False)):
        night.clock.advance(60 * gap)
        await night.tell(f"{number}", severity)
        critical |= {f"{number}"} if severity is Severity.CRITICAL else set()
    for _ in range(60):
        night.clock.advance(900)
        await night.step()
    told = [name for _, names in night.said for name in names.split("+")]
    assert sorted(told) == sorted(map(str, range(len(gaps))))
    for moment, names in night.said:
        hour = int(moment[3:5])
        assert 7 <= hour < 22 or set(names.split("+")) <= critical


def test_nights_follow_each_other() -> None:
    """Every quiet time ends before the next begins, all through a year of changes."""
    days = [at("2026-01-01T23:00") + timedelta(days=day) for day in range(365)]
    ends = [quiet_until(NIGHT, day, BERLIN) for day in days]
    assert all(one and other and one < other for one, other in pairwise(ends))
