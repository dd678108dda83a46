"""Ledger and calendar of the store in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.alerts.decide import Reason
from bot.alerts.recording import mentions_of, report_of
from bot.article.model import Article
from bot.errors import StoreError
from bot.extraction.findings import Findings
from bot.ports.alerts import Judged
from bot.ports.calendar import CalendarLink
from bot.ports.ledger import LogLine, Wanted
from bot.stories.calendar import noted
from bot.stories.calendar import without as before
from bot.stories.calendar_model import CalendarEntry, Status
from bot.stories.facts import Slot, Value
from bot.stories.ledger import Entry, entered, without
from bot.stories.ledger_present import corrected, in_words, searchable

PUT_OFF_FOR = timedelta(days=60)


@dataclass(kw_only=True)
class FakeBooks:
    """Fulfils `LedgerStore` and `CalendarStore`; entries in the order of their last change."""

    ledger_entries: dict[str, Entry] = field(default_factory=dict)
    ledger_lines: list[LogLine] = field(default_factory=list)
    meetings: dict[str, CalendarEntry] = field(default_factory=dict)
    links: dict[str, CalendarLink] = field(default_factory=dict)

    def keep_books(self, article: Article, found: Findings, judged: Sequence[Judged], now: datetime) -> None:
        """Enter what an article says."""
        if article.demo:
            return
        alerts = [one.alert for one in judged if one.reason not in (Reason.SHADOW, Reason.CONFIRMED)]
        for alert in alerts:
            if report := report_of(alert):
                self._put(entered(list(self.ledger_entries.values()), report, now).entry)
        for mention in mentions_of(article, found, alerts, now.date()):
            if entry := noted(list(self.meetings.values()), mention, now).entry:
                self.meetings[entry.id] = entry

    def _put(self, entry: Entry | None) -> None:
        if entry:
            self.ledger_entries.pop(entry.id, None)
            self.ledger_entries[entry.id] = entry

    async def ledger(self, wanted: Wanted, *, limit: int, offset: int = 0) -> Sequence[Entry]:
        """Entries, the one that changed last first."""
        found = [one for one in reversed(self.ledger_entries.values()) if _is_wanted(one, wanted)]
        return found[offset : offset + limit]

    async def ledger_size(self, wanted: Wanted) -> int:
        """How many there are."""
        return sum(_is_wanted(one, wanted) for one in self.ledger_entries.values())

    async def ledger_by_id(self, start: str, limit: int) -> Sequence[Entry]:
        """Entries whose id begins so."""
        return [one for one in self.ledger_entries.values() if one.id.startswith(start)][:limit]

    async def correct_entry(
        self, entry_id: str, slot: Slot, value: Value, *, by: str, now: datetime
    ) -> Entry:
        """Set a slot."""
        entry = corrected(self._entry(entry_id), slot, value, by=by, at=now)
        self._put(entry)
        words = in_words(entry.corrections[-1].before), in_words(value)
        line = LogLine(entry=entry_id, what=slot, before=words[0], after=words[1], by=by, at=now)
        self.ledger_lines.append(line)
        return entry

    async def drop_entry(self, entry_id: str, *, dropped: bool, by: str, now: datetime) -> Entry:
        """Take an entry out or put it back."""
        entry = replace(self._entry(entry_id), dropped=dropped)
        self._put(entry)
        what = "drop" if dropped else "restore"
        self.ledger_lines.append(LogLine(entry=entry_id, what=what, before=None, after=None, by=by, at=now))
        return entry

    def _entry(self, entry_id: str) -> Entry:
        if entry_id not in self.ledger_entries:
            raise StoreError(f"no entry `{entry_id}` in the ledger")
        return self.ledger_entries[entry_id]

    async def ledger_log(self, entry_id: str | None, limit: int) -> Sequence[LogLine]:
        """What admins did."""
        return [one for one in reversed(self.ledger_lines) if entry_id in (None, one.entry)][:limit]

    async def forget_alert(self, alert_id: str, *, now: datetime) -> int:  # noqa: ARG002
        """Take what an alert brought out of both books."""
        entries = [one for one in self.ledger_entries.values() if alert_id in one.alerts]
        meetings = [one for one in self.meetings.values() if alert_id in one.alerts]
        for entry in entries:
            del self.ledger_entries[entry.id]
            self._put(without(entry, alert_id))
        for meeting in meetings:
            del self.meetings[meeting.id]
            if left := before(meeting, alert_id):
                self.meetings[meeting.id] = left
        return len(entries) + len(meetings)

    async def calendar(self, *, first: date, last: date) -> Sequence[CalendarEntry]:
        """Entries that have a day between these two."""
        found = [one for one in self.meetings.values() if one.days[0] <= last and _last_day(one) >= first]
        return sorted(found, key=lambda one: one.days)

    async def calendar_by_id(self, start: str, limit: int) -> Sequence[CalendarEntry]:
        """Entries whose id begins so."""
        return [one for one in self.meetings.values() if one.id.startswith(start)][:limit]

    async def put_calendar_link(self, link: CalendarLink) -> None:
        """One more address."""
        self.links[link.digest] = link

    async def calendar_links(self) -> Sequence[CalendarLink]:
        """All addresses."""
        return list(self.links.values())

    async def revoke_calendar_links(self, kind: str | None = None, user: str | None = None) -> int:
        """Void the addresses of somebody, or all."""
        gone = [one for one in self.links.values() if kind in (None, one.kind) and user in (None, one.user)]
        for link in gone:
            del self.links[link.digest]
        return len(gone)


def _is_wanted(entry: Entry, wanted: Wanted) -> bool:
    names = searchable(entry)
    return (
        entry.dropped is wanted.dropped
        and (not wanted.kinds or entry.kind in wanted.kinds)
        and all(f"|{name}|" in names for name in wanted.names)
    )


def _last_day(entry: CalendarEntry) -> date:
    """What was put off stays for a while."""
    return entry.days[1] + (PUT_OFF_FOR if entry.now.status is Status.PUT_OFF else timedelta())
