"""The buttons below a message, the same on every platform: each is a command about its alert."""

from bot.alerts.control import Approval
from bot.ports.messenger import Message

WHY, MUTE, USEFUL, WRONG, SEND, DROP = "why", "mute", "useful", "wrong", "send", "drop"
RESEND = "resend"  # below the status
TAPPED = frozenset({WHY, MUTE, USEFUL, WRONG, SEND, DROP, RESEND})
# Answered in passing where the platform can: a group need not read that somebody tapped.
IN_PASSING = frozenset({MUTE, USEFUL, WRONG, SEND, DROP})


def taps_of(message: Message) -> tuple[str, ...]:
    """The commands that people may tap below a message, in their order."""
    if message.bundle:
        return ()
    if message.asking and message.asking.state is Approval.AWAITING and not message.correction:
        return (WHY, SEND, DROP)
    return (WHY,) if message.asking or message.correction else (WHY, MUTE, USEFUL, WRONG)
