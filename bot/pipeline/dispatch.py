"""Where a decided alert goes, and when: muted, held for its hour, held for editors, or at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.alerts.hours import HOUR, Hours, When, overridden, when
from bot.alerts.model import Alert
from bot.alerts.routing import Channel, belongs
from bot.alerts.updates import Judgement
from bot.ports.alerts import Judged
from bot.ports.approvals import Ask
from bot.ports.clock import Clock
from bot.ports.holding import ChatHours, HeldFor, Hold, HoldingStore, Manner
from bot.ports.messenger import Destination
from bot.ports.mutes import MuteStore, of_alert, of_rule, of_story
from bot.ports.retractions import RetractionStore
from bot.ports.store import Store
from bot.stories.standing import Standing

AS_IT_COMES = Manner()
Place = tuple[str, str]  # kind and address
Moments = dict[tuple[str, str], list[datetime]]


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The hours of channels at places, as they stand.

    Attributes:
        manners: By channel.
        chats: What chats chose.
        zone: Of places without one of their own.
    """

    manners: Mapping[str, Manner]
    chats: Mapping[Place, ChatHours]
    zone: tzinfo

    def hours(self, channel: str, place: Destination) -> Hours:
        """What holds for a channel at a place; one that is gone from the configuration holds nothing."""
        hours = self.manners.get(channel, AS_IT_COMES).hours
        chosen = self.chats.get((place.kind, place.address))
        return overridden(hours, chosen.quiet, chosen.digest) if chosen else hours

    def zone_at(self, place: Destination) -> tzinfo:
        """Whose clock the hours of a place speak of."""
        return ZoneInfo(place.zone) if place.zone else self.zone

    def when(
        self, alert: Alert, channel: str, place: Destination, now: datetime, recent: Sequence[datetime] = ()
    ) -> When:
        """Whether an alert is told at a place now."""
        hours, zone = self.hours(channel, place), self.zone_at(place)
        return when(hours, alert.severity, now=now, zone=zone, recent=recent)


async def timetable(store: Store, manners: Mapping[str, Manner], zone: tzinfo) -> Timetable:
    """The hours as they stand now."""
    chats = {(one.kind, one.address): one for one in await store.chat_hours()}
    return Timetable(manners=manners, chats=chats, zone=zone)


@dataclass(kw_only=True)
class Dispatch:
    """Says of alerts that are to be pushed where they go when.

    Attributes:
        manners: How each channel is told; one left out is told as it comes.
        zone: Of places without one of their own.
    """

    store: Store
    clock: Clock
    channels: Mapping[str, Channel]
    manners: Mapping[str, Manner] = field(default_factory=dict)
    zone: tzinfo = UTC

    async def placed(self, judged: Sequence[Judged], story: str | None) -> list[Judged]:
        """The same, what is pushed with its channels, holds and asks, and without muted places.

        Args:
            judged: The outcome for the alerts of one article.
            story: The story of the article, or None.
        """
        if not any(one.push for one in judged):
            return list(judged)
        now = self.clock.now()
        table, muted = await timetable(self.store, self.manners, self.zone), await muted_at(self.store, now)
        wanted = await self._wanted()
        recent = await told_lately(self.store, self.manners, now)
        placed = []
        for one in judged:
            subjects = subjects_of(one.alert, story)
            heard = [place for place in one.destinations if not subjects & muted.get(_place(place), set())]
            placed.append(self._held(replace(one, destinations=tuple(heard)), wanted, table, recent))
        return placed

    def _held(
        self, one: Judged, wanted: Mapping[Place, Sequence[str]], table: Timetable, recent: Moments
    ) -> Judged:
        """One alert with how it goes to each of its places."""
        channels, holds, now = {}, {}, self.clock.now()
        for place in one.destinations:
            named = [
                name for name in wanted.get(_place(place), ()) if belongs(one.alert, self.channels[name])
            ]
            if not named:
                continue
            channel, hold = self._soonest(one.alert, place, named, table, recent)
            channels[place.id] = channel
            if hold:
                holds[place.id] = hold
            else:
                recent.setdefault((place.id, channel), []).append(now)
        editors = {hold.editors.id: (hold.editors, hold.until) for hold in holds.values() if hold.editors}
        asks = tuple(Ask(editors=place, until=until) for place, until in editors.values())
        return replace(one, channels=channels, holds=holds, asks=asks)

    def _soonest(
        self, alert: Alert, place: Destination, named: Sequence[str], table: Timetable, recent: Moments
    ) -> tuple[str, Hold | None]:
        """Of the channels that want an alert at a place the one that tells it first; editors come last."""
        now = self.clock.now()
        found: list[tuple[str, Hold | None]] = []
        for name in named:
            manner = self.manners.get(name, AS_IT_COMES)
            if manner.editors:
                until, why = now + manner.patience, HeldFor.APPROVAL
                found.append((name, Hold(why=why, until=until, channel=name, editors=manner.editors)))
                continue
            told = table.when(alert, name, place, now, recent.get((place.id, name), ()))
            hold = Hold(why=HeldFor(told.timing), until=told.until, channel=name) if told.until else None
            found.append((name, hold))
        return min(found, key=lambda one: _order(one[1]))

    async def _wanted(self) -> dict[Place, list[str]]:
        """The channels of each place."""
        wanted: dict[Place, list[str]] = {}
        for one in await self.store.subscriptions():
            if one.channel in self.channels:
                wanted.setdefault(_place(one.destination), []).append(one.channel)
        return wanted


async def told_lately(store: HoldingStore, manners: Mapping[str, Manner], now: datetime) -> Moments:
    """When capped channels told something within the last hour."""
    if not any(manner.hours.hourly for manner in manners.values()):
        return {}
    told = await store.told_lately(since=now - HOUR)
    return {key: list(moments) for key, moments in told.items()}


async def muted_at(store: MuteStore, now: datetime) -> dict[Place, set[str]]:
    """What each place wants to hear nothing of."""
    muted: dict[Place, set[str]] = {}
    for one in await store.mutes(now):
        muted.setdefault((one.kind, one.address), set()).add(one.subject)
    return muted


def subjects_of(alert: Alert, story: str | None) -> set[str]:
    """As what an alert may be muted: its rule, itself with its updates, its story."""
    subjects = {of_rule(alert.rule_id), of_alert(alert.updates or alert.id)}
    return subjects | ({of_story(story)} if story else set())


async def unless_retracted(store: RetractionStore, found: Judgement, alert: Alert) -> Judgement:
    """What changes something that was taken back is no update of it, but news."""
    first = found.alert.updates
    if found.standing is not Standing.CHANGED or first is None or not await store.retracted([first]):
        return found
    return Judgement(standing=Standing.NEW, alert=alert)


def _order(hold: Hold | None) -> tuple[bool, bool, datetime]:
    asks = hold is not None and hold.why is HeldFor.APPROVAL
    return asks, hold is not None, hold.until if hold else datetime.min.replace(tzinfo=UTC)


def _place(destination: Destination) -> Place:
    return destination.kind, destination.address
