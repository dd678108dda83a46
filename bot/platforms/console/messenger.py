"""Sends alerts to a terminal or any text stream."""

import contextlib
import os
from collections.abc import Mapping
from typing import TextIO

from bot.platforms.briefing import briefed, repeat_of, summarised
from bot.platforms.console.journal import Journal, Known
from bot.platforms.console.layout import layout, layout_summary
from bot.ports.messenger import Ambiguous, Message, NotSent, Outcome, Sent


class ConsoleMessenger:
    """Fulfils `bot.ports.messenger.Messenger`.

    Args:
        stream: Where alerts are written.
        journal: Remembers over a kill what was written.
        colour: Whether the stream takes ANSI colours.
    """

    def __init__(self, stream: TextIO, journal: Journal, *, colour: bool = False) -> None:
        self._stream = stream
        self._journal = journal
        self._colour = colour

    async def send(self, message: Message) -> Outcome:
        """Write the alert in one piece."""
        text = "\n".join(rendered(message, colour=self._colour)) + "\n"
        try:
            self._journal.begin(message.key)
        except OSError as error:
            return NotSent(reason=f"the console's journal cannot be written ({type(error).__name__})")
        if why := written(text, self._stream):
            return NotSent(reason=why, permanent=True)
        # The alert is out, whether the note of it can be written or not.
        with contextlib.suppress(OSError):
            self._journal.done(message.key)
        return Sent(id=message.key)

    async def edit(self, message: Message, message_id: str) -> Outcome:
        """What is on a terminal stays: the lines of an update follow, and so does a correction."""
        corrects = message.correction or (message.bundle and message.bundle.retracted)
        if not corrects:
            return Sent(id=message_id)
        outcome = await self.send(message)
        return Sent(id=message_id) if isinstance(outcome, Sent) else outcome

    async def reconcile(self, message: Message) -> Outcome:
        """Look it up in the journal."""
        match self._journal.known(message.key):
            case Known.WRITTEN:
                return Sent(id=message.key)
            case Known.NEVER_BEGUN:
                return NotSent(reason="stopped before it was written")
            case Known.CUT_OFF:
                return Ambiguous(reason="stopped while it was written")


def rendered(message: Message, *, colour: bool = False) -> list[str]:
    """The lines of a message."""
    told = summarised(message)
    if told:
        return layout_summary(told, repeat=repeat_of(message), colour=colour)
    return layout(briefed(message), repeat=repeat_of(message), colour=colour)


def takes_colour(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: only on a terminal, and not where NO_COLOR is set."""
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def written(text: str, stream: TextIO) -> str | None:
    """Write a text in one piece; return why it could not be."""
    try:
        stream.write(_writable(text, stream))
        stream.flush()
    except (OSError, ValueError) as error:
        _silence(stream)
        return f"the console is closed ({type(error).__name__})"
    return None


def _writable(text: str, stream: TextIO) -> str:
    """The text with `?` for signs that the stream's encoding lacks."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def _silence(stream: TextIO) -> None:
    """Send what is left to nowhere, or the interpreter complains of the broken pipe when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
