"""`/sources`: how the sources do; with a word, all that is known of those whose name holds it."""

from collections.abc import Sequence

from bot.commands.asking import Asked
from bot.commands.fitting import answer, clipped, fitted
from bot.commands.source_lines import Reader, long_lines, needs_a_look, short_lines, urgent_first
from bot.commands.status import source_sum
from bot.ports.conversation import Answer
from bot.ports.store import SourceStatus

ROOM = 2_600  # characters of a list
DETAILED = 3  # sources of one word that are told in full


async def sources(ask: Asked) -> Answer:
    """All sources, those that need a look first; or one in full."""
    found = urgent_first(await ask.desk.store.sources())
    if not found:
        return answer(ask.say("source_none"))
    reader = Reader(lang=ask.lang, zone=ask.zone, now=ask.desk.clock.now())
    head = f"{ask.say('sources')}: {source_sum(found, ask.lang)}"
    if word := ask.request.arguments.strip():
        chosen = [one for one in found if word.casefold() in one.name.casefold()]
        if not chosen:
            return answer(ask.say("source_no_such", word=clipped(word, 60)))
        exact = [one for one in chosen if one.name.casefold() == word.casefold()]
        if len(chosen) <= DETAILED or exact:
            return fitted(ask, ("\n".join(long_lines(one, reader)) for one in exact or chosen))
        found, head = chosen, ""
    shown, left = _fitting(found, reader)
    more = ask.say("more_left", n=left) if left else ""
    return answer(head, "\n".join(shown), f"{more}\n{ask.say('source_hint')}".strip())


def _fitting(found: Sequence[SourceStatus], reader: Reader) -> tuple[list[str], int]:
    """As many whole sources as a phone bears, and how many are left out; an empty line below the bad ones."""
    shown: list[str] = []
    room, was_bad = ROOM, False
    for number, source in enumerate(found):
        lines = list(short_lines(source, reader))
        room -= sum(len(line) + 1 for line in lines)
        if room < 0:
            return shown, len(found) - number
        if was_bad and not needs_a_look(source):
            lines.insert(0, "")
        was_bad = needs_a_look(source)
        shown += lines
    return shown, 0
