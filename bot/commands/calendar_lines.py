"""Entries of the calendar in words, for a phone, the command line and calendar apps."""

from collections.abc import Iterator

from babel.dates import format_time

from bot.alerts.wording import day_in, name_in, without_article, words
from bot.article.cleaning import one_line
from bot.commands.wording import say
from bot.extraction.findings import Modality
from bot.stories.calendar_model import CONSULT, CalendarEntry, Status, family, hour_of
from bot.stories.ledger import kind_of as kind_of_event

NAMES = 5
NAME_LIMIT = 60
MARKS = {Status.AHEAD: "▸", Status.PUT_OFF: "↷", Status.CANCELLED: "✗", Status.TOOK_PLACE: "✓"}


def when(date: str, lang: str) -> str:
    """`Do., 5. März 2026, 14:00 Uhr`, `März 2026`."""
    day, hour = day_in(date[:10] if "T" in date else date, lang), hour_of(date)
    if hour is None:
        return day
    return say(lang, "calendar_time", day=day, time=format_time(hour, "HH:mm", locale=lang))


def what(entry: CalendarEntry, lang: str) -> str:
    """`Treffen: Friedrich Merz – Emmanuel Macron, Berlin`."""
    now = entry.now
    given = now.evidence.lang
    told = [one_line(without_article(name_in(one, lang), given), NAME_LIMIT) for one in now.participants]
    people = list(dict.fromkeys(told))
    more = f" {words(lang)['more_names'].format(n=len(people) - NAMES)}" if len(people) > NAMES else ""
    is_consult = family(entry.event_type) == CONSULT
    who = (" – " if is_consult else ", ").join(people[:NAMES]) + more
    place = one_line(name_in(now.place, lang), NAME_LIMIT) if now.place else ""
    where = f", {place}" if place and place not in people else ""
    kind = kind_of(entry, lang)
    kind = kind[:1].upper() + kind[1:]
    return f"{kind}: {who}{where}" if who else f"{kind}{where}"


def kind_of(entry: CalendarEntry, lang: str) -> str:
    """`Treffen`, `Telefonat`; of other events what kind of commitment it is."""
    medium = entry.now.medium
    if medium is not None:
        return str(words(lang)["medium"][medium])
    if family(entry.event_type) == CONSULT:
        return str(words(lang)["medium"]["talks"])
    kind = kind_of_event(entry.event_type)
    return say(lang, f"calendar_kind_{kind or 'other'}")


def standing(entry: CalendarEntry, lang: str) -> str:
    """How it stands: `angesetzt`, `abgesagt`, `fand statt`."""
    now = entry.now
    if now.status is Status.AHEAD:
        return str(words(lang)["modality"][now.modality])
    return say(lang, f"calendar_status_{now.status}")


def is_sure(entry: CalendarEntry) -> bool:
    """Whether it is announced firmly."""
    return entry.now.modality in (Modality.SCHEDULED, Modality.DECIDED, Modality.PLEDGED)


def moved_from(entry: CalendarEntry, lang: str) -> str:
    """On which day it was to be before, where it was moved."""
    now, days = entry.now, list(dict.fromkeys(version.date[:10] for version in entry.versions))
    if now.status is Status.PUT_OFF or len(days) < 2 or now.date[:10] != days[-1]:
        return ""
    before = days[-2]
    # `March` and then a day in it is no move, but a day that is known better.
    return "" if now.date.startswith(before) else say(lang, "calendar_was", day=day_in(before, lang))


def calendar_lines(entry: CalendarEntry, lang: str) -> Iterator[str]:
    """An entry in a few lines."""
    yield f"{MARKS[entry.now.status]} {when(entry.now.date, lang)}"
    yield what(entry, lang)
    outlets = say(lang, "n_sources", n=max(len(entry.outlets), 1))
    parts = (standing(entry, lang), moved_from(entry, lang), outlets)
    yield " · ".join(part for part in parts if part)
    if entry.now.evidence.url:
        yield one_line(entry.now.evidence.url, 300)


def reminder(entry: CalendarEntry, lang: str) -> str:
    """`⏰ Do., 5. März 2026, 14:00 Uhr: Treffen: …`, how it stands, and where it was read."""
    told = say(lang, "reminder", when=when(entry.now.date, lang), what=what(entry, lang))
    parts = (standing(entry, lang), moved_from(entry, lang))
    lines = [told, " · ".join(part for part in parts if part)]
    if entry.now.evidence.url:
        lines.append(one_line(entry.now.evidence.url, 300))
    return "\n".join(lines)
