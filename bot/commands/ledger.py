"""`/ledger`: who committed what, how it changed, and corrections by the owner."""

import structlog

from bot.commands.asking import Asked, Level
from bot.commands.fitting import answer, clipped, fitted
from bot.commands.ledger_lines import entry_lines, history, log_line, value_in
from bot.commands.ledger_words import empties, meaning_of, query_of, value_of
from bot.commands.wording import closest
from bot.errors import StoreError
from bot.ports.conversation import Answer
from bot.stories.facts import Slot
from bot.stories.ledger import Entry, Kind

log = structlog.get_logger()

PAGE = 5
LOG_LINES = 10


async def ledger(ask: Asked) -> Answer:
    """Look entries up, show one, or correct one."""
    typed = ask.request.arguments.strip()
    act, _, rest = typed.partition(" ")
    if meant := meaning_of("acts", act):
        if ask.level < Level.OWNER:
            return answer(ask.say("owner_only"))
        return await (
            _correct(ask, rest) if meant == "correct" else _drop(ask, rest, restore=meant == "restore")
        )
    query = query_of(typed)
    if query.id:
        entry = await _one(ask, query.id)
        return entry if isinstance(entry, Answer) else await _whole(ask, entry)
    store, offset = ask.desk.store, (query.page - 1) * PAGE
    size = await store.ledger_size(query.wanted)
    entries = await store.ledger(query.wanted, limit=PAGE, offset=offset)
    if not entries:
        return _nothing(ask, typed)
    told = ("\n".join(entry_lines(entry, ask.lang, ask.zone)) for entry in entries)
    pages = (size + PAGE - 1) // PAGE
    number = f" {ask.say('page', n=query.page, of=pages)}" if pages > 1 else ""
    shown = fitted(ask, told, ask.say("ledger_found", n=size) + number)
    return answer(*shown.parts, _next(ask, typed, query.page, pages), ask.say("ledger_hint"))


def _next(ask: Asked, typed: str, page: int, pages: int) -> str:
    """How to turn the page."""
    if page >= pages:
        return ""
    words = typed.split()
    if words and words[-1] == str(page):
        words.pop()
    return ask.say("ledger_next", words=" ".join([*words, str(page + 1)]))


def _nothing(ask: Asked, typed: str) -> Answer:
    if not typed:
        return answer(ask.say("ledger_empty"))
    first = typed.split(maxsplit=1)[0]
    close = None if meaning_of("kinds", first) else closest(first.casefold(), [*Kind])
    hint = ask.say("did_you_mean", word=close) if close else ""
    return answer(ask.say("ledger_nothing", words=clipped(typed, 60)) + hint, ask.say("ledger_how"))


async def _one(ask: Asked, start: str) -> Entry | Answer:
    """The entry of an id, or what to say where it is none."""
    found = await ask.desk.store.ledger_by_id(start.lower(), 2) if start else []
    if not found:
        return answer(ask.say("ledger_no_such", id=clipped(start, 30)))
    return found[0] if len(found) == 1 else answer(ask.say("ledger_several", id=clipped(start, 30)))


async def _whole(ask: Asked, entry: Entry) -> Answer:
    """An entry with its history, its evidence and what admins did to it."""
    lines = await ask.desk.store.ledger_log(entry.id, LOG_LINES)
    done = "\n".join(log_line(line, ask.lang, ask.zone) for line in lines)
    first = "\n".join(entry_lines(entry, ask.lang, ask.zone))
    gone = ask.say("ledger_drop") if entry.dropped else ""
    return fitted(ask, [*filter(None, (gone, done)), *history(entry, ask.lang, ask.zone)], first)


async def _correct(ask: Asked, typed: str) -> Answer:
    """`ID quantity 300`: set a slot for good."""
    start, _, rest = typed.strip().partition(" ")
    named, _, given = rest.strip().partition(" ")
    slot = meaning_of("slots", named)
    entry = await _one(ask, start)
    if isinstance(entry, Answer):
        return entry
    value = value_of(Slot(slot), given, entry) if slot else None
    if slot is None or (value is None and not empties(Slot(slot), given)):
        return answer(ask.say("ledger_correct_how"))
    try:
        entry = await ask.desk.store.correct_entry(
            entry.id, Slot(slot), value, by=_who(ask), now=ask.desk.clock.now()
        )
    except StoreError:  # taken back meanwhile
        return answer(ask.say("ledger_no_such", id=clipped(start, 30)))
    log.info("ledger corrected", entry=entry.id, slot=slot, by=_who(ask))
    shown = "\n".join(entry_lines(entry, ask.lang, ask.zone))
    return answer(ask.say("ledger_corrected", value=value_in(Slot(slot), value, ask.lang)), shown)


async def _drop(ask: Asked, typed: str, *, restore: bool) -> Answer:
    """Take an entry out for good, or put it back."""
    entry = await _one(ask, typed.strip())
    if isinstance(entry, Answer):
        return entry
    await ask.desk.store.drop_entry(entry.id, dropped=not restore, by=_who(ask), now=ask.desk.clock.now())
    log.info("ledger entry restored" if restore else "ledger entry dropped", entry=entry.id, by=_who(ask))
    return answer(
        ask.say("ledger_restore" if restore else "ledger_drop"),
        "\n".join(entry_lines(entry, ask.lang, ask.zone)),
    )


def _who(ask: Asked) -> str:
    """Who asks, as the log knows them."""
    request = ask.request
    return f"{request.kind}:{request.user} {request.user_name}".strip()
