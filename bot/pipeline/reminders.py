"""Reminders of what is coming, to the places of channels that want them, each once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from bot.alerts.hours import quiet_until, reminded_at
from bot.alerts.model import Alert
from bot.alerts.routing import Channel, belongs
from bot.pipeline.dispatch import Timetable, timetable
from bot.ports.clock import Clock
from bot.ports.holding import Manner
from bot.ports.messenger import Destination
from bot.ports.mutes import of_alert, of_rule
from bot.ports.notices import Notice, Notices
from bot.ports.store import Store, Subscription
from bot.stories.calendar_model import CalendarEntry
from bot.stories.reminding import is_due, reminder_key

DAY = timedelta(days=1)
LANGS = ("de", "en")


@dataclass(kw_only=True)
class Reminders:
    """Looks now and then for what people are to be reminded of.

    Attributes:
        remind: Channel -> how long before an event its places are told; one left out is not.
        words: An entry in a language -> what is told.
    """

    store: Store
    clock: Clock
    notices: Notices
    channels: Mapping[str, Channel]
    manners: Mapping[str, Manner]
    remind: Mapping[str, timedelta]
    zone: tzinfo
    words: Callable[[CalendarEntry, str], str]

    async def remind_due(self) -> int:
        """Post what is due; return how many reminders were new.

        The notices know what they told, so that a restart tells nothing twice. In quiet hours nothing is
        told: what falls into them comes before or after them, by when the event begins.
        """
        if not self.remind:
            return 0
        today = self.clock.now().date()
        ahead = max(self.remind.values()) + 3 * DAY  # zones, and what comes before a night for after it
        entries = await self.store.calendar(first=today - DAY, last=today + ahead)
        if not entries:
            return 0
        places = [one for one in await self.store.subscriptions() if one.channel in self.remind]
        table = await timetable(self.store, self.manners, self.zone)
        return sum([await self._remind(entry, places, table) for entry in entries])

    async def _remind(self, entry: CalendarEntry, places: Sequence[Subscription], table: Timetable) -> int:
        due = [one for one in places if self._is_due(entry, one, table)]
        alerts = await self._alerts(entry) if due else []
        told = 0
        for one in due:
            if await self._wants(one, alerts):
                told += await self.notices.post(self._notice(entry, one))
        return told

    def _is_due(self, entry: CalendarEntry, one: Subscription, table: Timetable) -> bool:
        now, zone = self.clock.now(), table.zone_at(one.destination)
        quiet = table.hours(one.channel, one.destination).quiet
        if quiet and quiet_until(quiet, now, zone):
            return False
        return is_due(
            entry,
            self.remind[one.channel],
            zone,
            now,
            told=lambda due, begins: reminded_at(quiet, due, begins, zone),
        )

    async def _alerts(self, entry: CalendarEntry) -> list[Alert]:
        """What was told of an event."""
        found = [await self.store.alerts_by_id(alert, 1) for alert in entry.alerts]
        return [alert for alerts in found for alert in alerts]

    async def _wants(self, one: Subscription, alerts: Sequence[Alert]) -> bool:
        """Whether the channel selects the event, and nobody there muted it."""
        muted = await self._muted(one.destination)
        channel = self.channels.get(one.channel)
        return channel is not None and any(
            belongs(alert, channel)
            and not muted & {of_rule(alert.rule_id), of_alert(alert.updates or alert.id)}
            for alert in alerts
        )

    async def _muted(self, place: Destination) -> set[str]:
        mutes = await self.store.mutes(self.clock.now())
        return {one.subject for one in mutes if (one.kind, one.address) == (place.kind, place.address)}

    def _notice(self, entry: CalendarEntry, one: Subscription) -> Notice:
        return Notice(
            key=reminder_key(entry, self.remind[one.channel]),
            texts={lang: self.words(entry, lang) for lang in LANGS},
            to=(one.destination,),
        )
