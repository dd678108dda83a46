"""Alerts as people name them: by their number, or by the beginning of their id."""

import re
from collections.abc import Collection

from bot.alerts.model import Alert
from bot.alerts.numbers import number_in, numbered
from bot.commands.asking import Asked
from bot.commands.fitting import answer, clipped
from bot.ports.conversation import Answer

SHORT_ID = 8  # hex digits shown of an alert's 24
LEAST_ID = 4
_ID = re.compile(r"[0-9a-f]+")


async def alert_named(ask: Asked, name: str, how: str = "alert_how") -> Alert | Answer:
    """The alert of this name, or the answer that says why there is none.

    Args:
        ask: Who asks.
        name: `A12`, or the beginning of an id.
        how: The sentence that says how alerts are named.
    """
    number = number_in(name)
    known = await ask.desk.store.alert_numbered(number) if number is not None else None
    if known:
        return known
    start = name.lower()
    if number is None and (len(start) < LEAST_ID or not _ID.fullmatch(start)):
        return answer(ask.say(how))
    found = await ask.desk.store.alerts_by_id(start, 2) if len(start) >= LEAST_ID else []
    if not found:
        return answer(ask.say("no_such_alert", id=clipped(name, 30)))
    return found[0] if len(found) == 1 else answer(ask.say("several_alerts", id=start))


async def names_of(ask: Asked, alert_ids: Collection[str]) -> dict[str, str]:
    """How these alerts are named to whoever asks: by number, else by the beginning of their id."""
    numbers = await ask.desk.store.numbers(alert_ids)
    return {one: numbered(numbers[one]) if one in numbers else one[:SHORT_ID] for one in alert_ids}
