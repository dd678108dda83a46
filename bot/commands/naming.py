"""Alerts as people name them: by the beginning of their id."""

import re

from bot.alerts.model import Alert
from bot.commands.asking import Asked
from bot.commands.fitting import answer, clipped
from bot.ports.conversation import Answer

SHORT_ID = 8  # hex digits shown of an alert's 24
LEAST_ID = 4
_ID = re.compile(r"[0-9a-f]+")


async def alert_named(ask: Asked, start: str) -> Alert | Answer:
    """The alert whose id begins so, or the answer that says why there is none."""
    if len(start) < LEAST_ID or not _ID.fullmatch(start):
        return answer(ask.say("alert_how"))
    found = await ask.desk.store.alerts_by_id(start, 2)
    if not found:
        return answer(ask.say("no_such_alert", id=clipped(start, 30)))
    return found[0] if len(found) == 1 else answer(ask.say("several_alerts", id=start))
